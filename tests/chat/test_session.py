"""A conversation as its user meets it: what a turn tells, what it changes, and what it never does."""

from __future__ import annotations

import pytest
from conversing import of_type, place, reply, say, texts, turn

from nigao import Assistant
from nigao.chat.commands import (
    AddCommand,
    ApproveCommand,
    AskCommand,
    ConfirmCommand,
    DeleteCommand,
    DraftCommand,
    LockCommand,
    MoveCommand,
    ReplaceCommand,
    ReviseCommand,
    SetFactCommand,
    ShowCommand,
    SubmitCommand,
    SwapCommand,
    UndoCommand,
    UnlockCommand,
    WaiveCommand,
    WhyCommand,
    WriteCommand,
)
from nigao.chat.events import (
    AffectedEvent,
    ChangeEvent,
    ConflictEvent,
    EvidenceEvent,
    NoticeEvent,
    QuestionEvent,
    UnderstoodEvent,
)
from nigao.chat.session import ChatSession
from nigao.errors import NotFoundError
from nigao.report.model import Origin

FIRST = place("problems", 1)


@pytest.fixture
def session(by_words: Assistant) -> ChatSession:
    return by_words.chat("r0001", author="方立群")


def test_every_turn_ends_with_one_reply_and_a_change_makes_one_revision(session: ChatSession) -> None:
    events = turn(session, DeleteCommand(places=(place("problems", 1, sentence=2),)))
    ended = reply(events)
    assert (ended.changed, ended.revision, ended.report_id) == (True, 2, "r0001")
    assert of_type(events, UnderstoodEvent)[0].label == "删除三、一是第2句"
    [change] = of_type(events, ChangeEvent)
    assert [one.kind for one in change.changes] == ["removed"]
    assert say(session, ShowCommand(place=FIRST)).changed is False
    assert session.draft is not None
    assert session.draft.revision == 2


def test_what_is_not_understood_asks_and_changes_nothing(session: ChatSession) -> None:
    before = session.draft
    events = turn(session, "那个啥，你看着弄弄")
    assert of_type(events, QuestionEvent)
    assert reply(events).failed
    assert session.draft == before


def test_the_editors_words_are_a_persons_and_the_corpus_keeps_its_sources(session: ChatSession) -> None:
    say(session, WriteCommand(place=place("problems", 1, sentence=2), text="有的科室讨论不深入"))
    say(session, AddCommand(what="item", place=place("features", 3), about="警示教育"))
    assert session.draft is not None
    report = session.draft.report
    assert report.parts[2].items[0].sentences[0].origin is Origin.HUMAN
    assert report.parts[2].items[0].sentences[0].text == "有的科室讨论不深入。"
    added = report.parts[1].items[2].items[3]
    assert all(sentence.origin is Origin.SOURCE and sentence.citations for sentence in added.walk())
    assert "警示教育" in "".join(sentence.text for sentence in added.walk())


def test_what_the_corpus_does_not_hold_is_not_written(session: ChatSession) -> None:
    before = session.draft
    for command in (
        AddCommand(what="item", place=place("features", 1), about="航天发射"),
        AddCommand(what="item", place=place("problems"), about="远洋捕捞"),
        AddCommand(what="sentence", place=FIRST, about="极地科考"),
        AskCommand(question="极地科考站什么时候建成？"),
    ):
        ended = say(session, command)
        assert ended.failed, command
        assert "没有找到" in ended.text
    assert session.draft == before


def test_a_question_is_answered_in_the_corpus_own_words_and_differing_figures_are_both_told(
    session: ChatSession,
) -> None:
    events = turn(session, AskCommand(question="全年开展廉政谈话多少人次？"))
    told = of_type(events, EvidenceEvent)
    assert {figure for one in told for figure in ("43人次", "46人次") if figure in one.quote} == {"43人次", "46人次"}
    assert all(f"《{one.title}》" in reply(events).text for one in told)


def test_why_tells_the_passage_or_the_fact(session: ChatSession) -> None:
    [evidence] = of_type(turn(session, WhyCommand(place=place("features", 3, 1, sentence=3))), EvidenceEvent)
    assert evidence.in_force
    assert "43人次" in evidence.quote
    assert "编制数：28名" in say(session, WhyCommand(place=place("basics", sentence=3))).text


def test_shortening_drops_whole_sentences_and_says_when_it_cannot(session: ChatSession) -> None:
    before = texts(session, FIRST)
    ended = say(session, ReviseCommand(place=FIRST, how="shorten", characters=60))
    now = texts(session, FIRST)
    assert ended.changed
    assert sum(map(len, now)) <= 60
    assert [text for text in before if text in now] == now
    assert now[0] == before[0]
    held = say(session, ReviseCommand(place=FIRST, how="shorten", characters=3))
    assert held.failed
    assert texts(session, FIRST) == now


def test_lengthening_takes_sentences_from_the_corpus(session: ChatSession) -> None:
    at = place("features", 2, 3)
    before = texts(session, at)
    assert say(session, ReviseCommand(place=at, how="lengthen", characters=260)).changed
    now = texts(session, at)
    assert now[: len(before)] == before
    assert session.draft is not None
    assert all(s.citations for s in session.draft.report.parts[1].items[1].items[2].sentences)
    assert not session.draft.errors


def test_what_needs_a_model_says_so_where_there_is_none(session: ChatSession) -> None:
    ended = say(session, ReviseCommand(place=FIRST, how="tone", instruction="语气坚决一些"))
    assert ended.failed
    assert "需要模型" in ended.text


def test_a_fact_is_shown_first_and_changed_on_yes(session: ChatSession) -> None:
    events = turn(session, SetFactCommand(name="编制数", value="30"))
    [affected] = of_type(events, AffectedEvent)
    assert [one.after for one in affected.sentences] == ["核定编制30名，实有26人。"]
    assert reply(events).waits_for == "confirm"
    assert "核定编制28名，实有26人。" in texts(session, place("basics"))
    assert say(session, ConfirmCommand()).changed
    assert "核定编制30名，实有26人。" in texts(session, place("basics"))
    assert session.draft is not None
    fact = session.draft.brief.fact("编制数")
    assert fact is not None
    assert (fact.value, fact.source) == ("30", "方立群在会话中提供")
    assert not [finding for finding in session.draft.findings if finding.code.startswith("G1")]


def test_anything_but_yes_lets_what_was_asked_go(session: ChatSession) -> None:
    say(session, SetFactCommand(name="编制数", value="30"))
    say(session, ShowCommand(what="outline"))
    assert say(session, ConfirmCommand()).failed
    assert "核定编制28名，实有26人。" in texts(session, place("basics"))


def test_a_term_is_replaced_where_it_is_the_same_thing(session: ChatSession) -> None:
    say(session, ReplaceCommand(old="大厅管理科", new="大厅服务科"))
    assert session.draft is not None
    text = session.draft.text()
    assert "大厅管理科" not in text
    assert "大厅服务科" in text


def test_locked_sentences_never_change(session: ChatSession) -> None:
    say(session, LockCommand(place=FIRST))
    before = texts(session, FIRST)
    for command in (
        DeleteCommand(places=(FIRST,)),
        DeleteCommand(places=(place("problems", 1, sentence=2),)),
        WriteCommand(place=place("problems", 1, sentence=2), text="改掉。"),
        ReviseCommand(place=FIRST, how="shorten", characters=20),
        DraftCommand(place=place("problems")),
    ):
        assert say(session, command).failed, command
        assert texts(session, FIRST) == before
    # It may move, as it is.
    assert say(session, SwapCommand(one=FIRST, other=place("problems", 2))).changed
    assert texts(session, place("problems", 2)) == before
    assert say(session, UnlockCommand(place=place("problems", 2))).changed
    assert say(session, DeleteCommand(places=(place("problems", 2),))).changed


def test_a_place_that_is_not_there_is_told_and_nothing_happens(session: ChatSession) -> None:
    ended = say(session, DeleteCommand(places=(place("problems", 9),)))
    assert ended.failed
    assert "没有第9条" in ended.text


def test_moving_tells_where_it_now_stands_and_this_one_is_that_one(session: ChatSession) -> None:
    last = texts(session, place("problems", 5))
    ended = say(session, MoveCommand(place=place("problems", 5), where="before", to=FIRST))
    assert "三、一是" in ended.text
    assert texts(session, FIRST) == last
    assert session.state.focus == FIRST


def test_leaving_a_turn_early_leaves_everything_as_it_was(session: ChatSession) -> None:
    state = session.state.model_copy(deep=True)
    running = session.send(DeleteCommand(places=(FIRST,)))
    next(running)
    running.close()
    assert session.state == state
    assert session.draft is not None
    assert session.draft.revision == 1
    assert say(session, DeleteCommand(places=(FIRST,))).revision == 2


def test_a_session_goes_on_after_its_process(by_words: Assistant) -> None:
    session = by_words.chat("r0001", author="方立群")
    say(session, SetFactCommand(name="编制数", value="30"))
    again = by_words.chat(author="方立群")
    assert again.id == session.id
    assert say(again, ConfirmCommand()).changed
    assert by_words.chat("r0001", author="方立群", fresh=True).id != session.id
    assert by_words.chat("r0001", author="沈佳").id != session.id


def test_an_unknown_report_is_told(by_words: Assistant) -> None:
    with pytest.raises(NotFoundError):
        by_words.chat("r0999")


def test_a_conversation_can_begin_with_a_new_report(by_words: Assistant) -> None:
    session = by_words.chat(author="方立群", fresh=True)
    ended = say(session, DraftCommand(brief="brief.yaml"))
    assert ended.report_id == "r0002"
    assert session.draft is not None
    assert session.draft.id == "r0002"
    assert say(session, DeleteCommand(places=(FIRST,))).revision == 2
    missing = say(session, DraftCommand(brief="没有这个文件.yaml"))
    assert missing.failed
    assert "没有这个文件.yaml" in missing.text


def test_a_part_is_drafted_anew_and_typed_words_are_asked_about_first(session: ChatSession) -> None:
    say(session, WriteCommand(place=place("problems", 1, sentence=2), text="有的科室讨论不深入。"))
    typed = texts(session, FIRST)
    assert say(session, DraftCommand(place=place("problems"))).waits_for == "confirm"
    assert texts(session, FIRST) == typed
    assert say(session, ConfirmCommand()).changed
    assert "有的科室讨论不深入。" not in texts(session, FIRST)


class TestTwoEditors:
    """Two people at one report."""

    @pytest.fixture
    def other(self, by_words: Assistant) -> ChatSession:
        return by_words.chat("r0001", author="沈佳")

    def test_elsewhere_the_change_goes_ahead_and_the_others_is_told(
        self, session: ChatSession, other: ChatSession
    ) -> None:
        say(other, DeleteCommand(places=(place("features", 1, 1, sentence=2),)))
        events = turn(session, DeleteCommand(places=(place("problems", 1, sentence=2),)))
        assert [notice.text.split("已改到")[0] for notice in of_type(events, NoticeEvent)] == ["沈佳"]
        assert reply(events).revision == 3
        assert len(texts(session, place("features", 1, 1))) == 3
        assert len(texts(session, FIRST)) == 2

    def test_at_the_same_place_both_sides_are_shown_and_nothing_is_done_until_yes(
        self, session: ChatSession, other: ChatSession
    ) -> None:
        say(other, WriteCommand(place=place("problems", 1, sentence=2), text="沈佳改的话。"))
        mine = WriteCommand(place=place("problems", 1, sentence=2), text="方立群改的话。")
        events = turn(session, mine)
        [clash] = of_type(events, ConflictEvent)
        assert (clash.expected, clash.actual, clash.author) == (1, 2, "沈佳")
        assert "方立群改的话" in clash.mine
        assert any("沈佳改的话" in change.new for change in clash.theirs)
        assert reply(events).waits_for == "confirm"
        assert texts(session, FIRST)[1] == "沈佳改的话。"
        assert say(session, ConfirmCommand()).revision == 3
        assert texts(session, FIRST)[1] == "方立群改的话。"

    def test_an_item_that_has_another_number_by_now_is_a_conflict(
        self, session: ChatSession, other: ChatSession
    ) -> None:
        say(other, DeleteCommand(places=(FIRST,)))
        second = texts(session, place("problems", 2))
        events = turn(session, DeleteCommand(places=(place("problems", 2),)))
        assert of_type(events, ConflictEvent)
        assert texts(session, place("problems", 2)) == second

    def test_the_revision_that_a_command_was_meant_for_can_be_named(
        self, session: ChatSession, other: ChatSession
    ) -> None:
        say(session, DeleteCommand(places=(place("problems", 1, sentence=3),)))
        say(other, ShowCommand(what="outline"))
        events = turn(other, DeleteCommand(places=(place("problems", 1, sentence=3),)), expected_revision=1)
        assert of_type(events, ConflictEvent)

    def test_anothers_change_is_not_undone_unsaid(self, session: ChatSession, other: ChatSession) -> None:
        say(other, DeleteCommand(places=(FIRST,)))
        ended = say(session, UndoCommand())
        assert ended.failed
        assert "沈佳" in ended.text
        assert say(session, UndoCommand(others=True)).changed


class TestSignOff:
    """From a draft to a signed report."""

    def test_a_finding_is_waived_with_a_reason_only(self, session: ChatSession) -> None:
        assert say(session, WaiveCommand(codes=("G209",))).failed
        assert say(session, WaiveCommand(codes=("G999",), reason="不管")).failed
        assert say(session, WaiveCommand(codes=("G209",), reason="以会议记录为准")).changed
        assert session.draft is not None
        assert not session.draft.findings

    def test_a_change_after_it_was_handed_in_is_asked_about_first(self, session: ChatSession) -> None:
        assert not say(session, SubmitCommand()).failed
        asked = say(session, DeleteCommand(places=(FIRST,)))
        assert asked.waits_for == "confirm"
        assert "送审" in asked.text
        assert session.draft is not None
        assert session.draft.revision == 1
        assert say(session, ConfirmCommand()).changed

    def test_who_may_not_sign_is_told(self, session: ChatSession) -> None:
        say(session, SubmitCommand())
        assert say(session, ApproveCommand()).failed
