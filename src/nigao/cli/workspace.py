"""Which workspace a command works in: `--workspace`, else NIGAO_WORKSPACE, else the nearest nigao.toml upward."""

from __future__ import annotations

import getpass
import os
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

from nigao.errors import KindError, NigaoError, WorkspaceError

if TYPE_CHECKING:
    from nigao.assistant import Assistant
    from nigao.checker import Checker
    from nigao.report.kinds import Kind
    from nigao.settings import Settings

_option: ContextVar[Path | None] = ContextVar("workspace", default=None)


def use_workspace(folder: Path | None) -> None:
    """Remember the option for the command that follows."""
    _option.set(folder)


def chosen_workspace() -> Path | None:
    """The folder given by `--workspace`, or None. Raises WorkspaceError where it is no workspace."""
    from nigao.settings import CONFIG_NAME

    folder = _option.get()
    if folder is not None and not (folder / CONFIG_NAME).is_file():
        raise WorkspaceError(
            f"这里不是工作区（没有 {CONFIG_NAME}）", where=str(folder), fix="核对路径，或先运行 nigao init"
        )
    return folder


def has_workspace() -> bool:
    """Whether there is a workspace to work in. Raises WorkspaceError where one was named that is none."""
    from nigao.settings import find_workspace

    named = chosen_workspace()
    if named is not None:
        return True
    try:
        find_workspace()
    except WorkspaceError as error:
        # A variable that points nowhere is a mistake to tell; no workspace at all is not.
        if error.where == "NIGAO_WORKSPACE":
            raise
        return False
    return True


def workspace_settings() -> Settings | None:
    """The settings of the workspace, None where there is none or they cannot be read: that is told elsewhere."""
    from nigao.settings import find_workspace, load_settings

    try:
        return load_settings(chosen_workspace() or find_workspace())
    except NigaoError:
        return None


def open_assistant(*, embeddings: bool = True) -> Assistant:
    """Open the chosen workspace. Raises WorkspaceError, StoreError."""
    from nigao.assistant import Assistant

    return Assistant.open(chosen_workspace(), embeddings=embeddings)


def person(named: str) -> str:
    """In whose name something is done: as named, else by NIGAO_PERSON, else as logged in."""
    return named.strip() or os.environ.get("NIGAO_PERSON", "").strip() or getpass.getuser()


def kind_named(assistant: Assistant | Checker, key: str, where: str) -> Kind:
    """The kind of that key, by default the workspace's. Raises KindError naming `where` the key was written, or the
    settings file where it is the workspace's own.
    """
    from nigao.settings import CONFIG_NAME

    try:
        return assistant.kind(key)
    except KindError as error:
        # A kind that is there but malformed names its own file.
        if error.where != "kind":
            raise
        place = where if key or assistant.settings is None else f"{assistant.settings.root / CONFIG_NAME} 的 kind"
        raise KindError(error.message, where=place, fix=error.fix) from None
