"""Open a file that somebody named: only a regular file, inside the folder it belongs to, and as it was while read."""

from __future__ import annotations

import errno
import os
import stat
from io import FileIO
from pathlib import Path

from nigao.corpus.limits import DEFAULT_LIMITS, AdmissionLimits
from nigao.corpus.model import RefusalReason
from nigao.errors import AdmissionError

# To open a pipe or a device may wait for ever or do something; the bits exist where such files do.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


class IrregularFileError(OSError):
    """What is there is a folder, a pipe, a device or a socket."""


def open_regular(path: Path) -> FileIO:
    """Open for reading without ever waiting. Raises OSError, IrregularFileError."""
    descriptor = os.open(path, _FLAGS | getattr(os, "O_CLOEXEC", 0))
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise IrregularFileError(errno.EINVAL, "not a regular file")
        return os.fdopen(descriptor, "rb", buffering=0)
    except BaseException:
        os.close(descriptor)
        raise


def load_bytes(path: Path, limits: AdmissionLimits = DEFAULT_LIMITS, *, within: Path | None = None) -> bytes:
    """The file's bytes, never more than the limit. `within`: the folder that it must not leave, not by links either.

    Raises AdmissionError (`missing`, `oversized`, `unreadable`).
    """
    try:
        with open_regular(path) as file:
            if within is not None and not _is_inside(path, within, file):
                raise _refused("路径经符号链接指向清单所在文件夹之外", path, "把文件本身放进该文件夹")
            before = os.fstat(file.fileno())
            data = _first_bytes(file, limits.max_bytes + 1)
            after = os.fstat(file.fileno())
    except (FileNotFoundError, NotADirectoryError, IrregularFileError) as exc:
        message = "不是普通文件（而是文件夹、管道或设备）" if isinstance(exc, IrregularFileError) else "找不到文件"
        raise AdmissionError(message, reason=RefusalReason.MISSING, where=str(path), fix="核对清单中的路径") from None
    except (OSError, ValueError) as exc:
        raise _refused(
            f"文件读不出来（{getattr(exc, 'strerror', None) or '路径无效'}）", path, "核对路径和权限"
        ) from None
    if len(data) > limits.max_bytes:
        size = f"{limits.max_bytes / 1024 / 1024:g} MB"
        raise AdmissionError(
            f"文件超过 {size}", reason=RefusalReason.OVERSIZED, where=str(path), fix="拆分文件，或去掉图片后再试"
        )
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) != after.st_size:
        raise _refused("读取时文件正在被改动", path, "等文件写完后再试")
    return data


def _first_bytes(file: FileIO, most: int) -> bytes:
    """The file's bytes, but no more than `most`: one more than allowed tells an oversized file."""
    data = bytearray()
    while len(data) < most and (part := file.read(most - len(data))):
        data += part
    return bytes(data)


def _is_inside(path: Path, folder: Path, file: FileIO) -> bool:
    """Whether the path, its links followed, ends in the folder at the very file that is open."""
    place = path.resolve(strict=True)
    return place.is_relative_to(folder.resolve()) and os.path.samestat(place.stat(), os.fstat(file.fileno()))


def _refused(message: str, path: Path, fix: str) -> AdmissionError:
    return AdmissionError(message, reason=RefusalReason.UNREADABLE, where=str(path), fix=fix)
