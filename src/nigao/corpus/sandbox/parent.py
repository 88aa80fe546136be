"""Ask the reading process for a text, and believe nothing that it says before it was checked."""

from __future__ import annotations

import atexit
import functools
import json
import os
import re
import threading
import weakref
from dataclasses import asdict
from pathlib import PurePath
from typing import Any

from nigao.corpus.limits import DEFAULT_LIMITS, AdmissionLimits
from nigao.corpus.readers.office import CONVERTED, convert
from nigao.corpus.readers.source import SourceText
from nigao.corpus.sandbox.answers import ConvertAnswer, FailureAnswer, RefusalAnswer, read_answer, source_text
from nigao.corpus.sandbox.frames import FrameError, frame, split_frame
from nigao.corpus.sandbox.process import ReadingProcess
from nigao.corpus.sandbox.verdicts import ended, failed, refused
from nigao.errors import AdmissionError

_CHILD = "nigao.corpus.sandbox.child"
# A child that copies itself keeps the time by itself; this is for one that hangs all the same.
_GRACE = 15.0
# Read by Python code alone, which leaves nothing behind that the next file could meet.
_PLAIN = {".csv", ".markdown", ".md", ".tsv", ".txt"}
# By these signs a file under such a name is read as a web page, PDF, office or RTF file all the same.
_OTHERWISE = re.compile(rb"[\xef\xbb\xbf\s\0]{0,1024}(?:<|%|\{|PK|\xd0\xcf)")
_FILES_EACH = 100
_HEAD = 4096


class Sandbox:
    """One reading process, started when first needed and again after it ended; safe to share between threads.

    `module` is the program it runs; `forks` says whether that copies itself for each file.
    """

    def __init__(self, module: str = _CHILD, *, forks: bool = hasattr(os, "fork")) -> None:
        self._module = module
        self._forks = forks
        self._process: ReadingProcess | None = None
        self._lock = threading.Lock()

    def parse(self, data: bytes, name: str, limits: AdmissionLimits = DEFAULT_LIMITS) -> SourceText:
        """What `parse_document` gives, read in the process; a conversion runs outside it.

        Raises AdmissionError as `parse_document` does, and with `resources` where the file takes too much or breaks the
        reader.
        """
        answer = self._ask(data, name, name, limits)
        if isinstance(answer, str):
            converted, suffix = convert(data, answer, name, limits)
            answer = self._ask(converted, name + suffix, name, limits)
        if isinstance(answer, str):
            raise refused("转换后的文件认不出来，已停止读取", name)
        return answer

    def close(self) -> None:
        """End the process; the next file starts another."""
        with self._lock:
            self._end()

    def _ask(self, data: bytes, shown: str, name: str, limits: AdmissionLimits) -> SourceText | str:
        """The text, or the suffix of the old format that the bytes are in; `shown` is a name that tells it."""
        request = frame({"name": shown, "limits": asdict(limits)}, data)
        with self._lock:
            try:
                verdict, answer = self._exchange(request, name, limits)
            except BaseException:
                # Ctrl-C: what is still under way has no reader any more.
                self._end()
                raise
            if not self._forks:
                self._replace_used(shown, data)
        if verdict.get("end", "answered") != "answered":
            raise ended(verdict, name, limits)
        return _checked(answer, name, limits)

    def _exchange(self, request: bytes, name: str, limits: AdmissionLimits) -> tuple[dict[str, Any], bytes]:
        """The verdict on how the reading ended, and the answer, which is not checked yet."""
        process = self._started(name)
        try:
            wait = limits.parse_wait + _GRACE * self._forks
            head, answer = process.exchange(request, wait, limits.parse_output + _HEAD)
            verdict = json.loads(head)
            return (verdict if isinstance(verdict, dict) else {}), answer
        except FrameError:
            self._end()
            return {"end": "output"}, b""
        except (ValueError, RecursionError):
            self._end()
            return {}, b""
        except (EOFError, OSError):
            self._end()
        if process.code == 0 and process.files > 1 and not process.timed_out:
            # It had nothing to do for long and left just as it was asked.
            return self._exchange(request, name, limits)
        return {"end": "slow" if process.timed_out else "died", "signal": max(-process.code, 0)}, b""

    def _started(self, name: str) -> ReadingProcess:
        if self._process is not None and not self._process.is_running:
            self._end()
        if self._process is None:
            _open_sandboxes().add(self)
            try:
                self._process = ReadingProcess(self._module, forks=self._forks)
            except OSError as exc:
                message = f"读取程序启动不了（{exc.strerror or type(exc).__name__}）"
                raise refused(message, name, "核对系统的进程数、内存和临时文件夹后再试") from None
        return self._process

    def _replace_used(self, shown: str, data: bytes) -> None:
        """Where all files meet the same process, none that a library read may meet the next one."""
        plain = PurePath(shown).suffix.lower() in _PLAIN and _OTHERWISE.match(data) is None
        if self._process is not None and not (plain and self._process.files < _FILES_EACH):
            self._end()

    def _end(self) -> None:
        if self._process is not None:
            self._process.end()
            self._process = None

    def leave(self, *, forked: bool) -> None:
        """What is due without waiting for anybody when this process ends, or in a copy of it after a fork."""
        process, self._process = self._process, None
        if forked:
            self._lock = threading.Lock()
        if process is not None:
            (process.forget if forked else process.end)()


def _checked(answer: bytes, name: str, limits: AdmissionLimits) -> SourceText | str:
    try:
        head, body = split_frame(answer)
        told = read_answer(head)
        if isinstance(told, RefusalAnswer):
            raise AdmissionError(told.message, reason=told.reason, where=name, fix=told.fix)
        if isinstance(told, FailureAnswer):
            raise failed(told, name, limits)
        if isinstance(told, ConvertAnswer):
            if told.suffix not in CONVERTED:
                raise ValueError("no old format")
            return told.suffix
        return source_text(told, body, name, limits)
    # Pydantic's errors and those of decoding are ValueErrors as well.
    except ValueError:
        raise refused("读取程序的答复不合规，已停止读取", name) from None


@functools.cache
def _open_sandboxes() -> weakref.WeakSet[Sandbox]:
    """All sandboxes that ever started a process; looked after from then on."""
    known: weakref.WeakSet[Sandbox] = weakref.WeakSet()

    def leave(*, forked: bool) -> None:
        for sandbox in list(known):
            sandbox.leave(forked=forked)

    atexit.register(leave, forked=False)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=functools.partial(leave, forked=True))
    return known


shared = Sandbox()


def parse_in_child(data: bytes, name: str, limits: AdmissionLimits = DEFAULT_LIMITS) -> SourceText:
    """`parse_document` in a process that may fail, hang or die; all callers of this process share one."""
    return shared.parse(data, name, limits)
