"""Finds characters typed for others, from the general word list and from what approved documents write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from nigao.text import lexicon
from nigao.text.proofreading.anchors import anchored
from nigao.text.proofreading.approved import ApprovedWords
from nigao.text.proofreading.candidates import HAN_RUN, Candidate, candidates, doubtful
from nigao.text.proofreading.doubled import TWICE, Doubled, find_doubled
from nigao.text.proofreading.judging import may_be_name, score
from nigao.text.proofreading.missing import Missing, find_missing
from nigao.text.proofreading.own import own_text
from nigao.text.proofreading.slips import Slip
from nigao.text.proofreading.wordlist import Lattice, general_words

# Log odds from which a slip is told: 1 or 2 false alarms in 100,000 characters of clean official text and newspaper.
SURE = 1.65
# From which it is told where somebody else proposes the same.
SECONDED = -1.0
# From which it is told where an approved document writes so.
LIKELY = -2.5
# Titles and slogans are fixed wordings, compared with the corpus as wholes.
_FIXED = re.compile(r"《[^《》\n]{1,60}》|“[^“”\n]{1,12}”|「[^「」\n]{1,12}」")
_AROUND = 1
_PASSES = 3


class Proofreader:
    """Proofreads the sentences of a text; with approved words, and with the whole text, it finds more, and leaves alone
    what they write.
    """

    def __init__(self, approved: ApprovedWords | None = None, text: str = "") -> None:
        self._approved = approved
        self._own = own_text(text)

    def slips(self, sentence: str) -> list[Slip]:
        """The probable slips of a sentence or a line, in order."""
        found: dict[int, Slip] = {}
        for offset, run in _runs(sentence):
            for slip in self._listed(offset, run, sentence):
                found[slip.start] = slip
            if self._approved is not None:
                likely = frozenset((c.place, c.right) for c, odds in judged(run) if odds >= LIKELY)
                for slip in anchored(offset, lattice_of(run), sentence, self._approved, likely):
                    found.setdefault(slip.start, slip)
        return [found[start] for start in sorted(found)]

    def _listed(self, offset: int, run: str, sentence: str) -> Iterator[Slip]:
        """The slips that the word list shows; with one put right, the next may show."""
        for _ in range(_PASSES):
            told = [
                slip
                for slip in self._probable(offset, run)
                if not (self._approves(sentence, slip) or _measures(sentence, slip))
            ]
            yield from told
            for slip in told:
                run = run[: slip.start - offset] + slip.right + run[slip.end - offset :]
            if not told:
                return

    def _probable(self, offset: int, run: str) -> Iterator[Slip]:
        """The best slip of each place, where the text itself does not write so again."""
        taken: set[int] = set()
        for candidate, odds in judged(run):
            if candidate.place in taken:
                continue
            own = self._own.shows(candidate, run, odds)
            if own or (odds >= SURE and not self._own.insists(candidate, run)):
                taken.add(candidate.place)
                yield replace(
                    self._slip(offset, candidate, odds), own=own, own_count=self._own.count(own) if own else 0
                )

    def doubled(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a character stands that is the one before it typed again."""
        for offset, run in _runs(text):
            told = {offset + place.start for place in _doubled(run, text[:offset][-1:])}
            told |= {
                offset + match.end() - 1 for match in TWICE.finditer(run) if self._own.has_once(text, offset, match)
            }
            for start in sorted(told):
                around = text[max(0, start - 2) : start + 1 + _AROUND]
                if self._approved is None or not self._approved.holds(around):
                    yield start, start + 1

    def missing(self, sentence: str) -> Iterator[Missing]:
        """Where a character may have been left out."""
        for offset, run in _runs(sentence):
            for missing in find_missing(sentence, offset, lattice_of(run), general_words(), self._own):
                if self._approved is None or not self._approved.holds(missing.written):
                    yield missing

    def second(self, sentence: str, start: int, right: str) -> Slip | None:
        """The slip at `start` that somebody else proposes, where there is evidence of the same kind, though less."""
        for offset, run in _runs(sentence):
            for candidate, odds in judged(run):
                slip = self._slip(offset, candidate, odds)
                if (slip.start, slip.right) == (start, right) and odds >= SECONDED:
                    refused = self._approves(sentence, slip) or _measures(sentence, slip)
                    return None if refused else slip
        return None

    def _slip(self, offset: int, candidate: Candidate, odds: float) -> Slip:
        place = offset + candidate.place
        return Slip(
            start=place,
            end=place + 1,
            wrong=candidate.wrong,
            right=candidate.right,
            word=candidate.word,
            word_start=offset + candidate.start,
            listed=True,
            count=lexicon.count(candidate.word),
            likeness=candidate.likeness,
            score=odds,
        )

    def _approves(self, sentence: str, slip: Slip) -> bool:
        """Whether an approved document writes what stands here, with the characters around it."""
        around = "".join(HAN_RUN.findall(sentence[max(0, slip.start - _AROUND) : slip.end + _AROUND]))
        return self._approved is not None and len(around) > 1 and self._approved.holds(around)


def _measures(sentence: str, slip: Slip) -> bool:
    """Whether the character stands behind a figure, as what it counts: 15种."""
    return sentence[slip.start - 1 : slip.start].isdigit()


@lru_cache(maxsize=2048)
def _runs(text: str) -> tuple[tuple[int, str], ...]:
    """Stretches of Chinese characters with their offsets, titles and short quotations left out."""
    fixed = [match.span() for match in _FIXED.finditer(text)]
    runs = [(run.start(), run.end(), run.group()) for run in HAN_RUN.finditer(text)]
    return tuple(
        (start, run) for start, end, run in runs if not any(first <= start and end <= last for first, last in fixed)
    )


@lru_cache(maxsize=2048)
def lattice_of(run: str) -> Lattice:
    """The cutting of a run by the general list."""
    return general_words().cut(run)


@lru_cache(maxsize=2048)
def judged(run: str) -> tuple[tuple[Candidate, float], ...]:
    """What each doubtful character of a run may have been meant to be, with the log odds that it was; the best of each
    place first."""
    words = general_words()
    lattice = lattice_of(run)
    found: list[tuple[Candidate, float]] = []
    for place in doubtful(lattice, words):
        if may_be_name(lattice, place):
            continue
        offers = [(candidate, score(candidate, lattice, words)) for candidate in candidates(lattice, place, words)]
        best = max(offers, key=lambda offer: offer[1], default=None)
        found += [best] if best else []
        found += [(offer[0], min(offer[1], SECONDED)) for offer in offers if offer is not best]
    return tuple(found)


@lru_cache(maxsize=2048)
def _doubled(run: str, before: str) -> tuple[Doubled, ...]:
    twice = TWICE.search(run) is not None
    return tuple(find_doubled(lattice_of(run), general_words(), before)) if twice else ()
