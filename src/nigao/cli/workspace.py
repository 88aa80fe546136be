"""Which workspace a command works in: `--workspace`, else NIGAO_WORKSPACE, else the nearest nigao.toml upward."""

from __future__ import annotations

from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

from nigao.errors import WorkspaceError

if TYPE_CHECKING:
    from nigao.assistant import Assistant

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


def open_assistant(*, embeddings: bool = True) -> Assistant:
    """Open the chosen workspace. Raises WorkspaceError, StoreError."""
    from nigao.assistant import Assistant

    return Assistant.open(chosen_workspace(), embeddings=embeddings)
