"""Report → one HTML page that needs nothing but itself: no script, no picture, no font and no address from elsewhere.

The numbers beside the words are drawn by the style sheet: what a person copies from the page is the report's own text.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path

from nigao.report.lines import PART, SECTION, TITLE, Line, PlacedPiece, report_lines
from nigao.report.model import Report, Table
from nigao.report.render import PieceKind
from nigao.report.sources import evidence_lines
from nigao.text.placeholders import find_placeholders
from nigao.text.titlelines import title_lines

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_LABELS = {"error": "错误", "warning": "提醒", "info": "说明"}
_CLASSES = {
    PieceKind.RECIPIENT: "recipient",
    PieceKind.ATTACHMENT: "attachment",
    PieceKind.SIGNATURE: "signature",
    PieceKind.DATE: "date",
}
_ANNEX = {PieceKind.ANNEX_HEAD: ' class="annex"', PieceKind.ANNEX_TITLE: ' class="annex-title"'}
_TAGS = {TITLE: "h1", PART: "h2", SECTION: "h3"}


@dataclass(frozen=True, slots=True)
class Highlight:
    """A finding: characters `start:end` of the report's plain text, how grave it is (`error`, `warning`, `info`), and
    what is said about it, a line each.
    """

    start: int
    end: int
    level: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageOptions:
    """`note` is the visible AI note and `label` the machine-readable one (JSON); empty: without. `citations`: whether
    every sentence leads to its evidence.
    """

    note: str = ""
    label: str = ""
    citations: bool = True


def render_webpage(report: Report, options: PageOptions, highlights: Sequence[Highlight] = ()) -> str:
    """The report as a page for screen and paper, with its evidence and the `highlights` in lists behind it."""
    body = _Body(options, list(highlights))
    article = "\n".join(map(body.line, report_lines(report)))
    note = f'<p class="label" role="note">{_text(options.note)}</p>\n' if options.note else ""
    main = f"<main>\n{note}<article>\n{article}\n</article>\n{body.sources()}{body.findings()}</main>"
    return f'<!DOCTYPE html>\n<html lang="zh-CN">\n{_head(report, options)}\n<body>\n{main}\n</body>\n</html>\n'


def _head(report: Report, options: PageOptions) -> str:
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = "".join(report.title.text.split("\n")) if report.title is not None else "报告"
    label = f'<meta name="AIGC" content="{_text(options.label)}">\n' if options.label else ""
    return (
        '<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_text(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
        f'<meta name="generator" content="nigao">\n{label}<title>{_text(title)}</title>\n'
        f"<style>{style}</style>\n</head>"
    )


@cache
def _style() -> str:
    return Path(__file__).with_name("webpage.css").read_text(encoding="utf-8").strip()


@dataclass(slots=True)
class _Body:
    """Writes the lines and collects what stands behind them."""

    options: PageOptions
    highlights: list[Highlight]
    _sources: list[list[str]] = field(default_factory=list)
    _marked: set[int] = field(default_factory=set)

    def line(self, line: Line) -> str:
        if line.table is not None:
            return self._table(line.table, line.pieces)
        words = "".join(escape(placed.gap) + self._piece(placed, line) for placed in line.pieces)
        if line.level and not line.runs_on:
            tag = _TAGS[line.level]
            name = _ANNEX.get(line.kind, "")
            return f"<{tag}{name}>{words}</{tag}>"
        name = _CLASSES.get(line.kind, "")
        return f'<p class="{name}">{words}</p>' if name else f"<p>{words}</p>"

    def _table(self, table: Table, rows: Sequence[PlacedPiece]) -> str:
        lines = []
        for number, placed in enumerate(rows):
            tag, scope = ("th", ' scope="col"') if number < table.head_rows else ("td", "")
            cells, at = [], placed.start
            for cell in placed.piece.text.split("\t"):
                cells.append(f"<{tag}{scope}>{self._marked_up(cell, at)}</{tag}>")
                at += len(cell) + 1
            lines.append(f"<tr>{''.join(cells)}</tr>")
        head, body = "".join(lines[: table.head_rows]), "\n".join(lines[table.head_rows :])
        thead = f"<thead>{head}</thead>\n" if head else ""
        return f'<div class="table" tabindex="0">\n<table>\n{thead}<tbody>{body}</tbody>\n</table>\n</div>'

    def _piece(self, placed: PlacedPiece, line: Line) -> str:
        text = placed.piece.text
        words = self._marked_up(text, placed.start, _title_breaks(text) if line.level == TITLE else ())
        sentence = placed.piece.sentence
        told = evidence_lines(sentence) if sentence is not None and self.options.citations else []
        if told:
            self._sources.append(told)
            number = len(self._sources)
            link = f'<a class="ref" id="r{number}" href="#s{number}" aria-label="出处{number}" data-n="{number}"></a>'
            words = f'<span class="cited">{words}</span>{link}'
        topic = placed.piece.kind is PieceKind.ITEM_HEADING and line.has_text
        return f'<span class="topic">{words}</span>' if topic else words

    def _marked_up(self, text: str, start: int, breaks: Collection[int] = ()) -> str:
        """The text cut wherever a blank or a finding begins or ends; a line may end at the `breaks`."""
        blanks = [(span.start, span.end) for span in find_placeholders(text)]
        found = [
            (number, max(0, one.start - start), one.end - start)
            for number, one in enumerate(self.highlights, start=1)
            if one.start < one.end and one.start < start + len(text) and one.end > start
        ]
        cuts = {0, len(text), *breaks, *(at for span in blanks for at in span)}
        cuts |= {min(at, len(text)) for _, *span in found for at in span}
        ordered = sorted(cuts)
        written: list[str] = []
        for begin, end in itertools.pairwise(ordered):
            words = ("<wbr>" if begin in breaks else "") + _text(text[begin:end])
            if any(a <= begin and end <= b for a, b in blanks):
                words = f'<span class="blank">{words}</span>'
            over = [number for number, a, b in found if a <= begin and end <= b]
            if over:
                words = f'<mark class="{self._gravest(over)}">{words}</mark>'
            ending = (number for number in over if self.highlights[number - 1].end <= start + end)
            written += [words, *map(self._finding_link, ending)]
        return "".join(written)

    def _gravest(self, numbers: Iterable[int]) -> str:
        levels = {self.highlights[number - 1].level for number in numbers}
        return next((level for level in _LABELS if level in levels), "info")

    def _finding_link(self, number: int) -> str:
        name = "" if number in self._marked else f' id="m{number}"'
        self._marked.add(number)
        return f'<a class="ref finding"{name} href="#f{number}" aria-label="核对结果{number}" data-n="核{number}"></a>'

    def sources(self) -> str:
        """The list of evidence; empty where no sentence has any."""
        entries = [(f"s{n}", f"r{n}", "", lines) for n, lines in enumerate(self._sources, start=1)]
        return _list("出处", "doc-endnotes", entries)

    def findings(self) -> str:
        """The list of findings; empty where there are none. One without words of its own leads nowhere."""
        entries = [
            (f"f{n}", f"m{n}" if n in self._marked else "", one.level, [_told(one.level, one.lines[0]), *one.lines[1:]])
            for n, one in enumerate(self.highlights, start=1)
        ]
        return _list("核对结果", "region", entries)


def _title_breaks(title: str) -> list[int]:
    """Where the title's lines begin by meaning, but for the first."""
    lengths = [len(line) for line in title_lines(title)]
    return list(itertools.accumulate(lengths[:-1])) if sum(lengths) == len(title) else []


def _told(level: str, line: str) -> str:
    return f"{_LABELS.get(level, level)}：{line}"


def _list(heading: str, role: str, entries: Sequence[tuple[str, str, str, Sequence[str]]]) -> str:
    """A numbered list; each entry is its id, where its back link leads, its class and its lines."""
    if not entries:
        return ""
    items = []
    for name, back, kind, lines in entries:
        link = f' <a class="back" href="#{back}" aria-label="回到正文">↩</a>' if back else ""
        style = f' class="{kind if kind in _LABELS else "info"}"' if kind else ""
        items.append(f'<li id="{name}"{style} tabindex="-1">{"<br>".join(map(_text, lines))}{link}</li>')
    listed = "\n".join(items)
    return (
        f'<section class="notes" role="{role}" aria-label="{heading}">\n<h2>{heading}</h2>\n'
        f"<ol>\n{listed}\n</ol>\n</section>\n"
    )


def _text(text: str) -> str:
    return escape(_CONTROL.sub("", text), quote=True)
