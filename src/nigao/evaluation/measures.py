"""The figures that every evaluation reports, per rule and in all, and the shape in which they are printed."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Measures(BaseModel):
    """How well one rule, or all together, did. Shares are between 0 and 1, and None where there was nothing to count.

    `expected` counts what there was to find, `found` what was reported, `right` what of it was right.
    `false_alarms_per_10k` counts what was reported on clean text per 10,000 characters of it; None without clean text.
    """

    model_config = ConfigDict(extra="forbid")

    precision: float | None = None
    recall: float | None = None
    f1: float | None = None
    found: int = 0
    expected: int = 0
    right: int = 0
    false_alarms_per_10k: float | None = None

    @classmethod
    def of(
        cls,
        *,
        found: int,
        right: int,
        expected: int,
        recalled: int | None = None,
        false_alarms: int = 0,
        clean_characters: int = 0,
    ) -> Measures:
        """The shares from counts. `recalled` is how many of the expected were found, where it is not `right` itself
        (one report may cover two); `false_alarms` counts reports on `clean_characters` characters without a fault.
        """
        precision = right / found if found else None
        recall = (right if recalled is None else recalled) / expected if expected else None
        return cls(
            precision=precision,
            recall=recall,
            f1=_f1(precision, recall),
            found=found,
            expected=expected,
            right=right,
            false_alarms_per_10k=false_alarms * 10_000 / clean_characters if clean_characters else None,
        )


class EvaluationOutput(BaseModel):
    """What `nigao eval grounding` and `nigao eval check` print.

    `rules` is by code; `views` holds further cuts of the same data by a name of their own (`sentences`, `numbers`).
    """

    model_config = ConfigDict(extra="forbid")

    data: str
    texts: int = 0
    characters: int = 0
    rules: dict[str, Measures] = Field(default_factory=dict)
    total: Measures = Field(default_factory=Measures)
    views: dict[str, Measures] = Field(default_factory=dict)
    notes: list[str] = Field(default_factory=list)


def _f1(precision: float | None, recall: float | None) -> float | None:
    if precision is None or recall is None:
        return None
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
