"""Is a file still the one that was read? Told by size and times where that is safe, else by its hash."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, replace
from pathlib import Path

from nigao.corpus.files import open_regular

# File systems keep times to two seconds at worst: a change so soon after the reading may leave the times as they were.
_SETTLED_NS = 2_000_000_000


@dataclass(frozen=True, slots=True)
class FileStamp:
    """A file as last read: `path` as registered, `sha256` (hex) of its bytes; times in nanoseconds since 1970, of which
    `seen_ns` is when it was looked at.
    """

    path: str
    sha256: str
    size: int
    mtime_ns: int
    ctime_ns: int
    seen_ns: int

    def vouches(self, now: FileStamp) -> bool:
        """Whether a file that looks like `now` surely has the bytes of this stamp. A file that was written just before
        it was read may have been written again within the same tick of the clock, and is not vouched for.
        """
        same = (self.path, self.size, self.mtime_ns, self.ctime_ns) == (now.path, now.size, now.mtime_ns, now.ctime_ns)
        return same and max(self.mtime_ns, self.ctime_ns) + _SETTLED_NS < self.seen_ns


def look_at(file: Path, path: str) -> FileStamp:
    """The file's looks, its bytes unread (`sha256` is empty). Raises OSError."""
    seen = time.time_ns()
    looks = file.stat()
    return FileStamp(path, "", looks.st_size, looks.st_mtime_ns, looks.st_ctime_ns, seen)


def with_hash(looks: FileStamp, file: Path) -> FileStamp:
    """The stamp with the hash of the file's bytes; a pipe or a device is never waited for. Raises OSError."""
    with open_regular(file) as stream:
        return replace(looks, sha256=hashlib.file_digest(stream, "sha256").hexdigest())
