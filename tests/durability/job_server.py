"""Run as a script: forks a child for each job it is told, so that a job costs no start of an interpreter.

Reads lines `JOB FOLDER`, answers `started PID` at once and `ended PID STATUS` when the child is gone, however it went.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import alembic.command
import chromadb

from nigao import Assistant
from nigao.backup import back_up, restore
from nigao.retrieval.embeddings import HashingEmbedder
from nigao.settings import load_settings
from nigao.text.tokens import search_tokens

# Loaded before the first fork, so that no job has to; names them, so that no linter takes them for unused.
LOADED = (alembic.command, chromadb, search_tokens("预热"))
DIMENSIONS = 64
REVOKED = "d03"


def opened(folder: Path) -> Assistant:
    """The workspace with vectors that cost nothing."""
    return Assistant.open(folder, embedder=HashingEmbedder(DIMENSIONS))


def _sync(folder: Path) -> None:
    with opened(folder) as assistant:
        assistant.sync()
        assistant.embed()


def _revoke(folder: Path) -> None:
    with opened(folder) as assistant:
        assistant.revoke(REVOKED, reason="上级文件已废止", by="周文清")
        assistant.search("值班")


def _rebuild(folder: Path) -> None:
    with opened(folder) as assistant:
        assistant.hybrid.rebuild()
        assistant.embed()


def _restore(folder: Path) -> None:
    restore(load_settings(folder), folder / "backup.zip")


def _backup(folder: Path) -> None:
    back_up(load_settings(folder), folder / "another.zip")


# What the job says over and over: each turn changes the report and leaves it as it can be changed again.
TURNS = (
    "问题一和问题二对调",
    "第三部分加一条：台账更新不够及时。有的科室月底集中补记。",
    "删除问题三",
    "撤销",
    "第三部分第一条后面加一句：有的事项没有写明完成时限。",
    "重做",
    "删除问题一最后一句",
)


def _turns(folder: Path) -> None:
    with opened(folder) as assistant:
        session = assistant.chat("r0001", author="方立群")
        for said in TURNS:
            for _ in session.send(said):
                pass


JOBS: dict[str, Callable[[Path], None]] = {
    "sync": _sync,
    "revoke": _revoke,
    "rebuild": _rebuild,
    "restore": _restore,
    "backup": _backup,
    "turns": _turns,
}


def _child(job: str, folder: Path) -> None:
    status = 1
    try:
        JOBS[job](folder)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def main() -> None:
    for line in sys.stdin:
        job, _, folder = line.rstrip("\n").partition(" ")
        pid = os.fork()
        if pid == 0:
            _child(job, Path(folder))
        print(f"started {pid}", flush=True)
        _, status = os.waitpid(pid, 0)
        print(f"ended {pid} {os.waitstatus_to_exitcode(status)}", flush=True)


if __name__ == "__main__":
    main()
