"""Passages: whole sentences, of a size that can be cited, and placed as a person would place them."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from nigao.corpus.model import Passage
from nigao.corpus.readers import BlockKind, SourceText, parse_document
from nigao.corpus.splitter import split_passages
from nigao.text.sentences import split_sentences

SENTENCE = "综合科按照分工逐项核对任务清单，对进度偏慢的事项及时提醒承办科室。"
LONG = SENTENCE * 4


def source_of(text: str, name: str = "a.txt") -> SourceText:
    return parse_document(text.encode(), name)


def split(text: str, title: str = "工作总结") -> list[Passage]:
    return split_passages("doc", title, source_of(text))


def locators(text: str, title: str = "工作总结") -> list[str]:
    return [passage.locator for passage in split(text, title)]


def test_a_passage_is_found_again() -> None:
    text = f"工作总结\n一、基本情况\n{LONG}\n二、主要做法\n（一）加强学习\n{LONG}\n{LONG}\n"
    source = source_of(text)
    passages = split_passages("doc", "工作总结", source)
    for position, passage in enumerate(passages, 1):
        assert passage.text == source.text[passage.start : passage.end]
        digest = hashlib.sha256(passage.text.encode()).hexdigest()[:8]
        assert passage.id == f"doc-{position:03d}-{digest}"
        assert (passage.document_id, passage.position) == ("doc", position)
    assert [(p.locator, p.heading) for p in passages] == [
        ("一、第1段", "一、基本情况"),
        ("二（一）第1段至第2段", "二、主要做法 › （一）加强学习"),
    ]


def test_nothing_but_headings_gives_nothing() -> None:
    assert split("") == []
    assert split("工作总结\n一、基本情况\n") == []


def test_a_plain_text_is_placed_by_its_paragraphs() -> None:
    assert locators(f"{LONG}{LONG}{LONG}{LONG}\n{LONG}{LONG}\n{LONG}\n{LONG}\n") == [
        "第1段第1—8句",
        "第1段第9—16句",
        "第2段",
        "第3段至第4段",
    ]


def test_a_sentence_is_never_cut_however_long() -> None:
    endless = "综合科负责" + "，会同各科室核对任务清单并报告进展情况" * 40 + "。"
    passages = split(f"一、总体情况\n{SENTENCE}{endless}{SENTENCE * 5}\n")
    assert endless in [passage.text for passage in passages]
    assert all(passage.text.endswith("。") for passage in passages)


def test_headings_of_level_one_and_two_are_borders() -> None:
    passages = split("一、目标\n每月检查一次。\n二、措施\n（一）分工\n综合科牵头。\n（二）时限\n年底完成。\n")
    assert [(p.locator, p.text) for p in passages] == [
        ("一、第1段", "每月检查一次。"),
        ("二（一）第1段", "综合科牵头。"),
        ("二（二）第1段", "年底完成。"),
    ]


def test_a_run_in_heading_is_a_border_and_stays_in_its_passage() -> None:
    first = "（一）坚持学用结合。" + LONG
    second = "（二）坚持严管厚爱。" + LONG
    passages = split(f"一、主要做法\n{first}\n{second}\n{SENTENCE}\n")
    assert [(p.locator, p.heading) for p in passages] == [
        ("一（一）", "一、主要做法 › （一）坚持学用结合"),
        ("一（二）第1段至第2段", "一、主要做法 › （二）坚持严管厚爱"),
    ]
    assert passages[0].text == first


def test_small_neighbours_are_merged() -> None:
    items = "".join(f"（{number}）第{number}季度检查一次台账并通报情况。\n" for number in "一二三四")
    passages = split(f"一、检查安排\n{items}")
    assert [p.locator for p in passages] == ["一（一）至（四）"]


def test_items_of_a_fair_size_stand_alone() -> None:
    items = [
        f"{number}是{what}不够扎实。" + SENTENCE * 2
        for number, what in zip("一二三", ("学习", "调研", "督办"), strict=True)
    ]
    assert locators("三、存在的问题\n" + "\n".join(items) + "\n") == ["三、一是", "三、二是", "三、三是"]


def test_items_in_one_paragraph_are_taken_apart_when_long() -> None:
    lead = "对照年度目标，工作中还存在以下问题："
    items = [
        f"{number}是{what}不够扎实。" + SENTENCE * 3
        for number, what in zip("一二三", ("学习", "调研", "督办"), strict=True)
    ]
    passages = split("三、存在的问题\n" + lead + "".join(items) + "\n")
    assert [p.locator for p in passages] == ["三、第1段至一是", "三、二是", "三、三是"]
    assert passages[0].text == lead + items[0]
    assert passages[2].text == items[2]


def test_items_within_one_long_sentence_are_taken_apart() -> None:
    items = [
        f"{number}是{what}，" + "综合科按照分工逐项核对任务清单并提醒承办科室，" * 8 + "做到事事有回音"
        for number, what in zip("一二三", ("强化学习", "深入调研", "严格督办"), strict=True)
    ]
    passages = split("四、措施\n下一步重点抓好：" + "；".join(items) + "。\n")
    assert [p.locator for p in passages] == ["四、第1段至一是", "四、二是", "四、三是"]
    assert passages[1].text == items[1] + "；"


def test_short_items_in_one_sentence_stay_together() -> None:
    passages = split("四、措施\n重点抓好：一是学习；二是调研；三是督办。\n")
    assert [p.text for p in passages] == ["重点抓好：一是学习；二是调研；三是督办。"]


def test_articles() -> None:
    text = (
        "学习制度\n第一章　总则\n第一条　为规范学习，制定本制度。\n第二条　本制度适用于全体人员。\n"
        f"第二章　要求\n第三条　{SENTENCE * 2}\n"
        f"第四条　有下列情形之一的，应当补学：\n（一）因公外出的；\n（二）因病请假的。\n{SENTENCE * 2}\n"
    )
    passages = split(text, "学习制度")
    assert [(p.locator, p.heading) for p in passages] == [
        ("第一条至第二条", "第一章　总则"),
        ("第三条", "第二章　要求"),
        ("第四条第1段至第2段", "第二章　要求"),
    ]


def test_an_attached_document_is_named_in_the_locator() -> None:
    text = f"关于印发《学习制度》的通知\n各科室：\n{SENTENCE}\n学习制度\n第一条　{LONG}\n"
    assert locators(text, "关于印发《学习制度》的通知") == ["第1段至第2段", "“学习制度”第一条"]
    assert locators(text, "学习制度")[-1] == "第一条"


def test_an_unnumbered_heading_is_quoted() -> None:
    source = source_of(f"# 工作总结\n\n## 学习情况\n\n{LONG}\n\n## 需要长期坚持并不断完善的做法\n\n{LONG}\n", "a.md")
    assert [p.locator for p in split_passages("doc", "工作总结", source)] == [
        "“学习情况”第1段",
        "“需要长期坚持并不断完善的…”第1段",
    ]


def test_decimal_headings_name_their_own_number_only() -> None:
    text = f"工作预案\n{SENTENCE}\n1　总则\n1.1　目的\n{LONG}\n1.2　原则\n{LONG}\n"
    assert locators(text, "工作预案") == ["第1段", "1.1 第1段", "1.2 第1段"]


def test_table_rows() -> None:
    rows = "".join(
        f"| {n} | {what}联系实际不紧 | {SENTENCE * 2} |\n" for n, what in ((1, "学习"), (2, "调研"), (3, "督办"))
    )
    source = source_of(f"# 台账\n\n| 序号 | 问题 | 措施 |\n|---|---|---|\n{rows}", "a.md")
    passages = split_passages("doc", "台账", source)
    assert [p.locator for p in passages] == ["表1第2行", "表1第3行", "表1第4行"]
    assert passages[1].text.startswith("序号：2；问题：调研")


def test_small_table_rows_are_merged() -> None:
    rows = "".join(f"| 第{n}科 | {n}人 |\n" for n in range(1, 6))
    source = source_of(f"# 名册\n\n| 科室 | 人数 |\n|---|---|\n{rows}", "a.md")
    assert [p.locator for p in split_passages("doc", "名册", source)] == ["表1第2行至第6行"]


def test_a_topic_sentence_keeps_its_support() -> None:
    paragraph = SENTENCE * 9 + "压实工作责任。" + SENTENCE * 3
    passages = split(f"一、做法\n{paragraph}\n")
    assert not any(p.text.endswith("压实工作责任。") for p in passages)
    assert any("压实工作责任。" + SENTENCE in p.text for p in passages)


PIECES = st.sampled_from(
    [
        SENTENCE,
        LONG,
        "简短一句。",
        "一是学习不够。" + SENTENCE,
        "一是学习；二是调研；三是督办。",
        "问题如下：一是学习不够。二是调研不够。三是督办不够。",
        "一是" + "甲" * 120 + "；二是" + "乙" * 120 + "。",
        "一、基本情况",
        "二、" + SENTENCE,
        "（一）加强学习",
        "（二）加强调研。" + LONG,
        "（三）开展检查；",
        "1.制定计划",
        "2．" + SENTENCE,
        "（1）分工。" + SENTENCE,
        "第一章　总则",
        "第一条　为了规范工作，制定本办法。",
        "第二条　有下列情形的：",
        "附件",
        "学习制度",
        "1.1　目的",
        "青政务〔2025〕3号",
        "市政务办",
        "2025年3月1日",
        "各科室：",
        "“没有结束的引用",
        "甲" * 450,
        "| 表 | 格 |",
        "",
    ]
)


@given(st.lists(PIECES, max_size=25).map("\n".join), st.sampled_from(["学习制度", "工作总结", ""]))
def test_every_character_of_the_body_is_in_one_passage(text: str, title: str) -> None:
    check_invariants(source_of(text), title)


@given(st.text(alphabet="甲乙一二三是、。；：（）“”第条章节1.2 \n附件", max_size=400))
def test_any_text_is_split_soundly(text: str) -> None:
    check_invariants(source_of(text), "工作总结")


def check_invariants(source: SourceText, title: str) -> None:
    passages = split_passages("doc", title, source)
    assert len({passage.id for passage in passages}) == len(passages)
    body = [block for block in source.blocks if block.kind is not BlockKind.HEADING]
    borders = [block for block in source.blocks if 0 < block.level <= 2]
    end = 0
    for passage in passages:
        assert passage.text == source.text[passage.start : passage.end]
        assert passage.text.strip() == passage.text != ""
        assert passage.start >= end
        assert passage.locator
        assert not any(passage.start < border.end and border.start < passage.end for border in borders)
        # More than the bound only where a single sentence or row is.
        if len(passage.text) > 400:
            assert "\n" not in passage.text
            assert len(split_sentences(passage.text)) == 1
        end = passage.end
    covered = [False] * len(source.text)
    for passage in passages:
        covered[passage.start : passage.end] = [True] * (passage.end - passage.start)
    for block in body:
        assert all(covered[i] or source.text[i].isspace() for i in range(block.start, block.end))
