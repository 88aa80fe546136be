"""One thing in two forms within a text: slogans, titles, words, short names, and clauses that stand twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.text.abbreviations import (
    abbreviations_of,
    early_uses,
    second_introductions,
    short_name,
    unintroduced_name,
    unintroduced_titles,
)
from nigao.text.repeats import repeated_clauses, repeated_words
from nigao.text.spellings import spellings
from nigao.text.variants import Difference, bare_variants, marked_pairs, marked_variants


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


def test_how_often_each_stands_tells_a_slip_from_another_thing() -> None:
    many = "“学制度、查隐患、促整改”。\n再“学制度、查隐患、促整改”。\n“学制度、促整改”。"
    (pair,) = marked_pairs(many)
    assert (pair.odd, pair.doubtful, pair.clear) == ("“学制度、促整改”", True, True)
    assert pair.turned().turned() == pair
    (pair,) = marked_pairs("“数额较大”。“数额较大”。“数额较大”。\n“数额巨大”。")
    assert not pair.clear
    (pair,) = marked_pairs("落实“三查一报”。\n坚持“三查一报”。\n落实“三查一”。")
    assert (pair.odd, pair.doubtful) == ("“三查一”", True)


def test_wording_that_lost_its_marks() -> None:
    text = "开展“护档案、保安全”活动。\n巩固护档案、保安全活动成果。"
    assert [variant.text for variant in bare_variants(text)] == ["护档案、保安全"]
    assert list(bare_variants("《档案工作绩效考核指标》。\n档案工作绩效考核指标体系完整。")) == []


def test_one_word_in_two_spellings() -> None:
    text = "足额缴纳保证金。再次缴纳保证金。限期交纳保证金。"
    assert [(s.odd, s.usual, s.shared) for s in spellings(text)] == [("交纳", "缴纳", "~保证金")]
    assert [(s.odd, s.even) for s in spellings("接受巡查。\n配合巡察。")] == [("巡察", True)]
    # Two words that the text uses in two settings.
    (found,) = spellings("开展环保督察。\n配合上级督查，接受督查。")
    assert not found.likely


def test_spellings_of_one_word_need_no_shared_neighbour() -> None:
    (found,) = spellings("印发年度计划，完成计划。\n学习安排有计画。")
    assert (found.odd, found.usual, found.one_word, found.even) == ("计画", "计划", True, False)
    # Of equals the one that people write less.
    (found,) = spellings("核对身分证件。\n身份不明。")
    assert (found.odd, found.even) == ("身分", True)


def test_a_word_that_left_its_company() -> None:
    (found,) = spellings("检查制度，检查工作。\n每季度检察一次支部记录。")
    assert (found.odd, found.strayed, found.related) == ("检察", True, True)
    assert list(spellings("检查制度，检查工作。\n配合检察机关，邀请检察院。")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("到查档现场现场学习", [("现场", True)]),
        ("比例比例为5%，分别分别为三个科室", [("比例", True), ("分别", True)]),
        ("。组织组织“档案讲堂”，等候超过超过20分钟", [("组织", True), ("超过", True)]),
        ("请大家研究研究。", [("研究", False)]),
        ("以传达传达文件为主", [("传达", True)]),
        ("国家有关规定规定应当公开", [("规定", False)]),
        ("绿道PPP项目项目资金", [("项目", False)]),
        ("各党组织组织党员，支持发展发展中国家，加强管理管理人员", []),
        ("一步一步走，如何如何说，很小很小的库房，清清楚楚，“整改整改再整改”", []),
    ],
)
def test_words_typed_twice(text: str, found: list[tuple[str, bool]]) -> None:
    assert [(word.text, word.sure) for word in repeated_words(text)] == found


_FULL = "云汀市档案服务管理中心"


def test_short_names_that_nobody_explained() -> None:
    text = f"{_FULL}承担查档。\n市档管中心设三个科室。市档管中心编制十二名。"
    assert abbreviations_of(text, _FULL) == ["市档管中心"]
    found = unintroduced_name(text, _FULL, "市档管中心")
    assert found is not None
    assert (found.text, found.full_start) == ("市档管中心", 0)
    assert unintroduced_name(text, _FULL, "市档管中心", fewest=3) is None
    explained = text.replace("承担", "（以下简称“市档管中心”）承担")
    assert unintroduced_name(explained, _FULL, "市档管中心") is None


def test_the_region_alone_dropped_or_a_name_that_everybody_knows_is_no_abbreviation() -> None:
    assert abbreviations_of("市档案服务管理中心清点。市档案局来函。", _FULL) == []
    assert abbreviations_of("市政府印发，市委同意。", "云汀市人民政府") == []


def test_short_titles_that_nobody_explained() -> None:
    text = "印发《云汀市档案发展规划》。\n《规划》提出三项任务。对照《规划》清点。"
    assert [(t.text, t.full) for t in unintroduced_titles(text)] == [("《规划》", "《云汀市档案发展规划》")]
    assert list(unintroduced_titles(text.replace("》。\n", "》（以下简称《规划》）。\n"))) == []
    assert list(unintroduced_titles("学习《中华人民共和国档案法》。\n落实《档案法》。")) == []


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


@given(st.text(alphabet="科室组织现场一二的，。“”", max_size=40))
def test_a_word_told_twice_stands_there_twice(text: str) -> None:
    for word in repeated_words(text):
        assert text[word.start : word.end] == word.text * 2


@given(st.text(alphabet="云汀市档案服务中心局简称“”。\n", max_size=60))
def test_abbreviations_are_in_the_text_and_in_order_in_the_name(text: str) -> None:
    for short in abbreviations_of(text, _FULL):
        rest = iter(_FULL)
        assert short in text
        assert all(c in rest for c in short)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("现将云汀市档案馆（以下简称“市档案馆”）2025年情况报告如下。", "市档案馆"),
        ("现将云汀市档案馆（以下简称市馆）情况报告如下。", "市馆"),
        ("按照《云汀市档案馆工作规则》（以下简称《规则》）办理。", ""),
        ("云汀市档案馆与云汀市文旅局（以下简称“文旅局”）联合办展。", ""),
    ],
)
def test_a_units_short_name_is_the_one_introduced_behind_its_own(text: str, found: str) -> None:
    assert short_name("云汀市档案馆", text) == found
