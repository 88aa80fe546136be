"""SIGKILL at random moments: whatever was under way, nothing is lost and the next run completes it."""

from __future__ import annotations

import os
import random
import shutil
import time
from pathlib import Path

import pytest
from job_client import JobServer
from wholeness import answers, assert_one_edition_each, assert_whole

# Enough to notice a hole; NIGAO_KILLS=200 looks for one in earnest.
KILLS = int(os.environ.get("NIGAO_KILLS", "6"))
SHARES = {"sync": 0.4, "revoke": 0.25, "rebuild": 0.2, "restore": 0.1, "backup": 0.05}


@pytest.fixture(scope="module")
def completed(template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What a sync that nothing disturbed leaves behind."""
    return answers(Path(shutil.copytree(template, tmp_path_factory.mktemp("completed") / "ws")))


@pytest.mark.parametrize("job", SHARES)
def test_a_job_that_is_killed_at_any_moment_loses_nothing(
    jobs: JobServer, template: Path, completed: dict[str, list[str]], tmp_path: Path, job: str
) -> None:
    killed, tries, length, kills = 0, 0, 0.0, max(2, round(KILLS * SHARES[job]))
    while killed < kills:
        folder = Path(shutil.copytree(template, tmp_path / f"try-{tries}"))
        tries += 1
        assert tries <= 5 * kills + 10, f"{job} ends before it can be killed"
        began = time.monotonic()
        pid = jobs.start(job, folder)
        if length:
            # At random within the next stretch of the job's time, so that every stretch has its turn.
            time.sleep(length * (killed + random.random()) / kills)
            was_killed = jobs.kill(pid)
        else:
            was_killed = jobs.end() != 0
        if not was_killed:
            # It was done before its time: the machine is quicker now than when it was measured.
            length = 0.8 * length or time.monotonic() - began
        killed += was_killed
        assert_whole(folder)
        assert_one_edition_each(folder)
        if job not in ("restore", "revoke"):
            assert answers(folder) == completed
        shutil.rmtree(folder)
