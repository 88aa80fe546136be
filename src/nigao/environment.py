"""What of this process's environment a helper process is given: never keys, proxies or settings of ours."""

from __future__ import annotations

import os

# What programs need to start at all, and how they write text and time.
_KEPT = (
    "COMSPEC",
    "DYLD_FALLBACK_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LD_LIBRARY_PATH",
    "PATH",
    "SYSTEMDRIVE",
    "SYSTEMROOT",
    "TEMP",
    "TMP",
    "TMPDIR",
    "TZ",
    "WINDIR",
)


def clean_environment() -> dict[str, str]:
    """The few variables that a program cannot do without."""
    return {name: os.environ[name] for name in _KEPT if name in os.environ}
