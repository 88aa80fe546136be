"""`nigao audit …`: the audit log, and all that it seals."""

from __future__ import annotations

from nigao.cli.chinese import Commands
from nigao.cli.console import guarded, say
from nigao.cli.workspace import open_assistant

app = Commands()


@app.callback()
def audit() -> None:
    """One command alone would otherwise stand for the whole group."""


@app.command(help="核验审计记录的链条和它封存的内容没有被改动。")
@guarded
def verify() -> None:
    with open_assistant(embeddings=False) as assistant:
        found = assistant.store.audit.examine()
    say(
        f"审计记录 {found.events} 条，链条完整；文件 {found.documents} 份、报告 {found.revisions} 稿、"
        f"会话 {found.turns} 轮、送审签发 {found.signoffs} 次和接口密钥，都与记录相符。"
    )
