"""Documents: what is recorded, what is evidence on which date, what old reports can still look up."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from nigao.corpus.model import Document, Passage, Role, Status
from nigao.errors import NotFoundError, StoreError
from nigao.store import Store, document_fingerprint

DAY = dt.date(2026, 3, 1)


def test_a_document_comes_back_as_it_was_put(store: Store, document: Any, passages: Any) -> None:
    made = document(
        "纪律处分",
        issuer="临江市档案馆",
        number="临档发〔2025〕3号",
        path="a/b.md",
        approved_on=DAY,
        valid_from=dt.date(2025, 1, 1),
        valid_to=dt.date(2027, 1, 1),
        supersedes=("旧规", "更旧"),
    )
    pieces = passages("纪律处分", "第一段。", "第二段。")
    store.documents.put(made, "第一段。第二段。", pieces, "清单")
    read = store.documents.get("纪律处分", DAY)
    assert read is not None
    assert (set(read.supersedes), read.status) == ({"旧规", "更旧"}, Status.APPROVED)
    assert document_fingerprint(read) == document_fingerprint(made)
    assert store.documents.text("纪律处分") == "第一段。第二段。"
    assert store.documents.passages(["纪律处分"]) == pieces
    assert store.documents.passage(pieces[1].id) == pieces[1]
    assert store.documents.current_passages([pieces[0].id, "没有"]) == {pieces[0].id: pieces[0]}


def test_unknown_ids(store: Store) -> None:
    assert store.documents.get("无") is None
    assert store.documents.passage("无") is None
    assert not store.documents.is_current("无")
    assert store.documents.passages(["无"]) == []
    for call in (
        lambda: store.documents.text("无"),
        lambda: store.documents.revoke("无", "错", "周敏"),
        lambda: store.documents.withdraw(["无"], "移出"),
    ):
        with pytest.raises(NotFoundError) as caught:
            call()
        assert caught.value.fix


def test_passages_are_in_stable_order(store: Store, put: Any) -> None:
    put("乙", "三。", "一。")
    put("甲", "二。")
    found = store.documents.passages()
    assert found == sorted(found, key=lambda passage: (passage.document_id, passage.position))
    assert [passage.text for passage in store.documents.passages(["甲"])] == ["二。"]


def test_a_new_version_replaces_the_passages_and_keeps_the_old(store: Store, put: Any) -> None:
    put("规", "旧的一段。", "不变的一段。")
    old, same = store.documents.passages(["规"])
    put("规", "新的一段。", "不变的一段。")
    assert [passage.text for passage in store.documents.passages(["规"])] == ["新的一段。", "不变的一段。"]
    assert not store.documents.is_current(old.id)
    assert store.documents.is_current(same.id)
    kept = store.documents.passage(old.id)
    assert kept is not None
    assert kept.text == "旧的一段。"
    assert store.documents.text("规") == "新的一段。不变的一段。"


def test_going_back_to_an_old_version_makes_its_passages_current_again(store: Store, put: Any) -> None:
    put("规", "甲。")
    version = store.documents.corpus_version()
    put("规", "乙。")
    put("规", "甲。")
    assert store.documents.corpus_version() == version
    assert [passage.text for passage in store.documents.passages()] == ["甲。"]


def test_putting_the_same_again_adds_no_rows(store: Store, put: Any) -> None:
    put("规", "甲。", "乙。")
    before, version = store.documents.passages(), store.documents.corpus_version()
    put("规", "甲。", "乙。")
    assert (store.documents.passages(), store.documents.corpus_version()) == (before, version)


def test_a_passage_id_never_changes_its_meaning(store: Store, document: Any) -> None:
    def piece(text: str, owner: str = "规") -> Passage:
        return Passage("规-1", owner, 1, text, "第1段", "", 0, len(text))

    store.documents.put(document("规"), "甲。", [piece("甲。")], "清单")
    for pieces in ([piece("乙。")], [piece("甲。"), piece("甲。")], [piece("甲。", "别的")]):
        with pytest.raises(StoreError):
            store.documents.put(document("规", "新"), "乙。", pieces, "清单")
    assert [passage.text for passage in store.documents.passages()] == ["甲。"]
    assert store.documents.text("规") == "甲。"
    assert store.audit.verify() == 1


def test_the_corpus_version_follows_what_is_indexed(store: Store, put: Any) -> None:
    seen = {store.documents.corpus_version()}

    def changed() -> bool:
        version = store.documents.corpus_version()
        new = version not in seen
        seen.add(version)
        return new

    put("甲", "一。")
    assert changed()
    put("乙", "一。")
    assert changed()
    put("乙", "一。", title="换了题目")
    assert changed()
    put("乙", "二。")
    assert changed()
    put("乙", "二。", issuer="另一个单位")
    assert not changed()
    store.documents.revoke("乙", "有误", "周敏")
    assert not changed()
    store.documents.withdraw(["甲"], "移出")
    assert changed()


def test_the_corpus_version_does_not_depend_on_the_way_there(document: Any, passages: Any) -> None:
    versions = set()
    for order in (("甲", "乙"), ("乙", "甲")):
        with Store.in_memory() as store:
            for id in order:
                store.documents.put(document(id), "文。", passages(id, "文。"), "清单")
            versions.add(store.documents.corpus_version())
    assert len(versions) == 1


def test_evidence_is_approved_and_in_force(store: Store, put: Any) -> None:
    put("长期")
    put("到期", valid_to=dt.date(2026, 2, 28))
    put("当日到期", valid_to=DAY)
    put("未生效", valid_from=dt.date(2026, 3, 2))
    put("当日生效", valid_from=DAY)
    put("材料", role=Role.MATERIAL)
    put("范文", role=Role.EXEMPLAR)
    put("撤销")
    put("移出")
    store.documents.revoke("撤销", "有误", "周敏")
    store.documents.withdraw(["移出"], "清单中已无")
    store.documents.refuse("拒收", "秘密文件", "x.md", "classified", "标有密级", "清单")
    evidence = {"长期", "当日到期", "当日生效", "材料"}
    assert store.documents.evidence_ids(DAY) == evidence
    assert store.documents.evidence_ids(DAY, [Role.MATERIAL]) == {"材料"}
    assert store.documents.evidence_ids(DAY, [Role.EXEMPLAR]) == {"范文"}
    assert store.documents.evidence_ids(DAY, []) == set()
    # The model's own account of why a document is no evidence agrees with the query.
    assert {d.id for d in store.documents.all(DAY) if not d.why_not_evidence(DAY)} == evidence


def test_supersession_goes_by_date(store: Store, put: Any) -> None:
    put("旧规")
    put("新规", supersedes=("旧规", "从未收录"), valid_from=dt.date(2026, 1, 1), valid_to=dt.date(2026, 12, 31))
    before, during, after = dt.date(2025, 12, 31), dt.date(2026, 1, 1), dt.date(2027, 1, 1)
    assert [store.documents.evidence_ids(day) for day in (before, during, after)] == [{"旧规"}, {"新规"}, {"旧规"}]
    read = [store.documents.get("旧规", day) for day in (before, during, after)]
    assert [document and document.superseded_by for document in read] == [None, "新规", None]


def test_a_document_out_of_force_supersedes_nothing(store: Store, put: Any) -> None:
    put("旧规")
    put("新规", supersedes=("旧规", "新规"))
    assert store.documents.evidence_ids(DAY) == {"新规"}
    store.documents.revoke("新规", "制发有误", "周敏")
    assert store.documents.evidence_ids(DAY) == {"旧规"}


def test_dropping_a_supersession_restores_the_old_one(store: Store, put: Any) -> None:
    put("旧规")
    put("新规", supersedes=("旧规",))
    put("新规")
    assert store.documents.evidence_ids(DAY) == {"旧规", "新规"}


def test_revocation_is_sticky(store: Store, put: Any) -> None:
    put("规", "甲。")
    store.documents.revoke("规", "数据有误", "周敏")
    put("规", "乙。")
    store.documents.withdraw(["规"], "移出")
    store.documents.refuse("规", "题", "p", "empty", "空文件", "清单")
    read = store.documents.get("规")
    assert read is not None
    assert (read.status, read.status_reason) == (Status.REVOKED, "数据有误")
    assert store.documents.evidence_ids(DAY) == set()


def test_withdrawn_documents_come_back_with_put(store: Store, put: Any) -> None:
    put("规", "甲。")
    version = store.documents.corpus_version()
    store.documents.withdraw(["规", "规"], "清单中已无")
    assert store.documents.passages() == []
    put("规", "甲。")
    assert store.documents.evidence_ids(DAY) == {"规"}
    assert store.documents.corpus_version() == version


def test_withdrawing_is_all_or_nothing(store: Store, put: Any) -> None:
    put("规")
    with pytest.raises(NotFoundError):
        store.documents.withdraw(["规", "无"], "移出")
    assert store.documents.evidence_ids(DAY) == {"规"}


def test_a_refused_document_has_no_text(store: Store) -> None:
    store.documents.refuse("密", "秘密文件", "x.md", "classified", "标有密级", "清单", role=Role.BASIS, sha256="ab")
    read = store.documents.get("密")
    assert read is not None
    assert (read.status, read.status_reason, read.path, read.role) == (Status.REFUSED, "标有密级", "x.md", Role.BASIS)
    assert store.documents.passages() == []
    with pytest.raises(NotFoundError):
        store.documents.text("密")
    assert store.audit.events()[0].detail["reason"] == "classified"


def test_refusing_a_new_version_stops_the_old_one(store: Store, put: Any) -> None:
    put("规", "甲。")
    passage = store.documents.passages()[0]
    store.documents.refuse("规", "题", "p", "classified", "标有密级", "清单")
    assert store.documents.evidence_ids(DAY) == set()
    assert not store.documents.is_current(passage.id)
    assert store.documents.passage(passage.id) == passage


def test_origin_ids_tell_what_changed(store: Store, document: Any) -> None:
    first, other = document("甲"), document("乙")
    store.documents.put(first, "文", [], "清单一", recipe="r1")
    store.documents.put(other, "文", [], "清单二")
    known = store.documents.origin_ids("清单一")
    assert set(known) == {"甲"}
    assert (known["甲"].sha256, known["甲"].recipe, known["甲"].status) == (first.sha256, "r1", Status.APPROVED)
    assert known["甲"].fingerprint == document_fingerprint(first)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "换题"},
        {"role": Role.MATERIAL},
        {"sha256": "00"},
        {"valid_to": DAY},
        {"valid_from": DAY},
        {"approved_on": DAY},
        {"number": "1号"},
        {"supersedes": ("旧",)},
    ],
)
def test_the_fingerprint_covers_the_record(document: Any, change: dict[str, Any]) -> None:
    assert document_fingerprint(document("甲", **change)) != document_fingerprint(document("甲"))


def test_the_fingerprint_leaves_the_status_out(document: Any) -> None:
    made = document("甲", status=Status.REVOKED, status_reason="错", superseded_by="乙")
    assert document_fingerprint(made) == document_fingerprint(document("甲"))


def test_all_and_many(store: Store, put: Any) -> None:
    put("乙")
    put("甲")
    every: list[Document] = store.documents.all()
    assert [made.id for made in every] == sorted(["甲", "乙"])
    assert [made.id for made in store.documents.many(["甲", "无"])] == ["甲"]
    assert store.documents.many([]) == []
