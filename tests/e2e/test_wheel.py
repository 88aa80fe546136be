"""The built wheel, in an environment of its own, carries all that the main job needs.

The libraries are those of this environment: that the wheel names all it needs is seen where `.ci/run` makes the demo.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def command(*words: object, cwd: Path, codes: tuple[int, ...] = (0,)) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "NIGAO", "COV"))}
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=900,
        env=environment,
        check=False,
    )
    assert done.returncode in codes, done.stdout[-2000:] + done.stderr[-2000:]
    return done


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an environment that holds the wheel, and sees this environment's libraries but not our source."""
    folder = tmp_path_factory.mktemp("wheel")
    command(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (wheel,) = folder.glob("nigao-*.whl")
    venv.create(folder / "env", with_pip=True)
    python = folder / "env" / "bin" / "python"
    command(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile", wheel, cwd=folder)
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    own = Path(command(python, "-c", where, cwd=folder).stdout.strip())
    # What a folder named in a .pth file names in turn is not followed: an editable install stays out of sight.
    (own / "libraries.pth").write_text(f"{sysconfig.get_path('purelib')}\n{sysconfig.get_path('platlib')}\n")
    found = command(python, "-c", "import nigao; print(nigao.__file__)", cwd=folder).stdout.strip()
    assert Path(found).is_relative_to(own)
    return folder / "env" / "bin"


def test_main_job_runs_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    nigao = installed / "nigao"
    command(nigao, "init", "ws", "--sample", cwd=tmp_path)
    folder = tmp_path / "ws"
    assert "multilingual-e5" in command(nigao, "doctor", cwd=folder).stdout
    # The model is there; to embed the whole sample once more would show nothing new.
    settings = (folder / "nigao.toml").read_text(encoding="utf-8")
    (folder / "nigao.toml").write_text(settings.replace('"local"', '"none"'), encoding="utf-8")
    synced = command(nigao, "corpus", "sync", "--json", cwd=folder, codes=(1,))
    assert len(json.loads(synced.stdout)["refused"]) == 1
    drafted = command(nigao, "draft", "brief.yaml", "-o", "报告.docx", "--json", cwd=folder, codes=(0, 1))
    told = json.loads(drafted.stdout)
    assert [len(part["items"]) for part in told["parts"]][:2] == [0, 4]
    assert told["summary"]["error"] == 0
    assert (folder / "报告.docx").stat().st_size > 5000
    assert "subsection" in command(nigao, "doctor", cwd=folder).stdout
    assert json.loads(command(nigao, "schema", cwd=folder).stdout)["title"] == "Report"
