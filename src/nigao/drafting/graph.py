"""Drafting as one LangGraph graph: outline → write → verify ⇄ repair. The writer is the replaceable node."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypedDict

from nigao.checks.context import CheckContext, Evidence
from nigao.checks.finding import Finding, Severity
from nigao.checks.registry import Mark, Rule, locate, run_marks
from nigao.drafting.composer import Writer, frame
from nigao.drafting.desk import Desk
from nigao.drafting.outline import PartPlan, plan_report
from nigao.report.model import Origin, Report, Sentence
from nigao.text.placeholders import placeholder

# A repaired sentence is a blank, which carries nothing checkable: one round settles it, the second proves it.
_ROUNDS = 2


class DraftState(TypedDict, total=False):
    """What passes between the nodes."""

    plans: list[PartPlan]
    report: Report
    findings: list[Finding]
    faults: list[Sentence]
    rounds: int


def draft_report(
    desk: Desk,
    writer: Writer,
    evidence: Evidence | None,
    *,
    only: str = "",
    on_part: Callable[[str], None] | None = None,
) -> tuple[Report, list[Finding]]:
    """Draft and check a report. `only` limits it to one part (and the parts that it answers); `on_part` hears each
    part's key as it is begun.
    """
    from langsmith import tracing_context

    graph = build_graph(desk, writer, evidence, only=only, on_part=on_part)
    # An office's documents go to no tracing service, whatever the environment says.
    with tracing_context(enabled=False):
        state = graph.invoke({})
    return state["report"], state["findings"]


def build_graph(
    desk: Desk,
    writer: Writer,
    evidence: Evidence | None,
    *,
    only: str = "",
    on_part: Callable[[str], None] | None = None,
) -> Any:
    """The compiled graph over `DraftState`; invoke it with an empty state."""
    from langgraph.graph import END, START, StateGraph

    context = CheckContext(kind=desk.kind, on=desk.on, brief=desk.brief, evidence=evidence)

    def outline(state: DraftState) -> DraftState:
        return {"plans": plan_report(desk.brief, desk.kind, only), "report": frame(desk.brief, desk.kind), "rounds": 0}

    def write(state: DraftState) -> DraftState:
        report = state["report"]
        for plan in state["plans"]:
            if on_part is not None:
                on_part(plan.spec.key)
            report.parts.append(writer.write(plan, desk, report))
        return {"report": report}

    def verify(state: DraftState) -> DraftState:
        marks = run_marks(state["report"], context)
        return {"findings": locate(state["report"], marks), "faults": _faults(marks)}

    def repair(state: DraftState) -> DraftState:
        _blank_out(state["faults"])
        return {"rounds": state["rounds"] + 1}

    def settled(state: DraftState) -> str:
        return "repair" if state["faults"] and state["rounds"] < _ROUNDS else "done"

    graph = StateGraph(DraftState)
    for node in (outline, write, verify, repair):
        graph.add_node(node.__name__, node)
    graph.add_edge(START, "outline")
    graph.add_edge("outline", "write")
    graph.add_edge("write", "verify")
    graph.add_conditional_edges("verify", settled, {"repair": "repair", "done": END})
    graph.add_edge("repair", "verify")
    return graph.compile()


def _blank_out(faults: list[Sentence]) -> None:
    """Put a visible blank where a sentence says what its evidence does not."""
    for fault in faults:
        fault.text = f"{placeholder('此处内容与依据不符，请核实后补写')}。"
        fault.origin, fault.citations, fault.facts = Origin.CONNECTIVE, [], []


def _faults(marks: list[tuple[Rule, Mark]]) -> list[Sentence]:
    """The sentences with a grounding error: what they say is not in their evidence, so it is not said."""
    return [
        mark.sentence
        for rule, mark in marks
        if rule.code.startswith("G")
        and (mark.severity or rule.severity) is Severity.ERROR
        and mark.sentence is not None
    ]
