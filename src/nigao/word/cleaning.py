"""A Word file made fit to go out: all that the tool put in for reviewers taken out, everybody else's left alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from docx.document import Document

from nigao.word.accepting import accept_changes
from nigao.word.annotating import AUTHOR as FINDINGS_AUTHOR
from nigao.word.citations import COMMENT_AUTHOR
from nigao.word.ooxml import Element, W, child, value
from nigao.word.opening import open_docx, reading_errors
from nigao.word.openparts import OpenParts
from nigao.word.ownstyles import SOURCE_NOTE, drop_own_styles, own_style_id
from nigao.word.package import document_bytes
from nigao.word.properties import drop_property
from nigao.word.sources import cut_sources
from nigao.word.stamp import PROPERTY_NAME as STAMP

OUR_AUTHORS = frozenset({COMMENT_AUTHOR, FINDINGS_AUTHOR})
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_PARA = "paraId"
_ANCHORS = (W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference")
# What Word keeps beside the comments about each of them, by paragraph.
_BESIDE = ("commentsExtended", "commentsIds", "commentsExtensible")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The file, and what was taken out: comments of the tool, comments of people, endnotes, whether there was a source
    table and a stamp; how many tracked changes were accepted.
    """

    data: bytes
    comments: int = 0
    remarks: int = 0
    endnotes: int = 0
    appendix: bool = False
    stamp: bool = False
    changes: int = 0

    def told(self) -> list[str]:
        """What was taken out, in Chinese; empty where there was nothing."""
        counts = (
            (self.comments, f"本工具的批注 {self.comments} 条"),
            (self.remarks, f"其他人的批注 {self.remarks} 条"),
            (self.endnotes, f"出处尾注 {self.endnotes} 条"),
            (self.appendix, "句子出处对照表"),
            (self.stamp, "稿次标记"),
        )
        lines = [f"已去掉{words}" for count, words in counts if count]
        return [*lines, *([f"已接受修订 {self.changes} 处"] if self.changes else [])]


def clean(data: bytes, *, accept: bool = False, all_comments: bool = False) -> Cleaned:
    """A copy without the tool's comments, its endnotes, its source table and its stamp. The AI label stays.

    `accept` also accepts every tracked change, `all_comments` also removes what people remarked. Where nothing is to be
    done the bytes stay the same. Raises ReportFileError where `data` is no Word document; the caller has guarded
    against bombs.
    """
    with reading_errors():
        document = open_docx(data)
        parts = OpenParts(document)
        # The table goes first: a remark that stands only in it has no place any more.
        appendix = bool(cut_sources(document.element.body))
        changes = sum(map(accept_changes, parts.texts())) if accept else 0
        if accept:
            _stop_tracking(document)
        ours, theirs = _remove_comments(parts, None if all_comments else OUR_AUTHORS)
        endnotes = _remove_endnotes(parts)
        stamp = drop_property(document, STAMP)
        done = Cleaned(data, ours, theirs, endnotes, appendix, stamp, changes)
        if not done.told():
            return done
        drop_own_styles(document, _styles_in_use(parts))
        parts.close()
        return Cleaned(document_bytes(document), ours, theirs, endnotes, appendix, stamp, changes)


def _remove_comments(parts: OpenParts, authors: Collection[str] | None) -> tuple[int, int]:
    """Remove the comments of these authors, of everybody by default, and those without a place; how many were the
    tool's and how many others'.
    """
    found = parts.related("comments")
    if not found:
        return 0, 0
    key, part = found[0]
    comments = parts.root(part)
    anchored = {mark.get(W + "id") for root in parts.texts() for mark in root.iter(W + "commentReference")}
    gone = [
        comment
        for comment in comments.findall(W + "comment")
        if authors is None or comment.get(W + "author") in authors or comment.get(W + "id") not in anchored
    ]
    ids = {comment.get(W + "id") for comment in gone}
    paragraphs = {str(p.get(_W14 + _PARA)) for comment in gone for p in comment.iter(W + "p") if p.get(_W14 + _PARA)}
    for comment in gone:
        comments.remove(comment)
    for root in parts.texts():
        _remove_anchors(root, ids)
    if comments.find(W + "comment") is None and gone:
        for other, _ in parts.related(*_BESIDE):
            parts.drop(other)
        parts.drop(key)
    else:
        _forget(parts, paragraphs)
    ours = sum(comment.get(W + "author") in OUR_AUTHORS for comment in gone)
    return ours, len(gone) - ours


def _remove_anchors(root: Element, ids: Collection[str | None]) -> None:
    for mark in [mark for mark in root.iter(*_ANCHORS) if mark.get(W + "id") in ids]:
        _remove_mark(mark)


def _remove_mark(mark: Element) -> None:
    """Take out a mark and the run that holds nothing else."""
    parent = mark.getparent()
    parent.remove(mark)
    if parent.tag == W + "r" and all(element.tag == W + "rPr" for element in parent):
        parent.getparent().remove(parent)


def _forget(parts: OpenParts, paragraphs: Collection[str]) -> None:
    """Take out what Word keeps about comments that are gone; an answer to one of them stands on its own now."""
    if not paragraphs:
        return
    for _, part in parts.related("commentsExtended", "commentsIds"):
        root = parts.root(part)
        for entry in list(root):
            named = {name.rsplit("}", 1)[-1]: name for name in entry.attrib}
            if _PARA in named and entry.get(named[_PARA]) in paragraphs:
                root.remove(entry)
            elif "paraIdParent" in named and entry.get(named["paraIdParent"]) in paragraphs:
                del entry.attrib[named["paraIdParent"]]


def _remove_endnotes(parts: OpenParts) -> int:
    """Remove the endnotes in our own style; the part too where nobody else has any."""
    found = parts.related("endnotes")
    style = own_style_id(parts.document.styles.element, SOURCE_NOTE)
    if not found or not style:
        return 0
    key, part = found[0]
    notes = parts.root(part)
    gone = [note for note in notes.findall(W + "endnote") if value(note, "p", "pPr", "pStyle") == style]
    ids = {note.get(W + "id") for note in gone}
    for mark in [mark for mark in parts.document.element.iter(W + "endnoteReference") if mark.get(W + "id") in ids]:
        _remove_mark(mark)
    for note in gone:
        notes.remove(note)
    if gone and all(note.get(W + "type") for note in notes.findall(W + "endnote")):
        parts.drop(key)
        _remove_all(parts.document.settings.element.findall(W + "endnotePr"))
        _remove_all(parts.document.element.iter(W + "endnotePr"))
    return len(gone)


def _remove_all(elements: Iterable[Element]) -> None:
    for element in list(elements):
        element.getparent().remove(element)


def _stop_tracking(document: Document) -> None:
    _remove_all(document.settings.element.findall(W + "trackRevisions"))


def _styles_in_use(parts: OpenParts) -> set[str]:
    roots = parts.texts()
    return {value(p, "pPr", "pStyle") for root in roots for p in root.iter(W + "p") if child(p, "pPr") is not None}
