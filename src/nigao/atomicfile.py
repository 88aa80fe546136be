"""Writing result files so that each is whole or absent, and several all or none."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path

from nigao.errors import OutputError


def replace_file(path: Path, content: bytes) -> None:
    """Write beside the target, then rename over it: a reader sees the old file or the new one, never a part.

    Raises OutputError when the file cannot be written; nothing is left behind then.
    """
    replace_files({path: content})


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """Write every file beside its target, and only when all are written rename them over their targets.

    Raises OutputError when one cannot be written; no target has been touched then, save where the system refuses a
    renaming after it has allowed the writing.
    """
    staged: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            with _told(path):
                staged[path] = _stage(path, content)
        for path, temporary in staged.items():
            with _told(path):
                os.replace(temporary, path)
    finally:
        for temporary in staged.values():
            with contextlib.suppress(OSError):
                temporary.unlink()


def _stage(path: Path, content: bytes) -> Path:
    if path.is_dir():
        raise IsADirectoryError(21, "目标是文件夹")
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return temporary


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"文件写不成（{error.strerror or error}）",
            where=str(path),
            fix="请确认文件夹存在且可写、磁盘有空间，并关闭正在打开该文件的程序",
        ) from error
