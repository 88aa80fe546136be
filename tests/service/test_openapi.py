"""The description of the interface: complete, sound, the one that stands in docs/, and the page made of it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from nigao import Assistant
from nigao.service.app import create_app
from nigao.service.examples import example_of
from nigao.service.spec import PUBLIC

WRITTEN = Path(__file__).parents[2] / "docs" / "openapi.json"
_CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def spec() -> dict[str, Any]:
    with Assistant.in_memory() as assistant:
        described: dict[str, Any] = create_app(assistant).openapi()
    return described


def _operations(spec: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_the_document_in_docs_is_the_one_served(spec: dict[str, Any]) -> None:
    written = json.loads(WRITTEN.read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(spec)), "run `make docs`"


def test_every_operation_is_told_in_chinese_and_has_an_id_of_its_own(spec: dict[str, Any]) -> None:
    ids = Counter(operation["operationId"] for _, _, operation in _operations(spec))
    assert [id for id, count in ids.items() if count > 1] == []
    tags = {tag["name"]: tag["description"] for tag in spec["tags"]}
    for path, method, operation in _operations(spec):
        assert _CHINESE.search(operation["summary"]), (method, path)
        assert operation["tags"], (method, path)
        for tag in operation["tags"]:
            assert tags[tag] != tag, f"{tag} is not described"


def test_every_operation_names_its_problems(spec: dict[str, Any]) -> None:
    responses = spec["components"]["responses"]
    for path, method, operation in _operations(spec):
        found = operation["responses"]
        if path in PUBLIC:
            assert "security" not in operation
            continue
        assert operation["security"] == [{"HTTPBearer": []}], (method, path)
        assert {"401", "403", "429", "500"} <= set(found), (method, path)
        if not path.startswith("/v1/"):
            assert "422" in found, (method, path)
        if "{" in path:
            assert "404" in found, (method, path)
        for status, response in found.items():
            if int(status) >= 400 and "$ref" in response:
                named = responses[response["$ref"].rpartition("/")[2]]
                assert list(named["content"]) == ["application/problem+json"]
    assert "HTTPValidationError" not in json.dumps(spec)


def test_changes_ask_for_the_revision_they_are_made_on(spec: dict[str, Any]) -> None:
    asking = [
        operation
        for _, _, operation in _operations(spec)
        if any(one["name"].lower() == "if-match" for one in operation.get("parameters", ()))
    ]
    assert asking
    assert all({"409", "412", "428"} <= set(operation["responses"]) for operation in asking)


def test_every_reference_leads_somewhere(spec: dict[str, Any]) -> None:
    for reference in set(re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(spec))):
        place: Any = spec
        for step in reference.split("/"):
            place = place[step]


def test_every_body_has_an_example(spec: dict[str, Any]) -> None:
    for path, method, operation in _operations(spec):
        for content in operation.get("requestBody", {}).get("content", {}).values():
            assert content.get("example") or content.get("examples"), (method, path)


def test_an_example_is_made_of_what_the_fields_say() -> None:
    schemas = {
        "Part": {
            "type": "object",
            "required": ["key"],
            "properties": {"key": {"type": "string", "examples": ["basics"]}},
        },
        "Loop": {"type": "object", "required": ["next"], "properties": {"next": {"$ref": "#/components/schemas/Loop"}}},
    }
    schema = {
        "type": "object",
        "required": ["part", "count", "kinds", "when"],
        "properties": {
            "part": {"$ref": "#/components/schemas/Part"},
            "count": {"type": "integer", "minimum": 3},
            "kinds": {"type": "array", "minItems": 1, "items": {"enum": ["a", "b"]}},
            "when": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
            "note": {"type": "string", "examples": ["改过"]},
            "unsaid": {"type": "string"},
        },
    }
    made = example_of(schema, schemas)
    assert made == {"part": {"key": "basics"}, "count": 3, "kinds": ["a"], "when": "2026-01-10", "note": "改过"}
    assert "next" in example_of({"$ref": "#/components/schemas/Loop"}, schemas)


def test_the_page_shows_every_operation_and_fetches_nothing(client: TestClient) -> None:
    page = client.get("/api/docs")
    assert page.headers["content-type"].startswith("text/html")
    text = unescape(re.sub("<[^>]+>", "", page.text))
    spec = client.get("/api/openapi.json").json()
    for path, method, operation in _operations(spec):
        assert path in text
        assert operation["summary"] in text
        assert f'id="{operation["operationId"]}"' in page.text, (method, path)
    assert "<script" not in page.text
    assert 'lang="zh-CN"' in page.text
    fetched = re.findall(r'(?:src|href)="([^"#]+)"', page.text)
    assert set(fetched) == {"/api/docs.css", "/api/openapi.json", "data:,"}
    assert client.get("/api/docs.css").headers["content-type"].startswith("text/css")
    assert "style=" not in page.text
