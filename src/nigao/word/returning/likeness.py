"""Which of some texts another text is like, without comparing it with each: by an index of pairs of characters."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from nigao.report.editing.matching import wording_pairs


class LikenessIndex:
    """Some texts, to be asked how much of their wording another shares with them (0 to 1, as `Likeness` counts it)."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._sizes: list[int] = []
        self._holders: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, text in enumerate(texts):
            pairs = wording_pairs(text)
            self._sizes.append(pairs.total())
            for pair, count in pairs.items():
                self._holders[pair].append((number, count))

    def shares(self, text: str, least: float) -> dict[int, float]:
        """By number the texts that share at least so much with this one."""
        pairs = wording_pairs(text)
        common: Counter[int] = Counter()
        for pair, count in pairs.items():
            for number, other in self._holders.get(pair, ()):
                common[number] += min(count, other)
        size = pairs.total()
        found = {number: 2 * same / (size + self._sizes[number]) for number, same in common.items()}
        return {number: share for number, share in found.items() if share >= least}
