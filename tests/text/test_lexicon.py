"""The general word list: counts and parts of speech, and that what is no word has none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nigao.text import lexicon


def test_words_have_counts_and_parts_of_speech() -> None:
    assert lexicon.count("党员") > 100
    assert lexicon.tag("党员").startswith("n")
    assert lexicon.count("的") > lexicon.count("党员")
    assert lexicon.total() > 10_000_000


def test_what_is_no_word_has_none() -> None:
    for text in ("", "党员员", "abc", "，", "党 员"):
        assert lexicon.count(text) == 0
        assert lexicon.tag(text) == ""


@given(st.text(max_size=6))
def test_any_text_can_be_asked_for(text: str) -> None:
    assert (lexicon.count(text) > 0) == (lexicon.tag(text) != "")
