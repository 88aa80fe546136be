"""What proofreading finds, and on what evidence."""

from __future__ import annotations

from dataclasses import dataclass

from nigao.text.proofreading.confusables import Likeness


@dataclass(frozen=True, slots=True)
class Slip:
    """`wrong` at `start:end` was probably meant to be `right`, for then the text reads `word` (at `word_start`).

    `listed` tells whether the general word list has the word and `count` how often it was counted (0 for what is too
    young to have been), `title` and `phrase` which approved document has which words instead. `score` is
    the log odds of a slip. `own` is what the text itself writes elsewhere, `own_count` times.
    """

    start: int
    end: int
    wrong: str
    right: str
    word: str
    word_start: int
    listed: bool
    count: int
    likeness: Likeness
    score: float
    title: str = ""
    phrase: str = ""
    own: str = ""
    own_count: int = 0
