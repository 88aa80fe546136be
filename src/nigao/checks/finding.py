"""What a check says: a finding, located and explained like a linter's."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Severity(StrEnum):
    """`error` blocks release, `warning` wants a person's judgement, `info` is a note."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """The Chinese word a user reads."""
        return {"error": "错误", "warning": "提醒", "info": "说明"}[self.value]

    @property
    def rank(self) -> int:
        """0 for a note, 2 for an error."""
        return [Severity.INFO, Severity.WARNING, Severity.ERROR].index(self)


class Fix(BaseModel):
    """What to write instead of exactly the words concerned.

    A `safe` fix is one that any careful editor would apply unseen; another is a proposal that a person decides on.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    safe: bool


class Finding(BaseModel):
    """One finding. `text` is the words concerned; `line` and `column` are 1-based in the report's text, ends exclusive.

    `suggestion` says what to do, `fix` what to write instead of `text`; `evidence` quotes what the finding rests on.
    """

    model_config = ConfigDict(extra="forbid")

    code: str
    severity: Severity
    message: str
    part: str = ""
    text: str = ""
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1
    suggestion: str = ""
    evidence: list[str] = Field(default_factory=list)
    fix: Fix | None = None


class Summary(BaseModel):
    """How many findings of each severity."""

    model_config = ConfigDict(extra="forbid")

    error: int = 0
    warning: int = 0
    info: int = 0

    @classmethod
    def of(cls, findings: list[Finding]) -> Summary:
        """Count the findings."""
        return cls(**{severity.value: sum(f.severity is severity for f in findings) for severity in Severity})
