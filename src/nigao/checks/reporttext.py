"""The report's text as the rules see it: where every sentence stands, and which part a place is in."""

from __future__ import annotations

from bisect import bisect_right

from nigao.checks.finding import Finding
from nigao.report.model import Report, Sentence
from nigao.report.render import ENDING, PieceKind, pieces
from nigao.report.waivers import mask_waivers


class ReportText:
    """One report rendered once, its waivers blanked out. Offsets count in `text`; lines and columns are 1-based."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._sentences: dict[int, tuple[int, str]] = {}
        # Every sentence in reading order; an annex's row of cells, which is none, as one that only this text has.
        self.told: list[Sentence] = []
        self._rows: set[int] = set()
        self._parts: dict[str, int] = {}
        self._part_starts: list[tuple[int, str]] = [(0, "")]
        self.text = self._render(report)
        self._lines = [0] + [i + 1 for i, c in enumerate(self.text) if c == "\n"]

    def _render(self, report: Report) -> str:
        headings = {id(part.heading): part.key for part in report.parts}
        written: list[str] = []
        part, offset = "", 0
        for piece in pieces(report):
            offset += len(piece.gap)
            if piece.kind in ENDING:
                part = ""
            elif id(piece.sentence) in headings:
                part = headings[id(piece.sentence)]
                self._parts.setdefault(part, offset)
            # A heading's ordinal stands before the heading that says which part begins.
            begins = part != self._part_starts[-1][1] or piece.kind is PieceKind.PART_HEADING
            if begins and (piece.sentence is not None or piece.kind in ENDING):
                self._part_starts.append((offset, part))
            sentence = piece.sentence
            if piece.kind is PieceKind.ANNEX_ROW:
                sentence = Sentence(text=piece.text)
                self._rows.add(id(sentence))
            if sentence is not None:
                self.told.append(sentence)
                self._sentences[id(sentence)] = (offset, part)
            offset += len(piece.text)
            written += (piece.gap, piece.text)
        text = "".join(written) + ("\n" if report.trailing is None else report.trailing)
        return mask_waivers(text) if "<!--" in text else text

    def offset(self, sentence: Sentence) -> int:
        """Where the sentence begins."""
        return self._sentences[id(sentence)][0]

    def is_row(self, sentence: Sentence) -> bool:
        """Whether it is a row of cells, which no other text of the same report knows."""
        return id(sentence) in self._rows

    def part_of(self, sentence: Sentence) -> str:
        """The key of the part that the sentence stands in; empty outside the parts."""
        return self._sentences[id(sentence)][1]

    def part_at(self, offset: int) -> str:
        """The key of the part that a place is in; empty outside the parts."""
        return self._part_starts[bisect_right(self._part_starts, offset, key=lambda start: start[0]) - 1][1]

    def part_start(self, key: str) -> int:
        """Where a part's heading begins; the end of the text for a part that is missing, its start without a key."""
        return self._parts.get(key, len(self.text) if key else 0)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a place."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def at(self, line: int, column: int) -> int:
        """The place of a line and column."""
        return self._lines[line - 1] + column - 1

    def span(self, found: Finding) -> tuple[int, int]:
        """Where the words of a finding begin and end; what lies outside the text is cut off."""
        last = len(self._lines)
        ends = ((found.line, found.column), (found.end_line, found.end_column))
        start, end = (min(self.at(max(1, min(line, last)), max(1, column)), len(self.text)) for line, column in ends)
        return start, max(start, end)

    def line(self, number: int) -> str:
        """The words of a line, without its line break."""
        start = self._lines[number - 1]
        end = self._lines[number] - 1 if number < len(self._lines) else len(self.text)
        return self.text[start:end]
