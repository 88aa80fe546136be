"""Whatever people, documents and models write is text on the page: nothing of it runs, nothing leaves the machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import Site
from playwright.sync_api import Page, expect

from nigao import Brief
from nigao.revising.reviewing import findings_json

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
Visit = Callable[..., Page]

# Each would set `pwned`, ask elsewhere or break the layout if it were taken for more than words.
HOSTILE = [
    "<script>window.pwned=1</script>",
    '"><img src=x onerror="window.pwned=1">',
    "<svg onload=window.pwned=1><circle r=9></svg>",
    "<a href='javascript:window.pwned=1'>点这里</a>",
    "javascript:window.pwned=1",
    "{{constructor.constructor('window.pwned=1')()}}${window.pwned=1}#{7*7}",
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe><base href=//elsewhere.invalid/>",
    "<style>*{display:none}</style><link rel=stylesheet href=//elsewhere.invalid/x.css>",
    "行分隔符\u2028段分隔符\u2029，从右向左\u202e改顺序\u202c，隔离\u2067起\u2069止",
    "</textarea></template></title><math><mtext><img src=x onerror=window.pwned=1>",
    "]]>--><img src=x onerror=window.pwned=1> &lt;script&gt;",
]
ALL = " ".join(HOSTILE)


def test_report_of_hostile_words_is_shown_as_words(visit: Visit, site: Site) -> None:
    """The title, headings, sentences, facts and citations of a report, and all that the panels say of them."""
    brief = Brief.model_validate(
        {
            "unit": {"full": ALL[:150], "short": HOSTILE[0]},
            "recipient": ALL,
            "facts": [{"name": HOSTILE[1], "value": ALL, "source": ALL}],
        }
    )
    lines = "\n".join(
        f"{number}是{words}。{words}。" for number, words in zip("一二三四五六七八九十", HOSTILE, strict=False)
    )
    report = site.assistant.parse(
        f"{HOSTILE[0]}的报告\n\n{HOSTILE[1]}：\n一、基本情况\n{ALL}。\n三、存在的问题\n{lines}\n"
    )
    report = report.model_copy(update={"unit": brief.unit.full})
    findings = findings_json(site.assistant.reports.review(report, brief))
    id = site.assistant.store.reports.add(report, brief.model_dump_json(), findings, HOSTILE[2], "拟稿").id
    page = visit("#/")
    expect(page.locator(".reports")).to_contain_text(HOSTILE[0])
    page.goto(f"{site.url}#/reports/{id}")
    nodes = page.locator(".sheet .sentence")
    expect(nodes.filter(has_text=HOSTILE[4]).first).to_be_visible()
    for number in range(nodes.count()):
        nodes.nth(number).focus()
        page.keyboard.press("Enter")
    page.get_by_role("tab").nth(2).click()
    expect(page.locator("#panel-findings .finding").first).to_be_visible()
    page.get_by_role("link", name="各稿与比较").click()
    expect(page.locator(".revisions")).to_contain_text(HOSTILE[2])
    assert page.locator("main script, main img, main iframe, main svg, main a[href^='javascript']").count() == 0


def test_sentence_is_written_talked_about_and_compared(report: Page) -> None:
    nodes = report.locator('.sheet p > .sentence[data-origin="材"]')
    for revision, words in enumerate(HOSTILE, start=2):
        nodes.first.focus()
        report.keyboard.press("e")
        report.locator(".editor textarea").fill(f"经研究，{words}。")
        report.keyboard.press("Control+Enter")
        expect(report.locator(".standing")).to_contain_text(f"第 {revision} 稿")
        expect(report.locator(".sheet")).to_contain_text(words.split("\u2028")[0].strip()[:30])
    for words in (HOSTILE[0], HOSTILE[1], ALL):
        report.get_by_label("对稿件说").fill(f"把“经研究”改成“{words}”")
        report.keyboard.press("Enter")
        expect(report.get_by_role("button", name="停止")).to_be_hidden()
        expect(report.locator(".log > .said").last).to_contain_text(words[:20])
    report.get_by_role("link", name="各稿与比较").click()
    expect(report.locator(".change ins").first).to_be_visible()


def test_brief_person_and_reasons_are_words(visit: Visit) -> None:
    page = visit("#/new")
    page.get_by_role("button", name="换姓名").click()
    page.get_by_role("dialog").get_by_label("姓名").fill(HOSTILE[0])
    page.get_by_role("dialog").get_by_role("button", name="确定").click()
    expect(page.locator("#who, .notices").filter(has_text="pwned").first).to_be_visible()
    page.get_by_label("单位全称（必填）").fill(HOSTILE[1])
    for name, words in {
        "单位简称": HOSTILE[0],
        "主送机关": HOSTILE[2],
        "要求报送的单位": HOSTILE[5],
        "时间范围": HOSTILE[6],
    }.items():
        page.get_by_label(name, exact=True).fill(words)
    for row, words in zip(page.locator("table.facts tbody tr").all(), HOSTILE, strict=False):
        for column in ("名称", "内容", "单位", "截止日期", "出处"):
            row.get_by_label(column, exact=True).fill(words[:200])
    page.get_by_text("各部分的要点（可以不写）").click()
    page.get_by_label("存在的问题").fill("\n".join(HOSTILE))
    page.get_by_role("button", name="开始起草").click()
    expect(page.locator(".sheet .sentence, .notice.error").first).to_be_visible(timeout=60_000)


def test_reasons_and_notes_are_words(report: Page) -> None:
    report.get_by_role("tab").nth(2).click()
    report.locator("#panel-findings .finding").first.get_by_role("button", name="忽略……").click()
    report.get_by_role("dialog").get_by_label("理由").fill(ALL[:480])
    report.get_by_role("dialog").get_by_role("button", name="忽略").click()
    report.get_by_text("写明理由忽略的 1 处").click()
    expect(report.locator("#panel-findings")).to_contain_text("<script>window.pwned=1</script>")
    report.locator(".standing").get_by_role("button", name="送审").click()
    report.get_by_role("dialog").get_by_label("附言（可不写）").fill(ALL)
    report.get_by_role("dialog").get_by_role("button", name="送审").click()
    expect(report.locator(".standing")).to_contain_text("<script>window.pwned=1</script>")


def test_document_of_hostile_words_is_words(visit: Visit, tmp_path: Path) -> None:
    page = visit("#/corpus")
    hostile = tmp_path / "<img src=x onerror=window.pwned=1>.txt"
    hostile.write_text("\n\n".join(f"{words}。值班登记。" for words in HOSTILE), encoding="utf-8")
    page.get_by_role("button", name="提交文件……").click()
    box = page.get_by_role("dialog")
    box.get_by_label("文件", exact=True).set_input_files(hostile)
    box.get_by_label("制发单位").fill(HOSTILE[1])
    box.get_by_role("button", name="提交").click()
    expect(page.locator(".document h2, [role=alert] .note").filter(has_text="pwned").first).to_be_visible()
    if page.locator(".document .waiting").count():
        expect(page.locator(".document .waiting")).to_contain_text(HOSTILE[0])
        page.get_by_role("button", name="退回……").click()
        page.get_by_role("dialog").get_by_label("理由").fill(HOSTILE[0])
        page.get_by_role("dialog").get_by_role("button", name="退回").click()
        expect(page.locator(".document")).to_contain_text("<script>window.pwned=1</script>")
    for words in HOSTILE:
        page.get_by_label("检索语料").fill(words)
        page.get_by_role("button", name="检索", exact=True).click()
        expect(page.get_by_role("button", name="检索", exact=True)).to_be_enabled()


def test_hostile_address_is_told_as_words(visit: Visit, site: Site) -> None:
    page = visit()
    for address in (
        "#/reports/<img src=x onerror=window.pwned=1>",
        "#/corpus/..%2f..%2f",
        "#/jobs/javascript:x",
        "#/%E0%A4%A",
    ):
        page.goto(site.url + address)
        expect(page.locator("main h2").first).to_be_visible()


def test_key_stays_in_the_tab_and_out_of_the_address(visit: Visit, site: Site) -> None:
    key = site.key("<img src=x onerror=window.pwned=1>", "editor")
    page = visit()
    page.get_by_label("密钥").fill(key)
    page.get_by_role("button", name="进入").click()
    expect(page.locator(".who .name")).to_have_text("<img src=x onerror=window.pwned=1>")
    assert key not in page.url
    assert page.evaluate("[document.cookie, localStorage.length]") == ["", 0]
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_label("密钥")).to_be_visible()
    assert page.evaluate("sessionStorage.getItem('nigao.key')") is None
