"""Edited Word copies taken back in: a revision for each person, all or none, and everything not taken told."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest
from kept_reports import ID, sentence, small_report

from nigao.errors import ConflictError, EditError, NotFoundError, UsageError
from nigao.report.model import Report
from nigao.revising.importing import Imported
from nigao.revising.keeper import ReportKeeper
from nigao.store import Store
from nigao.word import WordOptions, docx_bytes
from nigao.word.options import Stamp
from word_edits import Edit, edited, remark, retype, tracked_words

Returned = Callable[..., Imported]


def exported(keeper: ReportKeeper, revision: int | None = None) -> bytes:
    draft = keeper.get(ID, revision)
    return docx_bytes(draft.report, WordOptions(stamp=Stamp(draft.id, draft.revision)))


def taken(keeper: ReportKeeper, *edits: Edit, by: str = "李核", **how: bool) -> Imported:
    return keeper.import_edits(edited(exported(keeper), *edits), by=by, **how)


@pytest.mark.usefixtures("report")
def test_a_copy_that_nobody_edited_writes_nothing(keeper: ReportKeeper, store: Store) -> None:
    imported = taken(keeper)
    assert imported.revisions == ()
    assert len(store.reports.history(ID)) == 1


@pytest.mark.usefixtures("report")
def test_what_the_file_does_not_sign_is_the_editors(keeper: ReportKeeper) -> None:
    imported = taken(keeper, lambda d: retype(d, "编制12名", "编制14名"))
    assert [(one.author, one.revision, one.diff.summary()) for one in imported.revisions] == [("李核", 2, "修改1处")]
    last = keeper.history(ID)[-1]
    assert (last.author, last.reason) == ("李核", "导入 Word 修改")
    assert keeper.get(ID) == imported.draft


@pytest.mark.usefixtures("report")
def test_each_person_gets_a_revision_in_the_order_of_time(keeper: ReportKeeper) -> None:
    imported = taken(
        keeper,
        lambda d: tracked_words(d, "编制12名", "编制14名", "赵一", "2026-03-02T08:00:00Z"),
        lambda d: tracked_words(d, "评价偏低", "评价不高", "钱二", "2026-03-01T08:00:00Z"),
        lambda d: retype(d, "研讨偏少", "研讨不多"),
    )
    assert [(one.author, one.revision) for one in imported.revisions] == [("李核", 2), ("钱二", 3), ("赵一", 4)]
    texts = [keeper.get(ID, revision).text() for revision in (2, 3, 4)]
    assert ["研讨不多" in text for text in texts] == [True, True, True]
    assert ["评价不高" in text for text in texts] == [False, True, True]
    assert ["编制14名" in text for text in texts] == [False, False, True]


@pytest.mark.usefixtures("report")
def test_one_person_gets_one_revision_whether_tracked_or_not(keeper: ReportKeeper) -> None:
    imported = taken(
        keeper,
        lambda d: tracked_words(d, "编制12名", "编制14名", "李核"),
        lambda d: retype(d, "研讨偏少", "研讨不多"),
    )
    assert [(one.author, one.diff.summary()) for one in imported.revisions] == [("李核", "修改2处")]


@pytest.mark.usefixtures("report")
def test_a_dry_run_tells_and_writes_nothing(keeper: ReportKeeper) -> None:
    imported = taken(keeper, lambda d: retype(d, "编制12名", "编制14名"), dry_run=True)
    assert imported.revisions[0].revision == 2
    assert len(keeper.history(ID)) == 1


@pytest.mark.usefixtures("report")
def test_comments_become_findings_until_somebody_has_dealt_with_them(keeper: ReportKeeper) -> None:
    imported = taken(keeper, lambda d: remark(d, "编制12名", "请核对编制", "王核"))
    assert [(one.author, one.diff.changes) for one in imported.revisions] == [("王核", [])]
    found = [finding for finding in imported.draft.findings if finding.code == "P308"]
    assert [(finding.text, finding.message) for finding in found] == [("编制12名", "王核批注：请核对编制")]
    again = taken(keeper, lambda d: remark(d, "编制12名", "已改", "王核", done=True))
    assert len(again.draft.report.remarks) == 1


@pytest.mark.usefixtures("report")
def test_the_same_comment_is_taken_once_and_gone_when_done(keeper: ReportKeeper) -> None:
    commented = edited(exported(keeper), lambda d: remark(d, "编制12名", "请核对编制", "王核"))
    assert len(keeper.import_edits(commented, by="李核").revisions) == 1
    assert keeper.import_edits(commented, by="李核").revisions == ()
    done = edited(exported(keeper, 1), lambda d: remark(d, "编制12名", "请核对编制", "王核", done=True))
    date = keeper.get(ID).report.remarks[0].on

    def same_time(document: object) -> None:
        for comment in document.part._comments_part.element:  # type: ignore[attr-defined]
            for name in comment.attrib:
                if str(name).endswith("}date"):
                    comment.set(name, date)

    assert keeper.import_edits(edited(done, same_time), by="李核").draft.report.remarks == []


@pytest.mark.usefixtures("report")
def test_a_comment_that_waives_is_a_waiver(keeper: ReportKeeper) -> None:
    imported = taken(keeper, lambda d: remark(d, "编制12名", "忽略 G210：以三定方案为准", "王核"))
    assert [(w.codes, w.reason, w.by) for w in imported.draft.report.waivers] == [(["G210"], "以三定方案为准", "王核")]


@pytest.mark.usefixtures("report")
def test_what_changed_in_the_report_meanwhile_is_kept_and_clashes_are_told(keeper: ReportKeeper) -> None:
    file = edited(
        exported(keeper), lambda d: retype(d, "编制12名", "编制14名"), lambda d: retype(d, "评价偏低", "评价不高")
    )
    meanwhile = keeper.get(ID).report.model_copy(deep=True)
    meanwhile.parts[0].lead[0] = sentence("核定编制15名。")
    meanwhile.parts[1].items[0].sentences[0] = sentence("结合业务的研讨很少；")
    keeper.change(ID, meanwhile, author="周敏", reason="改数")
    imported = keeper.import_edits(file, by="李核")
    assert imported.base == 1
    text = keeper.get(ID).text()
    assert "编制15名" in text
    assert "评价不高" in text
    assert "研讨很少" in text
    assert [(clash.kept, clash.left_out) for clash in imported.clashes] == [("核定编制15名。", "核定编制14名。")]


@pytest.mark.usefixtures("report")
def test_our_own_tracked_changes_are_in_the_report_already(keeper: ReportKeeper, store: Store) -> None:
    import datetime as dt

    from nigao.word.tracked import RevisionState, changes_docx

    changed = keeper.get(ID).report.model_copy(deep=True)
    changed.parts[0].lead[0] = sentence("核定编制15名。")
    keeper.change(ID, changed, author="周敏", reason="改数")
    states = [
        RevisionState(one.report, one.author, dt.datetime.fromisoformat(one.created_at))
        for one in (store.reports.get(ID, number) for number in (1, 2))
    ]
    data = changes_docx(states, WordOptions(stamp=Stamp(ID, 2, since=1)))
    assert keeper.import_edits(data, by="李核").revisions == ()
    more = edited(data, lambda d: retype(d, "研讨偏少", "研讨不多"))
    assert [one.author for one in keeper.import_edits(more, by="李核").revisions] == ["李核"]


@pytest.mark.usefixtures("report")
def test_locked_sentences_stay_and_the_rest_is_taken(keeper: ReportKeeper) -> None:
    locked = keeper.get(ID).report.model_copy(deep=True)
    locked.parts[0].lead[0].locked = True
    keeper.change(ID, locked, author="周敏", reason="锁定")
    imported = taken(keeper, lambda d: retype(d, "编制12名", "编制14名"), lambda d: retype(d, "评价偏低", "评价不高"))
    assert [(edit.sentence, edit.typed) for edit in imported.locked] == [("核定编制12名。", "核定编制14名。")]
    assert "评价不高" in keeper.get(ID).text()
    assert "编制12名" in keeper.get(ID).text()


def test_a_file_without_a_stamp_is_known_by_its_words(keeper: ReportKeeper, store: Store, report: Report) -> None:
    data = edited(docx_bytes(report), lambda d: retype(d, "编制12名", "编制14名"))
    other = Report(kind=report.kind, title=sentence("另一份报告"), opening=[sentence("与此无关。")])
    store.reports.add(other, "", "[]", "周敏", "拟稿")
    assert keeper.import_edits(data, by="李核", dry_run=True).draft.id == ID
    store.reports.add(report, "", "[]", "周敏", "再拟一份")
    with pytest.raises(UsageError, match="r0001、r0003 同样相符"):
        keeper.import_edits(data, by="李核")
    assert len(keeper.import_edits(data, by="李核", report=ID).revisions) == 1
    with pytest.raises(UsageError, match="看不出"):
        keeper.import_edits(docx_bytes(small_report().model_copy(update={"title": None, "parts": []})), by="李核")


@pytest.mark.usefixtures("report")
def test_a_file_without_a_stamp_is_held_against_the_revision_it_was_made_from(keeper: ReportKeeper) -> None:
    data = edited(docx_bytes(keeper.get(ID).report), lambda d: retype(d, "评价偏低", "评价不高"))
    meanwhile = keeper.get(ID).report.model_copy(deep=True)
    meanwhile.parts[0].lead[0] = sentence("核定编制15名。")
    keeper.change(ID, meanwhile, author="周敏", reason="改数")
    imported = keeper.import_edits(data, by="李核")
    assert (imported.base, imported.clashes) == (1, ())
    assert "编制15名" in keeper.get(ID).text()
    assert "评价不高" in keeper.get(ID).text()


@pytest.mark.usefixtures("report")
def test_the_report_of_another_workspace_with_the_same_number_is_not_mistaken(keeper: ReportKeeper) -> None:
    data = docx_bytes(small_report(), WordOptions(stamp=Stamp(ID, 1, content="0123456789abcdef")))
    with pytest.raises(UsageError, match="别的工作区"):
        keeper.import_edits(data, by="李核")


@pytest.mark.usefixtures("report")
def test_a_report_that_is_not_here_is_told(keeper: ReportKeeper) -> None:
    data = docx_bytes(small_report(), WordOptions(stamp=Stamp("r0099", 1)))
    with pytest.raises(NotFoundError):
        keeper.import_edits(data, by="李核")


@pytest.mark.usefixtures("report")
@pytest.mark.parametrize("text", ["", "本月值班安排如下。"])
def test_another_text_altogether_is_refused(keeper: ReportKeeper, text: str) -> None:
    plain = docx.Document()
    plain.add_paragraph(text)
    saved = io.BytesIO()
    plain.save(saved)
    with pytest.raises(EditError, match="没有一句话"):
        keeper.import_edits(saved.getvalue(), report=ID, by="李核")
    assert len(keeper.history(ID)) == 1


@pytest.mark.usefixtures("report")
def test_all_revisions_are_written_or_none(keeper: ReportKeeper, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    data = edited(
        exported(keeper),
        lambda d: tracked_words(d, "编制12名", "编制14名", "赵一"),
        lambda d: retype(d, "研讨偏少", "研讨不多"),
    )
    write_all = store.reports.write_all

    def overtaken(several: list[object]) -> object:
        monkeypatch.setattr(store.reports, "write_all", write_all)
        other = keeper.get(ID).report.model_copy(deep=True)
        other.parts[0].lead[0] = sentence("核定编制20名。")
        keeper.change(ID, other, author="周敏", reason="改数")
        return write_all(several)  # type: ignore[arg-type]

    monkeypatch.setattr(store.reports, "write_all", overtaken)
    with pytest.raises(ConflictError):
        keeper.import_edits(data, by="李核")
    assert [entry.author for entry in keeper.history(ID)] == ["周敏", "周敏"]
