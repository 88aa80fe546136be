"""The names that parts, items and sentences go by in talk: add a name here and it is understood everywhere."""

from __future__ import annotations

from nigao.report.kinds import Content, Kind
from nigao.report.model import Report
from nigao.report.places import OPENING, TITLE, Place

# What the parts of that content are called. Names of four characters and more stand alone, shorter ones need 部分, 里
# or 第N条 behind them.
PART_NAMES: dict[Content, tuple[str, ...]] = {
    Content.FACTS: ("基本情况", "基本概况", "单位概况", "单位情况", "概况", "情况介绍"),
    Content.DOINGS: (
        "主要特征",
        "主要特点",
        "主要成效",
        "主要做法",
        "工作成效",
        "特征",
        "特点",
        "成效",
        "做法",
        "亮点",
        "成绩",
    ),
    Content.LACKS: (
        "存在的问题",
        "存在问题",
        "主要问题",
        "存在的不足",
        "存在不足",
        "问题和不足",
        "问题",
        "不足",
        "短板",
    ),
    Content.REMEDIES: (
        *(
            "整改方向",
            "整改措施",
            "整改打算",
            "整改举措",
            "下一步打算",
            "下一步工作",
            "下一步措施",
            "下步打算",
            "改进措施",
        ),
        *("整改", "措施", "打算", "下一步", "下步", "举措", "对策"),
    ),
}
# What one item of such a part is called.
ITEM_NAMES: dict[Content, tuple[str, ...]] = {
    Content.FACTS: (),
    Content.DOINGS: ("特征", "特点", "成效", "做法", "亮点"),
    Content.LACKS: ("存在的问题", "存在问题", "问题", "不足", "短板"),
    Content.REMEDIES: ("整改措施", "整改方向", "改进措施", "整改", "措施", "举措", "打算", "对策"),
}
ALONE_FROM = 4
ITEM_UNITS = ("要点", "自然段", "段话", "小节", "小点", "小条", "小段", "方面", "条", "点", "项", "段", "个", "款")
SENTENCE_UNITS = ("句子", "句话", "句")
PART_UNITS = ("大部分", "大板块", "板块", "部分", "大块", "大点", "章节", "章", "块")
# Places that every report has, by name.
FIXED: dict[str, Place] = {
    **dict.fromkeys(
        (
            "整个报告",
            "整份报告",
            "整篇报告",
            "报告全文",
            "全部报告",
            "整个稿子",
            "整篇稿子",
            "全文",
            "整篇",
            "通篇",
            "全篇",
            "全稿",
        ),
        Place(),
    ),
    **dict.fromkeys(("报告标题", "报告的标题", "报告题目", "大标题", "总标题", "标题", "题目"), Place(part=TITLE)),
    **dict.fromkeys(
        ("报告开头", "报告的开头", "开头部分", "开头语", "开头段", "开头", "引言", "导语", "开篇"), Place(part=OPENING)
    ),
}


def part_names(kind: Kind, report: Report | None) -> dict[str, tuple[str, ...]]:
    """Each name that a part goes by, and the keys of the parts that go by it."""
    found: dict[str, list[str]] = {}
    for spec in kind.parts:
        for name in (spec.heading, *PART_NAMES[spec.content]):
            found.setdefault(name, []).append(spec.key)
    for part in report.parts if report is not None else []:
        name = part.heading.text.rstrip("。：:")
        if len(name) > 1:
            found.setdefault(name, []).append(part.key)
    return {name.lower(): tuple(dict.fromkeys(keys)) for name, keys in found.items()}


def item_names(kind: Kind) -> dict[str, tuple[str, ...]]:
    """Each name that an item goes by, and the keys of the parts whose items do."""
    found: dict[str, list[str]] = {}
    for spec in kind.parts:
        for name in ITEM_NAMES[spec.content]:
            found.setdefault(name, []).append(spec.key)
    return {name: tuple(keys) for name, keys in found.items()}


def keys_of(content: Content, kind: Kind) -> tuple[str, ...]:
    """Keys of the kind's parts of that content."""
    return tuple(spec.key for spec in kind.parts if spec.content is content)
