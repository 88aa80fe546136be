"""Plain texts as evidence, with no workspace: what `verify` and the examples of the rules are held against."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from nigao.checks.context import ApprovedWording
from nigao.corpus.model import Document, Passage, Role
from nigao.text.phrases import PhraseBook, as_title, find_phrases
from nigao.text.terms import Term, TermKind, checkable_terms, fold


@dataclass(frozen=True, slots=True)
class Source:
    """A text that another is held against. `date` is when it was written: it tells which year its 今年 is."""

    text: str
    title: str = ""
    issuer: str = ""
    number: str = ""
    date: dt.date | None = None


class TextEvidence:
    """Evidence over a few documents, each one passage; every one in force is looked at for every sentence."""

    def __init__(self, documents: Sequence[tuple[Document, str]], on: dt.date | None = None) -> None:
        self._on = on or dt.date.today()
        self.documents = {document.id: document for document, _ in documents}
        self.passages = {
            f"{document.id}-1": Passage(f"{document.id}-1", document.id, 1, text, "第1段", "", 0, len(text))
            for document, text in documents
        }
        self.outdated: set[str] = set()

    @classmethod
    def of(cls, sources: Sequence[Source]) -> TextEvidence:
        """Evidence over these sources, as though each were an approved document."""
        return cls([(_document(position, source), source.text) for position, source in enumerate(sources, start=1)])

    def passage(self, passage_id: str) -> Passage | None:
        """The passage, or None."""
        return self.passages.get(passage_id)

    def document(self, document_id: str) -> Document | None:
        """The document, or None."""
        return self.documents.get(document_id)

    def is_current(self, passage_id: str) -> bool:
        """Whether nobody marked the passage as outdated."""
        return passage_id not in self.outdated

    def related(self, text: str) -> Sequence[Passage]:
        """Every passage in force."""
        return self._in_force

    def related_to_each(self, texts: Sequence[str]) -> Sequence[Sequence[Passage]]:
        """Every passage for each text."""
        return [self.related(text) for text in texts]

    def passages_of(self, document_ids: Collection[str]) -> Sequence[Passage]:
        """The passages of these documents."""
        return [passage for passage in self.passages.values() if passage.document_id in document_ids]

    def holds(self, folded: str) -> bool:
        """Whether any document contains these words, or is called so."""
        return any(folded in text for text in self._folded)

    def near(self, term: Term) -> ApprovedWording | None:
        """What a document writes where a 《title》 or “quoted term” is nearly that."""
        return None if self.holds(term.key) else self._phrases.near(term.kind is TermKind.TITLE, term.text, term.key)

    def titled(self, title: str) -> Sequence[Document]:
        """The documents of that title."""
        return [document for document in self.documents.values() if fold(document.title) == fold(title)]

    def numbers(self) -> dict[str, str]:
        """Every 文号, folded, with the title of the document that it is of."""
        found = {fold(d.number): d.title for d in self._documents_in_force if d.number}
        for passage in self._in_force:
            for number, title in numbered_titles(passage.text):
                found.setdefault(number, title)
        return found

    def exemplars(self) -> Sequence[tuple[str, str]]:
        """Title and text of every exemplar."""
        texts = {passage.document_id: passage.text for passage in self.passages.values()}
        return [(d.title, texts[d.id]) for d in self.documents.values() if d.role is Role.EXEMPLAR]

    @property
    def _documents_in_force(self) -> list[Document]:
        return [document for document in self.documents.values() if not document.why_not_evidence(self._on)]

    @cached_property
    def _in_force(self) -> list[Passage]:
        ids = {document.id for document in self._documents_in_force}
        return [passage for passage in self.passages.values() if passage.document_id in ids]

    @cached_property
    def _folded(self) -> list[str]:
        titles = [fold(f"《{d.title}》{d.number}{d.issuer}") for d in self._documents_in_force]
        return titles + [fold(passage.text) for passage in self._in_force]

    @cached_property
    def _phrases(self) -> PhraseBook:
        book = PhraseBook()
        for document in self._documents_in_force:
            book.add(as_title(document.title), document.title)
        for passage in self._in_force:
            for phrase in find_phrases(passage.text):
                book.add(phrase, self.documents[passage.document_id].title)
        return book


def numbered_titles(text: str) -> list[tuple[str, str]]:
    """Every 文号 of a text, folded, with the 《title》 that stands right before it (empty where none does)."""
    found: list[tuple[str, str]] = []
    if "号" not in text:
        return found
    for line in text.splitlines():
        terms = checkable_terms(line) if "号" in line else []
        for before, term in zip([None, *terms], terms, strict=False):
            if term.kind is TermKind.DOCUMENT_NUMBER:
                joined = before is not None and before.kind is TermKind.TITLE and term.start - before.end <= 1
                found.append((term.key, before.text[1:-1] if joined and before is not None else ""))
    return found


def _document(position: int, source: Source) -> Document:
    return Document(
        id=f"source-{position}",
        title=source.title,
        role=Role.MATERIAL,
        sha256=hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest(),
        issuer=source.issuer,
        number=source.number,
        approved_on=source.date,
    )
