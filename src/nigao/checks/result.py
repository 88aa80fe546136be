"""What `nigao check --json` prints: the report as the parser saw it, and the findings (DESIGN §6)."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from nigao.checks.finding import Finding, Summary
from nigao.checks.waiving import Waived
from nigao.report.model import Item, Part, Report
from nigao.report.waivers import Waiver


class _Result(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ItemView(_Result):
    """One item: its ordinal and heading as written, `text` the words below the heading, `addresses` the problems that
    a measure answers (recorded, or inferred from wording).
    """

    ordinal: str
    heading: str
    text: str
    addresses: list[int] = Field(default_factory=list)


class PartView(_Result):
    """One part: `key` of the kind or `other`; `text` is what stands before the first item."""

    key: str
    ordinal: str
    heading: str
    text: str
    items: list[ItemView]


class CheckResult(_Result):
    """The whole result; findings in reading order. `waived` are those that an editor let stand by a waiver in the
    report; `idle_waivers` waived nothing.
    """

    kind: str
    title: str
    parts: list[PartView]
    findings: list[Finding]
    summary: Summary
    waived: list[Waived] = Field(default_factory=list)
    idle_waivers: list[Waiver] = Field(default_factory=list)

    @classmethod
    def of(
        cls, report: Report, findings: list[Finding], waived: Sequence[Waived] = (), idle: Sequence[Waiver] = ()
    ) -> CheckResult:
        """The view of a checked report."""
        return cls(
            kind=report.kind,
            title="".join(report.title.text.split("\n")) if report.title else "",
            parts=[_part(part) for part in report.parts],
            findings=findings,
            summary=Summary.of(findings),
            waived=list(waived),
            idle_waivers=list(idle),
        )


def _part(part: Part) -> PartView:
    text = "".join(sentence.text for sentence in part.lead)
    return PartView(
        key=part.key,
        ordinal=part.ordinal,
        heading=part.heading.text,
        text=text,
        items=[_item(item) for item in part.items],
    )


def _item(item: Item) -> ItemView:
    heading = item.heading.text if item.heading else ""
    below = item.model_copy(update={"heading": None})
    return ItemView(ordinal=item.ordinal, heading=heading, text=below_text(below), addresses=item.addresses)


def below_text(item: Item) -> str:
    """The item's words in reading order, sub-items with their ordinals."""
    head = item.heading.text if item.heading else ""
    return head + "".join(s.text for s in item.sentences) + "".join(i.ordinal + below_text(i) for i in item.items)
