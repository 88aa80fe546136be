"""Approvals, decisions and honours: words that claim an act of somebody in authority, and what records such an act."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nigao.text.clauses import clauses
from nigao.text.tokens import words

# What claims the act → what in the evidence records it. A stronger act is not recorded by a weaker one: 通报表扬 is no
# 表彰, 审议 no 批准; 同意 and 通过 stand for each other.
_ACTS: tuple[tuple[str, str], ...] = (
    (r"批准(?!.{0,2}书)|获批|核准|准予", r"批准|获批|核准|批复|准予|审批同意|审批通过|批示同意"),
    (r"批复", r"批复"),
    (r"(?<!共)同意(?!见)", r"(?<!共)同意|批准|批复|获批|核准|通过|审定"),
    (
        r"(?:审议|表决|讨论|研究|审核|审查|评审|考核|会议)(?:并|后)?(?:一致)?通过(?!对|向|与|在|以|组织|开展|建立|采取|加强|有效)",
        r"通过(?!.{0,12}(?:等?方式|途径|渠道))|同意|批准",
    ),
    (r"(?:研究|讨论|会议|集体|党组|党委)(?:作出)?决定", r"决定|决议|议定|通过|同意"),
    (r"审定", r"审定|批准|核定"),
    (r"审议(?!(?:并|后)?(?:一致)?通过)", r"审议|讨论|研究|审定|听取|上会"),
    (r"备案", r"备案|报备"),
    (r"验收合格|通过.{0,4}验收|验收通过", r"验收"),
    (r"批示|签批", r"批示|签批"),
    (r"印发|下发|颁布|颁发|发布实施", r"印[发制]|下发|制发|出台|公布|发布|颁布|颁发|[〔\[]\d{4}[〕\]]\d+号"),
    (r"出台", r"出台|印发|制定|制发|发布|公布|修订|下发|颁布|[〔\[]\d{4}[〕\]]\d+号"),
    (r"表彰|嘉奖|记功", r"表彰|嘉奖|记功"),
    (r"通报表扬|书面表扬|(?:获|受到|得到|予以|给予|被)[^，。；]{0,8}表扬", r"表扬|表彰"),
    (
        r"荣获|荣膺|获评|被评为|评为|授予|被命名|获奖|获得?[^，。；]{1,16}(?:称号|奖|荣誉|第[一二三]名)|(?:先进|优秀|模范)(?:单位|集体|个人|称号)|示范(?:单位|点)称号",
        r"获评|荣获|荣膺|评为|授予|命名|称号|获[^，。；]{0,16}奖|荣誉|先进(?:单位|集体|个人)|优秀(?:单位|集体|个人)|文明单位|示范单位",
    ),
    (
        r"(?:受到|得到|获得|赢得|受|获|广受)[^，。；]{0,14}(?:肯定|好评|认可|赞扬|赞誉|称赞|点赞|赞许)|(?:充分|高度|一致)(?:肯定|评价|认可)",
        r"肯定|好评|认可|赞|表扬|感谢|锦旗|高度评价",
    ),
    (
        r"(?:经验|做法)[^，。；]{0,10}(?:推广|转发|刊发|交流发言)|(?:全[国省市县区]|在[^，。；]{0,8})推广",
        r"推广|推开|转发|刊发|交流发言|复制",
    ),
    (r"入选|获选|当选|列为[^，。；]{0,8}(?:试点|示范)", r"入选|获选|当选|选为|列为|试点|示范"),
)
_CLAIMS = [(re.compile(claim), re.compile(record)) for claim, record in _ACTS]
# What is asked for, owed or refused has not been given.
_PENDING = re.compile(
    "拟|计划|将(?=报|提|于|由)|待|须|需|应(?!急|用|对)|报(?!告|道|表|名|到|刊|销|送了)|提请|提交|申请|争取|力争|未|没有|不得|不予|必须|下一步|提出"
)
_GIVEN = re.compile("[经已获](?!常|济|费|验|营|办)|(?<![为除罢未])了(?![解如结然])|得到|通过了")
_PLAINLY_GIVEN = re.compile("已(?![知故久])|(?<![为除罢未])了(?![解如结然])|获批|得到")
_ENDS_OF_CLAIM = "批准|批复|核准|同意|审定|审议|备案|研究|讨论|决定|通过"
_APPROVER = re.compile(f"经(?!常|济|费|验|营|办|过|核|查)([一-鿿]{{2,20}}?)(?:集体|会议|专题)?(?:{_ENDS_OF_CLAIM})")
# Words around an approver that do not tell who it was.
_NOT_WHO = re.compile(
    "会议|集体|研究|讨论|审议|领导|同志|有关|相关|审核|审查|专题|全体|办公会|常务会|表决|一致|逐项|逐级|认真|充分|机关|本级|主要|负责人"
)


@dataclass(frozen=True, slots=True)
class UnrecordedAct:
    """A claimed act at `start:end`. `asked_for`: the evidence speaks of it only as to be obtained (拟报…批准)."""

    start: int
    end: int
    text: str
    asked_for: bool = False


def unrecorded_acts(sentence: str, evidence: str) -> list[UnrecordedAct]:
    """Approvals, decisions and honours that the sentence claims and the evidence does not record, in order of place."""
    found: list[UnrecordedAct] = []
    for clause in clauses(sentence):
        for claim, record in _CLAIMS:
            for match in claim.finditer(clause.text):
                at = clause.start + match.start()
                end = clause.start + match.end()
                if any(act.start < end and at < act.end for act in found):
                    continue
                if not record.search(evidence):
                    found.append(UnrecordedAct(at, end, match.group()))
                elif _told_as_given(clause.text, match) and not _is_given(evidence, record):
                    found.append(UnrecordedAct(at, end, match.group(), asked_for=True))
        found.extend(_strange_approvers(clause.start, clause.text, evidence, found))
    return sorted(found, key=lambda act: act.start)


def _told_as_given(clause: str, match: re.Match[str]) -> bool:
    ahead = _ahead(clause, match.start())
    given = _GIVEN.search(ahead) or match.group().startswith("获") or clause[match.end() : match.end() + 1] == "了"
    return bool(given) and not _PENDING.search(ahead) and not clause[match.end() :].startswith("后")


def _is_given(evidence: str, record: re.Pattern[str]) -> bool:
    """Whether one clause at least tells of the act without asking for it, owing it or refusing it."""
    return any(
        not _PENDING.search(_ahead(clause.text, match.start())) or _PLAINLY_GIVEN.search(clause.text)
        for clause in clauses(evidence)
        for match in record.finditer(clause.text)
    )


def _ahead(clause: str, end: int) -> str:
    """What the clause says of the act ahead of it: 审议通过后印发 asks for the one, not for the other."""
    return clause[clause.rfind("后", 0, end) + 1 : end]


def _strange_approvers(start: int, clause: str, evidence: str, found: list[UnrecordedAct]) -> Iterator[UnrecordedAct]:
    """经市政府批准, where the evidence has an approval and no 市政府."""
    for match in _APPROVER.finditer(clause):
        who = _NOT_WHO.sub("", match.group(1))
        named = [word for word in words(who) if len(word) > 1]
        at, end = start + match.start(), start + match.end()
        known = not named or sum(word in evidence for word in named) * 2 >= len(named)
        if not known and not any(act.start < end and at < act.end for act in found):
            yield UnrecordedAct(at, end, match.group())
