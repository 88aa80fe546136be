"""G on texts without citations: G223–G237, beyond each rule's own example."""

from __future__ import annotations

import pytest
from checking import BRIEF, KIND, MemoryEvidence, findings, material

from nigao.checks.finding import Finding, Severity
from nigao.corpus.model import Role, Status
from nigao.report.brief import Brief
from nigao.report.model import Report
from nigao.reportfile import parse_text

OWN = "云汀市档案服务中心"


def corpus(*documents: tuple[str, str]) -> MemoryEvidence:
    """Materials of the unit, by title."""
    return MemoryEvidence([(material(f"d{n}", title, issuer=OWN), text) for n, (title, text) in enumerate(documents)])


def typed(body: str, title: str = f"{OWN}关于2025年工作情况的报告") -> Report:
    return parse_text(f"{title}\n现将有关情况报告如下。\n一、基本情况\n{body}\n", KIND)


def found(body: str, *codes: str, evidence: MemoryEvidence | None = None, brief: Brief | None = BRIEF) -> list[Finding]:
    return findings(typed(body), *codes, evidence=evidence, brief=brief)


# Contradictions: G223, G224

SUMMARY = corpus(
    (
        "2025年工作总结",
        "上半年接待查档群众140人次，全年接待查档群众312人次。3月12日召开档案开放审核专题会议。计划新增阅览座位20个。",
    )
)


@pytest.mark.parametrize(
    "said",
    [
        "上半年接待查档群众140人次。",
        "下半年接待查档群众172人次。",
        "全年接待档案移交单位18家。",
        "新增阅览座位约25个。",
        "实际新增阅览座位22个。",
        "5月8日召开年度业务考核专题会议。",
    ],
)
def test_another_time_thing_or_aim_is_no_contradiction(said: str) -> None:
    assert found(said, "G209", "G223", "G224", evidence=SUMMARY) == []


def test_a_contradiction_names_the_document_and_what_it_says() -> None:
    (finding,) = found("4月12日召开档案开放审核专题会议。", "G220", "G224", evidence=SUMMARY)
    assert (finding.code, finding.text) == ("G224", "4月12日")
    assert "《2025年工作总结》" in finding.message
    assert "3月12日" in finding.message


def test_one_figure_is_reported_by_one_rule() -> None:
    assert [f.code for f in found("全年接待查档群众321人次。", "G2", evidence=SUMMARY)] == ["G209"]


def test_blanks_and_the_briefs_own_figures_are_left_alone() -> None:
    assert found("全年接待查档群众X人次，核定编制12名。", "G220", "G223", evidence=SUMMARY) == []


# Wording: G225–G227

WORDING = corpus(
    (
        "2025年工作总结",
        "计划年底前完成库房温湿度监控改造。查阅人可以凭身份证办理远程查档。部分库房达到恒温恒湿要求。"
        "库房安全专项抽查未发现重大隐患。查档平均等候时间同比下降12分钟。党组检查科室台账落实情况。"
        "接收文书档案520卷、声像档案36卷。",
    )
)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("年底前已完成库房温湿度监控改造。", "G225"),
        ("查阅人应当凭身份证办理远程查档。", "G225"),
        ("全部库房达到恒温恒湿要求。", "G225"),
        ("库房安全专项抽查发现重大隐患。", "G226"),
        ("查档平均等候时间同比增加12分钟。", "G227"),
        ("科室检查党组台账落实情况。", "G227"),
        ("接收文书档案36卷、声像档案520卷。", "G227"),
    ],
)
def test_a_turned_sentence_is_a_warning_with_the_sources_words(said: str, code: str) -> None:
    reported = found(said, "G225", "G226", "G227", evidence=WORDING)
    assert {f.code for f in reported} == {code}
    assert all(f.severity is Severity.WARNING and f.evidence for f in reported)


@pytest.mark.parametrize(
    "said",
    [
        "计划年底前完成库房温湿度监控改造。",
        "查档平均等候时间同比下降12分钟。",
        "已完成新馆选址论证。",
        "各科室应当按季度报送台账。",
        "接收文书档案520卷、声像档案36卷。",
    ],
)
def test_the_sources_own_words_and_other_things_are_silent(said: str) -> None:
    assert found(said, "G225", "G226", "G227", evidence=WORDING) == []


def test_a_later_document_that_tells_it_done_bears_it_out() -> None:
    evidence = corpus(
        ("2025年工作要点", "计划年底前完成库房温湿度监控改造。"),
        ("2025年工作总结", "年底前完成了库房温湿度监控改造。"),
    )
    assert found("年底前已完成库房温湿度监控改造。", "G225", evidence=evidence) == []


# Names: G228, G229

MINUTES = corpus(("会议纪要", "会议由程立新主任主持，市数字档案建设管理局和云汀市财政局派员参加，研究库房改造事项。"))


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("会议由程立新主任主持。", []),
        ("会议由程力新主任主持，研究库房改造事项。", ["G228"]),
        ("市财政局派员参加会议。", []),
        ("会议由鲁正平主任主持。", ["G229"]),
        ("会同岚溪县博物馆办展。", ["G229"]),
        ("各科室和有关部门派员参加。", []),
        (f"{OWN}组织座谈。", []),
    ],
)
def test_names_are_known_nearly_known_or_unknown(said: str, codes: list[str]) -> None:
    assert [f.code for f in found(said, "G228", "G229", evidence=MINUTES)] == codes


# Documents: G230, G231


def rules(**more: object) -> MemoryEvidence:
    old = material("old", "查档接待暂行规定", **more)
    new = material("new", "查档接待工作规定", role=Role.BASIS, number="云档〔2025〕13号")
    return MemoryEvidence([(old, "查档实行登记。"), (new, "查档实行首问负责。")])


def test_a_superseded_document_is_named_with_its_replacement() -> None:
    (finding,) = found("按照《查档接待暂行规定》办理。", "G230", evidence=rules(superseded_by="new"))
    assert "已被《查档接待工作规定》取代" in finding.message
    assert "《查档接待工作规定》" in finding.suggestion


@pytest.mark.parametrize("more", [{"status": Status.REVOKED}, {"valid_to": BRIEF.date}, {}])
def test_revoked_is_reported_and_in_force_is_not(more: dict[str, object]) -> None:
    reported = found("按照《查档接待暂行规定》办理。", "G230", evidence=rules(**more))
    assert bool(reported) == (more.get("status") is Status.REVOKED)


def test_who_says_that_it_is_repealed_is_right() -> None:
    evidence = rules(superseded_by="new")
    assert found("《查档接待暂行规定》同时废止。", "G230", evidence=evidence) == []


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("印发《查档接待工作规定》（云档〔2025〕31号）。", "云档〔2025〕13号"),
        ("按照云档〔2025〕31号文件办理。", "云档〔2025〕13号"),
        ("按照云档〔2025〕13号文件办理。", ""),
        ("按照云档〔2025〕18号文件办理。", ""),
        ("按照青档〔2024〕13号文件办理。", ""),
    ],
)
def test_document_numbers(said: str, meant: str) -> None:
    reported = found(said, "G231", evidence=rules())
    assert [meant in f.message for f in reported] == ([True] if meant else [])


# The brief's facts: G232


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("中心核定编制15名。", ["15名"]),
        ("中心编制共有15名。", ["15名"]),
        ("中心编制12名。", []),
        ("中心编制十二名。", []),
        ("上年编制10名。", []),
        ("编制外聘用人员15名。", []),
        ("编制X名。", []),
    ],
)
def test_typed_figures_are_held_against_the_facts(said: str, words: list[str]) -> None:
    assert [f.text for f in found(said, "G232")] == words


# Arithmetic: G233–G236


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("共梳理问题12项，其中已完成7项、正在推进3项、未启动1项。", "12项"),
        ("共有党员28名，其中正式党员25名、预备党员4名。", "28名"),
        ("全年受理三类事项：接收档案8批、移交档案3批、销毁档案1批。", ""),
        ("检查共4次，分别为一季度1次、二季度1次、三季度1次。", "4次"),
        ("共梳理问题12项，其中已完成7项、正在推进3项、未启动2项。", ""),
        ("共梳理问题12项，其中重点问题3项、一般问题4项。", ""),
        ("现有党员28名，其中女党员9名、35岁以下党员6名。", ""),
        ("共接待群众约300人次，其中查档120人次、咨询150人次。", ""),
    ],
)
def test_totals(said: str, wrong: str) -> None:
    assert [f.text for f in found(said, "G233")] == ([wrong] if wrong else [])


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("收到申请50件，办结47件，办结率98%。", "98%"),
        ("收到申请50件，办结47件，办结率94%。", ""),
        ("收到申请47件，办结46件，办结率97.9%。", ""),
        ("收到申请47件，办结46件，办结率97%。", ""),
        ("收到申请50件，办结47件，群众满意率98%。", ""),
        ("应参会30人，实到28人，参会率约93%。", ""),
    ],
)
def test_shares_that_follow_from_counts(said: str, wrong: str) -> None:
    assert [f.text for f in found(said, "G234")] == ([wrong] if wrong else [])


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("中心内设业务科室3个。\n中心内设业务科室4个。", ["4个"]),
        ("上半年召开业务例会6次。\n下半年召开业务例会7次。", []),
        ("预计召开业务例会12次。\n召开业务例会11次。", []),
        ("其他支部开展活动2次。\n其他支部开展活动3次。", []),
    ],
)
def test_two_figures_for_one_thing(said: str, wrong: list[str]) -> None:
    assert [f.text for f in found(said, "G235")] == wrong


def test_a_share_tells_what_it_is_of() -> None:
    assert [f.severity for f in found("各科室积极行动，30%，效果较好。", "G236")] == [Severity.INFO]
    for said in ("满意率96%。", "同比增长12%。", "占全体党员的40%。", "压缩会议三成以上。"):
        assert found(said, "G236") == []


# Another year's figures: G237

YEARS = corpus(
    ("2024年工作总结", "全年接待查档群众312人次，整理文书档案520卷。"),
    ("2025年工作总结", "全年接待查档群众298人次。"),
)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("全年接待查档群众312人次。", ["312人次"]),
        ("2024年接待查档群众312人次。", []),
        ("全年接待查档群众298人次，上年为312人次。", []),
        ("全年接待查档群众298人次。", []),
    ],
)
def test_last_years_figure_told_as_this_years(said: str, words: list[str]) -> None:
    reported = found(said, "G237", evidence=YEARS)
    assert [f.text for f in reported] == words
    assert all("2024年" in f.message for f in reported)


# Short sentences, names, units and lists: G223, G228, G238, G239


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("全年培训18次。", "G223"),
        ("2025年培训18次。", "G223"),
        ("上半年培训18次。", "G220"),
        ("业务培训18次。", "G220"),
    ],
)
def test_a_short_sentence_is_contradicted_by_what_counts_the_very_same(said: str, code: str) -> None:
    told = corpus(("2025年工作总结", "2025年，中心全年培训8次。"))
    assert {f.code for f in found(said, "G220", "G223", evidence=told) if f.text == "18次"} == {code}


DUTIES = corpus(("2025年工作总结", "综合科每月核查查档登记台账，把9项任务分解到5个小组。"))


def test_another_body_in_an_equal_sentence() -> None:
    said = "编研科每月核查查档登记台账，把9项任务分解到5个小组。"
    (finding,) = found(said, "G228", "G229", evidence=DUTIES)
    assert (finding.code, finding.text, finding.severity) == ("G228", "编研科", Severity.WARNING)
    assert "综合科" in finding.message


@pytest.mark.parametrize(
    ("written", "severity"), [("9件任务分解到5个小组", Severity.WARNING), ("9项任务分解到5家小组", Severity.INFO)]
)
def test_another_unit_in_an_equal_sentence(written: str, severity: Severity) -> None:
    (finding,) = found(f"综合科每月核查查档登记台账，把{written}。", "G220", "G223", evidence=DUTIES)
    assert (finding.code, finding.severity) == ("G223", severity)


def test_a_text_without_headings_is_read_as_a_body() -> None:
    report = parse_text("库房抽查由鲁正平主任带队，全年接待查档群众318人次。", KIND)
    seen = {(f.code, f.text) for f in findings(report, "G209", "G229", evidence=SUMMARY, brief=None)}
    assert seen == {("G209", "318人次"), ("G229", "鲁正平")}


def test_a_share_of_a_fact_is_not_the_fact() -> None:
    brief = Brief.model_validate({"unit": OWN, "facts": [{"name": "党员人数", "value": "87", "unit": "名"}]})
    assert found("中心有党员87名，其中机关党员41名、下属单位党员46名。", "G232", brief=brief) == []
    assert found("下属单位党员46名。", "G232", brief=brief) == []
    assert [f.text for f in found("中心党员85名。", "G232", brief=brief)] == ["85名"]


def test_a_document_that_says_so_word_for_word_does_not_dispute_it() -> None:
    said = "县直单位人均查档费用下降8元，乡镇单位人均查档费用下降9元。"
    own = corpus(("2025年工作总结", said))
    assert found(said, "G209", evidence=own) == []


def test_figures_of_two_things_in_one_clause_do_not_dispute_each_other() -> None:
    told = corpus(("2025年工作总结", "考核组访谈5名科室负责人、4名班子成员。"))
    assert found("考核组访谈4名班子成员、5名科室负责人。", "G209", evidence=told) == []


def test_the_aims_of_two_years_are_two_things() -> None:
    said = "到2026年，馆藏档案数字化率达到70%。\n到2027年，各项任务完成。馆藏档案数字化率达到75%。"
    assert found(said, "G235") == []


def test_the_day_of_one_document_is_not_that_of_another() -> None:
    told = corpus(("查档管理办法", "第十二条　本办法自2025年1月1日起施行。"))
    assert found("本规定自2025年3月1日起施行。", "G224", evidence=told) == []


def test_our_own_material_makes_a_doing_ours() -> None:
    doing = "对库房密集架逐列检修，更换损坏导轨46根，加装温湿度传感器12个。"
    market = material("m", "云汀市图书馆2025年工作总结", issuer="云汀市图书馆")
    other = MemoryEvidence([(market, f"市图书馆{doing}")])
    both = MemoryEvidence([(market, f"市图书馆{doing}"), (material("o", "工作总结", issuer=OWN), f"中心{doing}")])
    assert [f.code for f in found(f"中心{doing}", "G239", evidence=other)] == ["G239"]
    assert found(f"中心{doing}", "G239", evidence=both) == []
    assert found(f"市图书馆{doing}", "G239", evidence=other) == []
