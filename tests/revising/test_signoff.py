"""讨论稿 → 送审稿 → 已签发: who may, on what content, and what makes it void."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from kept_reports import BRIEF, ID, retitle, sentence, small_report

from nigao.errors import EditError, NotFoundError, UsageError
from nigao.report.kinds import load_kind
from nigao.report.model import Report
from nigao.report.waivers import Waiver
from nigao.revising.keeper import ReportKeeper
from nigao.settings import Settings, SignoffSettings
from nigao.store import Store

DRAFTER, EDITOR, APPROVER = "周敏", "李强", "周文清"


def _waived(report: Report, *codes: str) -> Report:
    changed = report.model_copy(deep=True)
    changed.waivers = [Waiver(codes=list(codes), reason="试用", by=EDITOR)]
    return changed


@pytest.fixture
def sound(keeper: ReportKeeper, store: Store) -> ReportKeeper:
    """A report without a finding that stands, drafted by 周敏 (who is an approver too)."""
    store.reports.add(_waived(small_report(), "G", "S"), BRIEF.model_dump_json(), "[]", DRAFTER, "拟稿")
    return keeper


def test_from_draft_to_approved(sound: ReportKeeper, store: Store) -> None:
    assert (sound.status(ID).stage, sound.status(ID).step) == ("draft", None)
    assert "没有送审过" in sound.status(ID).told
    sent = sound.submit(ID, EDITOR, "请审")
    assert (sent.stage, sent.label, sent.revision) == ("submitted", "送审稿", 1)
    assert sent.told == "送审稿（第 1 稿由李强送审：请审）"
    signed = sound.approve(ID, APPROVER, "同意")
    assert (signed.stage, signed.label) == ("approved", "已签发")
    assert signed.step is not None
    assert signed.step.content_hash == store.reports.get(ID).content_hash
    events = [(event.action, event.actor) for event in store.audit.events()[1:]]
    assert events == [("report.submit", EDITOR), ("report.approve", APPROVER)]
    assert store.audit.examine().signoffs == 2
    assert sound.statuses() == {ID: signed}


def test_what_was_waived_is_kept_with_the_submission(sound: ReportKeeper) -> None:
    step = sound.submit(ID, EDITOR).step
    assert step is not None
    waived = json.loads(step.waived_json)
    assert {"S101", "G201"} <= {one["finding"]["code"] for one in waived}
    assert {one["reason"] for one in waived} == {"试用"}


def test_any_change_makes_it_void_and_is_named(sound: ReportKeeper) -> None:
    sound.submit(ID, EDITOR)
    sound.approve(ID, APPROVER)
    retitle(sound, "改过的题目")
    now = sound.status(ID)
    assert now.stage == "draft"
    assert now.lapsed_by is not None
    assert (now.lapsed_by.revision, now.lapsed_by.author) == (2, EDITOR)
    assert now.told == "讨论稿（第 1 稿由周文清签发；李强改出第 2 稿后失效（改为改过的题目））"
    assert sound.statuses() == {ID: now}
    with pytest.raises(EditError, match="没有送审稿"):
        sound.approve(ID, APPROVER)
    assert sound.submit(ID, EDITOR).stage == "submitted"


def test_it_holds_for_the_very_content(sound: ReportKeeper) -> None:
    sound.submit(ID, EDITOR)
    retitle(sound, "改过的题目")
    with pytest.raises(EditError, match="李强改出第 2 稿后失效"):
        sound.approve(ID, APPROVER)
    # The content that was submitted is back, to the last character.
    sound.undo(ID, EDITOR)
    assert sound.status(ID).stage == "submitted"
    assert sound.approve(ID, APPROVER).revision == 3


def test_errors_and_blanks_are_not_sent_up(keeper: ReportKeeper, store: Store) -> None:
    report = small_report()
    report.parts[0].lead.append(sentence("实有人数【待补：实有人数】。"))
    store.reports.add(report, BRIEF.model_dump_json(), "[]", DRAFTER, "拟稿")
    with pytest.raises(EditError, match=r"处错误、1 处待补内容，不能送审：.*；……") as caught:
        keeper.submit(ID, EDITOR)
    assert "忽略" in caught.value.fix
    keeper.change(ID, _waived(report, "G", "S"), author=EDITOR, reason="忽略")
    with pytest.raises(EditError, match="还有1 处待补内容，不能送审：P301 第"):
        keeper.submit(ID, EDITOR)
    keeper.change(ID, _waived(report, "G", "S", "P301"), author=EDITOR, reason="忽略")
    assert keeper.submit(ID, EDITOR).stage == "submitted"


def test_a_waiver_without_a_reason_lets_nothing_stand(keeper: ReportKeeper, store: Store) -> None:
    report = small_report()
    report.waivers = [Waiver(codes=["G", "S"])]
    store.reports.add(report, BRIEF.model_dump_json(), "[]", DRAFTER, "拟稿")
    with pytest.raises(EditError, match="不能送审"):
        keeper.submit(ID, EDITOR)


def test_who_may_sign(sound: ReportKeeper) -> None:
    with pytest.raises(EditError, match="没有送审稿，现在是讨论稿"):
        sound.approve(ID, APPROVER)
    sound.submit(ID, EDITOR)
    with pytest.raises(UsageError, match="王芳不是签发人") as caught:
        sound.approve(ID, "王芳")
    assert caught.value.fix == "可以签发的有：周文清、周敏"
    with pytest.raises(UsageError, match="周敏是这份报告的拟稿人"):
        sound.approve(ID, DRAFTER)
    with pytest.raises(UsageError, match="没有写明是谁"):
        sound.approve(ID, "")
    with pytest.raises(EditError, match="现在已是送审稿"):
        sound.submit(ID, EDITOR)
    sound.approve(ID, f" {APPROVER} ")
    with pytest.raises(EditError, match="现在已是已签发"):
        sound.submit(ID, EDITOR)
    with pytest.raises(EditError, match="没有送审稿"):
        sound.approve(ID, APPROVER)


def test_who_submits_does_not_sign(sound: ReportKeeper) -> None:
    sound.submit(ID, APPROVER)
    with pytest.raises(UsageError, match="周文清是这份报告的送审人"):
        sound.approve(ID, APPROVER)
    assert sound.status(ID).stage == "submitted"


def test_a_setting_lets_the_drafter_sign(store: Store, tmp_path: Path) -> None:
    signoff = SignoffSettings(approvers=(DRAFTER,), drafter_may_approve=True)
    settings = Settings(root=tmp_path, manifest=tmp_path / "m", kinds=tmp_path / "k", signoff=signoff)
    keeper = ReportKeeper(store, settings, load_kind, lambda day, units: None)
    store.reports.add(_waived(small_report(), "G", "S"), BRIEF.model_dump_json(), "[]", DRAFTER, "拟稿")
    keeper.submit(ID, DRAFTER)
    assert keeper.approve(ID, DRAFTER).stage == "approved"


def test_without_settings_nobody_signs(store: Store) -> None:
    keeper = ReportKeeper(store, None, load_kind, lambda day, units: None)
    store.reports.add(_waived(small_report(), "G", "S"), BRIEF.model_dump_json(), "[]", DRAFTER, "拟稿")
    keeper.submit(ID, EDITOR)
    with pytest.raises(UsageError, match="不是签发人") as caught:
        keeper.approve(ID, APPROVER)
    assert "[signoff]" in caught.value.fix


def test_sent_back_it_is_a_draft_again(sound: ReportKeeper) -> None:
    sound.submit(ID, EDITOR)
    with pytest.raises(UsageError, match="没有写明退回的理由"):
        sound.send_back(ID, APPROVER, " ")
    back = sound.send_back(ID, APPROVER, "题目太长")
    assert (back.stage, back.told) == ("draft", "讨论稿（第 1 稿由周文清退回：题目太长）")
    with pytest.raises(EditError, match="没有送审稿"):
        sound.send_back(ID, APPROVER, "再改")
    retitle(sound, "短题目")
    assert "失效" not in sound.status(ID).told
    assert sound.submit(ID, EDITOR).stage == "submitted"
    assert [step.state for step in sound.signoffs(ID)] == ["submitted", "returned", "submitted"]


def test_locking_changes_the_content_too(sound: ReportKeeper) -> None:
    sound.submit(ID, EDITOR)
    report = sound.get(ID).report.model_copy(deep=True)
    report.parts[0].lead[0].locked = True
    sound.change(ID, report, author=EDITOR, reason="锁定")
    assert sound.status(ID).stage == "draft"


def test_an_unknown_report(sound: ReportKeeper) -> None:
    for attempt in (
        lambda: sound.submit("r0009", EDITOR),
        lambda: sound.approve("r0009", APPROVER),
        lambda: sound.status("x"),
    ):
        with pytest.raises(NotFoundError):
            attempt()
