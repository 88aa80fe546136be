"""T: figures after GB/T 15835—2011, and document numbers and dates after GB/T 9704—2012."""

from __future__ import annotations

from collections.abc import Iterator

from nigao.checks.context import CheckContext
from nigao.checks.finding import Severity
from nigao.checks.registry import Authority, Example, Mark, rule
from nigao.checks.typography import marks, numeral_standard, punctuation_standard
from nigao.report.model import Report
from nigao.text import numeralstyle


@rule(
    "T520",
    Severity.WARNING,
    "发文字号写法不规范",
    why="发文字号的年份用六角括号“〔〕”括入，顺序号不加“第”字、不编虚位。",
    basis="GB/T 9704—2012 7.2.5",
    authority=Authority.STANDARD,
    bad=Example("按照云档发[2025]第05号文件要求开展清点。"),
    good=Example("按照云档发〔2025〕5号文件要求开展清点，案号为（2024）云01民终123号。"),
)
def document_number_form(report: Report, context: CheckContext) -> Iterator[Mark]:
    yield from marks(context.text(report), numeralstyle.document_numbers)


@rule(
    "T521",
    Severity.WARNING,
    "概数写法不规范",
    why="相邻两个数字连用表示概数，应当用汉字数字，中间不用顿号；含“几”的概数也用汉字数字。",
    basis=numeral_standard("4.2.2、5.2.1") + "；GB/T 15834—2011 4.5.3.4",
    authority=Authority.STANDARD,
    bad=Example("每月有三、四十人查档，10几个单位移交。"),
    good=Example("每月有三四十人查档，三、四季度集中移交，评出一、二等奖。"),
)
def rough_number_form(report: Report, context: CheckContext) -> Iterator[Mark]:
    yield from marks(context.text(report), numeralstyle.rough_numbers)


@rule(
    "T522",
    Severity.WARNING,
    "约数词语重复或矛盾",
    why="“约”和“左右”意思重复；“不少于”和“以上”、“超过”和“余”意思重复或矛盾，只留一个。",
    basis="通行的校对要求",
    authority=Authority.PRACTICE,
    bad=Example("全年接待查档群众约300人左右，每季度清点不少于2次以上。"),
    good=Example("全年接待查档群众约300人，近10年左右的档案集中清点，每季度清点不少于2次。"),
)
def doubly_rough_numbers(report: Report, context: CheckContext) -> Iterator[Mark]:
    yield from marks(context.text(report), numeralstyle.doubly_rough, "两个词只留一个")


@rule(
    "T523",
    Severity.WARNING,
    "数值范围省略了不能省的部分",
    why="数值范围中前一个数的“%”“万”“亿”省略后有歧义的，不应省略。",
    basis=numeral_standard("5.1.3"),
    authority=Authority.STANDARD,
    bad=Example("数字化率提高到20—30%，每年投入3—5万元。"),
    good=Example("数字化率提高到20%—30%，每年投入3万—5万元，培训5—10名业务骨干。"),
)
def range_form(report: Report, context: CheckContext) -> Iterator[Mark]:
    yield from marks(context.text(report), numeralstyle.ranges)


@rule(
    "T524",
    Severity.WARNING,
    "数值起止用了短横线",
    why="数值、时间的起止用一字线“—”或浪纹线“～”；短横线用于编号、电话号码和复合名词。",
    basis=punctuation_standard("4.13.3") + "；GB/T 15835—2011 5.1.3",
    authority=Authority.STANDARD,
    bad=Example("2023-2025年每年培训5-10名业务骨干。"),
    good=Example("2023—2025年每年培训5～10名业务骨干，咨询电话0999-1234567，日期2025-03-05。"),
)
def hyphen_range_form(report: Report, context: CheckContext) -> Iterator[Mark]:
    yield from marks(context.text(report), numeralstyle.hyphen_ranges)


@rule(
    "T525",
    Severity.WARNING,
    "一个数中混用两种数字",
    why="除“万”“亿”以外，一个数中不能同时用阿拉伯数字和汉字数字：“4000”可写“四千”，不应写“4千”。",
    basis=numeral_standard("5.3"),
    authority=Authority.STANDARD,
    bad=Example("馆藏档案3千5百卷，开放率达到百分之40。"),
    good=Example("馆藏档案3500卷，数字化图像120万幅，库房长3千米，开放率达到40%。"),
)
def mixed_digit_form(report: Report, context: CheckContext) -> Iterator[Mark]:
    yield from marks(context.text(report), numeralstyle.mixed_digits, "只用一种数字")


@rule(
    "T526",
    Severity.WARNING,
    "汉字年份中的“〇”写错",
    why="数字用作编号时，“0”的汉字形式是“〇”：“二〇二五年”不写作“二零二五年”。",
    basis=numeral_standard("5.2.5"),
    authority=Authority.STANDARD,
    bad=Example("二零二五年完成清点。"),
    good=Example("二〇二五年完成清点。"),
)
def year_zero_form(report: Report, context: CheckContext) -> Iterator[Mark]:
    yield from marks(context.text(report), numeralstyle.year_zeros)


@rule(
    "T527",
    Severity.WARNING,
    "日期编了虚位",
    why="公文日期的月、日不编虚位：1月不写作01月。",
    basis="GB/T 9704—2012 7.3.5.4（成文日期），正文日期随之",
    authority=Authority.STANDARD,
    bad=Example("2025年09月07日完成清点。"),
    good=Example("2025年9月7日完成清点。"),
)
def padded_date_form(report: Report, context: CheckContext) -> Iterator[Mark]:
    yield from marks(context.text(report), numeralstyle.padded_dates)


@rule(
    "T528",
    Severity.WARNING,
    "日期写法不规范",
    why="四位数字的年份不应简写为两位；年月日用“年”“月”“日”写出。",
    basis=numeral_standard("5.1.4"),
    authority=Authority.STANDARD,
    bad=Example("25年3月启动，2025.6.30完成。"),
    good=Example("2025年3月启动，2025年6月30日完成，库房已使用25年。"),
)
def loose_date_form(report: Report, context: CheckContext) -> Iterator[Mark]:
    yield from marks(context.text(report), numeralstyle.loose_dates, "写全年、月、日")


@rule(
    "T529",
    Severity.WARNING,
    "小数缺少小数点前的“0”",
    why="纯小数必须写出小数点前定位的“0”。",
    basis=numeral_standard("5.1.2"),
    authority=Authority.STANDARD,
    bad=Example("差错率为.46%。"),
    good=Example("差错率为0.46%。"),
)
def bare_decimal_form(report: Report, context: CheckContext) -> Iterator[Mark]:
    yield from marks(context.text(report), numeralstyle.bare_decimals)


@rule(
    "T530",
    Severity.WARNING,
    "用了全角数字或字母",
    why="横排文字中的阿拉伯数字占半个汉字位置，应当用半角形式，外文字母同此。",
    basis=numeral_standard("5.1.7.1"),
    authority=Authority.STANDARD,
    bad=Example("２０２５年评定为３Ａ级。"),
    good=Example("2025年评定为3A级。"),
)
def wide_character_form(report: Report, context: CheckContext) -> Iterator[Mark]:
    yield from marks(context.text(report), numeralstyle.wide_characters)
