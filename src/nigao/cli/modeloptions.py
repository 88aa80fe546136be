"""The model options of a command: `--model`, `--base-url`, `--model-option NAME=VALUE`, `--offline`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from nigao.errors import UsageError
from nigao.modelsettings import ModelSettings


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """What was asked for on the command line; `values` go over the workspace's settings, field by field."""

    offline: bool = False
    values: dict[str, Any] = field(default_factory=dict)

    def over(self, settings: ModelSettings) -> ModelSettings | None:
        """The model to use, or None for an offline draft. Raises UsageError, WorkspaceError for bad values."""
        if self.offline:
            return None
        chosen = settings.replaced(self.values) if self.values else settings
        if self.values and not chosen.name:
            raise UsageError("给了模型设置而没有指明模型", where="--model", fix="用 --model 给出模型名称")
        return chosen if chosen.name else None


def model_options(model: str, base_url: str, options: Sequence[str], *, offline: bool) -> ModelOptions:
    """Read the options. Raises UsageError for one that is no NAME=VALUE, or that contradicts `--offline`."""
    values: dict[str, Any] = {}
    for option in options:
        name, sign, value = option.partition("=")
        if not sign or not name:
            raise UsageError(f"不是“名称=值”的形式：{option}", where="--model-option", fix="写成 timeout=60 这样")
        head, dot, key = name.partition(".")
        if dot and head == "headers":
            values.setdefault("headers", {})[key] = value
        else:
            values[name] = value
    values |= {key: value for key, value in (("name", model), ("base_url", base_url)) if value}
    if offline and values:
        raise UsageError("--offline 与模型选项不能同时用", where="--offline", fix="去掉其中一项")
    return ModelOptions(offline, values)
