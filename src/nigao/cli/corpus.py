"""`nigao corpus …`: the approved documents."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nigao.cli.chinese import Commands
from nigao.cli.console import COULD_NOT_RUN, FOUND, guarded, note, print_json, print_table, progress_bar, say
from nigao.cli.workspace import open_assistant

if TYPE_CHECKING:
    from nigao.assistant import Assistant
    from nigao.cli.models import DocumentView
    from nigao.corpus.admission import Suspicion
    from nigao.corpus.model import Document
    from nigao.retrieval.sync import SyncResult

app = Commands()

Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出")]


@app.command(help="按清单同步语料：先可按字词检索，再补建向量；中断后重新运行即可续上。有文件被拒收时退出码为 1。")
@guarded
def sync(
    manifest: Annotated[Path | None, typer.Argument(metavar="清单", help="清单文件，默认用工作区的")] = None,
    as_json: Json = False,
) -> None:
    with open_assistant() as assistant:
        with progress_bar("收录文件") as progress:
            result = assistant.sync(manifest, progress=progress)
        _finish(assistant, result, as_json)


@app.command(help="加入文件并登记批准情况。有文件被拒收时退出码为 1，一份也没有收下时为 2。")
@guarded
def add(
    files: Annotated[list[Path], typer.Argument(metavar="文件", help="文件：txt、md、docx")],
    role: Annotated[str, typer.Option("--role", help="basis 依据、material 材料、exemplar 范文")],
    approved_by: Annotated[str, typer.Option("--approved-by", help="批准人")],
    approved_on: Annotated[str, typer.Option("--approved-on", help="批准日期，如 2025-01-10")],
    title: Annotated[str, typer.Option("--title", help="标题，默认用文件名")] = "",
    issuer: Annotated[str, typer.Option("--issuer", help="制发单位")] = "",
    valid_from: Annotated[str, typer.Option("--valid-from", help="施行日期")] = "",
    valid_to: Annotated[str, typer.Option("--valid-to", help="失效日期")] = "",
    as_json: Json = False,
) -> None:
    _must_exist(files)
    with open_assistant() as assistant:
        result = assistant.add(
            files,
            role=_role(role),
            approved_by=approved_by,
            approved_on=_date(approved_on, "--approved-on"),
            title=title,
            issuer=issuer,
            valid_from=_date(valid_from, "--valid-from") if valid_from else None,
            valid_to=_date(valid_to, "--valid-to") if valid_to else None,
        )
        _finish(assistant, result, as_json, refused_all=COULD_NOT_RUN)


def _must_exist(files: list[Path]) -> None:
    """A file named by hand that is not there is a slip to tell before anything is recorded."""
    from nigao.errors import UsageError

    for file in files:
        if not file.is_file():
            what = "这是文件夹，不是文件" if file.is_dir() else "找不到文件"
            raise UsageError(what, where=str(file), fix="核对路径；本次没有收录任何文件")


def _date(written: str, option: str) -> dt.date:
    from nigao.errors import UsageError

    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        raise UsageError(f"“{written}”不是日期", where=option, fix="写成 2025-01-10 这样") from None


def _role(written: str) -> str:
    from nigao.corpus.model import Role
    from nigao.errors import UsageError

    if written not in list(Role):
        raise UsageError(f"不认识的用途 {written}", where="--role", fix="可用的有：basis、material、exemplar")
    return written


def _finish(assistant: Assistant, result: SyncResult, as_json: bool, *, refused_all: int = FOUND) -> None:
    """Embed what is new, then tell what happened. A refused document makes the exit code 1; where there is no other,
    it is `refused_all`.
    """
    from nigao.cli.models import RefusedDocument, SuspiciousText, SyncOutput

    embedded = _embed(assistant)
    remark = assistant.hybrid.status().note
    refused = [RefusedDocument(**{f: getattr(r, f) for f in RefusedDocument.model_fields}) for r in result.refused]
    if as_json:
        print_json(
            SyncOutput(
                admitted=result.admitted,
                unchanged=result.unchanged,
                withdrawn=result.withdrawn,
                refused=refused,
                suspicious=[SuspiciousText(**dataclasses.asdict(found)) for found in result.suspicious],
                embedded=embedded,
                note=remark,
            )
        )
    else:
        _tell(result, embedded, remark)
    if refused:
        raise typer.Exit(FOUND if result.admitted or result.unchanged else refused_all)


def _tell(result: SyncResult, embedded: int, remark: str) -> None:
    say(
        f"收录 {len(result.admitted)} 份，未变 {len(result.unchanged)} 份，移出 {len(result.withdrawn)} 份，"
        f"拒收 {len(result.refused)} 份；新建向量 {embedded} 段。"
    )
    for refusal in result.refused:
        say(f"  拒收 {refusal.document_id}：{refusal.message}", "yellow")
    _tell_suspicions(result.suspicious)
    if remark:
        note(remark)


def _tell_suspicions(suspicions: Sequence[Suspicion]) -> None:
    for found in suspicions:
        say(
            f"  《{found.title}》{found.locator}有疑似写给模型的指令（{found.why}）：“{found.excerpt}”，起草时不采用",
            "yellow",
        )


@app.command("list", help="列出全部文件及其状态，包括被拒收的和不能再作依据的。")
@guarded
def list_documents(as_json: Json = False) -> None:
    with open_assistant(embeddings=False) as assistant:
        counts = _passage_counts(assistant)
        views = [_view(document, counts) for document in assistant.store.documents.all()]
    if as_json:
        print_json(views)
        return
    rows = [[v.id, v.title, v.role, v.approved_by, str(v.passages), v.why_not or "可作依据"] for v in views]
    print_table(["编号", "标题", "用途", "批准人", "段落", "状态"], rows)


@app.command(help="查看一份文件的登记情况和段落。")
@guarded
def show(document_id: Annotated[str, typer.Argument(metavar="编号", help="文件编号")], as_json: Json = False) -> None:
    from nigao.corpus.admission import suspicions
    from nigao.errors import NotFoundError

    with open_assistant(embeddings=False) as assistant:
        document = assistant.store.documents.get(document_id)
        if document is None:
            raise NotFoundError("没有这份文件", where=document_id, fix="用 nigao corpus list 查看已收录的文件")
        passages = assistant.store.documents.passages([document_id])
        # A document that was never admitted has no text.
        text = assistant.store.documents.text(document_id) if passages else ""
    view = _view(document, {document_id: len(passages)})
    if as_json:
        print_json(view)
        return
    for label, value in (
        ("标题", view.title),
        ("用途", view.role),
        ("制发单位", view.issuer),
        ("文号", view.number),
        ("批准", f"{view.approved_by} {view.approved_on or ''}"),
        ("有效期", f"{view.valid_from or '—'} 至 {view.valid_to or '—'}"),
        ("状态", view.why_not or "可作依据"),
        ("SHA-256", view.sha256),
    ):
        say(f"{label}：{value}")
    _tell_suspicions(suspicions(document, text, passages))
    for passage in passages:
        say(f"\n[{passage.id}] {passage.locator}", "bold")
        say(passage.text)


@app.command(help="撤销一份文件：从下一次检索起不再作依据。")
@guarded
def revoke(
    document_id: Annotated[str, typer.Argument(metavar="编号", help="文件编号")],
    reason: Annotated[str, typer.Option("--reason", help="撤销理由")],
    by: Annotated[str, typer.Option("--by", help="撤销人")] = "",
) -> None:
    with open_assistant(embeddings=False) as assistant:
        assistant.revoke(document_id, reason=reason, by=by)
    say(f"已撤销 {document_id}，不再作依据。")


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
        _embed(assistant)
        status = assistant.hybrid.status()
    say(f"索引已重建：{status.passages} 段，其中 {status.embedded} 段有向量。")
    if status.note:
        note(status.note)


def _embed(assistant: Assistant) -> int:
    """Embed what is missing; how many texts that were. A model that fails costs no document: search goes by words until
    the next sync, and the status says why.
    """
    from nigao.errors import ModelError

    done = 0
    with progress_bar("建立向量") as draw:

        def told(now: int, total: int) -> None:
            nonlocal done
            done = now
            draw(now, total)

        with suppress(ModelError):
            assistant.embed(progress=told)
    return done


def _passage_counts(assistant: Assistant) -> dict[str, int]:
    from collections import Counter

    return Counter(passage.document_id for passage in assistant.store.documents.passages())


def _view(document: Document, counts: dict[str, int]) -> DocumentView:
    from nigao.cli.models import DocumentView

    why_not = document.why_not_evidence(dt.date.today())
    return DocumentView(
        id=document.id,
        title=document.title,
        role=document.role.value,
        issuer=document.issuer,
        number=document.number,
        approved_by=document.approved_by,
        approved_on=document.approved_on,
        valid_from=document.valid_from,
        valid_to=document.valid_to,
        status=document.status.value,
        evidence=not why_not,
        why_not=why_not,
        sha256=document.sha256,
        passages=counts.get(document.id, 0),
    )
