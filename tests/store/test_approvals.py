"""The life of a document: what waits is no evidence, an approval is of bytes, and earlier days can be asked about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from nigao.corpus.model import Document, Role, Status
from nigao.errors import NotFoundError, UsageError
from nigao.store import Store

DAY = dt.date(2026, 3, 1)
BEFORE = DAY - dt.timedelta(days=1)


@pytest.fixture
def now() -> list[dt.datetime]:
    """The clock of `store`; a test may set it."""
    return [dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)]


@pytest.fixture
def store(now: list[dt.datetime]) -> Iterator[Store]:
    with Store.in_memory(clock=lambda: now[0]) as opened:
        yield opened


@pytest.fixture
def submit(store: Store, document: Any, passages: Any) -> Callable[..., Document]:
    def keep(id: str, text: str = "第一段。", **fields: Any) -> Document:
        made = document(id, text, approved_by="", **fields)
        store.approvals.submit(made, text, passages(id, text), "手工", by="王芳")
        return made

    return keep


def _texts(store: Store) -> list[str]:
    return [passage.text for passage in store.documents.passages()]


def _actions(store: Store) -> list[tuple[str, str]]:
    return [(event.action, event.actor) for event in store.audit.events()]


def test_what_waits_is_kept_and_is_no_evidence(store: Store, submit: Any) -> None:
    made = submit("规", visible_to=("甲局",), supersedes=("旧",))
    read = store.documents.get("规")
    assert read is not None
    assert (read.status, read.why_not_evidence(DAY)) == (Status.SUBMITTED, "待批准")
    assert store.documents.evidence_ids(DAY, list(Role), "甲局") == set()
    assert _texts(store) == []
    assert store.documents.passage(next(iter(store.approvals.waiting_text("规")[1])).id) is None
    (waiting,) = store.approvals.waiting().values()
    assert (waiting.document.visible_to, waiting.document.supersedes, waiting.submitted_by, waiting.told) == (
        made.visible_to,
        made.supersedes,
        "王芳",
        "待批准",
    )
    assert store.approvals.in_force(DAY, unit="甲局") == []


def test_approval_is_a_persons_act_and_is_recorded(store: Store, submit: Any) -> None:
    submit("规")
    version = store.documents.corpus_version()
    (approved,) = store.approvals.approve(["规"], "程立", BEFORE)
    assert (approved.approved_by, approved.approved_on) == ("程立", BEFORE)
    assert store.documents.evidence_ids(DAY) == {"规"}
    assert store.documents.evidence_ids(BEFORE - dt.timedelta(days=1)) == set()
    assert _texts(store) == ["第一段。"]
    assert store.documents.corpus_version() != version
    assert store.approvals.waiting() == {}
    assert _actions(store) == [("document.submit", "王芳"), ("document.approve", "程立")]
    assert store.audit.events()[1].detail["sha256"] == approved.sha256


def test_changed_bytes_wait_while_the_approved_ones_stay(store: Store, put: Any, submit: Any) -> None:
    put("规", "旧文。", approved_on=BEFORE)
    submit("规", "新文。", title="换了题目")
    read = store.documents.get("规")
    assert read is not None
    assert (read.status, read.title) == (Status.APPROVED, "关于规的通知")
    assert (_texts(store), store.documents.text("规")) == (["旧文。"], "旧文。")
    store.approvals.approve(["规"], "程立", DAY)
    read = store.documents.get("规")
    assert read is not None
    assert (read.title, _texts(store)) == ("换了题目", ["新文。"])


def test_who_may_see_a_document_changes_at_once(store: Store, put: Any, submit: Any) -> None:
    put("规", "旧文。")
    submit("规", "新文。", visible_to=("甲局",))
    assert store.documents.evidence_ids(DAY) == set()
    assert store.documents.evidence_ids(DAY, unit="甲局") == {"规"}
    assert _texts(store) == ["旧文。"]


def test_a_returned_submission_leaves_the_approved_version_alone(store: Store, put: Any, submit: Any) -> None:
    put("规", "旧文。")
    submit("规", "新文。")
    submit("新")
    for id in ("规", "新"):
        store.approvals.send_back(id, "程立", "缺附件")
    assert store.documents.evidence_ids(DAY) == {"规"}
    read = store.documents.get("新")
    assert read is not None
    assert read.why_not_evidence(DAY) == "已退回：缺附件"
    assert {w.told for w in store.approvals.waiting().values()} == {"已由程立退回：缺附件"}
    submit("新", "改好的文。")
    assert store.approvals.waiting(["新"])["新"].told == "待批准"
    # A person may think better of it.
    store.approvals.approve(["规", "新"], "程立", DAY)
    assert sorted(_texts(store)) == sorted(["新文。", "改好的文。"])
    assert ("document.return", "程立") in _actions(store)


def test_approving_is_all_or_nothing(store: Store, submit: Any, put: Any) -> None:
    submit("甲")
    put("乙")
    with pytest.raises(UsageError, match="没有待批准"):
        store.approvals.approve(["甲", "乙"], "程立", DAY)
    with pytest.raises(NotFoundError):
        store.approvals.approve(["甲", "无"], "程立", DAY)
    assert store.documents.evidence_ids(DAY) == {"乙"}
    assert list(store.approvals.waiting()) == ["甲"]


def test_approval_may_name_the_bytes_it_means(store: Store, submit: Any) -> None:
    seen = submit("规", "看过的文。")
    submit("规", "后来换上的文。")
    with pytest.raises(UsageError, match="已经换了"):
        store.approvals.approve(["规"], "程立", DAY, sha256=seen.sha256[:10])
    assert store.documents.evidence_ids(DAY) == set()
    submit("规", "看过的文。")
    store.approvals.approve(["规"], "程立", DAY, sha256=seen.sha256[:10].upper())
    assert _texts(store) == ["看过的文。"]


def test_revocation_is_for_good(store: Store, put: Any, submit: Any) -> None:
    put("规", "旧文。")
    submit("规", "新文。")
    store.documents.revoke("规", "数据有误", "周敏")
    assert store.approvals.waiting() == {}
    for act in (
        lambda: submit("规", "再来。"),
        lambda: store.approvals.approve(["规"], "程立", DAY),
        lambda: store.approvals.send_back("规", "程立", "无"),
    ):
        with pytest.raises(UsageError, match="撤销"):
            act()
    assert store.documents.evidence_ids(DAY) == set()


@pytest.mark.parametrize("end", ["withdraw", "refuse"])
def test_what_waited_goes_with_the_document(store: Store, put: Any, submit: Any, end: str) -> None:
    put("规", "旧文。")
    submit("规", "新文。")
    if end == "withdraw":
        store.documents.withdraw(["规"], "移出")
    else:
        store.documents.refuse("规", "题", "p", "classified", "标有密级", "清单")
    assert store.approvals.waiting() == {}
    submit("规", "又一份。")
    read = store.documents.get("规")
    assert read is not None
    assert read.status is Status.SUBMITTED
    assert store.documents.evidence_ids(DAY) == set()


def test_an_approval_of_a_day_to_come_holds_from_that_day(store: Store, put: Any) -> None:
    later = DAY + dt.timedelta(days=9)
    put("规", approved_on=later)
    put("旧规", approved_on=BEFORE)
    put("新规", supersedes=("旧规",), approved_on=later)
    assert store.documents.evidence_ids(DAY) == {"旧规"}
    assert store.documents.evidence_ids(later) == {"规", "新规"}
    read = store.documents.get("规")
    assert read is not None
    assert str(later) in read.why_not_evidence(DAY)
    assert {d.id for d in store.documents.all(DAY) if not d.why_not_evidence(DAY)} == {"旧规"}


def test_only_what_changed_in_the_record_is_told(store: Store, put: Any) -> None:
    put("规", "文。", approved_on=BEFORE)
    put("规", "文。", approved_on=BEFORE, title="新题", valid_to=DAY, visible_to=("乙局", "甲局"))
    event = store.audit.events()[-1]
    assert (event.action, event.detail["approved_by"]) == ("document.amend", "周敏")
    assert event.detail["changed"] == {
        "title": ["关于规的通知", "新题"],
        "valid_to": ["", str(DAY)],
        "visible_to": ["", "乙局、甲局"],
    }
    assert len(store.approvals.history("规")) == 1
    assert store.approvals.history("规")[0].document.title == "新题"


def test_the_version_in_force_on_a_day(store: Store, put: Any, now: list[dt.datetime]) -> None:
    first, second, back = dt.date(2026, 1, 5), dt.date(2026, 2, 10), dt.date(2026, 3, 1)
    put("规", "甲文。", approved_on=first)
    put("规", "乙文。", approved_on=second)
    # Back to the bytes of before: in use again from the day they are.
    put("规", "甲文。", approved_on=first)
    assert [(r.version, r.started_on, r.ended_on, r.end_reason) for r in store.approvals.history("规")] == [
        (1, first, second, "replaced"),
        (2, second, back, "replaced"),
        (1, back, None, ""),
    ]

    def text(day: dt.date) -> str:
        return store.approvals.text_on("规", day)[1]

    assert [text(day) for day in (first, second, back)] == ["甲文。", "乙文。", "甲文。"]
    for call in (lambda: text(first - dt.timedelta(days=1)), lambda: store.approvals.text_on("无", first)):
        with pytest.raises(NotFoundError):
            call()
    now[0] += dt.timedelta(days=30)
    store.documents.revoke("规", "有误", "周敏")
    assert text(back) == "甲文。"
    with pytest.raises(NotFoundError, match="不在用"):
        text(back + dt.timedelta(days=30))
    # What was in force is history; evidence it is on no day any more.
    assert store.documents.evidence_ids(back) == set()


def test_what_was_in_force_goes_by_validity_supersession_and_end(
    store: Store, put: Any, now: list[dt.datetime]
) -> None:
    day = dt.date(2026, 2, 1)
    put("长期", approved_on=dt.date(2026, 1, 1))
    put("到期", approved_on=dt.date(2026, 1, 1), valid_to=dt.date(2026, 1, 31))
    put("未批", approved_on=dt.date(2026, 2, 2))
    put("旧规", approved_on=dt.date(2026, 1, 1))
    put("新规", approved_on=dt.date(2026, 1, 1), valid_from=dt.date(2026, 2, 5), supersedes=("旧规",))
    put("范文", approved_on=dt.date(2026, 1, 1), role=Role.EXEMPLAR)
    put("限阅", approved_on=dt.date(2026, 1, 1), visible_to=("甲局",))
    store.documents.withdraw(["长期"], "移出")

    def ids(on: dt.date, **who: Any) -> set[str]:
        return {record.document.id for record in store.approvals.in_force(on, **who)}

    assert ids(day) == {"长期", "旧规", "范文"}
    assert ids(day, unit="甲局") == {"长期", "旧规", "范文", "限阅"}
    assert ids(day, roles=[Role.EXEMPLAR]) == {"范文"}
    assert {r.document.id for r in store.approvals.everything_in_force(day)} == {"长期", "旧规", "范文", "限阅"}
    assert ids(dt.date(2026, 1, 31)) == {"长期", "到期", "旧规", "范文"}
    assert ids(dt.date(2026, 2, 5)) == {"长期", "未批", "新规", "范文"}
    assert "长期" not in ids(DAY)


def test_a_restricted_document_supersedes_for_everybody(store: Store, put: Any) -> None:
    put("旧规")
    put("新规", supersedes=("旧规",), visible_to=("甲局",))
    assert store.documents.evidence_ids(DAY) == set()
    assert store.documents.evidence_ids(DAY, unit="甲局") == {"新规"}
    assert store.approvals.in_force(DAY) == []


def test_units_are_enforced_by_any_of_their_names(store: Store, put: Any) -> None:
    put("公开")
    put("限阅", visible_to=("云汀市档案馆", "市财政局"))
    ids = store.documents.evidence_ids
    assert ids(DAY) == ids(DAY, unit="") == ids(DAY, unit=()) == ids(DAY, unit="云汀市") == {"公开"}
    assert ids(DAY, unit="市财政局") == ids(DAY, unit=("市财政", "市财政局")) == {"公开", "限阅"}
    assert store.documents.visible_ids() == {"公开"}
    assert store.documents.visible_ids("云汀市档案馆") == {"公开", "限阅"}
    read = store.documents.get("限阅")
    assert read is not None
    assert set(read.visible_to) == {"云汀市档案馆", "市财政局"}
