"""Where the sentences of a report stand in a Word file of it.

The words are matched, not counted: a title broken into lines, a heading without its full stop, a date written out and
changes tracked in the text cannot shift what follows.
"""

from __future__ import annotations

from nigao.report.model import Remark, Report
from nigao.report.render import pieces
from nigao.report.wordlayout import squeezed
from nigao.word.characters import body_paragraphs, visible_text
from nigao.word.opening import open_docx, reading_errors
from nigao.word.sources import sources_start
from nigao.word.textmap import Place

_HEAD = Place(0, 0, 0)
_TELLING, _NEAR = 8, 60


class ReportPlaces:
    """A report's text and a docx side by side."""

    def __init__(self, report: Report, data: bytes) -> None:
        """Raises ReportFileError where `data` is no Word document."""
        with reading_errors():
            body = open_docx(data).element.body
            behind = sources_start(body)
            paragraphs = body_paragraphs(body)
            kept = paragraphs if behind is None else paragraphs[: paragraphs.index(behind)]
            self._texts = [visible_text(paragraph) for paragraph in kept]
        self._words = ""
        self._at: list[tuple[int, int]] = []
        for number, text in enumerate(self._texts):
            for offset, char in enumerate(text):
                if squeezed(char):
                    self._words += char
                    self._at.append((number, offset))
        self._found = self._align(report)

    def _align(self, report: Report) -> list[tuple[int, int, int, str]]:
        """For each sentence that was found: where it begins and ends in the report's text, and in the file's words."""
        found: list[tuple[int, int, int, str]] = []
        offset = cursor = 0
        for piece in pieces(report):
            start = offset + len(piece.gap)
            offset = start + len(piece.text)
            wanted = squeezed(piece.text).rstrip("。：:")
            at = self._words.find(wanted, cursor) if wanted else -1
            # A number or a short word that is not near is another one.
            if at >= 0 and (len(wanted) >= _TELLING or at - cursor <= _NEAR):
                found.append((start, offset, at, piece.text))
                cursor = at + len(wanted)
        return found

    def place(self, start: int, end: int) -> Place:
        """Where characters `start:end` of the report's plain text stand: in the first of their paragraphs, whatever
        goes beyond. What is nowhere stands at the head of the file.
        """
        for begin, stop, at, text in self._found:
            if begin <= start < stop or (start == end == stop):
                before = len(squeezed(text[: start - begin]))
                size = len(squeezed(text[start - begin : max(start, end) - begin]))
                return self._span(at + before, at + before + size)
        return _HEAD

    def remark(self, remark: Remark) -> Place:
        """Where somebody's remark belongs: on its words in its line, else on the line, else at the head of the file."""
        line, words = squeezed(remark.line), squeezed(remark.words)
        for wanted in filter(None, (line, words)):
            at = self._words.find(wanted)
            if at >= 0:
                within = self._words.find(words, at, at + len(wanted)) if words else -1
                return self._span(within, within + len(words)) if within >= 0 else self._span(at, at + len(wanted))
        return _HEAD

    def _span(self, start: int, end: int) -> Place:
        if start >= len(self._at):
            return _HEAD
        paragraph, first = self._at[start]
        inside = [offset for number, offset in self._at[start:end] if number == paragraph]
        return Place(paragraph, first, inside[-1] + 1 if inside else first)
