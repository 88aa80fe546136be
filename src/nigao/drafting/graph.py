"""Drafting as one LangGraph graph: outline → write → (reword) → verify ⇄ repair.

The writer lays the report out; with a model, the rewording puts it into the model's words.
"""

from __future__ import annotations

from typing import Any, TypedDict

from nigao.checks.context import CheckContext, Evidence
from nigao.checks.finding import Finding, Severity
from nigao.checks.registry import Mark, Rule
from nigao.checks.running import locate, run_marks
from nigao.drafting.composer import Writer, frame
from nigao.drafting.desk import Desk
from nigao.drafting.events import Emit, PartEvent, part_events
from nigao.drafting.outline import PartPlan, plan_report
from nigao.drafting.rewording.engine import Rewording
from nigao.report.model import Origin, Repair, Report, Sentence
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
    desk: Desk, writer: Writer, evidence: Evidence | None, *, only: str = "", emit: Emit | None = None
) -> tuple[Report, list[Finding]]:
    """Draft and check a report offline. `only` limits it to one part (and the parts that it answers)."""
    from langsmith import tracing_context

    graph = build_graph(desk, writer, evidence, only=only, emit=emit)
    # An office's documents go to no tracing service, whatever the environment says.
    with tracing_context(enabled=False):
        state = graph.invoke({})
    return state["report"], state["findings"]


async def reword_report(
    desk: Desk, writer: Writer, evidence: Evidence | None, rewording: Rewording, *, only: str = ""
) -> tuple[Report, list[Finding]]:
    """Draft a report, have the model word it, and check it; what `rewording` has settled when it is stopped stays."""
    from langsmith import tracing_context

    graph = build_graph(desk, writer, evidence, only=only, emit=rewording.emit, rewording=rewording)
    with tracing_context(enabled=False):
        state = await graph.ainvoke({})
    return state["report"], state["findings"]


def build_graph(
    desk: Desk,
    writer: Writer,
    evidence: Evidence | None,
    *,
    only: str = "",
    emit: Emit | None = None,
    rewording: Rewording | None = None,
) -> Any:
    """The compiled graph over `DraftState`; invoke it with an empty state, asynchronously where it has a rewording."""
    from langgraph.graph import END, START, StateGraph

    context = CheckContext(kind=desk.kind, on=desk.on, brief=desk.brief, evidence=evidence)

    tell: Emit = emit or (lambda event: None)

    def outline(state: DraftState) -> DraftState:
        return {"plans": plan_report(desk.brief, desk.kind, only), "report": frame(desk.brief, desk.kind), "rounds": 0}

    def write(state: DraftState) -> DraftState:
        report = state["report"]
        for plan in state["plans"]:
            tell(PartEvent(part=plan.spec.key, heading=plan.spec.heading, state="begun"))
            part = writer.write(plan, desk, report)
            report.parts.append(part)
            for event in part_events(part):
                tell(event)
            if rewording is None:
                tell(PartEvent(part=part.key, heading=plan.spec.heading, state="finished"))
        return {"report": report}

    async def reword(state: DraftState) -> DraftState:
        if rewording is not None:
            await rewording.reword(state["report"], desk, context)
        return {}

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
    if rewording is None:
        graph.add_edge("write", "verify")
    else:
        graph.add_node("reword", reword)
        graph.add_edge("write", "reword")
        graph.add_edge("reword", "verify")
    graph.add_conditional_edges("verify", settled, {"repair": "repair", "done": END})
    graph.add_edge("repair", "verify")
    return graph.compile()


def _blank_out(faults: list[Sentence]) -> None:
    """Put a visible blank where a sentence says what its evidence does not."""
    for fault in faults:
        fault.text = f"{placeholder('此处内容与依据不符，请核实后补写')}。"
        fault.origin, fault.citations, fault.facts = Origin.CONNECTIVE, [], []
        fault.worded_by, fault.repair = "", Repair.BLANKED


def _faults(marks: list[tuple[Rule, Mark]]) -> list[Sentence]:
    """The sentences with a grounding error: what they say is not in their evidence, so it is not said."""
    return [
        mark.sentence
        for rule, mark in marks
        if rule.code.startswith("G")
        and (mark.severity or rule.severity) is Severity.ERROR
        and mark.sentence is not None
    ]
