"""The MCP server: its tools and resources, and errors told in Chinese with what to do."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from mcp.server.lowlevel.helper_types import ReadResourceContents
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError, ToolError, UnexpectedResourceError
from mcp.types import CallToolResult, InputRequiredResult, TextContent
from pydantic import AnyUrl, ValidationError

from nigao import __version__
from nigao.errors import NigaoError, NotFoundError
from nigao.service.mcp.here import Introducing, served_here
from nigao.service.mcp.resources import add_resources
from nigao.service.mcp.tools import TOOLS
from nigao.service.plainbody import require_plain
from nigao.service.problems import problem_of
from nigao.service.serving import Served
from nigao.yamlfile import explain

log = logging.getLogger("nigao.service")
_SCOPES = {tool.name: tool.scope for tool in TOOLS}
_INSTRUCTIONS = """\
拟稿：从经批准的语料起草、修改、核对公文报告。
- 报告句句有出处，没有依据的留作【待补：…】。不要替它补编数字、文件名、人名；请使用者提供，再用 revise 写入。
- 一般顺序：search 查材料，draft 起草，evidence 看出处，revise 修改，check 核对，export 导出。
- 工具报错会说明原因和办法，照办即可。revise 的 waits_for 不为空时，先把它问的转告使用者，再答复。
- 签发只能由人办理，任何工具都不能代办。"""


class _Server(MCPServer[Any]):
    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool that the caller's key allows; what goes wrong is told as the tool's own result."""
        try:
            if name in _SCOPES:
                served_here().caller.require(_SCOPES[name])
            require_plain(arguments)
            return await super().call_tool(name, arguments, context)
        except NigaoError as error:
            return _failed(_words(error))
        except ToolError as error:
            return _failed(_told(error, name))

    async def read_resource(
        self, uri: AnyUrl | str, context: Context[Any, Any] | None = None
    ) -> Iterable[ReadResourceContents] | InputRequiredResult:
        """Read a resource. Raises ResourceError, in Chinese."""
        try:
            return await super().read_resource(uri, context)
        except ResourceNotFoundError:
            raise ResourceNotFoundError(
                f"没有资源 {uri}（可用的有 nigao://reports、nigao://reports/报告编号、nigao://rules/规则编号）"
            ) from None
        except UnexpectedResourceError as error:
            cause = error.__cause__
            if isinstance(cause, NotFoundError):
                raise ResourceNotFoundError(_words(cause)) from None
            if isinstance(cause, NigaoError):
                raise ResourceError(_words(cause)) from None
            raise


def build_server(who: Callable[[Any], Served]) -> MCPServer[Any]:
    """A server whose requests are served as `who` says (see `Introducing`)."""
    with _logging_as_it_was():
        server = _Server(
            "nigao",
            title="拟稿",
            description="从经批准的语料起草、核对公文报告，句句有出处",
            instructions=_INSTRUCTIONS,
            version=__version__,
            middleware=[Introducing(who)],
            subscriptions=False,
        )
    for tool in TOOLS:
        server.add_tool(
            tool.function, tool.name, title=tool.title, description=tool.description, annotations=tool.hints
        )
    add_resources(server)
    return server


@contextmanager
def _logging_as_it_was() -> Iterator[None]:
    """The library sets up the logging of the whole process when a server is made; that is for the commands to do."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


def _words(error: NigaoError) -> str:
    """An error in words; where to look a report up is another place for an agent than for a client of REST."""
    if isinstance(error, NotFoundError) and error.where == "report_id":
        return str(NotFoundError(error.message, where=error.where, fix="读资源 nigao://reports 查看可用的编号"))
    return str(error)


def _failed(told: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(text=told)], is_error=True)


def _told(error: ToolError, name: str) -> str:
    cause = error.__cause__
    if isinstance(cause, ValidationError):
        return f"{name} 的参数不合要求：{'；'.join(explain(cause))}（对照工具的参数说明改正后再试）"
    if isinstance(cause, NigaoError):
        return _words(cause)
    if name not in _SCOPES:
        return f"没有工具 {name}（可用的有：{'、'.join(_SCOPES)}）"
    log.error("MCP 工具 %s 出错", name, exc_info=cause)
    problem = problem_of(cause if isinstance(cause, Exception) else error)
    return f"{problem.title}：{problem.detail}（{problem.fix}）"
