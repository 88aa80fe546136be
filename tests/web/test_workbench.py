"""The work of an office on the page, as people do it: draft, read, edit, fill in, talk, compare, export, sign off."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from browsing import Site
from docx import Document
from playwright.sync_api import Locator, Page, Response, Route, expect
from pydantic import BaseModel

from nigao import Assistant
from nigao.drafting.events import PartEvent
from nigao.service.jobs import work
from nigao.store import JobRecord

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
Visit = Callable[..., Page]


def sentence(page: Page, words: str) -> Locator:
    """The sentence of the report that holds these words."""
    return page.locator(".sheet .sentence").filter(has_text=words).first


def first_cited(page: Page) -> Locator:
    return page.locator('.sheet p > .sentence[data-origin="材"]').first


def edit(page: Page, node: Locator, words: str) -> None:
    """Type other words for a sentence and save them."""
    node.focus()
    page.keyboard.press("e")
    page.locator(".editor textarea").fill(words)
    page.get_by_role("button", name="保存").click()


def chat(page: Page, words: str) -> Locator:
    """Say something; what came of it."""
    page.get_by_role("tab", name="对话").click()
    page.get_by_label("对稿件说").fill(words)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="停止")).to_be_hidden()
    return page.locator(".log > .told").last


def test_draft_is_made_from_the_form(visit: Visit) -> None:
    page = visit("#/new")
    page.get_by_label("单位全称（必填）").fill("青澜市政务服务管理办公室")
    page.get_by_label("单位简称").fill("市政务办")
    page.get_by_label("主送机关").fill("市委第三巡察组")
    page.get_by_label("时间范围").fill("2025年")
    row = page.locator("table.facts tbody tr").nth(1)
    row.get_by_label("内容").fill("28")
    row.get_by_label("单位").fill("名")
    page.get_by_role("button", name="添一行").click()
    page.get_by_text("各部分的要点（可以不写）").click()
    page.get_by_label("存在的问题").fill("窗口服务效率有待提高")
    page.reload()
    expect(page.get_by_label("单位简称")).to_have_value("市政务办")
    page.get_by_role("button", name="开始起草").click()
    expect(page).to_have_url(re.compile("#/reports/r0002$"), timeout=60_000)
    expect(page.locator(".sheet h2")).to_contain_text("2025年政治生态")
    expect(sentence(page, "核定编制28名")).to_be_visible()
    expect(page.locator(".sheet h3")).to_have_count(4)


def test_running_draft_tells_how_far_it_is_and_can_be_cancelled(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(assistant: Assistant, job: JobRecord, tell: work.Tell, stop: work.Stop) -> BaseModel:
        tell(PartEvent(part="basics", heading="基本情况", state="begun"))
        asked = threading.Event()
        stop.on(asked.set)
        assert asked.wait(60)
        raise work.StoppedError

    monkeypatch.setitem(work.KINDS, "draft", endless)
    page = visit("#/new")
    page.get_by_label("单位全称（必填）").fill("青澜市政务服务管理办公室")
    page.get_by_role("button", name="开始起草").click()
    expect(page.get_by_text("正在写：基本情况")).to_be_visible()
    page.get_by_role("button", name="取消起草").click()
    page.get_by_role("dialog").get_by_role("button", name="取消起草").click()
    expect(page.get_by_text("已取消。")).to_be_visible()
    page.get_by_role("link", name="回到拟稿要求").click()
    expect(page.get_by_label("单位全称（必填）")).to_have_value("青澜市政务服务管理办公室")


def test_sentence_leads_to_the_passage_that_it_rests_on(report: Page) -> None:
    node = first_cited(report)
    words = node.inner_text()
    node.click()
    panel = report.get_by_role("tabpanel", name="本句")
    expect(panel).to_contain_text("出自材料")
    expect(panel.locator(".source mark").first).to_be_visible()
    assert panel.locator(".source mark").first.inner_text() in words or words in panel.locator(".quote").inner_text()
    expect(panel.locator(".source .neighbour").first).to_be_visible()
    expect(panel).to_contain_text(re.compile(r"\d{4}-\d\d-\d\d 批准"))
    panel.get_by_role("link", name="看这份文件").first.click()
    expect(report.locator(".document")).to_contain_text("以它为依据的报告 1 份")


def test_fact_leads_to_the_fact_sheet(report: Page) -> None:
    sentence(report, "核定编制").click()
    panel = report.get_by_role("tabpanel", name="本句")
    expect(panel).to_contain_text("出自事实")
    expect(panel).to_contain_text("编制数：28名")
    expect(panel).to_contain_text("市政务办机构编制和人员情况说明")


def test_sentence_is_edited_where_it_stands_and_kept(report: Page, site: Site) -> None:
    node = first_cited(report)
    words = node.inner_text()
    node.focus()
    report.keyboard.press("e")
    report.locator(".editor textarea").fill("经研究，" + words)
    expect(report.locator(".editor ins")).to_have_text("经研究，")
    report.keyboard.press("Control+Enter")
    expect(sentence(report, "经研究，")).to_be_focused()
    expect(report.locator(".told", has_text="第 2 稿").first).to_be_visible()
    kept = site.assistant.stored("r0001")
    assert kept.revision == 2
    assert "经研究，" + words in [one.text for one in kept.report.sentences()]
    report.get_by_role("button", name="撤销").click()
    expect(sentence(report, "经研究，")).to_have_count(0)
    report.get_by_role("button", name="重做").click()
    expect(sentence(report, "经研究，")).to_have_count(1)


def test_stale_edit_shows_what_the_other_did_and_goes_on(report: Page, visit: Visit, site: Site) -> None:
    mine = first_cited(report)
    words = mine.inner_text()
    other = visit("#/reports/r0001")
    edit(other, other.locator(".sheet .sentence").nth(1), "这是别人改过的开头。")
    expect(sentence(other, "这是别人改过的开头")).to_be_visible()
    edit(report, mine, "我改的，" + words)
    box = report.get_by_role("dialog")
    expect(box).to_contain_text("已有更新的一稿")
    expect(box.locator(".change ins").first).to_contain_text("这是别人改过的开头")
    assert site.assistant.stored("r0001").revision == 2
    box.get_by_role("button", name="在第 2 稿上照改").click()
    expect(sentence(report, "我改的，")).to_be_visible()
    expect(sentence(report, "这是别人改过的开头")).to_be_visible()
    assert site.assistant.stored("r0001").revision == 3


def test_edit_of_what_another_has_edited_holds_both_against_each_other(report: Page, visit: Visit, site: Site) -> None:
    other = visit("#/reports/r0001")
    words = first_cited(report).inner_text()
    edit(other, first_cited(other), "对方写的，" + words)
    expect(sentence(other, "对方写的，")).to_be_visible()
    edit(report, first_cited(report), "我写的，" + words)
    box = report.get_by_role("dialog")
    expect(box.locator(".words del").last).to_contain_text("对方")
    box.get_by_role("button", name="在新稿上接着改").click()
    expect(report.locator(".editor textarea")).to_have_value("我写的，" + words)
    assert site.assistant.stored("r0001").revision == 2


def test_blank_is_filled_in_as_a_fact(report: Page, site: Site) -> None:
    report.locator(".sheet .blank", has_text="党员人数").click()
    box = report.get_by_role("dialog")
    expect(box.get_by_label("事实名称")).to_have_value("党员人数")
    box.get_by_label("内容（连同计量单位）").fill("19名")
    box.get_by_role("button", name="作为事实填入").click()
    asked = report.get_by_role("dialog", name="请确认")
    expect(asked.locator("ins")).to_contain_text("19")
    asked.get_by_role("button", name="确认").click()
    expect(report.locator(".sheet .blank", has_text="党员人数")).to_have_count(0)
    fact = site.assistant.stored("r0001").brief.fact("党员人数")
    assert fact is not None
    assert fact.value.startswith("19")


def test_finding_is_mended_and_another_waived(report: Page, site: Site) -> None:
    edit(report, first_cited(report), "全年召开会议18次,形成意见。全年整改率达到97.3%。")
    report.get_by_role("tab", name=re.compile("核对")).click()
    cards = report.locator(".finding")
    expect(report.locator(".sheet .mark").first).to_be_visible()
    card = cards.filter(has=report.get_by_role("button", name=re.compile("自动修正"))).first
    card.get_by_role("button", name=re.compile("自动修正")).click()
    expect(sentence(report, "18次，形成意见")).to_be_visible()
    card = cards.filter(has_text="97.3").first
    before = cards.count()
    card.get_by_role("button", name="忽略……").click()
    report.get_by_role("dialog").get_by_label("理由").fill("与统计口径一致")
    report.get_by_role("dialog").get_by_role("button", name="忽略").click()
    expect(cards).not_to_have_count(before)
    waivers = site.assistant.stored("r0001").report.waivers
    assert [one.reason for one in waivers] == ["与统计口径一致"]


def test_conversation_asks_shows_and_changes_on_a_yes(report: Page, site: Site) -> None:
    answer = chat(report, "谈心谈话制度有什么规定？")
    answer.get_by_text(re.compile(r"^依据 \d 段$")).click()
    expect(answer.locator(".source a").first).to_be_visible()
    answer = chat(report, "编制数改为30名")
    expect(answer.locator(".affected ins")).to_contain_text("30")
    assert site.assistant.stored("r0001").revision == 1
    answer.get_by_role("button", name="确认").click()
    expect(sentence(report, "核定编制30名")).to_be_visible()
    expect(report.locator(".log > .told").last).to_contain_text("第 2 稿")
    answer = chat(report, "把那个改一下")
    expect(answer).not_to_be_empty()
    assert site.assistant.stored("r0001").revision == 2
    report.reload()
    expect(report.locator(".log > .said").first).to_have_text("谈心谈话制度有什么规定？")


def test_running_turn_is_stopped_and_changes_nothing(report: Page, site: Site) -> None:
    report.route("**/turns", lambda route: None)
    report.get_by_label("对稿件说").fill("编制数改为30名")
    report.keyboard.press("Enter")
    report.get_by_role("button", name="停止").click()
    expect(report.locator(".log > .told").last).to_contain_text("已停止")
    report.unroute("**/turns")
    answer = chat(report, "编制数改为31名")
    expect(answer.locator(".affected ins")).to_contain_text("31")
    assert site.assistant.stored("r0001").revision == 1


def test_words_being_typed_outlive_what_the_conversation_changes(report: Page) -> None:
    node = first_cited(report)
    words = node.inner_text()
    node.focus()
    report.keyboard.press("e")
    report.locator(".editor textarea").fill("还没写完，" + words)
    chat(report, "编制数改为30名").get_by_role("button", name="确认").click()
    expect(sentence(report, "核定编制30名")).to_be_visible()
    expect(report.locator(".editor textarea")).to_have_value("还没写完，" + words)
    report.get_by_role("button", name="保存").click()
    expect(sentence(report, "还没写完，")).to_be_visible()
    expect(report.locator(".editor")).to_have_count(0)


def test_two_revisions_are_compared_and_one_restored(report: Page, site: Site) -> None:
    words = first_cited(report).inner_text()
    edit(report, first_cited(report), "经研究，" + words)
    expect(sentence(report, "经研究，")).to_be_visible()
    report.get_by_role("link", name="各稿与比较").click()
    expect(report.locator(".change ins")).to_have_text("经研究，")
    report.get_by_role("button", name="恢复到这一稿").click()
    report.get_by_role("dialog").get_by_role("button", name="恢复").click()
    expect(report.locator(".revisions > li")).to_have_count(3)
    report.get_by_role("link", name="回到正文").click()
    expect(sentence(report, "经研究，")).to_have_count(0)
    assert site.assistant.stored("r0001").revision == 3


def test_export_is_a_word_file_with_its_title_for_a_name(report: Page) -> None:
    report.get_by_role("button", name="导出……").click()
    with report.expect_download() as started:
        report.get_by_role("dialog").get_by_role("button", name="导出").click()
    download = started.value
    assert download.suggested_filename.startswith("青澜市政务服务管理办公室关于2025年")
    words = [paragraph.text for paragraph in Document(BytesIO(Path(download.path()).read_bytes())).paragraphs]
    assert "一、基本情况" in words
    report.get_by_role("button", name="导出……").click()
    box = report.get_by_role("dialog")
    box.get_by_label("格式").select_option("txt")
    expect(box.get_by_label("带上核对结果（Word、网页）")).to_be_disabled()
    with report.expect_download() as started:
        box.get_by_role("button", name="导出").click()
    assert "一、基本情况" in Path(started.value.path()).read_text(encoding="utf-8")


def test_what_goes_wrong_in_a_dialog_is_told_there_with_what_to_do(report: Page) -> None:
    problem = {
        "status": 503,
        "title": "数据库暂时不可用",
        "detail": "写不进去",
        "fix": "过一会儿再试",
        "request_id": "q1",
    }
    report.route("**/export?**", lambda route: route.fulfill(status=503, json=problem))
    report.get_by_role("button", name="导出……").click()
    box = report.get_by_role("dialog")
    box.get_by_role("button", name="导出").click()
    expect(box.get_by_role("alert")).to_contain_text("写不进去")
    expect(box.get_by_role("alert")).to_contain_text("过一会儿再试；请求编号 q1")
    report.keyboard.press("Escape")
    report.route("**/undo", lambda route: route.abort())
    report.get_by_role("button", name="撤销").click()
    expect(report.locator("#notices")).to_contain_text("连不上服务")


def test_word_copy_is_shown_before_it_is_taken_in(report: Page, site: Site, tmp_path: Path) -> None:
    copy = tmp_path / "改稿.docx"
    site.assistant.export(site.assistant.stored("r0001"), [copy])
    document = Document(str(copy))
    run = next(run for one in document.paragraphs for run in one.runs if "核定编制28名" in run.text)
    run.text = run.text.replace("核定编制", "现有编制")
    document.save(str(copy))
    report.get_by_role("button", name="导入改稿……").click()
    box = report.get_by_role("dialog")
    box.get_by_label("改过的 docx").set_input_files(copy)
    box.get_by_role("button", name="先看会怎样改").click()
    expect(box.locator("ins").first).to_contain_text("现有")
    assert site.assistant.stored("r0001").revision == 1
    box.get_by_role("button", name="写入报告").click()
    expect(sentence(report, "现有编制28名")).to_be_visible()


def test_report_is_handed_in_and_signed_off_by_another_person(visit: Visit, site: Site) -> None:
    drafter, approver = site.key("李晓明", "drafter"), site.key("周文清", "approver")
    page = visit("#/reports/r0001")
    enter(page, "nigao_wrong")
    expect(page.get_by_role("alert")).to_contain_text("密钥不对")
    enter(page, drafter)
    expect(page.get_by_role("button", name="签发")).to_have_count(0)
    step(page, "送审")
    expect(page.locator(".notice.error")).to_contain_text("待补")
    assert drafter not in page.url
    finding = page.locator(".sheet .blank", has_text="党员人数")
    finding.click()
    page.get_by_role("dialog").get_by_label("内容（连同计量单位）").fill("19名")
    page.get_by_role("dialog").get_by_role("button", name="作为事实填入").click()
    page.get_by_role("dialog", name="请确认").get_by_role("button", name="确认").click()
    expect(finding).to_have_count(0)
    step(page, "送审")
    expect(page.locator(".standing .tag")).to_have_text("送审稿")
    other = visit("#/reports/r0001")
    enter(other, approver)
    expect(other.get_by_role("button", name="修改")).to_have_count(0)
    step(other, "签发")
    expect(other.locator(".standing .tag")).to_have_text("已签发")
    assert site.assistant.reports.status("r0001").stage == "approved"
    page.reload()
    expect(page.locator(".standing .tag")).to_have_text("已签发")


def test_document_is_submitted_read_approved_and_revoked(visit: Visit, tmp_path: Path) -> None:
    page = visit("#/corpus")
    refused = tmp_path / "空.txt"
    refused.write_bytes(b"")
    page.get_by_role("button", name="提交文件……").click()
    box = page.get_by_role("dialog")
    box.get_by_label("文件", exact=True).set_input_files(refused)
    box.get_by_role("button", name="提交").click()
    expect(box.get_by_role("alert")).to_contain_text("文件未予收录")
    good = tmp_path / "值班规定.txt"
    good.write_text("值班规定\n\n一、值班人员每日登记两次，交接时双方签字。\n", encoding="utf-8")
    box.get_by_label("文件", exact=True).set_input_files(good)
    box.get_by_label("用途").select_option("basis")
    box.get_by_label("标题").fill("青澜市值班规定")
    box.get_by_role("button", name="提交").click()
    expect(page.locator(".document .waiting")).to_contain_text("交接时双方签字")
    page.get_by_role("button", name="批准……").click()
    page.get_by_role("dialog").get_by_role("button", name="批准").click()
    expect(page.locator(".document")).to_contain_text("今天可作依据")
    page.get_by_label("检索语料").fill("值班人员交接签字")
    page.get_by_role("button", name="检索").click()
    expect(page.locator(".source").first).to_contain_text("青澜市值班规定")
    page.get_by_role("button", name="撤销这份文件……").click()
    page.get_by_role("dialog").get_by_label("理由").fill("已废止")
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("dialog").get_by_role("button", name="撤销").click()
    expect(page.locator(".document")).to_contain_text("已撤销：已废止")


def test_broken_progress_is_taken_up_where_it_broke_off(visit: Visit, site: Site) -> None:
    """The first answer is cut after its first event: the page asks for the rest, and hears each event once."""
    page = visit()
    asked: list[str | None] = []

    def cut(route: Route) -> None:
        asked.append(route.request.headers.get("last-event-id"))
        if len(asked) > 1:
            route.continue_()
            return
        part = {"type": "part", "part": "basics", "heading": "基本情况", "state": "begun"}
        body = f"id: 1\nevent: part\ndata: {json.dumps(part)}\n\n"
        route.fulfill(status=200, content_type="text/event-stream", body=body)

    page.route("**/api/v1/jobs/*/events", cut)
    page.goto(f"{site.url}#/new")
    page.get_by_label("单位全称（必填）").fill("青澜市政务服务管理办公室")
    page.get_by_role("button", name="开始起草").click()
    expect(page).to_have_url(re.compile("#/reports/r0002$"), timeout=60_000)
    assert asked == [None, "1"]


def enter(page: Page, key: str) -> None:
    """Show a key at the door."""
    page.get_by_label("密钥").fill(key)
    with page.expect_response(_is_me):
        page.get_by_role("button", name="进入").click()


def _is_me(answer: Response) -> bool:
    return answer.url.endswith("/api/v1/me")


def step(page: Page, name: str) -> None:
    """Take a step of sign-off."""
    page.locator(".standing").get_by_role("button", name=name).click()
    page.get_by_role("dialog").get_by_role("button", name=name).click()


def test_another_name_leaves_a_form_that_is_being_filled_in(visit: Visit) -> None:
    page = visit("#/new")
    page.get_by_label("单位全称（必填）").fill("清河市水务局")
    page.evaluate("document.querySelector('form.brief').dataset.kept = 'yes'")
    page.get_by_role("button", name="换姓名").click()
    page.get_by_role("dialog").get_by_label("姓名").fill("何静")
    page.get_by_role("dialog").get_by_role("button", name="确定").click()
    expect(page.locator("#who")).to_contain_text("何静")
    page.wait_for_load_state("networkidle")
    # The very form, not another one with the same words: whoever types into it goes on typing.
    expect(page.locator("form.brief[data-kept]").get_by_label("单位全称（必填）")).to_have_value("清河市水务局")
