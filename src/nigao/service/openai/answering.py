"""What the three models answer: each tells its pieces as they come, the last of them the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from nigao.chat.commands import Command, ShowCommand
from nigao.chat.lines import finding_line
from nigao.chat.session import ChatSession
from nigao.checks.finding import Summary
from nigao.draft import Draft
from nigao.drafting.events import DraftEvent, PartEvent, TroubleEvent
from nigao.drafting.run import DraftRun
from nigao.errors import NotFoundError
from nigao.reportfile import parse_text
from nigao.service.access import Scope
from nigao.service.citedtext import cited_text
from nigao.service.openai.asked import Conversation
from nigao.service.openai.shapes import Ended, Extension, Piece, Said, Thought
from nigao.service.openai.turns import TurnTeller
from nigao.service.serving import Served

Tell = Callable[[Piece], None]
_REPORT = re.compile(r"(?<![A-Za-z0-9])[rR]\d{1,9}(?![A-Za-z0-9])")
_NAMING = re.compile(r"(?:请?(?:修改|打开|看看?|接着|继续))?\s?(?:报告)?\s?[rR]\d{1,9}\s?[：:，,。]?\s*")
_MOST_NAMED = 5


class Answer(Protocol):
    """An answer to be made in a thread; `stop` is called from another when nobody waits for it any more."""

    def tell(self, tell: Tell) -> None:
        """Make the answer. Raises NigaoError."""

    def stop(self) -> None:
        """Make an end of it soon."""


@dataclass(frozen=True, slots=True)
class Drafting:
    """A report drafted and kept. Its sentences are told when the checks have settled them, not before: what is told
    cannot be taken back. Meanwhile it is told which part is at work.
    """

    served: Served
    talk: Conversation
    run: DraftRun[Draft]

    def tell(self, tell: Tell) -> None:
        made = self.run.wait(lambda event: _tell_progress(event, tell))
        cited = cited_text(made.report)
        answer = ""
        for text in (*cited.pieces, *_ending(made, [one.line for one in cited.citations])):
            tell(Said(text))
            answer += text
        session = self.served.chats.open(made.id, fresh=True)
        remember(self.served, self.talk, answer, session)
        tell(
            Ended(
                Extension(
                    report_id=made.id,
                    revision=made.revision,
                    session_id=session.id,
                    citations=cited.citations,
                    findings=Summary.of(made.findings),
                    placeholders=made.placeholders,
                )
            )
        )

    def stop(self) -> None:
        self.run.cancel()


def _tell_progress(event: DraftEvent, tell: Tell) -> None:
    if isinstance(event, PartEvent):
        tell(Thought(f"{'正在起草' if event.state == 'begun' else '写成'}：{event.heading}\n"))
    elif isinstance(event, TroubleEvent):
        tell(Thought(f"模型未能完成：{event.message}\n"))


def _ending(made: Draft, sources: list[str]) -> Iterator[str]:
    yield "\n——————\n"
    if sources:
        yield "出处\n" + "\n".join(sources) + "\n\n"
    if made.placeholders:
        yield f"待补（{len(made.placeholders)}处）\n" + "\n".join(made.placeholders) + "\n\n"
    count = Summary.of(made.findings)
    yield f"核对：错误 {count.error} 处，提醒 {count.warning} 处。报告 {made.id} 第{made.revision}稿，要改哪里直接说。"


@dataclass(frozen=True, slots=True)
class Chatting:
    """A turn of the conversation about a report."""

    served: Served
    talk: Conversation
    session: ChatSession
    said: str | Command

    def tell(self, tell: Tell) -> None:
        teller = TurnTeller(tell)
        for event in self.session.send(self.said):
            teller.hear(event)
        teller.end()
        remember(self.served, self.talk, teller.answer, self.session)
        reply, draft = teller.reply, self.session.draft
        tell(
            Ended(
                Extension(
                    report_id=reply.report_id or None,
                    revision=reply.revision or None,
                    session_id=self.session.id,
                    citations=teller.citations,
                    findings=Summary.of(draft.findings) if draft is not None else None,
                    placeholders=draft.placeholders if draft is not None else [],
                    waits_for=reply.waits_for,
                )
            )
        )

    def stop(self) -> None:
        self.session.cancel()


@dataclass(frozen=True, slots=True)
class Checking:
    """A text checked as a report."""

    served: Served
    text: str

    def tell(self, tell: Tell) -> None:
        checks = self.served.checks
        result = checks.review(parse_text(self.text, checks.kind()))
        for finding in result.findings:
            tell(Said(finding_line(finding) + "\n"))
        count = result.summary
        tell(Said(f"共 {count.error} 处错误、{count.warning} 处提醒、{count.info} 处说明。"))
        tell(Ended(Extension(findings=count, findings_listed=result.findings)))

    def stop(self) -> None:
        # A check is over in a moment.
        return


@dataclass(frozen=True, slots=True)
class Asking:
    """A question back: there is not enough to go on."""

    question: str

    def tell(self, tell: Tell) -> None:
        tell(Said(self.question))
        tell(Ended(Extension()))

    def stop(self) -> None:
        # There is nothing to stop.
        return


def continued(served: Served, talk: Conversation) -> Answer | None:
    """A turn in the session that the conversation goes on with; where it is not known (or was gone on with before: a
    client that changes what it said) in a fresh one about the report that the conversation names. None where it names
    none that the caller may see. Raises AccessError where their key does not let them read reports.
    """
    served.caller.require(Scope.REPORTS_READ)
    known = served.assistant.store.conversations.get(talk.before(served.caller.person)) if talk.answered else None
    if known:
        try:
            return Chatting(served, talk, served.chats.resume(known), talk.said)
        except NotFoundError:
            pass
    named = _named(served, talk)
    if not named:
        return None
    session = served.chats.open(named, fresh=True)
    said = _NAMING.sub("", talk.said, count=1) if _NAMING.match(talk.said) else talk.said
    return Chatting(served, talk, session, said or ShowCommand(what="outline"))


def which_report(served: Served) -> Asking:
    """The question which report is meant, with some of those that there are."""
    there = served.reports.list()[-_MOST_NAMED:]
    listed = "".join(f"\n报告 {one.id}：《{one.title}》" for one in reversed(there))
    if not there:
        return Asking("还没有报告。先用 nigao-draft 起草一份。")
    return Asking(f"请写明是哪一份报告，如“报告 {there[-1].id}：第三部分缩短一些”。最近的有：{listed}")


def remember(served: Served, talk: Conversation, answer: str, session: ChatSession) -> None:
    """Note in which session the conversation goes on when it comes back with this answer. What it was known by before
    leads nowhere from now on: who comes back with that has changed what was said since.
    """
    conversations, person = served.assistant.store.conversations, served.caller.person
    if talk.answered:
        conversations.put(talk.before(person), "")
    conversations.put(talk.after(person, answer), session.id)


def _named(served: Served, talk: Conversation) -> str:
    """The last report named in the conversation that the caller may see, empty where there is none."""
    for text in reversed(talk.texts):
        for id in reversed(_REPORT.findall(text)):
            try:
                return served.reports.seen(id).id
            except NotFoundError:
                continue
    return ""
