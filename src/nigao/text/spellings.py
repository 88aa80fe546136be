"""One word in two spellings within a text: 巡查 and 巡察, words that differ in one of two characters used alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from nigao.text.content import placed_words
from nigao.text.vocabulary import CARRYING, CONNECTING

# Characters of one sound that form the same words: of the two-character words of the rarer one in jieba's dictionary,
# 0.4 or more exist with the other too (制定/制订, 缴纳/交纳, 检查/检察); numerals and measure words are left out.
_ALIKE = (
    "帐账 作做 定订 份分 词辞 像象 察查 交缴 漂飘 辨辩 泄泻 唯惟 叠迭 园苑 忿愤 熏薰 宏弘 戒诫 妆装 脱褪 岐歧 炭碳"
    " 召招 芯心 夙宿 宴筵 燥躁 粘黏 复覆 州洲 杆竿 径迳 殒陨 折摺"
)
# Spellings of one word, by 《第一批异形词整理表》 (GF 1001—2001) and the usage of newspapers; which is the better one is
# not told here. Words whose meanings have parted (反映/反应, 权力/权利) are none.
_ONE_WORD = tuple(
    (pair[:2], pair[3:])
    for pair in (
        "成分/成份 分量/份量 过分/过份 本分/本份 辈分/辈份 身份/身分 订单/定单 订货/定货 订阅/定阅"
        " 人才/人材 词汇/辞汇 计划/计画 规划/规画 策划/策画 筹划/筹画 谋划/谋画 勾画/勾划 刻画/刻划 笔画/笔划 交代/交待"
        " 图像/图象 想象/想像 精彩/精采 角色/脚色 弘扬/宏扬 关联/关连 连贯/联贯 模仿/摹仿 热衷/热中 授予/授与"
        " 参与/参预 思维/思惟 唯一/惟一 稀少/希少 缘由/原由 折中/折衷 训诫/训戒 规诫/规戒 劝诫/劝戒 启程/起程 座位/坐位"
        " 坐落/座落 佐证/左证 纪念/记念 其他/其它 部署/布署 覆盖/复盖"
    ).split()
)
# 成分/成份 are found by 份分 already.
_FURTHER = tuple(
    (one, other)
    for one, other in _ONE_WORD
    if not any({a, b} <= {*pair} for a, b in zip(one, other, strict=True) if a != b for pair in _ALIKE.split())
)
# A word of its own wherever it stands.
_DISTINCT = frozenset({"检察"})
_HAN = re.compile("[一-鿿]")
_RUN = re.compile("[一-鿿]+")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word that the text spells in two ways: `odd`, the rarer (of equals the later), and `usual`, with their places.

    `shared` is a neighbour that both have. `one_word`: two spellings of one word, whatever stands beside them.
    """

    odd: str
    usual: str
    odd_places: tuple[int, ...]
    usual_places: tuple[int, ...]
    shared: str
    one_word: bool

    @property
    def even(self) -> bool:
        """Whether the text has both equally often, so that it does not tell which is meant."""
        return len(self.odd_places) == len(self.usual_places)

    def turned(self) -> Spelling:
        """The same with the other as the odd one: what an approved document may tell."""
        return Spelling(self.usual, self.odd, self.usual_places, self.odd_places, self.shared, self.one_word)


def spellings(text: str) -> Iterator[Spelling]:
    """Words of two to four characters that the text also spells with a like character.

    Without a shared neighbour only words that the text uses once are told: 督查 and 督察 may both be meant.
    """
    for pair in _ALIKE.split():
        if pair[0] not in text or pair[1] not in text:
            continue
        # Only the words of the rarer character are looked for; their other spelling then is found by its letters.
        rare, usual = sorted(pair, key=text.count)
        words = _words_with(text, rare)
        for word, places in words.items():
            other = word.replace(rare, usual)
            found = _words_with(text, other).get(other)
            if found:
                yield from _told(word, places, other, found)
    for one, other in _FURTHER:
        if one in text and other in text:
            first, second = _words_with(text, one).get(one), _words_with(text, other).get(other)
            if first and second:
                yield from _told(one, first, other, second)


def _told(one: str, first: list[_Place], two: str, second: list[_Place]) -> Iterator[Spelling]:
    if (len(first), -first[0].start) > (len(second), -second[0].start):
        one, first, two, second = two, second, one, first
    one_word = (one, two) in _ONE_WORD or (two, one) in _ONE_WORD or {*"帐账"} <= {*one, *two}
    shared = {n for place in first for n in place.near} & {n for place in second for n in place.near}
    if not shared and len(second) > 1 and not one_word:
        return
    told = first if one_word or not shared else [place for place in first if shared & set(place.near)]
    yield Spelling(
        one,
        two,
        tuple(place.start for place in told),
        tuple(place.start for place in second),
        min(shared, default=""),
        one_word,
    )


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    near: tuple[str, ...]


def _words_with(text: str, chars: str) -> dict[str, list[_Place]]:
    """The words of two to four characters that hold these, with what stands beside them."""
    found: dict[str, list[_Place]] = defaultdict(list)
    at = text.find(chars)
    while at >= 0:
        run = _run_around(text, at)
        words = placed_words(text[run[0] : run[1]])
        for i, word in enumerate(words):
            if 2 <= len(word.text) <= 4 and chars in word.text and word.text not in _DISTINCT:
                near = [f"{beside.text}~" for beside in words[max(0, i - 1) : i] if _tells(beside.text)]
                near += [f"~{beside.text}" for beside in words[i + 1 : i + 2] if _tells(beside.text)]
                found[word.text].append(_Place(run[0] + word.start, tuple(near)))
        at = text.find(chars, run[1])
    return found


def _run_around(text: str, at: int) -> tuple[int, int]:
    """The Chinese characters around a place, up to the marks on both sides."""
    start = at
    while start and _HAN.match(text[start - 1]):
        start -= 1
    run = _RUN.match(text, start)
    return start, run.end() if run else at + 1


def _tells(neighbour: str) -> bool:
    """Whether a neighbour says what the word is about: 检查工作 and 检察工作 share none."""
    return len(neighbour) > 1 and neighbour not in CARRYING and neighbour not in CONNECTING
