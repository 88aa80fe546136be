"""What a source states, made ready for comparison: its figures, dates and clauses, and which clause comes nearest."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from nigao.text.amounts import Amount, find_amounts
from nigao.text.clauses import clauses
from nigao.text.implied import implied_moments
from nigao.text.moments import Moment, find_moments, own_year
from nigao.text.numerals import find_numbers
from nigao.text.sentences import split_sentences
from nigao.text.terms import fold
from nigao.text.wordpairs import pairs_of


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure of a source with the sentence that states it (in which `amount` has its offsets) and its clause."""

    amount: Amount
    sentence: str
    clause: str


class Ledger:
    """One source text. `title` tells which year it is of, where it says so."""

    def __init__(self, text: str, title: str = "", year: int | None = None) -> None:
        self.text = text
        self.title = title
        self.year = year if year is not None else own_year(title, text)

    @cached_property
    def folded(self) -> str:
        """Title and text as they are compared."""
        return fold(f"{self.title}\n{self.text}")

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The sentences, the title first."""
        return tuple(span.text for span in split_sentences(f"{self.title}\n{self.text}"))

    @cached_property
    def stated(self) -> tuple[Stated, ...]:
        """Every figure in order."""
        return tuple(
            Stated(amount, sentence, _clause_around(sentence, amount))
            for sentence in self.sentences
            for amount in find_amounts(sentence)
        )

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """Every date in order."""
        return find_moments(f"{self.title}\n{self.text}", self.year)

    @cached_property
    def implied(self) -> tuple[Moment, ...]:
        """Dates that it tells without writing them."""
        return implied_moments(f"{self.title}\n{self.text}", self.moments, self.year)

    @cached_property
    def worded(self) -> frozenset[tuple[Decimal, str]]:
        """Every number in Chinese digits, those that count nothing included (三强, 两地), with the character behind."""
        text = f"{self.title}\n{self.text}"
        return frozenset((n.value, text[n.end : n.end + 1]) for n in find_numbers(text) if not n.percent)

    @cached_property
    def pairs(self) -> tuple[frozenset[str], ...]:
        """The character pairs of each sentence."""
        return tuple(pairs_of(sentence) for sentence in self.sentences)


@lru_cache(maxsize=4096)
def ledger_of(text: str, title: str = "", year: int | None = None) -> Ledger:
    """The ledger of a text, made once."""
    return Ledger(text, title, year)


@lru_cache(maxsize=4096)
def nearest_sentences(
    sentence: str, ledgers: tuple[Ledger, ...], most: int = 3
) -> tuple[tuple[float, str, Ledger], ...]:
    """The source sentences that share most with this one: the share (0–1) of its character pairs, best first."""
    wanted = pairs_of(sentence)
    if not wanted:
        return ()
    found = [
        (-len(shared) / len(wanted), i, j)
        for i, ledger in enumerate(ledgers)
        for j, pairs in enumerate(ledger.pairs)
        if (shared := wanted & pairs)
    ]
    found.sort()
    return tuple((-share, ledgers[i].sentences[j], ledgers[i]) for share, i, j in found[:most])


def _clause_around(sentence: str, amount: Amount) -> str:
    for clause in clauses(sentence):
        if clause.start <= amount.start < clause.end:
            return clause.text
    return sentence
