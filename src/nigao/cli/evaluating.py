"""`nigao eval`: how well the checks do on labelled data of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nigao.cli.chinese import Commands
from nigao.cli.console import guarded, print_json, print_table, say

if TYPE_CHECKING:
    from nigao.evaluation.measures import EvaluationOutput, Measures

app = Commands(help="用标注数据衡量核对的准确程度。")

_Data = Annotated[Path, typer.Option("--data", help="标注数据：文件或文件夹")]
_Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出")]


@app.command(
    "check",
    help="衡量错别字、标点和前后一致的核对：tsv 每行“错句<制表符>正句”（两侧相同即无错），txt 为无错文本。",
)
@guarded
def evaluate_check(data: _Data, as_json: _Json = False) -> None:
    from nigao.evaluation.checking import evaluate_checks

    _print(evaluate_checks(data), as_json=as_json)


@app.command("grounding", help="衡量依据核对：jsonl 每行有 source、claim 和 keywords（label 为 ok 或 hallucinated）。")
@guarded
def evaluate_grounds(data: _Data, as_json: _Json = False) -> None:
    from nigao.evaluation.grounding import evaluate_grounding

    _print(evaluate_grounding(data), as_json=as_json)


def _print(output: EvaluationOutput, *, as_json: bool) -> None:
    if as_json:
        print_json(output)
        return
    say(f"{output.data}：{output.texts} 条，{output.characters} 字")
    headers = ["规则", "准确率", "召回率", "F1", "报出", "应报", "报对", "每万字误报"]
    named = [*output.rules.items(), *output.views.items(), ("合计", output.total)]
    print_table(headers, [[name, *_cells(measures)] for name, measures in named])
    for remark in output.notes:
        say(remark)


def _cells(measures: Measures) -> list[str]:
    shares = [measures.precision, measures.recall, measures.f1]
    counts = [measures.found, measures.expected, measures.right]
    alarms = measures.false_alarms_per_10k
    return [
        *("—" if share is None else f"{share:.3f}" for share in shares),
        *map(str, counts),
        "—" if alarms is None else f"{alarms:.2f}",
    ]
