"""Fits the weights by which `nigao.text.proofreading.judging` decides, and prints them with what thresholds cost.

    python tools/proofreading_weights.py WRONG_RIGHT.tsv CLEAN.tsv CLEAN.txt…

Every second text (by checksum) is fitted to, the others are held out. Needs numpy.
"""

from __future__ import annotations

import sys
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from nigao.text.proofreading.candidates import HAN_RUN, candidates, doubtful
from nigao.text.proofreading.judging import features, may_be_name
from nigao.text.proofreading.wordlist import general_words

_RATES = (0.1, 0.2, 0.3, 0.5, 1.0, 2.0)


def texts(path: Path) -> list[tuple[str, str]]:
    """The wrong and right texts of a file; equal where there is nothing wrong."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if path.suffix == ".tsv":
        pairs = [line.split("\t") for line in dict.fromkeys(lines) if line.count("\t") == 1]
        return [(wrong, right) for wrong, right in pairs if len(wrong) == len(right)]
    return [(line, line) for line in lines if line.strip()]


def rows(wrong: str, right: str) -> list[tuple[list[float], bool, bool, str]]:
    """The best candidate of every doubtful place: its features, whether it is right, whether the place is; a note."""
    words = general_words()
    found = []
    for run in HAN_RUN.finditer(wrong):
        lattice = words.cut(run.group())
        for place in doubtful(lattice, words):
            if may_be_name(lattice, place):
                continue
            for best in candidates(lattice, place, words)[:1]:
                at = run.start() + place
                told = list(features(best, lattice, words).values())
                note = f"{wrong[max(0, at - 4) : at]}[{best.wrong}{best.right}]{wrong[at + 1 : at + 5]} {best.word}"
                found.append((told, right[at] == best.right, right[at] == wrong[at], note))
    return found


def fit(x: Any, y: Any, penalty: float = 1.0) -> Any:
    """Weights of a logistic regression."""
    mean, spread = x.mean(0), x.std(0) + 1e-9
    mean[0], spread[0] = 0, 1
    z = (x - mean) / spread
    w = np.zeros(z.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-z @ w))
        w += np.linalg.solve((z * (p * (1 - p))[:, None]).T @ z + penalty * np.eye(len(w)), z.T @ (y - p) - penalty * w)
    weights = w / spread
    weights[0] -= (w * mean / spread)[1:].sum()
    return weights


def main(paths: list[Path]) -> None:
    """Fit to one half, report both."""
    halves: list[list[Any]] = [[], []]
    sizes, faults = [0, 0], [0, 0]
    for path in paths:
        pairs = texts(path)
        for wrong, right in pairs:
            half = zlib.crc32((right if path.suffix == ".tsv" else path.name).encode()) % 2
            halves[half] += rows(wrong, right)
            faults[half] += sum(a != b for a, b in zip(wrong, right, strict=True))
            if all(a == b for a, b in pairs):
                sizes[half] += len(wrong)
    x = np.array([row[0] for row in halves[0]])
    weights = fit(x, np.array([float(row[1]) for row in halves[0]]))
    lattice_names = _names()
    print("{" + ", ".join(f'"{name}": {value:.2f}' for name, value in zip(lattice_names, weights, strict=True)) + "}")
    for half in (0, 1):
        _report(half, halves[half], weights, sizes[half], faults[half])


def _names() -> list[str]:
    words = general_words()
    lattice = words.cut("试验")
    from nigao.text.proofreading.candidates import Candidate
    from nigao.text.proofreading.confusables import Likeness

    return list(features(Candidate(0, "试", "实", Likeness.SOUND, "实验", 1, 0, 2, 0, 0, 0, 0), lattice, words))


def _report(half: int, found: list[Any], weights: Any, size: int, faults: int) -> None:
    scores = np.array([row[0] for row in found]) @ weights
    false = sorted((s for s, row in zip(scores, found, strict=True) if row[2]), reverse=True)
    for rate in _RATES:
        threshold = false[min(len(false) - 1, int(rate * size / 10_000))]
        said = [row for s, row in zip(scores, found, strict=True) if s > threshold]
        right = sum(row[1] for row in said)
        print(f"half {half}: {rate}/10k at {threshold:.2f}: {right / faults:.3f} found, {len(said) - right} wrong")
    order = np.argsort(-scores)
    print("; ".join(f"{scores[i]:.1f} {found[i][3]}" for i in order if found[i][2])[: 2500 if half == 0 else 0])


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
