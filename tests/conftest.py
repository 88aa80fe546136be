"""Fixtures that several folders share: a synced workspace on the sample corpus, made once, and the shared data."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from made_once import made_once
from nigao import Assistant
from nigao.report.kinds import Kind, load_kind

# Tests do not time: on a busy machine a slow example is no fault of the code.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

SHARED = Path(__file__).resolve().parents[2] / "shared"


# Where the longest files are: run last, they would be waited for alone.
LONG = (
    "e2e",
    "durability",
    "test_hostile_manuscripts.py",
    "chat",
    "test_wording_rules.py",
    "test_faithful_rules.py",
    "models",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first. (xdist must be told to leave that order: `--no-loadscope-reorder`.)"""
    ranks = {part: rank for rank, part in enumerate(LONG)}
    items.sort(key=lambda item: min((ranks[part] for part in item.path.parts if part in ranks), default=len(LONG)))


@pytest.fixture
def seed_text() -> str:
    """The user's own report; it stays outside the project."""
    found = sorted((SHARED / "seed").glob("*.txt")) if SHARED.is_dir() else []
    if not found:
        pytest.skip("../shared/seed is not here: the user's report cannot be tried")
    return found[0].read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def official_texts() -> dict[str, str]:
    """Real official documents by name; they stay outside the project."""
    found = sorted((SHARED / "data" / "official").glob("*.txt"))
    if not found:
        pytest.skip("../shared/data/official is not here: false alarms on official texts cannot be counted")
    return {path.stem: path.read_text(encoding="utf-8") for path in found}


@pytest.fixture(scope="session")
def kind() -> Kind:
    return load_kind("political-ecology")


@pytest.fixture(scope="session")
def synced_sample(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The sample workspace, synced with the real embeddings; copy it before changing it."""

    def make(folder: Path) -> None:
        with Assistant.create(folder, sample=True) as assistant:
            assistant.sync()
            assistant.embed()

    return made_once(tmp_path_factory, worker_id, "synced-sample", make)


@pytest.fixture(scope="session")
def words_only_sample(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The sample workspace, synced without embeddings; copy it before changing it."""

    def make(folder: Path) -> None:
        Assistant.create(folder, sample=True).close()
        with Assistant.open(folder, embeddings=False) as assistant:
            assistant.sync()

    return made_once(tmp_path_factory, worker_id, "words-only-sample", make)


@pytest.fixture
def workspace(synced_sample: Path, tmp_path: Path) -> Path:
    """A copy of the synced sample workspace that a test may spoil."""
    folder = tmp_path / "ws"
    shutil.copytree(synced_sample, folder)
    return folder


@pytest.fixture(scope="session")
def sample_assistant(synced_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An open assistant on a copy of the sample workspace, for tests that only read or draft."""
    folder = tmp_path_factory.mktemp("open") / "ws"
    shutil.copytree(synced_sample, folder)
    with Assistant.open(folder) as assistant:
        yield assistant
