"""The reranking model's part in a search: it is shown the best candidates, and left alone a while where it fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from nigao.errors import ModelError
from nigao.retrieval.circuit import Circuit
from nigao.retrieval.fusion import led

if TYPE_CHECKING:
    from nigao.retrieval.reranking import Reranker


class SecondLook:
    """`reranker` None leaves every order as it is; `clock` gives seconds."""

    def __init__(self, reranker: Reranker | None, clock: Callable[[], float]) -> None:
        self._reranker = reranker
        self._circuit = Circuit(clock)

    @property
    def note(self) -> str:
        """Why the order is not the model's, in Chinese; empty while all is well."""
        trouble = self._circuit.trouble
        return f"{trouble}；重排模型恢复之前按原来的顺序" if trouble else ""

    def ranked(
        self,
        ranked: list[tuple[str, float]],
        query: str,
        texts: Callable[[Sequence[str]], Mapping[str, str]],
        leading: int,
    ) -> list[tuple[str, float]]:
        """The first candidates in the model's order, the first `leading` still leading; as they are where it fails."""
        if self._reranker is None or not self._circuit.closed or len(ranked) < 2:
            return ranked
        shown = texts([id for id, _ in ranked[: self._reranker.candidates]])
        try:
            scores = dict(zip(shown, self._reranker.scores(query, list(shown.values())), strict=True))
        except ModelError as error:
            self._circuit.fail(error)
            return ranked
        self._circuit.close()
        first = {id for id, _ in ranked[:leading]}
        return led(ranked, sorted(shown, key=lambda id: (id not in first, -scores[id])))
