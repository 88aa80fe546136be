"""One draft from brief to stored revision: composed, worded by a model where there is one, checked, kept."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nigao.checks.context import Evidence
from nigao.checks.finding import Finding
from nigao.draft import Draft
from nigao.drafting.composer import Writer
from nigao.drafting.desk import Desk
from nigao.drafting.events import DoneEvent, Emit, FindingEvent
from nigao.drafting.graph import draft_report
from nigao.drafting.record import DraftRecord
from nigao.drafting.run import ModelChoice, draft_with_model
from nigao.modelsettings import ModelSettings
from nigao.report.model import Report
from nigao.store import Store

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


@dataclass(frozen=True, slots=True)
class DraftJob:
    """What a `DraftRun` produces a draft with. `only` limits it to a part; without `choice` no model is asked; `job` is
    the stored job that it is made for, if any.
    """

    store: Store
    desk: Desk
    writer: Writer
    evidence: Evidence
    choice: ModelChoice | None
    only: str
    author: str
    ai_label: bool
    job: str = ""

    async def __call__(self, emit: Emit, stop: asyncio.Event) -> Draft:
        """Make the draft, telling of it, and keep it."""
        record = None
        if self.choice is None:
            report, findings = await asyncio.to_thread(
                draft_report, self.desk, self.writer, self.evidence, only=self.only, emit=emit
            )
        else:
            report, findings, record = await draft_with_model(
                self.choice, self.desk, self.writer, self.evidence, only=self.only, emit=emit, stop=stop
            )
        return self._kept(report, findings, record, emit)

    def _kept(self, report: Report, findings: list[Finding], record: DraftRecord | None, emit: Emit) -> Draft:
        brief = self.desk.brief
        made = record.model_dump_json() if record is not None else ""
        stored = self.store.reports.add(
            report, brief.model_dump_json(), _as_json(findings), self.author, "拟稿", made, job=self.job
        )
        draft = Draft(stored.id, report, brief, findings, self.ai_label, record, stored.revision)
        _tell(draft, emit)
        return draft


def _as_json(findings: list[Finding]) -> str:
    return json.dumps([finding.model_dump(mode="json") for finding in findings], ensure_ascii=False)


def _tell(draft: Draft, emit: Emit) -> None:
    for finding in draft.findings:
        emit(FindingEvent(finding=finding))
    emit(DoneEvent(report_id=draft.id, record=draft.record))


def choose_model(
    store: Store, settings: ModelSettings, model: BaseChatModel | ModelSettings | None
) -> ModelChoice | None:
    """Which model words a draft: the one given, else the settings', else none. What is learned about an endpoint is
    remembered in the store.
    """
    if model is not None and not isinstance(model, ModelSettings):
        return ModelChoice(settings, model)
    chosen = model or settings
    if not chosen.name:
        return None
    return ModelChoice(
        chosen,
        method=store.endpoints.method(chosen.address, chosen.name),
        on_method=lambda method: store.endpoints.remember(chosen.address, chosen.name, method),
    )
