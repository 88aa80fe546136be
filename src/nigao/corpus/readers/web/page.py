"""Read a saved web page as its article: headings, lists, tables and attachments, without the site around it."""

from __future__ import annotations

import codecs
import re
from typing import Any

from nigao.corpus.limits import AdmissionLimits
from nigao.corpus.model import RefusalReason
from nigao.corpus.readers.depths import levelled
from nigao.corpus.readers.plain import decode
from nigao.corpus.readers.source import Piece, SourceText
from nigao.corpus.readers.structure import assemble, clean
from nigao.corpus.readers.tables import row_pieces
from nigao.corpus.readers.web.article import article, is_tool_line
from nigao.corpus.readers.web.tables import BLOCKS, data_rows
from nigao.errors import AdmissionError

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
_HEADINGS = {f"h{depth}": depth for depth in range(1, 7)}
_SPACES = re.compile("[ \t\n\r\f]+")
# A line broken in the source between two Chinese characters is no space.
_BROKEN = re.compile("(?<=[⺀-鿿＀-￯　-〿])[ \t]*[\r\n][ \t\r\n]*(?=[⺀-鿿＀-￯　-〿])")
_EDGE = 12

# lxml elements come without types; they are read here and go no further.
_Element = Any


def read_webpage(data: bytes, name: str, limits: AdmissionLimits) -> SourceText:
    """The article of the page; the page's own title and keywords are margins. Nothing it refers to is loaded.

    Raises AdmissionError (`unreadable`).
    """
    from lxml import etree, html

    text = clean(_decoded(data, name))
    if not text.strip():
        return assemble(name, [])
    try:
        # A declared encoding would make lxml refuse a str, so it is given bytes of a known one.
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser, ensure_head_body=True)
        if any(entry.level_name == "FATAL" for entry in parser.error_log):
            # Nested so deeply that the parser gave up and left out the rest.
            raise ValueError
        margins = _head_texts(root)
        body, title = article(root)
        walk = _Walk()
        walk.read(body)
        pieces = _titled_once(_trimmed(walk.finish()))
    except etree.ParserError:
        # Not one element: nothing but closing tags or comments.
        return assemble(name, [])
    except (etree.LxmlError, ValueError, RecursionError, AssertionError) as exc:
        raise AdmissionError(
            f"网页解析失败（{type(exc).__name__}）",
            reason=RefusalReason.UNREADABLE,
            where=name,
            fix="在浏览器中打开，把正文复制到 docx 或 txt 后再提交",
        ) from None
    if title and not _says(pieces, title):
        pieces.insert(0, Piece(title, 1))
    under = [piece for piece in pieces[1:] if piece.level]
    return assemble(name, levelled(pieces), margins, guess_titles=not under)


def _decoded(data: bytes, name: str) -> str:
    """By BOM, then as declared if that reads strictly, then as any text; gb2312 is declared for all of GB 18030."""
    declared = _CHARSET.search(data[:4096])
    if declared is None or data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data, name)
    encoding = declared.group(1).decode().lower()
    encoding = "gb18030" if encoding in ("gb2312", "gbk", "gb18030", "x-gbk") else encoding
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeError):
        return decode(data, name)


def _head_texts(root: _Element) -> list[str]:
    texts = [title.text_content() for title in root.iter("title")]
    wanted = ("keywords", "description", "subject", "articletitle")
    return texts + [m.get("content") or "" for m in root.iter("meta") if (m.get("name") or "").lower() in wanted]


def _says(pieces: list[Piece], title: str) -> bool:
    """Whether the article itself begins with the title, over however many lines."""
    opening = "".join("".join(piece.text.split()) for piece in pieces[:_EDGE])
    return "".join(title.split()) in opening


def _titled_once(pieces: list[Piece]) -> list[Piece]:
    """Without the page's heading where the article repeats it as its own title."""
    heading = "".join(pieces[0].text.split()) if pieces and pieces[0].level else ""
    below = ["".join(piece.text.split()) for piece in pieces[1:6]]
    repeated = bool(heading) and any("".join(below[:count]) == heading for count in range(1, 6))
    return pieces[1:] if repeated else pieces


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Without the lines of buttons and counters above and below the article."""
    last = len(pieces) - _EDGE
    return [p for i, p in enumerate(pieces) if not ((i < _EDGE or i >= last) and is_tool_line(p.text))]


class _Walk:
    """Goes through the article once; inline text is gathered until a block begins or ends."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._inline: list[str] = []
        self._level: int | None = None
        self._marker = ""
        self._tables = 0

    def finish(self) -> list[Piece]:
        """The pieces, with the last inline text."""
        self._flush()
        return self.pieces

    def read(self, element: _Element) -> None:
        """What the element holds, in order."""
        tag = element.tag if isinstance(element.tag, str) else ""
        block = tag in BLOCKS
        if block:
            self._flush()
        if tag == "br":
            self._flush()
        elif tag == "table" and (rows := data_rows(element)):
            self._table(rows, headed=element.find(".//th") is not None)
        elif tag in _HEADINGS:
            self._level = _HEADINGS[tag]
            self._children(element)
            self._flush()
            self._level = None
        elif tag == "ol":
            self._numbered(element)
        else:
            self._children(element)
        if block:
            self._flush()

    def _children(self, element: _Element) -> None:
        self._inline.append(element.text or "")
        for child in element:
            self.read(child)
            self._inline.append(child.tail or "")

    def _numbered(self, element: _Element) -> None:
        """A numbered list, its numbers written out; the site's own list types (a, i) are rare and read as figures."""
        start = element.get("start", "1")
        number = int(start) if start.isascii() and start.isdecimal() and len(start) < 6 else 1
        self._inline.append(element.text or "")
        for item in element:
            if item.tag == "li":
                self._flush()
                self._marker = f"{number}. "
                number += 1
            self.read(item)
            self._inline.append(item.tail or "")

    def _table(self, rows: list[list[str]], *, headed: bool) -> None:
        self._tables += 1
        self.pieces.extend(row_pieces(rows, self._tables, headed=True if headed else None))

    def _flush(self) -> None:
        text = _collapsed("".join(self._inline))
        self._inline.clear()
        if text:
            self.pieces.append(Piece(self._marker + text, self._level))
            self._marker = ""


def _collapsed(text: str) -> str:
    return _SPACES.sub(" ", _BROKEN.sub("", text)).strip()
