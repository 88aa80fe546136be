"""The approved corpus as the checks see it: a `checks.context.Evidence` over the store and the lexical index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from functools import cache, cached_property

from nigao.checks.context import ApprovedWording
from nigao.corpus.model import Document, Passage
from nigao.retrieval.search import HybridSearch
from nigao.store import Store
from nigao.text.phrases import Phrase, as_title, find_phrases, nearest
from nigao.text.terms import Term, TermKind, fold

_RELATED = 8


class CorpusEvidence:
    """Answers for one run of the checks: what it has looked up it does not look up again."""

    def __init__(self, store: Store, search: HybridSearch, on: dt.date) -> None:
        self._store = store
        self._search = search
        self._on = on
        self.passage = cache(self._passage)
        self.document = cache(self._document)
        self.is_current = cache(store.documents.is_current)
        self.near = cache(self._near)

    def _passage(self, passage_id: str) -> Passage | None:
        return self._store.documents.passage(passage_id)

    def _document(self, document_id: str) -> Document | None:
        return self._store.documents.get(document_id, self._on)

    def related(self, text: str) -> Sequence[Passage]:
        """Passages in force that share the text's wording, nearest first."""
        return [hit.passage for hit in self._search.search(text, _RELATED, on=self._on)]

    def passages_of(self, document_ids: Collection[str]) -> Sequence[Passage]:
        """The current passages of these documents."""
        return self._store.documents.passages(document_ids)

    def holds(self, folded: str) -> bool:
        """Whether any document in force contains these words."""
        return any(folded in text for text in self._texts)

    def _near(self, term: Term) -> ApprovedWording | None:
        if self.holds(term.key):
            return None
        found = nearest(Phrase(term.kind is TermKind.TITLE, term.text, term.key), self._phrases)
        return ApprovedWording(found.text, self._phrases[found]) if found is not None else None

    @cached_property
    def _texts(self) -> list[str]:
        titles = [f"《{d.title}》{d.number}{d.issuer}" for d, _ in self._documents]
        return [fold(title) for title in titles] + [fold(text) for _, text in self._documents]

    @cached_property
    def _phrases(self) -> dict[Phrase, str]:
        """Every fixed wording of the documents in force, with the title of the first that has it."""
        found: dict[Phrase, str] = {}
        for document, _ in self._documents:
            found.setdefault(as_title(document.title), document.title)
        for document, text in self._documents:
            for phrase in find_phrases(text):
                found.setdefault(phrase, document.title)
        return found

    @cached_property
    def _documents(self) -> list[tuple[Document, str]]:
        ids = self._store.documents.evidence_ids(self._on)
        return [(d, self._store.documents.text(d.id)) for d in self._store.documents.many(ids, self._on)]
