"""Writing a result file so that it is whole or absent."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from nigao.errors import OutputError


def replace_file(path: Path, content: bytes) -> None:
    """Write beside the target, then rename over it: a reader sees the old file or the new one, never a part.

    Raises OutputError when the file cannot be written; nothing is left behind then.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise OutputError(
            f"文件写不成（{error.strerror or error}）",
            where=str(path),
            fix="请确认文件夹存在且可写、磁盘有空间，并关闭正在打开该文件的程序",
        ) from error
