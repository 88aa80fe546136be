"""`verify`: a text held against plain sources, with no workspace."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.checks.finding import Finding, Severity
from nigao.verification import Source, verify

SOURCE = Source(
    "2025年3月12日，市档案服务中心召开档案开放审核专题会议，程立新主任主持。\n"
    "全年接待查档群众1.2万人次，同比增长12%，办结远程查档申请47件，群众满意率达到百分之九十六。\n"
    "库房抽查发现问题7项，涉及3个科室，未发现重大隐患。计划年底前完成库房温湿度监控改造。\n"
    "印发《档案开放利用工作管理办法》（云档〔2025〕13号），落实“三会一课”制度。查阅人可以凭身份证办理远程查档。",
    title="云汀市档案服务中心2025年工作总结",
)


def told(text: str, source: Source | str = SOURCE) -> list[tuple[Severity, str]]:
    return [(finding.severity, finding.text) for finding in verify(text, source)]


@pytest.mark.parametrize(
    "text",
    [
        "全年接待查档群众12000人次。",
        "接待查档群众一万二千人次，同比增长百分之十二。",
        "群众满意率96%。",
        "3月12日召开档案开放审核专题会议。",
        "2025年3月召开档案开放审核专题会议。",
        "今年3月12日召开档案开放审核专题会议。",
        "抽查发现问题七项，涉及三个科室。",
        "印发《档案开放利用工作管理办法》，落实“三会一课”制度。",
        "（云档[2025]13号）",
        "接待查档群众1万多人次。",
        "会议由程立新主任主持。",
        "认真做好各项工作。",
    ],
)
def test_what_the_source_bears_out_is_silent_in_any_spelling(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("全年接待查档群众1.3万人次。", "1.3万人次"),
        ("办结远程查档申请48件。", "48件"),
        ("群众满意率达到97%。", "97%"),
        ("4月12日召开档案开放审核专题会议。", "4月12日"),
        ("2024年3月12日召开档案开放审核专题会议。", "2024年3月12日"),
        ("库房抽查发现问题9项。", "9项"),
        ("落实“三会两课”制度。", "“三会两课”"),
        ("印发《档案开放利用工作办法》。", "《档案开放利用工作办法》"),
        ("《档案开放利用工作管理办法》（云档〔2025〕31号）。", "云档〔2025〕31号"),
        ("年底前已完成库房温湿度监控改造。", "年底前已完成库房温湿度监控改造"),
        ("查阅人应当凭身份证办理远程查档。", "查阅人应当凭身份证办理远程查档"),
        ("库房抽查发现重大隐患。", "发现"),
        ("全年接待查档群众1.2万人次，同比下降12%。", "下降"),
        ("专题会议由程力新主任主持。", "程力新"),
    ],
)
def test_what_the_source_contradicts_is_a_warning_with_its_words(text: str, words: str) -> None:
    warnings = [f for f in verify(text, SOURCE) if f.severity is Severity.WARNING]
    assert [words in finding.text for finding in warnings] == [True]
    assert all(finding.evidence for finding in warnings)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("培训讲解员38名。", "38名"),
        ("第七巡察组到访。", "第七"),
        ("2025年6月开展消防演练。", "2025年6月"),
        ("落实“首问负责”要求。", "“首问负责”"),
        ("印发《讲解员管理细则》。", "《讲解员管理细则》"),
        ("会同岚溪县博物馆办展。", "岚溪县博物馆"),
        ("鲁正平主任到会。", "鲁正平"),
    ],
)
def test_what_the_source_does_not_mention_is_only_a_note(text: str, words: str) -> None:
    (finding,) = verify(text, SOURCE)
    assert finding.severity is Severity.INFO
    assert finding.text in words
    assert "未见" in finding.message


def test_a_number_that_stands_there_for_another_thing_is_not_taken_for_this_one() -> None:
    (finding,) = verify("新增阅览桌7张。", SOURCE)
    assert (finding.severity, finding.text) == (Severity.INFO, "7张")


def test_relative_dates_are_counted_from_the_sources_own_date() -> None:
    source = Source("去年5月建成新馆，今年3月开放。", date=dt.date(2024, 6, 1))
    assert told("新馆2023年5月建成。", source) == []
    assert told("新馆2024年3月开放。", source) == []
    assert [words for _, words in told("新馆2022年5月建成。", source)] == ["2022年5月"]


def test_ranges_and_parts_of_the_day_are_read() -> None:
    source = "展览于9月2日至16日举办，16日下午闭幕，开放3至5号展厅，接待观众约300人。"
    assert told("展览9月2-16日举办。", source) == []
    assert told("16日下午闭幕。", source) == []
    assert [words for _, words in told("16日上午闭幕。", source)] == ["16日"]
    assert told("接待观众近300人。", source) == []


def test_several_sources_speak_together() -> None:
    sources = ["全年培训8次。", Source("全年演练2次。", title="演练总结")]
    assert verify("培训8次，演练2次。", sources) == []
    assert [f.text for f in verify("培训9次，演练2次。", sources)] == ["9次"]


def test_materials_of_two_years_that_differ_contradict_nobody_of_an_unknown_year() -> None:
    sources = [
        Source("全年接待查档群众312人次。", title="2023年工作总结"),
        Source("全年接待查档群众298人次。", title="2024年工作总结"),
    ]
    assert [f.severity for f in verify("全年接待查档群众305人次。", sources)] == [Severity.INFO]


def test_places_count_in_the_text_itself() -> None:
    text = "基本情况\n\n  认真做好工作。办结远程查档申请48件。\n"
    (finding,) = verify(text, SOURCE)
    line = text.split("\n")[finding.line - 1]
    assert line[finding.column - 1 : finding.end_column - 1] == finding.text == "48件"


def test_nothing_to_hold_against_leaves_everything_unseen() -> None:
    assert [f.severity for f in verify("培训8次。", [])] == [Severity.INFO]
    assert verify("", SOURCE) == []


def _sound(finding: Finding, text: str) -> bool:
    lines = text.split("\n")
    return finding.line <= len(lines) and (
        finding.line != finding.end_line
        or lines[finding.line - 1][finding.column - 1 : finding.end_column - 1] == finding.text
    )


@given(
    st.text(
        alphabet="全年培训办结0123456789一二十百万%件次名年月日。，、：；“”《》〔〕第约多\n 已未拟可以增长下降",
        max_size=60,
    )
)
def test_any_text_is_answered_and_bears_itself_out(text: str) -> None:
    findings = verify(text, SOURCE)
    assert all(_sound(finding, text) for finding in findings)
    assert [f for f in verify(text, text) if f.severity is not Severity.INFO] == []
