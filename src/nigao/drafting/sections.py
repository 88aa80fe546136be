"""What a section of a source is about, by its headings: what was done, what is lacking, or what is to be done."""

from __future__ import annotations

import re
from enum import Enum

from nigao.corpus.model import Document, Passage

_LACKS = re.compile("问题|不足|短板|差距|薄弱|检视|剖析|原因|反馈情况|反馈意见")
_REMEDIES = re.compile(
    "怎么[改办]|如何改|改法|措施|打算|计划|下一步|下步|建议|整改要求|整改意见|整改任务|安排|努力方向|改进|今后|目标"
)
_LACKING_TITLE = re.compile("反馈|自查|检视|对照检查|民主生活会|组织生活会|剖析|问题清单|督查|巡察|审计")
_PLANNING_TITLE = re.compile("计划|要点|方案|打算|安排")
_LEDGER_TITLE = re.compile("台账|清单|整改")


class Section(Enum):
    """The three sorts of section, and those that do not tell."""

    DOINGS = "doings"
    LACKS = "lacks"
    REMEDIES = "remedies"
    BOTH = "both"


def section_of(passage: Passage, document: Document) -> Section:
    """The nearest heading that tells decides; else the document's title; else it tells of what was done."""
    for heading in reversed(passage.heading.split(" › ")):
        found = _by_words(heading)
        if found is not None:
            return found
    if _PLANNING_TITLE.search(document.title):
        return Section.REMEDIES
    if _LEDGER_TITLE.search(document.title) and not _LACKING_TITLE.search(document.title):
        return Section.BOTH
    return Section.LACKS if _LACKING_TITLE.search(document.title) else Section.DOINGS


def _by_words(heading: str) -> Section | None:
    lacks, remedies = bool(_LACKS.search(heading)), bool(_REMEDIES.search(heading))
    if lacks and remedies:
        return Section.BOTH
    if re.search("成效|做法|主要工作|工作情况|开展情况|落实情况|特征|亮点", heading) and not lacks:
        return Section.DOINGS
    return Section.LACKS if lacks else Section.REMEDIES if remedies else None


# How much a document's word on a lack weighs: an inspection's finding before the unit's own.
_AUTHORITY = ("巡察|巡视|督查|审计|反馈", "台账|整改", "自查|检视", "民主生活会|组织生活会|对照")


def authority(document: Document) -> int:
    """0 for an inspection's feedback, rising to 4 for a document that only mentions the lack."""
    for rank, words in enumerate(_AUTHORITY):
        if re.search(words, document.title):
            return rank
    return len(_AUTHORITY)
