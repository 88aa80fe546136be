"""Read Markdown as its reader sees it: markup gone, headings and list numbers kept, table rows made self-contained."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from nigao.corpus.limits import AdmissionLimits
from nigao.corpus.readers.depths import levelled
from nigao.corpus.readers.plain import decode
from nigao.corpus.readers.source import Piece, SourceText
from nigao.corpus.readers.structure import assemble, clean
from nigao.corpus.readers.tables import row_pieces
from nigao.text.ordinals import match_ordinal

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?(?:-->|\Z)|<[?!][^<>]*>", re.DOTALL)
_LINE_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_SENTENCE_END = "。！？；：!?;:"


def read_markdown(data: bytes, name: str, limits: AdmissionLimits) -> SourceText:
    """Front matter and comments go to the margins. Raises AdmissionError (`unreadable`)."""
    from markdown_it import MarkdownIt

    text = clean(decode(data, name))
    front = _FRONT_MATTER.match(text)
    margins = (front.group(1) or "").splitlines() if front else []
    text = text[front.end() :] if front else text
    margins += [line for comment in _COMMENT.findall(text) for line in comment.splitlines()]
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    pieces = list(_Walk(tokens).pieces())
    return assemble(name, levelled(pieces), margins, guess_titles=not any(piece.level for piece in pieces))


class _Walk:
    """Goes through the tokens once, remembering which list item and which table it is in."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._marker = ""
        self._tables = 0
        self._rows: list[list[str]] = []

    def pieces(self) -> Iterator[Piece]:
        level: int | None = None
        in_table = False
        for token in self._tokens:
            kind = token.type
            if kind == "heading_open":
                level = int(token.tag[1])
            elif kind == "heading_close":
                level = None
            elif kind == "list_item_open":
                # Only a numbered item has something to show; a bullet is mark-up.
                self._marker = f"{token.info}. " if token.info else ""
            elif kind == "table_open":
                in_table, self._rows = True, []
            elif kind == "tr_open":
                self._rows.append([])
            elif kind == "table_close":
                in_table = False
                self._tables += 1
                yield from row_pieces(self._rows, self._tables, headed=True)
            elif kind == "inline" and in_table:
                self._rows[-1].append(" ".join(_visible(token.children or []).split()))
            elif kind == "inline":
                yield from self._paragraph(token, level)
            elif kind in ("fence", "code_block"):
                yield Piece(token.content)
            elif kind == "html_block":
                yield Piece(_without_tags(token.content))

    def _paragraph(self, token: Token, level: int | None) -> Iterator[Piece]:
        text = _visible(token.children or [])
        lines = [text.replace("\n", "")] if level else _joined(text.split("\n"))
        for line in lines:
            yield Piece(self._marker + line if line.strip() else line, level)
            self._marker = ""


def _visible(tokens: Sequence[Token]) -> str:
    """The text a reader sees; struck-out words are as good as deleted."""
    parts: list[str] = []
    struck = 0
    for token in tokens:
        if token.type == "s_open":
            struck += 1
        elif token.type == "s_close":
            struck -= 1
        elif struck:
            continue
        elif token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type == "softbreak":
            parts.append("\n")
        elif token.type == "hardbreak":
            parts.append("\n\n")
        elif token.type == "image":
            parts.append(_visible(token.children or []))
        elif token.type == "html_inline" and _LINE_TAG.fullmatch(token.content):
            parts.append("\n\n")
    return "".join(parts)


def _joined(lines: Sequence[str]) -> list[str]:
    """Lines of one paragraph joined where a sentence runs on; many authors put each paragraph on a line of its own."""
    joined: list[str] = []
    for line in (line.strip() for line in lines):
        before = joined[-1] if joined else ""
        if before and line and not _breaks(before, line):
            joined[-1] = before + (" " if before[-1].isascii() and line[0].isascii() else "") + line
        else:
            joined.append(line)
    return [line for line in joined if line]


def _breaks(before: str, after: str) -> bool:
    ended = before[-1] in _SENTENCE_END or (before[-1] in "”’）》" and before[-2:-1] in _SENTENCE_END)
    return ended or match_ordinal(after) is not None or match_ordinal(before) is not None


def _without_tags(content: str) -> str:
    return html.unescape(_TAG.sub("", _LINE_TAG.sub("\n", content)))
