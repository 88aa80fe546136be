"""Any sequence of changes, undos, redos and returns by two people behaves like two stacks of texts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from kept_reports import BRIEF, ID, retitle, small_report, title

from nigao.errors import EditError
from nigao.report.kinds import load_kind
from nigao.revising.keeper import ReportKeeper
from nigao.store import Store

PEOPLE = st.sampled_from(["李强", "王芳"])
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), PEOPLE, st.sampled_from("甲乙丙丁")),
        st.tuples(st.sampled_from(["undo", "redo"]), PEOPLE, st.integers(1, 3), st.booleans()),
        st.tuples(st.just("restore"), PEOPLE, st.integers(1, 8)),
    ),
    max_size=14,
)


class Model:
    """What a person expects: texts with who is answerable for them, and every text there ever was."""

    def __init__(self, text: str) -> None:
        self.done: list[tuple[str, str]] = [(text, "周敏")]
        self.undone: list[tuple[str, str]] = []
        self.all = [text]

    @property
    def text(self) -> str:
        return self.done[-1][0]

    def edit(self, by: str, text: str) -> bool:
        if text == self.text:
            return False
        self.done.append((text, by))
        self.undone.clear()
        return True

    def shift(self, act: str, by: str, steps: int, others: bool) -> bool:
        source, target = (self.done, self.undone) if act == "undo" else (self.undone, self.done)
        there = len(source) - (act == "undo")
        if steps > there or (not others and any(who != by for _, who in source[-steps:])):
            return False
        for _ in range(steps):
            target.append((source.pop()[0], by))
        return True


def _apply(keeper: ReportKeeper, model: Model, act: tuple) -> None:
    match act:
        case ("edit", by, text):
            changed = model.edit(by, text)
            retitle(keeper, text, author=by)
        case ("restore", by, revision):
            there = revision <= len(model.all)
            changed = there and model.edit(by, model.all[revision - 1])
            if there:
                keeper.restore(ID, revision, by)
        case (verb, by, steps, others):
            changed = model.shift(verb, by, steps, others)
            try:
                getattr(keeper, verb)(ID, by, steps, others=others)
                assert changed
            except EditError:
                assert not changed
    if changed:
        model.all.append(model.text)


@settings(max_examples=40)
@given(ACTS)
def test_undo_and_redo_are_two_stacks(acts: list[tuple]) -> None:
    with Store.in_memory() as store:
        keeper = ReportKeeper(store, None, load_kind, lambda day, units: None)
        store.reports.add(small_report(), BRIEF.model_dump_json(), "[]", "周敏", "拟稿")
        model = Model(title(keeper))
        for act in acts:
            _apply(keeper, model, act)
            assert title(keeper) == model.text
            steps = keeper.steps(ID)
            assert (len(steps.done), len(steps.undone)) == (len(model.done), len(model.undone))
        assert [title(keeper, n) for n in range(1, len(model.all) + 1)] == model.all
        assert len(keeper.history(ID)) == len(model.all)
        assert store.audit.examine().revisions == len(model.all)
