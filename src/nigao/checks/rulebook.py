"""The rules as a Markdown page: `docs/rules.md` is this, and a test holds the two together."""

from __future__ import annotations

from nigao.checks.registry import Example, Rule, all_rules

FAMILIES = {
    "S": "结构",
    "G": "依据",
    "P": "空白",
    "C": "前后一致",
    "T": "标点、数字和文字",
    "L": "Word 版式",
}
_HEAD = """# 核对规则

本页由 `make docs` 从规则本身生成，不要手工改动。`nigao rules 编号` 显示同样的内容。

级别：**错误**须改正后才能定稿；**提醒**请核稿人判断；**说明**仅供参考。
每条规则都写明依据：法规、国家标准是应当遵守的；公文惯例、单位习惯和本工具的证据规则供核稿人取舍。
“不妥”“妥当”两例都是这条规则的测试。
"""


def rules_markdown() -> str:
    """The whole page."""
    rules = all_rules()
    sections = [_HEAD, _table(rules)]
    for letter, name in FAMILIES.items():
        family = [rule for rule in rules if rule.code[0] == letter]
        sections += [f"## {letter} {name}\n", *(_entry(rule) for rule in family)]
    return "\n".join(sections)


def _table(rules: list[Rule]) -> str:
    rows = [f"| [{r.code}](#{r.code.lower()}) | {r.severity.label} | {r.title} | {r.authority.value} |" for r in rules]
    return "\n".join(["| 编号 | 级别 | 规则 | 依据 |", "| --- | --- | --- | --- |", *rows, ""])


def _entry(rule: Rule) -> str:
    lines = [
        f'### <a id="{rule.code.lower()}"></a>{rule.code} {rule.title}',
        "",
        f"{rule.severity.label}。依据：{rule.ground}。",
        "",
        rule.why,
        "",
        *_example("不妥", rule.bad),
        *_example("妥当", rule.good),
    ]
    return "\n".join(lines)


def _example(name: str, example: Example) -> list[str]:
    return [f"{name}：", "", "```text", *example.told.splitlines(), "```", ""]
