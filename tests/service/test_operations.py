"""Health, readiness, figures, logs and traces."""

from __future__ import annotations

import io
import json
import logging
import shutil
import sys
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client.parser import text_string_to_metric_families

from nigao import Assistant
from nigao.errors import UsageError
from nigao.service.app import create_app
from nigao.service.operations.logs import configure_logs
from nigao.service.operations.tracing import Tracing, configured_tracing

WORDS = "保密的检索词"


@pytest.fixture
def log() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """The log so far, as `nigao serve` writes it."""
    root, nigao = logging.getLogger(), logging.getLogger("nigao")
    before = list(root.handlers), root.level, nigao.level
    # pytest's own handlers are put back below, unclosed.
    root.handlers.clear()
    written = io.StringIO()
    configure_logs(written)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    logging.captureWarnings(False)
    root.handlers[:], root.level, nigao.level = before


def _figures(client: TestClient) -> dict[tuple[str, ...], float]:
    text = client.get("/metrics").text
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_health_needs_no_key_and_no_database(keyed: Callable[..., TestClient], client: TestClient) -> None:
    keyed("auditor")
    assert client.get("/healthz").json() == {"status": "ok"}


def test_ready_is_who_can_work(client: TestClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["checks"] == dict.fromkeys(("database", "index", "jobs", "disk"), "ok")


def test_not_ready_is_who_lacks_something(
    client: TestClient, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage(NamedTuple):
        free: int

    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(free=1_000))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (503, "failing")
    assert answer.json()["checks"]["disk"].startswith("空间不足")
    assert str(assistant.store.path) not in answer.text


def test_an_app_whose_workers_do_not_run_is_not_ready(assistant: Assistant) -> None:
    # Without its lifespan nobody takes up jobs.
    answer = TestClient(create_app(assistant), base_url="http://127.0.0.1").get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["jobs"] != "ok"


def test_requests_are_counted_by_route_and_never_by_what_they_say(client: TestClient) -> None:
    for id in ("j0001", "j0002", WORDS):
        client.get(f"/api/v1/jobs/{id}", params={"q": WORDS})
    client.get(f"/{WORDS}")
    client.request("INVENTED", "/healthz")
    found = _figures(client)
    assert found["nigao_requests_total", "/api/v1/jobs/{job_id}", "404", "GET"] == 3
    assert found["nigao_requests_total", "-", "404", "GET"] == 1
    assert found["nigao_request_seconds_count", "/api/v1/jobs/{job_id}", "GET"] == 3
    assert found["nigao_requests_under_way",] == 1
    text = client.get("/metrics").text
    assert WORDS not in text
    assert "j0001" not in text
    assert "INVENTED" not in text


def test_jobs_and_the_corpus_have_figures(client: TestClient, assistant: Assistant) -> None:
    before = _figures(client)
    job, _ = assistant.store.jobs.add("embed", "{}", person="li", units=[], caller="local")
    assistant.store.jobs.end(job.id, "cancelled")
    after = _figures(client)
    assert after["nigao_jobs", "cancelled"] == before["nigao_jobs", "cancelled"] + 1
    assert after["nigao_corpus_passages",] == assistant.hybrid.status().passages > 0


def test_two_apps_count_apart(client: TestClient, assistant: Assistant) -> None:
    client.get("/healthz")
    other = TestClient(create_app(assistant), base_url="http://127.0.0.1")
    assert ("nigao_requests_total", "/healthz", "200", "GET") not in _figures(other)


def test_figures_are_for_who_runs_the_service(keyed: Callable[..., TestClient], client: TestClient) -> None:
    assert keyed("auditor").get("/metrics").status_code == 200
    assert keyed("drafter").get("/metrics").status_code == 403
    assert client.get("/metrics").status_code == 401


def test_the_log_says_who_asked_what_and_how_it_went(
    client: TestClient, log: Callable[[], list[dict[str, Any]]]
) -> None:
    client.get("/api/v1/jobs/j0001", headers={"X-Request-ID": "abc"})
    line = log()[-1]
    assert line["request_id"] == "abc"
    assert (line["method"], line["route"], line["status"]) == ("GET", "/api/v1/jobs/{job_id}", 404)
    assert line["caller"] == "local"
    assert line["ms"] >= 0
    assert line["time"].endswith("+00:00")


def test_no_word_of_a_request_reaches_the_log(
    app: FastAPI, client: TestClient, log: Callable[[], list[dict[str, Any]]], capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(q: str) -> None:
        try:
            raise KeyError(q)
        except KeyError as error:
            raise ValueError(f"没有 {q}") from error

    app.add_api_route("/api/v1/broken", broken)
    client.get("/api/v1/search", params={"q": WORDS})
    client.get(f"/api/v1/jobs/{WORDS}")
    client.get(f"/{WORDS}")
    client.post("/api/v1/checks", json={"text": WORDS, WORDS: WORDS})
    client.post("/api/v1/sessions/s0001/turns", json={"say": WORDS})
    client.get("/api/v1/me", headers={"X-Nigao-Person": WORDS.encode().hex(), "Authorization": "Bearer ng_secret"})
    client.get("/api/v1/broken", params={"q": WORDS})
    # A library that logs what it was given.
    logging.getLogger("somebody.else").warning("could not take %s", WORDS)
    told = log()
    written = json.dumps(told, ensure_ascii=False) + "".join(capfd.readouterr())
    assert WORDS not in written
    assert json.dumps(WORDS) not in written
    assert "ng_secret" not in written
    error = next(line for line in told if "error" in line)
    assert error["error"] == ["builtins.ValueError", "builtins.KeyError"]
    assert any("broken" in frame for frame in error["traceback"])
    assert error["request_id"]


def test_a_span_has_the_route_and_not_the_words() -> None:
    kept = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    tracing = Tracing(provider)
    tracing.record(parent, "/api/v1/search", "GET", 503, 1_700_000_000_000_000_000, 0.25)
    (span,) = kept.get_finished_spans()
    provider.shutdown()
    assert span.name == "GET /api/v1/search"
    assert span.context is not None
    assert f"{span.context.trace_id:032x}" == parent.split("-")[1]
    assert dict(span.attributes or {})["http.response.status_code"] == 503
    assert (span.end_time or 0) - (span.start_time or 0) == 250_000_000
    assert not span.status.is_ok


def test_traces_are_made_only_where_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    assert configured_tracing() is None
    assert "opentelemetry.exporter.otlp.proto.http.trace_exporter" not in sys.modules
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318")
    monkeypatch.setattr("nigao.service.operations.tracing.find_spec", lambda name: None)
    with pytest.raises(UsageError, match="OpenTelemetry"):
        configured_tracing()
