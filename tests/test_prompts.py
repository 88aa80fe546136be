"""Prompts: variables are declared and used both ways, and filled in once."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nigao.drafting.prompts import Prompt, load_prompts
from nigao.errors import PromptError

GOOD = "---\nname: greet\nversion: 2\nvariables: [unit, period]\n---\n为{unit}起草{period}的报告。{unit}。\n"


def load(folder: Path, text: str) -> Prompt:
    (folder / "greet.md").write_text(text, encoding="utf-8")
    (prompt,) = load_prompts(folder)
    return prompt


def test_the_shipped_prompts_load() -> None:
    prompts = load_prompts()
    assert "subsection" in {prompt.name for prompt in prompts}
    for prompt in prompts:
        assert prompt.version >= 1
        filled = prompt.render(**{name: f"<{name}>" for name in prompt.variables})
        assert all(f"<{name}>" in filled for name in prompt.variables)


def test_a_prompt_with_its_identity(tmp_path: Path) -> None:
    prompt = load(tmp_path, GOOD)
    assert (prompt.name, prompt.version, prompt.variables) == ("greet", 2, ("unit", "period"))
    assert prompt.template == "为{unit}起草{period}的报告。{unit}。\n"
    assert prompt.sha256 == hashlib.sha256(prompt.template.encode()).hexdigest()
    assert load(tmp_path, GOOD.replace("起草", "草拟")).sha256 != prompt.sha256
    assert load(tmp_path, GOOD.replace("version: 2", "version: 3")).sha256 == prompt.sha256


def test_the_readme_is_no_prompt(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("no front matter", encoding="utf-8")
    assert load(tmp_path, GOOD).name == "greet"


def test_rendering_fills_every_place(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD).render(unit="甲", period="2025年") == "为甲起草2025年的报告。甲。\n"


@given(st.text(max_size=30), st.text(max_size=30))
def test_values_are_put_in_once(unit: str, period: str) -> None:
    prompt = Prompt("greet", 1, ("unit", "period"), "{unit}|{period}", "")
    assert prompt.render(unit=unit, period=period) == f"{unit}|{period}"
    assert prompt.render(unit="{period}", period=r"\1") == r"{period}|\1"


@pytest.mark.parametrize("values", [{"unit": "甲"}, {"unit": "甲", "period": "", "extra": ""}, {}])
def test_rendering_takes_exactly_its_variables(tmp_path: Path, values: dict[str, str]) -> None:
    with pytest.raises(PromptError, match="变量不符") as caught:
        load(tmp_path, GOOD).render(**values)
    assert caught.value.where == "greet"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[unit, period]", "[unit]", "用到而未声明：period"),
        ("[unit, period]", "[unit, period, kind]", "声明而未用到：kind"),
        ("[unit, period]", "[unit, kind]", "用到而未声明：period；声明而未用到：kind"),
        ("---\nname", "name", "缺少开头的 YAML 说明"),
        ("version: 2\n", "", "version：缺少必填项"),
        ("version: 2", "version: two", "version：应为整数"),
        ("version: 2", "verison: 2", "verison：不认识的字段，是否想写 version"),
        ("variables: [unit, period]", "variables: unit", "variables：应为列表"),
        ("name: greet", "name: [", "不是合法的 YAML"),
    ],
)
def test_what_is_wrong_with_a_prompt_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(PromptError) as caught:
        load(tmp_path, GOOD.replace(old, new, 1))
    assert message in caught.value.message
    assert caught.value.where == str(tmp_path / "greet.md")


def test_no_prompts_at_all(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="没有提示词文件"):
        load_prompts(tmp_path)
