"""Whatever a client sends, the API answers as its description says: schemathesis over every operation."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.types import ASGIApp, Receive, Scope, Send

from nigao import Assistant, Brief
from nigao.service.app import create_app
from nigao.settings import ServiceSettings

# CI looks a little less far than a developer may: NIGAO_API_EXAMPLES=200.
_EXAMPLES = int(os.environ.get("NIGAO_API_EXAMPLES", "10"))
_HEADERS = {"Host": "127.0.0.1", "X-Nigao-Person": "li"}
CHECKED = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture
def served(workspace: Path) -> Iterator[tuple[FastAPI, dict[str, str]]]:
    """An app with something of everything, and the ids of it."""
    with Assistant.open(workspace, embeddings=False) as assistant:
        draft = assistant.draft(Brief.load(workspace / "brief.yaml"), offline=True)
        session = assistant.store.chats.open(draft.id, "li")
        job, _ = assistant.store.jobs.add("draft", "{}", person="li", units=[], caller="local")
        assistant.store.jobs.end(job.id, "cancelled")
        document = assistant.store.documents.all()[0]
        known = {
            "report_id": draft.id,
            "session_id": session.id,
            "job_id": job.id,
            "document_id": document.id,
            "passage_id": assistant.store.documents.passages([document.id])[0].id,
            "part": "features",
            "revision": "1",
            "code": "G203",
            "key": "political-ecology",
        }
        app = create_app(assistant, ServiceSettings(drafts=1, grace=0, requests_per_minute=0))
        with TestClient(app, base_url="http://127.0.0.1"):
            yield app, known


# Of schemathesis: it chooses by `random` where hypothesis would choose itself.
@pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisDeprecationWarning")
def test_every_operation_answers_as_described(served: tuple[FastAPI, dict[str, str]]) -> None:
    app, known = served
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", _living(app), headers=_HEADERS)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 40
    for operation in operations:
        _try(operation, known)


def _living(app: FastAPI) -> ASGIApp:
    """The app, which lives already: schemathesis would begin it a second time."""

    async def requests_only(scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["type"] == "http", "it lives already"
        await app(scope, receive, send)

    return requests_only


def _try(operation: Any, known: dict[str, str]) -> None:
    @settings(
        max_examples=_EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), real=st.booleans())
    def one(case: Any, real: bool) -> None:
        if real:
            for name in set(case.path_parameters or {}) & set(known):
                case.path_parameters[name] = known[name]
        answer = case.call(headers=_HEADERS)
        case.validate_response(answer, checks=CHECKED)

    one()
