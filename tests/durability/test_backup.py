"""Backup and restore while others use the workspace; a file that is no backup changes nothing."""

from __future__ import annotations

import json
import threading
import zipfile
from pathlib import Path

import pytest
from job_server import opened
from wholeness import assert_one_edition_each, assert_whole

from nigao.backup import back_up, restore
from nigao.errors import BackupError, OutputError, StoreError
from nigao.settings import load_settings
from nigao.store import Store


def _documents(folder: Path) -> list[str]:
    with opened(folder) as assistant:
        return [document.id for document in assistant.store.documents.all()]


def test_what_was_backed_up_comes_back(office: Path) -> None:
    before = _documents(office)
    with opened(office) as assistant:
        assistant.sync()
        assistant.embed()
    assert _documents(office) != before
    done = restore(load_settings(office), office / "backup.zip")
    assert _documents(office) == before
    assert done.note.documents == len(before)
    assert_whole(office)
    with Store.open(office / ".nigao" / "nigao.db") as store:
        assert store.audit.events()[-1].action == "workspace.restore"
    # What was there before is kept, and can be brought back the same way.
    assert done.before is not None
    restore(load_settings(office), done.before)
    assert len(_documents(office)) > len(before)
    assert_whole(office)


def test_one_who_has_the_workspace_open_sees_the_restored_state(office: Path) -> None:
    with opened(office) as open_all_along:
        open_all_along.revoke("d01", reason="上级文件已废止", by="周文清")
        assert all(hit.document.id != "d01" for hit in open_all_along.search("值班值守", 50))
        restore(load_settings(office), office / "backup.zip")
        assert any(hit.document.id == "d01" for hit in open_all_along.search("值班值守", 50))
        assert open_all_along.verify() == []
        open_all_along.revoke("d02", reason="上级文件已废止", by="周文清")
        assert open_all_along.store.audit.verify() > 0


def test_a_backup_taken_in_the_middle_of_writing_is_whole(office: Path, tmp_path: Path) -> None:
    settings = load_settings(office)
    stop = threading.Event()

    def write() -> None:
        with Store.open(settings.database) as store:
            while not stop.is_set():
                store.audit.append("test.write", "d01", "周文清", {"多": "少"})

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [back_up(settings, tmp_path / f"{n}.zip") for n in range(5)]
    finally:
        stop.set()
        writer.join()
    assert [note.audit_events for note in made] == sorted(note.audit_events for note in made)
    for n in range(5):
        restore(settings, tmp_path / f"{n}.zip")
        assert_whole(office)


def test_files_that_are_missing_come_back_and_others_stay(office: Path, tmp_path: Path) -> None:
    settings = load_settings(office)
    file = tmp_path / "with-documents.zip"
    back_up(settings, file, documents=True)
    (office / "corpus" / "documents" / "d01.txt").unlink()
    (office / "corpus" / "documents" / "d00.txt").write_text("改过", encoding="utf-8")
    assert restore(settings, file).files == ("corpus/documents/d01.txt",)
    assert (office / "corpus" / "documents" / "d00.txt").read_text(encoding="utf-8") == "改过"


def test_an_existing_file_is_not_written_over(office: Path) -> None:
    before = (office / "backup.zip").read_bytes()
    with pytest.raises(OutputError, match="已经存在"):
        back_up(load_settings(office), office / "backup.zip")
    assert (office / "backup.zip").read_bytes() == before


def test_a_damaged_database_is_moved_aside(office: Path) -> None:
    database = office / ".nigao" / "nigao.db"
    database.write_bytes(b"rubbish" * 1000)
    done = restore(load_settings(office), office / "backup.zip")
    assert done.before is None
    assert done.damaged is not None
    assert done.damaged.read_bytes().startswith(b"rubbish")
    assert_whole(office)


def test_an_empty_workspace_is_filled(office: Path) -> None:
    for path in (office / ".nigao").glob("nigao.db*"):
        path.unlink()
    restore(load_settings(office), office / "backup.zip")
    assert_whole(office)
    assert_one_edition_each(office)


def _rewritten(file: Path, target: Path, change: dict[str, bytes | None]) -> Path:
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = change.get(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name in change.keys() - set(old.namelist()):
            new.writestr(name, change[name] or b"")
    return target


def _note(file: Path, **change: object) -> bytes:
    with zipfile.ZipFile(file) as archive:
        return json.dumps(json.loads(archive.read("backup.json")) | change).encode()


@pytest.mark.parametrize("what", ["no zip", "cut", "no note", "newer", "another database", "no database", "rubbish"])
def test_what_is_no_sound_backup_changes_nothing(office: Path, tmp_path: Path, what: str) -> None:
    good, bad = office / "backup.zip", tmp_path / "bad.zip"
    changes: dict[str, dict[str, bytes | None]] = {
        "no note": {"backup.json": None},
        "newer": {"backup.json": _note(good, format=99)},
        "another database": {"nigao.db": b"SQLite format 3\0 not this one"},
        "no database": {"nigao.db": None},
        "rubbish": {"backup.json": b"rubbish"},
    }
    if what == "no zip":
        bad.write_bytes(b"rubbish")
    elif what == "cut":
        bad.write_bytes(good.read_bytes()[:-500])
    else:
        _rewritten(good, bad, changes[what])
    database = office / ".nigao" / "nigao.db"
    before = database.read_bytes()
    with pytest.raises(BackupError):
        restore(load_settings(office), bad)
    assert database.read_bytes() == before
    assert [path.name for path in (office / ".nigao").glob("restore-*")] == []


def test_names_in_a_backup_cannot_leave_the_workspace(office: Path, tmp_path: Path) -> None:
    tricks: dict[str, bytes | None] = {"files/../../outside.txt": b"x", "files//etc/outside": b"x", "files/C:/x": b"x"}
    bad = _rewritten(office / "backup.zip", tmp_path / "bad.zip", tricks)
    assert restore(load_settings(office), bad).files == ()
    assert not (office.parent / "outside.txt").exists()


def test_a_workspace_without_a_database_has_nothing_to_back_up(tmp_path: Path) -> None:
    from nigao.workspace import create_workspace

    create_workspace(tmp_path / "ws")
    with pytest.raises(StoreError, match="还没有数据库"):
        back_up(load_settings(tmp_path / "ws"), tmp_path / "b.zip")
