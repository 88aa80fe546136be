"""One turn as the handlers of commands see it: the report to work on, the office's means, and what comes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from nigao.chat.commands import Command
from nigao.chat.events import ChatEvent
from nigao.chat.state import SessionState
from nigao.checks.context import Evidence
from nigao.draft import Draft
from nigao.drafting.desk import Desk
from nigao.drafting.run import DraftRun, ModelChoice
from nigao.errors import EditError
from nigao.report.brief import Brief
from nigao.report.kinds import Kind, PartSpec
from nigao.report.model import Report
from nigao.report.places import Place, find_part, told
from nigao.retrieval.search import HybridSearch
from nigao.revising.keeper import ReportKeeper
from nigao.revising.planning import Change
from nigao.store import Store


@dataclass(frozen=True, slots=True)
class Office:
    """What a conversation works with. `folder` is where files named without one go, None where no files may be named;
    `start` drafts a new report; `allow` raises AccessError for a command that the person may not give.
    """

    store: Store
    reports: ReportKeeper
    search: HybridSearch
    kind: Callable[[str], Kind]
    evidence: Callable[[dt.date, Brief], Evidence]
    model: Callable[[], ModelChoice | None]
    start: Callable[[Brief, str], DraftRun[Draft]]
    folder: Path | None
    allow: Callable[[Command], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a command. `text` is told to the person. `report` is the changed report, None where nothing changed,
    and `brief` likewise; `planned` is a revision that the handler has planned itself. `focus` is what the turn was
    about. With `ask`, a yes carries the command out: `shown` stands for what was shown of it.
    """

    text: str
    report: Report | None = None
    brief: Brief | None = None
    reason: str = ""
    focus: Place | None = None
    planned: Change | None = None
    ask: bool = False
    shown: str = ""
    failed: bool = False


# A handler that has something to tell on the way yields it.
Handled = Generator[ChatEvent, None, Outcome]
Handler = Callable[["Turn", Any], Outcome | Handled]


@dataclass
class Turn:
    """`latest` is the report as it is, None before there is any; `given` the command where one was handed in instead of
    words; `confirmed` what a yes was said to.
    """

    office: Office
    state: SessionState
    author: str
    said: str
    latest: Draft | None
    given: Command | None = None
    confirmed: frozenset[str] = frozenset()
    cancel: list[Callable[[], None]] = field(default_factory=list)

    @property
    def revision(self) -> int:
        """The report's latest revision by its number."""
        return self.draft.revision

    @property
    def draft(self) -> Draft:
        """The report's latest revision. Raises EditError where the conversation has no report yet."""
        if self.latest is None:
            raise EditError(
                "还没有报告", where="会话", fix="先起草一份，如“起草 brief.yaml”，或用 nigao chat 报告编号 打开已有的"
            )
        return self.latest

    @cached_property
    def report(self) -> Report:
        """A copy of the report that the handler may change."""
        return self.draft.report.model_copy(deep=True)

    @cached_property
    def kind(self) -> Kind:
        """The report's kind."""
        return self.office.kind(self.draft.report.kind)

    @cached_property
    def today(self) -> dt.date:
        """The day of the turn."""
        return dt.date.today()

    def desk(self) -> Desk:
        """An empty desk for the report's brief."""
        return Desk(brief=self.draft.brief, kind=self.kind, corpus=self.office.search, on=self.today)

    def evidence(self) -> Evidence:
        """The corpus as the checks see it."""
        return self.office.evidence(self.today, self.draft.brief)

    def spec(self, place: Place) -> PartSpec:
        """What the kind says of the part at a place. Raises EditError for a part that the kind does not know."""
        find_part(self.report, place)
        spec = self.kind.part(place.part)
        if spec is None:
            raise EditError("这一部分不在文种的结构之中，不能从语料补写", where=told(self.report, place.whole))
        return spec

    def file(self, name: str) -> Path:
        """A file that the person names. Raises EditError where a conversation reaches no files."""
        if self.office.folder is None:
            raise EditError("这里的对话不读写文件", where=name, fix="用页面上的按钮或接口起草、导出")
        return self.office.folder / name

    def told(self, place: Place) -> str:
        """The place in words."""
        return told(self.report, place)

    def agreed(self, shown: str) -> bool:
        """Whether the person has said yes to exactly this."""
        return shown in self.confirmed
