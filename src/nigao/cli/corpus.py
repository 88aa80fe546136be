"""`nigao corpus …`: the approved documents, seen and kept in step with the manifest."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nigao.cli import approving
from nigao.cli.chinese import Commands
from nigao.cli.console import FOUND, guarded, note, print_json, print_table, progress_bar, say
from nigao.cli.outcomes import as_date, embed, finish, tell_suspicions
from nigao.cli.workspace import open_assistant

if TYPE_CHECKING:
    from nigao.assistant import Assistant
    from nigao.corpus.model import Document
    from nigao.store import ApprovalRecord, Submission
    from nigao.views.corpus import DocumentView, VersionInForce

app = Commands()
app.add_typer(approving.app)

Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出")]
_ENDED = {
    "replaced": "换了新的内容",
    "reapproved": "重新批准",
    "revoked": "撤销",
    "withdrawn": "移出清单",
    "refused": "拒收",
}


@app.command(help="按清单同步语料；中断后重新运行即可续上。有文件被拒收，或内容变了待重新批准时，退出码为 1。")
@guarded
def sync(
    manifest: Annotated[Path | None, typer.Argument(metavar="清单", help="清单文件，默认用工作区的")] = None,
    full: Annotated[bool, typer.Option("--full", help="逐份重读，不因大小和时间没变就略过")] = False,
    as_json: Json = False,
) -> None:
    with open_assistant() as assistant:
        with progress_bar("收录文件") as progress:
            result = assistant.corpus.sync(manifest, full=full, progress=progress)
        finish(assistant, result, as_json)


@app.command("list", help="列出全部文件及其状态，包括待批准的、被拒收的和不能再作依据的。")
@guarded
def list_documents(
    on: Annotated[str, typer.Option("--on", help="只列这一天在用的文件，如 2025-06-30")] = "",
    unit: Annotated[str, typer.Option("--unit", help="只列这个单位可以看到的文件")] = "",
    status: Annotated[
        str, typer.Option("--status", help="只列这一状态：submitted returned approved revoked withdrawn refused")
    ] = "",
    as_json: Json = False,
) -> None:
    from nigao.views.corpus import document_view

    day, wanted = as_date(on, "--on"), _status(status)
    with open_assistant(embeddings=False) as assistant:
        if day is not None:
            _list_in_force(assistant.corpus.in_force(day, unit=unit or None), as_json)
            return
        counts = Counter(passage.document_id for passage in assistant.store.documents.passages())
        waiting = assistant.store.approvals.waiting()
        documents = assistant.store.documents.all()
        seen = assistant.store.documents.visible_ids(unit) if unit else {document.id for document in documents}
    views = [
        document_view(document, counts[document.id], waiting.get(document.id))
        for document in documents
        if document.id in seen and (not wanted or _stands(document, waiting.get(document.id), wanted))
    ]
    if as_json:
        print_json(views)
        return
    rows = [[v.id, v.title, v.role, v.approved_by, str(v.passages), _state(v)] for v in views]
    print_table(["编号", "标题", "用途", "批准人", "段落", "状态"], rows)


@app.command(help="查看一份文件的登记情况、批准经过和段落；给出日期则显示那一天在用的文本。")
@guarded
def show(
    document_id: Annotated[str, typer.Argument(metavar="编号", help="文件编号")],
    on: Annotated[str, typer.Option("--on", help="显示这一天在用的文本，如 2025-06-30")] = "",
    as_json: Json = False,
) -> None:
    from nigao.views.corpus import document_view

    day = as_date(on, "--on")
    with open_assistant(embeddings=False) as assistant:
        if day is not None:
            _show_on(assistant, document_id, day, as_json)
            return
        document = assistant.corpus.document(document_id)
        waiting = assistant.store.approvals.waiting([document_id]).get(document_id)
        passages = assistant.store.documents.passages([document_id])
        view = document_view(document, len(passages), waiting)
        if as_json:
            print_json(view)
            return
        _show_record(view, assistant.store.approvals.history(document_id))
        _show_text(assistant, document, waiting)


@app.command(help="核验语料：段落与原文一致，审计记录完整，索引齐全。")
@guarded
def verify() -> None:
    with open_assistant() as assistant:
        problems = assistant.verify()
        status = assistant.hybrid.status()
    for problem in problems:
        say(problem, "red")
    if problems:
        raise typer.Exit(FOUND)
    say(f"语料完整：{status.passages} 段，其中 {status.embedded} 段有向量。")
    if status.note:
        note(status.note)


@app.command(help="删去索引缓存并从数据库重建；不重新计算向量。")
@guarded
def rebuild() -> None:
    with open_assistant() as assistant:
        assistant.hybrid.rebuild()
        embed(assistant)
        status = assistant.hybrid.status()
    say(f"索引已重建：{status.passages} 段，其中 {status.embedded} 段有向量。")
    if status.note:
        note(status.note)


def _status(written: str) -> str:
    from nigao.corpus.model import Status
    from nigao.errors import UsageError

    if written and written not in list(Status):
        raise UsageError(f"没有状态 {written}", where="--status", fix=f"可用的有：{'、'.join(Status)}")
    return written


def _stands(document: Document, waiting: Submission | None, status: str) -> bool:
    """Whether the document, or what waits beside its approved version, is of this status."""
    return status in (document.status, waiting.document.status if waiting is not None else "")


def _list_in_force(records: list[ApprovalRecord], as_json: bool) -> None:
    from nigao.views.corpus import version_in_force

    views = [version_in_force(record) for record in records]
    if as_json:
        print_json(views)
        return
    rows = [[v.id, v.title, v.role, f"{v.approved_by} {v.approved_on or ''}", str(v.version), _until(v)] for v in views]
    print_table(["编号", "标题", "用途", "批准", "版本", "此后"], rows)


def _show_on(assistant: Assistant, document_id: str, day: dt.date, as_json: bool) -> None:
    from nigao.views.corpus import version_in_force

    record, text = assistant.corpus.text_on(document_id, day)
    view = version_in_force(record).model_copy(update={"text": text})
    if as_json:
        print_json(view)
        return
    say(f"{day} 在用的《{view.title}》第 {view.version} 版，{view.approved_by} {view.approved_on or ''} 批准", "bold")
    if view.ended_on is not None:
        say(_until(view))
    say(f"\n{text}")


def _show_record(view: DocumentView, history: list[ApprovalRecord]) -> None:
    from nigao.views.corpus import version_in_force

    for label, value in (
        ("标题", view.title),
        ("用途", view.role),
        ("制发单位", view.issuer),
        ("文号", view.number),
        ("批准", f"{view.approved_by} {view.approved_on or ''}"),
        ("有效期", f"{view.valid_from or '—'} 至 {view.valid_to or '—'}"),
        ("可见范围", "、".join(view.visible_to) or "不限"),
        ("状态", _state(view)),
        ("SHA-256", view.sha256),
    ):
        say(f"{label}：{value}")
    for record in history:
        version = version_in_force(record)
        say(
            f"批准经过：第 {version.version} 版，{version.approved_by} {version.approved_on or ''} 批准，"
            f"{_until(version) or '在用'}"
        )


def _show_text(assistant: Assistant, document: Document, waiting: Submission | None) -> None:
    """The passages in force, then what waits: whoever is to approve it must be able to read it."""
    from nigao.corpus.admission import suspicions

    passages = assistant.store.documents.passages([document.id])
    # A document that was never admitted has no text.
    tell_suspicions(suspicions(document, assistant.store.documents.text(document.id) if passages else "", passages))
    for passage in passages:
        say(f"\n[{passage.id}] {passage.locator}", "bold")
        say(passage.text)
    if waiting is not None:
        text, pieces = assistant.store.approvals.waiting_text(document.id)
        say(f"\n{waiting.submitted_by} 提交的内容，{waiting.told}，SHA-256 {waiting.document.sha256}：", "bold")
        tell_suspicions(suspicions(waiting.document, text, pieces))
        say(text)


def _state(view: DocumentView) -> str:
    """Where the document stands, and what waits beside its approved version."""
    own = view.why_not or "可作依据"
    return f"{own}；改动的内容{view.waiting}" if view.waiting and view.status == "approved" else own


def _until(version: VersionInForce) -> str:
    return f"{version.ended_on} {_ENDED[version.end_reason]}" if version.ended_on is not None else ""
