"""The corpus as the checks see it: read once for each state of the corpus, and never older than that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from nigao import Assistant
from nigao.retrieval.evidence import CorpusEvidence
from nigao.text.terms import checkable_terms, fold

TODAY = dt.date.today()


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    texts = {
        "2025年工作总结": "全年接待查档群众312人次，落实“三会一课”制度。\n印发《查档接待规定》（云档〔2025〕13号）。",
        "库房管理办法": "库房实行双人双锁，每日登记温湿度。",
    }
    with Assistant.in_memory() as assistant:
        for title, text in texts.items():
            file = tmp_path / f"{title}.txt"
            file.write_text(text, encoding="utf-8")
            assistant.add([file], role="material", approved_by="程立", approved_on=dt.date(2025, 12, 1))
        yield assistant


def evidence(assistant: Assistant) -> CorpusEvidence:
    return CorpusEvidence(assistant.store, assistant.by_words, TODAY)


def test_what_documents_in_force_say_is_held(assistant: Assistant) -> None:
    corpus = evidence(assistant)
    for words in ("三会一课", "《查档接待规定》", "云档〔2025〕13号", "双人双锁", "《库房管理办法》"):
        assert corpus.holds(fold(words)), words
    for words in ("三会两课", "双人双锁每日", "云档〔2025〕31号", "数字"):
        assert not corpus.holds(fold(words)), words
    assert corpus.numbers() == {"云档〔2025〕13号": "查档接待规定"}


def test_the_nearest_passages_come_first_and_many_questions_are_one(assistant: Assistant) -> None:
    corpus = evidence(assistant)
    asked = ["全年接待查档群众多少人次", "库房每日登记温湿度", "毫不相干"]
    each = corpus.related_to_each(asked)
    assert "312人次" in each[0][0].text
    assert "双人双锁" in each[1][0].text
    assert each[2] == []
    assert [list(corpus.related(text)) for text in asked] == each


def test_a_near_miss_is_found_in_the_texts(assistant: Assistant) -> None:
    (term,) = checkable_terms("落实“三会两课”制度。")
    near = evidence(assistant).near(term)
    assert near is not None
    assert near.text == "“三会一课”"


def test_a_revoked_document_is_no_evidence_from_the_next_check_on(assistant: Assistant) -> None:
    before = evidence(assistant)
    (document,) = before.titled("库房管理办法")
    assert before.holds("双人双锁")
    assistant.revoke(document.id, reason="已废止")
    after = evidence(assistant)
    assert not after.holds("双人双锁")
    assert after.related("库房每日登记温湿度") == []
    assert [d.status_reason for d in after.titled("库房管理办法")] == ["已废止"]
