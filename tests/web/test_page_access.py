"""The page for everybody: by keyboard alone, with a screen reader, in the dark, on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import DESKTOP, PHONE, Site
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
Visit = Callable[..., Page]


def report_text(page: Page) -> None:
    expect(page.locator(".sheet .sentence").first).to_be_visible()
    expect(page.locator(".log > div").first).to_be_attached()


def evidence(page: Page) -> None:
    report_text(page)
    page.locator('.sheet p > .sentence[data-origin="材"]').first.click()
    expect(page.locator(".source mark").first).to_be_visible()


def findings(page: Page) -> None:
    report_text(page)
    if not page.get_by_role("tab").first.is_visible():
        page.locator("#switch").get_by_role("button", name="对话").click()
    page.get_by_role("tab", name=re.compile("核对")).click()
    expect(page.locator("#panel-findings .finding").first).to_be_visible()


def editing(page: Page) -> None:
    report_text(page)
    page.locator('.sheet p > .sentence[data-origin="材"]').first.focus()
    page.keyboard.press("e")
    page.locator(".editor textarea").fill("改成这样。")


def talk(page: Page) -> None:
    report_text(page)
    if not page.get_by_label("对稿件说").is_visible():
        page.locator("#switch").get_by_role("button", name="对话").click()
    page.get_by_label("对稿件说").fill("编制数改为30名")
    page.keyboard.press("Enter")
    expect(page.locator(".log").get_by_role("button", name="确认")).to_be_visible()


def exporting(page: Page) -> None:
    report_text(page)
    page.get_by_role("button", name="导出……").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def revisions(page: Page) -> None:
    expect(page.locator(".revisions > li")).to_have_count(1)


def corpus(page: Page) -> None:
    expect(page.locator(".documents a").first).to_be_visible()


def document(page: Page) -> None:
    expect(page.locator(".document .record")).to_be_visible()
    page.get_by_role("button", name="撤销这份文件……").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def form(page: Page) -> None:
    expect(page.locator("table.facts")).to_be_visible()
    page.get_by_text("各部分的要点（可以不写）").click()


def reports(page: Page) -> None:
    expect(page.locator(".reports a")).to_have_count(1)


VIEWS: dict[str, tuple[str, Callable[[Page], None]]] = {
    "reports": ("#/", reports),
    "new": ("#/new", form),
    "report": ("#/reports/r0001", report_text),
    "evidence": ("#/reports/r0001", evidence),
    "findings": ("#/reports/r0001", findings),
    "editing": ("#/reports/r0001", editing),
    "talk": ("#/reports/r0001", talk),
    "export": ("#/reports/r0001", exporting),
    "history": ("#/reports/r0001/history", revisions),
    "corpus": ("#/corpus", corpus),
    "document": ("#/corpus/basis-work-rules", document),
}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_views_are_open_to_everybody_and_fit(visit: Visit, site: Site, size: dict[str, int]) -> None:
    """No serious fault that axe knows of, in light and dark; no scrolling sideways on a desk's screen or a phone's."""
    page = visit(viewport=size, reduced_motion="reduce")
    wrong: dict[str, list[str]] = {}
    for name, (address, ready) in VIEWS.items():
        page.goto(f"{site.url}#/")
        reports(page)
        page.goto(site.url + address)
        ready(page)
        wrong[name] = faults(page)
        page.emulate_media(color_scheme="dark")
        wrong[f"{name} in the dark"] = faults(page, "color-contrast")
        page.emulate_media(color_scheme="light")
        wrong[f"{name} sideways"] = sideways(page)
    assert {name: found for name, found in wrong.items() if found} == {}


def test_door_is_open_to_everybody(visit: Visit, site: Site) -> None:
    site.key("李晓明", "editor")
    page = visit(viewport=PHONE)
    expect(page.get_by_label("密钥")).to_be_focused()
    assert faults(page) == []
    assert sideways(page) == []


def faults(page: Page, *rules: str) -> list[str]:
    """What axe calls serious or critical, by all its rules or by some."""
    how = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    found = Axe().run(page, options=how).response["violations"]
    grave = [one for one in found if one["impact"] in ("serious", "critical")]
    return [f"{one['id']}: {[node['target'] for node in one['nodes']][:4]}" for one in grave]


def sideways(page: Page) -> list[str]:
    """What is wider than the room that it has."""
    return page.evaluate("""() => {
        const boxes = ["left", "main", "side"].map((id) => document.getElementById(id));
        const wide = [document.documentElement, ...boxes].filter((node) => node.scrollWidth > node.clientWidth + 1);
        return wide.map((node) => `${node.id || node.tagName} ${node.scrollWidth}>${node.clientWidth}`);
    }""")


def test_whole_way_is_gone_by_keyboard_alone(visit: Visit, site: Site) -> None:
    page = visit()
    reports(page)
    page.keyboard.press("Tab")
    expect(page.locator("#skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    tab_to(page, ".reports a")
    page.keyboard.press("Enter")
    report_text(page)
    tab_to(page, ".sheet .sentence")
    for key in ("j", "ArrowDown", "j", "k"):
        page.keyboard.press(key)
    nodes = page.locator(".sheet .sentence")
    expect(nodes.nth(2)).to_be_focused()
    while page.locator(".sheet .sentence:focus").get_attribute("data-origin") != "材":
        page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#panel-sentence")).to_be_focused()
    expect(page.locator(".source mark").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".sheet .sentence:focus")).to_have_attribute("data-origin", "材")
    page.keyboard.press("e")
    page.keyboard.press("End")
    page.keyboard.type("请核。")
    page.keyboard.press("Escape")
    expect(page.locator(".sheet .sentence:focus")).to_have_attribute("data-origin", "材")
    page.keyboard.press("e")
    page.keyboard.press("Control+Home")
    page.keyboard.type("经研究，")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".sheet .sentence:focus")).to_contain_text("经研究，")
    assert site.assistant.stored("r0001").revision == 2
    tab_to(page, ".tabs [aria-selected=true]")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name=re.compile("核对"))).to_be_focused()
    expect(page.locator("#panel-findings .finding").first).to_be_visible()


def test_dialog_is_left_by_escape_to_where_one_was(report: Page) -> None:
    report.get_by_role("button", name="导出……").focus()
    report.keyboard.press("Enter")
    expect(report.get_by_role("dialog")).to_be_visible()
    report.keyboard.press("Escape")
    expect(report.get_by_role("dialog")).to_have_count(0)
    expect(report.get_by_role("button", name="导出……")).to_be_focused()


def test_phone_has_one_column_and_a_switch(visit: Visit) -> None:
    page = visit("#/reports/r0001", viewport=PHONE)
    expect(page.locator(".sheet .sentence").first).to_be_visible()
    expect(page.locator("#left")).to_be_hidden()
    page.locator('.sheet p > .sentence[data-origin="材"]').first.click()
    expect(page.locator("#panel-sentence .source").first).to_be_visible()
    expect(page.locator("#main")).to_be_hidden()
    page.get_by_role("button", name="回到正文").click()
    expect(page.locator(".sheet")).to_be_visible()
    page.locator("#switch").get_by_role("button", name="目录").click()
    page.get_by_role("button", name=re.compile("存在的问题")).click()
    expect(page.locator(".sheet h3", has_text="存在的问题")).to_be_in_viewport()


def tab_to(page: Page, where: str) -> None:
    """Press Tab until something there has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("(where) => document.activeElement.matches(where)", where):
            return
    pytest.fail(f"the keyboard does not come to {where}")
