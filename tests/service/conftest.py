"""A served workspace, synced by words only, which is quick; its app, and clients with and without keys."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from nigao import Assistant
from nigao.service.app import create_app

BASE = "http://127.0.0.1"


@pytest.fixture
def workspace(words_only_sample: Path, tmp_path: Path) -> Path:
    """A copy of the synced sample workspace that a test may spoil."""
    folder = tmp_path / "ws"
    shutil.copytree(words_only_sample, folder)
    return folder


@pytest.fixture
def assistant(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Assistant]:
    """The assistant that is served."""
    for name in ("NIGAO_PERSON", "NIGAO_MODEL", "NIGAO_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    with Assistant.open(workspace, embeddings=False) as opened:
        yield opened


@pytest.fixture
def app(assistant: Assistant) -> FastAPI:
    """The app, not yet living: `client` starts it."""
    return create_app(assistant)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """On one's own machine, where nobody needs a key; as long as it is open, the app lives and jobs run."""
    # An error that nobody foresaw is to be seen as the client would: as a 500.
    with TestClient(app, base_url=BASE, raise_server_exceptions=False, headers={"X-Nigao-Person": "li"}) as living:
        yield living


@pytest.fixture
def keyed(app: FastAPI, client: TestClient, assistant: Assistant) -> Callable[..., TestClient]:
    """Makes a key and gives a client that bears it; from the first one on, who bears none is turned away."""

    def made(roles: Sequence[str] | str, units: Sequence[str] = (), person: str = "李晓明") -> TestClient:
        given = [roles] if isinstance(roles, str) else list(roles)
        _, secret = assistant.store.keys.create(person=person, roles=given, by="管理员", units=units)
        bearer = {"Authorization": f"Bearer {secret}"}
        return TestClient(app, base_url=BASE, raise_server_exceptions=False, headers=bearer)

    return made
