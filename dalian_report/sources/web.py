"""Web pages: the visible text of html and of mhtml (a page saved in one file), a line a block.

Needs selectolax, the extra `html`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from dalian_report.errors import SourceError, counted
from dalian_report.folding import count_visible
from dalian_report.model import Mark, Source, Stated
from dalian_report.sources.encoding import Decoded, decode, decode_declared
from dalian_report.sources.extras import missing
from dalian_report.sources.places import source_name
from dalian_report.sources.source import MAX_CELL_CHARS, Found, ReadOptions, new_source, told_left_out

_HEAD_BYTES = 8192
_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", flags=re.IGNORECASE)
# Not shown as text, or never a part of an article. A `form` may be the whole page, a `header` have the title.
_UNSEEN = frozenset(
    (
        *("script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "embed"),
        *("canvas", "map", "audio", "video", "rt", "rp", "select", "datalist", "option", "button"),
        *("input", "textarea"),
    )
)
_STRUCK = frozenset(("del", "s", "strike"))
_AROUND = frozenset(("nav", "footer", "aside", "menu", "dialog"))
_BLOCKS = frozenset(
    (
        *(
            "address",
            "article",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
        ),
        *("fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup"),
        *("hr", "html", "legend", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody"),
        *("tfoot", "thead", "title", "tr", "ul"),
    )
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", flags=re.IGNORECASE)
_STRUCK_STYLE = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", flags=re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_EDGES = " \t\r\n\xa0\u3000\u200b\ufeff"
_TAIL_CHARS = 20_000
_LITTLE_CHARS = 200
_MAX_STRUCK_SHARE = 0.1
_ARTICLE_CHARS = 500
_PROSE_CHARS = 60
_MAX_NODES = 2_000_000
# Building a tree costs, at worst, the depth times the number of elements: 100 by 10,000 is a large page.
_MAX_TREE = 20_000_000
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
# Elements without content, and those that the next one of their kind closes.
_SHALLOW = frozenset(
    (
        *(
            "area",
            "base",
            "br",
            "col",
            "embed",
            "hr",
            "img",
            "input",
            "link",
            "meta",
            "param",
            "source",
            "wbr",
        ),
        *("p", "li", "td", "th", "tr", "dt", "dd", "option", "tbody", "thead", "tfoot", "colgroup"),
    )
)
_MARKUP = re.compile(
    r"\s*<(?:!doctype\s+html|html|body|div|p|table|section|article|span|h[1-6])\b", flags=re.IGNORECASE
)
_BLOCK_TAG = re.compile(r"<(?:p|div|br|tr|td|li|table|h[1-6])\b[^<>]{0,400}>", flags=re.IGNORECASE)
_FIRST_TAG = re.compile(r"<(?:!|\?|[a-z])", flags=re.IGNORECASE)
_MIN_BLOCKS = 3
_MAX_BELOW = 100  # characters of plain text behind the last tag of a page
_SITE = re.compile(r"\s*[-_|–—·]\s*")


def read_page(data: bytes, path: str, options: ReadOptions) -> Source:
    """Return the visible text of a web page, one line for each block, table cells joined by tabs.

    The encoding is, in this order, the one named by the user, a byte order mark, UTF-8 where the bytes are
    that, what the server or else the page declares where that reads as Chinese, GB18030. Menus (`nav`,
    `footer`, `aside`) and struck-through text are left out and counted, unless they hold the article; other
    furniture stays in the text, for the outline to cut. Marks count the lines.
    """
    name = source_name(path)
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    stated = (options.charset, declared[1].decode("ascii", "ignore") if declared else None)
    charsets = [charset for charset in stated if charset]
    decoded = (
        decode(data, path=name, encoding=options.encoding)
        if options.encoding or not charsets
        else decode_declared(data, charsets, path=name)
    )
    return _page_source(decoded, path)


def read_mhtml(data: bytes, path: str, options: ReadOptions) -> Source:
    """Return the visible text of the largest web page in an mhtml file; raises SourceError without one."""
    import email
    from email import policy

    name = source_name(path)
    try:
        message = email.message_from_bytes(data, policy=policy.compat32)
        pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
        bodies = [(part.get_payload(decode=True), part) for part in pages]
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError) as error:
        raise SourceError("a damaged mhtml file", where=name, why=type(error).__name__) from error
    sized = [(body, part) for body, part in bodies if isinstance(body, bytes) and body]
    if not sized:
        raise SourceError("an mhtml file without a web page", where=name)
    body, part = max(sized, key=lambda item: len(item[0]))
    source = read_page(body, path, options._replace(charset=options.charset or part.get_content_charset()))
    origin = str(message.get("Snapshot-Content-Location") or part.get("Content-Location") or "")
    return source._replace(format="mhtml", stated=source.stated._replace(origin=origin))


def seen_text(text: str, name: str) -> str:
    """Return what is seen of a text of markup, such as a cell of a table may hold; another text as it is."""
    if not (_MARKUP.match(text) or turns_to_markup(text)):
        return text
    above = _plain_above(text)
    tree = _parsed(text[len(above) :], name)
    return "\n".join([*_plain_lines(above), *_walked(tree.body or tree.root, name).lines])


def turns_to_markup(text: str) -> bool:
    """Tell whether a text that begins with plain lines is markup from the first tag on, a block for a line.

    A table inside plain text is not: below it the text goes on.

    >>> turns_to_markup("来源：日报 <p>一</p><p>二</p><p>三</p>"), turns_to_markup("一<br> 二</p>")
    (True, False)
    """
    first = _BLOCK_TAG.search(text)
    if first is None or "</" not in text:
        return False
    blocks = sum(1 for _ in _BLOCK_TAG.finditer(text, first.start()))
    lines = sum(1 for line in text[first.start() :].split("\n") if line.strip())
    below = text[text.rfind(">") + 1 :].strip()
    return blocks >= _MIN_BLOCKS and 2 * blocks >= lines and len(below) <= _MAX_BELOW


def _plain_above(text: str) -> str:
    """Return the whole lines above the first tag."""
    first = _FIRST_TAG.search(text)
    return text[: text.rfind("\n", 0, first.start()) + 1] if first else ""


def _plain_lines(text: str) -> list[str]:
    return [line for line in (line.strip(_EDGES) for line in text.splitlines()) if line]


def _page_source(decoded: Decoded, path: str) -> Source:
    name = source_name(path)
    above = _plain_above(decoded.text)
    tree = _parsed(decoded.text[len(above) :], name)
    walk = _walked(tree.body or tree.root, name, _plain_lines(above))
    dropped = [f"menus of the page, {counted(walk.around, 'character')}"] if walk.around else []
    dropped += [told_left_out("struck", walk.struck)] if walk.struck else []
    end = decoded.text[-_TAIL_CHARS:].lower()
    cut = "<body" in decoded.text.lower() and "</body" not in end and "</html" not in end
    lacks = ["the page ends without its closing tag: it may have been cut off"] if cut else []
    found = Found(_stated(tree), walk.marks, dropped, lacks)
    told = (decoded.encoding, decoded.reason)
    return new_source("\n".join(walk.lines), path, "html", decoded=told, found=found)


def _parsed(text: str, name: str) -> Any:
    """Return the tree of a page; raises SourceError where there is none, or the library is missing."""
    try:
        from selectolax.lexbor import LexborHTMLParser, SelectolaxError
    except ImportError as error:
        raise missing("html", "web pages", where=name) from error
    _refuse_deep(text, name)
    try:
        return LexborHTMLParser(text)
    except (SelectolaxError, ValueError, RuntimeError) as error:
        raise SourceError("a web page that cannot be read", where=name, why=str(error)[:120]) from error


def _refuse_deep(text: str, name: str) -> None:
    """Raise SourceError for a page whose elements are nested so deep that building its tree takes ages."""
    depth = deepest = count = 0
    for match in _TAG.finditer(text):
        count += 1
        if match[2].lower() in _SHALLOW:
            continue
        depth = max(depth - 1, 0) if match[1] else depth + 1
        deepest = max(deepest, depth)
    if deepest * count > _MAX_TREE:
        why = f"{count:,} tags, nested {deepest:,} deep"
        raise SourceError("a web page built as none is", where=name, why=why)


def _walked(root: Any, name: str, above: Sequence[str] = ()) -> _Walk:
    """Return the walk through a page, the lines `above` it first.

    Where next to nothing is shown, it is one that keeps what holds an article.

    Pages are hidden until a script has run, stand in a dialog, or in a `nav` or an `<s>` that nobody closed.
    """
    walk = _Walk(name, above)
    if root is None:
        return walk
    walk.run(root)
    shown = sum(map(len, walk.lines))
    struck = walk.struck > max(_LITTLE_CHARS, _MAX_STRUCK_SHARE * shown)
    if struck:
        walk = _Walk(name, above, keep_struck=True)
        walk.run(root)
        shown = sum(map(len, walk.lines))
    if shown >= _LITTLE_CHARS:
        return walk
    for around in (False, True):
        fuller = _Walk(name, above, keep_hidden=True, keep_around=around, keep_struck=struck)
        fuller.run(root)
        if sum(len(line) for line in fuller.lines if len(line) >= _PROSE_CHARS) >= _ARTICLE_CHARS:
            return fuller
    return walk


class _Walk:
    """Goes through the elements of a page, without recursion, and gathers its lines."""

    def __init__(
        self,
        name: str,
        above: Sequence[str] = (),
        *,
        keep_hidden: bool = False,
        keep_around: bool = False,
        keep_struck: bool = False,
    ) -> None:
        self.lines: list[str] = []
        self.marks: list[Mark] = []
        self.around = 0
        self.struck = 0
        self._name = name
        self._keep_hidden = keep_hidden
        self._keep_around = keep_around
        self._keep_struck = keep_struck
        self._line: list[str] = []
        self._length = 0
        self._cells = 0
        self._preserved = 0
        for line in above:
            self._line.append(line)
            self._break()

    def run(self, root: Any) -> None:
        """Gather the lines below an element."""
        stack: list[tuple[Any, bool]] = [(root, False)]
        count = 0
        while stack:
            node, leaving = stack.pop()
            count += 1
            if count > _MAX_NODES:
                raise SourceError("too large a web page", where=self._name, why=f"over {_MAX_NODES:,} nodes")
            if leaving:
                self._leave(node)
                continue
            if not self._enter(node):
                continue
            stack.append((node, True))
            children = []
            child = node.child
            while child is not None:
                children.append((child, False))
                child = child.next
            stack.extend(reversed(children))
        self._break()

    def _enter(self, node: Any) -> bool:
        """Take up a node; tell whether its children are to be visited."""
        tag = node.tag
        if tag == "-text":
            self._add(node.text_content or "")
            return False
        if tag == "br":
            self._break()
            return False
        if tag is None or tag.startswith("-") or tag in _UNSEEN:
            return False
        attributes = node.attributes
        if not self._keep_hidden and _is_hidden(attributes):
            return False
        if not self._keep_struck and _is_struck(tag, attributes):
            self.struck += len(node.text() or "")
            return False
        if tag in _AROUND and not self._keep_around:
            self.around += count_visible(node.text() or "")
            return False
        if tag in ("td", "th"):
            if self._line:
                self._line.append("\t")
            self._cells += _is_small(node)
        elif tag == "pre":
            self._preserved += 1
        if tag in _BLOCKS or tag in _AROUND:
            self._break()
        return True

    def _leave(self, node: Any) -> None:
        tag = node.tag
        if tag in ("td", "th"):
            self._cells -= _is_small(node)
        elif tag == "pre":
            self._preserved -= 1
        if tag in _BLOCKS or tag in _AROUND:
            self._break()

    def _add(self, text: str) -> None:
        if self._preserved:
            first, *rest = text.split("\n")
            self._line.append(first)
            for line in rest:
                self._break()
                self._line.append(line)
            return
        text = _SPACES.sub(" ", text)
        if text != " " or self._line:
            self._line.append(text)

    def _break(self) -> None:
        """End the line; inside a small cell of a table a break is a space."""
        if self._cells:
            if self._line and self._line[-1] not in ("\t", " "):
                self._line.append(" ")
            return
        line = re.sub(" *\t *", "\t", re.sub("  +", " ", "".join(self._line))).strip(_EDGES)
        self._line.clear()
        if line:
            self.marks.append(Mark(self._length, f"paragraph {len(self.lines) + 1}"))
            self.lines.append(line)
            self._length += len(line) + 1


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    return "hidden" in attributes or bool(_HIDDEN_STYLE.search(attributes.get("style") or ""))


def _is_struck(tag: str, attributes: dict[str, str | None]) -> bool:
    return tag in _STRUCK or bool(_STRUCK_STYLE.search(attributes.get("style") or ""))


def _is_small(node: Any) -> bool:
    """Tell a cell of a table of data from one that a page is laid out with."""
    return node.css_first("table") is None and len(node.text() or "") <= MAX_CELL_CHARS


def _stated(tree: Any) -> Stated:
    """Return what the head of a page says: the metadata that government sites have, else its title."""
    metas = {
        (node.attributes.get("name") or "").lower(): (node.attributes.get("content") or "").strip()
        for node in tree.css("meta[name][content]")
    }
    title = metas.get("articletitle", "")
    if not title:
        head = tree.css_first("title")
        pieces = _SITE.split((head.text() or "").strip()) if head is not None else []
        title = next((piece for piece in pieces if "报告" in piece), "")
    date = metas.get("pubdate", "")[:10].replace("/", "-")
    return Stated(title=_SPACES.sub(" ", title), date=date, origin=metas.get("url", ""))
