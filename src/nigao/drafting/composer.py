"""The offline writer: selects and joins approved sentences, part by part; no model, same input same output."""

from __future__ import annotations

from typing import Protocol

from nigao.drafting.basics import write_basics
from nigao.drafting.desk import Desk
from nigao.drafting.features import write_features
from nigao.drafting.measures import write_measures
from nigao.drafting.outline import PartPlan
from nigao.drafting.problems import write_problems
from nigao.drafting.wording import connective, fill
from nigao.report.brief import Brief
from nigao.report.kinds import Content, Kind
from nigao.report.model import Origin, Part, Report, Sentence
from nigao.text.ordinals import OrdinalForm, format_ordinal


class Writer(Protocol):
    """Writes one part. The graph's writer node calls it for each part in order; a model can take its place."""

    def write(self, plan: PartPlan, desk: Desk, report: Report) -> Part:
        """The part as planned; `report` holds the parts already written."""
        ...


class OfflineComposer:
    """The default writer (DESIGN §3a)."""

    def write(self, plan: PartPlan, desk: Desk, report: Report) -> Part:
        """The part, every sentence with its origin."""
        part = empty_part(plan, desk.kind)
        match plan.spec.content:
            case Content.FACTS:
                write_basics(plan, desk, part)
            case Content.DOINGS:
                write_features(plan, desk, part)
            case Content.LACKS:
                write_problems(plan, desk, part)
            case Content.REMEDIES:
                write_measures(plan, desk, part, report.part(plan.spec.answers))
        return part


def empty_part(plan: PartPlan, kind: Kind) -> Part:
    """The part with its ordinal and heading only."""
    number = kind.parts.index(plan.spec) + 1
    heading = Sentence(text=plan.spec.heading, origin=Origin.CONNECTIVE)
    return Part(key=plan.spec.key, ordinal=format_ordinal(OrdinalForm.CHAPTER, number), heading=heading)


def frame(brief: Brief, kind: Kind) -> Report:
    """The report around its parts: title, 主送机关, opening, 署名, 成文日期 and annexes, from the brief alone."""
    report = Report(kind=kind.key, unit=brief.unit.full, as_of=brief.date)
    report.title = connective(fill(kind.title, brief, unit=brief.unit.full), brief)
    if brief.recipient:
        report.recipient = connective(f"{brief.recipient.rstrip('：:')}：", brief)
    template = kind.opening if brief.asked_by else kind.opening_unasked
    report.opening = [connective(fill(template, brief), brief)]
    if brief.date is not None:
        report.signature = connective(brief.unit.full, brief)
        report.date = connective(f"{brief.date.year}年{brief.date.month}月{brief.date.day}日", brief)
    report.annexes = [attachment.annex() for attachment in brief.attachments]
    return report
