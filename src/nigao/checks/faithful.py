"""G: a drafted sentence says what its quotation says: the unit's own doings, in its words, state and degree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.grounding import own_evidence
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.corpus.model import Document
from nigao.report.kinds import Content, Kind, Layout
from nigao.report.model import Citation, Origin, Part, Report, Sentence
from nigao.text.content import Word, added_words
from nigao.text.dates import find_dates
from nigao.text.fidelity import Change, mask_unit, repeats, repeats_whole, state_changes
from nigao.text.figures import reordered_figures
from nigao.text.placeholders import has_own_placeholder


@rule(
    "G211",
    Severity.ERROR,
    "把其他单位的做法写成本单位的",
    why="成效和做法部分只写本单位做的事；引用其他单位的材料而不点明本单位，等于张冠李戴。",
    authority=Authority.PRODUCT,
    bad=Example("引用县农业农村局的总结，写成“全年开展中心组学习16次”"),
    good=Example("引用本单位材料，或引用上级材料中写明本单位的句子"),
)
def another_units_doing(report: Report, context: CheckContext) -> Iterator[Mark]:
    if context.evidence is None or context.unit is None:
        return
    for part in report.parts:
        spec = context.kind.part(part.key)
        if spec is None or spec.content is not Content.DOINGS:
            continue
        for sentence in part.walk():
            for citation in sentence.citations if sentence.origin is Origin.SOURCE else ():
                document = context.evidence.document(citation.document_id)
                if document is not None and not _is_ours(sentence, citation, document, context):
                    yield Mark(
                        f"引用的《{document.title}》由{document.issuer}制发，说的不是本单位的做法",
                        sentence,
                        suggestion="改引本单位的材料，或删去这句话",
                        evidence=(citation.quote,) if citation.quote else (),
                    )


def _is_ours(sentence: Sentence, citation: Citation, document: Document, context: CheckContext) -> bool:
    """Whether the document is the unit's own or about it, or what is said there names the unit. The name must stand in
    the quotation: another unit's 我局 may have been rewritten as ours.
    """
    unit = context.unit
    assert unit is not None
    named = unit.named_in(sentence.text) and unit.named_in(citation.quote or sentence.text)
    return named or unit.owns(document.issuer) or unit.named_in(document.title)


@rule(
    "G212",
    Severity.WARNING,
    "与所引原文不一致",
    why="材料句宜用原文的话；改写时添上的词没有依据，意思可能走样，须对照原文核定。用词都见于原文的改写只作说明。",
    authority=Authority.PRODUCT,
    bad=Example("群众满意度大幅提升。", cited="群众满意度有所提升。"),
    good=Example("群众满意度有所提升。", cited="群众满意度有所提升。"),
)
def reworded(report: Report, context: CheckContext) -> Iterator[Mark]:
    names = tuple(unit_names(report, context))
    for sentence in quoting(report, context):
        quotes = _quotes(sentence, context)
        if not quotes or repeats(sentence.text, quotes, names, _years(sentence, context)):
            continue
        evidence = own_evidence(sentence, context)
        yield _added(sentence, evidence, quotes, names) or _reordered(sentence, evidence, quotes)


def _added(sentence: Sentence, evidence: str, quotes: list[str], names: tuple[str, ...]) -> Mark | None:
    """The words that the sentence adds to its evidence, marked from the first to the last of them."""
    words = added_words(mask_unit(sentence.text, names), evidence)
    if not words:
        return None
    stretches = [words[0]]
    for word in words[1:]:
        last = stretches[-1]
        if word.start == last.end:
            stretches[-1] = Word(last.start, word.end, last.text + word.text)
        else:
            stretches.append(word)
    listed = "".join(f"“{text}”" for text in dict.fromkeys(word.text for word in stretches))
    return Mark(
        f"所引原文中没有{listed}",
        sentence,
        stretches[0].start,
        stretches[-1].end,
        suggestion=f"删去{listed}，或改用原文的说法",
        evidence=tuple(quotes),
    )


def _reordered(sentence: Sentence, evidence: str, quotes: list[str]) -> Mark:
    """A note where the sentence only puts its evidence's words again, a warning where its figures change places."""
    moved = reordered_figures(sentence.text, evidence)
    if moved:
        figures = "、".join(f"“{term.text}”" for term in moved)
        return Mark(
            f"已改写，{figures}的先后与所引原文不同",
            sentence,
            moved[0].start,
            moved[-1].end,
            suggestion="核对每个数字说的是哪一项",
            evidence=tuple(quotes),
        )
    advice = "对照原文核定后即可保留"
    message = "已改写，用词均见于原文"
    return Mark(message, sentence, suggestion=advice, evidence=tuple(quotes), severity=Severity.INFO)


@rule(
    "G213",
    Severity.ERROR,
    "状态或程度与原文不符",
    why="打算做的不能写成已经做的，可以做的不能写成一定要做的，部分、基本、有所不能写成全部、全面、大幅。",
    authority=Authority.PRODUCT,
    bad=Example("已完成档案库房改造。", cited="计划完成档案库房改造。"),
    good=Example("计划完成档案库房改造。", cited="计划完成档案库房改造。"),
)
def changed_state(report: Report, context: CheckContext) -> Iterator[Mark]:
    for said in rewordings(report, context):
        for changed in state_changes(
            said.text, said.evidence, telling_doings=said.tells_doings, intended=said.intended
        ):
            severity = Severity.WARNING if changed.change in _FOR_A_PERSON else None
            yield Mark(
                _CHANGES[changed.change],
                said.sentence,
                changed.start,
                changed.end,
                suggestion="按原文更正",
                evidence=tuple(c.quote for c in said.sentence.citations if c.quote) or (changed.old,),
                severity=severity,
            )


_CHANGES = {
    Change.DONE: "原文说的是打算，本句写成了已做",
    Change.UNPLANNED: "原文说的是打算，本句漏了“拟”“计划”一类的词，写成了已做",
    Change.AHEAD: "原文这半句承接前面的打算，本句读来像已做",
    Change.OBEYED: "原文说的是要求或建议，本句写成了已做",
    Change.UNRULED: "原文说的是要求或建议，本句写成了实际做法",
    Change.DUTY: "原文说“可以”“鼓励”，本句写成了“应当”“必须”",
    Change.LEAVE: "原文说“应当”“必须”，本句写成了“可以”“鼓励”",
    Change.MORE: "原文说的是部分或一定程度，本句写成了全部或很大程度",
    Change.UNLIMITED: "原文有“部分”“基本”“有所”一类的限定，本句去掉了",
}
# Condensing may leave these out rightly; a person judges.
_FOR_A_PERSON = (Change.AHEAD, Change.UNRULED, Change.UNLIMITED)


@dataclass(frozen=True, slots=True)
class Rewording:
    """A sentence that is not, whole sentence by whole sentence, its sources' wording.

    In `text` and `evidence` the unit's names and its first person are blanked out, every other character in its place;
    `tells_doings` where the part tells what is and what was done; `intended` where the part, or every source by its
    heading or title, tells what is to be done.
    """

    sentence: Sentence
    text: str
    evidence: str
    tells_doings: bool
    intended: bool


# Where a document tells what it means to do; 整改措施落实情况 tells what was done.
_INTENTIONS = re.compile(
    "下一步|下步|打算|今后|努力方向|整改(?:方向|措施|要求)|改进措施|工作(?:计划|要点|安排)|年度?计划"
)
_DONE_SINCE = re.compile("落实|完成|成效|进展|情况")


def rewordings(report: Report, context: CheckContext) -> Iterator[Rewording]:
    """The sentences that the rules on wording look at, each with its own evidence (`grounding.own_evidence`)."""
    names = tuple(filter(None, unit_names(report, context)))
    contents = {id(sentence): part.key for part in report.parts for sentence in part.walk()}
    for sentence in quoting(report, context):
        # The quotation itself first: it is at hand, and a draft without a model says hardly anything else.
        if any(c.quote and repeats_whole(sentence.text, c.quote, names) for c in sentence.citations):
            continue
        evidence = own_evidence(sentence, context)
        if not evidence.strip() or repeats_whole(sentence.text, evidence, names):
            continue
        spec = context.kind.part(contents.get(id(sentence), ""))
        tells = spec is not None and spec.content in (Content.DOINGS, Content.FACTS)
        intended = (spec is not None and spec.content is Content.REMEDIES) or _tells_intentions(sentence, context)
        yield Rewording(sentence, mask_unit(sentence.text, names), mask_unit(evidence, names), tells, intended)


def _tells_intentions(sentence: Sentence, context: CheckContext) -> bool:
    """Whether everything that the sentence cites stands under 下一步措施 and the like, or in a plan."""
    headings = []
    for citation in sentence.citations:
        passage = context.evidence.passage(citation.passage_id) if context.evidence is not None else None
        headings.append(f"{passage.heading if passage is not None else ''}\n{citation.title}")
    return bool(headings) and all(_INTENTIONS.search(h) and not _DONE_SINCE.search(h) for h in headings)


def quoting(report: Report, context: CheckContext) -> Iterator[Sentence]:
    """The sentences that rest on sources, but for blanks and for headings made from the kind's own pattern."""
    patterned = {id(heading) for part in report.parts for heading in _patterned(part, context.kind)}
    for sentence in report.sentences():
        quoting = sentence.origin is Origin.SOURCE and id(sentence) not in patterned
        if quoting and not has_own_placeholder(sentence.text):
            yield sentence


def _patterned(part: Part, kind: Kind) -> Iterator[Sentence]:
    spec = kind.part(part.key)
    if spec is None or spec.layout is not Layout.SUBSECTIONS:
        return
    forms = [heading_pattern(theme.heading) for theme in kind.themes]
    for item in part.items:
        if item.heading is not None and any(form.fullmatch(item.heading.text) for form in forms):
            yield item.heading


def heading_pattern(template: str) -> re.Pattern[str]:
    """What a theme's heading looks like once its `{term}` is filled in."""
    before, _, after = template.partition("{term}")
    return re.compile(f"{re.escape(before)}[^“”，。]{{1,20}}{re.escape(after)}")


def _quotes(sentence: Sentence, context: CheckContext) -> list[str]:
    """What is quoted; a citation without a quotation offers its whole passage."""
    quotes = [citation.quote for citation in sentence.citations if citation.quote]
    if quotes or context.evidence is None:
        return quotes
    passages = [context.evidence.passage(citation.passage_id) for citation in sentence.citations]
    return [passage.text for passage in passages if passage is not None]


def _years(sentence: Sentence, context: CheckContext) -> list[int]:
    """The years that the quoted documents' titles name: which year their 全年 is."""
    documents = [context.evidence.document(c.document_id) for c in sentence.citations] if context.evidence else []
    titles = [citation.title for citation in sentence.citations] + [d.title for d in documents if d is not None]
    return list(dict.fromkeys(year for title in titles for year in _years_named(title)))


@lru_cache(maxsize=1024)
def _years_named(title: str) -> tuple[int, ...]:
    return tuple(date.year for date in find_dates(title) if date.year is not None)


def unit_names(report: Report, context: CheckContext) -> list[str]:
    """Under which names the unit may stand: the brief's, else the report's own, with the short one it introduces."""
    if context.brief is not None:
        return [context.brief.unit.full, context.brief.unit.short]
    opening = "".join(sentence.text for sentence in report.opening)
    return [report.unit, *re.findall("以下(?:简称|称)“([^”]{2,20})”", opening)]
