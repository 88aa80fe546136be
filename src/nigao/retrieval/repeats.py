"""Which of the texts found are copies of one found before: an office has one document as docx and as pdf."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from nigao.retrieval.fusion import led

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Tokens = NDArray[np.int64]

# So large a share of the longer text's tokens must be the other's too. Any less, and what is said differs (adr 10).
_SAME = 0.95
# Among so many times the hits asked for copies are looked for.
_LOOKED_THROUGH = 3


def copies_last(
    ranked: list[tuple[str, float]], copies_of: Callable[[Sequence[str], int], list[str]], k: int
) -> list[tuple[str, float]]:
    """The ranking with what repeats an earlier passage behind the others, so that `k` hits say `k` things.

    `copies_of` gives those of some ids that repeat an earlier one, looking until so many others were seen.
    """
    ids = [id for id, _ in ranked]
    again = dict.fromkeys(copies_of(ids[: _LOOKED_THROUGH * k], k))
    return led(ranked, [*(id for id in ids if id not in again), *again]) if again else ranked


def copies(found: Iterable[tuple[str, Tokens]], enough: int, tells: Callable[[Tokens], bool]) -> list[str]:
    """Ids of the texts that say what an earlier one says, looking until `enough` others were seen.

    Texts come best first, each as its distinct tokens in rising order. `tells` says of the tokens that only one of two
    texts has whether they make a difference however few they are, as a figure does.
    """
    seen: list[Tokens] = []
    again: list[str] = []
    for id, tokens in found:
        if any(_is_copy(tokens, other, tells) for other in seen):
            again.append(id)
            continue
        seen.append(tokens)
        if len(seen) >= enough:
            break
    return again


def _is_copy(one: Tokens, other: Tokens, tells: Callable[[Tokens], bool]) -> bool:
    import numpy as np

    least = _SAME * max(len(one), len(other))
    if min(len(one), len(other)) < least or not len(one):
        return False
    apart = np.setxor1d(one, other, assume_unique=True)
    return (len(one) + len(other) - len(apart)) / 2 >= least and not tells(apart)
