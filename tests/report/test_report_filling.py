"""What would fill a blank."""

from __future__ import annotations

import pytest
from report_samples import KIND

from nigao.report.brief import Brief
from nigao.report.filling import fitting, known_fact, wanted_fact

BRIEF = Brief.model_validate(
    {
        "unit": "云汀市档案服务中心",
        "facts": [{"name": "编制", "value": "12", "unit": "名"}, {"name": "党员人数", "value": "9"}],
    }
)


def place(text: str) -> tuple[str, int, int]:
    return text, text.index("XX"), text.index("XX") + 2


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("核定编制XX名，实有12人。", "编制数"),
        ("核定编制12名，实有人数XX人。", "实有人数"),
        ("现有XX名党员。", "党员人数"),
        ("内设科室XX个。", "内设科室"),
        ("组织学习XX次。", None),
    ],
)
def test_the_words_around_name_the_fact(text: str, fact: str | None) -> None:
    found = wanted_fact(*place(text), KIND)
    assert (found.name if found else None) == fact


def test_a_fact_goes_by_any_of_its_names() -> None:
    spec = wanted_fact(*place("核定编制XX名。"), KIND)
    assert spec is not None
    fact = known_fact(spec, BRIEF)
    assert fact is not None
    assert fact.written == "12名"
    assert known_fact(spec, None) is None


@pytest.mark.parametrize(
    ("text", "source", "found"),
    [
        ("印发《中共XX市委工作规则》", "《中共云汀市委工作规则》自印发之日起施行", "云汀"),
        ("落实“XX”总体思路", "坚持“一体两翼、三步走”总体思路", "一体两翼、三步走"),
        ("开展“XX”行动", "开展“清风”活动", ""),
        ("落实“XX”总体思路", "坚持“XXX”总体思路", ""),
        ("XX局", "市档案局", ""),
        ("组织XX", "组织学习", ""),
    ],
)
def test_a_sources_words_around_the_same_place(text: str, source: str, found: str) -> None:
    assert fitting(*place(text), source) == found
