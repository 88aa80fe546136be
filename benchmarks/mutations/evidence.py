"""A corpus that is asked the same things thousands of times, with its answers remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from nigao.corpus.model import Passage


class Remembered:
    """Stands for an `Evidence` that does not change while the bench runs; one changed sentence costs one search."""

    def __init__(self, evidence: Any) -> None:
        self._evidence = evidence
        self._related: dict[str, Sequence[Passage]] = {}
        self._answers: dict[tuple[Any, ...], Any] = {}

    def related(self, text: str) -> Sequence[Passage]:
        """As the evidence's own."""
        return self.related_to_each([text])[0]

    def related_to_each(self, texts: Sequence[str]) -> Sequence[Sequence[Passage]]:
        """As the evidence's own."""
        new = [text for text in dict.fromkeys(texts) if text not in self._related]
        if new:
            self._related |= dict(zip(new, self._evidence.related_to_each(new), strict=True))
        return [self._related[text] for text in texts]

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Any other question, remembered by what is asked."""
        asked = getattr(self._evidence, name)

        def ask(*given: Any) -> Any:
            key = (name, *(tuple(g) if isinstance(g, (list, set, frozenset)) else g for g in given))
            if key not in self._answers:
                self._answers[key] = asked(*given)
            return self._answers[key]

        return ask
