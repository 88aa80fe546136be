"""Lacks that the corpus states: found by where they stand and by their words, and merged where documents agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from nigao.corpus.model import Role
from nigao.drafting.candidates import Candidate, candidates, concerns_unit, outside_period, whole_sentence
from nigao.drafting.desk import Desk, says_the_same, wording
from nigao.drafting.outline import as_topic, nearest_theme
from nigao.drafting.sections import Section, authority, section_of
from nigao.drafting.table_rows import Row, entries, is_closed, ledger_rows
from nigao.report.kinds import Theme
from nigao.retrieval.search import Hit
from nigao.text.stance import states_lack

_DEPTH = 40
_TOPIC_LONGEST = 34
# Grants the results before it turns, or only says that a list follows.
_TRANSITION = re.compile(
    "^(?:总结|回顾|虽然|尽管|在看到|在肯定|通过自查|经自查|对照)|(?:主要有|主要是|如下|以下)[^，。]{0,12}[：:。]$|仍?(?:还)?存在(?:一些|以下|不少)"
)
# Here a list of problems ends and what is asked for begins.
_ENDS = re.compile("怎么[改办]|如何改|意见建议|针对(?:上述|以上)|整改要求|提出(?:以下|如下)")
# An entry by its place still is no lack when it only names a field, or asks for something to be done.
_NO_LACK = re.compile(
    "(?:方面|情况|问题)。$|^(?:规范|加大|加强|强化|完善|建立|健全|严格|提升|压实|压紧|推进|推动|坚持|落实好|进一步|要)"
    "|至少|不少于|由[^，。]{2,10}(?:负责|牵头)|每(?:月|季度|学期|半年)"
)
_GOOD = re.compile("取得|成效|能够|较好|显著|持续(?:提升|加强|改进|向好)|到位。$|得到(?:加强|提升|落实)")


@dataclass(slots=True)
class Lack:
    """One problem: its topic sentence (empty where it is told in one long sentence), the sources that state it, and the
    sentences that show it."""

    topic: str
    theme: Theme | None
    sources: list[Candidate]
    support: list[Candidate] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All its words, for comparing."""
        return (self.topic or self.sources[0].text) + "".join(candidate.text for candidate in self.support)


def collect_lacks(desk: Desk) -> list[Lack]:
    """Every distinct lack that the unit's material states: the most widely stated first, then by who states it."""
    merged: list[Lack] = []
    asked = "{theme} 存在的问题 " + " ".join(desk.kind.lack_words[:5])
    for hit in desk.search_by_theme(asked, _DEPTH, Role.MATERIAL):
        for lack in _lacks_in(hit, desk):
            _merge(lack, merged)
    return sorted(merged, key=_standing)


def _standing(lack: Lack) -> tuple[int, int]:
    documents = {candidate.hit.document.id for candidate in lack.sources}
    return -len(documents), min(authority(candidate.hit.document) for candidate in lack.sources)


def _lacks_in(hit: Hit, desk: Desk) -> Iterator[Lack]:
    span = desk.brief.span()
    if not concerns_unit(hit.document, desk.brief.unit.names):
        return
    for lack in _found_in(hit, desk):
        if not outside_period(lack.sources[0].text, hit.document, span):
            yield lack


def _found_in(hit: Hit, desk: Desk) -> Iterator[Lack]:
    for row in ledger_rows(hit):
        yield from _lacks_in_row(row, desk)
    section = section_of(hit.passage, hit.document)
    if section in (Section.LACKS, Section.BOTH):
        yield from _lacks_in_prose(hit, desk, by_place=section is Section.LACKS)


def _lacks_in_row(row: Row, desk: Desk) -> Iterator[Lack]:
    """What stands in a column of problems is one, whatever its words."""
    if is_closed(row):
        return
    for label, cell in row.items():
        if "问题" in label:
            head, *support = entries(cell)
            yield Lack(as_topic(head.text), theme_of(cell.text, desk), [head], support)


def _lacks_in_prose(hit: Hit, desk: Desk, *, by_place: bool) -> Iterator[Lack]:
    """Entries of a section on problems: a numbered one is a lack by its place, an unnumbered one by its words."""
    lack: Lack | None = None
    for candidate in candidates(hit):
        text = candidate.text
        if _ENDS.search(text):
            break
        if not whole_sentence(text, least=6, most=260) or _TRANSITION.search(text):
            continue
        admits = states_lack(text, desk.kind.lack_words)
        numbered = candidate.ordinal > 0 and (lack is None or candidate.ordinal != lack.sources[0].ordinal)
        by_position = by_place and numbered and not _GOOD.search(text) and not _NO_LACK.search(text)
        counts = admits or by_position
        if counts and (numbered or lack is None or (candidate.ordinal == 0 and _is_head(text) and not candidate.leans)):
            if lack is not None:
                yield lack
            topic = text if _is_head(text) else ""
            lack = Lack(topic, theme_of(text, desk) or theme_of(hit.passage.heading, desk), [candidate])
        elif lack is not None and not numbered:
            lack.support.append(candidate)
    if lack is not None:
        yield lack


def _is_head(text: str) -> bool:
    return len(text) <= _TOPIC_LONGEST


def theme_of(text: str, desk: Desk) -> Theme | None:
    """The kind's theme that the text speaks of, or None."""
    return nearest_theme(text, desk.kind.themes)


def _tells(whole: Lack, part: Lack) -> bool:
    return bool(part.topic) and part.topic.rstrip("。") in whole.text


def _merge(lack: Lack, merged: list[Lack]) -> None:
    """Join a lack to one already found that states the same."""
    for known in merged:
        same_topic = lack.topic and known.topic and says_the_same(wording(lack.topic), [wording(known.topic)])
        if same_topic:
            known.sources.extend(lack.sources)
            known.support.extend(lack.support)
            return
        if says_the_same(wording(lack.text), [wording(known.text)]):
            return
        # One may state as a whole what the other states as a part of it.
        holds, is_part = _tells(known, lack), _tells(lack, known)
        if is_part:
            known.support.extend(lack.sources + lack.support)
        if holds:
            known.sources.extend(lack.sources)
        if holds or is_part:
            return
    merged.append(lack)
