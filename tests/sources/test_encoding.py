"""Decoding: strict, recorded, and an error that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dalian_report.errors import EncodingError, SourceError, UsageError
from dalian_report.sources import read_sources
from dalian_report.sources.encoding import common_share, decode

TEXT = "全市地区生产总值增长5.2%,城镇新增就业12.5万人。\r\n新建高标准农田7万亩,人民生活水平不断提高。\n"
CHINESE = st.text(st.sampled_from("的一是国中人在有年发展经济工作增长5.2%，。\n\r \t"), min_size=1)


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("gb2312", "gb18030"),
    ],
)
def test_each_encoding_is_found_and_recorded(codec: str, encoding: str) -> None:
    decoded = decode(TEXT.encode(codec), path="a.txt")
    assert (decoded.text, decoded.encoding) == (TEXT, encoding)
    assert decoded.reason


@given(CHINESE)
def test_text_survives_every_encoding_with_a_mark_and_utf_8(text: str) -> None:
    for codec in ("utf-8", "utf-8-sig", "utf-16"):
        assert decode(text.encode(codec), path="a.txt").text == text
    assert decode(text.encode("gb18030"), path="a.txt", encoding="gb18030").text == text


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(lambda text: "\0" not in text))
def test_any_text_survives_utf_8(text: str) -> None:
    assert decode(text.encode(), path="a.txt").text == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("codec", "name"), [("big5", "big5"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be")]
)
def test_an_encoding_that_must_be_named_is_refused_with_its_name(codec: str, name: str) -> None:
    text = ("政府工作的一年" * 30) if codec == "big5" else TEXT
    with pytest.raises(EncodingError) as caught:
        decode(text.encode(codec), path="reports/a.txt")
    assert str(caught.value).startswith("reports/a.txt: not UTF-8 or GB18030 (")
    assert str(caught.value).endswith(f"Name it: --encoding {name}")
    assert decode(text.encode(codec), path="reports/a.txt", encoding=name).text == text


def test_no_encoding_is_named_for_what_is_no_chinese_text() -> None:
    text = "Le gouvernement a présenté son rapport annuel, où les priorités sont énoncées.\n" * 5
    for codec in ("latin-1", "cp1251"):
        data = (
            text.encode("latin-1")
            if codec == "latin-1"
            else ("Отчёт о работе правительства. " * 9).encode(codec)
        )
        with pytest.raises(
            EncodingError, match="It looks like no Chinese text; if it is one, name its encod"
        ):
            decode(data, path="a.txt")


def test_shift_jis_is_refused() -> None:
    japanese = "東京都の政策と予算について、報告します。ひらがなとカタカナ。" * 10
    with pytest.raises(EncodingError, match="not UTF-8 or GB18030"):
        decode(japanese.encode("shift_jis"), path="a.txt")


def test_the_message_names_the_byte_and_its_place() -> None:
    data = ("中文" * 10).encode() + b"\x81\xff\xff\xff" + b"a" * 10
    with pytest.raises(
        EncodingError, match=r"a\.txt: not UTF-8 or GB18030 \(byte 0x81 at 60\)\. It begins as UTF-8: "
    ):
        decode(data, path="a.txt")


@pytest.mark.parametrize("lost", [1, 2])
def test_utf_8_cut_in_a_character_is_an_error_that_says_so(lost: int) -> None:
    with pytest.raises(EncodingError, match="cut in the middle of a character") as caught:
        decode(("增长5.2%" * 20 + "中").encode()[:-lost], path="a.txt")
    assert str(caught.value).endswith({1: "its last 2 bytes", 2: "its last byte"}[lost])


def test_gb18030_that_does_not_look_chinese_is_refused() -> None:
    assert common_share(TEXT) > 0.5
    with pytest.raises(EncodingError):
        decode(bytes(range(0xB0, 0xF0)) * 20, path="a.txt")


def test_a_named_encoding_is_strict_and_must_exist() -> None:
    assert decode(TEXT.encode("gb18030"), path="a.txt", encoding="GB2312").encoding == "gb18030"
    with pytest.raises(EncodingError, match="not ascii"):
        decode(TEXT.encode(), path="a.txt", encoding="ascii")
    for name in ("klingon", "hex", "a\0b"):
        with pytest.raises(UsageError, match="unknown encoding"):
            decode(TEXT.encode(), path="a.txt", encoding=name)


def test_data_with_nul_bytes_is_no_text() -> None:
    with pytest.raises(SourceError, match=r"not a text file \(NUL byte at 3\)"):
        decode(b"abc\0\1\2", path="a.bin")


def test_the_same_text_in_every_encoding_is_the_same_source(tmp_path: Path) -> None:
    hashes = set()
    for codec in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        file = tmp_path / f"{codec}.txt"
        file.write_bytes(TEXT.encode(codec))
        (source,) = read_sources(str(file))
        hashes.add((source.text, source.text_sha256))
    assert len(hashes) == 1
