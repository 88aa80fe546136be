"""Workspaces to search in, and child processes that share one with the test."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nigao.store import Store


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / ".nigao"


@pytest.fixture
def store(workspace: Path) -> Iterator[Store]:
    with Store.open(workspace / "nigao.db") as opened:
        yield opened


@pytest.fixture
def memory() -> Iterator[Store]:
    with Store.in_memory() as opened:
        yield opened


@pytest.fixture
def child() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start Python with some code; whatever still runs at the end is killed."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str, *arguments: str) -> subprocess.Popen[str]:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        process = subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                stream.close()
