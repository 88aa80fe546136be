"""A document for named units only is to the others as though it were not there: in search, drafts and checks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from retrieval_samples import put

from nigao import Assistant, Brief
from nigao.corpus.model import Role
from nigao.report.kinds import Kind
from nigao.report.model import Citation, Origin, Part, Report, Sentence
from nigao.reportfile import parse_text
from nigao.retrieval import HashingEmbedder, HybridSearch
from nigao.retrieval.evidence import CorpusEvidence
from nigao.store import Store
from nigao.text.terms import checkable_terms, fold

TODAY = dt.date.today()
APPROVAL = {"approved_by": "程立", "approved_on": dt.date(2025, 12, 1)}
UNIT = {"full": "云汀市档案服务中心", "short": "市档案中心"}
SECRET = (
    "2025年内部学习简报\n\n一、主要工作\n"
    "加强理论学习。理论学习中心组全年开展集中学习77次，其中专题研讨7次。\n"
    "落实“四看四查”要求，印发《核查工作细则》（云档〔2025〕77号）。\n"
)
OPEN = (
    "2025年工作总结\n\n一、主要工作\n规范支部建设。机关党支部全年召开支部党员大会4次，开展主题党日12次，志愿服务9次。\n"
)
# What only the restricted documents say.
TELLING = ("77", "四看四查", "核查工作细则", "云档〔2025〕77号", "内部学习")


@pytest.fixture(params=["lexical", "hybrid"])
def search(request: pytest.FixtureRequest, memory: Store) -> Iterator[HybridSearch]:
    put(memory, "公开", "公务用车专项检查办法。")
    put(memory, "限阅", "公务用车专项检查细则。", visible_to=("甲局", "乙局"))
    put(memory, "范文", "公务用车专项检查报告。", role=Role.EXEMPLAR, visible_to=("乙局",))
    with HybridSearch(memory, HashingEmbedder() if request.param == "hybrid" else None) as opened:
        opened.embed_pending()
        yield opened


def _found(search: HybridSearch, **who: object) -> set[str]:
    return {hit.document.id for hit in search.search("公务用车专项检查", **who)}  # type: ignore[arg-type]


def test_search_is_closed_by_default(search: HybridSearch) -> None:
    assert _found(search) == _found(search, unit="丙局") == _found(search, unit="甲") == {"公开"}
    assert _found(search, unit="甲局") == _found(search, unit=("甲局全称", "甲局")) == {"公开", "限阅"}
    assert _found(search, unit="甲局", include_exemplars=True) == {"公开", "限阅"}
    assert _found(search, unit="乙局", include_exemplars=True) == {"公开", "限阅", "范文"}
    assert _found(search, document_ids=["限阅"]) == set()
    assert _found(search, roles=[Role.EXEMPLAR], unit="乙局") == {"范文"}


def test_a_unit_is_admitted_and_shut_out_from_the_next_query_on(search: HybridSearch, memory: Store) -> None:
    put(memory, "公开", "公务用车专项检查办法。", visible_to=("甲局",))
    put(memory, "限阅", "公务用车专项检查细则。")
    assert _found(search) == {"限阅"}
    assert _found(search, unit="甲局") == {"公开", "限阅"}


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    with Assistant.in_memory() as assistant:
        for name, text, role, units in (
            ("open", OPEN, "material", []),
            ("secret", SECRET, "material", ["市档案中心"]),
            ("model", SECRET.replace("学习简报", "学习报告"), "exemplar", ["市档案中心"]),
        ):
            file = tmp_path / f"{name}.txt"
            file.write_text(text, encoding="utf-8")
            title = text.splitlines()[0]
            assistant.add([file], role=role, title=title, visible_to=units, issuer="市档案中心", **APPROVAL)
        yield assistant


def _evidence(assistant: Assistant, unit: object) -> CorpusEvidence:
    return CorpusEvidence(assistant.store, assistant.by_words, TODAY, unit)  # type: ignore[arg-type]


@pytest.mark.parametrize("unit", [None, "市图书馆", ("云汀市图书馆", "市图书馆")])
def test_to_another_unit_nothing_of_it_is_there(assistant: Assistant, unit: object) -> None:
    # Whoever may see it asks first: what was read for them must not answer for others.
    mine, other = _evidence(assistant, UNIT.values()), _evidence(assistant, unit)
    (passage,) = assistant.store.documents.passages(["secret"])
    for corpus, mine_ in ((mine, True), (other, False)):
        assert (corpus.passage(passage.id) is not None) == mine_
        assert (corpus.document("secret") is not None) == mine_
        assert bool(corpus.passages_of(["secret"])) == mine_
        assert bool(corpus.titled("2025年内部学习简报")) == mine_
        assert bool(corpus.exemplars()) == mine_
        assert ("云档〔2025〕77号" in corpus.numbers()) == mine_
        assert any("四看四查" in found.text for found in corpus.related("理论学习中心组集中学习")) == mine_
        for words in TELLING[1:]:
            assert corpus.holds(fold(words)) == mine_, words
        for near in ("“四看四察”", "《核查工作细节》"):
            (term,) = checkable_terms(f"落实{near}。")
            assert (corpus.near(term) is not None) == mine_, near


def test_one_that_supersedes_unseen_is_not_named(assistant: Assistant, tmp_path: Path) -> None:
    file = tmp_path / "newer.txt"
    file.write_text(SECRET, encoding="utf-8")
    assistant.add([file], role="basis", supersedes=["open"], visible_to=["市档案中心"], **APPROVAL)
    document = _evidence(assistant, None).document("open")
    assert document is not None
    assert "newer" not in document.why_not_evidence(TODAY)
    assert document.why_not_evidence(TODAY)


def test_what_waits_for_approval_is_unknown_to_the_checks(assistant: Assistant, tmp_path: Path) -> None:
    file = tmp_path / "draft.txt"
    file.write_text(SECRET.replace("四看四查", "五看五查"), encoding="utf-8")
    assistant.corpus.submit([file], role="material", by="王芳", title="核查方案")
    corpus = _evidence(assistant, UNIT.values())
    assert (corpus.document("draft"), list(corpus.titled("核查方案"))) == (None, [])
    assert not corpus.holds("五看五查")
    assistant.corpus.approve(["draft"], by="程立")
    assert _evidence(assistant, None).holds("五看五查")


@pytest.mark.parametrize("name", [*UNIT.values(), "云汀市图书馆"])
def test_findings_tell_another_unit_nothing(assistant: Assistant, kind: Kind, name: str) -> None:
    text = (
        "情况报告\n一、基本情况\n"
        "落实“四看四察”要求，集中学习76次，编制【待补：编制数】名，见《核查工作细节》（云档〔2025〕78号）。\n"
    )
    checked = parse_text(text, kind)
    (passage,) = assistant.store.documents.passages(["secret"])
    cited = Citation(passage_id=passage.id, document_id="secret", title="内部", locator=passage.locator)
    checked.parts.append(
        Part(
            key="features",
            heading=Sentence(text="二、主要特征"),
            lead=[Sentence(text="理论学习中心组全年开展集中学习78次。", origin=Origin.SOURCE, citations=[cited])],
        )
    )
    brief = Brief.model_validate({"unit": {"full": name, "short": "市图书馆" if "图书馆" in name else "市档案中心"}})
    told = " ".join(
        f"{finding.message} {finding.suggestion} {finding.evidence}"
        for finding in assistant.check(checked, brief=brief)
    )
    leaked = [words for words in TELLING if words in told.replace("云档〔2025〕78号", "")]
    assert bool(leaked) == (name in UNIT.values()), leaked


def test_a_draft_rests_on_what_its_unit_may_see(assistant: Assistant) -> None:
    def drafted(unit: object) -> tuple[str, set[str]]:
        points = {"features": [{"heading": "", "points": ["理论学习", "支部建设"]}]}
        brief = Brief.model_validate({"unit": unit, "period": "2025年", "points": points})
        draft = assistant.draft(brief, part="features")
        cited = {c.document_id for s in draft.report.sentences() for c in s.citations}
        return draft.text() + "".join(finding.message for finding in draft.findings), cited

    text, cited = drafted(UNIT)
    assert "77次" in text
    assert "secret" in cited
    for unit in ("云汀市图书馆", {"full": "云汀市档案服务中心", "short": ""}):
        text, cited = drafted(unit)
        assert not [words for words in TELLING if words in text]
        assert "secret" not in cited


def test_a_report_is_checked_as_its_own_unit(assistant: Assistant) -> None:
    sentence = Sentence(text="落实“四看四察”要求。")
    report = Report(kind="political-ecology", parts=[Part(key="basics", heading=Sentence(text="一"), lead=[sentence])])
    codes = {}
    for unit in ("市档案中心", "市图书馆", ""):
        told = assistant.check(report.model_copy(update={"unit": unit}))
        codes[unit] = {finding.message for finding in told if "四看四查" in finding.message + str(finding.evidence)}
    assert codes["市档案中心"]
    assert not codes["市图书馆"]
    assert not codes[""]


def test_the_workspaces_unit_searches_and_checks(tmp_path: Path) -> None:
    Assistant.create(tmp_path / "ws").close()
    settings = tmp_path / "ws" / "nigao.toml"
    file = tmp_path / "secret.txt"
    file.write_text(SECRET, encoding="utf-8")
    with Assistant.open(tmp_path / "ws", embeddings=False) as assistant:
        assistant.add([file], role="material", visible_to=["市档案中心"], **APPROVAL)
        assert assistant.search("理论学习") == []
        assert [hit.document.id for hit in assistant.search("理论学习", unit="市档案中心")] == ["secret"]
        assert assistant.retriever().invoke("理论学习") == []
    settings.write_text('unit = "市档案中心"\n' + settings.read_text(encoding="utf-8"), encoding="utf-8")
    with Assistant.open(tmp_path / "ws", embeddings=False) as assistant:
        assert [hit.document.id for hit in assistant.search("理论学习")] == ["secret"]
        assert assistant.search("理论学习", unit="市图书馆") == []
        assert assistant.search("理论学习", roles=[Role.BASIS]) == []
        assert len(assistant.retriever().invoke("理论学习")) == 1
