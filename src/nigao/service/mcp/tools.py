"""The tools: what an agent may do with the corpus and the reports. Signing off is for people and is none of them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from mcp.server.mcpserver import Context
from mcp.types import ToolAnnotations
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from nigao.chat.events import ChangeEvent, ConflictEvent, NoticeEvent, ProposalEvent, ReplyEvent, UnderstoodEvent
from nigao.chat.lines import proposal_lines
from nigao.checks.finding import Summary
from nigao.checks.result import CheckResult
from nigao.corpus.model import Role
from nigao.draft import Draft
from nigao.drafting.events import DraftEvent, PartEvent
from nigao.report.brief import Brief
from nigao.report.places import Place
from nigao.reportfile import parse_text
from nigao.service.access import Scope
from nigao.service.aside import aside
from nigao.service.citedtext import cited_text
from nigao.service.drafting import start_draft
from nigao.service.mcp.evidence import evidence_of
from nigao.service.mcp.files import export
from nigao.service.mcp.here import served_here
from nigao.service.mcp.shapes import DraftedView, EvidenceView, FoundView, RevisedView
from nigao.views.corpus import search_hits

# An agent's client gives up on a tool that is silent for long.
_BEAT_SECONDS = 5.0
_NONE: list[str] = []
_WHOLE = Place()
ReportId = Annotated[str, Field(min_length=1, max_length=20, description="报告编号，如 r0001")]


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """A tool with what the caller's key must allow for it."""

    name: str
    title: str
    scope: Scope
    function: Callable[..., Any]
    description: str
    hints: ToolAnnotations


def search(
    query: Annotated[str, Field(min_length=1, max_length=500, description="要找的词或句子")],
    k: Annotated[int, Field(ge=1, le=50, description="最多几段")] = 10,
    role: Annotated[
        Literal["", "basis", "material", "exemplar"],
        Field(description="只找这一类：basis 依据、material 材料、exemplar 范文（范文只供参考写法，不能作依据）"),
    ] = "",
) -> FoundView:
    """Passages in force today that the caller's unit may cite."""
    served = served_here()
    hits = served.corpus.search(query, k, roles=[Role(role)] if role else None)
    return FoundView(hits=search_hits(hits), note=served.assistant.hybrid.status().note)


async def draft(
    ctx: Context,
    brief: Annotated[Brief, Field(description="拟稿要求：unit 必填；没有给的事实不要编，留空即可")],
    part: Annotated[str, Field(max_length=60, description="只起草一个部分时写它的 key，如 features")] = "",
    offline: Annotated[bool, Field(description="只用语料组织文字，不用模型润色")] = False,
) -> DraftedView:
    """Draft a report and keep it, telling the client of each part as it is begun and finished."""
    served = served_here()
    run = await run_in_threadpool(start_draft, served, brief, part=part, offline=offline)
    parts = 1 if part else len(served.assistant.kind(brief.kind).parts)
    made: list[Draft] = []
    done, last = 0, ""

    def work(tell: Callable[[DraftEvent], None]) -> None:
        made.append(run.wait(tell))

    async with aclosing(aside(work, run.cancel, _BEAT_SECONDS)) as events:
        async for event in events:
            if isinstance(event, PartEvent):
                done += event.state == "finished"
                last = f"{'写成' if event.state == 'finished' else '正在起草'}：{event.heading}"
            if event is None or isinstance(event, PartEvent):
                await ctx.report_progress(min(done, parts), parts, last)
    return _drafted(made[0])


def revise(
    report_id: ReportId,
    say: Annotated[
        str,
        Field(
            min_length=1,
            max_length=5000,
            description="像对人说话一样说要怎么改，如“把三（二）第1句缩短”“编制数改为28名，来源是三定方案”；答复上一轮说“确认”“取消”",
        ),
    ],
) -> RevisedView:
    """One turn of the caller's conversation about a report."""
    session = served_here().chats.open(report_id)
    understood, reply = "", ReplyEvent(text="")
    told: dict[str, list[str]] = {"notices": [], "changes": [], "proposals": []}
    for event in session.send(say):
        match event:
            case UnderstoodEvent():
                understood = event.label
            case NoticeEvent():
                told["notices"].append(event.text)
            case ConflictEvent():
                told["notices"] += [change.text() for change in event.theirs]
            case ProposalEvent():
                told["proposals"].append("\n".join(proposal_lines(event)))
            case ChangeEvent():
                told["changes"] += [change.text() for change in event.changes]
            case ReplyEvent():
                reply = event
            case _:
                pass
    return RevisedView.of(session.id, say, understood, reply, **told)


def check(
    text: Annotated[str, Field(min_length=1, max_length=100_000, description="要核对的报告全文")],
    kind: Annotated[str, Field(max_length=60, description="文种，缺省为工作区的")] = "",
    brief: Annotated[Brief | None, Field(description="拟稿要求，用来核对事实")] = None,
    select: Annotated[list[str], Field(max_length=100, description="只用这些规则，如 S、G2")] = _NONE,
    ignore: Annotated[list[str], Field(max_length=100, description="不用这些规则")] = _NONE,
) -> CheckResult:
    """Check a text as a report, against its kind and the corpus."""
    checks = served_here().checks
    return checks.review(parse_text(text, checks.kind(kind)), brief=brief, select=select, ignore=ignore)


def evidence(
    report_id: ReportId,
    sentence: Annotated[
        str, Field(max_length=2000, description="句子中的文字，可以只写一部分；缺省为这个位置的每一句")
    ] = "",
    place: Annotated[
        Place, Field(description="位置：part 是部分的 key，item 是从 1 数起的条目号，sentence 是第几句；缺省为全文")
    ] = _WHOLE,
    revision: Annotated[int | None, Field(ge=1, description="第几稿，缺省为最新一稿")] = None,
) -> EvidenceView:
    """What sentences of a report rest on."""
    served = served_here()
    return evidence_of(served, served.reports.get(report_id, revision), sentence, place)


def _drafted(made: Draft) -> DraftedView:
    cited = cited_text(made.report)
    return DraftedView(
        report_id=made.id,
        revision=made.revision,
        title="".join(made.report.title.text.split("\n")) if made.report.title is not None else "",
        text=cited.text,
        sources=cited.citations,
        placeholders=made.placeholders,
        findings=Summary.of(made.findings),
        errors=made.errors,
    )


_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_ADDS = ToolAnnotations(read_only_hint=False, destructive_hint=False, idempotent_hint=False, open_world_hint=False)
TOOLS = (
    ToolSpec(
        "search", "检索语料", Scope.SEARCH, search, "检索经批准、现行有效的语料，返回可以引用的段落和出处。", _READS
    ),
    ToolSpec(
        "draft",
        "起草报告",
        Scope.REPORTS_DRAFT,
        draft,
        "按拟稿要求起草报告并保存。句句有出处：[1] 对应 sources；没有依据的留作【待补：…】，不要替它编。",
        _ADDS,
    ),
    ToolSpec(
        "revise",
        "修改报告",
        Scope.REPORTS_EDIT,
        revise,
        "用一句话修改、查问已保存的报告，每次改动存为新的一稿，可以撤销。waits_for 不为空时，下一次先答复它。"
        "不能签发：签发只能由人办理。",
        _ADDS,
    ),
    ToolSpec(
        "check",
        "核对文稿",
        Scope.CHECKS,
        check,
        "核对一份报告文字的结构、依据、前后一致和文字规范，返回逐条问题。",
        _READS,
    ),
    ToolSpec(
        "evidence",
        "查看出处",
        Scope.REPORTS_READ,
        evidence,
        "查看报告中某句或某处的出处：引用的段落、它的前后文、是否仍然有效。",
        _READS,
    ),
    ToolSpec(
        "export",
        "导出报告",
        Scope.REPORTS_EXPORT,
        export,
        "把已保存的报告做成文件（docx、pdf、html、md、txt、json），作为内嵌资源返回。",
        _READS,
    ),
)
