"""P: blanks and template residue left in the text, each with what would fill it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from weakref import WeakKeyDictionary

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.checks.reporttext import ReportText
from nigao.checks.structure import expected_facts
from nigao.report.filling import fitting, known_fact, wanted_fact
from nigao.report.model import Report, Sentence
from nigao.text.placeholders import find_placeholders, wanted
from nigao.text.residue import Left, Residue, find_residue
from nigao.text.spans import Span

# A text with more blanks than this is a form; looking each up in the corpus would only delay its reader.
_MOST_LOOKED_UP = 20


# The sentences in which something is left behind; most reports have none, and six rules ask.
_SUSPECT: WeakKeyDictionary[ReportText, list[Sentence]] = WeakKeyDictionary()


def _sentences(report: Report, context: CheckContext) -> list[Sentence]:
    view = context.seen(report)
    if view not in _SUSPECT:
        axes = _axes(view.told)
        _SUSPECT[view] = [
            sentence
            for sentence in view.told
            if id(sentence) not in axes and (find_placeholders(sentence.text) or find_residue(sentence.text))
        ]
    return _SUSPECT[view]


@rule(
    "P301",
    Severity.WARNING,
    "待补内容尚未补齐",
    why="语料和拟稿要求都没有提供的内容以【待补：…】标出，签发前逐一补齐。",
    authority=Authority.PRODUCT,
    bad=Example("核定编制【待补：编制数】。"),
    good=Example("核定编制28名。"),
)
def own_placeholder(report: Report, context: CheckContext) -> Iterator[Mark]:
    for sentence in _sentences(report, context):
        for blank in find_placeholders(sentence.text):
            what = wanted(blank.text)
            if what:
                fill = _filling(sentence.text, blank.start, blank.end, context, look_up=False)
                advice = fill or "补充经批准的材料或事实后重新拟稿"
                yield Mark(f"待补：{what}", sentence, blank.start, blank.end, suggestion=advice)


@rule(
    "P302",
    Severity.ERROR,
    "留有空白或模板痕迹",
    why="X、XXX、××、{{}}、“某”一类的空白没有填写，正式报告不能带着它们印发。",
    authority=Authority.PRACTICE,
    bad=Example("核定编制XX名，由某局负责。"),
    good=Example("核定编制28名，由市档案局负责，设有X射线安检设备1台。"),
)
def residue(report: Report, context: CheckContext) -> Iterator[Mark]:
    looked_up = 0
    view = context.seen(report)
    for sentence in _sentences(report, context):
        for blank in find_placeholders(sentence.text):
            if wanted(blank.text):
                continue
            looked_up += 1
            spec = context.kind.part(view.part_of(sentence))
            whole = len(sentence.text.strip("。；， ")) <= len(blank.text) + 2
            advice = expected_facts(spec) if spec is not None and whole else ""
            if not advice:
                look_up = looked_up <= _MOST_LOOKED_UP
                advice = _filling(sentence.text, blank.start, blank.end, context, look_up=look_up)
            message = f"“{blank.text}”是没有填写的空白"
            yield Mark(message, sentence, blank.start, blank.end, suggestion=advice or "填写实际内容")


def _axes(sentences: list[Sentence]) -> set[int]:
    """The lines X and Y that head the columns of a table of coordinates."""
    pairs = {("X", "Y"), ("x", "y")}
    return {id(one) for one, other in pairwise(sentences) if (one.text, other.text) in pairs}


def _filling(text: str, start: int, end: int, context: CheckContext, *, look_up: bool) -> str:
    """What to fill in, as advice: a fact of the brief, wording of the brief or the corpus, or the name of the fact."""
    spec = wanted_fact(text, start, end, context.kind)
    fact = known_fact(spec, context.brief) if spec is not None else None
    if fact is not None:
        stated = "，".join(filter(None, (f"截至{fact.as_of}" if fact.as_of else "", fact.source)))
        return f"填写{fact.name}：{fact.written}" + (f"（{stated}）" if stated else "")
    brief = context.brief
    if brief is not None:
        told = "\n".join([brief.identity(), *(line.told for line in brief.facts)])
        if found := fitting(text, start, end, told):
            return f"拟稿要求中为“{found}”"
    if look_up and (found := _from_corpus(text, start, end, context)):
        return found
    return f"填写{spec.name}" if spec is not None else ""


def _from_corpus(text: str, start: int, end: int, context: CheckContext) -> str:
    if context.evidence is None:
        return ""
    for passage in context.evidence.related(text):
        found = fitting(text, start, end, passage.text)
        document = context.evidence.document(passage.document_id) if found else None
        if document is not None and not document.why_not_evidence(context.on):
            return f"批准的文件中为“{found}”（《{document.title}》{passage.locator}）"
    return ""


def _left(report: Report, context: CheckContext, *kinds: Residue) -> Iterator[tuple[Sentence, Left]]:
    for sentence in _sentences(report, context):
        blanks = find_placeholders(sentence.text)
        for left in find_residue(sentence.text):
            if left.kind in kinds and not any(_overlap(left, blank) for blank in blanks):
                yield sentence, left


def _overlap(left: Left, blank: Span) -> bool:
    return left.start < blank.end and blank.start < left.end


@rule(
    "P303",
    Severity.ERROR,
    "引号、书名号或括号里是空的",
    why="引号、书名号、括号里没有文字，是留着要填而没有填的空。",
    authority=Authority.PRACTICE,
    bad=Example("印发《》，落实“”工作思路。"),
    good=Example("印发《学习计划》，落实“学用结合”工作思路。"),
)
def empty_marks(report: Report, context: CheckContext) -> Iterator[Mark]:
    for sentence, left in _left(report, context, Residue.EMPTY):
        inside = left.start + 1
        fill = _filling(sentence.text, inside, left.end - 1, context, look_up=True)
        advice = fill or "填写内容，或删去空的标点"
        yield Mark(f"“{left.text}”里没有内容", sentence, left.start, left.end, suggestion=advice)


@rule(
    "P304",
    Severity.ERROR,
    "模板的填写提示没有替换",
    why="［单位名称］、<日期>、（姓名）一类的填写提示来自模板，印发前要换成实际内容。",
    authority=Authority.PRACTICE,
    bad=Example("［单位名称］核定编制28名，主要负责人为<姓名>。"),
    good=Example("市档案中心核定编制28名，有关部门（单位）予以配合。"),
)
def template_label(report: Report, context: CheckContext) -> Iterator[Mark]:
    for sentence, left in _left(report, context, Residue.LABEL):
        yield Mark(
            f"“{left.text}”是模板的填写提示",
            sentence,
            left.start,
            left.end,
            suggestion=_named_in_brief(left.wanted, context) or f"换成实际的{left.wanted}",
        )


def _named_in_brief(what: str, context: CheckContext) -> str:
    brief = context.brief
    if brief is None:
        return ""
    if what.startswith(("单位", "部门", "机构")):
        return f"换成“{brief.unit.short if what.endswith('简称') and brief.unit.short else brief.unit.full}”"
    fact = brief.fact(what)
    return f"换成“{fact.written}”" if fact is not None else ""


@rule(
    "P305",
    Severity.ERROR,
    "日期没有填全",
    why="年、月、日之间只有空格，是留着要填而没有填的日期。",
    authority=Authority.PRACTICE,
    bad=Example("截至2025年 月 日，核定编制28名。"),
    good=Example("截至2025年11月30日，核定编制28名。"),
)
def unfinished_date(report: Report, context: CheckContext) -> Iterator[Mark]:
    day = context.brief.date if context.brief is not None else None
    for sentence, left in _left(report, context, Residue.DATE):
        closing = sentence is report.date and day is not None
        advice = f"拟稿要求中的成文日期为{day.year}年{day.month}月{day.day}日" if closing and day else "填写实际日期"
        yield Mark(f"“{left.text}”没有填全", sentence, left.start, left.end, suggestion=advice)


@rule(
    "P306",
    Severity.WARNING,
    "留有待定待核的字样",
    why="待定、待核实、？？和写给自己或同事的提示，是没有办完的事，定稿前要办结并删去。",
    authority=Authority.PRACTICE,
    bad=Example("全年开展谈心谈话次数待核实，（请人事科补充数据）。"),
    good=Example("全年开展谈心谈话36次，待核实的线索2件正在办理。"),
)
def pending_mark(report: Report, context: CheckContext) -> Iterator[Mark]:
    for sentence, left in _left(report, context, Residue.PENDING, Residue.NOTE):
        fill = _filling(sentence.text, left.start, left.end, context, look_up=False)
        advice = fill or "办结后删去这几个字"
        yield Mark(f"“{left.text}”还没有落实", sentence, left.start, left.end, suggestion=advice)


@rule(
    "P307",
    Severity.WARNING,
    "数字像是占位用的",
    why="00、12345、11111 一类的数字多是先占个位置，定稿前要换成真实数字。",
    authority=Authority.PRACTICE,
    bad=Example("共有党员00名，全年受理诉求12345件。"),
    good=Example("共有党员19名，全年通过12345热线受理诉求1200件。"),
)
def dummy_value(report: Report, context: CheckContext) -> Iterator[Mark]:
    for sentence, left in _left(report, context, Residue.DUMMY):
        fill = _filling(sentence.text, left.start, left.end, context, look_up=False)
        yield Mark(
            f"“{left.text}”像是占位的数字", sentence, left.start, left.end, suggestion=fill or "换成真实的数字或文字"
        )
