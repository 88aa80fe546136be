"""One thing in two forms within a text: slogans, titles, words, short names, and clauses that stand twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.text.abbreviations import early_uses, second_introductions
from nigao.text.repeats import repeated_clauses
from nigao.text.spellings import spellings
from nigao.text.variants import Difference, bare_variants, marked_variants


@pytest.mark.parametrize(
    ("text", "difference", "found"),
    [
        ("“护档案、保安全”一次。“护档案、保安全”二次。“护档案，保安全”三次。", Difference.MARKS, "“护档案，保安全”"),
        ("“护档案、保安全”一次。“保安全、护档案”二次。", Difference.ORDER, "“保安全、护档案”"),
        ("《云汀市档案查阅办法》。\n《云汀市档案查询办法》。", Difference.WORDS, "《云汀市档案查询办法》"),
        ("“学制度、查隐患、促整改”。\n“学制度、促整改”。", Difference.MEMBER, "“学制度、促整改”"),
        (
            "《云汀市档案局安全责任清单》。\n《云汀市档案局库房安全责任清单》。",
            Difference.INSERTED,
            "《云汀市档案局安全责任清单》",
        ),
        ("全面推行“日登记、周核验”办法。再推“日登记、周核验”办法。巩固“日登记”办法。", Difference.MEMBER, "“日登记”"),
    ],
)
def test_the_rarer_the_shorter_or_the_later_form_is_told(text: str, difference: Difference, found: str) -> None:
    assert [(variant.difference, variant.text) for variant in marked_variants(text)] == [(difference, found)]


@pytest.mark.parametrize(
    "text",
    [
        "变“死档案工作”为“活档案工作”。",
        "《2024年档案工作要点》。\n《2025年档案工作要点》。",
        "《云汀市档案条例》。\n《云汀市档案条例》。",
        "“上半年清点”。\n“下半年清点”。",
        "“三会”。\n“五会”。",
        "“日登记、周核验”办法。“日登记、周核验”办法。“日登记”一百次。",
    ],
)
def test_two_things_are_two_things(text: str) -> None:
    assert list(marked_variants(text)) == []


def test_wording_that_lost_its_marks() -> None:
    text = "开展“护档案、保安全”活动。\n巩固护档案、保安全活动成果。"
    assert [variant.text for variant in bare_variants(text)] == ["护档案、保安全"]
    assert list(bare_variants("《档案工作绩效考核指标》。\n档案工作绩效考核指标体系完整。")) == []


def test_one_word_in_two_spellings() -> None:
    text = "足额缴纳保证金。再次缴纳保证金。限期交纳保证金。"
    assert [(s.odd, s.usual, s.shared) for s in spellings(text)] == [("交纳", "缴纳", "~保证金")]
    assert [(s.odd, s.even) for s in spellings("接受巡查。\n配合巡察。")] == [("巡察", True)]
    # Two words that the text uses in two settings.
    assert list(spellings("开展环保督察。\n国务院督查组到访，督查组反馈。")) == []


def test_short_names() -> None:
    text = "依照《查阅办法》。\n印发《云汀市档案利用规定》（以下简称《查阅办法》）。"
    assert [use.text for use in early_uses(text)] == ["《查阅办法》"]
    assert list(early_uses("《云汀市查阅办法》（以下简称《查阅办法》）。依照《查阅办法》。")) == []
    twice = "《云汀市查阅办法》（以下简称《办法》）。\n《云汀市查阅办法》（以下简称《办法》）。"
    assert [again.earlier for again in second_introductions(twice)] == ["云汀市查阅办法"]


def test_clauses_that_stand_twice() -> None:
    text = "完善查阅登记和核验制度，明确责任，完善查阅登记和核验制度。"
    assert [found.start for found in repeated_clauses(text)] == [17]
    parallel = "市级文件由本级审核机构进行审核；县级文件，由本级审核机构进行审核。"
    assert list(repeated_clauses(parallel)) == []


@given(st.text(alphabet="甲乙丙“”《》、，。\n", max_size=60))
def test_what_is_told_stands_in_the_text(text: str) -> None:
    for variant in [*marked_variants(text), *bare_variants(text)]:
        assert text[variant.start : variant.end] == variant.text
        assert text[variant.other_start :].startswith(variant.other)
