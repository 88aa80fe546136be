"""Load a YAML file into a Pydantic model, with errors that a person can act on."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from nigao.errors import UsageError

ModelT = TypeVar("ModelT", bound=BaseModel)

_PROBLEMS = {
    "missing": "缺少必填项",
    "extra_forbidden": "不认识的字段",
    "string_type": "应为文字",
    "list_type": "应为列表",
    "dict_type": "应为“字段: 值”的结构",
    "model_type": "应为“字段: 值”的结构",
    "model_attributes_type": "应为“字段: 值”的结构",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "float_parsing": "应为数字",
    "float_type": "应为数字",
    "greater_than": "数值太小",
    "greater_than_equal": "数值太小",
    "less_than_equal": "数值太大",
    "bool_parsing": "应为 true 或 false",
    "date_from_datetime_parsing": "应为日期，如 2025-12-26",
    "date_parsing": "应为日期，如 2025-12-26",
    "date_type": "应为日期，如 2025-12-26",
    "date_from_datetime_inexact": "应为日期，如 2025-12-26",
    "invalid_key": "字段名应为文字",
    "enum": "取值不在允许范围",
    "literal_error": "取值不在允许范围",
    "string_too_short": "不能为空",
    "too_short": "项数不够",
    "string_pattern_mismatch": "取值不在允许范围",
    "bool_type": "应为 true 或 false",
}


class _RepeatedKey(yaml.MarkedYAMLError):
    """A field is stated twice in one place: `problem` is its name."""


class _Loader(yaml.SafeLoader):
    """YAML whose mistakes can be told: a field stated twice is one, and a day that does not exist stays the text that
    it is, so that the field's own validator names it.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.tag != "tag:yaml.org,2002:merge":
                if key.value in seen:
                    raise _RepeatedKey(problem=key.value, problem_mark=key.start_mark)
                seen.add(key.value)
        return super().construct_mapping(node, deep)

    def construct_day(self, node: yaml.ScalarNode) -> object:
        """A date or a time; the text where there is no such day."""
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            return node.value


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_day)


def load_yaml_model(
    path: Path, model: type[ModelT], error: type[UsageError], what: str, *, context: dict[str, Any] | None = None
) -> ModelT:
    """Read `path` as `model`. Raises `error` (a UsageError subclass) naming the file, the field and the fix.

    `context` is what the model's validators are told besides.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise error(f"找不到{what}文件", where=str(path), fix="核对路径是否正确") from None
    except UnicodeDecodeError:
        raise error(f"{what}文件不是 UTF-8 编码", where=str(path), fix="用 UTF-8 编码另存后再试") from None
    except (OSError, ValueError) as exc:
        # A path with a null character in it is a ValueError.
        raise error(
            f"{what}文件读不出来（{getattr(exc, 'strerror', None) or '路径无效'}）",
            where=str(path),
            fix="核对路径和权限",
        ) from None
    return parse_yaml_model(text, model, error, what, where=str(path), context=context)


def parse_yaml_model(
    text: str,
    model: type[ModelT],
    error: type[UsageError],
    what: str,
    *,
    where: str,
    context: dict[str, Any] | None = None,
) -> ModelT:
    """The same for YAML text already in hand; `where` names its origin in messages."""
    try:
        data = yaml.load(text, _Loader)
    except _RepeatedKey as exc:
        line = f"第 {exc.problem_mark.line + 1} 行" if exc.problem_mark else ""
        raise error(f"{line}的字段 {exc.problem} 重复出现", where=where, fix="同一处每个字段只写一次") from None
    except yaml.MarkedYAMLError as exc:
        line = f"第 {exc.problem_mark.line + 1} 行附近" if exc.problem_mark else ""
        raise error(
            f"{what}不是合法的 YAML{line and '：' + line}", where=where, fix="检查缩进、冒号后的空格和引号"
        ) from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise error(f"{what}不是合法的 YAML", where=where, fix="检查内容是否为纯文本 YAML，日期是否真实存在") from None
    if not isinstance(data, dict):
        raise error(f"{what}应为“字段: 值”的结构", where=where, fix="参照 examples/brief.yaml 的写法")
    try:
        return model.model_validate(data, context=context)
    except ValidationError as exc:
        raise error("；".join(explain(exc, model)), where=where, fix="改正后再试") from None


def explain(exc: ValidationError, model: type[BaseModel] | None = None) -> list[str]:
    """One Chinese line for each problem: the field's path, what is wrong, and what an unknown field may have meant."""
    told = told_problems(exc.errors(include_url=False), model)
    return [f"{path}：{message}" if path else message for path, message in told]


def told_problems(problems: Iterable[Any], model: type[BaseModel] | None = None) -> list[tuple[str, str]]:
    """What Pydantic reports (`ValidationError.errors()`): each field's path, and what is wrong with it in Chinese."""
    told: list[tuple[str, str]] = []
    for problem in problems:
        path = ".".join(str(part + 1) if isinstance(part, int) else part for part in problem["loc"])
        kind = problem["type"]
        message = _PROBLEMS.get(kind)
        if kind == "value_error":
            message = str(problem["ctx"]["error"]) if "ctx" in problem else None
        if message is None:
            message = "格式不对"
        if kind == "extra_forbidden" and model is not None:
            message += _nearest(str(problem["loc"][-1]), model)
        told.append((path, message))
    return told


def _nearest(name: str, model: type[BaseModel]) -> str:
    names = sorted(_field_names(model, set()))
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    return f"，是否想写 {near[0]}" if near else ""


def _field_names(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[str]:
    """The model's field names and those of the models inside it."""
    if model in seen:
        return set()
    seen.add(model)
    names = set(model.model_fields)
    for field in model.model_fields.values():
        for inner in _models_in(field.annotation):
            names |= _field_names(inner, seen)
    return names


def _models_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for arg in getattr(annotation, "__args__", ()) for model in _models_in(arg)]
