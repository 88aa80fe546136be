"""Characters typed twice: 涉涉及, 民主集中制制. What is rightly doubled is cut into words that need both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nigao.text.proofreading.judging import SURNAMES
from nigao.text.proofreading.pairs import familiarity
from nigao.text.proofreading.wordlist import Lattice, WordList

TWICE = re.compile(r"([一-鿿])\1")
# What is doubled to mean each, or for its sound.
_MAY_DOUBLE = frozenset("〇多某人个天年月日时事处家户村县市省层级条项件次种样张步行字句声点片座栋间位名哈呵嘿啊哦")
# Words that say nothing of what stands beside them, so that no unlisted word ends in them.
PARTICLES = frozenset("的了和与及或等在是对为以被把将向从由于并也都就按经已应可能会要使让而但则")
# Characters that are words of their own so often that a word which begins or ends with them may follow or precede one:
# 在在建项目, 对对方, 达成合同目的的.
_FREE = PARTICLES | frozenset(
    "再又还只仅最更很太较极才却便即且若如虽因故依照据同比至到往自给令各每本此该全其所之非无未没不勿请须需得过着地有做作办"
    "抓搞看说讲听写用打来去走进出入上下前后内外中里左右大小高低新老好快慢长短"
)
# What names of places and bodies end in, none of which is in any list: 云汀市市长, 高新区区领导.
_BODIES = frozenset("省市县区州盟旗镇乡村街路港山河湖岛湾局厅部委办院校所站馆寺会社司处科室队组班厂矿店场园军党团")
# What makes words of other words: 权属, 用益物权权属.
_ENDINGS = frozenset(
    "国系库房楼台网线者员人性化法学式率费量型权期版业力车品度表制体界面头口数类值水论奖商计语课战案箱词油树兵仪机集价报件材证"
    "书史税教生家户门手器物声病炎药剂料金款项题气电灯罪级标位别号码名"
)
_NUMERALS = frozenset("一二三四五六七八九十百千万亿零两几")
# Marks that a name may stand in, before what it ends in.
_CLOSING = frozenset("”》）·")
# A doubling counted no oftener than this is no word, though the list may have it.
_RARE = 20
# How much likelier (natural log) the run has to be cut without it; and where a word of three is whole then.
_LEAST_GAIN = 5.5
_CLEAR_GAIN = 8.0
# log10 of how much oftener than by chance two characters meet that go together.
_FAMILIAR = 0.3


@dataclass(frozen=True, slots=True)
class Doubled:
    """`text[start:end]` of a run stands right behind the same characters."""

    start: int
    end: int


def find_doubled(lattice: Lattice, words: WordList, before: str = "") -> Iterator[Doubled]:
    """What stands twice in a run though neither the doubling is a word nor the two halves may be of two words.

    `before` is the character that stands before the run.
    """
    text = lattice.text
    for match in TWICE.finditer(text):
        start, middle, end = match.start(), match.start() + 1, match.end()
        if words.count(match.group()) > _RARE or _in_pattern(lattice, start) or _of_words(lattice, start):
            continue
        once = words.cut(text[:start] + text[middle:])
        gain = once.score - lattice.score
        inside = any(s < start and middle < e for s, e in once.words)
        beside_words = match[1] not in _FREE | _NUMERALS and gain >= _LEAST_GAIN
        if (inside and gain >= _CLEAR_GAIN) or (beside_words and _too_much(lattice, start, before)):
            yield Doubled(middle, end)


def _in_pattern(lattice: Lattice, start: int) -> bool:
    """清清楚楚, 高高兴兴, 一届届, and what stands more than twice."""
    text = lattice.text
    before, after = text[max(0, start - 2) : start], text[start + 2 : start + 4]
    if text[start] in (before[-1:], after[:1]) or (
        before[-1:] == "一" and _word_at(lattice, start - 1)[0] == start - 1
    ):
        return True
    return (len(after) == 2 and after[0] == after[1]) or (len(before) == 2 and before[0] == before[1])


def _of_words(lattice: Lattice, start: int) -> bool:
    """Whether one word has both, or one ends and another begins between the two: 落实实施."""
    first, second = _word_at(lattice, start), _word_at(lattice, start + 1)
    return first == second or (first[1] - first[0] > 1 and second[1] - second[0] > 1)


def _word_at(lattice: Lattice, place: int) -> tuple[int, int]:
    """The word of the best cutting, but of a rare doubling (the common ones are passed over) each half for itself."""
    start, end = lattice.word_at(place)
    rare = end - start == 2 and lattice.text[start] == lattice.text[start + 1]
    return (place, place + 1) if rare else (start, end)


def _too_much(lattice: Lattice, start: int, before: str) -> bool:
    if _first_too_much(lattice, start, before) or _second_too_much(lattice, start + 1):
        return True
    return _beside_a_pair(lattice, start)


def _first_too_much(lattice: Lattice, start: int, before: str) -> bool:
    """Whether the second begins a word and the first can belong to nothing before it: 工作涉涉及."""
    text, char = lattice.text, lattice.text[start]
    first, second = _word_at(lattice, start + 1)
    if second - first < 2 or char in _MAY_DOUBLE or char in _BODIES:
        return False
    if start == 0:
        return not before.isdigit() and (char not in _ENDINGS or before not in _CLOSING)
    low, high = _word_at(lattice, start - 1)
    if high - low == 1:
        return text[low] in PARTICLES
    return char not in _ENDINGS


def _second_too_much(lattice: Lattice, middle: int) -> bool:
    """Whether the first ends a word and the second can belong to nothing behind it: 窗口口前. It may where it and the
    next character could be a word that no list has: 出库库点.
    """
    text, char = lattice.text, lattice.text[middle]
    low, high = _word_at(lattice, middle - 1)
    if high - low < 2 or text[low] in _NUMERALS:
        return False
    if middle + 1 == len(text) or text[middle + 1] in PARTICLES:
        return True
    start, end = _word_at(lattice, middle + 1)
    return char not in _BODIES and end - start > 1


def _beside_a_pair(lattice: Lattice, start: int) -> bool:
    """Whether neither is of a word, but the first goes with what is before, which is no name: 抓实实民主集中制."""
    text = lattice.text
    alone = all(_word_at(lattice, place) == (place, place + 1) for place in range(max(0, start - 1), start + 2))
    if start == 0 or not alone or SURNAMES.intersection(text[max(0, start - 2) : start]):
        return False
    if start + 2 == len(text) or familiarity(text[start - 1], text[start]) < _FAMILIAR:
        return False
    low, high = _word_at(lattice, start + 2)
    return high - low > 1 and text[start - 1] not in PARTICLES | _NUMERALS
