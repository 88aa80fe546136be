"""The process that reads hostile files for another: for each it starts a copy of itself, which alone sees the bytes.

Where a process cannot be copied (Windows) it reads them itself, and the parent replaces it oftener. It is started by
`parent.py`, asked on standard input and answers on standard output; at the end of its input it ends.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import time
from functools import partial
from importlib import import_module
from pathlib import PurePath
from typing import Any

from nigao.corpus.limits import AdmissionLimits
from nigao.corpus.readers import read_as, source_kind
from nigao.corpus.readers.office import CONVERTED
from nigao.corpus.readers.source import SourceText
from nigao.corpus.sandbox.confinement import confine, die_with_parent, settle
from nigao.corpus.sandbox.frames import frame, read_frame
from nigao.errors import AdmissionError

# Unused for so long, it ends; the parent starts another when there is work again.
_IDLE_SECONDS = 60.0
_LONGEST_REQUEST = 1024 * 1024 * 1024
_CHUNK = 1024 * 1024
# What the readers load on first use is loaded before a copy is made, so that it is loaded once.
_LIBRARIES = {
    ".csv": ("csv",),
    ".docx": ("docx",),
    ".htm": ("lxml.html",),
    ".html": ("lxml.html",),
    ".markdown": ("markdown_it",),
    ".md": ("markdown_it",),
    ".pdf": ("pypdfium2",),
    ".xlsx": ("openpyxl",),
}


def main(*, forks: bool) -> None:
    """Serve requests until the input ends. `forks`: a copy of the process for each file."""
    requests, replies = _take_over_pipes()
    settle()
    if not forks:
        confine(AdmissionLimits(), forked=False)
    try:
        while _is_asked(requests):
            request = _Request(*read_frame(partial(os.read, requests), _LONGEST_REQUEST))
            alone = {"end": "answered"}
            verdict, answer = _read_in_copy(request, requests, replies) if forks else (alone, request.answer())
            _send(replies, frame(verdict, answer))
    except (EOFError, BrokenPipeError):
        # The parent is gone, or done with this process.
        pass
    finally:
        _remove_folder()


def _remove_folder() -> None:
    """The empty folder that it was started in, should the parent have died before it could."""
    folder = os.getcwd()
    with contextlib.suppress(OSError):
        os.chdir(os.sep)
        os.rmdir(folder)


def _take_over_pipes() -> tuple[int, int]:
    """The pipes under numbers of their own; what a library prints or reads goes nowhere."""
    requests, replies = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)
    return requests, replies


def _is_asked(requests: int) -> bool:
    """Wait for a request, but not for ever."""
    return os.name == "nt" or bool(select.select([requests], [], [], _IDLE_SECONDS)[0])


class _Request:
    """One file to read."""

    def __init__(self, head: bytes, data: bytes) -> None:
        told: dict[str, Any] = json.loads(head)
        self.name: str = told["name"]
        self.limits = AdmissionLimits(**told["limits"])
        self._data = data
        for library in _LIBRARIES.get(PurePath(self.name).suffix.lower(), ()):
            # Where one is missing the reader says so.
            with contextlib.suppress(ImportError):
                import_module(library)

    def answer(self) -> bytes:
        """What became of reading it, as a frame."""
        try:
            kind = source_kind(self._data, self.name, self.limits)
            if kind in CONVERTED:
                return frame({"answer": "convert", "suffix": kind})
            return _text_frame(read_as(kind, self._data, self.name, self.limits))
        except AdmissionError as refusal:
            told = {"message": refusal.message[:400], "reason": str(refusal.reason), "fix": refusal.fix[:400]}
            return frame({"answer": "refusal", **told})
        except MemoryError:
            return frame({"answer": "failure", "what": "memory"})
        except RecursionError:
            return frame({"answer": "failure", "what": "depth"})
        # No reader lets anything else out; if one does, the file is refused like any other.
        except Exception as exc:
            return frame({"answer": "failure", "what": type(exc).__name__})


def _text_frame(source: SourceText) -> bytes:
    blocks = [(b.start, b.end, b.level, b.kind.value, b.label) for b in source.blocks]
    return frame({"answer": "text", "blocks": blocks, "margins": source.margins}, source.text.encode())


def _read_in_copy(request: _Request, requests: int, replies: int) -> tuple[dict[str, Any], bytes]:
    """Have a copy of this process read the file: how it ended, and its answer, which may be anything at all."""
    source, sink = os.pipe()
    parent = os.getpid()
    # What is loaded by now is shared with the copy for as long as neither touches it.
    gc.freeze()
    copy = os.fork()
    if copy == 0:
        _be_copy(request, parent, sink, (source, requests, replies))
    os.close(sink)
    try:
        answer = bytearray()
        end = _listen(source, requests, answer, request.limits)
    finally:
        os.close(source)
        # At the end of its answer it has ended or has no business any more; how it ended is not changed by this.
        os.kill(copy, signal.SIGKILL)
        _, status, used = os.wait4(copy, 0)
    died = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if end == "answered" and died:
        end = "died"
    return {"end": end, "signal": died, "memory": used.ru_maxrss}, bytes(answer) if end == "answered" else b""


def _be_copy(request: _Request, parent: int, sink: int, foreign: tuple[int, ...]) -> None:
    """Read the file and end; nothing of this process's own future is left to the copy."""
    try:
        die_with_parent(parent)
        for descriptor in foreign:
            os.close(descriptor)
        confine(request.limits, forked=True)
        _send(sink, request.answer())
    finally:
        os._exit(0)


def _listen(source: int, requests: int, answer: bytearray, limits: AdmissionLimits) -> str:
    """Gather the copy's answer: `answered`, or `slow` or `output` where it takes or says too much."""
    deadline = time.monotonic() + limits.parse_wait
    while (left := deadline - time.monotonic()) > 0:
        ready, _, _ = select.select([source, requests], [], [], left)
        if requests in ready:
            # Nothing is asked while an answer is awaited: the parent is gone.
            raise SystemExit
        if source in ready:
            part = os.read(source, _CHUNK)
            if not part:
                return "answered"
            answer += part
            if len(answer) > limits.parse_output:
                return "output"
    return "slow"


def _send(sink: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(sink, rest) :]
