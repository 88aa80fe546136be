"""A draft while it is being made: its events as one typed asynchronous stream, a way to stop it, and its result."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from nigao.checks.context import CheckContext, Evidence
from nigao.checks.finding import Finding
from nigao.checks.running import run_checks
from nigao.drafting.asking import Asker
from nigao.drafting.composer import Writer
from nigao.drafting.desk import Desk
from nigao.drafting.events import DraftEvent, Emit, UsageEvent
from nigao.drafting.graph import reword_report
from nigao.drafting.models import open_chat_model
from nigao.drafting.record import DraftRecord, Usage, Wording
from nigao.drafting.rewording.answers import ProseAnswer
from nigao.drafting.rewording.engine import Rewording
from nigao.drafting.rewording.tasks import Task
from nigao.modelsettings import Method, ModelSettings
from nigao.report.model import Report

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

ResultT = TypeVar("ResultT")


class DraftRun(Generic[ResultT]):
    """Iterate it for the events, once; the last is `done`. Leaving the loop early stops the calls to the model at once
    and keeps what is finished, as `cancel` does, which may be called from any thread.
    """

    def __init__(self, produce: Callable[[Emit, asyncio.Event], Awaitable[ResultT]]) -> None:
        self._produce = produce
        self._stop = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._result: ResultT | None = None

    @property
    def draft(self) -> ResultT | None:
        """The result, once the events are over."""
        return self._result

    def cancel(self) -> None:
        """Stop calling the model; the report is finished with what there is."""
        if self._loop is None:
            self._stop.set()
            return
        # Once it is over there is nothing to stop.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._stop.set)

    def wait(self, on_event: Callable[[DraftEvent], None] | None = None) -> ResultT:
        """Run to the end and give the result; `on_event` hears the events. Also works where an event loop is running (a
        notebook), which stands still meanwhile.
        """
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return asyncio.run(self._followed(on_event))
        with ThreadPoolExecutor(1) as aside:
            return aside.submit(asyncio.run, self._followed(on_event)).result()

    async def _followed(self, on_event: Callable[[DraftEvent], None] | None) -> ResultT:
        async for event in self:
            if on_event is not None:
                on_event(event)
        assert self._result is not None
        return self._result

    async def __aiter__(self) -> AsyncIterator[DraftEvent]:
        self._loop = asyncio.get_running_loop()
        events: asyncio.Queue[DraftEvent | None] = asyncio.Queue()

        def emit(event: DraftEvent | None) -> None:
            # The composer and the checks run in a thread of their own.
            self._loop_of().call_soon_threadsafe(events.put_nowait, event)

        making = asyncio.ensure_future(self._produce(emit, self._stop))
        making.add_done_callback(lambda _: emit(None))
        try:
            while (event := await events.get()) is not None:
                yield event
        finally:
            self._stop.set()
            self._result = await making

    def _loop_of(self) -> asyncio.AbstractEventLoop:
        assert self._loop is not None
        return self._loop


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """Which model words a draft, within which limits. `model` is the caller's own; without one the settings' is opened.

    `method` is what is known to work at the endpoint, and `on_method` hears what was found to.
    """

    settings: ModelSettings
    model: BaseChatModel | None = None
    method: str = ""
    on_method: Callable[[Method], None] | None = None

    @property
    def name(self) -> str:
        """The model's name, as it is recorded."""
        own = getattr(self.model, "model_name", None) or getattr(self.model, "model", None)
        return str(own or type(self.model).__name__) if self.model is not None else self.settings.name

    def opened(self) -> AbstractAsyncContextManager[BaseChatModel]:
        """The model, ready to be called on this event loop."""
        return nullcontext(self.model) if self.model is not None else open_chat_model(self.settings)

    def asker(self, model: BaseChatModel, on_usage: Callable[[Usage], None] | None = None) -> Asker:
        """One run's access to the opened model; `on_usage` hears what each call cost."""
        return Asker(model, self.settings, method=self.method, on_method=self.on_method, on_usage=on_usage)


async def draft_with_model(
    choice: ModelChoice,
    desk: Desk,
    writer: Writer,
    evidence: Evidence | None,
    *,
    only: str,
    emit: Emit,
    stop: asyncio.Event,
) -> tuple[Report, list[Finding], DraftRecord]:
    """Compose, have the model word it, check. Raises ModelUnavailableError only where no model can be opened at all; an
    endpoint that fails leaves the composer's text, and the record says why.
    """
    async with _rewording(choice, emit, stop) as rewording:
        report, findings = await reword_report(desk, writer, evidence, rewording, only=only)
    return report, findings, _record(choice, rewording, report)


async def revise_with_model(
    choice: ModelChoice,
    report: Report,
    task: Task,
    desk: Desk,
    evidence: Evidence | None,
    *,
    emit: Emit,
    stop: asyncio.Event,
) -> tuple[list[Finding], DraftRecord]:
    """Have the model reword one item of the report, in place, and check the report. Raises as `draft_with_model`."""
    context = CheckContext(kind=desk.kind, on=desk.on, brief=desk.brief, evidence=evidence)
    async with _rewording(choice, emit, stop) as rewording:
        await rewording.reword(report, desk, context, [task])
    findings = await asyncio.to_thread(run_checks, report, context)
    return findings, _record(choice, rewording, report)


@asynccontextmanager
async def _rewording(choice: ModelChoice, emit: Emit, stop: asyncio.Event) -> AsyncIterator[Rewording]:
    async with choice.opened() as model:
        asker = choice.asker(model, lambda usage: emit(UsageEvent(usage=usage)))
        yield Rewording(asker, choice.settings, choice.name, emit, stop)


def _record(choice: ModelChoice, rewording: Rewording, report: Report) -> DraftRecord:
    return DraftRecord(
        model=choice.name,
        endpoint=choice.settings.address if choice.model is None else "",
        method=rewording.asker.method,
        prompts=rewording.prompts,
        usage=rewording.asker.usage,
        wording=Wording.of(report.sentences()),
        troubles=rewording.troubles,
        cancelled=rewording.cancelled,
    )


async def try_model(choice: ModelChoice) -> tuple[str, Usage]:
    """Ask the model one small question: the way of asking that worked, and what it used. Raises ModelError."""
    from langchain_core.messages import HumanMessage

    async with choice.opened() as model:
        asker = choice.asker(model)
        question = "把“材料已收到。”这句话原样放进 sentences，keys 写 ok。"
        await asker.ask([HumanMessage(question)], ProseAnswer)
    return asker.method, asker.usage
