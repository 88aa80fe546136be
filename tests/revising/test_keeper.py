"""A kept report changed: checked anew, refused on what is old or locked, brought back, and compared."""

from __future__ import annotations

import pytest
from kept_reports import BRIEF, ID, retitle, sentence, small_report, title, titled

from nigao import Assistant
from nigao.errors import ConflictError, EditError, NotFoundError, UsageError
from nigao.report.brief import Fact
from nigao.report.model import Origin, Report, Sentence
from nigao.report.waivers import Waiver
from nigao.revising.keeper import ReportKeeper
from nigao.store import NewTurn, Store


def test_a_change_becomes_a_revision_with_its_findings(keeper: ReportKeeper, report: Report) -> None:
    changed = report.model_copy(deep=True)
    changed.parts[0].lead = [Sentence(text="核定编制12名，由某局负责。", origin=Origin.HUMAN)]
    draft = keeper.change(ID, changed, author=" 李强 ", reason="补一句", expected_revision=1, command_json="{}")
    assert (draft.id, draft.revision, draft.report) == (ID, 2, changed)
    assert "P302" in {finding.code for finding in draft.findings}
    assert keeper.get(ID) == draft
    (_, entry) = keeper.history(ID)
    assert (entry.author, entry.reason, entry.act, entry.command_json) == ("李强", "补一句", "edit", "{}")
    assert keeper.get(ID, 1).report == report


def test_what_is_waived_is_told_apart(keeper: ReportKeeper, report: Report) -> None:
    changed = report.model_copy(deep=True)
    changed.parts[0].lead = [Sentence(text="核定编制12名，由某局负责。", origin=Origin.HUMAN)]
    changed.waivers = [Waiver(codes=["P302"], reason="经请示不写单位名称", by="李强")]
    planned = keeper.plan.change(ID, changed, author="李强", reason="补一句")
    assert "P302" not in {finding.code for finding in planned.draft.findings}
    assert [(one.finding.code, one.reason) for one in planned.waived] == [("P302", "经请示不写单位名称")]
    assert len(keeper.history(ID)) == 1
    assert keeper.write(planned).revision == 2
    assert keeper.review(changed, BRIEF) == planned.draft.findings


def test_where_nothing_changes_nothing_is_written(keeper: ReportKeeper, report: Report) -> None:
    same = keeper.change(ID, report.model_copy(deep=True), author="李强", reason="没有", brief=BRIEF)
    assert same.revision == 1
    assert keeper.restore(ID, 1, "李强").revision == 1
    assert len(keeper.history(ID)) == 1


def test_the_brief_changes_with_the_report_and_comes_back_with_it(keeper: ReportKeeper, report: Report) -> None:
    brief = BRIEF.model_copy(update={"facts": [Fact(name="编制数", value="13", unit="名")]})
    changed = keeper.change(ID, report, author="李强", reason="改编制数", brief=brief)
    assert (changed.revision, changed.brief) == (2, brief)
    assert keeper.undo(ID, "李强").brief == BRIEF
    assert keeper.redo(ID, "李强").brief == brief


def test_a_change_of_an_older_revision_is_refused(keeper: ReportKeeper, report: Report) -> None:
    planned = keeper.plan.change(ID, titled(report, "乙"), author="李强", reason="改")
    retitle(keeper, "甲", author="王芳")
    for attempt in (
        lambda: keeper.write(planned),
        lambda: retitle(keeper, "乙", expected_revision=1),
        lambda: keeper.undo(ID, "王芳", 1, 1),
        lambda: keeper.restore(ID, 1, "王芳", 1),
    ):
        with pytest.raises(ConflictError, match="王芳已改出第 2 稿（改为甲）") as caught:
            attempt()
        assert (caught.value.expected, caught.value.actual) == (1, 2)
    assert title(keeper) == "甲"


def _locked(keeper: ReportKeeper) -> Report:
    """The first problem's sentence locked, as revision 2."""
    report = keeper.get(ID).report.model_copy(deep=True)
    report.parts[1].items[0].sentences[0].locked = True
    keeper.change(ID, report, author="李强", reason="锁定")
    return report.model_copy(deep=True)


def test_a_locked_sentence_is_not_touched(keeper: ReportKeeper, report: Report) -> None:
    changed = _locked(keeper)
    changed.parts[1].items[0].sentences[0].text = "结合业务的研讨不多；"
    with pytest.raises(EditError, match="“结合业务的研讨偏少；”已锁定") as caught:
        keeper.change(ID, changed, author="李强", reason="改", unlocks=True)
    assert caught.value.where == "三、一是第2句"
    gone = keeper.get(ID).report.model_copy(deep=True)
    del gone.parts[1].items[0]
    with pytest.raises(EditError, match="已锁定"):
        keeper.change(ID, gone, author="李强", reason="删")
    loose = keeper.get(ID).report.model_copy(deep=True)
    loose.parts[1].items[0].sentences[0].locked = False
    with pytest.raises(EditError, match="解除锁定"):
        keeper.change(ID, loose, author="李强", reason="改")
    assert keeper.change(ID, loose, author="李强", reason="解锁", unlocks=True).revision == 3


def test_a_locked_sentence_may_move_and_others_may_change(keeper: ReportKeeper, report: Report) -> None:
    changed = _locked(keeper)
    changed.parts[1].items.reverse()
    # As the last of the enumeration it ends otherwise.
    changed.parts[1].items[1].sentences[0].text = "结合业务的研讨偏少。"
    changed.parts[1].items[0].sentences[0].text = "窗口服务评价不高；"
    assert keeper.change(ID, changed, author="李强", reason="对调").revision == 3


def test_one_of_two_equal_sentences_is_not_enough(keeper: ReportKeeper, report: Report) -> None:
    report.parts[0].lead += [sentence("以下分述。"), sentence("以下分述。")]
    for one in report.parts[0].lead[1:]:
        one.locked = True
    keeper.change(ID, report.model_copy(deep=True), author="李强", reason="锁定")
    del report.parts[0].lead[2]
    with pytest.raises(EditError, match="已锁定"):
        keeper.change(ID, report, author="李强", reason="删")


def test_locks_stand_in_the_way_of_restoring_and_not_of_undoing(keeper: ReportKeeper, report: Report) -> None:
    changed = report.model_copy(deep=True)
    changed.parts[1].items[0].sentences[0].text = "结合业务的研讨不多；"
    keeper.change(ID, changed, author="李强", reason="改")
    changed = changed.model_copy(deep=True)
    changed.parts[1].items[0].sentences[0].locked = True
    keeper.change(ID, changed, author="李强", reason="锁定")
    with pytest.raises(EditError, match="已锁定"):
        keeper.restore(ID, 1, "李强")
    assert keeper.undo(ID, "李强").report.parts[1].items[0].sentences[0].locked is False
    assert keeper.restore(ID, 1, "李强").report == report


def test_what_others_did_is_not_taken_back_unasked(keeper: ReportKeeper, report: Report) -> None:
    retitle(keeper, "甲", author="李强")
    retitle(keeper, "乙", author="王芳")
    with pytest.raises(EditError, match="第 3 稿（改为乙）是王芳改动的") as caught:
        keeper.undo(ID, "李强")
    assert caught.value.fix
    undone = keeper.undo(ID, "李强", 2, others=True)
    assert undone.report == report
    assert keeper.history(ID)[-1].reason == "撤销 2 步：改为乙；改为甲"
    with pytest.raises(EditError, match="李强撤销的，没有重做"):
        keeper.redo(ID, "王芳")
    assert keeper.redo(ID, "李强").report.title == Sentence(text="甲")
    assert keeper.redo(ID, "王芳", others=True).report.title == Sentence(text="乙")


def test_there_is_an_end_to_undoing(keeper: ReportKeeper, report: Report) -> None:
    with pytest.raises(EditError, match="没有可以撤销的改动"):
        keeper.undo(ID, "李强")
    with pytest.raises(EditError, match="没有可以重做的改动"):
        keeper.redo(ID, "李强")
    retitle(keeper, "甲")
    with pytest.raises(EditError, match="只有 1 步"):
        keeper.undo(ID, "李强", 2)
    with pytest.raises(EditError):
        keeper.undo(ID, "李强", 0)


def test_two_revisions_are_compared(keeper: ReportKeeper, report: Report) -> None:
    retitle(keeper, "甲")
    (change,) = keeper.compare(ID, 1, 2).changes
    assert (change.kind, change.label, change.new) == ("changed", "标题", "甲")
    assert keeper.compare(ID, 2, 2).changes == []
    with pytest.raises(NotFoundError, match="没有第 3 稿"):
        keeper.compare(ID, 1, 3)


def test_an_unknown_report_revision_or_person(keeper: ReportKeeper, report: Report) -> None:
    for attempt in (
        lambda: keeper.get("r0009"),
        lambda: keeper.restore(ID, 7, "李强"),
        lambda: keeper.undo("r0009", "李强"),
        lambda: keeper.change("x", report, author="李强", reason="改"),
    ):
        with pytest.raises(NotFoundError):
            attempt()
    with pytest.raises(UsageError, match="没有写明是谁"):
        retitle(keeper, "甲", author=" ")


@pytest.mark.parametrize("brief", ["", "{}"])
def test_a_report_that_came_without_a_brief(keeper: ReportKeeper, store: Store, brief: str) -> None:
    store.reports.add(small_report(), brief, "[]", "周敏", "收入")
    draft = keeper.get(ID)
    assert draft.brief.unit.full == "云汀市档案馆"
    changed = retitle(keeper, "甲")
    assert (changed.revision, store.reports.get(ID).brief_json) == (2, brief)
    assert keeper.undo(ID, "李强").report == small_report()


def test_a_planned_change_is_written_with_a_turn(keeper: ReportKeeper, store: Store, report: Report) -> None:
    planned = keeper.plan.change(ID, titled(report, "甲"), author="李强", reason="改", expected_revision=1)
    session = store.chats.open(ID, "李强")
    done = store.chats.commit(session, NewTurn("改题目", "{}", "{}", "{}"), planned.revision)
    assert done.stored is not None
    assert (done.stored.revision, planned.draft.revision) == (2, 2)
    assert keeper.get(ID) == planned.draft


def test_a_drafted_report_is_checked_as_it_was_at_drafting(sample_assistant: Assistant) -> None:
    keeper = sample_assistant.reports
    from nigao import Brief

    assert sample_assistant.settings is not None
    brief = Brief.load(sample_assistant.settings.root / "brief.yaml")
    draft = sample_assistant.draft(brief, offline=True)
    assert keeper.get(draft.id).findings == draft.findings == keeper.review(draft.report, brief)
    changed = keeper.change(draft.id, titled(draft.report, "改过的标题"), author="李强", reason="改标题")
    back = keeper.undo(draft.id, "李强", 1, changed.revision)
    assert (back.report, back.findings, back.brief) == (draft.report, draft.findings, draft.brief)
