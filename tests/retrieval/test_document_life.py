"""Whatever people do, in whatever order: evidence is bytes that a person approved, and nothing out of force."""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from nigao.corpus.manifest import load_manifest
from nigao.corpus.model import Status
from nigao.errors import UsageError
from nigao.keeping import CorpusKeeper
from nigao.retrieval.sync import sync_manifest
from nigao.store import Store

TODAY = dt.date.today()
IDS = ("one", "two")
TEXTS = tuple(f"值班规定\n第一条　工作日值班由{who}安排，每日一人，负责接待来访群众。\n" for who in "甲乙丙")
DAYS = (dt.date(2025, 1, 10), dt.date(2025, 6, 1), TODAY + dt.timedelta(days=30))
DIGESTS = {hashlib.sha256(text.encode()).hexdigest(): text for text in TEXTS}
ids, texts, people, days = map(st.sampled_from, (IDS, TEXTS, ("程立", "周敏"), DAYS))


class DocumentLife(RuleBasedStateMachine):
    """`words` is kept apart from the store: which text each person's approval of a document was first given for."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name)
        self.store = Store.in_memory()
        self.keeper = CorpusKeeper(self.store, None, lambda: None)  # no index is asked for
        self.entries: dict[str, str] = {}
        self.stated: dict[str, tuple[str, dt.date]] = {}
        self.words: dict[tuple[str, str, dt.date], str] = {}
        self.given: set[tuple[str, str]] = set()
        self.revoked: set[str] = set()

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()

    def _write(self, id: str, text: str) -> Path:
        path = self.root / f"{id}.txt"
        path.write_text(text, encoding="utf-8")
        return path

    @rule(id=ids, text=texts, by=people, on=days, more=st.sampled_from(["", "", "valid_to: 2025-12-31", "newer"]))
    def register(self, id: str, text: str, by: str, on: dt.date, more: str) -> None:
        self._write(id, text)
        if more == "newer":
            more = "supersedes: [one]" if id == "two" and "one" in self.entries else ""
        self.stated[id] = (by, on)
        self.entries[id] = (
            f"  - {{id: {id}, path: {id}.txt, title: 值班规定{id}, role: basis,"
            f" approved_by: {by}, approved_on: {on}{', ' if more else ''}{more}}}\n"
        )
        self._sync()

    @rule(id=ids, text=texts)
    def change(self, id: str, text: str) -> None:
        self._write(id, text)
        self._sync()

    @precondition(lambda self: self.entries)
    @rule(id=ids)
    def drop(self, id: str) -> None:
        self.entries.pop(id, None)
        self.entries = {key: entry.replace(f"supersedes: [{id}]", "") for key, entry in self.entries.items()}
        self._sync()

    def _sync(self) -> None:
        manifest = self.root / "manifest.yaml"
        listed = "\n" + "".join(self.entries.values()) if self.entries else " []\n"
        manifest.write_text(f"version: 1\ndocuments:{listed}", "utf-8")
        sync_manifest(self.store, load_manifest(manifest), "m")
        for id in self.entries:
            text, (by, on) = (self.root / f"{id}.txt").read_text(encoding="utf-8"), self.stated[id]
            if self.words.setdefault((id, by, on), text) == text:
                self.given.add((id, text))

    @rule(id=ids, text=texts)
    def submit(self, id: str, text: str) -> None:
        path = self.root / f"{id}.txt"
        was = path.read_text(encoding="utf-8") if path.exists() else None
        self.keeper.submit([self._write(id, text)], role="basis", by="王芳")
        if was is not None:
            self._write(id, was)

    @rule(id=ids, by=people)
    def approve(self, id: str, by: str) -> None:
        waiting = self.store.approvals.waiting().get(id)
        try:
            self.keeper.approve([id], by=by)
        except UsageError:
            assert waiting is None or id in self.revoked
            return
        assert waiting is not None
        text = DIGESTS[waiting.document.sha256]
        self.words.setdefault((id, by, TODAY), text)
        self.given.add((id, text))

    @rule(id=ids)
    def send_back(self, id: str) -> None:
        if id in self.store.approvals.waiting():
            self.keeper.send_back(id, by="程立", reason="不妥")

    @precondition(lambda self: not self.revoked)
    @rule()
    def revoke(self) -> None:
        if self.store.documents.get("one") is not None:
            self.keeper.revoke("one", reason="有误", by="程立")
            self.revoked.add("one")

    @invariant()
    def evidence_is_what_a_person_approved(self) -> None:
        documents = {document.id: document for document in self.store.documents.all()}
        evidence = self.store.documents.evidence_ids(TODAY)
        texts = self.store.documents.texts(evidence)
        passages = self.store.documents.passages(evidence)
        assert {passage.document_id for passage in passages} == evidence
        assert all(p.text == texts[p.document_id][p.start : p.end] for p in passages)
        for id in evidence:
            document = documents[id]
            assert (id, DIGESTS[document.sha256]) in self.given
            assert texts[id].split() == DIGESTS[document.sha256].split()
            assert id not in self.revoked
            assert (document.status, document.superseded_by) == (Status.APPROVED, None)
            assert document.valid_to is None or document.valid_to >= TODAY
            assert document.approved_by
            assert document.approved_on is not None
            assert document.approved_on <= TODAY
        # The history tells the same.
        now = {record.document.id: record for record in self.store.approvals.in_force(TODAY)}
        assert now.keys() == evidence
        assert all(self.store.approvals.text_on(id, TODAY) == (now[id], texts[id]) for id in evidence)
        for id, document in documents.items():
            open_ = [record for record in self.store.approvals.history(id) if record.ended_on is None]
            assert len(open_) == (document.status is Status.APPROVED)
        self.store.audit.verify()


TestDocumentLife = DocumentLife.TestCase
TestDocumentLife.settings = settings(
    max_examples=10,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    # Shrinking a sequence of syncs takes longer than reading it.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
