"""A report of which no two sentences are alike, with evidence, facts and paired measures, to send out and back."""

from __future__ import annotations

import datetime as dt

from word_samples import fact, said

from nigao.report.model import Annex, Citation, Item, Part, Report, Sentence, Table


def _from(source: str, text: str) -> Sentence:
    return said(text, Citation(passage_id=f"p-{source}", document_id=f"d-{source}", title=f"《{source}》", quote=text))


def _item(ordinal: str, topic: str, *texts: str, addresses: tuple[int, ...] = ()) -> Item:
    sentences = [_from("工作台账", text) for text in texts]
    return Item(ordinal=ordinal, heading=_from("工作总结", topic), sentences=sentences, addresses=list(addresses))


def _section(ordinal: str, heading: str, *points: Item) -> Item:
    return Item(ordinal=ordinal, heading=said(heading), items=list(points))


def report_to_edit() -> Report:
    """About 900 characters in four parts, three sections of two points, four problems and measures."""
    features = [
        _section(
            "（一）",
            "强化思想引领，聚焦“学在先”理论武装入脑入心",
            _item("", "坚持集中学习。", "中心组全年集体学习11次，围绕章程开展专题研讨3次。", "研讨材料汇编成册。"),
            _item("", "抓好青年教育。", "青年学习小组每月交流一次，撰写体会42篇。"),
        ),
        _section(
            "（二）",
            "压紧责任链条，聚焦“一岗双责”廉政防线层层筑牢",
            _item("", "逐级签订责任书。", "主要负责人与7个科室负责人签订责任书，半年检查一次。"),
            _item("", "紧盯重点岗位。", "排查采购、审批岗位风险点19个，逐条制定防控措施。", "轮岗交流5人。"),
        ),
        _section(
            "（三）",
            "改进工作作风，聚焦“马上办”服务质效稳步提升",
            _item("", "减少会议文件。", "全年发文同比下降12%，合并会议8个。"),
            _item("", "畅通诉求渠道。", "受理来电来访316件，办结率99%。"),
        ),
    ]
    problems = [
        _item("一是", "理论学习不够深入。", "个别同志满足于读原文，联系实际思考不多。"),
        _item("二是", "制度执行不够严格。", "有2个科室请销假登记不完整。"),
        _item("三是", "干部历练不够充分。", "35岁以下干部中只有3人到基层锻炼过。"),
        _item("四是", "服务方式不够灵活。", "上门服务次数偏少，群众仍有反映。"),
    ]
    measures = [
        _item("一是", "加强学习转化。", "每季度组织一次案例研讨，由综合科汇总成果。", addresses=(1,)),
        _item("二是", "严格制度落实。", "人事科每月抽查请销假登记，结果通报。", addresses=(2,)),
        _item("三是", "加大培养力度。", "选派4名年轻干部到乡镇挂职。", addresses=(3,)),
        _item("四是", "创新服务方式。", "开设周六预约窗口，每月上门服务2次。", addresses=(2, 4)),
    ]
    lead = [fact("青澜市档案馆核定编制36名，现有干部33人。", "编制", "在职"), said("内设科室7个。")]
    return Report(
        kind="political-ecology",
        title=said("青澜市档案馆关于2025年度政治生态建设情况的报告"),
        recipient=said("市委第四巡察组："),
        opening=[said("根据市委第四巡察组要求，现将有关情况报告如下。")],
        parts=[
            Part(key="basics", ordinal="一、", heading=said("基本情况"), lead=lead),
            Part(
                key="features",
                ordinal="二、",
                heading=said("主要特征"),
                lead=[said("一年来，市档案馆着力做好以下工作。")],
                items=features,
            ),
            Part(
                key="problems",
                ordinal="三、",
                heading=said("存在的问题"),
                lead=[said("对照要求，还存在以下不足。")],
                items=problems,
            ),
            Part(
                key="measures",
                ordinal="四、",
                heading=said("整改方向"),
                lead=[said("针对上述问题，逐项整改。")],
                items=measures,
            ),
        ],
        signature=said("青澜市档案馆"),
        date=said("2026年1月20日"),
        unit="青澜市档案馆",
        as_of=dt.date(2026, 1, 20),
    )


def report_with_annex() -> Report:
    """The same with an annex of a paragraph and a table."""
    rows = [["序号", "问题", "牵头科室"], ["1", "理论学习不够深入", "综合科"], ["2", "制度执行不够严格", "人事科"]]
    annex = Annex(
        title=Sentence(text="整改任务分工表"), paragraphs=[Sentence(text="各科室按下表办理。")], table=Table(rows=rows)
    )
    return report_to_edit().model_copy(update={"annexes": [annex]})
