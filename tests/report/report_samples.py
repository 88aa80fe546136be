"""Texts and reports for the report tests: a whole report as text, and strategies for texts and for drafted reports."""

from __future__ import annotations

from hypothesis import strategies as st

from nigao.report.kinds import load_kind
from nigao.report.model import Item, Origin, Part, Report, Sentence
from nigao.text.ordinals import OrdinalForm, format_ordinal

KIND = load_kind("political-ecology")

WHOLE = """云汀市档案服务中心关于
2025年政治生态情况的报告

市委第二巡察组：
    按照巡察工作安排，现将本中心2025年政治生态情况报告如下。
一、基本情况
    本中心为市委直属事业单位，核定编制12名。内设3个科室。
二、政治生态主要特征
    一年来，中心围绕政治建设等方面开展工作。
（一）突出政治引领，聚焦“学用结合”思想建设走深走实。理论学习抓在经常。中心全年组织集中学习12次，班子成员逐人作交流发言。决策部署落实有力。对照年度重点任务逐项建立台账，按季度通报进度。
（二）夯实组织根基，聚焦“规范有序”组织建设提质增效
    1.组织生活严格规范。党支部按月召开党员大会。
    2.议事决策民主规范。重大事项均由班子集体研究。
三、存在的问题
    中心工作取得一定成效，但仍有以下不足：一是学习转化还不够。结合业务研讨偏少；二是作风建设有差距。窗口服务评价偏低。
四、整改方向
    一是坚持学用结合，推动学习走深走实。围绕业务难题开展研讨。
    二是改进工作作风，提升窗口服务效能。建立评价回访机制。

云汀市档案服务中心
2025年12月26日
"""

_FRAGMENTS = st.sampled_from(
    [
        *(
            "一、",
            "二、",
            "十一、",
            "（一）",
            "(二)",
            "1.",
            "２．",
            "（3）",
            "①",
            "一是",
            "二是",
            "，三是",
            "第一，",
            "第一部分",
            "第二条",
        ),
        *("基本情况", "主要特征", "存在的问题", "整改方向", "原因分析", "总体情况", "下一步打算", "市委办", "领导："),
        *("。", "，", "；", "：", "！", "？", "、", "“", "”", "《", "》", "（", "）", "【", "】", "……", "."),
        *("\n", "\n\n", "\r\n", "\r", "\u2028", "\x1c", "\x85", " ", "\u3000", "\u200b", "\t"),
        *(
            "2025年",
            "12月",
            "2025年1月1日",
            "二〇二五年三月",
            "XX年X月",
            "12次",
            "30%",
            "XXX",
            "【待补：日期】",
            "学习不够",
            "a",
        ),
    ]
)
"""Pieces that the parser treats specially, in any order."""

ANY_TEXT = st.lists(st.one_of(_FRAGMENTS, st.characters()), max_size=40).map("".join)

# None of these characters makes an ordinal, a number, a blank or the words of a part heading.
_WORDS = "党建责任落实机关干部学习纪律监督群众服务提升加强推动完善制度"


def _phrase(least: int, most: int) -> st.SearchStrategy[str]:
    return st.text(alphabet=_WORDS, min_size=least, max_size=most)


def said(text: str) -> Sentence:
    return Sentence(text=text, origin=Origin.CONNECTIVE)


_TOPIC = _phrase(8, 18).map(lambda words: said(f"{words}。"))
_SUPPORT = st.lists(_phrase(24, 50).map(lambda words: said(f"{words[:12]}，{words[12:]}。")), min_size=1, max_size=3)
_POINT = st.builds(Item, heading=_TOPIC, sentences=_SUPPORT)
_HEADING = st.tuples(_phrase(4, 8), _phrase(2, 6), _phrase(4, 10), st.sampled_from(["。", ""])).map(
    lambda part: said(f"{part[0]}，聚焦“{part[1]}”{part[2]}{part[3]}")
)


def _numbered(items: list[Item], form: OrdinalForm) -> list[Item]:
    return [item.model_copy(update={"ordinal": format_ordinal(form, i)}) for i, item in enumerate(items, start=1)]


_SUBSECTIONS = st.lists(
    st.builds(Item, heading=_HEADING, items=st.lists(_POINT, min_size=1, max_size=3)), min_size=1, max_size=4
).map(lambda items: _numbered(items, OrdinalForm.SECTION))
_ENUMERATED = st.lists(st.builds(Item, heading=_TOPIC, sentences=_SUPPORT), min_size=1, max_size=12).map(
    lambda items: _numbered(items, OrdinalForm.ENUMERATION)
)
_LINES = st.sampled_from([OrdinalForm.SECTION, OrdinalForm.ARABIC])
_LISTED = st.tuples(st.lists(_POINT, min_size=1, max_size=6), _LINES).map(lambda pair: _numbered(*pair))


@st.composite
def drafted_reports(draw: st.DrawFn) -> Report:
    """A report as the drafter makes it (no gaps): the kind's parts in order, each with text."""
    items = {"features": _SUBSECTIONS, "problems": st.one_of(_ENUMERATED, _LISTED), "measures": _ENUMERATED}
    parts = [
        Part(
            key=spec.key,
            ordinal=format_ordinal(OrdinalForm.CHAPTER, number),
            heading=said(spec.heading),
            lead=draw(_SUPPORT),
            items=draw(items[spec.key]) if spec.key in items else [],
        )
        for number, spec in enumerate(KIND.parts, start=1)
    ]
    dated = draw(st.booleans())
    return Report(
        kind=KIND.key,
        title=said(f"关于{draw(_phrase(4, 12))}的报告"),
        recipient=draw(st.none() | _phrase(4, 8).map(lambda words: said(f"{words}："))),
        opening=[said(f"现将{draw(_phrase(4, 10))}情况报告如下。")],
        parts=parts,
        signature=draw(st.none() | _phrase(4, 10).map(said)) if dated else None,
        date=said("2025年12月26日") if dated else None,
    )


Skeleton = tuple[object, ...]


def _item(item: Item) -> Skeleton:
    heading = item.heading.text if item.heading else ""
    return item.ordinal, heading, [s.text for s in item.sentences], [_item(child) for child in item.items]


def skeleton(report: Report) -> Skeleton:
    """All that a report says and how it is nested, without gaps, offsets and origins."""
    front = [s.text if s else None for s in (report.title, report.recipient, report.signature, report.date)]
    parts = [
        (part.key, part.ordinal, part.heading.text, [s.text for s in part.lead], [_item(item) for item in part.items])
        for part in report.parts
    ]
    return front, [s.text for s in report.opening], parts
