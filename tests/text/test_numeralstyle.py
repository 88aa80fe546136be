"""Figures by form: what the standard does not allow, and the many figures that only look alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from nigao.text import numeralstyle as style
from nigao.text.faults import Fault, apply_fixes
from nigao.text.mixedstyle import Mixture, mixed_counts, mixed_numerals, mixed_signs

Finder = Callable[[str], Iterator[Fault]]


@pytest.mark.parametrize(
    ("find", "wrong", "right"),
    [
        (style.rough_numbers, "每月三、四十人", "每月三四十人"),
        (style.rough_numbers, "十五、六个单位", "十五六个单位"),
        (style.rough_numbers, "两、三天", "两三天"),
        (style.ranges, "提高到20—30%", "提高到20%—30%"),
        (style.ranges, "投入3～5万元", "投入3万～5万元"),
        (style.hyphen_ranges, "培训5-10名", "培训5—10名"),
        (style.hyphen_ranges, "2023-2025年", "2023—2025年"),
        (style.hyphen_ranges, "每月5～6天，每次2-3人", "每月5～6天，每次2～3人"),
        (style.mixed_digits, "达到百分之40", "达到40%"),
        (style.year_zeros, "二零二五年", "二〇二五年"),
        (style.year_zeros, "二○二五年", "二〇二五年"),
        (style.padded_dates, "2025年09月07日", "2025年9月7日"),
        (style.padded_dates, "01月14日、10月08日前，于06月", "1月14日、10月8日前，于6月"),
        (style.padded_dates, "01—03月", "1—3月"),
        (style.padded_dates, "云汀市档案服务中心\n2025 年 09 月 07 日", "云汀市档案服务中心\n2025 年 9 月 7 日"),
        (style.loose_dates, "2025.3.5完成", "2025年3月5日完成"),
        (style.bare_decimals, "差错率为.46%", "差错率为0.46%"),
        (style.wide_characters, "２０２５年３Ａ级，提高１.５％", "2025年3A级，提高1.5%"),
        (style.document_numbers, "云档发（2025）5号", "云档发〔2025〕5号"),
        (style.document_numbers, "云档发[2025]第05号", "云档发〔2025〕5号"),
        (style.document_numbers, "《规程》（云档发【2025】27号）", "《规程》（云档发〔2025〕27号）"),
        (style.document_numbers, "云档发［2025］27号", "云档发〔2025〕27号"),
        (style.document_numbers, "云档发 〔2025〕 5 号", "云档发〔2025〕5号"),
    ],
)
def test_a_slip_is_found_and_mended(find: Finder, wrong: str, right: str) -> None:
    assert list(find(wrong))
    assert apply_fixes(wrong, list(find(wrong)), safe_only=False) == right


@pytest.mark.parametrize(
    ("find", "text"),
    [
        (style.rough_numbers, "三、四季度，一、二等奖，第三、四个，一、二、三个，五、六年级，3、4月份，二、五个"),
        (style.doubly_rough, "约300人，近10年左右，不少于2次，300人左右，突破40万亿元并连续多年"),
        (style.ranges, "20%—30%，2015—2020年增长5%，5—10名，3万—5万元"),
        (style.hyphen_ranges, "0999-1234567，2025-03-05，GB/T 9704-2012，PM2.5-10，A-3个，5—10名"),
        (style.mixed_digits, "5千米，3千克，500强，4百货，120万幅，9亿，第3十字路口，2025年十五五规划"),
        (style.year_zeros, "二〇二五年，一九九八年，一百零五年"),
        (style.padded_dates, "2025年10月20日，105日，1.05日，A03月，2025-03月，30月"),
        (style.loose_dates, "已使用25年，80年代，2025年3月，25年3个月，版本1.2.3"),
        (style.bare_decimals, "0.46%，1.5倍"),
        (style.wide_characters, "24％，5．2倍"),
        (
            style.document_numbers,
            "云档发【2025】【待补：序号】号，（2024）云01民终123号，云档发〔2025〕5号，2025年第3号",
        ),
    ],
)
def test_what_is_right_is_left_alone(find: Finder, text: str) -> None:
    assert list(find(text)) == []


@pytest.mark.parametrize("text", ["约300人左右", "不少于2次以上", "超过100余人", "大约三十个上下", "至少5次以上"])
def test_two_words_for_one_margin(text: str) -> None:
    assert list(style.doubly_rough(text))


@pytest.mark.parametrize("text", ["3千5百卷", "1万6千多户", "二〇二五年3月", "2025年三月", "10几个"])
def test_two_kinds_of_digits_in_one_number(text: str) -> None:
    assert list(style.mixed_digits(text)) or list(style.rough_numbers(text))


def test_styles_are_held_against_the_text_itself() -> None:
    assert [m.text for m in mixed_numerals("2023年、2024年启动，二〇二五年完成，学习《二〇三五年纲要》")] == [
        "二〇二五年"
    ]
    assert list(mixed_numerals("2023年启动。\n二〇二五年三月一日\n")) == []
    assert [m.text for m in mixed_counts("召开会议三次，演练5次。四名委员参加。")] == ["三次"]
    assert list(mixed_counts("召开会议3次，三个库房、两次会商")) == []
    assert [m.text for m in mixed_numerals("2023年启动；二〇二五年完成。")] == ["二〇二五年"]
    assert [fault.fix for fault in mixed_signs("由30%到45％")] == ["%"]
    assert list(mixed_signs("由30％到45％，5．2倍")) == []


@pytest.mark.parametrize(
    ("find", "text", "told"),
    [
        (mixed_numerals, "2023年、2024年启动，2026年验收，二〇二五年完成。", ("二〇二五年", "2025年")),
        (mixed_numerals, "二〇二三年、二〇二四年、二〇二五年清点，2026年验收。", ("2026年", "二〇二六年")),
        # Dates without a year are of the same style.
        (mixed_numerals, "二〇二五年启动，2026年完成，3月5日、6月1日验收。", ("二〇二五年", "2025年")),
        (mixed_numerals, "提高3%、5%、8.5%，下降百分之三十四点五。", ("百分之三十四点五", "34.5%")),
        (mixed_counts, "管理人员十八人、技术人员11人。", ("十八人", "18人")),
        (mixed_counts, "移交5批。清点30件。党员41名。职工一百八十七名。", ("一百八十七名", "187名")),
    ],
)
def test_the_odd_one_among_many_is_clear_and_has_a_fix(
    find: Callable[[str], Iterator[Mixture]], text: str, told: tuple[str, str]
) -> None:
    assert [(m.text, m.fix, m.clear) for m in find(text)] == [(*told, True)]


@pytest.mark.parametrize(
    "text",
    [
        "第十一、十二条规定的7条",
        "十七八人，11人，2人，3人",
        "三十人，11人，2人，3人",
        "党员41名。职工一百八十七名。",
        "清点30卷、5次、6次，讲授十八个月，八项规定",
        "学习“十六条措施”7条、8条、9条",
    ],
)
def test_round_rough_and_numbering_figures_are_of_no_style(text: str) -> None:
    assert list(mixed_counts(text)) == []
