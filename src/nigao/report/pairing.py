"""Which problem does a measure answer: inferred from shared wording, when a text does not say."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from nigao.report.kinds import Kind
from nigao.report.model import Item, Part, Report
from nigao.text.numerals import parse_integer

_EXPLICIT = re.compile(
    r"针对(?:第)?([一二三四五六七八九十\d]+)(?:个|项|条)?(?:方面)?的?问题|针对问题([一二三四五六七八九十\d]+)"
)
_HANZI = re.compile("[一-鿿]+")
# Below this share of a problem's own wording, nothing is claimed to answer it.
_FLOOR = 0.02


def infer_pairs(report: Report, kind: Kind) -> None:
    """Fill `addresses` of items in every part that answers another, where no item there has any yet."""
    for part, answered in answering_parts(report, kind):
        if any(item.addresses for item in part.items):
            continue
        for item, numbers in zip(part.items, pair(answered.items, part.items), strict=True):
            item.addresses = numbers


def answering_parts(report: Report, kind: Kind) -> Iterator[tuple[Part, Part]]:
    """Each part that answers another, with the part it answers, where the report has both."""
    for spec in kind.parts:
        part, answered = report.part(spec.key), report.part(spec.answers) if spec.answers else None
        if part is not None and answered is not None:
            yield part, answered


def pair(problems: Sequence[Item], measures: Sequence[Item]) -> list[list[int]]:
    """For each measure the 1-based numbers of the problems it answers.

    Explicit words (针对第二个问题) count first; else each problem goes to the measure that shares most of its wording,
    rare character pairs weighing more, if enough is shared.
    """
    shared = SharedWording([item_text(item) for item in (*problems, *measures)])
    answers: list[list[int]] = [_explicit(item_text(measure), len(problems)) for measure in measures]
    named = {number for numbers in answers for number in numbers}
    for number, problem in enumerate(problems, start=1):
        if number in named or not measures:
            continue
        scores = [shared(item_text(problem), item_text(measure)) for measure in measures]
        best = max(range(len(scores)), key=lambda i: (scores[i], -i))
        if scores[best] >= _FLOOR:
            answers[best].append(number)
    return [sorted(numbers) for numbers in answers]


def item_text(item: Item) -> str:
    """The item's sentences joined, heading first."""
    return "".join(sentence.text for sentence in item.walk())


class SharedWording:
    """How much of their wording two texts share, rare character pairs weighing more.

    `among` are the texts that decide what is rare. Calling it gives 0 to 1, the cosine of the weighted pair vectors.
    """

    def __init__(self, among: Sequence[str]) -> None:
        self._count = len(among)
        self._spread = Counter(pair for text in among for pair in set(_pairs(text)))
        self._vectors: dict[str, tuple[dict[str, float], float]] = {}

    def __call__(self, one: str, other: str) -> float:
        (a, a_size), (b, b_size) = self._vector(one), self._vector(other)
        dot = sum(weight * b[pair] for pair, weight in a.items() if pair in b)
        return dot / (a_size * b_size) if a_size and b_size else 0.0

    def _vector(self, text: str) -> tuple[dict[str, float], float]:
        if text not in self._vectors:
            weights = {
                pair: math.log(1 + times) * math.log(1 + self._count / (1 + self._spread[pair]))
                for pair, times in Counter(_pairs(text)).items()
            }
            self._vectors[text] = weights, math.sqrt(sum(weight * weight for weight in weights.values()))
        return self._vectors[text]


def _pairs(text: str) -> list[str]:
    return [a + b for run in _HANZI.findall(text) for a, b in pairwise(run)]


def _explicit(text: str, count: int) -> list[int]:
    numbers = (parse_integer(found.group(1) or found.group(2)) for found in _EXPLICIT.finditer(text))
    return sorted({number for number in numbers if number is not None and 1 <= number <= count})
