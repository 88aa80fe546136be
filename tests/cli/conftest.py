"""Running `nigao …` in this process, for the tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import Command, Result

from nigao.cli.main import run


@pytest.fixture
def nigao(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs `nigao …` in this process and gives its exit code and output."""
    monkeypatch.delenv("NIGAO_WORKSPACE", raising=False)

    def call(*words: object, cwd: Path | None = None) -> Result:
        monkeypatch.setattr("sys.argv", ["nigao", *map(str, words)])
        if cwd is not None:
            monkeypatch.chdir(cwd)
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            run()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return Result(int(stop.value.code or 0), out, err)

    return call


@pytest.fixture
def empty(tmp_path: Path, nigao: Command) -> Path:
    assert nigao("init", tmp_path / "ws").code == 0
    return tmp_path / "ws"
