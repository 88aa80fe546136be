"""The test's side of `job_server.py`."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path


class JobServer:
    """The process of `job_server.py`."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("job_server.py")
        self._process = subprocess.Popen(
            [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def start(self, job: str, folder: Path) -> int:
        """The process id of the job."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{job} {folder}\n")
        self._process.stdin.flush()
        return int(self._answer("started")[0])

    def end(self) -> int:
        """How the job ended: 0, or minus the signal."""
        return int(self._answer("ended")[1])

    def _answer(self, word: str) -> list[str]:
        assert self._process.stdout is not None
        first, *rest = self._process.stdout.readline().split()
        assert first == word
        return rest

    def close(self) -> None:
        self._process.communicate(timeout=30)

    def kill(self, pid: int) -> bool:
        """End the job as a power cut would; whether it was still under way."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        return self.end() == -signal.SIGKILL
