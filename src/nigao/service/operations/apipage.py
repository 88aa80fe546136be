"""The interface as a page: made here of the OpenAPI document, with nothing fetched from elsewhere and no script."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from markdown_it import MarkdownIt

STYLE = """\
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; line-height: 1.7; color: #1d2129; background: #fff;
  font-family: system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
h1, h2 { line-height: 1.3; }
h2 { margin-top: 2.5rem; border-bottom: 2px solid #d0d5dd; padding-bottom: .3rem; }
code, pre { font-family: ui-monospace, Consolas, monospace; font-size: .9em; }
pre { padding: .8rem; background: #f4f5f7; border-radius: 4px;
  white-space: pre-wrap; overflow-wrap: anywhere; }
details { margin: .5rem 0; border: 1px solid #d0d5dd; border-radius: 4px; }
summary { padding: .5rem .8rem; cursor: pointer; }
summary:focus-visible, a:focus-visible { outline: 3px solid #1a56b0; outline-offset: 2px; }
details > div { padding: 0 .8rem .8rem; }
.method { display: inline-block; min-width: 3.6rem; font-weight: 700; color: #1a4f9c; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .3rem .6rem; border: 1px solid #d0d5dd; text-align: left; vertical-align: top; }
a { color: #1a4f9c; }
"""
_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_PLACES = {"path": "路径", "query": "查询", "header": "请求头"}


def render(spec: dict[str, Any], address: str) -> str:
    """The page; `address` is where the service is reached, for the lines to try."""
    info = spec["info"]
    sections = "".join(_section(tag, spec, address) for tag in spec.get("tags", ()))
    links = "".join(f'<li><a href="#{_anchor(tag)}">{escape(tag["name"])}</a></li>' for tag in spec["tags"])
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(info["title"])}</title><link rel="icon" href="data:,">'
        '<link rel="stylesheet" href="/api/docs.css"></head><body><main>'
        f"<h1>{escape(info['title'])} {escape(info['version'])}</h1>"
        f"{_MARKDOWN.render(info.get('description', ''))}"
        '<p>机器可读的说明：<a href="/api/openapi.json">/api/openapi.json</a>（OpenAPI）</p>'
        f'<nav aria-label="目录"><ul>{links}</ul></nav>{sections}</main></body></html>'
    )


def _section(tag: dict[str, Any], spec: dict[str, Any], address: str) -> str:
    found = [
        _operation(method.upper(), path, operation, address)
        for path, methods in spec["paths"].items()
        for method, operation in methods.items()
        if tag["name"] in operation.get("tags", ())
    ]
    name, told = escape(tag["name"]), escape(tag.get("description", ""))
    return f'<section><h2 id="{_anchor(tag)}">{name}</h2><p>{told}</p>{"".join(found)}</section>'


def _anchor(tag: dict[str, Any]) -> str:
    return escape(tag["name"].replace(" ", "-"))


def _operation(method: str, path: str, operation: dict[str, Any], address: str) -> str:
    anybody = "" if "x-nigao-scope" in operation else "任何密钥都可以。" if operation.get("security") else "不用密钥。"
    statuses = "、".join(escape(status) for status in operation["responses"])
    return (
        f'<details id="{escape(operation["operationId"])}"><summary><span class="method">{method}</span> '
        f"<code>{escape(path)}</code> {escape(operation.get('summary', ''))}</summary><div>"
        f"{_MARKDOWN.render(operation.get('description', ''))}<p>{anybody}应答：{statuses}</p>"
        f"{_parameters(operation)}{_body(operation)}<pre>{escape(_curl(method, path, operation, address))}</pre>"
        "</div></details>"
    )


def _parameters(operation: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(one['name'])}</code></td><td>{_PLACES.get(one['in'], one['in'])}"
        f"{'，必填' if one.get('required') else ''}</td>"
        f"<td>{escape(one.get('description') or one['schema'].get('description', ''))}</td></tr>"
        for one in operation.get("parameters", ())
    )
    return (
        f"<table><thead><tr><th>参数</th><th>位置</th><th>说明</th></tr></thead><tbody>{rows}</tbody></table>"
        if rows
        else ""
    )


def _body(operation: dict[str, Any]) -> str:
    contents = operation.get("requestBody", {}).get("content", {})
    return "".join(
        f"<p>请求内容（<code>{escape(kind)}</code>）：</p><pre>{escape(_example(content, indent=2))}</pre>"
        for kind, content in contents.items()
    )


def _example(content: dict[str, Any], indent: int | None = None) -> str:
    named = content.get("examples")
    value = next(iter(named.values())).get("value") if named else content.get("example")
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _curl(method: str, path: str, operation: dict[str, Any], address: str) -> str:
    asked = [one for one in operation.get("parameters", ()) if one.get("required")]
    lines = [f"curl {'' if method == 'GET' else f'-X {method} '}'{address}{path}'"]
    if operation.get("security"):
        lines.append("-H 'Authorization: Bearer ng_…'")
    lines += [f"-G --data-urlencode '{one['name']}=…'" for one in asked if one["in"] == "query"]
    lines += [f"-H '{one['name']}: …'" for one in asked if one["in"] == "header"]
    kind, content = next(iter(operation.get("requestBody", {}).get("content", {}).items()), ("", {}))
    if kind.startswith("multipart/"):
        lines.append("-F 'file=@文件.docx'")
    elif kind:
        quoted = _example(content).replace("'", "'\\''")
        lines.append(f"-H 'Content-Type: {kind}' -d '{quoted}'")
    return " \\\n  ".join(lines)
