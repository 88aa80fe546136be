"""Claims that nothing is left to wish for, or that a thing is just so, against admissions of a lack of the same thing.

理论学习全面到位 takes back every admitted lack of it; 组织生活严格规范 takes back 组织生活不规范 and nothing else. That
much was done, and done well, takes back nothing: a report grants its results and then admits its lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nigao.text.clauses import clauses

_LACKS = "问题|不足|短板|差距|弱项|漏洞|薄弱环节|死角|盲区|遗漏|缺陷|欠缺"
_WHOLLY = "(?:已经?|均已?|都已?)?(?:全面|全部|完全|全都|彻底)(?:得到|做到|落实|执行|整改)?"
# What leaves nothing to wish for. What stands around it in its clause, or in the clause before, is what is perfect.
_PERFECT = re.compile(
    f"{_WHOLLY}(?:到位|达标|合格|解决|消除|扭转|达到[一-鿿]{{0,4}}(?:要求|标准|水平|预期|目标)"
    "|符合[一-鿿]{0,4}(?:要求|标准|规定))"
    f"|(?:已经?|均|都|也)?(?:不再|不|没有?|未|无)(?:存在|出现|发现|留下|有)?(?:任何|一点|一丝)(?:{_LACKS})"
    f"|(?:已经?|均|都)?(?:不存在|不再有|不再存在|没有发现|未发现)(?:{_LACKS})$"
    "|(?:无|没有)一[项处人件个]?(?:遗漏|例外)|尽善尽美|无可挑剔|毫无(?:问题|不足|短板|差距)"
)
# No perfection is told without one of these.
_ABSOLUTE = re.compile("[全彻不没未无尽毫]")
# A count of what was in order is a fact, not praise.
_COUNT = re.compile(r"\d|[一二三四五六七八九十百千两][个名项处次件份家起条]")
# Wished for, asked for or planned, it is no claim.
_WISHED = re.compile(
    "确保|力争|争取|(?:会议|党组|明确)?要求(?=[一-鿿])|推动|推进|促使?|督促|督办|保证|努力|着力|坚决|必须|应当|不得|计划|拟|将|直[至到]|为了|如|若"
)
# A thing is just so, and the admission denies just that word.
_STATE = (
    "到位|规范|扎实|严格|严密|及时|深入|经常|完善|健全|畅通|顺畅|紧密|充分|有力|有效|显著|明显|牢固|彻底|均衡|精准"
    "|具体|细致|系统|全面|主动|准确|完整|稳定"
)
_IS_SO = re.compile(
    f"(?<![更较比不欠加为够])(?:都|均|已经?|十分|非常|切实|做到|得到)?((?:{_STATE}){{1,2}})(?:有序|有力|有效)?$"
)
_ENDINGS = frozenset([*_STATE.split("|"), "有序", "有力", "有效"])
# 不严 and 不实 deny 严格 and 扎实; 不明显 denies 显著.
_DENIED = {"严": "严格", "实": "扎实", "深": "深入", "畅": "畅通", "全": "全面", "准": "准确"}
_SAME_STATE = {"显著": "明显", "顺畅": "畅通", "严密": "严格"}
_NOT_SO = re.compile(
    f"(?:还|仍|尚|也|做得|抓得)*(?:不够|不太|不尽|不|欠|没有|未能?)(?:做到)?({_STATE}|[{''.join(_DENIED)}])(?:$|[的，])"
)
# Where only some fall short, the whole may still be so.
_SOME = re.compile(f"部分|个别|少数|有的|有些|一些|某些|有时|偶[尔有]|局部|一定程度|{_COUNT.pattern}")
_JOINTS = re.compile(
    "(?:在|对|对于|关于|从)|方面|的|地|得|了|和|与|及|等|还|仍|尚|已|已经|均|都|仍然|依然|工作|情况|全年|年内|目前|当前|问题"
)
_HAVING = re.compile("(?:存在|[仍还尚]有|有|是|比较|较为?)$")
_HAN = re.compile("[一-鿿]+")
_FEWEST_CHARS = 3
_SAME, _WITHIN = 0.85, 0.75
# Of these alone, nothing particular is spoken of.
_VAGUE = re.compile(
    "各项|工作|任务|措施|责任|落实|要求|制度|建设|管理|执行|情况|全年|全部|各个|整改|问题|党组|干部|党员|单位|自查|检查|监督"
)


@dataclass(frozen=True, slots=True)
class Praise:
    """A claim at `start:end` of its sentence about `thing`; `state` is the word it claims, empty for all there is."""

    start: int
    end: int
    thing: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class Lack:
    """A clause `text` that admits a lack of `thing`; `denied` is the word that it denies, if any."""

    text: str
    thing: str
    denied: str = ""


def praises(sentence: str) -> list[Praise]:
    """The clauses of a sentence that claim a thing to be perfect, or to be just so."""
    found: list[Praise] = []
    told = clauses(sentence)
    for at, clause in enumerate(told):
        absolute = _ABSOLUTE.search(clause.text) is not None
        if (absolute or clause.text[-2:] in _ENDINGS) and not _WISHED.search(clause.text):
            before = told[at - 1].text if at else ""
            found += _praise(clause.start, clause.end, clause.text, before)
    return found


def _praise(start: int, end: int, clause: str, before: str) -> Iterator[Praise]:
    perfect = None if _COUNT.search(clause) else _PERFECT.search(clause)
    state = _IS_SO.search(clause)
    if perfect is not None:
        things = [_thing(clause[: perfect.start()]), _thing(clause[perfect.end() :])]
        # 没有发现任何问题 alone is of what was said before.
        for thing in things if any(things) else [_thing(_PERFECT.sub("", before))]:
            if len(thing) >= _FEWEST_CHARS:
                yield Praise(start, end, thing)
    elif state is not None and not _SOME.search(clause):
        thing = _thing(clause[: state.start()])
        if len(thing) > _FEWEST_CHARS:
            yield from (Praise(start, end, thing, _state(word)) for word in re.findall(_STATE, state.group(1)))


def lacks(sentence: str, lack_words: tuple[str, ...], *, heads: bool = False) -> list[Lack]:
    """The clauses of a sentence that admit a lack by these words; all of them where it heads an admitted problem."""
    found: list[Lack] = []
    for clause in clauses(sentence):
        at = min((place for word in lack_words if (place := clause.text.find(word)) > 0), default=0)
        if not (at or heads):
            continue
        denied = _NOT_SO.search(clause.text)
        word = denied.group(1) if denied is not None and not _SOME.search(clause.text) else ""
        ahead = clause.text[: denied.start()] if denied is not None and word else clause.text[: at or None]
        thing = _thing(ahead)
        if len(thing) >= _FEWEST_CHARS:
            found.append(Lack(clause.text, thing, _state(_DENIED.get(word, word))))
    return found


def taken_back(praise: Praise, lack: Lack) -> bool:
    """Whether the lack is of the very thing that is praised: of any of it, or of the state it is said to be in."""
    if praise.state:
        return praise.state == lack.denied and _share(praise.thing, lack.thing, longer=True) >= _SAME
    if praise.thing == lack.thing:
        return True
    particular = _is_particular(praise.thing) and _is_particular(lack.thing)
    return particular and _share(praise.thing, lack.thing) >= _WITHIN


def _state(word: str) -> str:
    return _SAME_STATE.get(word, word)


def _is_particular(thing: str) -> bool:
    return len(_VAGUE.sub("", thing)) >= 2


def _share(one: str, other: str, *, longer: bool = False) -> float:
    a, b = _pairs(one), _pairs(other)
    size = (max if longer else min)(len(a), len(b))
    return len(a & b) / size if size else 0.0


@lru_cache(maxsize=512)
def _pairs(thing: str) -> frozenset[str]:
    return frozenset(thing[i : i + 2] for i in range(len(thing) - 1))


def _thing(words: str) -> str:
    """The characters that name what is spoken of, joined."""
    return "".join(_HAN.findall(_JOINTS.sub("", _HAVING.sub("", words))))
