"""One word in two spellings within a text: 巡查 and 巡察, words that differ in one of two characters used alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nigao.text import lexicon
from nigao.text.content import Word, placed_words
from nigao.text.vocabulary import CARRYING, CONNECTING

# Characters of one sound that form the same words: of the two-character words of the rarer one in jieba's dictionary,
# 0.4 or more exist with the other too (制定/制订, 缴纳/交纳, 检查/检察); numerals and measure words are left out.
_ALIKE = (
    "帐账 作做 定订 份分 词辞 像象 察查 交缴 漂飘 辨辩 泄泻 唯惟 叠迭 园苑 忿愤 熏薰 宏弘 戒诫 妆装 脱褪 岐歧 炭碳"
    " 召招 芯心 夙宿 宴筵 燥躁 粘黏 复覆 州洲 杆竿 径迳 殒陨 折摺"
)
# Spellings of one word, by 《第一批异形词整理表》 (GF 1001—2001) and the usage of newspapers; which is the better one
# is not told here. Words whose meanings have parted (反映/反应, 权力/权利) are none.
_VARIANTS = (
    "成分/成份 分量/份量 过分/过份 本分/本份 辈分/辈份 身份/身分 订单/定单 订货/定货 订阅/定阅"
    " 人才/人材 词汇/辞汇 计划/计画 规划/规画 策划/策画 筹划/筹画 谋划/谋画 勾画/勾划 刻画/刻划 笔画/笔划 交代/交待"
    " 图像/图象 想象/想像 精彩/精采 角色/脚色 弘扬/宏扬 关联/关连 连贯/联贯 模仿/摹仿 授予/授与"
    " 参与/参预 思维/思惟 唯一/惟一 稀少/希少 缘由/原由 折中/折衷 训诫/训戒 规诫/规戒 劝诫/劝戒 启程/起程 座位/坐位"
    " 坐落/座落 佐证/左证 纪念/记念 其他/其它 部署/布署 覆盖/复盖"
)
_ONE_WORD = tuple((pair[:2], pair[3:]) for pair in _VARIANTS.split())
# 成分/成份 are found by 份分 already.
_FURTHER = tuple(
    (one, other)
    for one, other in _ONE_WORD
    if not any({a, b} <= {*pair} for a, b in zip(one, other, strict=True) if a != b for pair in _ALIKE.split())
)
# A word of its own in this company; elsewhere it is the other's misspelling.
_COMPANY = {
    "检察": re.compile(
        "检察(?:[院官长室权员]|机关|监督|建议|工作|部门|系统|人员|公益|业务|职[能责]|听证|文书|干[部警])"
    )
}
_HAN = re.compile("[一-鿿]")
_RUN = re.compile("[一-鿿]+")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word that the text spells in two ways: `odd`, the rarer one, and `usual`, with their places.

    `shared` is a neighbour that both have. `one_word`: two spellings of one word, whatever stands beside them.
    `strayed`: a word that stands without the company it keeps (检察 with no 院, 官 or 机关). `even`: the text has both
    equally often, so that it does not tell which is meant.
    """

    odd: str
    usual: str
    odd_places: tuple[int, ...]
    usual_places: tuple[int, ...]
    shared: str
    one_word: bool
    strayed: bool
    even: bool

    @property
    def related(self) -> bool:
        """Whether the two surely say one thing."""
        return bool(self.shared) or self.one_word or self.strayed

    @property
    def likely(self) -> bool:
        """Whether the text alone gives ground to ask: where it uses one often, 督查 and 督察 may both be meant."""
        return self.related or len(self.usual_places) == 1

    def turned(self) -> Spelling:
        """The same with the other as the odd one: what an approved document may tell."""
        return replace(self, odd=self.usual, usual=self.odd, odd_places=self.usual_places, usual_places=self.odd_places)


def spellings(text: str) -> Iterator[Spelling]:
    """Words of two to four characters that the text also spells with a like character."""
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
                yield _told(text, word, places, other, found)
    for one, other in _FURTHER:
        if one in text and other in text:
            first, second = _words_with(text, one).get(one), _words_with(text, other).get(other)
            if first and second:
                yield _told(text, one, first, other, second)


def _told(text: str, one: str, first: list[_Place], two: str, second: list[_Place]) -> Spelling:
    one_word = (one, two) in _ONE_WORD or (two, one) in _ONE_WORD or {*"帐账"} <= {*one, *two}
    # 年度计划 is a word that holds 计划; where it is sure that both are one, each counts wherever it stands.
    often = (text.count(one), text.count(two)) if one_word else (len(first), len(second))
    # The rarer is the odd one; of equals the one that people write less, else the later.
    oddness = [
        (-number, -lexicon.count(word) if one_word else 0, places[0].start)
        for number, word, places in zip(often, (one, two), (first, second), strict=True)
    ]
    if oddness[0] < oddness[1]:
        one, first, two, second = two, second, one, first
    shared = {n for place in first for n in place.near} & {n for place in second for n in place.near}
    strayed = one in _COMPANY
    told = first if one_word or strayed or not shared else [place for place in first if shared & set(place.near)]
    odd_places, usual_places = (tuple(place.start for place in places) for places in (told, second))
    even = often[0] == often[1]
    return Spelling(one, two, odd_places, usual_places, min(shared, default=""), one_word, strayed, even)


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
        for i, token in enumerate(words):
            word = _inside(token, chars)
            company = _COMPANY.get(word.text)
            if company is not None and company.match(text, run[0] + word.start):
                continue
            if 2 <= len(word.text) <= 4 and chars in word.text:
                near = [f"{beside.text}~" for beside in words[max(0, i - 1) : i] if _tells(beside.text)]
                near += [f"~{beside.text}" for beside in words[i + 1 : i + 2] if _tells(beside.text)]
                found[word.text].append(_Place(run[0] + word.start, tuple(near)))
        at = text.find(chars, run[1])
    return found


def _inside(word: Word, chars: str) -> Word:
    """The word looked for, where the tokenizer put it together with a neighbour (科计画)."""
    at = word.text.find(chars)
    if at < 0 or len(chars) == 1 or lexicon.count(word.text):
        return word
    return Word(word.start + at, word.start + at + len(chars), chars)


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
