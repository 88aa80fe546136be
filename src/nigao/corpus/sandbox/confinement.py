"""What a process that reads a hostile file gives up before it looks at the first byte."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import struct
import sys
from collections.abc import Callable

from nigao.corpus.limits import AdmissionLimits

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_SET_DEATH_SIGNAL, _SET_NO_NEW_PRIVILEGES = 1, 38
# Landlock's calls have one number on all machines. Its rights: execute 0, write 1, remove 4 and 5, make 6 to 12.
_CREATE_RULESET, _RESTRICT_SELF = 444, 446
_WRITE_AND_EXECUTE = 0b1_1111_1111_0011
_OPEN_FILES = 64
_NICE = 5


def settle() -> None:
    """Once for the process that reads or starts the readers: lower priority, and no network where Linux lets it."""
    if sys.platform == "win32":
        return
    _try(lambda: os.nice(_NICE))
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        # Root may leave the network; anybody else needs a user namespace for it, which not every system allows.
        if libc.unshare(_NEW_NETWORK) != 0:
            libc.unshare(_NEW_USER | _NEW_NETWORK)


def die_with_parent(parent: int) -> None:
    """Linux: be killed when the process that started this one is gone, `parent` being its id."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)


def confine(limits: AdmissionLimits, *, forked: bool) -> None:
    """Put the limits on this process, as far as the system has them. `forked`: it reads one file and starts nothing."""
    if sys.platform == "win32":
        return
    import resource

    _bound(resource.RLIMIT_CORE, 0)
    _bound(resource.RLIMIT_FSIZE, 0)
    _bound(resource.RLIMIT_NOFILE, _OPEN_FILES)
    # macOS knows the name and does not heed it; there the time limits are what is left.
    _bound(resource.RLIMIT_AS, limits.parse_memory)
    if forked:
        # At the soft limit comes a signal that tells why, at the hard one SIGKILL.
        _bound(resource.RLIMIT_CPU, limits.parse_seconds, over=1)
        _bound(resource.RLIMIT_NPROC, 0)
    if sys.platform == "linux":
        _give_up_writing()


def _give_up_writing() -> None:
    """No file is made, changed or removed from here on, and no program started, where the kernel has Landlock."""
    libc = ctypes.CDLL(None)
    libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    handled = struct.pack("Q", _WRITE_AND_EXECUTE)
    rules = libc.syscall(_CREATE_RULESET, handled, ctypes.c_size_t(len(handled)), 0)
    if rules >= 0:
        libc.syscall(_RESTRICT_SELF, rules, 0)
        os.close(rules)


def _bound(which: int, most: int, over: int = 0) -> None:
    import resource

    _, hard = resource.getrlimit(which)
    if hard == resource.RLIM_INFINITY or hard >= most + over:
        _try(lambda: resource.setrlimit(which, (most, most + over)))


def _try(step: Callable[[], object]) -> None:
    """What the system does not grant is done without."""
    with contextlib.suppress(OSError, ValueError):
        step()
