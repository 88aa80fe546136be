"""PDF by LibreOffice: refused with what to do where there is none, stopped where it hangs. See test_word_rendered."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from word_samples import short_report

from nigao.errors import OutputError, ReportFileError
from nigao.word import docx_bytes
from nigao.word.pdf import pdf_of

posix = pytest.mark.skipif(os.name != "posix", reason="NOT RUN: a shell script stands in for LibreOffice")


def test_without_libreoffice_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("nigao.office._PLACES", ())
    monkeypatch.setattr("nigao.office._FOLDERS", ())
    with pytest.raises(OutputError, match="LibreOffice") as caught:
        pdf_of(docx_bytes(short_report()))
    assert "另存为 PDF" in caught.value.fix


def stand_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    temporary = folder / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    return temporary


@posix
def test_one_that_hangs_is_stopped_with_its_helpers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    helper = tmp_path / "helper"
    temporary = stand_in(tmp_path, f"/bin/sleep 600 &\necho $! > {helper}\nwait", monkeypatch)
    monkeypatch.setattr("nigao.word.pdf._SECONDS", 1.0)
    with pytest.raises(OutputError, match="超过 1 秒"):
        pdf_of(docx_bytes(short_report()))
    assert list(temporary.iterdir()) == []
    assert ended(int(helper.read_text()))


def ended(process: int) -> bool:
    for _ in range(200):
        status = Path(f"/proc/{process}/stat")
        try:
            os.kill(process, 0)
            if status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.05)
    return False


@posix
def test_one_that_fails_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stand_in(tmp_path, "exit 3", monkeypatch)
    with pytest.raises(OutputError, match="没有转出 PDF"):
        pdf_of(docx_bytes(short_report()))


@posix
def test_what_is_no_word_document_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stand_in(tmp_path, "exit 3", monkeypatch)
    with pytest.raises(ReportFileError):
        pdf_of(b"PK")
