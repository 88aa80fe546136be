"""nigao (拟稿): drafts and checks Chinese official reports from an office's approved documents.

    from nigao import Assistant, Brief

Names are loaded on first use, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from nigao.assistant import Assistant
    from nigao.checks.finding import Finding, Severity
    from nigao.corpus.model import Role
    from nigao.draft import Draft
    from nigao.errors import NigaoError
    from nigao.modelsettings import ModelSettings
    from nigao.report.brief import Brief, Fact
    from nigao.report.model import Report
    from nigao.verification import Source, verify

_HOMES = {
    "Assistant": "nigao.assistant",
    "Brief": "nigao.report.brief",
    "Draft": "nigao.draft",
    "Fact": "nigao.report.brief",
    "Finding": "nigao.checks.finding",
    "ModelSettings": "nigao.modelsettings",
    "NigaoError": "nigao.errors",
    "Report": "nigao.report.model",
    "Role": "nigao.corpus.model",
    "Severity": "nigao.checks.finding",
    "Source": "nigao.verification",
    "verify": "nigao.verification",
}

__all__ = [
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


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'nigao' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
