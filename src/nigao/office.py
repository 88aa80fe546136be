"""LibreOffice as a converter: each job in a profile, folder and process group of its own, under limits.

It is given files that nobody vouches for, too: no macro runs, nothing linked is loaded, no network is reached.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from xml.sax.saxutils import escape

from nigao.environment import clean_environment

_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/usr/local/bin/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
_FOLDERS = ("/opt",)
# No macro runs, nothing linked is loaded, and what would be fetched all the same goes to a port where nobody listens.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Java/ApplicationJava", "Enable", "false"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "1"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    *(("Inet/Settings", f"ooInet{kind}ProxyName", "127.0.0.1") for kind in ("HTTP", "HTTPS", "FTP")),
    *(("Inet/Settings", f"ooInet{kind}ProxyPort", "9") for kind in ("HTTP", "HTTPS", "FTP")),
    ("Inet/Settings", "ooInetNoProxy", ""),
)
_FONTS = "Office.Common/Font/Substitution"
_NEW_GROUP = 0x200  # subprocess.CREATE_NEW_PROCESS_GROUP, which only Windows has
_MEMORY_KB = 4 * 1024 * 1024
_OPTIONS = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard")


class Failure(Enum):
    """Why nothing came of a job."""

    NO_START = auto()
    TIMEOUT = auto()
    TOO_BIG = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class Job:
    """What is to become of files: `suffix` is what they are, `target` what they are to be, by `export_filter`.

    It may take `seconds` and write files of `most_bytes`. `fonts` are families to be set in place of others that the
    machine lacks; the user's own fonts are seen where there are any.
    """

    suffix: str
    target: str
    export_filter: str
    seconds: float
    most_bytes: int
    fonts: Mapping[str, str] | None = None


def program() -> str | None:
    """The LibreOffice on this machine, or None. Looked for anew each time: people install it after the first try."""
    found = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    if found is not None and os.name == "nt" and found.lower().endswith(".exe"):
        # The windowed .exe returns at once; its console twin waits for the work to end.
        console = found[:-4] + ".com"
        found = console if Path(console).is_file() else found
    versions = [str(path) for folder in _FOLDERS for path in Path(folder).glob("libreoffice*/program/soffice")]
    places = (*_PLACES, *sorted(versions, reverse=True))
    return found or next((place for place in places if Path(place).is_file()), None)


def own_fonts() -> dict[str, str]:
    """The variable by which a program without our home finds the fonts that the user has put in."""
    return {"XDG_DATA_HOME": os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")}


def convert(office: str, job: Job, sources: Sequence[bytes]) -> list[bytes] | Failure:
    """The files converted by the LibreOffice at `office`, in one run."""
    with tempfile.TemporaryDirectory(prefix="nigao-office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        out = folder / "out"
        out.mkdir()
        stems = [f"source{number or ''}" for number in range(len(sources))]
        for stem, data in zip(stems, sources, strict=True):
            (folder / f"{stem}{job.suffix}").write_bytes(data)
        command = [
            office,
            f"-env:UserInstallation={_profile(folder, job.fonts or {}).as_uri()}",
            *_OPTIONS,
            "--convert-to",
            job.export_filter,
            "--outdir",
            str(out),
            *(str(folder / f"{stem}{job.suffix}") for stem in stems),
        ]
        failure = _run(_bounded(command, job.most_bytes), folder, job)
        return failure or _made([out / f"{stem}{job.target}" for stem in stems], job.most_bytes)


def _made(targets: Sequence[Path], most: int) -> list[bytes] | Failure:
    try:
        if any(target.stat().st_size > most for target in targets):
            return Failure.TOO_BIG
        return [target.read_bytes() for target in targets]
    except OSError:
        return Failure.NOTHING


def _profile(folder: Path, fonts: Mapping[str, str]) -> Path:
    """A fresh user profile, so that neither the user's own one nor another job's is touched or waited for."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{key}" oor:op="fuse"><value>{value}</value></prop>'
        "</item>"
        for path, key, value in (*_SETTINGS, *([(_FONTS, "Replacement", "true")] if fonts else []))
    )
    pairs = "".join(_font_pair(f"_{number}", *pair) for number, pair in enumerate(fonts.items()))
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}{pairs}</oor:items>\n",
        encoding="utf-8",
    )
    return profile


def _font_pair(node: str, missing: str, present: str) -> str:
    values = (("Always", "true"), ("OnScreenOnly", "false"), ("ReplaceFont", missing), ("SubstituteFont", present))
    props = "".join(f'<prop oor:name="{key}"><value>{escape(text)}</value></prop>' for key, text in values)
    pair = f'<node oor:name="{node}" oor:op="replace">{props}</node>'
    return f'<item oor:path="/org.openoffice.{_FONTS}/FontPairs">{pair}</item>'


def _bounded(command: list[str], most_bytes: int) -> list[str]:
    """The command under limits on memory and on the size of a file it writes, where the system has a shell for them."""
    if os.name != "posix":
        return command
    script = f'ulimit -v {_MEMORY_KB} 2>/dev/null; ulimit -f {most_bytes // 512 + 1}; ulimit -c 0; exec "$0" "$@"'
    return ["/bin/sh", "-c", script, *command]


def _run(command: list[str], folder: Path, job: Job) -> Failure | None:
    """Run to the end, then see that no helper process stays behind, whatever happened."""
    environment = clean_environment() | {"HOME": str(folder), "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    if job.fonts is not None:
        environment |= own_fonts()
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=os.name != "nt",
            creationflags=_NEW_GROUP if os.name == "nt" else 0,
        )
    except OSError:
        return Failure.NO_START
    try:
        process.wait(job.seconds)
    except subprocess.TimeoutExpired:
        return Failure.TIMEOUT
    finally:
        _end_group(process)
    return None


def _end_group(process: subprocess.Popen[bytes]) -> None:
    if os.name == "nt":
        if process.poll() is None:
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], check=False, capture_output=True)
    else:
        # The group outlives its leader while any helper runs; without one there is nothing to kill.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
