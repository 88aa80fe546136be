"""Hostile Word files at the doors that open a report: each is refused in plain words or survived, and none hangs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from hostile_docx import FILES
from hostile_files import REFUSED

# By the clock, for all files together, on a busy machine; what hangs is ended with its process.
_SECONDS = 300
# Runs within runs become too deep to be read again once they are mended: that may be refused.
_MUST_BE_READ = {"修订两千.docx", "修订一段.docx", "怪数.docx", "样式链.docx", "宏和外链.docx"}
_MUST_BE_REFUSED = {name for name in REFUSED if name.endswith(".docx")} | {"宏.docx", "批注40兆.docx", "修订十万.docx"}


def test_every_door_refuses_or_survives_every_hostile_docx(tmp_path: Path) -> None:
    folder = tmp_path / "docx"
    folder.mkdir()
    for name, make in FILES.items():
        (folder / name).write_bytes(make())
    doors = Path(__file__).with_name("hostile_doors.py")
    ran = subprocess.run(
        [sys.executable, str(doors), str(folder)], capture_output=True, text=True, timeout=_SECONDS,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"}, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    told = {name: rest for name, *rest in map(json.loads, ran.stdout.splitlines())}
    assert set(told) == set(FILES)
    assert {name for name, (how, *_) in told.items() if how == "read"} >= _MUST_BE_READ
    refused = {name: rest for name, (how, *rest) in told.items() if how == "refused"}
    assert set(refused) >= _MUST_BE_REFUSED
    for name, (message, where, fix) in refused.items():
        assert where.endswith(name)
        assert any("\u4e00" <= char <= "\u9fff" for char in message), message
        assert fix
    assert "宏" in refused["宏.docx"][0]
    assert "修订超过" in refused["修订十万.docx"][0]
