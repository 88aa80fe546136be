"""The design's invariants on real drafts: evidence, abstention, validity, determinism."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafting_samples import LAST_YEAR, OTHER_UNIT, SUMMARY, brief, office, sources_of, words_from_sources
from nigao import Assistant, Brief
from nigao.checks.finding import Severity
from nigao.report.model import Origin
from nigao.text.placeholders import find_placeholders
from nigao.text.support import supports
from nigao.text.terms import checkable_terms


@pytest.fixture(scope="module")
def sample_draft(sample_assistant: Assistant):
    folder = sample_assistant.settings.root
    return sample_assistant.draft(Brief.load(folder / "brief.yaml"))


def test_sample_has_four_parts_four_subsections_and_no_error(sample_draft) -> None:
    parts = sample_draft.report.parts
    assert [part.key for part in parts] == ["basics", "features", "problems", "measures"]
    assert len(parts[1].items) == 4
    assert len(parts[2].items) >= 3
    assert sample_draft.errors == []


def test_every_sentence_has_an_origin_and_its_evidence(sample_draft) -> None:
    for sentence in sample_draft.report.sentences():
        if sentence.origin is Origin.SOURCE:
            assert sentence.citations, sentence.text
        if sentence.origin is Origin.FACT:
            assert sentence.facts, sentence.text


def test_every_term_of_a_cited_sentence_stands_in_the_cited_passage(sample_draft, sample_assistant) -> None:
    documents = sample_assistant.store.documents
    for sentence in sample_draft.report.sentences():
        if sentence.origin is not Origin.SOURCE:
            continue
        passages = [documents.passage(citation.passage_id) for citation in sentence.citations]
        evidence = "\n".join(f"{p.heading}\n{p.text}" for p in passages)
        assert all(supports(evidence, term) for term in checkable_terms(sentence.text)), sentence.text


def test_every_quotation_stands_word_for_word_in_its_passage(sample_draft, sample_assistant) -> None:
    documents = sample_assistant.store.documents
    for sentence in sample_draft.report.sentences():
        for citation in sentence.citations:
            passage = documents.passage(citation.passage_id)
            assert citation.quote in passage.heading + passage.text


def test_the_samples_traps(sample_draft) -> None:
    cited = {c.document_id for s in sample_draft.report.sentences() for c in s.citations}
    assert not cited & {
        "basis-study-system-trial",
        "exemplar-political-ecology-2024",
        "material-annual-summary-2024",
        "material-trading-centre-briefing-2025",
        "material-maintenance-notice",
    }
    assert any("43人次" in f.message and "46人次" in f.message for f in sample_draft.findings)


def test_every_problem_is_answered(sample_draft) -> None:
    problems, measures = sample_draft.report.part("problems"), sample_draft.report.part("measures")
    answered = {number for item in measures.items for number in item.addresses}
    assert answered == set(range(1, len(problems.items) + 1))


def test_same_brief_and_corpus_give_the_same_bytes(sample_draft, sample_assistant, tmp_path: Path) -> None:
    again = sample_assistant.draft(sample_draft.brief)
    for suffix in ("docx", "md", "json", "txt"):
        first = sample_draft.save(tmp_path / f"a.{suffix}").read_bytes()
        second = again.save(tmp_path / f"b.{suffix}").read_bytes()
        assert first == second, suffix


def test_empty_corpus_gives_a_skeleton_of_blanks() -> None:
    with Assistant.in_memory() as assistant:
        draft = assistant.draft(Brief(unit="临江县档案馆"))
    assert not draft.is_complete
    assert draft.errors == []
    assert len(draft.report.part("features").items) == 4
    for part in draft.report.parts:
        for sentence in part.walk():
            assert find_placeholders(sentence.text), sentence.text
            assert not checkable_terms(sentence.text)


def test_another_units_doings_and_last_years_figures_are_left_out(tmp_path: Path) -> None:
    with office(tmp_path, a=SUMMARY, b=OTHER_UNIT, c=LAST_YEAR) as assistant:
        draft = assistant.draft(brief())
    said = words_from_sources(draft)
    assert "集中学习11次" in said
    assert "20次" not in said
    assert "集中学习9次" not in said
    assert sources_of(draft) == {"2025年工作总结"}


def test_plans_and_lacks_are_no_features(tmp_path: Path) -> None:
    with office(tmp_path, a=SUMMARY) as assistant:
        draft = assistant.draft(brief())
    features = "".join(s.text for s in draft.report.part("features").walk())
    assert "数字档案室" not in features
    assert "偏少" not in features
    assert "偏长" not in features


def test_first_person_becomes_the_units_name(tmp_path: Path) -> None:
    with office(tmp_path, a=SUMMARY) as assistant:
        text = assistant.draft(brief()).text()
    assert "我中心" not in text
    assert "市档案中心党员干部到社区开展志愿服务9次" in text


def test_what_the_corpus_does_not_hold_is_a_blank_not_a_filler(tmp_path: Path) -> None:
    only_study = SUMMARY.split("规范支部建设")[0]
    with office(tmp_path, a=only_study) as assistant:
        draft = assistant.draft(brief())
    discipline = draft.report.part("features").items[2]
    assert all(find_placeholders(s.text) for s in discipline.walk())
    assert "集中学习11次" in draft.text()


def test_revoked_document_is_no_evidence_from_the_next_draft_on(tmp_path: Path) -> None:
    with office(tmp_path, a=SUMMARY) as assistant:
        before = assistant.draft(brief())
        assistant.revoke("a", reason="数字有误")
        after = assistant.draft(brief())
        found = assistant.check(before.report, brief=before.brief, select=["G207"])
    assert sources_of(before)
    assert not sources_of(after)
    assert {f.severity for f in found} == {Severity.ERROR}


def test_a_writers_unsupported_words_are_taken_out_before_release(tmp_path: Path) -> None:
    """Invariant 2 has no exception: whatever a writer puts in, the report holds it only with evidence."""
    from nigao.drafting.composer import OfflineComposer

    class Liar(OfflineComposer):
        def write(self, plan, desk, report):
            part = super().write(plan, desk, report)
            for sentence in part.walk():
                sentence.text = sentence.text.replace("11次", "99次").replace("《", "《新")
            return part

    with office(tmp_path, a=SUMMARY) as assistant:
        draft = assistant.draft(brief(), writer=Liar())
    assert "99次" not in draft.text()
    assert any("核实后补写" in what for what in draft.placeholders)
    assert not [f for f in draft.findings if f.code.startswith("G") and f.severity is Severity.ERROR]
