"""Strict decoding: which encoding bytes are in, or an error that says what to do."""

import codecs
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from dalian_report.data import load_text
from dalian_report.errors import EncodingError, SourceError, UsageError

MIN_COMMON_SHARE = 0.3
_SAMPLE_CHARS = 100_000
_MIN_CHARS = 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHINESE_SUBSETS = {"gb2312", "gbk", "cp936", "euc_cn"}
_REFUSED = ("big5hkscs", "utf-16-le", "utf-16-be")
_NAMES = {"big5hkscs": "big5"}


class Decoded(NamedTuple):
    """Text without its BOM, the codec that read it and why that one."""

    text: str
    encoding: str
    reason: str


def decode(data: bytes, *, path: str, encoding: str | None = None) -> Decoded:
    """Return the text of `data`, decoded strictly.

    The order is: the named `encoding`, a BOM, UTF-8, GB18030. GB18030 reads almost any bytes, so its result
    must look Chinese. UTF-8 that fails only in its last three bytes is a file that was cut: an error too,
    because what came after the cut is missing from the report.
    Raises EncodingError, SourceError for binary data, UsageError for an encoding that does not exist.
    """
    if encoding is not None:
        return _decode_named(data, path=path, encoding=encoding)
    for mark, name in _BOMS:
        if data.startswith(mark):
            try:
                return Decoded(_without_mark(data.decode(name)), name, "byte order mark")
            except UnicodeDecodeError as error:
                raise _broken(data, error, path=path, name=name) from error
    if b"\0" in data:
        raise _binary(data, path=path)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", "valid UTF-8")
    except UnicodeDecodeError as error:
        return _decode_chinese(data, error, path=path)


def decode_declared(data: bytes, charsets: Iterable[str], *, path: str) -> Decoded:
    """Return the text of a page by the charsets that it is declared in; the order is that of `decode`.

    What is valid UTF-8, or has a mark, is that whatever is declared. A charset that does not exist, does not
    fit the bytes or gives no Chinese is passed over: a single-byte one fits any bytes. Where nothing reads
    as Chinese, the first that fits stands. Raises what `decode` raises.
    """
    if any(data.startswith(mark) for mark, _ in _BOMS):
        return decode(data, path=path)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", "valid UTF-8")
    except UnicodeDecodeError:
        pass
    fitting = [found for charset in charsets if (found := _fitting(data, charset))]
    for found in fitting:
        if common_share(found.text) >= MIN_COMMON_SHARE:
            return found
    try:
        return decode(data, path=path)
    except SourceError:
        if fitting:
            return fitting[0]
        raise


def _fitting(data: bytes, charset: str) -> Decoded | None:
    """Return the text in a charset; None where there is none such, or it does not fit the bytes."""
    try:
        name = codecs.lookup(charset).name
        name = "gb18030" if name in _CHINESE_SUBSETS else name
        return Decoded(data.decode(name), name, f"declared as {charset}")
    except (LookupError, ValueError):
        return None


def common_share(text: str) -> float:
    """Return the share of the 500 commonest Chinese characters among the letters beyond ASCII."""
    common = _common_characters()
    letters = [char for char in text[:_SAMPLE_CHARS] if char > "\x7f" and not _is_sign(char)]
    return sum(char in common for char in letters) / len(letters) if letters else 0.0


def _is_sign(char: str) -> bool:
    """Tell punctuation and spaces, which say nothing about the language."""
    return "\u2000" <= char <= "\u206f" or "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uffef"


@cache
def _common_characters() -> frozenset[str]:
    return frozenset(load_text("common_characters.txt")) - {"\n"}


def _without_mark(text: str) -> str:
    return text.removeprefix("\ufeff")


def _decode_named(data: bytes, *, path: str, encoding: str) -> Decoded:
    """Decode with the codec that the user named; gb2312 and gbk are read as their superset."""
    try:
        name = codecs.lookup(encoding).name
        name = "gb18030" if name in _CHINESE_SUBSETS else name
        return Decoded(_without_mark(data.decode(name)), name, "named by the user")
    except UnicodeDecodeError as error:
        raise _broken(data, error, path=path, name=name) from error
    except (LookupError, ValueError) as error:
        raise UsageError(
            f"unknown encoding: {encoding!r}",
            remedy="Known are utf-8, utf-16, gb18030, big5 and others.",
        ) from error


def _decode_chinese(data: bytes, error: UnicodeDecodeError, *, path: str) -> Decoded:
    """Decode as GB18030 where the result looks Chinese; `error` is how UTF-8 failed."""
    if error.start > 0 and len(data) - error.start <= 3 and error.reason == "unexpected end of data":
        raise _truncated(data, error, path=path)
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if common_share(text) >= MIN_COMMON_SHARE:
        return Decoded(text, "gb18030", "not UTF-8; valid GB18030 that reads as Chinese")
    raise EncodingError(
        "not UTF-8 or GB18030", where=path, why=_byte_at(data, error.start), remedy=_advice(data, error)
    ) from error


def _advice(data: bytes, error: UnicodeDecodeError) -> str:
    """Return what to do about bytes that are no GB18030, and no UTF-8 from `error` on."""
    named = _guess(data)
    if named:
        return f"Name it: --encoding {named}"
    if common_share(data[: error.start].decode("utf-8")) >= MIN_COMMON_SHARE:
        return "It begins as UTF-8: fetch the file again, or mend the broken byte"
    good = _begins_chinese(data)
    if good:
        return f"It is GB18030 up to byte {good:,}: fetch the file again, or mend what is there"
    return "It looks like no Chinese text; if it is one, name its encoding: --encoding NAME"


def _begins_chinese(data: bytes) -> int:
    """Return up to which byte the bytes are GB18030 that reads as Chinese; 0 where they are not."""
    try:
        data.decode("gb18030")
    except UnicodeDecodeError as error:
        text = data[: error.start].decode("gb18030")
        return error.start if len(text) >= _MIN_CHARS and common_share(text) >= MIN_COMMON_SHARE else 0
    return 0


def _guess(data: bytes) -> str:
    """Return the encoding, of those that must be named, in which the bytes look Chinese; `""` without one."""
    best, best_share = "", MIN_COMMON_SHARE
    for name in _REFUSED:
        try:
            share = common_share(data.decode(name))
        except UnicodeDecodeError:
            continue
        if share >= best_share:
            best, best_share = name, share
    return _NAMES.get(best, best)


def _binary(data: bytes, *, path: str) -> SourceError:
    """Return the error for data with NUL bytes: UTF-16 without a mark, or no text at all."""
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if common_share(text) >= MIN_COMMON_SHARE:
            why = "looks like UTF-16 without a byte order mark"
            return EncodingError(
                "not UTF-8 or GB18030", where=path, why=why, remedy=f"Name it: --encoding {name}"
            )
    where = f"NUL byte at {data.index(0):,}"
    return SourceError(
        "not a text file",
        where=path,
        why=where,
        remedy="Give a file of text, or of a format that can be read.",
    )


def _truncated(data: bytes, error: UnicodeDecodeError, *, path: str) -> EncodingError:
    """Return the error for UTF-8 whose last character is incomplete."""
    lost = len(data) - error.start
    broken = "its last byte" if lost == 1 else f"its last {lost} bytes"
    return EncodingError(
        "UTF-8 cut in the middle of a character, so the end of the report is missing",
        where=path,
        why=f"{_byte_at(data, error.start)}, {lost} from the end",
        remedy=f"Fetch the file again, or remove the broken character: {broken}",
    )


def _broken(data: bytes, error: UnicodeDecodeError, *, path: str, name: str) -> EncodingError:
    """Return the error for data that its own mark or the user called something else."""
    return EncodingError(
        f"not {name}", where=path, why=_byte_at(data, error.start), remedy="Name another: --encoding"
    )


def _byte_at(data: bytes, position: int) -> str:
    return f"byte 0x{data[position]:02X} at {position:,}" if position < len(data) else f"ends at {position:,}"
