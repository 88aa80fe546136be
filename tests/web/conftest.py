"""A workspace with a drafted report, served on this machine, and a browser in front of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import DESKTOP, Site, Watch, chromium
from playwright.sync_api import Browser, Page, expect

from live_server import serving
from made_once import made_once
from nigao import Assistant, Brief
from nigao.service.app import create_app

LEFT_OUT = "党员人数"


@pytest.fixture(scope="session")
def drafted_sample(words_only_sample: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The sample workspace by words, with the report r0001 of 李晓明, in which one fact is a blank."""

    def make(folder: Path) -> None:
        shutil.copytree(words_only_sample, folder)
        with Assistant.open(folder, embeddings=False) as assistant:
            brief = Brief.load(folder / "brief.yaml")
            known = [fact for fact in brief.facts if fact.name != LEFT_OUT]
            assistant.draft(brief.model_copy(update={"facts": known}), author="李晓明", offline=True)

    return made_once(tmp_path_factory, worker_id, "drafted-by-words", make)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a file of tests."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def site(drafted_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A copy of the workspace, served without keys."""
    for name in ("NIGAO_PERSON", "NIGAO_MODEL", "NIGAO_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    shutil.copytree(drafted_sample, tmp_path / "ws")
    with Assistant.open(tmp_path / "ws", embeddings=False) as assistant, serving(create_app(assistant)) as url:
        yield Site(f"{url}/", assistant)


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Opens the page as another person would, in a browser context of its own; what no page may do fails the test."""
    opened: list[tuple[Page, Watch]] = []

    def visiting(address: str = "#/", **how: Any) -> Page:
        context = browser.new_context(**({"viewport": DESKTOP, "locale": "zh-CN"} | how))
        page, watch = context.new_page(), Watch(site.url)
        watch.on(page)
        opened.append((page, watch))
        page.goto(site.url + address)
        return page

    yield visiting
    try:
        for page, watch in opened:
            watch.check(page)
    finally:
        for page, _ in opened:
            page.context.close()


@pytest.fixture
def report(visit: Callable[..., Page]) -> Page:
    """The drafted report on the screen, the conversation ready."""
    page = visit("#/reports/r0001")
    expect(page.locator(".sheet .sentence").first).to_be_visible()
    expect(page.locator(".log > div")).to_have_count(1)
    return page
