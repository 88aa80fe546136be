"""Full disks, read-only folders, two at once, spoiled caches: nothing is lost, and what is left says what to do."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import office_corpus
import pytest
from job_client import JobServer
from job_server import DIMENSIONS, opened
from wholeness import answers, assert_all_found, assert_one_edition_each, assert_whole

from nigao.errors import StoreError
from nigao.retrieval import HashingEmbedder, HybridSearch
from nigao.store import Store


class SmallDisk:
    """A file system of its own: it can be filled up, and seen read-only, whoever asks."""

    def __init__(self, folder: Path, view: Path) -> None:
        self.folder = folder
        self.view = view

    def limit(self, kilobytes: int) -> None:
        """Room for so much and no more."""
        _mount("-o", f"remount,size={kilobytes}k", str(self.folder))

    def leave(self, kilobytes: int) -> None:
        """Room for so much more than there is."""
        self.limit(shutil.disk_usage(self.folder).used // 1024 + kilobytes)


def _mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True, capture_output=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    folder, view = tmp_path / "disk", tmp_path / "view"
    folder.mkdir()
    view.mkdir()
    try:
        _mount("-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder))
        _mount("--bind", str(folder), str(view))
        _mount("-o", "remount,bind,ro", str(view))
    except (OSError, subprocess.CalledProcessError):
        subprocess.run(["umount", "-l", str(folder)], check=False, capture_output=True)
        pytest.skip("no file system can be mounted here (it takes root on Linux): full and read-only disks not tried")
    yield SmallDisk(folder, view)
    for place in (view, folder):
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.parametrize("room_kb", [8, 60, 200, 500, 900, 1600])
def test_a_disk_that_fills_up_loses_nothing(
    jobs: JobServer, template: Path, disk: SmallDisk, room_kb: int, tmp_path: Path
) -> None:
    office = Path(shutil.copytree(template, disk.folder / "ws"))
    disk.leave(room_kb)
    jobs.start("sync", office)
    jobs.end()
    disk.limit(65536)
    assert_whole(office)
    assert_one_edition_each(office)
    assert answers(office) == answers(Path(shutil.copytree(template, tmp_path / "elsewhere")))


def test_a_full_disk_is_told_and_not_blamed_on_the_file(template: Path, disk: SmallDisk) -> None:
    office = Path(shutil.copytree(template, disk.folder / "ws"))
    disk.leave(8)
    done = _nigao(office, "corpus", "sync")
    assert done.returncode == 2
    assert "磁盘" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_backup_that_does_not_fit_leaves_nothing_behind(template: Path, disk: SmallDisk) -> None:
    disk.limit(100)
    target = disk.folder / "backup.zip"
    done = _nigao(template, "backup", str(target))
    assert done.returncode == 2
    assert "磁盘" in done.stderr
    assert list(disk.folder.iterdir()) == []


def test_a_read_only_folder_is_searched_and_not_written(template: Path, disk: SmallDisk) -> None:
    shutil.copytree(template, disk.folder / "ws")
    office = disk.view / "ws"
    assert_whole(office)
    done = _nigao(office, "corpus", "sync")
    assert done.returncode == 2
    assert "只读" in done.stderr
    with opened(office) as assistant, pytest.raises(StoreError, match="只读"):
        assistant.revoke("d01", reason="试", by="周文清")
    assert_whole(disk.folder / "ws")
    assert_one_edition_each(disk.folder / "ws")


def test_a_read_only_folder_that_another_writes_is_read_as_it_is(template: Path, disk: SmallDisk) -> None:
    database = Path(shutil.copytree(template, disk.folder / "ws")) / ".nigao" / "nigao.db"
    with Store.open(database) as writer:
        writer.documents.revoke("d01", "上级文件已废止", "周文清")
        # Its log is not yet part of the database file.
        assert database.with_name("nigao.db-wal").stat().st_size
        with opened(disk.view / "ws") as assistant:
            found = assistant.store.documents.get("d01")
            assert found is not None
            assert found.status == "revoked"


def test_two_syncs_at_once_are_one_sync(template: Path, tmp_path: Path) -> None:
    office = Path(shutil.copytree(template, tmp_path / "ws"))
    # The real command with the real embeddings.
    command = [sys.executable, "-m", "nigao.cli.main", "--workspace", str(office), "corpus", "sync"]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    ended = [process.communicate(timeout=300) for process in running]
    assert [process.returncode for process in running] == [0, 0], ended
    assert_whole(office)
    assert_one_edition_each(office)
    with Store.open(office / ".nigao" / "nigao.db") as store:
        changed = [event.subject for event in store.audit.events() if event.action == "document.put"]
        # Admitted once each at first, and what changed or came once more, whichever of the two was first.
        assert sorted(changed) == sorted(
            [f"d{n:02d}" for n in office_corpus.BEFORE] + ["d02", "d05", "d08", "d09", "d10"]
        )


def test_the_command_killed_again_and_again_is_completed_by_the_next(template: Path, tmp_path: Path) -> None:
    office = Path(shutil.copytree(template, tmp_path / "ws"))
    # The real command with the real embeddings, ended as by a power cut; test_killed_jobs.py tries more moments.
    command = [sys.executable, "-m", "nigao.cli.main", "--workspace", str(office), "corpus", "sync"]
    for delay in (0.8, 2.0, 3.5):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        process.kill()
        process.wait(30)
    assert _nigao(office, "corpus", "sync").returncode == 0
    assert _nigao(office, "corpus", "verify").returncode == 0
    assert_whole(office)
    assert_one_edition_each(office)


def _rubbish(folder: Path) -> None:
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        path.write_bytes(b"\x00rubbish" * 64)


def _half(folder: Path) -> None:
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _gone(folder: Path) -> None:
    shutil.rmtree(folder)


def _a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_bytes(b"no folder")


@pytest.mark.parametrize("cache", ["chroma", "lexical"])
@pytest.mark.parametrize("damage", [_rubbish, _half, _gone, _a_file])
def test_a_spoiled_cache_heals(office: Path, cache: str, damage: Callable[[Path], None]) -> None:
    damage(office / ".nigao" / cache)
    assert_whole(office)


def test_a_chroma_folder_that_crashes_the_interpreter_heals(tmp_path: Path) -> None:
    from nigao.workspace import create_workspace

    office = tmp_path / "ws"
    create_workspace(office)
    # Chroma writes its graph to files of its own from the thousandth vector on; read cut short, they crash it.
    office_corpus.write(office, dict.fromkeys(range(6), 1), sections=240)
    with opened(office) as assistant:
        assistant.sync()
        assistant.embed()
        assert assistant.hybrid.status().passages > 1000
    for path in (office / ".nigao" / "chroma").rglob("*.bin"):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    place = next(path for path in (office / ".nigao" / "chroma").iterdir() if path.is_dir())
    probe = [sys.executable, "-m", "nigao.retrieval.probe", str(place), "passages"]
    crashed = subprocess.run(probe, capture_output=True, check=False).returncode
    assert crashed < 0, "the folder is not spoiled enough to show anything"
    with opened(office) as assistant:
        assert assistant.verify() == []
        assert assistant.hybrid.status().dense == "chroma"
        assert_all_found(assistant, every=20)


def test_a_sealed_folder_that_was_changed_behind_our_back_is_tried_out(office: Path) -> None:
    (office / ".nigao" / "chroma.ok").write_text("{}")
    _half(office / ".nigao" / "chroma")
    with (
        Store.open(office / ".nigao" / "nigao.db") as store,
        HybridSearch(store, HashingEmbedder(DIMENSIONS), office / ".nigao") as search,
    ):
        assert search.status().dense == "chroma"
    assert_whole(office)


def _nigao(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nigao.cli.main", "--workspace", str(folder), *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
