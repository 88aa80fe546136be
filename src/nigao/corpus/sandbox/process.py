"""Start the reading process, talk to it within a time, and leave nothing of it behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence

from nigao.corpus.sandbox.frames import read_frame
from nigao.environment import clean_environment

# The parent's paths, so that the child finds the same code whatever the environment says.
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from {module} import main; main(forks={forks})"


class ReadingProcess:
    """A running child. `files` counts what it was asked; `timed_out` says that it was ended for taking too long."""

    def __init__(self, module: str, *, forks: bool) -> None:
        """Raises OSError where no process can be started."""
        self.files = 0
        self.timed_out = False
        self._folder = tempfile.mkdtemp(prefix="nigao-read-")
        try:
            self._process = subprocess.Popen(
                _command(module, forks),
                bufsize=0,
                cwd=self._folder,
                env=clean_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                # Ctrl-C is for the parent, which ends the child.
                start_new_session=True,
            )
        except BaseException:
            os.rmdir(self._folder)
            raise
        # Whenever and however it ends, it is not left as a zombie.
        threading.Thread(target=self._process.wait, name="nigao-read", daemon=True).start()

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    @property
    def code(self) -> int:
        """How it ended: 0 where it left by itself, minus the signal that ended it."""
        return self._process.wait()

    def exchange(self, request: bytes, seconds: float, most: int) -> tuple[bytes, bytes]:
        """Send a request and give its answer's head and body, of at most so many bytes.

        Raises EOFError or OSError where the process is gone, by itself or for taking too long; FrameError where it says
        too much.
        """
        self.files += 1
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        watch = threading.Timer(seconds, self._end_for_time)
        watch.daemon = True
        watch.start()
        try:
            rest = memoryview(request)
            while rest:
                rest = rest[self._process.stdin.write(rest) :]
            return read_frame(self._process.stdout.read, most)
        finally:
            watch.cancel()

    def end(self) -> None:
        """End it and what it started; all it held is free again."""
        if self.is_running:
            self._kill()
        self._process.wait()
        self.forget()
        shutil.rmtree(self._folder, ignore_errors=True)

    def forget(self) -> None:
        """Let go of the pipes only: what a copy of this process (after a fork) has to do with it."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _end_for_time(self) -> None:
        self.timed_out = True
        self._kill()

    def _kill(self) -> None:
        try:
            if os.name == "posix":
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        except (ProcessLookupError, PermissionError):
            pass


def _command(module: str, forks: bool) -> Sequence[str]:
    paths = json.dumps([os.path.abspath(path) for path in sys.path])
    # Isolated and without `site`: no start-up file of a user or a package runs in it.
    start = _START.format(module=module, forks=forks)
    return [sys.executable, "-I", "-S", "-X", "utf8", "-c", start, paths]
