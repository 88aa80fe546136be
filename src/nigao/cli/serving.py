"""`nigao serve`: the HTTP API, the OpenAI protocol, MCP and the web page, until it is stopped."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from nigao.cli.console import say
from nigao.cli.workspace import open_assistant

if TYPE_CHECKING:
    from nigao.assistant import Assistant


def run_serve(host: str, port: int | None, drafts: int | None) -> None:
    """Serve the workspace; options win over its settings. Raises UsageError, WorkspaceError, StoreError."""
    from nigao.service.running import serve

    with open_assistant() as assistant:
        assert assistant.settings is not None
        given: dict[str, Any] = {"host": host.strip() or None, "port": port, "drafts": drafts}
        chosen = {name: value for name, value in given.items() if value is not None}
        serve(assistant, assistant.settings.service.model_copy(update=chosen), lambda at: _tell(assistant, at))


def _tell(assistant: Assistant, address: str) -> None:
    keys = len(assistant.store.keys.list())
    say(f"拟稿服务：{address}/")
    say(f"接口说明：{address}/api/docs")
    say(
        f"密钥：需要（已发 {keys} 把，nigao keys list 查看）"
        if keys
        else "密钥：不用（只有本机能访问，还没有发过密钥）"
    )
    say("按 Ctrl+C 停止。")
    # Who started it may be waiting for the address at the other end of a pipe.
    sys.stdout.flush()
