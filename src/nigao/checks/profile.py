"""Which rules a check runs, how grave it takes them to be, and which findings it keeps to itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from nigao.checks.finding import Finding, Severity


class CheckProfile(BaseModel):
    """`select` and `ignore` hold codes or prefixes (`G`, `G2`, `G201`); nothing selected selects all.

    `severity` is the least that is told. `levels` gives rules (codes or prefixes, the longest wins) another severity.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Severity = Severity.INFO
    levels: dict[str, Severity] = Field(default_factory=dict)

    def narrowed(self, select: Collection[str], ignore: Collection[str], severity: Severity | None) -> Self:
        """The profile as one run asks for it: its `select` instead of this one's, its `ignore` besides this one's."""
        return self.model_copy(
            update={
                "select": tuple(select) or self.select,
                "ignore": (*self.ignore, *ignore),
                "severity": severity or self.severity,
            }
        )

    def over(self, general: CheckProfile, named: set[str]) -> CheckProfile:
        """The profile with what it does not name (`named` holds its own fields) taken from a general one."""
        own = {name: getattr(self, name) for name in named if name not in ("ignore", "levels")}
        merged = {"ignore": (*general.ignore, *self.ignore), "levels": {**general.levels, **self.levels}}
        return general.model_copy(update={**own, **merged})

    def graded(self, findings: Sequence[Finding]) -> list[Finding]:
        """The findings at this profile's severities, the lesser ones left out."""
        graded = [self._grade(finding) for finding in findings]
        return [finding for finding in graded if finding.severity.rank >= self.severity.rank]

    def _grade(self, finding: Finding) -> Finding:
        known = [code for code in self.levels if finding.code.startswith(code.upper())]
        if not known:
            return finding
        return finding.model_copy(update={"severity": self.levels[max(known, key=len)]})
