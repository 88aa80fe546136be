"""What a person is told when reading a file took too much, or broke the reader."""

from __future__ import annotations

import signal
from typing import Any

from nigao.corpus.limits import AdmissionLimits
from nigao.corpus.model import RefusalReason
from nigao.corpus.sandbox.answers import FailureAnswer
from nigao.errors import AdmissionError

_FIX = "文件可能已损坏或被做过手脚：用 Word、WPS 等打开核对后另存，或拆分后再试"
# Some libraries end the process where they get no memory; this much of it in use says that that was why.
_NEARLY_ALL = 0.5


def refused(message: str, name: str, fix: str = _FIX) -> AdmissionError:
    """A refusal for what reading would take."""
    return AdmissionError(message, reason=RefusalReason.RESOURCES, where=name, fix=fix)


def failed(answer: FailureAnswer, name: str, limits: AdmissionLimits) -> AdmissionError:
    """For a reader that gave up by itself."""
    if answer.what == "memory":
        return _out_of_memory(name, limits)
    if answer.what == "depth":
        return refused("内容嵌套过深，已停止读取", name)
    return refused(f"读取程序出错（{answer.what}），已停止读取", name)


def ended(verdict: dict[str, Any], name: str, limits: AdmissionLimits) -> AdmissionError:
    """For a reader that was ended or died: `verdict` is what `child.py` or `parent.py` says of it."""
    end, number = verdict.get("end"), verdict.get("signal")
    if end == "slow":
        return refused(f"读取超过 {limits.parse_wait:g} 秒，已停止读取", name)
    if end == "output":
        return refused(f"读出的内容超过 {_size(limits.parse_output)}，已停止读取", name)
    if number == getattr(signal, "SIGXCPU", None):
        return refused(f"读取的计算超过 {limits.parse_seconds} 秒，已停止读取", name)
    used = verdict.get("memory")
    if isinstance(used, int) and used * 1024 > limits.parse_memory * _NEARLY_ALL:
        return _out_of_memory(name, limits)
    if number == getattr(signal, "SIGKILL", None):
        return refused("读取程序被系统终止（多半是内存不足），已停止读取", name)
    return refused(f"读取程序意外退出（{_signal_name(number)}），已停止读取", name)


def _out_of_memory(name: str, limits: AdmissionLimits) -> AdmissionError:
    return refused(f"读取需要的内存超过 {_size(limits.parse_memory)}，已停止读取", name)


def _size(size: int) -> str:
    megabytes = size / 1024 / 1024
    return f"{megabytes / 1024:g} GB" if megabytes >= 1024 else f"{megabytes:g} MB"


def _signal_name(number: object) -> str:
    try:
        return signal.Signals(number).name if number else "没有说明原因"  # type: ignore[arg-type]
    except ValueError:
        return f"信号 {number}"
