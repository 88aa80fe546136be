"""Plain text: the encoding is decided strictly, and headings are told by their words."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.corpus.limits import AdmissionLimits
from nigao.corpus.model import RefusalReason
from nigao.corpus.readers import BlockKind, SourceText, parse_document, read_document
from nigao.errors import AdmissionError

TEXT = "一、基本情况\n市政务办设内设科室6个，现有干部22人。\n二、存在的问题\n一是学习不够深入，结合实际不紧。\n"


def headings(text: str) -> list[tuple[int, str]]:
    source = parse_document(text.encode(), "a.txt")
    return [(block.level, block.text) for block in source.blocks if block.kind is BlockKind.HEADING]


def reason(data: bytes, name: str = "a.txt", limits: AdmissionLimits | None = None) -> str:
    with pytest.raises(AdmissionError) as caught:
        parse_document(data, name, limits or AdmissionLimits())
    assert caught.value.where
    assert caught.value.fix
    return caught.value.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_usual_encoding_reads_the_same(encoding: str, newline: str) -> None:
    source = parse_document(TEXT.replace("\n", newline).encode(encoding), "a.txt")
    assert source.text == TEXT.strip()
    assert [block.level for block in source.blocks] == [1, 0, 1, 0]


def test_utf16_big_endian() -> None:
    assert parse_document(b"\xfe\xff" + TEXT.encode("utf-16-be"), "a.txt").text == TEXT.strip()


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        "字 ".encode("utf-16-le"),
        TEXT.encode("big5", "ignore"),
        "日本語の文章はここにあります。".encode("euc-jp"),
        b"\xff\xfe\x00",
        b"\x01\x02\x03\x04\x05",
        b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n",
        TEXT.encode("utf-32"),
    ],
)
def test_what_is_no_text_is_unreadable(data: bytes) -> None:
    assert reason(data) == RefusalReason.UNREADABLE


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark_is_told_by_its_words(encoding: str) -> None:
    assert parse_document(TEXT.encode(encoding), "a.txt").text == TEXT.strip()


def test_a_stray_control_character_is_dropped() -> None:
    source = parse_document("\ufeff第一段\u200b说明。\x0c第二段\xa0说明。\u2028第三段。".encode(), "a.txt")
    assert source.text == "第一段说明。\n第二段 说明。\n第三段。"


def test_suffix_size_and_length(tmp_path: Path) -> None:
    assert reason(b"x", "a.pptx") == RefusalReason.UNSUPPORTED
    assert reason(b"x", "noname") == RefusalReason.UNSUPPORTED
    assert reason("字".encode() * 11, limits=AdmissionLimits(max_chars=10)) == RefusalReason.OVERSIZED
    assert reason("字\n".encode() * 11, limits=AdmissionLimits(max_blocks=10)) == RefusalReason.OVERSIZED
    big = tmp_path / "big.TXT"
    big.write_bytes(b"x" * 11)
    assert read_document(big).text == "x" * 11
    with pytest.raises(AdmissionError) as caught:
        read_document(big, AdmissionLimits(max_bytes=10))
    assert caught.value.reason == RefusalReason.OVERSIZED


@pytest.mark.parametrize("name", ["absent.txt", "", "\x00.txt"])
def test_a_file_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(AdmissionError) as caught:
        read_document(tmp_path / name)
    assert caught.value.reason in (RefusalReason.MISSING, RefusalReason.UNREADABLE)


def test_numbered_headings_of_every_level() -> None:
    text = "一、总体要求\n（一）指导思想\n1.基本原则\n坚持问题导向，坚持统筹推进。\n第二部分　保障措施\n加强领导。\n"
    assert headings(text) == [(1, "一、总体要求"), (2, "（一）指导思想"), (3, "1.基本原则"), (1, "第二部分　保障措施")]


def test_chapters_over_articles() -> None:
    text = (
        "第一章　总　　则\n第一条　为了规范管理，制定本办法。\n第一节　范围\n"
        "第二条　有下列情形之一的：\n（一）弄虚作假的\n（二）拒不改正的\n"
    )
    assert headings(text) == [(1, "第一章　总　　则"), (2, "第一节　范围")]


def test_parts_over_articles() -> None:
    text = "一、对象\n第一条　本制度适用于全体人员。\n二、要求\n第二条　每季度检查一次工作。\n"
    assert headings(text) == [(1, "一、对象"), (1, "二、要求")]


def test_a_heading_may_end_in_a_full_stop() -> None:
    text = (
        "（一）健全制度框架。\n围绕年度重点任务完善制度框架，明确责任分工、完成时限和检查办法，形成完整的工作闭环。\n"
    )
    assert headings(text) == [(2, "（一）健全制度框架。")]


def test_items_are_no_headings() -> None:
    assert headings("一、同意设立委员会。\n二、委员会设办公室。\n三、办公室设在综合科。\n市政府\n2025年3月1日\n") == []
    assert headings("应当具备下列条件：\n（一）有固定场所\n（二）有必要经费\n（三）有专职人员\n") == []
    assert headings("一是学习不够\n二是调研不够\n") == []


def test_the_title_its_number_and_an_attached_title() -> None:
    text = (
        "关于印发学习\n制度的通知\n青政务〔2025〕3号\n各科室：\n现将《学习制度》印发给你们，请遵照执行。\n市政务办\n2025年3月1日\n"
        "学习制度\n每月组织集体学习一次，由综合科负责通知、签到和归档，并将学习情况按季度向党组会议报告。\n"
    )
    assert headings(text) == [(1, "关于印发学习"), (1, "制度的通知"), (1, "青政务〔2025〕3号"), (1, "学习制度")]


def test_a_table_of_short_lines_is_no_run_of_titles() -> None:
    assert (
        headings(
            "名单如下。\n" + "\n".join(f"成员单位{name}科" for name in "甲乙丙丁戊") + "\n以上单位按月报告工作。\n"
        )
        == []
    )


def test_decimal_headings_but_not_their_contents_list() -> None:
    names = ["1　总则", "1.1　目的", "2　职责", "2.1　分工", "2.2　协作", "3　附则"]
    body = "1　总则\n1.1　目的\n为了及时处置突发情况，制定本预案，各单位应当遵照执行。\n"
    assert headings("\n".join(["应急预案", *names]) + "\n为保障运行，编制说明如下。\n" + body)[-2:] == [
        (1, "1　总则"),
        (2, "1.1　目的"),
    ]
    assert headings("目录如下。\n" + "\n".join(names) + "\n以上为目录。\n") == []


def outcome(data: bytes, name: str) -> SourceText | str:
    """What was read, or the reason why not."""
    try:
        return parse_document(data, name)
    except AdmissionError as error:
        return error.reason


def sound(source: SourceText) -> bool:
    """Every block is its stretch of the text, in order, one line, with only white space between."""
    end = 0
    for block in source.blocks:
        assert source.text[block.start : block.end] == block.text
        assert block.text == block.text.strip() != ""
        assert len(block.text.splitlines()) == 1
        assert source.text[end : block.start].strip() == ""
        assert 0 <= block.level <= 4
        assert (block.level > 0) == (block.kind is BlockKind.HEADING)
        end = block.end
    return source.text[end:].strip() == ""


SUFFIXES = st.sampled_from(["a.txt", "a.md", "a.markdown", "a.docx", "a.pdf"])


@given(st.binary(max_size=400), SUFFIXES)
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    result = outcome(data, name)
    assert result in set(RefusalReason) if isinstance(result, str) else sound(result)


LINES = st.sampled_from(
    [
        *TEXT.splitlines(),
        "",
        "# 标题",
        "- 项",
        "| a | b |",
        "|---|---|",
        "| 1 | 2 |",
        "（一）要求",
        "1. 项",
        "<!-- x -->",
        "~~x~~",
        "```",
    ]
)


@given(
    st.one_of(st.text(max_size=300), st.lists(LINES, max_size=20).map("\n".join)), st.sampled_from(["a.txt", "a.md"])
)
def test_any_text_gives_sound_blocks(text: str, name: str) -> None:
    result = outcome(text.encode("utf-8", "ignore"), name)
    assert result == RefusalReason.UNREADABLE if isinstance(result, str) else sound(result)
