"""Old office formats through LibreOffice: each file is converted in a profile, folder and process group of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from nigao.corpus.environment import clean_environment
from nigao.corpus.limits import AdmissionLimits
from nigao.corpus.model import RefusalReason
from nigao.errors import AdmissionError

# What each kind becomes. WPS Office's .wps and .et are Word's and Excel's own binary format under another name.
CONVERTED = {
    ".doc": ".docx",
    ".wps": ".docx",
    ".rtf": ".docx",
    ".odt": ".docx",
    ".xls": ".xlsx",
    ".et": ".xlsx",
    ".ods": ".xlsx",
}
_FILTERS = {".docx": "docx:MS Word 2007 XML", ".xlsx": "xlsx:Calc MS Excel 2007 XML"}
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
_NEW_GROUP = 0x200  # subprocess.CREATE_NEW_PROCESS_GROUP, which only Windows has
_MEMORY_KB = 4 * 1024 * 1024
_OPTIONS = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard")


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


def convert(data: bytes, suffix: str, name: str, limits: AdmissionLimits) -> tuple[bytes, str]:
    """The file as docx or xlsx, and that suffix. `suffix` is one of CONVERTED; `name` is for messages.

    Raises AdmissionError: `converter` where LibreOffice is missing or makes nothing of the file, `resources` where it
    takes longer than `limits.office_seconds` or writes more than `limits.archive_bytes`.
    """
    office = program()
    if office is None:
        raise AdmissionError(
            f"读取 {suffix} 需要 LibreOffice，本机没有找到",
            reason=RefusalReason.CONVERTER,
            where=name,
            fix=f"安装 LibreOffice 后再试，或用 Word、WPS 另存为 {CONVERTED[suffix].removeprefix('.')}",
        )
    with tempfile.TemporaryDirectory(prefix="nigao-office-", ignore_cleanup_errors=True) as folder:
        return _converted(office, Path(folder), data, suffix, name, limits), CONVERTED[suffix]


def _converted(office: str, folder: Path, data: bytes, suffix: str, name: str, limits: AdmissionLimits) -> bytes:
    source, out = folder / f"source{suffix}", folder / "out"
    source.write_bytes(data)
    out.mkdir()
    target = out / f"source{CONVERTED[suffix]}"
    command = [
        office,
        f"-env:UserInstallation={_profile(folder).as_uri()}",
        *_OPTIONS,
        "--convert-to",
        _FILTERS[target.suffix],
        "--outdir",
        str(out),
        str(source),
    ]
    _run(_bounded(command, limits), folder, name, limits)
    try:
        size = target.stat().st_size
        if size > limits.archive_bytes:
            raise AdmissionError(
                "转换结果过大", reason=RefusalReason.RESOURCES, where=name, fix="拆分文件，或去掉图片后再试"
            )
        return target.read_bytes()
    except OSError:
        raise AdmissionError(
            f"LibreOffice 转换不了这个 {suffix} 文件，可能已损坏、加了密码，或缺相应组件",
            reason=RefusalReason.CONVERTER,
            where=name,
            fix=f"用 Word 或 WPS 打开核对，另存为 {CONVERTED[suffix].removeprefix('.')}",
        ) from None


def _profile(folder: Path) -> Path:
    """A fresh user profile, so that neither the user's own one nor another job's is touched or waited for."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{key}" oor:op="fuse"><value>{value}</value></prop>'
        "</item>"
        for path, key, value in _SETTINGS
    )
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>\n",
        encoding="utf-8",
    )
    return profile


def _bounded(command: list[str], limits: AdmissionLimits) -> list[str]:
    """The command under limits on memory and on the size of a file it writes, where the system has a shell for them."""
    if os.name != "posix":
        return command
    script = (
        f'ulimit -v {_MEMORY_KB} 2>/dev/null; ulimit -f {limits.archive_bytes // 512 + 1}; ulimit -c 0; exec "$0" "$@"'
    )
    return ["/bin/sh", "-c", script, *command]


def _run(command: list[str], folder: Path, name: str, limits: AdmissionLimits) -> None:
    """Run to the end, then see that no helper process stays behind, whatever happened."""
    environment = clean_environment() | {"HOME": str(folder), "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
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
    except OSError as exc:
        raise AdmissionError(
            f"LibreOffice 启动不了（{exc.strerror}）",
            reason=RefusalReason.CONVERTER,
            where=name,
            fix="核对 LibreOffice 的安装，或用 Word、WPS 另存为 docx",
        ) from None
    try:
        process.wait(limits.office_seconds)
    except subprocess.TimeoutExpired:
        raise AdmissionError(
            f"LibreOffice 转换超过 {limits.office_seconds:g} 秒，已中止",
            reason=RefusalReason.RESOURCES,
            where=name,
            fix="用 Word 或 WPS 另存为 docx，或拆分文件后再试",
        ) from None
    finally:
        _end_group(process)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    if os.name == "nt":
        if process.poll() is None:
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], check=False, capture_output=True)
    else:
        # The group outlives its leader while any helper runs; without one there is nothing to kill.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
