"""The page's files: the right ones, as they are, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources

import pytest
from fastapi.testclient import TestClient

from nigao import Assistant
from nigao.service.app import create_app

PAGE = resources.files("nigao.service.web") / "page"
KINDS = {
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
}
FILES = sorted(entry.name for entry in PAGE.iterdir())


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with Assistant.in_memory() as assistant:
        yield TestClient(create_app(assistant), base_url="http://127.0.0.1")


def test_page_is_served_with_a_policy_that_lets_its_own_files_in_alone(client: TestClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("name", [name for name in FILES if name != "index.html"])
def test_file_has_its_type_and_is_not_sent_twice(client: TestClient, name: str) -> None:
    first = client.get(f"/static/{name}")
    assert first.content == (PAGE / name).read_bytes()
    assert first.headers["content-type"] == KINDS[name.rpartition(".")[2]]
    again = client.get(f"/static/{name}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "name", ["nothing.js", "index.html", "..%2froutes.py", "%2e%2e%2froutes.py", "routes.py", "a" * 5000]
)
def test_nothing_else_is_served(client: TestClient, name: str) -> None:
    answer = client.get(f"/static/{name}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".js")])
def test_script_is_small_imports_what_is_there_and_makes_no_markup_of_text(name: str) -> None:
    script = (PAGE / name).read_text(encoding="utf-8")
    assert len(script.splitlines()) < 300
    for imported in re.findall(r'from "\./([^"]+)"', script):
        assert imported in FILES
    made = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\(.style|srcdoc"
    assert re.findall(made, script) == []
    assert re.findall(r"https?://", script) == []


def test_page_and_styles_name_no_other_place() -> None:
    for name in FILES:
        if name.endswith((".html", ".css")):
            words = (PAGE / name).read_text(encoding="utf-8")
            assert re.findall(r"https?://|url\(|@import|<style|style=| on[a-z]+=", words) == []
