"""Reports to write: a short one that uses every feature, and one of the length of a real report."""

from __future__ import annotations

import datetime as dt

from nigao.report.model import Annex, Citation, Item, Origin, Part, Report, Sentence, Table

_RULES = Citation(
    passage_id="p-1",
    document_id="d-1",
    title="云岭市政务服务局工作规则",
    locator="第三章第十二条",
    quote="重大事项由局党组会议集体讨论决定。",
)
_SUMMARY = Citation(passage_id="p-2", document_id="d-2", title="《2025年工作总结》", locator="二（一）第2段")


def said(text: str, *citations: Citation) -> Sentence:
    """A sentence with its evidence, or a connective without any."""
    return Sentence(text=text, origin=Origin.SOURCE if citations else Origin.CONNECTIVE, citations=list(citations))


def fact(text: str, *names: str) -> Sentence:
    return Sentence(text=text, origin=Origin.FACT, facts=list(names))


def point(topic: str, *texts: str, ordinal: str = "") -> Item:
    return Item(ordinal=ordinal, heading=said(topic, _RULES), sentences=[said(text, _SUMMARY) for text in texts])


def short_report() -> Report:
    """One page: title of two lines, recipient, both kinds of evidence, a placeholder, every layout, 署名 and date."""
    return Report(
        kind="political-ecology",
        title=said("云岭市政务服务局关于2025年度政治生态建设情况的报告"),
        recipient=said("市委第二巡察组"),
        opening=[said("按照市委第二巡察组工作要求，现将我局2025年度政治生态建设情况报告如下。")],
        parts=[
            Part(
                key="basics",
                ordinal="一、",
                heading=said("基本情况"),
                lead=[
                    fact("市政务服务局为市政府工作部门，内设科室6个，现有在职干部42人。", "内设科室", "在职人数"),
                    said("党组织设置情况：【待补：党支部和党员数】。"),
                ],
            ),
            Part(
                key="features",
                ordinal="二、",
                heading=said("政治生态主要特征"),
                lead=[said("局党组坚持以党的政治建设为统领，从严管理队伍，带动全局风气向好。", _RULES, _SUMMARY)],
                items=[
                    Item(
                        ordinal="（一）",
                        heading=said("坚持政治引领，聚焦“学用结合”理论武装走深走实", _SUMMARY),
                        items=[point("坚持集体学习。", "局党组全年开展集中学习12次，班子成员逐人作交流发言。")],
                    ),
                    Item(
                        ordinal="（二）",
                        heading=said("坚持从严管理，聚焦“关键少数”责任落实有力有效"),
                        sentences=[said("责任清单按季度对账销号。", _RULES)],
                        items=[
                            Item(
                                ordinal="1.",
                                heading=said("决策程序规范"),
                                items=[Item(ordinal="（1）", heading=said("重大事项集体研究"))],
                            )
                        ],
                    ),
                ],
            ),
            Part(
                key="problems",
                ordinal="三、",
                heading=said("存在的问题"),
                lead=[said("对照上级要求，工作中仍有一些不足：")],
                items=[point("学习转化还不够。", "运用所学推动窗口提速的办法还不多。", ordinal="一是")],
            ),
            Part(
                key="measures",
                ordinal="四、",
                heading=said("整改方向"),
                lead=[said("下一步，将逐项整改、逐项见效。")],
                items=[point("坚持以学促干。", "建立学习成果转化台账，由机关党委每季度通报。", ordinal="一是")],
            ),
        ],
        signature=said("云岭市政务服务局"),
        date=said("2026年01月08日"),
        unit="云岭市政务服务局",
        as_of=dt.date(2026, 1, 8),
    )


_TOPICS = ("坚持党组定期研究。", "压实分管领导责任。", "抓好窗口日常监督。", "用好群众评议结果。")
_SUPPORT = (
    "局党组把相关任务列入年度要点，年初统一部署，年中逐项督促，年末对照检查，做到事事有人管、件件有着落。",
    "各科室结合职责制定清单，明确完成时限、责任人和验收办法，办公室按月汇总进度，对推进迟缓的当面提醒。",
    "针对窗口人员流动快的特点，采取早会微课、岗位练兵和老带新等方式，把要求讲到一线、练在平时、用到事上。",
    "邀请企业代表和办事群众担任监督员，定期听取意见，能改的马上改，一时改不了的说明原因、排出日程。",
    "全年累计办结各类事项31.6万件，按时办结率99.2%，评价满意率连续3年保持在98%以上。",
)


def long_report() -> Report:
    """Over 4,000 characters in four parts with four subsections of four points."""
    headings = (
        "坚持政治统领，聚焦“绝对忠诚”思想根基持续筑牢",
        "坚持党建引领，聚焦“双融双促”组织功能持续增强",
        "坚持监督从严，聚焦“抓早抓小”廉洁防线持续巩固",
        "坚持服务为本，聚焦“高效办成”工作作风持续好转",
    )
    base = short_report()
    features = [
        Item(
            ordinal=ordinal,
            heading=said(heading),
            sentences=[said("围绕这一方面，局党组主要做了以下工作。")],
            items=[point(topic, *_SUPPORT[shift:], *_SUPPORT[:shift]) for shift, topic in enumerate(_TOPICS)],
        )
        for ordinal, heading in zip(("（一）", "（二）", "（三）", "（四）"), headings, strict=True)
    ]
    numbered = [point(topic, *_SUPPORT[:2], ordinal=o) for o, topic in zip("一二三四", _TOPICS, strict=True)]
    enumerated = [item.model_copy(update={"ordinal": item.ordinal + "是"}) for item in numbered]
    parts = [
        base.parts[0],
        base.parts[1].model_copy(update={"items": features}),
        base.parts[2].model_copy(update={"items": enumerated}),
        base.parts[3].model_copy(update={"items": enumerated}),
    ]
    return base.model_copy(update={"parts": parts})


_STEP = "对照反馈意见逐条制定措施，明确责任科室、责任人和完成时限，按季度通报进展"


def ledger(count: int, *, wide: bool = False) -> Table:
    """So many rows below one head row; a wide one has nine columns, which no upright page holds."""
    head = ["序号", "问题", "整改措施", "责任科室", "完成时限"]
    rows = [
        [str(n), "运用所学推动窗口提速的办法不多", _STEP * (1 + n % 2), "审批协调科", f"2026年{n % 12 + 1}月底前"]
        for n in range(1, count + 1)
    ]
    if wide:
        head += ["责任领导", "进展情况", "佐证材料", "验收结论"]
        rows = [[*row, "周文清", "完成阶段任务，正按计划推进", "会议纪要、台账、通报各一份", "合格"] for row in rows]
    return Table(rows=[head, *rows])


def annexed_report() -> Report:
    """The short report with a long table, a text and a wide table behind it."""
    annexes = [
        Annex(title=said("云岭市政务服务局2025年度政治生态建设反馈问题整改台账"), table=ledger(30)),
        Annex(
            title=said("整改责任分工方案"),
            paragraphs=[
                said("一、总体要求"),
                said("坚持逐项销号、逐月对账，由局党组统一部署。"),
                said("（一）压实责任"),
            ],
        ),
        Annex(title=said("问题整改进展明细表"), table=ledger(6, wide=True)),
    ]
    return short_report().model_copy(update={"annexes": annexes})


def full_report() -> Report:
    """Over 12,000 characters in four parts, and two tables behind them."""
    base = long_report()
    features = base.parts[1]
    items = [item.model_copy(update={"items": item.items * 3}) for item in features.items]
    parts = [base.parts[0], features.model_copy(update={"items": items}), *base.parts[2:]]
    annexes = [
        Annex(title=said("2025年度巡察反馈问题整改工作责任台账"), table=ledger(24)),
        Annex(title=said("2025年度巡察反馈问题整改进展情况明细表"), table=ledger(8, wide=True)),
    ]
    return base.model_copy(update={"parts": parts, "annexes": annexes})
