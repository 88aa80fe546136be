"""`nigao`: the commands. Heavy imports stay inside them, so that `nigao --help` is quick."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from nigao import __version__
from nigao.cli import auditing, corpus, evaluating, keys, report
from nigao.cli.chinese import ClickUsageError, Commands, name_panels, shows_help, usage_error
from nigao.cli.console import COULD_NOT_RUN, err, fail, guarded, note, print_json, say
from nigao.cli.workspace import open_assistant, use_workspace

app = Commands(
    help="拟稿：从经批准的语料起草、核对公文报告，句句有出处，没有依据的留作【待补：…】。",
    pretty_exceptions_enable=False,
)
app.add_typer(corpus.app, name="corpus", help="管理语料：同步、加入、提交、批准、查看、撤销、核验。")
app.add_typer(report.app, name="report", help="查看、比较、恢复、送审、签发和导出已保存的报告。")
app.add_typer(auditing.app, name="audit", help="审计记录。")
app.add_typer(keys.app, name="keys", help="接口密钥：新建、查看、撤销。")
app.add_typer(evaluating.app, name="eval", help="用标注数据衡量核对和检索的准确程度。")


def _version(wanted: bool) -> None:
    if wanted:
        say(f"nigao {__version__}")
        raise typer.Exit


@app.callback()
def options(
    workspace: Annotated[Path | None, typer.Option("--workspace", "-w", help="工作区所在文件夹")] = None,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本")] = False,
) -> None:
    use_workspace(workspace)


@app.command(help="新建工作区：设置文件、语料文件夹和清单。")
@guarded
def init(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="工作区文件夹")] = Path(),
    sample: Annotated[bool, typer.Option("--sample", help="放入示例语料和示例拟稿要求")] = False,
) -> None:
    from nigao.workspace import create_workspace

    made = create_workspace(folder, sample=sample)
    say(f"工作区：{folder.resolve()}（新建 {len(made)} 个文件）")
    say(
        "下一步：nigao corpus sync"
        if sample
        else "下一步：把经批准的文件放入 corpus/documents，登记到 corpus/manifest.yaml，再运行 nigao corpus sync"
    )


@app.command(help="检索语料，只返回现行有效、可作依据的段落。")
@guarded
def search(
    query: Annotated[str, typer.Argument(metavar="检索内容", help="要找的词或句子")],
    k: Annotated[int, typer.Option("-k", min=1, max=200, help="返回几段")] = 10,
    role: Annotated[str, typer.Option("--role", help="只找这一类：basis 依据、material 材料、exemplar 范文")] = "",
    unit: Annotated[str, typer.Option("--unit", help="以哪个单位的名义检索，缺省为设置中的单位")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出")] = False,
) -> None:
    from nigao.corpus.model import Role
    from nigao.errors import UsageError
    from nigao.views.corpus import search_hits

    if not query.strip():
        raise UsageError("检索内容是空的", where="nigao search", fix="写出要找的词或句子")
    if role and role not in set(Role):
        raise UsageError(f"没有 {role} 这一类", where="--role", fix="可用的有：basis、material、exemplar")
    with open_assistant() as assistant:
        hits = assistant.search(query, k, unit=unit or None, roles=[Role(role)] if role else None)
        remark = assistant.hybrid.status().note
    found = search_hits(hits)
    if as_json:
        print_json(found)
        return
    for rank, hit in enumerate(found, start=1):
        say(f"{rank}. 《{hit.title}》{hit.locator}  {hit.score:.3f}  [{hit.passage_id}]", "bold")
        say(f"   {hit.text}")
    if not found:
        say("没有找到可作依据的段落。")
    if remark:
        note(remark)


@app.command(help="按拟稿要求起草报告并核对；有错误或待补内容时退出码为 1，文件照常写出。")
@guarded
def draft(
    brief: Annotated[Path, typer.Argument(metavar="拟稿要求", help="拟稿要求文件（YAML）")],
    output: Annotated[
        list[Path] | None, typer.Option("-o", "--output", help="输出文件，可多次给出：.docx .pdf .html .md .txt .json")
    ] = None,
    part: Annotated[str, typer.Option("--part", help="只起草一个部分，如 features")] = "",
    citations: Annotated[
        str, typer.Option("--citations", help="出处：comments 批注、endnotes 尾注、appendix 附录表、none 不带")
    ] = "comments",
    no_ai_label: Annotated[
        bool, typer.Option("--no-ai-label", help="不带人工智能生成合成内容标识（会记入审计）")
    ] = False,
    offline: Annotated[bool, typer.Option("--offline", help="只用语料组织文字，不用已设置的模型")] = False,
    model: Annotated[str, typer.Option("--model", help="用这个模型润色文字（兼容 OpenAI 接口）")] = "",
    base_url: Annotated[str, typer.Option("--base-url", help="模型接口地址，一般以 /v1 结尾")] = "",
    model_option: Annotated[
        list[str] | None, typer.Option("--model-option", help="其他模型设置，可多次给出，如 timeout=60")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出")] = False,
) -> None:
    from nigao.cli.drafting import run_draft
    from nigao.cli.modeloptions import model_options

    run_draft(
        brief,
        output or [],
        part=part,
        citations=citations,
        ai_label=not no_ai_label,
        as_json=as_json,
        model=model_options(model, base_url, model_option or [], offline=offline),
    )


@app.command(help="核对一份报告（txt、md、docx 或本工具的 json）。退出码：0 没有错误，1 有错误，2 无法核对。")
@guarded
def check(
    file: Annotated[Path, typer.Argument(metavar="报告文件", help="txt、md、docx，或本工具导出的 json")],
    fixed: Annotated[Path | None, typer.Argument(metavar="新文件", help="--fix 写入的文件，与 -o 一样")] = None,
    brief: Annotated[Path | None, typer.Option("--brief", help="拟稿要求，用来核对事实")] = None,
    kind: Annotated[str, typer.Option("--kind", help="文种")] = "",
    select: Annotated[list[str] | None, typer.Option("--select", help="只用这些规则，如 S,G2")] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", help="不用这些规则")] = None,
    severity: Annotated[str, typer.Option("--severity", help="只看这一级及以上：info、warning、error")] = "",
    fix: Annotated[bool, typer.Option("--fix", help="把可以自动修正的改好，写入新文件，不动原文件")] = False,
    untracked: Annotated[
        bool, typer.Option("--untracked", help="--fix 直接改好 docx，不留修订（缺省作为修订，可逐处接受或拒绝）")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="只显示 --fix 会改什么，不写文件")] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="--fix 写入的文件")] = None,
    annotate: Annotated[Path | None, typer.Option("--annotate", help="把核对结果作为批注写入 docx 的副本")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出")] = False,
    as_sarif: Annotated[bool, typer.Option("--sarif", help="以 SARIF 2.1.0 输出，供编辑器和流水线使用")] = False,
    second_opinion: Annotated[
        bool, typer.Option("--second-opinion", help="另请模型找错别字；所提的仍要有同样的依据才列出")
    ] = False,
    model: Annotated[str, typer.Option("--model", help="用哪个模型（兼容 OpenAI 接口）")] = "",
    base_url: Annotated[str, typer.Option("--base-url", help="模型接口地址，一般以 /v1 结尾")] = "",
    model_option: Annotated[
        list[str] | None, typer.Option("--model-option", help="其他模型设置，可多次给出，如 timeout=60")
    ] = None,
) -> None:
    from nigao.cli.checking import CheckAsked, run_check
    from nigao.cli.modeloptions import model_options

    run_check(
        CheckAsked(
            file=file,
            brief=brief,
            kind=kind,
            select=select or (),
            ignore=ignore or (),
            severity=severity,
            fix=fix,
            untracked=untracked,
            diff=diff,
            output=output or fixed,
            annotate=annotate,
            as_json=as_json,
            as_sarif=as_sarif,
            second_opinion=second_opinion,
            model=model_options(model, base_url, model_option or [], offline=False),
        )
    )


@app.command(help="对话改稿：直接说要做什么。也可从管道逐行读入，此时有做不成的，退出码为 1。")
@guarded
def chat(
    report: Annotated[str, typer.Argument(metavar="报告编号", help="如 r0001；缺省为最近改过的一份")] = "",
    by: Annotated[str, typer.Option("--by", help="以谁的名义；缺省取环境变量 NIGAO_PERSON，再取登录名")] = "",
    fresh: Annotated[bool, typer.Option("--new", help="另起会话，不接着上一次")] = False,
    offline: Annotated[bool, typer.Option("--offline", help="不用已设置的模型")] = False,
    model: Annotated[str, typer.Option("--model", help="用这个模型（兼容 OpenAI 接口）")] = "",
    base_url: Annotated[str, typer.Option("--base-url", help="模型接口地址，一般以 /v1 结尾")] = "",
    model_option: Annotated[
        list[str] | None, typer.Option("--model-option", help="其他模型设置，可多次给出，如 timeout=60")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="逐行输出 JSON 事件")] = False,
) -> None:
    from nigao.cli.chatting import run_chat
    from nigao.cli.modeloptions import model_options

    chosen = model_options(model, base_url, model_option or [], offline=offline)
    run_chat(report, by=by, as_json=as_json, fresh=fresh, model=chosen)


@app.command(help="通过标准输入输出提供 MCP 工具，供本机的智能体使用：检索、起草、修改、核对、出处、导出。")
@guarded
def mcp(
    by: Annotated[str, typer.Option("--by", help="以谁的名义；缺省取环境变量 NIGAO_PERSON，再取登录名")] = "",
) -> None:
    from nigao.cli.mcp import run_mcp

    run_mcp(by=by)


@app.command(help="列出全部规则；给出编号则说明一条规则。")
@guarded
def rules(
    code: Annotated[str, typer.Argument(metavar="编号", help="规则编号，如 G203")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出")] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="输出全部规则的说明页")] = False,
) -> None:
    from nigao.cli.rules import run_rules

    run_rules(code, as_json=as_json, as_markdown=as_markdown)


@app.command(help="输出报告的 JSON Schema；给出 brief 则输出拟稿要求的。")
@guarded
def schema(what: Annotated[str, typer.Argument(metavar="名称", help="report 或 brief")] = "report") -> None:
    import json

    from pydantic import BaseModel

    from nigao.errors import NotFoundError
    from nigao.report.brief import Brief
    from nigao.report.model import Report

    models: dict[str, type[BaseModel]] = {"report": Report, "brief": Brief}
    if what not in models:
        raise NotFoundError(f"没有 {what} 的结构", where="schema", fix="可用的有：report、brief")
    sys.stdout.write(json.dumps(models[what].model_json_schema(), ensure_ascii=False, indent=2) + "\n")


@app.command(help="启动服务：网页、HTTP 接口、OpenAI 协议和 MCP；按 Ctrl+C 停止。")
@guarded
def serve(
    host: Annotated[str, typer.Option("--host", help="在哪个地址监听，缺省取设置，再缺省为 127.0.0.1")] = "",
    port: Annotated[
        int | None, typer.Option("--port", min=0, max=65535, help="端口，缺省取设置，再缺省为 8710；0 为任选一个空闲的")
    ] = None,
    drafts: Annotated[int | None, typer.Option("--drafts", min=1, max=32, help="同时起草几份，缺省取设置")] = None,
) -> None:
    from nigao.cli.serving import run_serve

    run_serve(host, port, drafts)


@app.command(help="检查安装和工作区是否正常。")
@guarded
def doctor(
    probe: Annotated[bool, typer.Option("--probe", help="向设置的模型提一个问题，看能否应答")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出")] = False,
) -> None:
    from nigao.cli.doctor import run_doctor

    run_doctor(as_json=as_json, probe=probe)


@app.command(help="把工作区备份到一个文件；使用中也可以备份。")
@guarded
def backup(
    file: Annotated[Path, typer.Argument(metavar="备份文件", help="新文件，如 备份-2026-01-10.zip")],
    documents: Annotated[bool, typer.Option("--documents", help="语料原件一并备份")] = False,
) -> None:
    from nigao.cli.backups import run_backup

    run_backup(file, documents=documents)


@app.command(help="用备份恢复工作区；恢复前的内容先自动备份，使用中也可以恢复。")
@guarded
def restore(file: Annotated[Path, typer.Argument(metavar="备份文件", help="nigao backup 写出的文件")]) -> None:
    from nigao.cli.backups import run_restore

    run_restore(file)


def run() -> None:
    """The console script: exits 0, 1 or 2, and never with a traceback."""
    if len(sys.argv) < 3 or {"-h", "--help"} & set(sys.argv):
        name_panels()
    try:
        sys.exit(app(standalone_mode=False, prog_name="nigao") or 0)
    except (typer.Abort, KeyboardInterrupt):
        err.print("已中断；已完成的部分都已保存。")
        sys.exit(130)
    except ClickUsageError as error:
        if not shows_help(error):
            _refuse(error)
        sys.exit(0)


def _refuse(error: Exception) -> None:
    try:
        fail(usage_error(error))
    except typer.Exit:
        sys.exit(COULD_NOT_RUN)


if __name__ == "__main__":
    run()
