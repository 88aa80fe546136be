"""A file that a person adds by name and that is not there is a slip; one that a manifest lists is a refusal."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from nigao import Assistant
from nigao.corpus.manifest import load_manifest
from nigao.corpus.model import RefusalReason, Status
from nigao.errors import UsageError
from nigao.retrieval.sync import sync_manifest
from nigao.store import Store


def test_missing_file_added_by_hand_is_not_recorded(tmp_path: Path) -> None:
    with Assistant.in_memory() as assistant:
        with pytest.raises(UsageError, match="找不到文件") as told:
            assistant.add([tmp_path / "x.txt"], role="basis", approved_by="程立", approved_on=dt.date(2025, 1, 1))
        assert told.value.fix == "核对路径"
        assert assistant.store.documents.all() == []


def test_missing_file_of_a_manifest_is_recorded_as_refused(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.yaml"
    manifest.write_text(
        "version: 1\ndocuments:\n"
        "  - {id: a, path: x.txt, title: 甲, role: basis, approved_by: 程立, approved_on: 2025-01-01}\n",
        encoding="utf-8",
    )
    with Store.in_memory() as store:
        result = sync_manifest(store, load_manifest(manifest), "m")
        assert [(r.document_id, r.reason) for r in result.refused] == [("a", RefusalReason.MISSING)]
        (document,) = store.documents.all()
        assert document.status is Status.REFUSED


def test_document_that_states_its_own_issuer_is_unchanged_by_the_next_sync(tmp_path: Path) -> None:
    text = "云汀市图书馆2025年工作总结\n\n全年组织读书活动12次，参加群众900人次，群众反映良好。\n\n云汀市图书馆\n"
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    manifest = tmp_path / "manifest.yaml"
    entry = "id: a, path: x.txt, title: 2025年工作总结, role: material, approved_by: 程立, approved_on: 2025-12-01"
    manifest.write_text(f"version: 1\ndocuments:\n  - {{{entry}}}\n", encoding="utf-8")
    with Store.in_memory() as store:
        assert sync_manifest(store, load_manifest(manifest), "m").admitted == ["a"]
        (document,) = store.documents.all()
        assert document.issuer == "云汀市图书馆"
        assert sync_manifest(store, load_manifest(manifest), "m").unchanged == ["a"]
        manifest.write_text(f"version: 1\ndocuments:\n  - {{{entry}, issuer: 县图书馆}}\n", encoding="utf-8")
        assert sync_manifest(store, load_manifest(manifest), "m").admitted == ["a"]
        manifest.write_text(f"version: 1\ndocuments:\n  - {{{entry}}}\n", encoding="utf-8")
        assert sync_manifest(store, load_manifest(manifest), "m").admitted == ["a"]
