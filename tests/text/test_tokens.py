"""Tokens for search: words, character pairs, whole numbers, folded widths."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.text.tokens import search_tokens, words


def test_words_and_pairs_of_chinese() -> None:
    tokens = search_tokens("纪检监察")
    assert {"纪检", "检监", "监察"} <= set(tokens)
    assert search_tokens("党") == ["党"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("２０２５ＡＢ", ["2025", "ab"]),
        ("1,234件", ["1234", "件"]),
        ("12.5%", ["12.5"]),
        ("〔2012〕14号", ["2012", "14", "号"]),
        ("GB/T 9704", ["gb", "t", "9704"]),
        ("1,2", ["1", "2"]),
        ("，。、“”《》", []),
        ("", []),
    ],
)
def test_runs_that_are_not_words(text: str, expected: list[str]) -> None:
    assert [token for token in search_tokens(text) if token in expected or not expected] == expected


def test_the_chinese_zero_is_a_character_like_others() -> None:
    assert {"二〇", "〇二", "二五"} <= set(search_tokens("二〇二五"))


def test_no_pair_crosses_punctuation() -> None:
    assert "律作" not in search_tokens("纪律，作风")
    assert "律作" in search_tokens("纪律作风")


def test_words_in_order_without_punctuation() -> None:
    assert words("推进全面从严治党，Word 3月。") == ["推进", "全面", "从严治党", "word", "3", "月"]


@given(st.text(max_size=60))
def test_tokens_are_folded_and_never_blank(text: str) -> None:
    for token in [*search_tokens(text), *words(text)]:
        assert token.strip()
        assert token == token.lower()
    assert search_tokens(text) == search_tokens(text)


@given(st.text(alphabet="党风廉政建设责任制监督执纪问责", min_size=1, max_size=40))
def test_words_lose_no_chinese_character(text: str) -> None:
    assert "".join(words(text)) == text


def test_the_tokenizer_is_silent_and_loaded_late() -> None:
    code = "import sys, nigao.text.tokens as t; assert 'rjieba' not in sys.modules; t.words('监督')"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
