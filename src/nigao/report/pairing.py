"""Which problem does a measure answer: inferred from shared wording, when a text does not say."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from statistics import median

from nigao.report.kinds import Kind
from nigao.report.model import Item, Part, Report
from nigao.text.numerals import parse_integer
from nigao.text.vocabulary import CARRYING, CONNECTING

_EXPLICIT = re.compile(
    r"针对(?:第)?([一二三四五六七八九十\d]+)(?:个|项|条)?(?:方面)?的?问题|针对问题([一二三四五六七八九十\d]+)"
)
_HANZI = re.compile("[一-鿿]+")
# What a shared pair counts in a problem's topic sentence, and elsewhere.
_NAMED, _TOLD = 1.2, 0.6
# A measure answers a problem where they share so much, so much of the problem's pairs, and as much as this part of the
# best.
_ENOUGH, _SHARE, _NAMED_SHARE = 1.0, 0.025, 0.2
_SHORT_SHARE = 0.1
_AS_GOOD = 0.6
# A measure that answers one problem answers another only where it shares at least this part of that with it too, or so
# much, or so much of all that a short problem says, that no chance explains it.
_BESIDES, _PLENTY, _NEARLY_ALL = 0.5, 3.0, 0.4
_LITTLE = 0.5
_FEWEST_IN_ORDER = 3
# A measure is a stranger where it shares less than this part of what the others usually share with a problem.
_FAR, _FEWEST_PAIRED = 0.34, 2
# Measures for the work of setting right itself answer no one problem.
_OVERALL = re.compile(
    "组织领导|领导小组|专班|整改(?:工作|任务|责任|落实|台账|清单|成效|成果|要求|质效)|长效|建章立制|跟踪问效|督促检查|督查|督导"
    "|统筹推进|举一反三|常态化推进|保障|总结|巩固(?:拓展)?(?:成果|成效)"
)
# What every problem and every measure says, besides the words of all official prose.
_LACKING = """
    不够 不足 有待 差距 还有 还需 仍需 个别 有的 部分 现象 偏少 偏慢 偏低 偏长 偏弱 薄弱 环节 不高 不深 不细 不严 不多
    不实 不强 不到位 不平衡 欠缺 缺乏 及时 经常 办法 内容 形式 每年 每季度 每半年 每月 每周 继续 用力
    加大 力度 改进 能力
"""


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

    Explicit words (针对第二个问题) count first; else a problem is answered by the measure that shares most of its
    topical words, and by others that share nearly as many. What is left over then is paired on less, or by its place
    where all but one stand in the same order.
    """
    answers: list[list[int]] = [_explicit(item_text(measure), len(problems)) for measure in measures]
    named = {number for numbers in answers for number in numbers}
    told = {number for number, numbers in enumerate(answers) if numbers}
    shared = _scores(problems, measures)
    most = [max(column) for column in zip(*shared, strict=True)]
    for number, scores in enumerate(shared, start=1):
        if number in named:
            continue
        best = max(scores, default=0.0)
        enough = _enough(problems[number - 1])
        for place, score in enumerate(scores):
            if score < max(enough, _AS_GOOD * best) or (place in told and score != best):
                continue
            if score >= min(_PLENTY, _BESIDES * most[place]) or _covers(measures[place], problems[number - 1]):
                answers[place].append(number)
    _pair_left_over(answers, shared)
    if not any(_is_overall(measure) for measure, numbers in zip(measures, answers, strict=True) if not numbers):
        _pair_by_place(answers, len(problems))
    return [sorted(numbers) for numbers in answers]


def strangers(problems: Sequence[Item], measures: Sequence[Item]) -> list[int]:
    """The places of measures that surely answer none of the problems, going by their `addresses`.

    Every problem has its measure already, and what such a one shares with any problem is far below what others share.
    """
    answered = {number for item in measures for number in item.addresses}
    left = [place for place, item in enumerate(measures) if not item.addresses and not _is_overall(item)]
    if not left or answered != set(range(1, len(problems) + 1)):
        return []
    most = [max(column) for column in zip(*_scores(problems, measures), strict=True)]
    paired = [score for score, item in zip(most, measures, strict=True) if item.addresses]
    if len(paired) < _FEWEST_PAIRED:
        return []
    return [place for place in left if most[place] < _FAR * median(paired)]


def _is_overall(measure: Item) -> bool:
    return _OVERALL.search(_topic(measure)) is not None


def _scores(problems: Sequence[Item], measures: Sequence[Item]) -> list[list[float]]:
    """For each problem, what it shares with each measure: a pair of characters that only these two have counts most,
    and twice as much where it names the problem.
    """
    theirs = [topical_pairs(item_text(item)) for item in measures]
    ours = [topical_pairs(item_text(item)) for item in problems]
    named = [topical_pairs(_topic(item)) for item in problems]
    asked = Counter(pair for pairs in ours for pair in pairs)
    offered = Counter(pair for pairs in theirs for pair in pairs)
    # Of two problems, both may well be about the one thing.
    rivals = asked if len(problems) > 2 else Counter[str]()
    weights = {pair: 1 / max(1, offered[pair] + rivals[pair] - 1) for pair in asked.keys() & offered.keys()}
    return [
        [sum(weights[pair] * (_NAMED if pair in topic else _TOLD) for pair in mine & other) for other in theirs]
        for mine, topic in zip(ours, named, strict=True)
    ]


def _enough(problem: Item) -> float:
    """How much must be shared to answer a problem: long texts share words by chance, short ones have few to share."""
    told, named = topical_pairs(item_text(problem)), topical_pairs(_topic(problem))
    return max(min(_ENOUGH, _SHORT_SHARE * len(told)), _SHARE * len(told), _NAMED_SHARE * len(named))


def _covers(measure: Item, problem: Item) -> bool:
    """Whether the measure takes up much of all that the problem says."""
    told = topical_pairs(item_text(problem))
    return len(told & topical_pairs(item_text(measure))) >= _NEARLY_ALL * len(told)


def _topic(item: Item) -> str:
    first = next(item.walk(), None)
    return first.text if first is not None else ""


def _pair_left_over(answers: list[list[int]], shared: list[list[float]]) -> None:
    """A measure that answers nothing yet is likely meant for the open problem with which it shares a little."""
    for place in [place for place, numbers in enumerate(answers) if not numbers]:
        answered = {number for numbers in answers for number in numbers}
        open_ones = [(scores[place], -n) for n, scores in enumerate(shared, start=1) if n not in answered]
        best, number = max(open_ones, default=(0.0, 0))
        if best >= _LITTLE:
            answers[place].append(-number)


def _pair_by_place(answers: list[list[int]], problems: int) -> None:
    """Pair the one problem and the one measure left over where all the others answer each other in their order."""
    left = [place for place, numbers in enumerate(answers, start=1) if not numbers]
    in_order = all(place in numbers for place, numbers in enumerate(answers, start=1) if numbers)
    answered = {number for numbers in answers for number in numbers}
    if len(answers) == problems >= _FEWEST_IN_ORDER and len(left) == 1 and in_order and left[0] not in answered:
        answers[left[0] - 1].append(left[0])


def topical_pairs(text: str) -> frozenset[str]:
    """The neighbouring characters of the words that say what a text is about; what every report says is left out."""
    plain = _generic().sub("|", text)
    return frozenset(a + b for run in _HANZI.findall(plain) for a, b in pairwise(run))


@cache
def _generic() -> re.Pattern[str]:
    words = sorted(CARRYING | CONNECTING | frozenset(_LACKING.split()), key=len, reverse=True)
    return re.compile("|".join([*map(re.escape, words), "[〇零一二三四五六七八九十百千万两几]+"]))


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
