"""Builds the table of neighbouring characters that `nigao.text.proofreading` ships.

    pip download --no-deps --no-binary :all: Pinyin2Hanzi==0.1.1 && tar xzf Pinyin2Hanzi-0.1.1.tar.gz
    python tools/proofreading_pairs.py Pinyin2Hanzi-0.1.1/Pinyin2Hanzi/data/hmm_transition.json

How often one character follows another: half from Pinyin2Hanzi's transition probabilities (MIT), half from the words
of jieba's dictionary by their frequency (MIT). See docs/adr/0006-proofreading.md.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from proofreading_data import OUT, characters

# Steps of a quarter of a decade, written as a letter from A (always) on.
_STEPS = 4
_LAST = 25


def inside_words(known: set[str]) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """P(next | char) within the words of jieba's dictionary, and P(char)."""
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    alone: dict[str, float] = defaultdict(float)
    for line in files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines():
        word, frequency, _ = line.split(" ")
        for char in word:
            alone[char] += int(frequency)
        for a, b in pairwise(word):
            if a in known and b in known:
                counts[a][b] += int(frequency)
    total = sum(alone.values())
    within = {a: {b: n / sum(row.values()) for b, n in row.items()} for a, row in counts.items()}
    return within, {char: n / total for char, n in alone.items()}


def main(transitions: str) -> None:
    """Write `pairs.txt`: a character with the letter of its frequency, then those that follow it, each with the letter
    of its likelihood there.
    """
    known = set(characters())
    words, alone = inside_words(known)
    seen = json.loads(Path(transitions).read_text(encoding="utf-8"))["data"]
    lines = []
    for char in sorted(known):
        row: dict[str, float] = defaultdict(float)
        for source in (words.get(char, {}), seen.get(char, {})):
            for other, share in source.items():
                if other in known:
                    row[other] += share / 2
        letters = [(-math.log10(share) * _STEPS, other) for other, share in row.items() if share > 0]
        told = "".join(f"{other}{chr(65 + round(step))}" for step, other in sorted(letters) if step < _LAST)
        own = min(57, round(-math.log10(alone.get(char) or 1e-9) * _STEPS))
        lines.append(f"{char}{chr(65 + own)}{told}\n")
    (OUT / "pairs.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
