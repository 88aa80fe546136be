"""The sample report in a workspace of its own, and a conversation about it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from made_once import made_once
from nigao import Assistant, Brief


@pytest.fixture(scope="session")
def drafted_sample(synced_sample: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The sample workspace with its report drafted as r0001; copy it before changing it."""

    def make(folder: Path) -> None:
        shutil.copytree(synced_sample, folder)
        with Assistant.open(folder) as assistant:
            assistant.draft(Brief.load(folder / "brief.yaml"), author="周文清")

    return made_once(tmp_path_factory, worker_id, "drafted-sample", make)


@pytest.fixture
def office(drafted_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Assistant]:
    """An open assistant on a copy that a test may spoil; files named without a folder go there too."""
    folder = tmp_path / "ws"
    shutil.copytree(drafted_sample, folder)
    monkeypatch.chdir(folder)
    with Assistant.open(folder) as assistant:
        yield assistant


@pytest.fixture
def by_words(drafted_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Assistant]:
    """The same searched by words only, which opens at once."""
    folder = tmp_path / "ws"
    shutil.copytree(drafted_sample, folder)
    monkeypatch.chdir(folder)
    with Assistant.open(folder, embeddings=False) as assistant:
        yield assistant
