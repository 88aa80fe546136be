"""How commands that change the corpus tell what became of each file, and what people write on their lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from nigao.cli.console import FOUND, note, print_json, progress_bar, say

if TYPE_CHECKING:
    from nigao.assistant import Assistant
    from nigao.corpus.admission import Suspicion
    from nigao.retrieval.sync import SyncResult


def finish(
    assistant: Assistant, result: SyncResult, as_json: bool, *, refused_all: int = FOUND, submitted: bool = False
) -> None:
    """Embed what is new, then tell what happened. A refused document makes the exit code 1; where there is no other,
    it is `refused_all`. So does what waits for a person, unless it was just `submitted`: that changes no index either.
    """
    from nigao.views.corpus import sync_output

    embedded = 0 if submitted else embed(assistant)
    remark = "" if submitted else assistant.hybrid.status().note
    if as_json:
        print_json(sync_output(result, embedded, remark))
    else:
        _tell(result, embedded, remark)
    if result.refused:
        raise typer.Exit(FOUND if result.admitted or result.unchanged or result.pending else refused_all)
    if result.pending and not submitted:
        raise typer.Exit(FOUND)


def embed(assistant: Assistant) -> int:
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


def tell_suspicions(suspicions: Sequence[Suspicion]) -> None:
    """Print the words that look written for a model."""
    for found in suspicions:
        say(
            f"  《{found.title}》{found.locator}有疑似写给模型的指令（{found.why}）：“{found.excerpt}”，起草时不采用",
            "yellow",
        )


def must_exist(files: list[Path]) -> None:
    """A file named by hand that is not there is a slip to tell before anything is recorded. Raises UsageError."""
    from nigao.errors import UsageError

    for file in files:
        if not file.is_file():
            what = "这是文件夹，不是文件" if file.is_dir() else "找不到文件"
            raise UsageError(what, where=str(file), fix="核对路径；本次没有收录任何文件")


def as_date(written: str, option: str) -> dt.date | None:
    """A day as written on the command line, None where nothing is. Raises UsageError."""
    from nigao.errors import UsageError

    if not written:
        return None
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        raise UsageError(f"“{written}”不是日期", where=option, fix="写成 2025-01-10 这样") from None


def as_role(written: str) -> str:
    """A role as written on the command line. Raises UsageError."""
    from nigao.corpus.model import Role
    from nigao.errors import UsageError

    if written not in list(Role):
        raise UsageError(f"不认识的用途 {written}", where="--role", fix="可用的有：basis、material、exemplar")
    return written


def _tell(result: SyncResult, embedded: int, remark: str) -> None:
    waiting = f"待批准 {len(result.pending)} 份，" if result.pending else ""
    say(
        f"收录 {len(result.admitted)} 份，未变 {len(result.unchanged)} 份，移出 {len(result.withdrawn)} 份，"
        f"{waiting}拒收 {len(result.refused)} 份；新建向量 {embedded} 段。"
    )
    for refusal in result.refused:
        say(f"  拒收 {refusal.document_id}：{refusal.message}", "yellow")
    for pending in result.pending:
        say(f"  待批准 {pending.document_id}《{pending.title}》：{pending.message}", "yellow")
    tell_suspicions(result.suspicious)
    if remark:
        note(remark)
