"""Workspaces that are damaged on purpose, and a process that runs jobs to be killed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import office_corpus
import pytest
from job_client import JobServer
from job_server import opened

from nigao.workspace import create_workspace


@pytest.fixture(scope="module")
def jobs() -> Iterator[JobServer]:
    server = JobServer()
    yield server
    server.close()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A synced workspace whose folder already holds the files of the next state, and a backup of the synced one."""
    from nigao.backup import back_up
    from nigao.settings import load_settings

    folder = tmp_path_factory.mktemp("template") / "ws"
    create_workspace(folder)
    office_corpus.write(folder, office_corpus.BEFORE)
    with opened(folder) as assistant:
        assistant.sync()
        assistant.embed()
        assert assistant.verify() == []
    back_up(load_settings(folder), folder / "backup.zip")
    office_corpus.write(folder, office_corpus.AFTER)
    return folder


@pytest.fixture
def office(template: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(template, tmp_path / "ws"))
