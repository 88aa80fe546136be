"""The approved corpus as the checks see it: a `checks.context.Evidence` over the store and the lexical index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from weakref import WeakKeyDictionary

from nigao.checks.context import ApprovedWording
from nigao.checks.sources import numbered_titles
from nigao.corpus.model import Document, Passage, Role, Status
from nigao.retrieval.lexical import LexicalIndex
from nigao.retrieval.search import HybridSearch
from nigao.store import Store
from nigao.store.documents import names_of
from nigao.text.phrases import PhraseBook, as_title, find_phrases
from nigao.text.terms import Term, TermKind, fold

_RELATED = 8
# What was looked up is kept for this many questions.
_REMEMBERED = 20_000
_AT_ONCE = 50
# The whole texts of so many choices of documents are kept.
_SETS = 20
# What was read for so many units is kept.
_UNITS = 8
# What a document that the unit may not see is called where it supersedes one that it may.
_UNSEEN = "另一份文件"
# What no person has approved yet is not known to the checks at all.
_UNHEARD = (Status.SUBMITTED, Status.RETURNED)


class _Corpus:
    """What one unit may see of one state of the corpus: it stays true, and in memory, until something is recorded."""

    def __init__(self, store: Store, index: LexicalIndex, on: dt.date, units: Collection[str]) -> None:
        self._store = store
        self._index = index
        self.on = on
        self.units = units
        self.passages: dict[str, Passage | None] = {}
        self.current: dict[str, bool] = {}
        self.related: dict[str, tuple[str, ...]] = {}
        self.held: dict[str, bool] = {}
        self.whole: dict[frozenset[str], Sequence[Passage]] = {}
        self.near: dict[tuple[bool, str], ApprovedWording | None] = {}

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Every document ever recorded that the unit may see, by id, but for what was not approved by then."""
        seen = self._store.documents.visible_ids(self.units)
        return {
            document.id: _without_unseen(document, seen)
            for document in self._store.documents.all(self.on)
            if document.id in seen
            and document.status not in _UNHEARD
            and (document.approved_on is None or document.approved_on <= self.on)
        }

    @cached_property
    def in_force(self) -> frozenset[str]:
        """Ids of the documents that may be cited."""
        return frozenset(self._store.documents.evidence_ids(self.on, unit=self.units))

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The whole texts of the documents in force, by id."""
        return self._store.documents.texts(self.in_force)

    @cached_property
    def described(self) -> str:
        """Titles, 文号 and issuers of the documents in force, one document a line."""
        told = [self.documents[id] for id in sorted(self.in_force)]
        return "\n".join(fold(f"《{d.title}》{d.number}{d.issuer}") for d in told)

    @cached_property
    def phrases(self) -> PhraseBook:
        """Every fixed wording of the documents in force."""
        book = PhraseBook()
        for id in sorted(self.in_force):
            book.add(as_title(self.documents[id].title), self.documents[id].title)
        for id, text in sorted(self.texts.items()):
            for phrase in find_phrases(text):
                book.add(phrase, self.documents[id].title)
        return book

    @cached_property
    def numbers(self) -> dict[str, str]:
        """Every 文号 with its document's title."""
        found = {fold(d.number): d.title for d in self.documents.values() if d.number and d.id in self.in_force}
        for text in self.texts.values():
            for number, title in numbered_titles(text):
                found.setdefault(number, title)
        return found

    @cached_property
    def titles(self) -> dict[str, list[Document]]:
        """The documents by folded title."""
        found: dict[str, list[Document]] = {}
        for document in self.documents.values():
            found.setdefault(fold(document.title), []).append(document)
        return found

    @cached_property
    def exemplars(self) -> list[tuple[str, str]]:
        """Title and text of the exemplars that still stand, in force or not: last year's is out of date by nature."""
        standing = [d for d in self.documents.values() if d.role is Role.EXEMPLAR and d.status is Status.APPROVED]
        texts = self._store.documents.texts([document.id for document in standing])
        return [(document.title, texts[document.id]) for document in standing if document.id in texts]

    def find_related(self, texts: Sequence[str]) -> list[tuple[str, ...]]:
        """Ids of the passages nearest to each of the texts, all of them read at once."""
        # Other threads may have all this forgotten, and are told what is found once the passages are there.
        known = self.related
        found = {text: known[text] for text in texts if text in known}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new:
            mask = self._index.catalog.choice(self.in_force).mask
            nearest = self._index.nearest_by_pairs(new, _RELATED, mask)
            looked_up = {text: tuple(ids) for text, ids in zip(new, nearest, strict=True)}
            self.read(id for ids in looked_up.values() for id in ids)
            if len(known) > _REMEMBERED:
                self.related = known = {}
            known.update(looked_up)
            found |= looked_up
        return [found[text] for text in texts]

    def read(self, ids: Iterable[str]) -> None:
        """Read the current passages that are not yet in memory."""
        missing = {id for id in ids if id not in self.passages}
        self.passages.update(self._store.documents.current_passages(missing) if missing else {})

    def holds(self, folded: str) -> bool:
        """Whether a document in force has these words, in a passage or in its title, 文号 or issuer."""
        if folded not in self.held:
            self.held[folded] = folded in self.described or self._in_a_passage(folded)
        return self.held[folded]

    def _in_a_passage(self, folded: str) -> bool:
        candidates = self._index.holders(folded, self._index.catalog.choice(self.in_force).mask)
        if candidates is None:
            # Nothing in it is indexed by pairs: a bare figure, a Latin word.
            return any(folded in text for text in self.texts.values())
        return any(self._stands_in(folded, candidates[i : i + _AT_ONCE]) for i in range(0, len(candidates), _AT_ONCE))

    def _stands_in(self, folded: str, ids: Sequence[str]) -> bool:
        self.read(ids)
        found = (self.passages.get(id) for id in ids)
        return any(p is not None and folded in fold(f"{p.heading}\n{p.text}") for p in found)


def _without_unseen(document: Document, seen: Collection[str]) -> Document:
    hidden = document.superseded_by is not None and document.superseded_by not in seen
    return replace(document, superseded_by=_UNSEEN) if hidden else document


_KEPT: WeakKeyDictionary[HybridSearch, tuple[object, dict[tuple[str, ...], _Corpus]]] = WeakKeyDictionary()


def _corpus(store: Store, search: HybridSearch, on: dt.date, unit: str | Collection[str] | None) -> _Corpus:
    """The corpus as it stands for a unit, from memory where nothing was recorded since it was read."""
    index = search.words()
    state = (index.catalog.version, search.standing(), on)
    kept = _KEPT.get(search)
    if kept is None or kept[0] != state or len(kept[1]) > _UNITS:
        kept = _KEPT[search] = (state, {})
    units = names_of(unit)
    if units not in kept[1]:
        kept[1][units] = _Corpus(store, index, on, units)
    return kept[1][units]


class CorpusEvidence:
    """Answers for one run of the checks, all from one state of the corpus, as one unit may see it (`unit` as in
    `HybridSearch.search`): a document that it may not see is to it as though it were not there.
    """

    def __init__(
        self, store: Store, search: HybridSearch, on: dt.date, unit: str | Collection[str] | None = None
    ) -> None:
        self._store = store
        self._corpus = _corpus(store, search, on, unit)

    def passage(self, passage_id: str) -> Passage | None:
        """The passage, current or as it last stood."""
        known = self._corpus.passages
        if passage_id not in known:
            found = self._store.documents.passage(passage_id)
            seen = found is not None and found.document_id in self._corpus.documents
            known[passage_id] = found if seen else None
        return known[passage_id]

    def document(self, document_id: str) -> Document | None:
        """The document as recorded."""
        return self._corpus.documents.get(document_id)

    def is_current(self, passage_id: str) -> bool:
        """Whether the passage belongs to the document's present version."""
        known = self._corpus.current
        if passage_id not in known:
            known[passage_id] = self._store.documents.is_current(passage_id)
        return known[passage_id]

    def related(self, text: str) -> Sequence[Passage]:
        """Passages in force that share the text's wording, nearest first."""
        return self.related_to_each([text])[0]

    def related_to_each(self, texts: Sequence[str]) -> list[list[Passage]]:
        """`related` for each of the texts, looked up together."""
        related, known = self._corpus.find_related(texts), self._corpus.passages
        found = [[known.get(id) for id in ids] for ids in related]
        return [[passage for passage in passages if passage is not None] for passages in found]

    def passages_of(self, document_ids: Collection[str]) -> Sequence[Passage]:
        """The current passages of these documents."""
        key, known = frozenset(self._corpus.documents).intersection(document_ids), self._corpus.whole
        found = known.get(key)
        if found is None:
            if len(known) > _SETS:
                known.clear()
            found = known[key] = self._store.documents.passages(key)
        return found

    def holds(self, folded: str) -> bool:
        """Whether any document in force contains these words, or is called so."""
        return self._corpus.holds(folded)

    def near(self, term: Term) -> ApprovedWording | None:
        """What documents in force write where a 《title》 or “quoted term” is nearly that."""
        key = (term.kind is TermKind.TITLE, term.key)
        if key not in self._corpus.near:
            held = self.holds(term.key)
            self._corpus.near[key] = None if held else self._corpus.phrases.near(key[0], term.text, term.key)
        return self._corpus.near[key]

    def titled(self, title: str) -> Sequence[Document]:
        """The documents of that title ever recorded."""
        return self._corpus.titles.get(fold(title), [])

    def numbers(self) -> Mapping[str, str]:
        """Every 文号 of the documents in force."""
        return self._corpus.numbers

    def exemplars(self) -> Sequence[tuple[str, str]]:
        """Title and text of every exemplar that was not revoked."""
        return self._corpus.exemplars
