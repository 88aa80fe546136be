"""Typer in Chinese: usage lines, help panels and usage errors, which the library words in English."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from nigao.errors import UsageError

# What the help shows for an option's type; a switch has none worth telling.
_TYPES = {"<bool>": None, "<str>": "<文字>", "<int>": "<数>", "<int range>": "<数>", "<path>": "<路径>"}

# The library's base of all usage errors, which it does not export by name.
ClickUsageError: type[Exception] = typer.BadParameter.__mro__[1]


class _ChineseUsage:
    """Mixed into commands and groups."""

    def get_usage(self, ctx: Any) -> str:
        usage: str = super().get_usage(ctx)  # type: ignore[misc]
        named = usage.replace("Usage:", "用法：").replace("[OPTIONS]", "[选项]")
        return named.replace("COMMAND [ARGS]...", "命令 [参数]…")

    def format_help(self, ctx: Any, formatter: Any) -> None:
        for parameter in self.get_params(ctx):  # type: ignore[attr-defined]
            _name_type(parameter, ctx)
        super().format_help(ctx, formatter)  # type: ignore[misc]

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "显示帮助"
        return option


def _name_type(parameter: Any, ctx: Any) -> None:
    """Show the parameter's type in Chinese, where this version of the library lets us."""
    show = getattr(type(parameter), "display_type_rich", None)
    if show is None:
        return
    written = show(parameter, ctx)
    bare = f"<{str(written).strip('<>').removeprefix('list[').rstrip(']').lower()}>"
    shown = _TYPES.get(bare, written)
    parameter.display_type_rich = lambda ctx: shown


class ChineseCommand(_ChineseUsage, TyperCommand):
    """A command whose help is Chinese."""


class ChineseGroup(_ChineseUsage, TyperGroup):
    """A group of commands whose help is Chinese."""


class Commands(typer.Typer):
    """A Typer whose help is Chinese throughout."""

    def __init__(self, **options: Any) -> None:
        settings = {"help_option_names": ["-h", "--help"]}
        super().__init__(
            cls=ChineseGroup, no_args_is_help=True, add_completion=False, context_settings=settings, **options
        )

    def command(self, name: str | None = None, **options: Any) -> Callable[[Any], Any]:
        return super().command(name, cls=ChineseCommand, **options)


def name_panels() -> None:
    """Give the help panels Chinese titles; called only where help is to be shown, since it loads rich."""
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
    rich_utils.OPTIONS_PANEL_TITLE = "选项"
    rich_utils.COMMANDS_PANEL_TITLE = "命令"
    rich_utils.REQUIRED_LONG_STRING = "[必填]"
    rich_utils.DEFAULT_STRING = "[默认：{}]"


def shows_help(error: Exception) -> bool:
    """Whether the "error" is only that a group was called without a command, for which the library printed its help."""
    return type(error).__name__ == "NoArgsIsHelpError"


def _parameter_name(parameter: Any) -> str:
    if parameter is None:
        return ""
    option = next((name for name in parameter.opts if name.startswith("-")), "")
    return f"选项 {option}" if option else f"参数“{parameter.metavar or parameter.name}”"


def usage_error(error: Exception) -> UsageError:
    """A usage error of the library as one of ours, in Chinese."""
    option = str(getattr(error, "option_name", "") or "")
    name = f"选项 {option}" if option else _parameter_name(getattr(error, "param", None))
    message = {
        "NoSuchOption": f"没有{name}",
        "NoSuchCommand": "没有这个命令",
        "MissingParameter": f"缺少{name}",
        "BadParameter": f"{name} 的值不合要求" if name else "参数的值不合要求",
        "BadOptionUsage": f"{name} 用法不对",
        "BadArgumentUsage": "参数用法不对",
    }.get(type(error).__name__, "命令写法不对，或没有这个命令")
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "nigao"
    return UsageError(message, where=command, fix=f"用 {command} --help 查看用法")
