"""A note beside an index folder that says in which state it was closed; without it the folder is in doubt."""

from __future__ import annotations

import json
from pathlib import Path


class Seal:
    """The file `<folder>.ok`: sizes and times of the folder's files, as they were after a clean close.

    `settings` names what else must be the same for the folder to be of use.
    """

    def __init__(self, folder: Path, settings: str) -> None:
        self._folder = folder
        self._settings = settings
        self._path = folder.with_name(folder.name + ".ok")

    def put(self) -> None:
        """Seal the folder as it is now. A seal that cannot be written only costs a probe later."""
        try:
            self._path.write_text(json.dumps(self._state()), encoding="utf-8")
        except OSError:
            self.remove()

    def remove(self) -> None:
        """Break the seal; call it before the folder is opened."""
        self._path.unlink(missing_ok=True)

    def intact(self) -> bool:
        """Whether the folder is just as it was sealed."""
        try:
            return bool(json.loads(self._path.read_bytes()) == self._state())
        except (OSError, ValueError):
            return False

    def _state(self) -> dict[str, object]:
        files = sorted(path for path in self._folder.rglob("*") if path.is_file())
        stats = {str(path.relative_to(self._folder)): path.stat() for path in files}
        return {
            "settings": self._settings,
            "files": {name: [stat.st_size, stat.st_mtime_ns] for name, stat in stats.items()},
        }
