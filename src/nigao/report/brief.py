"""The brief (拟稿要求): what the drafter asks for, and the fact sheet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from nigao.errors import BriefError
from nigao.report.attached import FOLDER, Attachment
from nigao.text.periods import Period, parse_period
from nigao.text.units import UnitNames
from nigao.yamlfile import load_yaml_model, parse_yaml_model


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Unit(_Entry):
    """The reporting unit's full name, and the short name used after the first mention."""

    full: str = Field(min_length=1)
    short: str = ""

    @property
    def names(self) -> UnitNames:
        """The names, for telling whose a text is."""
        return UnitNames(self.full, self.short)

    @property
    def named(self) -> tuple[str, ...]:
        """Every name that the unit goes by: a document may be registered as visible to either."""
        return tuple(filter(None, (self.full, self.short)))

    @property
    def brief_name(self) -> str:
        """The short name where there is one, else the full name."""
        return self.short or self.full


class Fact(_Entry):
    """One line of the fact sheet: `value` with its `unit` of measure, when it held, and where it is from."""

    name: str = Field(min_length=1)
    value: str = Field(min_length=1)
    unit: str = ""
    as_of: str = ""
    source: str = ""

    @field_validator("value", "as_of", mode="before")
    @classmethod
    def _as_text(cls, value: Any) -> Any:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, dt.date):
            return f"{value.year}年{value.month}月{value.day}日"
        if isinstance(value, list) and all(isinstance(item, (str, int)) for item in value):
            return "、".join(str(item) for item in value)
        return value

    @property
    def written(self) -> str:
        """The value with its unit, e.g. `28名`."""
        return self.value if not self.unit or self.value.endswith(self.unit) else self.value + self.unit

    @property
    def told(self) -> str:
        """All that the line says, for finding a term in it."""
        return f"{self.name}{self.written} {self.as_of} {self.source}"


class FeaturePoints(_Entry):
    """One subsection asked for: its heading (optional) and its points."""

    heading: str = ""
    points: list[str] = Field(default_factory=list)


class MeasurePoint(_Entry):
    """One measure asked for; `addresses` are the 1-based numbers of the problems it answers."""

    text: str = Field(min_length=1)
    addresses: list[int] = Field(default_factory=list)


class Points(_Entry):
    """What the drafter wants said, part by part; whatever is left out is planned from the kind and the corpus."""

    basics: list[str] = Field(default_factory=list)
    features: list[FeaturePoints] = Field(default_factory=list)
    problems: list[str] = Field(default_factory=list)
    measures: list[MeasurePoint] = Field(default_factory=list)

    @field_validator("measures", mode="before")
    @classmethod
    def _plain_measures(cls, value: Any) -> Any:
        return (
            [{"text": item} if isinstance(item, str) else item for item in value] if isinstance(value, list) else value
        )

    @field_validator("features", mode="before")
    @classmethod
    def _plain_features(cls, value: Any) -> Any:
        return (
            [{"heading": item} if isinstance(item, str) else item for item in value]
            if isinstance(value, list)
            else value
        )


class Brief(_Entry):
    """The whole brief; only `unit` is required. `asked_by` is who asked for the report (e.g. 市委第三巡察组)."""

    unit: Unit
    kind: str = "political-ecology"
    recipient: str = ""
    asked_by: str = ""
    period: str = ""
    date: dt.date | None = None
    facts: list[Fact] = Field(default_factory=list)
    points: Points = Field(default_factory=Points)
    # Left out where there are none: briefs stored before there were any read the same.
    attachments: list[Attachment] = Field(default_factory=list, exclude_if=lambda attachments: not attachments)

    @field_validator("unit", mode="before")
    @classmethod
    def _plain_unit(cls, value: Any) -> Any:
        return {"full": value} if isinstance(value, str) else value

    @field_validator("period", mode="before")
    @classmethod
    def _plain_period(cls, value: Any) -> Any:
        return f"{value}年" if isinstance(value, int) else value

    @classmethod
    def load(cls, path: str | Path) -> Brief:
        """Read a YAML brief and the files it attaches. Raises BriefError naming the file, the field and the fix."""
        context = {FOLDER: Path(path).parent}
        return load_yaml_model(Path(path), cls, BriefError, "拟稿要求", context=context)

    @classmethod
    def parse(cls, text: str) -> Brief:
        """Read a brief from YAML text. Raises BriefError."""
        return parse_yaml_model(text, cls, BriefError, "拟稿要求", where="拟稿要求")

    def span(self) -> Period | None:
        """The months that the period covers, or None where it names none."""
        return parse_period(self.period)

    def fact(self, name: str) -> Fact | None:
        """The fact of that name, or None."""
        return next((fact for fact in self.facts if fact.name == name), None)

    def identity(self) -> str:
        """The brief's own words that openings and leads may use: names, period and date."""
        day = f"{self.date.year}年{self.date.month}月{self.date.day}日" if self.date else ""
        return "\n".join((self.unit.full, self.unit.short, self.recipient, self.asked_by, self.period, day))
