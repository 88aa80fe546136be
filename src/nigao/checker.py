"""Checks reports by a workspace's settings, or by none: all that `nigao check` needs where no corpus is at hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from pathlib import Path

from nigao.checks.context import CheckContext, Evidence
from nigao.checks.finding import Finding, Severity
from nigao.checks.result import CheckResult
from nigao.checks.review import Opinion, review
from nigao.manuscript import Manuscript
from nigao.report.brief import Brief
from nigao.report.kinds import DEFAULT_KIND, Kind, load_kind
from nigao.report.model import Report
from nigao.settings import CheckSettings, Settings


def no_corpus(_: dt.date, __: Collection[str]) -> Evidence | None:
    """There is nothing to hold a report against."""
    return None


class Checker:
    """`evidence` gives the corpus of a day as a unit (by its names) may see it, or None where there is none to hold a
    report against.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        evidence: Callable[[dt.date, Collection[str]], Evidence | None] = no_corpus,
    ) -> None:
        self.settings = settings
        self._evidence = evidence

    def kind(self, key: str = "") -> Kind:
        """A kind by key, the workspace's own first; by default the workspace's. Raises KindError."""
        folder = self.settings.kinds if self.settings is not None else None
        return load_kind(key or (self.settings.kind if self.settings else DEFAULT_KIND), folder=folder)

    def open_file(self, file: str | Path, kind: str = "") -> Manuscript:
        """A report file with its layout, for checking, mending and annotating. Raises ReportFileError, KindError."""
        return Manuscript.open(Path(file), self.kind(kind))

    def check(
        self,
        report: Report | Manuscript,
        *,
        brief: Brief | None = None,
        select: Collection[str] = (),
        ignore: Collection[str] = (),
    ) -> list[Finding]:
        """The findings of `review`."""
        return self.review(report, brief=brief, select=select, ignore=ignore).findings

    def review(
        self,
        report: Report | Manuscript,
        *,
        brief: Brief | None = None,
        select: Collection[str] = (),
        ignore: Collection[str] = (),
        severity: Severity | None = None,
        opinion: Opinion | None = None,
    ) -> CheckResult:
        """Check a report against its kind, the brief and the corpus of today, by the `[check]` settings.

        `select` replaces the settings' choice, `ignore` adds to it; `severity` is the least told. A layout is checked
        where a manuscript has one; `opinion` adds what somebody else found. Raises KindError, NotFoundError.
        """
        file, report = (report, report.report) if isinstance(report, Manuscript) else (None, report)
        today = dt.date.today()
        context = CheckContext(
            kind=self.kind(report.kind),
            on=today,
            brief=brief,
            evidence=self._evidence(today, self._units(report, brief)),
            layout=file.layout if file is not None else None,
        )
        settings = self.settings.check if self.settings is not None else CheckSettings()
        return review(report, context, settings.profile(report.kind).narrowed(select, ignore, severity), opinion)

    def _units(self, report: Report, brief: Brief | None) -> tuple[str, ...]:
        """Who the report is of: by the brief, else by itself, else by the settings."""
        if brief is not None:
            return brief.unit.named
        name = report.unit or (self.settings.unit if self.settings is not None else "")
        return (name,) if name else ()
