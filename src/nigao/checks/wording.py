"""G: a reworded sentence names, approves, denies and tells of nothing but what its evidence does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nigao.checks.context import CheckContext
from nigao.checks.faithful import Rewording, rewordings, unit_names
from nigao.checks.finding import Severity
from nigao.checks.grounding import own_evidence
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.report.brief import Brief
from nigao.report.model import Origin, Report, Sentence
from nigao.text.approvals import unrecorded_acts
from nigao.text.content import strange_clauses, support_share
from nigao.text.fidelity import mask_unit
from nigao.text.figures import swapped_figures
from nigao.text.names import Name, NameKind, unsupported_names
from nigao.text.negation import turned_denials
from nigao.text.placeholders import has_own_placeholder
from nigao.text.subjects import exchanged_roles

# Of 62 rewordings written by hand the freest keeps 0.77 of its telling character pairs; of 387 sentences of the sample
# corpus long enough to judge, set against a section of another document, 374 keep less than half.
LEAST_SUPPORT = 0.5


@rule(
    "G216",
    Severity.ERROR,
    "单位或人名没有依据",
    why="报告中的单位名称、姓名要出现在本句依据、拟稿要求或事实中；写错一个单位，责任就写到了别人头上。",
    authority=Authority.PRODUCT,
    bad=Example("会同市财政局核实资产。", cited="会同市档案局核实资产。"),
    good=Example("会同市档案局核实资产。", cited="会同市档案局核实资产。"),
)
def unsupported_name(report: Report, context: CheckContext) -> Iterator[Mark]:
    identity = _identity(context.brief, unit_names(report, context))
    for said in rewordings(report, context):
        for name in unsupported_names(said.text, f"{said.evidence}\n{identity}"):
            yield _nameless(said.sentence, name)
    if context.brief is None:
        return
    names = tuple(unit_names(report, context))
    for sentence in report.sentences():
        if sentence.origin not in (Origin.FACT, Origin.CONNECTIVE) or has_own_placeholder(sentence.text):
            continue
        text = mask_unit(sentence.text, names)
        for name in unsupported_names(text, f"{own_evidence(sentence, context)}\n{identity}"):
            yield _nameless(sentence, name)


def _identity(brief: Brief | None, names: list[str]) -> str:
    """The names that any sentence may use: the brief's own, and those in its facts and points."""
    if brief is None:
        return "\n".join(names)
    asked = brief.points
    features = [words for point in asked.features for words in (point.heading, *point.points)]
    told = [*asked.basics, *features, *asked.problems, *(measure.text for measure in asked.measures)]
    return "\n".join([brief.identity(), *(fact.told for fact in brief.facts), *told])


def _nameless(sentence: Sentence, name: Name) -> Mark:
    kind = "姓名" if name.kind is NameKind.PERSON else "单位名称"
    start = name.start - len(name.region)
    return Mark(
        f"{kind}“{name.region}{name.text}”在本句依据中找不到",
        sentence,
        start,
        name.end,
        suggestion="核对原文，改用原文中的名称，或删去",
        evidence=_quoted(sentence),
    )


@rule(
    "G217",
    Severity.ERROR,
    "批准、决定或荣誉没有依据",
    why="经谁批准、会议是否通过、得过什么表彰，都是要查证的事实；依据没有记载的，或者只说拟报批的，不能写成已有其事。",
    authority=Authority.PRODUCT,
    bad=Example("方案经党组会议审议通过后印发。", cited="制定档案移交方案。"),
    good=Example("制定档案移交方案。", cited="制定档案移交方案。"),
)
def unrecorded_act(report: Report, context: CheckContext) -> Iterator[Mark]:
    for said in rewordings(report, context):
        for act in unrecorded_acts(said.text, said.evidence):
            shown = said.sentence.text[act.start : act.end]
            fault = "依据只说待报批，没有说已经批准" if act.asked_for else "依据中没有记载"
            advice = "按原文写明所处的环节" if act.asked_for else "删去，或补充有此记载的材料"
            yield _mark(said, f"“{shown}”{fault}", act.start, act.end, advice)


@rule(
    "G218",
    Severity.ERROR,
    "肯定与否定和原文相反",
    why="“未发现”写成“发现”，“办结”写成“未办结”，意思正好相反。",
    authority=Authority.PRODUCT,
    bad=Example("抽查发现违规问题。", cited="抽查未发现违规问题。"),
    good=Example("抽查未发现违规问题。", cited="抽查未发现违规问题。"),
)
def turned_denial(report: Report, context: CheckContext) -> Iterator[Mark]:
    for said in rewordings(report, context):
        for denial in turned_denials(said.text, said.evidence):
            stated, denied = ("原文", "本句") if denial.added else ("本句", "原文")
            message = f"“{denial.word}”在{denied}中是否定的，在{stated}中是肯定的"
            yield _mark(said, message, denial.start, denial.end, "按原文更正", denial.old)


@rule(
    "G219",
    Severity.ERROR,
    "所说的内容不在依据中",
    why="引用了段落，说的却是段落里没有的事，等于没有依据。套话谁都能用，不算说到了一起。",
    authority=Authority.PRODUCT,
    bad=Example(
        "深入推进数字档案建设，馆藏结构得到优化。",
        cited="中心对新任科室负责人开展廉政谈话，逐人签订承诺书。",
    ),
    good=Example(
        "中心对新任科室负责人开展廉政谈话。",
        cited="中心对新任科室负责人开展廉政谈话，逐人签订承诺书。",
    ),
)
def not_about_this(report: Report, context: CheckContext) -> Iterator[Mark]:
    advice = "改引讲这件事的段落，或删去没有依据的内容"
    for said in rewordings(report, context):
        share = support_share(said.text, said.evidence)
        if share is not None and share < LEAST_SUPPORT:
            yield _mark(said, "这句话的内容大多不在所引段落中", 0, len(said.text), advice)
            continue
        for start, end in strange_clauses(said.text, said.evidence):
            yield _mark(said, "这半句话的内容不在所引段落中", start, end, advice)


@rule(
    "G222",
    Severity.WARNING,
    "施受或数字对调",
    why="词都对，位置换了，说的就是另一件事：甲检查乙写成乙检查甲，甲5次、乙13次写成甲13次、乙5次。",
    authority=Authority.PRODUCT,
    bad=Example("科室检查党组台账。", cited="党组检查科室台账。"),
    good=Example("党组检查科室台账。", cited="党组检查科室台账。"),
)
def changed_places(report: Report, context: CheckContext) -> Iterator[Mark]:
    for said in rewordings(report, context):
        for start, end, old in exchanged_roles(said.text, said.evidence):
            yield _mark(said, "谁对谁做的，和原文正好相反", start, end, "对照原文核定", old)
        for figure in swapped_figures(said.text, said.evidence):
            message = f"“{figure.text}”在原文中说的是另一项"
            mark = _mark(said, message, figure.start, figure.end, "核对每个数字说的是哪一项")
            yield replace(mark, severity=Severity.ERROR)


def _mark(said: Rewording, message: str, start: int, end: int, advice: str, old: str = "") -> Mark:
    """A mark with the evidence's clause where it is known, else with what is quoted."""
    evidence = (old.replace("\0", ""),) if old and "\0" not in old else _quoted(said.sentence)
    return Mark(message, said.sentence, start, end, suggestion=advice, evidence=evidence)


def _quoted(sentence: Sentence) -> tuple[str, ...]:
    return tuple(citation.quote for citation in sentence.citations if citation.quote)
