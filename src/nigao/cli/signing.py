"""`nigao report history | restore | submit | approve | return | status`: a report's revisions, and its sign-off."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from nigao.cli.chinese import Commands
from nigao.cli.console import guarded, print_json, print_table, say
from nigao.cli.workspace import open_assistant, person
from nigao.text.dates import local_time

app = Commands()

ReportId = Annotated[str, typer.Argument(metavar="编号", help="报告编号，如 r0001")]
Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出")]
_ACTS = {"draft": "起草", "edit": "修改", "undo": "撤销", "redo": "重做", "restore": "恢复"}
_STEPS = {"submitted": "送审", "approved": "签发", "returned": "退回"}


@app.command(help="列出一份报告的各稿：谁、何时、为什么改，哪一稿送审、签发过。")
@guarded
def history(report_id: ReportId, as_json: Json = False) -> None:
    from nigao.views.reports import revision_views

    with open_assistant(embeddings=False) as assistant:
        entries = assistant.reports.history(report_id)
        taken = assistant.reports.signoffs(report_id)
    views = revision_views(entries, taken)
    if as_json:
        print_json(views)
        return
    rows = [
        [
            str(view.revision),
            local_time(view.created_at),
            view.author,
            _ACTS.get(view.act, view.act),
            view.reason,
            "；".join(f"{step.by}{_STEPS[step.state]}" for step in view.signoffs),
        ]
        for view in views
    ]
    print_table(["稿次", "时间", "作者", "做法", "说明", "签发"], rows)


@app.command(help="恢复以前的一稿，作为新的一稿；原来的各稿都还在。")
@guarded
def restore(
    report_id: ReportId,
    revision: Annotated[int, typer.Argument(metavar="稿次", min=1, help="要恢复的稿次，见 history")],
    by: Annotated[str, typer.Option("--by", help="以谁的名义；缺省取环境变量 NIGAO_PERSON，再取登录名")] = "",
) -> None:
    with open_assistant(embeddings=False) as assistant:
        before = assistant.reports.get(report_id).revision
        draft = assistant.reports.restore(report_id, revision, person(by))
    if draft.revision == before:
        say(f"{draft.id} 现在的内容就是第 {revision} 稿，没有改动。")
    else:
        say(f"已恢复第 {revision} 稿，现为 {draft.id} 第 {draft.revision} 稿。")


@app.command(help="送审：讨论稿成为送审稿。有错误或待补内容的，先改正，或写明理由予以忽略。")
@guarded
def submit(
    report_id: ReportId,
    by: Annotated[str, typer.Option("--by", help="送审人")],
    note: Annotated[str, typer.Option("--note", help="说明")] = "",
) -> None:
    with open_assistant(embeddings=False) as assistant:
        status = assistant.reports.submit(report_id, by, note)
    waived = len(json.loads(status.step.waived_json)) if status.step is not None else 0
    extra = f"，{waived} 处提醒或错误已写明理由予以忽略" if waived else ""
    say(f"{status.report} 第 {status.revision} 稿已送审{extra}，等待签发。")


@app.command(help="签发送审稿；之后任何改动都使签发失效。")
@guarded
def approve(
    report_id: ReportId,
    by: Annotated[str, typer.Option("--by", help="签发人，须在 nigao.toml 的 [signoff] 中列出")],
    note: Annotated[str, typer.Option("--note", help="说明")] = "",
) -> None:
    with open_assistant(embeddings=False) as assistant:
        status = assistant.reports.approve(report_id, by, note)
    say(f"{status.report} 第 {status.revision} 稿已签发（内容校验值 {status.content_hash[:12]}…）。")


@app.command("return", help="退回送审稿，写明要改什么；报告回到讨论稿。")
@guarded
def send_back(
    report_id: ReportId,
    by: Annotated[str, typer.Option("--by", help="退回人")],
    note: Annotated[str, typer.Option("--note", help="退回的理由")],
) -> None:
    with open_assistant(embeddings=False) as assistant:
        status = assistant.reports.send_back(report_id, by, note)
    say(f"{status.report} 第 {status.revision} 稿已退回，现为讨论稿。")


@app.command(help="显示一份报告是讨论稿、送审稿还是已签发。")
@guarded
def status(report_id: ReportId, as_json: Json = False) -> None:
    from nigao.views.reports import status_view

    with open_assistant(embeddings=False) as assistant:
        now = assistant.reports.status(report_id)
        taken = assistant.reports.signoffs(report_id)
    if as_json:
        print_json(status_view(now, taken))
        return
    say(f"{now.report}：{now.told}")
    for step in taken:
        note = f"：{step.note}" if step.note else ""
        say(f"  {local_time(step.at)} {step.by}{_STEPS[step.state]}第 {step.revision} 稿{note}")
