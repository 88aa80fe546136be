"""Where the files that ship with nigao are: in the wheel under `_data`, in a checkout at the top level."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_data"
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent.parent


def prompts_folder() -> Path:
    """The prompts, one Markdown file each."""
    return _ROOT / "prompts"


def sample_corpus() -> Path:
    """The sample corpus: manifest.yaml and its documents."""
    return _ROOT / "corpus"


def sample_brief() -> Path:
    """The brief that goes with the sample corpus."""
    return _ROOT / "examples" / "brief.yaml"
