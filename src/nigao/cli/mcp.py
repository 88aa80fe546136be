"""`nigao mcp`: the tools for an agent on this machine, over standard input and output."""

from __future__ import annotations

from nigao.cli.workspace import open_assistant, person


def run_mcp(*, by: str) -> None:
    """Serve until the input ends. Raises WorkspaceError, StoreError."""
    from nigao.service.mcp.stdio import run_stdio

    with open_assistant() as assistant:
        run_stdio(assistant, person(by))
