"""`nigao eval`: how well checks and search do on labelled data of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nigao.cli.chinese import Commands
from nigao.cli.console import guarded, print_json, print_table, say

if TYPE_CHECKING:
    from nigao.evaluation.measures import EvaluationOutput, Measures
    from nigao.evaluation.retrieval import RetrievalOutput
    from nigao.settings import Settings

app = Commands(help="用标注数据衡量核对和检索的准确程度。")

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


@app.command(
    "retrieval",
    help="衡量检索：文件夹里有 corpus.jsonl（id、title、text）、queries.jsonl（id、text）"
    "和 qrels.tsv（查询编号、文档编号、相关程度），每行一段，建临时索引，不动工作区的语料。",
)
@guarded
def evaluate_search(
    data: _Data,
    k: Annotated[int, typer.Option("-k", min=1, max=200, help="看前几段")] = 10,
    cache: Annotated[Path | None, typer.Option("--cache", help="存放向量的文件夹，下次不必重算")] = None,
    words_only: Annotated[bool, typer.Option("--words-only", help="只按字词检索，不用向量模型")] = False,
    as_json: _Json = False,
) -> None:
    from nigao.cli.console import progress_bar
    from nigao.evaluation.retrieval import evaluate_retrieval
    from nigao.retrieval.embeddings import local_embedder
    from nigao.retrieval.endpoint_embeddings import configured_embedder
    from nigao.retrieval.reranking import configured_reranker

    settings = _settings()
    embedder = reranker = None
    if not words_only:
        embedder = local_embedder() if settings is None else configured_embedder(settings)
        reranker = configured_reranker(settings) if settings is not None else None
    with progress_bar("计算向量") as progress:
        output = evaluate_retrieval(data, embedder, reranker=reranker, k=k, cache=cache, progress=progress)
    if as_json:
        print_json(output)
    else:
        _print_retrieval(output)


def _settings() -> Settings | None:
    """Those of the workspace here, which say which models to use; None outside of one."""
    from nigao.cli.workspace import chosen_workspace, has_workspace
    from nigao.settings import find_workspace, load_settings

    return load_settings(chosen_workspace() or find_workspace()) if has_workspace() else None


def _print_retrieval(output: RetrievalOutput) -> None:
    say(f"{output.documents} 段，{output.queries} 个查询，向量模型：{output.model or '无'}")
    rows = [(name, f"{value:.4f}") for name, value in output.model_dump().items() if "@" in name]
    times = [("建索引（秒）", f"{output.index_s:.1f}"), ("查询中位数（毫秒）", f"{output.query_ms_p50:.1f}")]
    print_table(["指标", "数值"], [*rows, *times, ("查询 95 分位（毫秒）", f"{output.query_ms_p95:.1f}")])
    for count, told in (
        (output.unjudged, "个查询没有判定，未计入"),
        (output.missing, "个判定的文档不在 corpus.jsonl 中，找不到也计入"),
    ):
        if count:
            say(f"{count} {told}")
    if output.note:
        say(output.note)


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
