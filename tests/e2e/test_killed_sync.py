"""The command itself, with the real embeddings, killed and run again; tests/durability kills at every moment."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nigao import Assistant
from nigao.workspace import create_workspace


def nigao(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nigao.cli.main", "--workspace", str(folder), *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def killed_after(folder: Path, delay: float) -> None:
    """Start a sync in a process of its own and kill it, as a power cut would."""
    command = [sys.executable, "-m", "nigao.cli.main", "--workspace", str(folder), "corpus", "sync"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.wait(30)


@pytest.mark.parametrize("delays", [(0.9, 2.5, 6.0)])
def test_sync_killed_again_and_again_is_completed_by_the_next(
    tmp_path: Path, workspace: Path, delays: tuple[float, ...]
) -> None:
    folder = tmp_path / "killed"
    create_workspace(folder, sample=True)
    for delay in delays:
        killed_after(folder, delay)
    assert nigao(folder, "corpus", "sync").returncode == 1
    assert nigao(folder, "corpus", "verify").returncode == 0
    with Assistant.open(folder) as interrupted, Assistant.open(workspace) as whole:
        ids = [passage.id for passage in whole.store.documents.passages()]
        assert [passage.id for passage in interrupted.store.documents.passages()] == ids
        assert interrupted.hybrid.status().embedded == len(ids)
        query = "窗口服务和好差评"
        assert [h.passage.id for h in interrupted.search(query)] == [h.passage.id for h in whole.search(query)]
