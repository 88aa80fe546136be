"""Markdown: what its reader sees, with the structure kept in the blocks."""

from nigao.corpus.readers import BlockKind, SourceText, parse_document


def read(text: str) -> SourceText:
    return parse_document(text.encode(), "a.md")


def lines(text: str) -> list[str]:
    return [block.text for block in read(text).blocks]


def levels(text: str) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in read(text).blocks if block.level]


def test_markup_is_removed() -> None:
    inline = "**重点**工作见[通知](http://example.com)，代码`a_b`，图![说明](x.png)。"
    text = f"{inline}\n\n> 引用一句。\n\n---\n\n末段<b>加粗</b>。"
    assert lines(text) == ["重点工作见通知，代码a_b，图说明。", "引用一句。", "末段加粗。"]


def test_struck_out_words_are_deleted() -> None:
    assert lines("完成~~三~~四项任务。") == ["完成四项任务。"]


def test_the_title_and_the_levels_below_it() -> None:
    text = "# 工作总结\n\n开头一段。\n\n## 学习情况\n\n内容。\n\n### 专题学习\n\n内容。\n\n## 调研情况\n\n内容。"
    assert levels(text) == [(1, "工作总结"), (1, "学习情况"), (2, "专题学习"), (1, "调研情况")]


def test_an_ordinal_outranks_the_depth() -> None:
    text = "# 总结\n\n## 一、基本情况\n\n内容。\n\n## （一）机构\n\n内容。\n\n#### 1.编制\n\n内容。"
    assert levels(text) == [(1, "总结"), (1, "一、基本情况"), (2, "（一）机构"), (3, "1.编制")]


def test_depths_without_a_single_title() -> None:
    assert levels("## 甲\n\n内容。\n\n## 乙\n\n内容。\n\n#### 丙\n\n内容。") == [(1, "甲"), (1, "乙"), (3, "丙")]


def test_numbered_paragraphs_without_hashes_are_headings_too() -> None:
    assert levels("一、基本情况\n\n内容一句。\n\n**二、存在的问题**\n\n内容一句。") == [
        (1, "一、基本情况"),
        (1, "二、存在的问题"),
    ]


def test_lists_keep_their_numbers_and_lose_their_bullets() -> None:
    assert lines("1. 制定计划。\n2. 组织实施。\n   - 分工明确。\n\n* 检查验收。") == [
        "1. 制定计划。",
        "2. 组织实施。",
        "分工明确。",
        "检查验收。",
    ]


def test_soft_breaks_join_a_sentence_and_part_paragraphs() -> None:
    assert lines("为做好年度\n工作，制定\nplan A\nand B。\n各科室遵照执行。\n一、要求\n每月报告。") == [
        "为做好年度工作，制定plan A and B。",
        "各科室遵照执行。",
        "一、要求",
        "每月报告。",
    ]


def test_hard_breaks_part_lines() -> None:
    assert lines("第一行  \n第二行<br>第三行") == ["第一行", "第二行", "第三行"]


def test_table_rows_stand_alone() -> None:
    source = read(
        "说明一句。\n\n| 科室 | 人数 | 备注 |\n|---|---:|---|\n| 综合科 | **5人** | |\n| 法规科 | 3人 | 含借调1人。 |\n"
    )
    rows = [(block.label, block.text) for block in source.blocks if block.kind is BlockKind.TABLE_ROW]
    assert rows == [
        ("表1第2行", "科室：综合科；人数：5人"),
        ("表1第3行", "科室：法规科；人数：3人；备注：含借调1人"),
    ]


def test_front_matter_and_comments_are_margins() -> None:
    source = read("---\ntitle: 总结\n密级: 秘密\n---\n# 总结\n\n<!-- 内部资料 -->\n\n正文<!-- 注 -->一句。\n")
    assert source.text == "总结\n正文一句。"
    assert {"title: 总结", "密级: 秘密", "内部资料", "注"} <= set(source.margins)


def test_html_and_code_blocks_become_text() -> None:
    assert lines("<div>\n第一句。<br>第二句&amp;第三句。\n</div>\n\n```\n代码行\n```\n\n    缩进行\n") == [
        "第一句。",
        "第二句&第三句。",
        "代码行",
        "缩进行",
    ]


def test_an_empty_file_has_no_blocks() -> None:
    assert read("").blocks == ()
    assert read("---\n---\n").blocks == ()
