"""An approval is of bytes: a changed file waits for a person, and what was approved stays in force until then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from nigao.corpus.manifest import load_manifest
from nigao.corpus.model import RefusalReason, Status
from nigao.errors import AdmissionError, UsageError
from nigao.keeping import CorpusKeeper
from nigao.retrieval.sync import SyncResult, sync_manifest
from nigao.store import Store

TODAY = dt.date.today()
FIRST = "值班规定\n\n第一条　工作日值班由综合科安排，每日一人，负责接待来访群众。\n"
SECOND = FIRST.replace("综合科", "办公室")
THIRD = FIRST.replace("综合科", "秘书科")


class Office:
    """A folder with one registered file."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder, self.store = folder, store
        self.fields: dict[str, str] = {"approved_by": "程立", "approved_on": "2025-01-10"}

    def sync(self, text: str | None = None, *, full: bool = False, **fields: str) -> SyncResult:
        """Write the file and the manifest's entry, what is not given as before, and sync."""
        if text is not None:
            (self.folder / "duty.txt").write_text(text, encoding="utf-8")
        self.fields |= fields
        told = ", ".join(f"{name}: {value}" for name, value in self.fields.items() if value)
        manifest = self.folder / "manifest.yaml"
        entry = f"  - {{id: duty, path: duty.txt, title: 值班规定, role: basis, {told}}}\n"
        manifest.write_text(f"version: 1\ndocuments:\n{entry}", encoding="utf-8")
        return sync_manifest(self.store, load_manifest(manifest), "m", full=full)

    @property
    def text(self) -> str:
        """The text that is evidence, empty where none is."""
        ids = self.store.documents.evidence_ids(TODAY)
        return self.store.documents.text("duty") if ids else ""

    def actions(self) -> list[str]:
        return [event.action.removeprefix("document.") for event in self.store.audit.events()]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Store.in_memory() as store:
        made = Office(tmp_path, store)
        assert made.sync(FIRST).admitted == ["duty"]
        yield made


def _waits(result: SyncResult) -> bool:
    assert [*result.admitted, *result.unchanged, *result.refused, *result.withdrawn] == []
    (pending,) = result.pending
    assert (pending.document_id, pending.path) == ("duty", "duty.txt")
    assert "nigao corpus approve duty" in pending.message
    return "沿用原来的文本" in pending.message


def test_changed_bytes_wait_and_the_approved_ones_stay(office: Office) -> None:
    assert _waits(office.sync(SECOND))
    assert "综合科" in office.text
    # Until somebody decides, each sync says so again, and records nothing more.
    recorded = len(office.actions())
    assert _waits(office.sync())
    assert (office.actions()[-1], len(office.actions())) == ("submit", recorded)
    read = office.store.documents.get("duty")
    assert read is not None
    assert read.status is Status.APPROVED


def test_a_person_approves_the_changed_bytes(office: Office) -> None:
    office.sync(SECOND)
    keeper = CorpusKeeper(office.store, None, pytest.fail)
    keeper.approve(["duty"], by="周敏")
    assert "办公室" in office.text
    # The manifest still states the approval of the earlier bytes; these have their own.
    assert office.sync().unchanged == ["duty"]
    read = office.store.documents.get("duty")
    assert read is not None
    assert (read.approved_by, read.approved_on) == ("周敏", TODAY)
    # That of the manifest does not reach further bytes, nor does the one given for these.
    assert _waits(office.sync(THIRD))
    assert _waits(office.sync(approved_by="周敏", approved_on=str(TODAY)))
    assert "办公室" in office.text


def test_a_new_approval_in_the_manifest_approves(office: Office) -> None:
    office.sync(SECOND)
    assert office.sync(approved_on="2025-06-01").admitted == ["duty"]
    assert "办公室" in office.text
    assert office.store.approvals.waiting() == {}
    assert [r.document.approved_on for r in office.store.approvals.history("duty")] == [
        dt.date(2025, 1, 10),
        dt.date(2025, 6, 1),
    ]


def test_pinned_bytes_are_approved_and_others_wait(office: Office) -> None:
    import hashlib

    pin = hashlib.sha256(SECOND.encode()).hexdigest()
    assert office.sync(SECOND, sha256=pin).admitted == ["duty"]
    assert "办公室" in office.text
    assert _waits(office.sync(THIRD))
    # A new approval of the pinned bytes is none of these.
    assert _waits(office.sync(approved_on="2025-06-01"))
    assert "办公室" in office.text
    assert office.sync(SECOND).admitted == ["duty"]


def test_going_back_to_approved_bytes_needs_nothing(office: Office) -> None:
    office.sync(SECOND)
    assert office.sync(FIRST).admitted == ["duty"]
    assert "综合科" in office.text
    assert office.store.approvals.waiting() == {}
    assert office.sync().unchanged == ["duty"]
    office.sync(SECOND, approved_on="2025-06-01")
    assert office.sync(FIRST).admitted == ["duty"]
    read = office.store.documents.get("duty")
    assert read is not None
    # Under the approval that these bytes have: the manifest's was given for others.
    assert read.approved_on == dt.date(2025, 1, 10)


def test_what_was_returned_is_told_until_the_file_changes(office: Office) -> None:
    office.sync(SECOND)
    office.store.approvals.send_back("duty", "周敏", "值班人数不对")
    (pending,) = office.sync().pending
    assert "已由周敏退回：值班人数不对" in pending.message
    assert _waits(office.sync(THIRD))
    assert "退回" not in office.sync().pending[0].message


def test_what_is_said_of_a_document_changes_at_once(office: Office) -> None:
    assert office.sync(valid_to="2030-12-31").admitted == ["duty"]
    read = office.store.documents.get("duty")
    assert read is not None
    assert read.valid_to == dt.date(2030, 12, 31)
    assert office.actions() == ["put", "amend"]
    assert office.sync(visible_to="[甲局]").admitted == ["duty"]
    assert office.text == ""
    assert office.store.documents.evidence_ids(TODAY, unit="甲局") == {"duty"}
    assert office.sync().unchanged == ["duty"]


def test_a_restriction_does_not_wait_for_changed_bytes(office: Office) -> None:
    assert office.sync(SECOND, visible_to="[甲局]").pending
    assert office.text == ""
    assert office.store.documents.evidence_ids(TODAY, unit="甲局") == {"duty"}
    assert "综合科" in office.store.documents.text("duty")


@pytest.mark.parametrize("text", ["秘密★1年\n" + FIRST, ""])
def test_a_changed_file_that_is_refused_stops_the_approved_version(office: Office, text: str) -> None:
    (refusal,) = office.sync(text).refused
    assert refusal.reason in (RefusalReason.CLASSIFIED, RefusalReason.EMPTY)
    assert office.text == ""
    assert office.store.approvals.history("duty")[-1].end_reason == "refused"
    # Its bytes are approved all the same, should they come back; others are not.
    assert office.sync(SECOND).pending
    assert office.text == ""
    assert office.sync(FIRST).admitted == ["duty"]
    assert "综合科" in office.text


def test_trouble_of_the_machine_takes_no_text_away(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise AdmissionError("没有 LibreOffice", reason=RefusalReason.CONVERTER, where="duty.txt", fix="安装后重试")

    monkeypatch.setattr("nigao.retrieval.intake.RECIPE", "99")
    monkeypatch.setattr("nigao.retrieval.intake.admit", missing)
    (refusal,) = office.sync().refused
    assert refusal.reason == RefusalReason.CONVERTER
    assert "照旧使用" in refusal.message
    assert "综合科" in office.text
    assert office.sync(SECOND).refused
    assert office.text == ""


def test_a_revoked_document_stays_out_whatever_its_file_says(office: Office) -> None:
    office.store.documents.revoke("duty", "有误", "周敏")
    assert office.sync().unchanged == ["duty"]
    (refusal,) = office.sync(SECOND, approved_on="2025-06-01").refused
    assert refusal.reason == RefusalReason.REVOKED
    read = office.store.documents.get("duty")
    assert read is not None
    assert (read.status, read.status_reason) == (Status.REVOKED, "有误")
    assert "综合科" in office.store.documents.text("duty")


def test_changed_bytes_wait_for_the_day_of_their_approval(office: Office) -> None:
    assert _waits(office.sync(SECOND, approved_on=str(TODAY + dt.timedelta(days=3))))
    assert "综合科" in office.text


def test_what_waits_leaves_with_its_entry(office: Office) -> None:
    office.sync(SECOND)
    (office.folder / "manifest.yaml").write_text("version: 1\ndocuments: []\n", encoding="utf-8")
    result = sync_manifest(office.store, load_manifest(office.folder / "manifest.yaml"), "m")
    assert result.withdrawn == ["duty"]
    assert office.store.approvals.waiting() == {}
    # Back in the list under the approval of other bytes: nothing is in force, and the file waits.
    assert office.sync().pending
    assert office.text == ""


def test_an_unchanged_file_is_not_read_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    read: list[str] = []

    def hashed(looks, file):
        read.append(file.name)
        return original(looks, file)

    from nigao.retrieval import intake

    original = intake.with_hash
    monkeypatch.setattr(intake, "with_hash", hashed)
    later = SimpleNamespace(time_ns=lambda: time.time_ns() + 60 * 10**9)
    # The file was written and read in the same breath: it is read once more, and then vouched for.
    monkeypatch.setattr("nigao.corpus.filestamp.time", later)
    assert office.sync().unchanged == ["duty"]
    assert read == ["duty.txt"]
    assert office.sync().unchanged == ["duty"]
    assert read == ["duty.txt"]
    assert office.sync(full=True).unchanged == ["duty"]
    assert read == ["duty.txt"] * 2
    assert office.sync(SECOND).pending
    assert read == ["duty.txt"] * 3
    # Nor is what waits.
    assert office.sync().pending
    assert read == ["duty.txt"] * 3


class Hand:
    """Files that a person submits by name."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder, self.store = folder, store
        self.keeper = CorpusKeeper(store, None, pytest.fail)

    def file(self, text: str) -> Path:
        path = self.folder / "duty.txt"
        path.write_text(text, encoding="utf-8")
        return path


@pytest.fixture
def hand(tmp_path: Path) -> Iterator[Hand]:
    with Store.in_memory() as store:
        yield Hand(tmp_path, store)


def test_submitted_by_hand_then_approved(hand: Hand) -> None:
    told = {"title": "值班规定", "number": "云档〔2025〕3号", "visible_to": ["甲局"]}
    result = hand.keeper.submit([hand.file(FIRST)], role="basis", by="王芳", **told)
    assert [p.document_id for p in result.pending] == ["duty"]
    assert "nigao corpus approve duty" in result.pending[0].message
    assert hand.store.documents.evidence_ids(TODAY, unit="甲局") == set()
    (document,) = hand.keeper.approve(["duty"], by="程立", on=dt.date(2025, 3, 1))
    assert (document.number, document.visible_to, document.approved_on) == (
        "云档〔2025〕3号",
        ("甲局",),
        dt.date(2025, 3, 1),
    )
    assert hand.store.documents.evidence_ids(TODAY, unit="甲局") == {"duty"}


def test_a_submission_that_is_refused_leaves_the_version_in_force(hand: Hand) -> None:
    hand.keeper.add([hand.file(FIRST)], role="basis", approved_by="程立", approved_on=dt.date(2025, 1, 10))
    (refusal,) = hand.keeper.submit([hand.file("")], role="basis", by="王芳").refused
    assert "照旧使用" in refusal.message
    assert hand.store.documents.evidence_ids(TODAY) == {"duty"}
    # Unless it turns out to be secret: then nobody may go on with it.
    hand.keeper.submit([hand.file("秘密★1年\n" + FIRST)], role="basis", by="王芳")
    assert hand.store.documents.evidence_ids(TODAY) == set()


def test_adding_again_is_an_approval_in_itself(hand: Hand) -> None:
    approval = {"role": "basis", "approved_by": "程立", "approved_on": dt.date(2025, 1, 10)}
    hand.keeper.add([hand.file(FIRST)], **approval)
    assert hand.keeper.add([hand.file(SECOND)], **approval).admitted == ["duty"]
    assert "办公室" in hand.store.documents.text("duty")
    assert hand.keeper.add([hand.file(SECOND)], **approval).unchanged == ["duty"]
    hand.keeper.revoke("duty", reason="有误")
    (refusal,) = hand.keeper.add([hand.file(SECOND)], **approval).refused
    assert refusal.reason == RefusalReason.REVOKED


def test_slips_are_told_before_anything_is_recorded(hand: Hand) -> None:
    file, tomorrow = hand.file(FIRST), TODAY + dt.timedelta(days=1)
    for call in (
        lambda: hand.keeper.add([file], role="basis", approved_by="程立", approved_on=tomorrow),
        lambda: hand.keeper.submit([file], role="basis", by=" "),
        lambda: hand.keeper.submit([file], role="basis", by="王芳", supersedes=["没有的"]),
        lambda: hand.keeper.submit([file], role="basis", by="王芳", valid_from=tomorrow, valid_to=TODAY),
        lambda: hand.keeper.submit([file, file], role="basis", by="王芳", title="同一个标题"),
    ):
        with pytest.raises(UsageError) as told:
            call()
        assert told.value.fix
    assert hand.store.documents.all() == []
    hand.keeper.submit([file], role="basis", by="王芳")
    for call in (
        lambda: hand.keeper.approve(["duty"], by="程立", on=tomorrow),
        lambda: hand.keeper.approve(["duty"], by="XXX"),
        lambda: hand.keeper.send_back("duty", by="程立", reason=" "),
        lambda: hand.keeper.impact("没有的"),
    ):
        with pytest.raises(UsageError):
            call()
    assert hand.store.documents.evidence_ids(TODAY) == set()
