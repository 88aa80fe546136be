"""A clause that stands twice in one sentence, a word typed twice in a row: what a change of mind left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nigao.text import lexicon

_SHORTEST = 10
_CLAUSE = re.compile("[^，。；：！？\n]+")
_LISTED = re.compile("[、“”（）]")
_SENTENCE_END = re.compile("[。；！？]")
_TWICE = re.compile(r"((?![一二三四五六七八九十百千万]{2})[一-鿿]{2,4}?)\1")
_HAN = re.compile("[一-鿿]")
_QUOTED = re.compile("“[^“”\n]*”")
# A word counted at least so often is no accident of two neighbours.
_COMMON = 5
# What speech doubles for stress, and 如何如何.
_SPOKEN = "非常 特别 永远 真的 十分 太多 如何 怎样 什么 多少 好多 许多 很多 慢慢 好好 点点 多多 哪里 这样 那样"
_IN_LOTS = re.compile("[大小成整满半][口块把批片堆团步声群串车箱桶天夜本宿]")
# Nouns by the list that are verbs as well: 全体代表代表, 领导领导.
_EITHER = (
    "领导 代表 计划 规划 工作 报告 决定 建议 总结 服务 管理 组织 教育 监督 检查 研究 指导 培训 活动 安排 要求 部署 通知"
    " 指示 贡献 影响 主管 编辑 统计 调查 设计 分工 保障 保险 投入 投资 收入 支出 需要 根据 依据 代理 保证 规定 担保"
)
# Behind these no noun ends: 应传达传达.
_LEADS_VERB = frozenset("以要须应可能已未不再更很最并且也会")
_NO_SLIP = ("r", "o", "e", "y", "z", "nr", "ns")


@dataclass(frozen=True, slots=True)
class RepeatedClause:
    """The clause at `start:end`, which stood at `first` before."""

    start: int
    end: int
    text: str
    first: int


def repeated_clauses(text: str) -> Iterator[RepeatedClause]:
    """Clauses of ten characters or more that their sentence has had before; sentences may repeat one another's."""
    seen: dict[str, int] = {}
    line = 0
    for match in _CLAUSE.finditer(text):
        if "\n" in text[line : match.start()]:
            seen.clear()
        line = match.start()
        words = match.group().strip()
        if len(words) < _SHORTEST or _LISTED.search(words) or not re.search("[一-鿿]{6}", words):
            continue
        if words in seen:
            # 甲……，由本部门审核；乙……，由本部门审核: parallel members end alike.
            if not _SENTENCE_END.search(text, seen[words], match.start()):
                yield RepeatedClause(match.start(), match.end(), words, seen[words])
        else:
            seen[words] = match.start()


@dataclass(frozen=True, slots=True)
class RepeatedWord:
    """`text` and at once `text` again, at `start:end`. `sure` where the two cannot belong to two words or phrases."""

    start: int
    end: int
    text: str
    sure: bool


def repeated_words(text: str) -> Iterator[RepeatedWord]:
    """Words of two to four characters typed twice in a row: 现场现场. 党组织组织 and 研究研究 may be meant."""
    for match in _TWICE.finditer(text):
        word = match.group(1)
        if (
            len(set(word)) == 1
            or word[0] == "一"
            or word in _SPOKEN
            or _IN_LOTS.match(word)
            or lexicon.tag(word).startswith(_NO_SLIP)
        ):
            continue
        if lexicon.count(word) < _COMMON or lexicon.count(match.group()) or _belongs_elsewhere(text, match):
            continue
        quoted = any(quoted.start() < match.start() < quoted.end() for quoted in _quotations(text))
        if not quoted and not _is_stressed(text, match):
            yield RepeatedWord(match.start(), match.end(), word, sure=_is_slip(text, match))


def _is_stressed(text: str, match: re.Match[str]) -> bool:
    """温柔温柔的."""
    behind = text[match.end() : match.end() + 1]
    return lexicon.tag(match.group(1)).startswith("a") and (behind in "的地得是" or not _HAN.match(behind))


def _is_slip(text: str, match: re.Match[str]) -> bool:
    """Whether the two can be no two words: 党组织组织, a noun before its verb; 建设项目项目经理, one noun that ends a
    phrase before one that begins the next; 研究研究。
    """
    word, kind = match.group(1), lexicon.tag(match.group(1))
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 2]
    either = word in _EITHER
    if ((kind.startswith("n") and before.isalnum()) or either) and lexicon.tag(after).startswith("n"):
        return False
    behind_noun = _HAN.match(before) is not None and (either or before not in _LEADS_VERB)
    ends = after[:1] in ("", *"，。；、：！？\n")
    apart = (kind.startswith("v") or either) and (ends or (behind_noun and not after[:1].isdigit()))
    return not apart and not kind.startswith("a")


@lru_cache(maxsize=4)
def _quotations(text: str) -> tuple[re.Match[str], ...]:
    return tuple(_QUOTED.finditer(text))


def _belongs_elsewhere(text: str, match: re.Match[str]) -> bool:
    """Whether the second begins a longer word (发展发展中国家), or the first ends one (党组织组织)."""
    word, middle = match.group(1), match.start() + len(match.group(1))
    longer = (text[middle : match.end() + more] for more in (1, 2, 3))
    ending = (text[max(0, match.start() - more) : middle] for more in (1, 2, 3))
    return any(len(found) > len(word) and lexicon.count(found) > _COMMON for found in (*longer, *ending))
