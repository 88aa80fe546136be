"""G: a typed sentence that nearly repeats a source, but for its state, its degree, a denial or who did what."""

from __future__ import annotations

from collections.abc import Iterator

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.checks.typed import Typed, typed_sentences
from nigao.report.model import Report
from nigao.text.directions import turned_directions
from nigao.text.fidelity import Change, state_changes
from nigao.text.figures import exchanged_figures, swapped_figures
from nigao.text.negation import turned_denials
from nigao.text.placeholders import has_own_placeholder
from nigao.text.subjects import exchanged_roles

# So much of the sentence's character pairs one source sentence must hold before its wording is compared.
_ALIKE = 0.7
_PLAN = "2025年工作总结\n计划年底前完成库房温湿度监控改造。查阅人可以凭身份证办理远程查档。"
_CHECK = "2025年工作总结\n库房安全专项抽查未发现重大隐患，查档平均等候时间比上年下降12分钟。"
_CHANGES = {
    Change.DONE: "材料说的是打算，本句写成了已做",
    Change.DUTY: "材料说“可以”“鼓励”，本句写成了“应当”“必须”",
    Change.LEAVE: "材料说“应当”“必须”，本句写成了“可以”“鼓励”",
    Change.MORE: "材料说的是部分或一定程度，本句写成了全部或很大程度",
    Change.OBEYED: "材料说的是要求或建议，本句写成了已做",
}


@rule(
    "G225",
    Severity.WARNING,
    "状态或程度与语料不符",
    why="“拟”写成“已”、“可以”写成非做不可、“部分”写成“全部”，事情就变了；语料中另有完成记载的不在此列。",
    authority=Authority.PRODUCT,
    bad=Example("年底前已完成库房温湿度监控改造。", approved=(_PLAN,)),
    good=Example("计划年底前完成库房温湿度监控改造。", approved=(_PLAN,)),
)
def changed_typed_state(report: Report, context: CheckContext) -> Iterator[Mark]:
    for typed, evidence in _alike(report, context):
        for changed in state_changes(typed.text, evidence):
            if changed.change in _CHANGES:
                yield _mark(typed, _CHANGES[changed.change], changed.start, changed.end, changed.old)


@rule(
    "G226",
    Severity.WARNING,
    "肯定与否定和语料相反",
    why="“未发现”写成“发现”，“办结”写成“未办结”，意思正好相反，宜对照原件核定。",
    authority=Authority.PRODUCT,
    bad=Example("库房安全专项抽查发现重大隐患。", approved=(_CHECK,)),
    good=Example("库房安全专项抽查未发现重大隐患。", approved=(_CHECK,)),
)
def turned_typed_denial(report: Report, context: CheckContext) -> Iterator[Mark]:
    for typed, evidence in _alike(report, context):
        for denial in turned_denials(typed.text, evidence):
            stated, denied = ("材料", "本句") if denial.added else ("本句", "材料")
            message = f"“{denial.word}”在{denied}中是否定的，在{stated}中是肯定的"
            yield _mark(typed, message, denial.start, denial.end, denial.old)


@rule(
    "G227",
    Severity.WARNING,
    "增减、施受或数字对调",
    why="词和数都对，升写成降、甲的数写给乙、谁对谁做的反了，说的就是另一件事。",
    authority=Authority.PRODUCT,
    bad=Example("查档平均等候时间比上年增加12分钟。", approved=(_CHECK,)),
    good=Example("查档平均等候时间比上年下降12分钟。", approved=(_CHECK,)),
)
def turned_typed_direction(report: Report, context: CheckContext) -> Iterator[Mark]:
    for typed, evidence in _alike(report, context):
        for turned in turned_directions(typed.text, evidence):
            message = f"“{turned.word}”与材料所说的方向相反"
            yield _mark(typed, message, turned.start, turned.end, turned.old)
        for start, end, old in exchanged_roles(typed.text, evidence):
            yield _mark(typed, "谁对谁做的，和材料正好相反", start, end, old)
        swapped = swapped_figures(typed.text, evidence) or exchanged_figures(typed.text, evidence)
        for figure in swapped:
            yield _mark(typed, f"“{figure.text}”在材料中说的是另一项", figure.start, figure.end, evidence)


def _alike(report: Report, context: CheckContext) -> Iterator[tuple[Typed, str]]:
    """Typed sentences that a source sentence nearly repeats, with those that do; equal ones have nothing to compare."""
    for typed in typed_sentences(report, context):
        if len(typed.text) < _SHORTEST or has_own_placeholder(typed.text):
            continue
        near = [text for _, text, _ in typed.nearest(_ALIKE)]
        if near and typed.text not in near:
            yield typed, "\n".join(near)


_SHORTEST = 8


def _mark(typed: Typed, message: str, start: int, end: int, old: str) -> Mark:
    return Mark(message, typed.sentence, start, end, suggestion="对照材料核定后更正", evidence=(old,))
