"""Punctuation by form alone: what is a slip, what a careful editor writes instead, and what is left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from nigao.text import listing, ordinalmarks, pairs, punctuation, spacing
from nigao.text.faults import Fault, apply_fixes

Finder = Callable[[str], Iterator[Fault]]


def mended(find: Finder, text: str) -> str:
    return apply_fixes(text, list(find(text)), safe_only=False)


@pytest.mark.parametrize(
    ("find", "wrong", "right"),
    [
        (punctuation.half_width, "清点完成,移交三批.", "清点完成，移交三批。"),
        (punctuation.half_width, "开放率为5%,其中(含电子)一批", "开放率为5%，其中（含电子）一批"),
        (punctuation.half_width, "教育（高中、技工)", "教育（高中、技工）"),
        (punctuation.half_width, "附件2:\n名单", "附件2：\n名单"),
        (punctuation.straight_quotes, '落实"首问负责"制', "落实“首问负责”制"),
        (punctuation.straight_quotes, '云汀"12·30"专班', "云汀“12·30”专班"),
        (punctuation.ellipses, "照片...", "照片……"),
        (punctuation.ellipses, "照片。。。", "照片……"),
        (punctuation.ellipses, "照片…", "照片……"),
        (punctuation.dashes, "第一个--云汀", "第一个——云汀"),
        (punctuation.doubled, "完成，，移交。。", "完成，移交。"),
        (listing.between_closed, "“甲乙”、“丙丁”、“戊己”", "“甲乙”“丙丁”“戊己”"),
        (listing.between_closed, "《甲法》、《乙法》《丙法》", "《甲法》《乙法》《丙法》"),
        (listing.before_and, "接收、整理、和利用工作", "接收、整理和利用工作"),
        (listing.before_etc, "文书、会计、等。", "文书、会计等。"),
        (pairs.nested, "《印发《办法》的通知》", "《印发〈办法〉的通知》"),
        (pairs.nested, "提出“让“死档”变活”", "提出“让‘死档’变活”"),
        (pairs.unpaired, "落实“首问负责“制度", "落实“首问负责”制度"),
        (pairs.unpaired, "做到”有登记”", "做到“有登记”"),
        (spacing.spaces, "完成清点， 移交三批档 案。", "完成清点，移交三批档案。"),
        (spacing.spaces, "聚焦“一窗受理”机　关作风，推进文　化建设。", "聚焦“一窗受理”机关作风，推进文化建设。"),
        (spacing.spaces, "文　化强市，加快发展。", "文化强市，加快发展。"),
        (spacing.spaces, "加强管理，为　促进发展。", "加强管理，为促进发展。"),
        (spacing.spaces, "来函收悉， 现答复如下：", "来函收悉，现答复如下："),
        (spacing.figure_spaces, "截至 2025 年底，完成。", "截至2025年底，完成。"),
        (ordinalmarks.ordinal_marks, "（一）、健全制度", "（一）健全制度"),
        (ordinalmarks.ordinal_marks, "1、健全制度", "1.健全制度"),
        (ordinalmarks.ordinal_marks, "第一、健全制度", "第一，健全制度"),
        (ordinalmarks.ordinal_marks, "一.健全制度", "一、健全制度"),
    ],
)
def test_a_slip_is_found_and_mended(find: Finder, wrong: str, right: str) -> None:
    assert list(find(wrong))
    assert mended(find, wrong) == right
    assert not list(find(right))


@pytest.mark.parametrize(
    ("find", "text"),
    [
        (punctuation.half_width, "比例1:5，8:30开放，共1,234卷，见GB/T 1234(E)和f(x)。"),
        (punctuation.half_width, "登录www.example.cn/a,b查询，邮箱a.b@example.cn。"),
        (punctuation.half_width, "一.基本情况"),
        (punctuation.straight_quotes, "身高5'10\"，it's fine"),
        (punctuation.ellipses, "他说：“要是找不到……”"),
        (punctuation.dashes, "电话0999-1234567，第一个——云汀"),
        (punctuation.doubled, "怎么办？！“查阅。”管理"),
        (punctuation.misplaced, "（一）甲；\n“乙”。"),
        (listing.between_closed, "“甲”（2020年）、“乙”，《甲法》和《乙法》"),
        (listing.before_and, "团结、奋进、和谐，限时办结、及时反馈，脱钩、与责任挂钩"),
        (listing.before_etc, "分级授权、等级评定、等待时间"),
        (pairs.unpaired, "1）登记，（二）核验；2）归档’98"),
        (pairs.unpaired, "关于印发《云汀市\n档案查阅办法》的通知"),
        (pairs.unpaired, "“第一段引文。\n“第二段引文。”"),
        (pairs.nested, "“让‘死档’变活”，it‘s"),
        (spacing.spaces, "高　峰、李　明参加，张　伟缺席。\n会议由高　峰主持，王　明，列席。"),
        (spacing.spaces, "国 务 院 规 则\n张三　　局长\n第三条　查阅应当登记。由张　三、李　四核验。"),
        (spacing.spaces, "按照《中共中央 国务院关于振兴的意见》，中共中央 国务院印发意见，推进工作。"),
        (spacing.figure_spaces, "5.1.2 省级政府，应当执行。"),
        (ordinalmarks.ordinal_marks, "质量第一、效益优先\n第一、第二产业\n第三、四季度\n3、4月份\n1、2号楼"),
        (ordinalmarks.ordinal_marks, "问题之一是，人手不足"),
    ],
)
def test_what_is_right_is_left_alone(find: Finder, text: str) -> None:
    assert list(find(text)) == []


def test_a_lost_half_is_told_where_its_partner_stands() -> None:
    text = "印发《查阅办法，落实“首问负责”。\n（附件一）移交）"
    assert [(fault.start, text[fault.start]) for fault in pairs.unpaired(text)] == [(2, "《"), (len(text) - 1, "）")]


def test_the_first_line_may_be_the_rest_of_a_text_cut_off() -> None:
    assert list(punctuation.misplaced("”，他说。")) == []
    assert [fault.start for fault in punctuation.misplaced("甲。\n”，他说。")] == [3]


def test_a_space_between_two_names_is_no_safe_fix() -> None:
    (fault,) = spacing.spaces("出席的有周建国 林晓峰，列席的有三人。")
    assert not fault.safe
