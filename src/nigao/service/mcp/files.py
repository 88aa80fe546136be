"""A report as a file, embedded in the answer: an agent's client has no disk of the server's to fetch it from."""

from __future__ import annotations

import base64
import hashlib
from typing import Annotated, Literal
from urllib.parse import quote

from mcp.types import BlobResourceContents, CallToolResult, EmbeddedResource, TextContent
from pydantic import Field

from nigao.draft import Draft
from nigao.exporting import ExportOptions
from nigao.service.mcp.here import served_here
from nigao.service.mcp.shapes import ExportedView

_MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html",
    "md": "text/markdown",
    "txt": "text/plain",
    "json": "application/json",
}
_FORBIDDEN = '\\/:*?"<>|\n\r\t'
_LONGEST_NAME = 80


def export(
    report_id: Annotated[str, Field(min_length=1, max_length=20, description="报告编号，如 r0001")],
    format: Annotated[Literal["docx", "pdf", "html", "md", "txt", "json"], Field(description="文件格式")] = "docx",
    citations: Annotated[
        Literal["comments", "endnotes", "appendix", "none"],
        Field(description="出处：comments 批注、endnotes 尾注、appendix 附录表、none 不带"),
    ] = "comments",
    findings: Annotated[bool, Field(description="docx 和 html 中带上核对结果")] = False,
    revision: Annotated[int | None, Field(ge=1, description="第几稿，缺省为最新一稿")] = None,
) -> Annotated[CallToolResult, ExportedView]:
    """Make a file of a report; the AI label is on it unless the workspace leaves it off."""
    served = served_here()
    draft = served.reports.get(report_id, revision)
    options = ExportOptions(citations=citations, findings=findings)
    made = served.reports.keeper.exported(draft, f".{format}", options, by=served.caller.person)
    name = f"{_name(draft)}.{format}"
    view = ExportedView(
        report_id=draft.id,
        revision=draft.revision,
        name=name,
        media_type=_MEDIA_TYPES[format],
        size=len(made.data),
        sha256=hashlib.sha256(made.data).hexdigest(),
        told=list(made.told),
    )
    blob = BlobResourceContents(
        uri=f"nigao://reports/{draft.id}/files/{quote(name)}",
        mime_type=view.media_type,
        blob=base64.b64encode(made.data).decode(),
    )
    return CallToolResult(
        content=[TextContent(text=view.model_dump_json(indent=2)), EmbeddedResource(resource=blob)],
        structured_content=view.model_dump(mode="json"),
    )


def _name(draft: Draft) -> str:
    """The report's title as a file's name, else its number."""
    title = draft.report.title.text if draft.report.title is not None else ""
    plain = "".join("_" if c in _FORBIDDEN else c for c in title if c != "\n").strip()
    return plain[:_LONGEST_NAME] or draft.id
