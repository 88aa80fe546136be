"""Findings as Word comments on exactly the words concerned, in a copy."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document

from nigao.word.changes import written_time
from nigao.word.characters import Character, body_paragraphs, characters
from nigao.word.cutting import cut_before
from nigao.word.ooxml import XML_SPACE, Element, W, number, properties, put, w
from nigao.word.opening import open_docx, reading_errors
from nigao.word.package import document_bytes
from nigao.word.xmltext import xml_text

AUTHOR = "拟稿核对"
_INITIALS = "核"
_LABELS = {"error": "错误", "warning": "提醒", "info": "说明"}
_COMMENT_SIZE = "21"
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)?")


@dataclass(frozen=True, slots=True)
class Note:
    """A comment on characters `start:end` of a paragraph. `severity` (`error`, `warning`, `info`) heads its text; `on`
    is when it was made (ISO 8601), empty where that is not known.
    """

    paragraph: int
    start: int
    end: int
    text: str
    author: str = AUTHOR
    severity: str = ""
    on: str = ""


def annotate(data: bytes, notes: Sequence[Note], *, moment: dt.datetime | None = None) -> bytes:
    """A copy of the file with the notes as comments; comments that are there stay. `moment` (default: now) dates them.

    A note outside a paragraph's characters marks the whole paragraph, one outside the file its first. Raises
    ReportFileError where `data` is no Word document.
    """
    with reading_errors():
        document = open_docx(data)
        paragraphs = body_paragraphs(document.element.body)
        when = (moment or dt.datetime.now(dt.UTC)).astimezone(dt.UTC).replace(microsecond=0)
        if not notes or not paragraphs:
            return data
        comments = _Comments(document)
        spans: dict[int, list[_Span]] = {}
        for note in notes:
            inside = 0 <= note.paragraph < len(paragraphs)
            comment = comments.add(note, when)
            span = (note.start, note.end, comment) if inside else (0, 0, comment)
            spans.setdefault(note.paragraph if inside else 0, []).append(span)
        for index, found in spans.items():
            _anchor(paragraphs[index], found)
        return document_bytes(document)


class _Comments:
    """The file's comments, to which others are added. python-docx looks through all of them for each that it adds."""

    def __init__(self, document: Document) -> None:
        self._root = document.comments._comments_elm
        taken = (number(comment.get(W + "id")) for comment in self._root)
        self._ids = itertools.count(max(taken, default=-1) + 1)

    def add(self, note: Note, when: dt.datetime) -> str:
        """Add a comment; gives its number."""
        label = _LABELS.get(note.severity, "")
        comment = self._root.makeelement(W + "comment")
        comment_id = str(next(self._ids))
        # Word writes the local time and calls it UTC; a date is given back as it came.
        date = note.on if _DATE.fullmatch(note.on) else written_time(when)
        initials = _INITIALS if note.author == AUTHOR else xml_text(note.author)[:1]
        for name, text in (
            ("id", comment_id),
            ("author", xml_text(note.author)),
            ("date", date),
            ("initials", initials),
        ):
            comment.set(W + name, text)
        for line in xml_text(f"{label}：{note.text}" if label else note.text).split("\n"):
            self._add_line(comment, line)
        self._root.append(comment)
        return comment_id

    @staticmethod
    def _add_line(comment: Element, line: str) -> None:
        paragraph = comment.makeelement(W + "p")
        put(properties(paragraph, "pPr"), "pStyle", val="CommentText")
        if not len(comment):
            mark = _added(paragraph, "r")
            put(properties(mark, "rPr"), "rStyle", val="CommentReference")
            _added(mark, "annotationRef")
        run = _added(paragraph, "r")
        # The file's own body style may be large; a comment is small whatever it is.
        put(properties(run, "rPr"), "sz", val=_COMMENT_SIZE)
        words = _added(run, "t")
        words.text = line
        words.set(XML_SPACE, "preserve")
        comment.append(paragraph)


def _added(parent: Element, name: str) -> Element:
    element = parent.makeelement(W + name)
    parent.append(element)
    return element


# The first character, the one behind the last, and the comment's number.
_Span = tuple[int, int, str]


def _anchor(paragraph: Element, spans: Sequence[_Span]) -> None:
    """Mark the words of every comment on the paragraph: all cuts first, from the back, then all marks."""
    found = characters(paragraph)
    bounds = [_bounds(found, start, end) for start, end, _ in spans]
    for at in sorted({place for bound in bounds for place in bound}, reverse=True):
        if 0 < at < len(found) and found[at].run is not None and found[at].run is found[at - 1].run:
            cut_before(found[at])
    found = characters(paragraph)
    for (first, behind), (_, _, comment_id) in zip(bounds, spans, strict=True):
        if first < behind:
            _mark(paragraph, found[first].run, found[behind - 1].run, comment_id)
        else:
            _mark_head(paragraph, comment_id)


def _bounds(found: Sequence[Character], start: int, end: int) -> tuple[int, int]:
    """The first and the last of the characters that can be marked, the last exclusive; of all where there are none."""
    for stretch in (range(max(0, start), min(len(found), end)), range(len(found))):
        first = next((at for at in stretch if found[at].run is not None), None)
        last = next((at for at in reversed(stretch) if found[at].run is not None), None)
        if first is not None and last is not None:
            return first, last + 1
    return 0, 0


def _mark(paragraph: Element, first: Element, last: Element, comment_id: str) -> None:
    first.addprevious(_element(paragraph, "commentRangeStart", comment_id))
    closing = _element(paragraph, "commentRangeEnd", comment_id)
    last.addnext(closing)
    outer = closing
    while outer.getparent() is not paragraph:
        outer = outer.getparent()
    outer.addnext(_reference(paragraph, comment_id))


def _mark_head(paragraph: Element, comment_id: str) -> None:
    at = 0 if paragraph.find(W + "pPr") is None else 1
    marks = [_element(paragraph, name, comment_id) for name in ("commentRangeStart", "commentRangeEnd")]
    paragraph[at:at] = [*marks, _reference(paragraph, comment_id)]


def _element(paragraph: Element, name: str, comment_id: str) -> Element:
    element = paragraph.makeelement(w(name))
    element.set(W + "id", comment_id)
    return element


def _reference(paragraph: Element, comment_id: str) -> Element:
    run = paragraph.makeelement(W + "r")
    run.append(_element(paragraph, "commentReference", comment_id))
    return run
