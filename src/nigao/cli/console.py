"""How the command line speaks: rich on a terminal, plain when piped, Chinese throughout, exit codes 0, 1 and 2."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from nigao.errors import NigaoError

if TYPE_CHECKING:
    from pydantic import BaseModel

P = ParamSpec("P")
R = TypeVar("R")

FOUND = 1
COULD_NOT_RUN = 2

out = Console(soft_wrap=True, highlight=False, markup=False)
err = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)


def say(text: str = "", style: str | None = None) -> None:
    """Print a line for the user."""
    out.print(text, style=style if out.is_terminal else None)


def note(text: str) -> None:
    """Print a line beside the result, on standard error."""
    err.print(text, style="dim" if err.is_terminal else None)


def fail(error: NigaoError) -> NoReturn:
    """Tell what is wrong and what to do, and exit with 2."""
    err.print(f"错误：{error}", style="bold red" if err.is_terminal else None)
    raise typer.Exit(COULD_NOT_RUN)


def print_json(value: BaseModel | Sequence[BaseModel]) -> None:
    """Print a model, or a list of them, as JSON on standard output, whole and unstyled."""
    if isinstance(value, Sequence):
        text = json.dumps([item.model_dump(mode="json") for item in value], ensure_ascii=False, indent=2)
    else:
        text = value.model_dump_json(indent=2)
    sys.stdout.write(text + "\n")


def print_table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table on a terminal; tab-separated lines when piped."""
    if not out.is_terminal:
        for row in (headers, *rows):
            sys.stdout.write("\t".join(cell.replace("\n", " ").replace("\t", " ") for cell in row) + "\n")
        return
    table = Table(*headers, header_style="bold")
    for row in rows:
        table.add_row(*row)
    out.print(table)


def guarded(command: Callable[P, R]) -> Callable[P, R]:
    """Run a command so that no traceback reaches a user: deliberate errors are told, others are named as ours."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except NigaoError as error:
            fail(error)
        except (typer.Exit, typer.Abort, KeyboardInterrupt):
            raise
        except BrokenPipeError:
            # The reader (head, less) has gone; that is no error of ours.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except OSError as error:
            if os.environ.get("NIGAO_DEBUG"):
                raise
            fail(_unreadable(error))
        except Exception as error:
            if os.environ.get("NIGAO_DEBUG"):
                raise
            fail(_unexpected(error))

    return run


def _unreadable(error: OSError) -> NigaoError:
    reason = error.strerror or type(error).__name__
    return NigaoError(f"文件读写不成（{reason}）", where=str(error.filename or ""), fix="核对路径、权限和磁盘空间")


def _unexpected(error: Exception) -> NigaoError:
    return NigaoError(
        f"程序内部出错（{type(error).__name__}：{error}）",
        fix="已保存的内容没有受影响；设置环境变量 NIGAO_DEBUG=1 重试可看到细节，请反馈给维护者",
    )


def progress_bar(what: str) -> Any:
    """A callback (done, total) that draws a progress bar on a terminal and stays silent when piped; close it after."""
    return _Bar(what)


class _Bar:
    def __init__(self, what: str) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=err, disable=not err.is_terminal, transient=True)
        self._task = self._progress.add_task(what, total=None)

    def __enter__(self) -> Callable[[int, int], None]:
        self._progress.start()
        return lambda done, total: self._progress.update(self._task, completed=done, total=total)

    def __exit__(self, *_: object) -> None:
        self._progress.stop()
