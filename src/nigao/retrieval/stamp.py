"""A stamp on the files of a cache folder: whether they are whole, told without reading those that nobody touched."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

_STAMP = "index.json"
_CHUNK = 1 << 20


def put_stamp(folder: Path, format_: int) -> None:
    """Write down the folder's files as they are; the last thing to be written. Raises OSError."""
    state = {path.name: [path.stat().st_size, path.stat().st_mtime_ns, _checksum(path)] for path in _files(folder)}
    (folder / _STAMP).write_text(json.dumps({"format": format_, "files": state}), encoding="utf-8")


def stamped(folder: Path, format_: int) -> bool:
    """Whether the folder's files are those that were stamped, in this format.

    A file of another time is read, since a copy of the folder is as good. Raises OSError, ValueError, KeyError,
    TypeError for a folder that has no sound stamp.
    """
    stamp = json.loads((folder / _STAMP).read_bytes())
    files = {path.name: path for path in _files(folder)}
    if stamp["format"] != format_ or stamp["files"].keys() != files.keys():
        return False
    return all(_is_same(files[name], *state) for name, state in stamp["files"].items())


def _is_same(path: Path, size: int, modified: int, checksum: int) -> bool:
    now = path.stat()
    return now.st_size == size and (now.st_mtime_ns == modified or _checksum(path) == checksum)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name != _STAMP)


def _checksum(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            checksum = zlib.crc32(chunk, checksum)
    return checksum
