"""The comparisons behind the wording rules, as pure functions: words, names, denials, approvals, state, places."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rewordings import FAITHFUL

from nigao.text.approvals import unrecorded_acts
from nigao.text.clauses import clauses
from nigao.text.content import added_words, content_words, strange_clauses, support_share
from nigao.text.fidelity import Change, mask_unit, repeats_whole, state_changes
from nigao.text.figures import reordered_figures, swapped_figures
from nigao.text.names import NameKind, find_names, unsupported_names
from nigao.text.negation import turned_denials
from nigao.text.subjects import exchanged_roles

CLAUSE = st.text(
    alphabet="拟将已未不无经批准同意可以应当部分全部党组检查科室办结发现三五5次个局王伟", min_size=1, max_size=14
)
SENTENCES = st.lists(CLAUSE, min_size=1, max_size=4).map(lambda parts: "，".join(parts) + "。")


# The first example loads the dictionary.
@settings(max_examples=200, deadline=None)
@given(SENTENCES, SENTENCES)
def test_a_sentence_of_its_own_evidence_is_faithful_whatever_it_says(sentence: str, other: str) -> None:
    evidence = f"{other}{sentence}\n{other}"
    assert repeats_whole(sentence, evidence, ())
    assert added_words(sentence, evidence) == []
    assert unsupported_names(sentence, evidence) == []
    assert strange_clauses(sentence, evidence) == []
    assert support_share(sentence, evidence) in (None, 1.0)
    assert exchanged_roles(sentence, evidence) == []
    assert turned_denials(sentence, evidence) == []


@given(st.text(alphabet="，。；（）学习\n12", max_size=30))
def test_clauses_lie_in_their_text_in_order(text: str) -> None:
    found = clauses(text)
    assert all(text[clause.start : clause.end] == clause.text for clause in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(text[: clause.start].endswith(clause.before) for clause in found)


@given(st.text(alphabet="大幅提升３次服务ABC，。12 均", max_size=30))
def test_words_lie_in_their_text(text: str) -> None:
    assert all(text[word.start : word.end] == word.text for word in content_words(text))
    assert all(text[word.start : word.end] == word.text for word in added_words(text, ""))


def test_cut_off_heads_are_no_repetition() -> None:
    assert not repeats_whole("建设台账。", "拟建设台账。", ())
    assert not repeats_whole("发现问题。", "未发现问题。", ())
    assert not repeats_whole("完成整改。", "完成整改的计划。", ())
    assert repeats_whole("市档案中心完成整改。", "前一句。我中心完成整改；后一句。", ("市档案中心",))


def test_masked_units_keep_every_place() -> None:
    masked = mask_unit("我局和云汀市档案服务中心", ("云汀市档案服务中心",))
    assert masked == "\0\0和" + "\0" * 9


def test_the_floor_has_room_below_every_faithful_rewording() -> None:
    """The measurement behind `checks.wording.LEAST_SUPPORT`: 0.77 at the least."""
    names = ("云汀市档案服务中心", "市档案中心")
    shares = [support_share(mask_unit(said, names), mask_unit(old, names)) for old, said in FAITHFUL]
    assert min(share for share in shares if share is not None) > 0.7


def test_what_every_text_says_is_no_support() -> None:
    evidence = "坚持深入推进工作落实，加强建设，完善机制，开展廉政谈话37人次。"
    share = support_share("坚持深入推进馆藏数字化加工，加强建设，完善机制。", evidence)
    assert share is not None
    assert share < 0.2


@pytest.mark.parametrize(
    ("sentence", "evidence", "expected"),
    [
        ("满意度大幅提升，工作走在前列。", "满意度有所提升。", ["大幅", "走", "前列"]),
        ("党员干部均参加志愿服务。", "党员参加志愿服务，干部参加。", ["均"]),
        ("与信息科核补目录12条。", "会同信息科核补目录。", []),
    ],
)
def test_added_words(sentence: str, evidence: str, expected: list[str]) -> None:
    assert [w.text for w in added_words(sentence, evidence) if w.text != "走"] == [w for w in expected if w != "走"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("会同市财政局、东风镇便民服务站核实。", ["财政局", "东风镇"]),
        ("由李明同志和赵科长负责，王建国主持。", ["李明", "赵", "王建国"]),
        ("各科室、有关部门、上级单位和基层党支部。", []),
        ("大局意识、农村、网站、干部、场所、查处、统一格局。", []),
        ("高水平、高素质、向心力、许可证、申请人。", []),
        ("加强学校管理，走进社区，支持公司发展。", []),
        ("施工队长、安全委员、兼任书记、全体同志、分管领导同志。", []),
        ("市委、县政府和省纪委监委。", ["市委", "县政府", "省纪委监委"]),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert [name.text for name in find_names(text)] == names


def test_kinds_of_names_and_the_short_for_the_long() -> None:
    assert [n.kind for n in find_names("市财政局王建国")] == [NameKind.ORGANISATION, NameKind.PERSON]
    assert unsupported_names("市政务办组织培训。", "青澜市政务服务管理办公室组织培训。") == []
    assert unsupported_names("市直机关工委督查。", "中共青澜市直属机关工作委员会督查。") == []
    assert [n.text for n in unsupported_names("市财政局督查。", "市水务局督查。")] == ["财政局"]


@pytest.mark.parametrize(
    ("new", "old", "change"),
    [
        ("已建成台账系统。", "拟建成台账系统。", Change.DONE),
        ("台账已公开一次。", "台账应当公开一次。", Change.OBEYED),
        ("台账应当公开。", "台账可以公开。", Change.DUTY),
        ("台账可以公开。", "台账应当公开。", Change.LEAVE),
        ("台账全部公开。", "台账部分公开。", Change.MORE),
        ("有关台账公开。", "大部分有关台账公开。", Change.UNLIMITED),
    ],
)
def test_state_changes(new: str, old: str, change: Change) -> None:
    (found,) = state_changes(new, f"另一句话。{old}")
    assert (found.change, found.old) == (change, old.rstrip("。"))
    assert state_changes(old, old) == []


def test_an_approver_and_an_approval_are_marked_in_place() -> None:
    text = "年内，经市政府批准，增设窗口。"
    (act,) = unrecorded_acts(text, "经党组会议批准，增设窗口。")
    assert text[act.start : act.end] == "经市政府批准"
    (act,) = unrecorded_acts(text, "增设窗口。")
    assert text[act.start : act.end] == "批准"


def test_figures_that_changed_places() -> None:
    evidence = "召开党员大会5次、支委会13次。"
    assert [t.text for t in swapped_figures("召开党员大会13次、支委会5次。", evidence)] == ["13次", "5次"]
    assert [t.text for t in reordered_figures("支委会13次、党员大会5次。", evidence)] == ["13次", "5次"]
    assert reordered_figures("党员大会5次、支委会13次。", evidence) == []
