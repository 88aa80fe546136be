"""Models for these tests that answer every drafting prompt with given lines."""

from __future__ import annotations

from typing import Any

from nigao.testing import FunctionModel, Lines, Mend, drafting_answer


def line(text: str, *keys: str) -> dict[str, Any]:
    """One sentence of an answer."""
    return {"text": text, "keys": list(keys)}


def answering(lines: Lines, mend: Mend | None = None, **options: Any) -> FunctionModel:
    """A model that answers with these lines whatever it is asked for, and mends what is handed back with `mend`."""
    return FunctionModel(function=lambda messages: drafting_answer(messages, lines, mend), **options)
