"""Report → Markdown with its evidence as footnotes, and our own Markdown back to the words of the report."""

from __future__ import annotations

import re

from nigao.report.lines import Line, report_lines
from nigao.report.model import Report, Table
from nigao.report.sources import evidence_lines

# What follows this line in our own Markdown and text is about the report, not of it.
END = "<!-- 以下由拟稿工具附注，不属于报告正文 -->"

_SPECIAL = re.compile(r"[\\`*_\[\]<>&~^|#]")
# What makes a list, a rule or an underlined heading of a line that begins with it, a footnote mark behind it or not.
_LINE_START = re.compile(r"\A(?:([-+=])|(\d{1,9})([.)])(?=\s|\[\^|\Z))")
# An editor's waiver is a comment already and must stay one.
_WAIVER = re.compile(r"<!--[ \t　]*nigao[ \t　][^\n]*?-->")
_MARK = re.compile(r"\[\^(\d+)\]")
_DEFINED = re.compile(r"^\[\^(\d+)\]:", re.MULTILINE)


def render_markdown(report: Report, *, citations: bool = True, note: str = "") -> str:
    """Headings by level, one paragraph a block, annex tables as tables. Behind the line END stand the footnotes, one
    for each distinct evidence, where `citations` are wanted, and the `note`.
    """
    notes: dict[str, int] = {}
    blocks = [_block(line, notes if citations else None) for line in report_lines(report)]
    closing: list[str] = []
    if notes:
        closing += ["---", "**依据**", *(f"[^{number}]: {text}" for text, number in notes.items())]
    if note:
        closing.append(f"> {escape_markdown(note)}")
    return "\n\n".join(blocks + ([END, *closing] if closing else [])) + "\n"


def without_footnotes(text: str, blank: str = "") -> str:
    """Our own Markdown up to END, with `blank` for every character of the footnote marks that are explained behind it.

    A text without END stays as it is: whose footnotes it has is not known.
    """
    body, _, behind = text.partition(END)
    known = set(_DEFINED.findall(behind))

    def masked(mark: re.Match[str]) -> str:
        return blank * len(mark.group()) if mark.group(1) in known else mark.group()

    return _MARK.sub(masked, body) if known else body


def escape_markdown(text: str) -> str:
    """The text such that a reader of CommonMark shows exactly it, in one line."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.splitlines()))


def _keeping_waivers(text: str) -> str:
    kept = _WAIVER.findall(text)
    between = map(escape_markdown, _WAIVER.split(text))
    return "".join(words + waiver for words, waiver in zip(between, [*kept, ""], strict=True))


def _block(line: Line, notes: dict[str, int] | None) -> str:
    if line.table is not None:
        return _table(line.table, [placed.piece.text.split("\t") for placed in line.pieces])
    words: list[str] = []
    for placed in line.pieces:
        words.append(placed.gap + _keeping_waivers(placed.piece.text.replace("\n", "")))
        sentence = placed.piece.sentence
        told = "\\\n    ".join(map(_flat, evidence_lines(sentence))) if sentence is not None else ""
        if told and notes is not None:
            words.append(f"[^{notes.setdefault(told, len(notes) + 1)}]")
    text = "".join(words).strip()
    return "#" * line.level + " " + text if line.level else _LINE_START.sub(_literal, text)


def _table(table: Table, rows: list[list[str]]) -> str:
    """The rows under their head; Markdown wants one of exactly one line."""
    if not table.head_rows:
        rows = [[""] * len(rows[0]), *rows]
    head, *body = [f"| {' | '.join(map(escape_markdown, row))} |" for row in rows]
    return "\n".join([head, "|" + " --- |" * len(rows[0]), *body])


def _flat(line: str) -> str:
    return escape_markdown(" ".join(line.split()))


def _literal(start: re.Match[str]) -> str:
    return f"\\{start.group(1)}" if start.group(1) else f"{start.group(2)}\\{start.group(3)}"
