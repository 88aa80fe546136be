"""The comments of a Word file, each with the words that it marks; some are waivers."""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document

from nigao.word.characters import body_paragraphs, characters, visible_text
from nigao.word.ooxml import Element, W
from nigao.word.opening import open_docx, part_root, reading_errors, related_root

_WAIVERS = ("忽略", "全文忽略")
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"


# The paragraph of a comment that hangs on none of the body.
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: its text, the paragraph that it hangs on (text and index), the exact words it marks, who wrote it when
    (ISO 8601, empty where the file does not say), and whether somebody has marked it as done.
    """

    text: str
    paragraph_text: str
    paragraph: int
    words: str
    author: str
    date: str
    done: bool = False

    @property
    def waives(self) -> bool:
        """Whether it begins as a waiver does."""
        return self.text.startswith(_WAIVERS)


def read_waiver_comments(data: bytes) -> list[Comment]:
    """The comments that begin with 忽略, in the order of their places. Raises ReportFileError as `annotate` does."""
    with reading_errors():
        return [comment for comment in comments_of(open_docx(data)) if comment.waives]


def comments_of(document: Document) -> list[Comment]:
    """All comments, those on the body first and in the order of their places. Call inside `reading_errors`."""
    root = related_root(document.part, "COMMENTS")
    comments = {} if root is None else {c.get(W + "id"): c for c in root.findall(W + "comment")}
    done = _done(document)
    found: list[Comment] = []
    for index, paragraph in enumerate(body_paragraphs(document.element.body)) if comments else ():
        line, anchored = visible_text(paragraph).strip(), _anchored(paragraph)
        for key, words in anchored.items():
            comment = comments.pop(key, None)
            if comment is not None:
                found.append(_comment(comment, line, index, words, done))
    return found + [_comment(comment, "", NOWHERE, "", done) for comment in comments.values()]


def _comment(comment: Element, line: str, index: int, words: str, done: set[str]) -> Comment:
    text = "\n".join(visible_text(paragraph) for paragraph in comment.iter(W + "p")).strip()
    author, date = (str(comment.get(W + name) or "") for name in ("author", "date"))
    settled = any(paragraph.get(_W14 + "paraId") in done for paragraph in comment.iter(W + "p"))
    return Comment(text, line, index, words, author, date, settled)


def _done(document: Document) -> set[str]:
    """The paragraphs of comments that are marked as done."""
    for relationship in document.part.rels.values():
        if relationship.reltype == _EXTENDED and not relationship.is_external:
            root = part_root(relationship.target_part)
            marks = [mark for mark in root if mark.get(_W15 + "done") in ("1", "true", "on")]
            return {str(mark.get(_W15 + "paraId") or "-") for mark in marks}
    return set()


def _anchored(paragraph: Element) -> dict[str, str]:
    """The ids of the comments that begin in the paragraph, or are only referred to there, with the words they mark."""
    # Places first and words last: thousands of comments may lie over the same words.
    places: dict[str, list[int]] = {}
    seen: dict[Element, str] = {}
    for character in characters(paragraph):
        seen[character.node] = seen.get(character.node, "") + character.char
    at = 0
    for element in paragraph.iter():
        key = str(element.get(W + "id") or "")
        if element.tag == W + "commentRangeStart":
            places[key] = [at]
        elif element.tag == W + "commentRangeEnd":
            if len(places.get(key, ())) == 1:
                places[key].append(at)
        elif element.tag == W + "commentReference":
            places.setdefault(key, [at, at])
        elif element in seen:
            at += len(seen[element])
    whole = "".join(seen.values())
    return {key: whole[start : end[0] if end else None] for key, (start, *end) in places.items()}
