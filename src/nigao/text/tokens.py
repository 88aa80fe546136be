"""Words of a Chinese text, for search and for comparing texts by what they are about."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Any

_HAN = re.compile("[〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ffff]+")
# A figure is one token, its decimals included; a Latin word keeps the digits behind it.
_OTHER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)*|[^\W_]+")


def search_tokens(text: str) -> list[str]:
    """Tokens to index or to query with: words in jieba's search mode, each pair of neighbouring Chinese characters, and
    each character.

    The pairs find what the dictionary does not know; the characters, what abbreviations and other wording have in
    common (环评, 环境影响评价). Widths are folded (NFKC), Latin is lower case, a number is whole.
    """
    tokens: list[str] = []
    for run, han in _runs(text):
        if han:
            tokens.extend(_cutter().cut_for_search(run))
            tokens.extend(run[i : i + 2] for i in range(len(run) - 1))
            if len(run) > 1:
                # One alone is a word already.
                tokens.extend(run)
        else:
            tokens.append(run)
    return tokens


def words(text: str) -> list[str]:
    """The words in reading order without punctuation, widths folded, Latin in lower case."""
    found: list[str] = []
    for run, han in _runs(text):
        found.extend(_cutter().cut(run) if han else [run])
    return found


def _runs(text: str) -> list[tuple[str, bool]]:
    """Stretches of Chinese characters (True) and single words or numbers between them (False), in order."""
    folded = unicodedata.normalize("NFKC", text).lower()
    runs: list[tuple[str, bool]] = []
    end = 0
    for match in _HAN.finditer(folded):
        runs.extend(_others(folded[end : match.start()]))
        runs.append((match.group(), True))
        end = match.end()
    return runs + _others(folded[end:])


def _others(text: str) -> list[tuple[str, bool]]:
    # 1,234 and 1234 are the same figure.
    return [(found.replace(",", ""), False) for found in _OTHER.findall(text)]


@functools.cache
def _cutter() -> Any:
    """jieba in Rust: the same words as jieba itself, an eighth of the start and a twentieth of the time.

    Its module is its one tokenizer: another instance would load the dictionary a second time.
    """
    import rjieba

    return rjieba
