"""Which of some texts another text is like, without comparing it with each: by an index of pairs of characters."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from nigao.report.editing.matching import bare


class LikenessIndex:
    """Some texts, to be asked how much of their wording another shares with them (0 to 1, as `Likeness` counts it)."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._sizes: list[int] = []
        self._holders: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, text in enumerate(texts):
            pairs = _pairs(text)
            self._sizes.append(pairs.total())
            for pair, count in pairs.items():
                self._holders[pair].append((number, count))

    def shares(self, text: str, least: float) -> dict[int, float]:
        """By number the texts that share at least so much with this one."""
        pairs = _pairs(text)
        common: Counter[int] = Counter()
        for pair, count in pairs.items():
            for number, other in self._holders.get(pair, ()):
                common[number] += min(count, other)
        size = pairs.total()
        found = {number: 2 * same / (size + self._sizes[number]) for number, same in common.items()}
        return {number: share for number, share in found.items() if share >= least}


def _pairs(text: str) -> Counter[str]:
    return Counter(a + b for a, b in pairwise(bare(text)))
