"""Shortening without a model: only whole sentences go, as few as will do, and never one that must stay."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nigao.drafting.shortening import least, shortened
from nigao.report.model import Origin, Sentence

_words = st.text(alphabet="全年开展检查会议办理事项落实责任0123456789《》“”", min_size=4, max_size=30)
_sentences = st.builds(
    lambda text, origin, locked: Sentence(text=f"{text}。", origin=origin, locked=locked),
    _words,
    st.sampled_from([Origin.SOURCE, Origin.SOURCE, Origin.HUMAN, Origin.FACT]),
    st.booleans(),
)
_runs = st.lists(st.lists(_sentences, min_size=1, max_size=6), min_size=1, max_size=4)


@given(_runs, st.integers(min_value=1, max_value=600))
def test_what_remains_fits_and_what_must_stay_stays(runs: list[list[Sentence]], characters: int) -> None:
    gone = shortened(runs, characters)
    if gone is None:
        assert least(runs) > characters
        return
    whole = sum(len(s.text) for run in runs for s in run)
    left = whole - sum(len(s.text) for s in gone)
    assert left <= characters or (not gone and whole <= characters)
    assert bool(gone) == (whole > characters)
    for sentence in gone:
        assert not sentence.locked
        assert sentence.origin is not Origin.FACT
        assert not any(run[0] is sentence for run in runs)


def test_figures_outweigh_general_words_and_a_leaning_sentence_goes_with_its_neighbour() -> None:
    run = [
        Sentence(text="加强日常监督。", origin=Origin.SOURCE),
        Sentence(text="全年开展监督检查12次，发现问题31个。", origin=Origin.SOURCE),
        Sentence(text="有关科室认真配合，工作比较扎实。", origin=Origin.SOURCE),
        Sentence(text="同时，对这些情况作了通报。", origin=Origin.SOURCE),
    ]
    gone = shortened([run], 40)
    assert gone is not None
    assert [sentence.text for sentence in gone] == [run[2].text, run[3].text]
