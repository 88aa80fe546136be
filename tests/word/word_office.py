"""LibreOffice as a judge of tracked changes: one process opens many files, settles all changes, and tells the text."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="soffice is missing: tracked changes were NOT settled by another program"
)

# Every paragraph on a line of its own, the cells of a table row by row; a row that is there has its cells told.
_MACRO = """
Sub Settle(folder As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  Dim nothing_more()
  files = CreateUnoService("com.sun.star.ucb.SimpleFileAccess")
  dispatcher = CreateUnoService("com.sun.star.frame.DispatchHelper")
  For Each file In files.getFolderContents(folder, False)
    If Right(file, 5) = ".docx" Then
      For Each act In Array("AcceptAllTrackedChanges", "RejectAllTrackedChanges")
        document = StarDesktop.loadComponentFromURL(file, "_blank", 0, hidden())
        dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:" & act, "", 0, nothing_more())
        out = CreateUnoService("com.sun.star.io.TextOutputStream")
        stream = files.openFileWrite(file & "." & act)
        out.setOutputStream(stream)
        out.setEncoding("UTF-8")
        Tell(document.Text, out)
        out.closeOutput()
        document.close(True)
      Next
    End If
  Next
  StarDesktop.terminate()
End Sub

Sub Tell(text, out)
  places = text.createEnumeration()
  While places.hasMoreElements()
    one = places.nextElement()
    If one.supportsService("com.sun.star.text.TextTable") Then
      For Each cell In one.getCellNames()
        Tell(one.getCellByName(cell), out)
      Next
    Else
      out.writeString(Join(Split(one.String, Chr(10)), " / ") & Chr(10))
    End If
  Wend
End Sub
"""
_LIBRARY = "http://openoffice.org/2000/library"
_SCRIPT = "http://openoffice.org/2000/script"


def settled_by_office(files: Mapping[str, bytes], folder: Path, seconds: float = 240) -> dict[str, tuple[str, str]]:
    """By name the lines of each docx with all changes accepted and with all rejected. `folder` must be empty."""
    work = folder / "docx"
    work.mkdir()
    for name, data in files.items():
        (work / f"{name}.docx").write_bytes(data)
    told = run_macro(_MACRO, f'Settle("{work.as_uri()}")', folder / "profile", seconds)
    found = {}
    for name in files:
        both = [work / f"{name}.docx.{act}AllTrackedChanges" for act in ("Accept", "Reject")]
        assert all(path.is_file() for path in both), told
        found[name] = (both[0].read_text(encoding="utf-8-sig"), both[1].read_text(encoding="utf-8-sig"))
    return found


def run_macro(code: str, call: str, profile: Path, seconds: float = 240) -> str:
    """Start the office with a `profile` of its own and let it run Basic; what it printed."""
    # The first start of a new profile writes its own macros over whatever is there.
    _run(profile, "--terminate_after_init", seconds)
    _write_macro(profile / "user" / "basic", code)
    return _run(profile, f"macro:///Standard.Settling.{call}", seconds)


def _run(profile: Path, act: str, seconds: float) -> str:
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo", act]
    # The launcher starts another process, which a deadline must reach too.
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True) as process:
        try:
            return process.communicate(timeout=seconds)[0].decode(errors="replace")
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise


def _write_macro(basic: Path, code: str) -> None:
    standard = basic / "Standard"
    standard.mkdir(parents=True, exist_ok=True)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    link = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
    (basic / "script.xlc").write_text(
        f'{head}<library:libraries xmlns:library="{_LIBRARY}" {link}><library:library library:name="Standard" '
        'xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" library:link="false"/>'
        "</library:libraries>",
        encoding="utf-8",
    )
    (standard / "script.xlb").write_text(
        f'{head}<library:library xmlns:library="{_LIBRARY}" library:name="Standard" library:readonly="false" '
        'library:passwordprotected="false"><library:element library:name="Settling"/></library:library>',
        encoding="utf-8",
    )
    (standard / "Settling.xba").write_text(
        f'{head}<script:module xmlns:script="{_SCRIPT}" script:name="Settling" script:language="StarBasic">'
        f"{escape(code)}</script:module>",
        encoding="utf-8",
    )
