"""`nigao backup` and `restore`: a workspace in one file, made and put back while others work in it.

The database holds everything that was ever approved, drafted or recorded, so that it is the backup; the files that a
person wrote (settings, manifest, kinds, and on request the corpus documents) go along.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ConfigDict, ValidationError

from nigao.errors import AuditError, BackupError, NigaoError, OutputError, StoreError
from nigao.settings import CONFIG_NAME, Settings
from nigao.store import Store
from nigao.store.copying import copy_in, copy_out

_FORMAT = 1
_NOTE, _DATABASE, _FILES = "backup.json", "nigao.db", "files/"
_CHUNK = 1 << 20
_FIX = "换一份备份再试；工作区没有改动"


class BackupNote(BaseModel):
    """What a backup says of itself: `made_at` ISO 8601 in UTC, `sha256` of the database, counts as of then."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int
    made_at: str
    sha256: str
    documents: int
    reports: int
    audit_events: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: `before` is the backup of what was there, None where there was nothing; `damaged` is where an
    unreadable database was moved to; `files` are the files of the workspace that were missing and came back.
    """

    note: BackupNote
    before: Path | None
    damaged: Path | None
    files: tuple[str, ...]


def back_up(settings: Settings, file: Path, *, documents: bool = False) -> BackupNote:
    """Write the workspace to `file`, a zip archive that is whole or absent; `documents` takes the corpus files along.

    Raises OutputError where the file exists or cannot be written, StoreError where the database cannot be read.
    """
    if file.exists():
        raise OutputError("文件已经存在，没有覆盖", where=str(file), fix="换一个文件名，例如带上日期")
    if not settings.database.exists():
        raise StoreError(
            "工作区还没有数据库，没有可备份的", where=str(settings.database), fix="先运行 nigao corpus sync"
        )
    with _writing(file) as part, tempfile.TemporaryDirectory(prefix="nigao-", dir=part.parent) as folder:
        copy = Path(folder) / _DATABASE
        copy_out(settings.database, copy)
        note = _described(copy)
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(_NOTE, note.model_dump_json(indent=2))
            archive.write(copy, _DATABASE)
            for path in _own_files(settings, documents=documents):
                archive.write(path, _FILES + path.relative_to(settings.root).as_posix())
        # What was written is read once more: a backup is no place for a surprise.
        with zipfile.ZipFile(part) as archive:
            if archive.testzip() is not None or _digest_in(archive) != note.sha256:
                raise OutputError("写出的备份读回来对不上", where=str(file), fix="检查磁盘后重试")
    return note


def restore(settings: Settings, file: Path) -> Restored:
    """Put the database of a backup in place of the workspace's; what was there is backed up first.

    Others who have the workspace open see the old state or the new one. Files of the workspace that are missing come
    back; those that are there are left alone. Raises BackupError for a file that is no sound backup, with nothing
    changed, and StoreError where the database cannot be written.
    """
    with _reading(file) as archive, _workplace(settings.data) as folder:
        note = _note_in(archive, file)
        staged = _unpacked(archive, note, file, folder)
        before = _kept(settings)
        _record(staged, note, before, file)
        damaged = copy_in(staged, settings.database)
        return Restored(note, before, damaged, _put_back(archive, settings.root))


def _own_files(settings: Settings, *, documents: bool) -> list[Path]:
    """Files that a person wrote, those outside the workspace left out."""
    found = [settings.root / CONFIG_NAME, settings.manifest]
    originals = [settings.manifest.parent, settings.uploads] if documents else []
    folders = [settings.kinds, *originals]
    for folder in folders:
        found.extend(sorted(folder.rglob("*")) if folder.is_dir() else [])
    chosen = dict.fromkeys(path for path in found if path.is_file() and not path.is_symlink())
    return [path for path in chosen if path.is_relative_to(settings.root) and not path.is_relative_to(settings.data)]


@contextlib.contextmanager
def _writing(file: Path) -> Iterator[Path]:
    """A file beside the target that takes its name at the end, or goes."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        yield part
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        os.replace(part, file)
    except OSError as error:
        message = f"备份写不成（{error.strerror or type(error).__name__}）"
        raise OutputError(message, where=str(file), fix="确认文件夹存在且可写、磁盘有空间") from error
    finally:
        part.unlink(missing_ok=True)


def _described(copy: Path) -> BackupNote:
    with Store.open(copy) as store:
        counts = len(store.documents.all()), len(store.reports.list()), len(store.audit.events())
    # The log of the copy is part of the file once the store is closed.
    return BackupNote(
        format=_FORMAT,
        made_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        sha256=_digest(copy),
        documents=counts[0],
        reports=counts[1],
        audit_events=counts[2],
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _digest_in(archive: zipfile.ZipFile) -> str:
    digest = hashlib.sha256()
    with archive.open(_DATABASE) as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


@contextlib.contextmanager
def _reading(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except FileNotFoundError:
        raise BackupError("找不到备份文件", where=str(file), fix="核对路径") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError) as error:
        raise BackupError("不是 nigao backup 写出的文件，或已损坏", where=str(file), fix=_FIX) from error
    except OSError as error:
        place, fix = str(error.filename or file), "核对路径、权限和磁盘空间"
        raise BackupError(f"恢复不成（{error.strerror or type(error).__name__}）", where=place, fix=fix) from error


@contextlib.contextmanager
def _workplace(data: Path) -> Iterator[Path]:
    """A folder on the database's own disk, gone afterwards."""
    data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="restore-", dir=data) as folder:
        yield Path(folder)


def _note_in(archive: zipfile.ZipFile, file: Path) -> BackupNote:
    try:
        note = BackupNote.model_validate_json(archive.read(_NOTE))
    except (KeyError, ValidationError):
        raise BackupError("不是 nigao backup 写出的文件", where=str(file), fix=_FIX) from None
    if note.format != _FORMAT:
        raise BackupError(f"备份格式 {note.format} 由更新版本的拟稿写出", where=str(file), fix="升级拟稿后再恢复")
    return note


def _unpacked(archive: zipfile.ZipFile, note: BackupNote, file: Path, folder: Path) -> Path:
    """The backup's database, shown to be the one that was saved, sound, and brought to this version's schema."""
    staged = folder / _DATABASE
    with archive.open(_DATABASE) as packed, staged.open("wb") as target:
        shutil.copyfileobj(packed, target, _CHUNK)
    if _digest(staged) != note.sha256:
        raise BackupError("数据库与备份时的校验值不符", where=str(file), fix=_FIX)
    try:
        with Store.open(staged) as store:
            trouble = store.unsound()
            store.audit.verify()
    except (StoreError, AuditError) as error:
        raise BackupError(f"备份里的数据库不能用：{error.message}", where=str(file), fix=error.fix or _FIX) from error
    if trouble:
        raise BackupError(f"备份里的数据库有损坏（{trouble}）", where=str(file), fix=_FIX)
    return staged


def _kept(settings: Settings) -> Path | None:
    """A backup of what the restore replaces; None where there is nothing that can be read."""
    if not settings.database.exists():
        return None
    stamp = dt.datetime.now().strftime("%Y%m%d-%H%M%S-%f")
    kept = settings.data / "before-restore" / f"{stamp}.zip"
    kept.parent.mkdir(exist_ok=True)
    try:
        back_up(settings, kept)
    except OutputError:
        # Without room for what was there nothing may be replaced.
        raise
    except NigaoError:
        return None
    return kept


def _record(staged: Path, note: BackupNote, before: Path | None, file: Path) -> None:
    """The restored state says that it is one."""
    detail = {
        "made_at": note.made_at,
        "sha256": note.sha256,
        "file": file.name,
        "before": before.name if before else "",
    }
    with Store.open(staged) as store:
        store.audit.append("workspace.restore", "workspace", "nigao", detail)


def _put_back(archive: zipfile.ZipFile, root: Path) -> tuple[str, ...]:
    made = []
    for name in archive.namelist():
        place = PurePosixPath(name.removeprefix(_FILES))
        outside = place.is_absolute() or ".." in place.parts or "\\" in name or ":" in name
        if not name.startswith(_FILES) or name.endswith("/") or outside or (root / place).exists():
            continue
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as packed, (root / place).open("xb") as target:
            shutil.copyfileobj(packed, target, _CHUNK)
        made.append(place.as_posix())
    return tuple(made)
