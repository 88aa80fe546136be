"""Findings as Word comments on exactly the words concerned, in a copy; and comments read as waivers."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from docx.comments import Comment
from docx.document import Document

from nigao.word.characters import Character, body_paragraphs, characters, visible_text
from nigao.word.ooxml import XML_SPACE, Element, W, properties, put, w
from nigao.word.opening import open_docx, reading_errors, related_root
from nigao.word.package import document_bytes
from nigao.word.xmltext import xml_text

AUTHOR = "拟稿核对"
_INITIALS = "核"
_LABELS = {"error": "错误", "warning": "提醒", "info": "说明"}
_WAIVERS = ("忽略", "全文忽略")
_COMMENT_SIZE = "21"


@dataclass(frozen=True, slots=True)
class Note:
    """A comment on characters `start:end` of a paragraph. `severity` (`error`, `warning`, `info`) heads its text."""

    paragraph: int
    start: int
    end: int
    text: str
    author: str = AUTHOR
    severity: str = ""


@dataclass(frozen=True, slots=True)
class WaiverComment:
    """A comment that begins with 忽略: its text, the paragraph that it hangs on (text and index), the exact words it
    marks, and who wrote it when (ISO 8601, empty where the file does not say).
    """

    text: str
    paragraph_text: str
    paragraph: int
    words: str
    author: str
    date: str


def annotate(data: bytes, notes: Sequence[Note], *, moment: dt.datetime | None = None) -> bytes:
    """A copy of the file with the notes as comments; comments that are there stay. `moment` (default: now) dates them.

    A note outside a paragraph's characters marks the whole paragraph, one outside the file its first. Raises
    ReportFileError where `data` is no Word document.
    """
    with reading_errors():
        document = open_docx(data)
        paragraphs = body_paragraphs(document.element.body)
        when = (moment or dt.datetime.now(dt.UTC)).astimezone(dt.UTC).replace(microsecond=0)
        for note in notes if paragraphs else ():
            inside = 0 <= note.paragraph < len(paragraphs)
            paragraph = paragraphs[note.paragraph if inside else 0]
            comment = _add_comment(document, note, when)
            _anchor(paragraph, note.start if inside else 0, note.end if inside else 0, str(comment.comment_id))
        return document_bytes(document) if notes and paragraphs else data


def read_waiver_comments(data: bytes) -> list[WaiverComment]:
    """The comments that begin with 忽略, in the order of their places. Raises ReportFileError as `annotate` does."""
    with reading_errors():
        document = open_docx(data)
        root = related_root(document.part, "COMMENTS")
        comments = {} if root is None else {c.get(W + "id"): c for c in root.findall(W + "comment")}
        found: list[WaiverComment] = []
        for index, paragraph in enumerate(body_paragraphs(document.element.body)):
            for key, words in _anchored(paragraph).items():
                comment = comments.pop(key, None)
                text = "" if comment is None else _comment_text(comment)
                if comment is not None and text.startswith(_WAIVERS):
                    author, date = (str(comment.get(W + name) or "") for name in ("author", "date"))
                    found.append(WaiverComment(text, visible_text(paragraph).strip(), index, words, author, date))
        return found


def _comment_text(comment: Element) -> str:
    return "\n".join(visible_text(paragraph) for paragraph in comment.iter(W + "p")).strip()


def _anchored(paragraph: Element) -> dict[str, str]:
    """The ids of the comments that begin in the paragraph, or are only referred to there, with the words they mark."""
    words: dict[str, str] = {}
    open_ids: set[str] = set()
    seen: dict[Element, str] = {}
    for character in characters(paragraph):
        seen[character.node] = seen.get(character.node, "") + character.char
    for element in paragraph.iter():
        key = str(element.get(W + "id") or "")
        if element.tag == W + "commentRangeStart":
            open_ids.add(key)
            words[key] = ""
        elif element.tag == W + "commentRangeEnd":
            open_ids.discard(key)
        elif element.tag == W + "commentReference":
            words.setdefault(key, "")
        elif element in seen:
            for open_id in open_ids:
                words[open_id] += seen[element]
    return words


def _add_comment(document: Document, note: Note, when: dt.datetime) -> Comment:
    label = _LABELS.get(note.severity, "")
    text = xml_text(f"{label}：{note.text}" if label else note.text)
    comment = document.comments.add_comment(text=text, author=note.author, initials=_INITIALS)
    element = comment._comment_elm
    element.set(W + "date", when.strftime("%Y-%m-%dT%H:%M:%SZ"))
    for run in element.iter(W + "r"):
        # The file's own body style may be large; a comment is small whatever it is.
        put(properties(run, "rPr"), "sz", val=_COMMENT_SIZE)
    return comment


def _anchor(paragraph: Element, start: int, end: int, comment_id: str) -> None:
    found = characters(paragraph)
    marked = [c for c in found[max(0, start) : max(0, end)] if c.run is not None]
    marked = marked or [c for c in found if c.run is not None]
    if not marked:
        first = paragraph.find(W + "pPr")
        before = [
            _element(paragraph, "commentRangeStart", comment_id),
            _element(paragraph, "commentRangeEnd", comment_id),
        ]
        at = 0 if first is None else 1
        paragraph[at:at] = [*before, _reference(paragraph, comment_id)]
        return
    last = _cut_after(marked[-1])
    first_run = _cut_before(marked[0])
    # Where the first and the last character share a run, cutting before it left the last one in the new run.
    if last is marked[0].run:
        last = first_run
    first_run.addprevious(_element(paragraph, "commentRangeStart", comment_id))
    closing = _element(paragraph, "commentRangeEnd", comment_id)
    last.addnext(closing)
    outer = closing
    while outer.getparent() is not paragraph:
        outer = outer.getparent()
    outer.addnext(_reference(paragraph, comment_id))


def _cut_before(character: Character) -> Element:
    """The run that begins with the character, cut off from what stands before it."""
    run, node = character.run, character.node
    index = list(run).index(_child_of(run, node))
    before = [e for e in run[:index] if e.tag != W + "rPr"]
    if character.at == 0 and not before:
        return run
    new = _twin(run)
    run.addnext(new)
    if character.at:
        tail = copy.deepcopy(node)
        node.text, tail.text = (node.text or "")[: character.at], (node.text or "")[character.at :]
        _preserve(node, tail)
        new.append(tail)
        index += 1
    for element in list(run[index:]):
        new.append(element)
    return new


def _cut_after(character: Character) -> Element:
    """The run that ends with the character, cut off from what stands behind it."""
    run, node = character.run, character.node
    index = list(run).index(_child_of(run, node))
    text = node.text or ""
    whole = node.tag != W + "t" or character.at == len(text) - 1
    if whole and index == len(run) - 1:
        return run
    new = _twin(run)
    run.addnext(new)
    if not whole:
        tail = copy.deepcopy(node)
        node.text, tail.text = text[: character.at + 1], text[character.at + 1 :]
        _preserve(node, tail)
        new.append(tail)
    for element in list(run[index + 1 :]):
        new.append(element)
    return run


def _twin(run: Element) -> Element:
    """An empty run that looks the same."""
    new = run.makeelement(W + "r")
    looks = run.find(W + "rPr")
    if looks is not None:
        new.append(copy.deepcopy(looks))
    return new


def _child_of(run: Element, node: Element) -> Element:
    while node.getparent() is not run:
        node = node.getparent()
    return node


def _preserve(*nodes: Element) -> None:
    for node in nodes:
        node.set(XML_SPACE, "preserve")


def _element(paragraph: Element, name: str, comment_id: str) -> Element:
    element = paragraph.makeelement(w(name))
    element.set(W + "id", comment_id)
    return element


def _reference(paragraph: Element, comment_id: str) -> Element:
    run = paragraph.makeelement(W + "r")
    run.append(_element(paragraph, "commentReference", comment_id))
    return run
