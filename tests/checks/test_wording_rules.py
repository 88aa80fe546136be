"""G216–G219 and G222: a reworded sentence names, approves, denies and tells of nothing but what its evidence does."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from checking import BRIEF, KIND, MemoryEvidence, cites, findings, material, report_with

from nigao import Assistant, Brief
from nigao.checks.finding import Finding, Severity
from nigao.report.model import Citation, Origin, Part, Report, Sentence
from nigao.text.clauses import clauses
from nigao.text.sentences import split_sentences

sys.path.append(str(Path(__file__).resolve().parents[1] / "text"))
from rewordings import FAITHFUL

WORDING = ("G216", "G217", "G218", "G219", "G222")


def found(text: str, passage: str, *select: str, title: str = "工作总结") -> list[Finding]:
    evidence = MemoryEvidence([(material("a", title, issuer="云汀市档案服务中心"), passage)])
    sentence = Sentence(text=text, origin=Origin.SOURCE, citations=[cites("a", title)])
    return findings(report_with(sentence), *(select or WORDING), evidence=evidence)


def errors(text: str, passage: str, *select: str) -> list[str]:
    return [f.code for f in found(text, passage, *select) if f.severity is Severity.ERROR]


# All of them


@pytest.mark.parametrize(("passage", "text"), FAITHFUL)
def test_a_faithful_rewording_has_no_error(passage: str, text: str) -> None:
    assert found(text, passage) == []
    assert errors(text, passage, "G213") == []


def _report_of(pairs: list[tuple[str, Citation]]) -> Report:
    heading = Sentence(text="政治生态主要特征", origin=Origin.CONNECTIVE)
    lead = [Sentence(text=text, origin=Origin.SOURCE, citations=[citation]) for text, citation in pairs]
    return Report(kind=KIND.key, parts=[Part(key="features", ordinal="二、", heading=heading, lead=lead)])


def _sample_sentences(assistant: Assistant) -> list[tuple[str, Citation]]:
    pairs = []
    for document in assistant.store.documents.all():
        for passage in assistant.store.documents.passages([document.id]):
            citation = Citation(passage_id=passage.id, document_id=document.id, title=document.title)
            pairs.extend((span.text, citation) for span in split_sentences(passage.text))
    return pairs


def test_no_sentence_of_the_sample_is_blamed_beside_its_own_passage(sample_assistant: Assistant) -> None:
    pairs = _sample_sentences(sample_assistant)
    assert len(pairs) > 400
    brief = Brief.load(sample_assistant.settings.root / "brief.yaml")
    report = _report_of(pairs)
    assert sample_assistant.check(report, brief=brief, select=[*WORDING, "G212", "G213"]) == []


def test_no_clause_of_the_sample_is_blamed_beside_its_own_passage(sample_assistant: Assistant) -> None:
    """A clause cut out of its sentence is still its source's; only its state may have been cut off (G213)."""
    pairs = [(clause.text, c) for text, c in _sample_sentences(sample_assistant) for clause in clauses(text)]
    brief = Brief.load(sample_assistant.settings.root / "brief.yaml")
    report = _report_of(pairs)
    assert sample_assistant.check(report, brief=brief, select=WORDING) == []
    cut = sample_assistant.check(report, brief=brief, select=["G213"])
    assert {f.severity for f in cut} <= {Severity.WARNING}


def test_the_offline_draft_has_none_of_these_findings(sample_assistant: Assistant) -> None:
    draft = sample_assistant.draft(Brief.load(sample_assistant.settings.root / "brief.yaml"))
    assert [f for f in draft.findings if f.code in (*WORDING, "G212", "G213")] == []


# G216

PASSAGE = "东风镇便民服务站由市财政局、大厅管理科和宋雅宁同志负责，全年培训3次。我中心党组听取汇报。"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("由市水务局负责，全年培训3次。", "市水务局"),
        ("由县财政局负责，全年培训3次。", "县财政局"),
        ("红旗镇便民服务站全年培训3次。", "红旗镇"),
        ("便民服务站由人事科负责。", "人事科"),
        ("便民服务站由王建国同志负责。", "王建国"),
        ("便民服务站由周文清局长负责。", "周文清"),
        ("经县委同意，便民服务站全年培训3次。", "县委"),
        ("便民服务站会同市人民医院培训3次。", "市人民医院"),
        ("阳光社区培训3次。", "阳光社区"),
    ],
)
def test_a_name_that_the_evidence_lacks(text: str, named: str) -> None:
    assert [f.text for f in found(text, PASSAGE, "G216")] == [named]


@pytest.mark.parametrize(
    "text",
    [
        "大厅管理科牵头，全年培训3次。",
        "各科室、有关部门和上级单位参加培训。",
        "市财政局会同大厅管理科开展培训。",
        "市档案中心党组听取汇报。",
        "云汀市档案服务中心听取汇报。",
        "按照市委第二巡察组要求，全年培训3次。",
        "便民服务站全年培训3次，宋雅宁负责。",
        "深入社区、走进学校，加强党支部建设。",
    ],
)
def test_names_that_stand_in_evidence_or_brief_and_words_that_name_nobody(text: str) -> None:
    assert found(text, PASSAGE, "G216") == []


def test_facts_and_connectives_name_nobody_that_the_brief_does_not() -> None:
    fact = Sentence(text="编制12名，由市财政局核定。", origin=Origin.FACT, facts=["编制数"])
    frame = Sentence(text="根据市委第二巡察组要求，市档案中心报告如下。", origin=Origin.CONNECTIVE)
    assert [f.text for f in findings(report_with(fact, frame), "G216")] == ["市财政局"]
    assert findings(report_with(fact, frame), "G216", brief=None) == []
    assert BRIEF.asked_by == "市委第二巡察组"


# G217


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("整改方案经党组会议审议通过。", "党组制定整改方案，明确完成时限。"),
        ("经市政府批准，增设窗口3个。", "增设窗口3个。"),
        ("增设窗口事项经市政府批准。", "增设窗口事项报市政府审批。"),
        ("方案已获市委批准。", "方案拟报市委批准。"),
        ("方案已经党组会议批准。", "方案应经党组会议批准。"),
        ("经市政府批准，增设窗口3个。", "经党组会议批准，增设窗口3个。"),
        ("表彰6名干部。", "对6名干部给予通报表扬。"),
        ("中心荣获全市先进集体称号。", "中心开展志愿服务9次。"),
        ("志愿服务受到群众一致好评。", "中心开展志愿服务9次。"),
        ("印发学习办法。", "制定学习办法。"),
        ("情况报党组备案。", "情况向党组汇报。"),
        ("其经验做法在全市推广。", "形成经验做法3条。"),
        ("经批准可以借阅档案。", "未经批准不得借阅档案。"),
    ],
)
def test_an_approval_or_honour_that_nobody_recorded(text: str, passage: str) -> None:
    assert set(errors(text, passage, "G217")) == {"G217"}


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("由党组会议集体研究决定增设窗口。", "增设窗口经党组会议集体讨论决定。"),
        ("经中心党组会议研究同意，增设窗口2个。", "经党组会议研究，同意增设窗口2个。"),
        ("方案经党组会议审议通过后印发。", "方案报党组会议审议通过后印发。"),
        ("获评市级文明单位。", "被评为市级文明单位。"),
        ("对6名干部予以通报表扬。", "6名干部受到通报表扬。"),
        ("修订办法后提请党组会议审议。", "办法修订后报党组会议审议。"),
        ("经核查，台账齐全。", "核查台账齐全。"),
    ],
)
def test_a_recorded_approval_may_be_put_otherwise(text: str, passage: str) -> None:
    assert found(text, passage, "G217") == []


# G218


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("抽查中发现违规问题。", "抽查中未发现违规问题。"),
        ("发现违规问题。", "抽查中未发现违规问题。"),
        ("45项任务年内未办结。", "45项任务年内全部办结。"),
        ("4项部门数据完全共享。", "4项部门数据没有完全共享。"),
        ("业务较熟，告知及时。", "业务不熟，告知及时。"),
        ("发言准备充分。", "发言准备不充分。"),
        ("窗口引导及时。", "窗口引导不够及时。"),
        ("单次会期超过60分钟。", "单次会期不超过60分钟。"),
        ("发生超标准接待情况。", "没有超标准接待情况。"),
        ("基层单位层层陪会。", "基层单位不再层层陪会。"),
    ],
)
def test_a_denial_turned_round(text: str, passage: str) -> None:
    assert errors(text, passage, "G218") == ["G218"]


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("提高服务水平，不仅如此。", "不断提高服务水平。"),
        ("每半年至少检查1次。", "每半年检查不少于1次。"),
        ("推进无障碍设施建设，面向未来。", "推进障碍设施改造。"),
        ("办理不动产登记3件。", "办理动产登记3件。"),
        ("不再层层陪会，材料重复提交问题得到解决。", "取消层层陪会，避免材料重复提交。"),
        ("研究问题不够。", "研究问题偏少。"),
        ("没有发现违规问题。", "未发现违规问题。"),
        # Another clause says so.
        ("发现问题31个。", "节前抽查未发现问题，年中抽查发现问题31个。"),
    ],
)
def test_what_only_looks_like_a_denial(text: str, passage: str) -> None:
    assert found(text, passage, "G218") == []


# G219


@pytest.mark.parametrize(
    "text",
    [
        "馆藏结构得到优化，数字化加工进度走在前列。",
        "深入推进矛盾纠纷排查化解，平安创建扎实有效。",
        "全年开展廉政谈话37人次，矛盾纠纷排查化解平稳有序。",
    ],
)
def test_fluent_words_about_something_else(text: str) -> None:
    assert errors(text, "落实谈话提醒制度，全年开展廉政谈话37人次，逐级签订责任书。", "G219") == ["G219"]


def test_sentences_beside_a_passage_of_another_document_are_nearly_all_found(sample_assistant: Assistant) -> None:
    pairs = [(text, c) for text, c in _sample_sentences(sample_assistant) if len(text) >= 16]
    # Half-way round the corpus: always another document, the same ones at each run.
    far = len(pairs) // 2
    wrong = [(text, pairs[(i + far) % len(pairs)][1]) for i, (text, _) in enumerate(pairs)]
    caught = {f.text for f in sample_assistant.check(_report_of(wrong), select=["G219"])}
    assert len(caught) >= 0.9 * len({text for text, _ in wrong})


def test_too_little_to_judge_by_is_left_alone() -> None:
    assert found("持续深化。", "全年开展廉政谈话37人次。", "G219") == []


# G222


@pytest.mark.parametrize(
    ("text", "passage", "severity"),
    [
        ("科室检查党组台账。", "党组检查科室台账。", [Severity.WARNING]),
        ("窗口单位督促大厅管理科整改。", "大厅管理科督促窗口单位整改。", [Severity.WARNING]),
        ("科室台账由党组检查。", "党组检查科室台账。", []),
        ("党组检查科室各项台账。", "党组检查科室台账。", []),
        ("召开党员大会13次、支委会5次。", "召开党员大会5次、支委会13次。", [Severity.ERROR, Severity.ERROR]),
        ("召开支委会13次、党员大会5次。", "召开党员大会5次、支委会13次。", []),
        ("召开支委会13次，党员大会共5次。", "召开党员大会5次、支委会13次。", []),
    ],
)
def test_roles_and_figures_that_changed_places(text: str, passage: str, severity: list[Severity]) -> None:
    assert [f.severity for f in found(text, passage, "G222")] == severity
