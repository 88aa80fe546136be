"""Builds the word list that `nigao.text.lexicon` ships, from jieba's dictionary (MIT).

    pip download --no-deps --no-binary :all: jieba==0.42.1 && tar xzf jieba-0.42.1.tar.gz
    python tools/lexicon.py jieba-0.42.1/jieba/dict.txt

A line for each first character: it, then three fields apart by tabs (what follows it in each word, how often the word
was counted, its part of speech), each a list apart by spaces. See docs/adr/0008-words.md.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "src" / "nigao" / "text" / "lexicon.txt"
_HAN = re.compile("[〇\u4e00-\u9fff]+")


def main(dictionary: str) -> None:
    rows: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    total = 0
    for line in Path(dictionary).read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split()
        total += int(count)
        if _HAN.fullmatch(word):
            rows[word[0]].append((word[1:] or "-", count, tag))
    lines = [str(total)]
    for first in sorted(rows):
        lines.append("\t".join([first, *(" ".join(column) for column in zip(*sorted(rows[first]), strict=True))]))
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
