"""What a writer has on the desk: the brief, the kind, the searchable corpus, and what the report has used so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from nigao.corpus.model import Role
from nigao.drafting.candidates import Candidate
from nigao.report.brief import Brief
from nigao.report.kinds import Kind
from nigao.report.model import Item
from nigao.retrieval.search import Hit
from nigao.text.terms import fold

# Two sentences sharing this much of the shorter one's wording say the same thing.
_SAME_WORDING = 0.62
_FEW_PAIRS = 16
_ECHO = 0.45


class Search(Protocol):
    """The part of `HybridSearch` that drafting uses."""

    def search(
        self,
        query: str,
        k: int = 10,
        *,
        roles: Collection[Role] | None = None,
        on: dt.date | None = None,
        unit: str | Collection[str] | None = None,
    ) -> list[Hit]:
        """Passages of documents in force on that date that the unit may see, best first."""
        ...


@dataclass(slots=True)
class Desk:
    """One report being written. `used` holds the wording already in it, so that nothing is said twice."""

    brief: Brief
    kind: Kind
    corpus: Search
    on: dt.date
    used: list[frozenset[str]] = field(default_factory=list)
    terms_used: set[str] = field(default_factory=set)
    # By identity of the item: items are compared by what they say, and two may say the same.
    _offers: dict[int, tuple[Item, list[Candidate]]] = field(default_factory=dict)

    def offer(self, item: Item, sentences: Sequence[Candidate]) -> None:
        """Record which approved sentences an item may rest on, best first: those it uses, and those it could. What
        several documents say in the same words is offered once.
        """
        told: dict[str, Candidate] = {}
        for sentence in sentences:
            told.setdefault(fold(sentence.text).rstrip("。；"), sentence)
        self._offers[id(item)] = (item, list(told.values()))

    def offered(self, item: Item) -> list[Candidate]:
        """What was offered for the item; nothing for a blank."""
        known = self._offers.get(id(item))
        return known[1] if known is not None else []

    def search(self, query: str, k: int, *roles: Role) -> list[Hit]:
        """Evidence for a query from documents in force on the desk's date that the brief's unit may see."""
        return self.corpus.search(query, k, roles=roles or None, on=self.on, unit=self.brief.unit.named)

    def search_by_theme(self, query: str, k: int, *roles: Role) -> list[Hit]:
        """What the query finds for each of the kind's themes and for none (put in at `{theme}`), each passage once, in
        the order of the sources."""
        hits: dict[str, Hit] = {}
        for theme in [f"{theme.name} {' '.join(theme.words[:8])}" for theme in self.kind.themes] + [""]:
            for hit in self.search(query.replace("{theme}", theme), k, *roles):
                hits.setdefault(hit.passage.id, hit)
        return sorted(hits.values(), key=lambda hit: (hit.passage.document_id, hit.passage.start))

    def other_issuers(self, hits: Sequence[Hit]) -> frozenset[str]:
        """Who issued these besides the unit itself."""
        issuers = (hit.document.issuer for hit in hits)
        return frozenset(issuer for issuer in issuers if not self.brief.unit.names.owns(issuer))

    def is_used(self, text: str) -> bool:
        """Whether the report already says this, in these words or nearly."""
        return says_the_same(wording(text), self.used)

    def echoes(self, text: str, others: Sequence[Candidate]) -> bool:
        """Whether a sentence of the same item already says much the same: closer company, stricter measure."""
        return says_the_same(wording(text), [wording(other.text) for other in others], share=_ECHO)

    def use(self, text: str) -> None:
        """Record that the report now says this."""
        self.used.append(wording(text))


def wording(text: str) -> frozenset[str]:
    """A text's character pairs, for comparing what two sentences say."""
    folded = fold(text)
    return frozenset(folded[i : i + 2] for i in range(len(folded) - 1))


def says_the_same(one: frozenset[str], others: Sequence[frozenset[str]], share: float = _SAME_WORDING) -> bool:
    """Whether one of `others` shares most of the shorter one's wording; a few words alone must match as a whole."""
    return any(len(one & other) >= share * _compared(one, other) for other in others if one and other)


def _compared(one: frozenset[str], other: frozenset[str]) -> int:
    short, long = sorted((len(one), len(other)))
    return short if short >= _FEW_PAIRS else long
