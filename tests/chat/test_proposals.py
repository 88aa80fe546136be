"""A model's rewriting is a proposal: judged sentence by sentence, taken by a person, and never more than that."""

from __future__ import annotations

from typing import Any

import pytest
from conversing import of_type, place, reply, say, texts, turn

from nigao import Assistant
from nigao.chat.commands import (
    AcceptCommand,
    ConfirmCommand,
    DeleteCommand,
    LockCommand,
    RejectCommand,
    ReviseCommand,
    SubmitCommand,
)
from nigao.chat.events import ProposalEvent, Verdict
from nigao.chat.session import ChatSession
from nigao.report.model import Origin
from nigao.testing import FunctionModel, drafting_answer

AT = place("features", 2, 1)
HARDER = ReviseCommand(place=AT, how="rewrite", instruction="换个说法")


def rewriting(lines: Any) -> FunctionModel:
    """A model that rewords with these lines and has nothing better to say when asked again."""
    return FunctionModel(function=lambda messages: drafting_answer(messages, lines))


def faithful(evidence: dict[str, str]) -> list[dict[str, Any]]:
    """The evidence with one word for another that says the same."""
    return [{"text": text.replace("全年召开", "全年共召开"), "keys": [key]} for key, text in evidence.items()]


def inventing(evidence: dict[str, str]) -> list[dict[str, Any]]:
    """The first sentence faithful, the second with a figure, a title and a term of the model's own."""
    (first, text), (second, other), *rest = evidence.items()
    invented = other.rstrip("。") + "，并依据《支部工作手册》开展检查97次，落实“五个到位”。"
    return [
        {"text": text.replace("全年召开", "全年共召开"), "keys": [first]},
        {"text": invented, "keys": [second]},
        *({"text": text, "keys": [key]} for key, text in rest),
    ]


def chat(office: Assistant, lines: Any) -> ChatSession:
    return office.chat("r0001", author="方立群", model=rewriting(lines))


def test_nothing_changes_until_it_is_taken(by_words: Assistant) -> None:
    session = chat(by_words, faithful)
    before = texts(session, AT)
    events = turn(session, HARDER)
    [proposal] = of_type(events, ProposalEvent)
    assert proposal.verdict is Verdict.PASSED
    assert "全年共召开" in proposal.now
    assert proposal.was in before
    assert reply(events).waits_for == "proposal"
    assert texts(session, AT) == before
    assert say(session, AcceptCommand()).changed
    assert texts(session, AT) == [text.replace("全年召开", "全年共召开") for text in before]
    assert session.draft is not None
    taken = next(s for s in session.draft.report.sentences() if "全年共召开" in s.text)
    assert taken.origin is Origin.SOURCE
    assert taken.citations
    assert taken.worded_by


def test_what_the_model_invents_cannot_be_taken(by_words: Assistant) -> None:
    session = chat(by_words, inventing)
    before = texts(session, AT)
    proposals = of_type(turn(session, HARDER), ProposalEvent)
    rejected = [one for one in proposals if one.verdict is Verdict.REJECTED]
    assert rejected
    assert all("97次" in one.now for one in rejected)
    assert any("97次" in reason for one in rejected for reason in one.reasons)
    refused = say(session, AcceptCommand(numbers=(rejected[0].number,)))
    assert refused.failed
    assert texts(session, AT) == before
    # The others are still there to be taken.
    say(session, AcceptCommand())
    assert "97次" not in "".join(texts(session, AT))
    assert "全年共召开" in "".join(texts(session, AT))


def test_a_change_that_is_asked_about_first_is_made_on_yes(by_words: Assistant) -> None:
    session = chat(by_words, faithful)
    say(session, SubmitCommand())
    say(session, HARDER)
    assert say(session, AcceptCommand()).waits_for == "confirm"
    assert "全年共召开" not in "".join(texts(session, AT))
    assert say(session, ConfirmCommand()).changed
    assert "全年共召开" in "".join(texts(session, AT))


def test_proposals_are_over_once_the_report_is_changed(by_words: Assistant) -> None:
    session = chat(by_words, faithful)
    say(session, HARDER)
    say(session, DeleteCommand(places=(place("problems", 1),)))
    before = session.draft
    assert say(session, AcceptCommand()).failed
    assert session.draft == before


def test_refused_proposals_leave_the_draft_alone(by_words: Assistant) -> None:
    session = chat(by_words, faithful)
    before = session.draft
    say(session, HARDER)
    assert not say(session, RejectCommand()).changed
    assert session.draft == before
    assert say(session, AcceptCommand()).failed


def test_a_proposal_for_words_that_changed_meanwhile_is_refused(by_words: Assistant) -> None:
    session = chat(by_words, faithful)
    [proposal] = of_type(turn(session, HARDER), ProposalEvent)
    other = by_words.chat("r0001", author="沈佳", offline=True)
    at = texts(session, AT).index(proposal.was) + 1
    say(other, DeleteCommand(places=(AT.model_copy(update={"sentence": at}),)))
    assert say(session, AcceptCommand(numbers=(proposal.number,))).failed


def test_locked_sentences_are_not_offered_to_the_model(by_words: Assistant) -> None:
    session = chat(by_words, faithful)
    locked = next(i for i, text in enumerate(texts(session, AT), start=1) if "全年召开" in text)
    say(session, LockCommand(place=AT.model_copy(update={"sentence": locked})))
    proposals = of_type(turn(session, HARDER), ProposalEvent)
    assert not [one for one in proposals if "全年召开" in one.was]


def test_where_the_model_has_nothing_of_use_shortening_is_done_without_it(by_words: Assistant) -> None:
    def nothing(evidence: dict[str, str]) -> list[dict[str, Any]]:
        return [{"text": "全面开创了工作新局面，实现了历史性跨越，取得了辉煌的成就。", "keys": list(evidence)[:1]}]

    session = chat(by_words, nothing)
    ended = say(session, ReviseCommand(place=AT, how="shorten", characters=80))
    assert ended.changed
    assert sum(map(len, texts(session, AT))) <= 80


def test_a_turn_that_only_the_model_understands_is_repeated_and_confirmed(by_words: Assistant) -> None:
    def reading(messages: list[Any]) -> dict[str, Any]:
        return {"verb": "delete", "place": "三、一是", "to": "", "text": "", "value": "", "number": 0}

    session = by_words.chat("r0001", author="方立群", model=FunctionModel(function=reading))
    first = texts(session, place("problems", 1))
    asked = say(session, "头一个毛病咱就甭提了")
    assert asked.waits_for == "confirm"
    assert "删除三、一是" in asked.text
    assert texts(session, place("problems", 1)) == first
    assert say(session, ConfirmCommand()).changed
    assert texts(session, place("problems", 1)) != first


@pytest.mark.parametrize("answer", [{"verb": "delete", "place": "三、九是"}, {"verb": "unclear"}, "不是 JSON"])
def test_a_model_cannot_name_what_is_not_there(by_words: Assistant, answer: Any) -> None:
    session = by_words.chat("r0001", author="方立群", model=FunctionModel(function=lambda messages: answer))
    before = session.draft
    ended = say(session, "头一个毛病咱就甭提了")
    assert ended.failed
    assert session.draft == before


@pytest.mark.parametrize("added", ["，经市委批准实施", "，落实“五个到位”", "，执行《支部工作手册》", "，共计97次"])
def test_no_approval_term_title_or_figure_is_bought_by_an_instruction(by_words: Assistant, added: str) -> None:
    def lines(evidence: dict[str, str]) -> list[dict[str, Any]]:
        return [{"text": text.rstrip("。") + added + "。", "keys": [key]} for key, text in evidence.items()]

    session = chat(by_words, lines)
    before = texts(session, AT)
    turn(session, HARDER)
    say(session, AcceptCommand())
    assert texts(session, AT) == before
