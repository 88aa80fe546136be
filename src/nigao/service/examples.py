"""An example of what a JSON Schema describes, made of the examples that its fields have."""

from __future__ import annotations

from typing import Any

_PREFIX = "#/components/schemas/"
_DEEPEST = 6
_PLAIN: dict[str, Any] = {"string": "…", "integer": 1, "number": 1.0, "boolean": False, "null": None}
_FORMATS = {"date": "2026-01-10", "date-time": "2026-01-10T02:00:00+00:00", "binary": "（文件）"}


def example_of(schema: dict[str, Any], schemas: dict[str, Any], depth: int = 0) -> Any:
    """The schema's own example, else its default or one made of its fields: the required ones, and those that have an
    example of their own.
    """
    if "$ref" in schema:
        return example_of(schemas.get(schema["$ref"].removeprefix(_PREFIX), {}), schemas, depth)
    for key in ("examples", "enum"):
        if schema.get(key):
            return schema[key][0]
    for key in ("example", "const", "default"):
        if key in schema:
            return schema[key]
    for key in ("anyOf", "oneOf", "allOf"):
        if schema.get(key):
            return example_of(schema[key][0], schemas, depth)
    return _made(schema, schemas, depth)


def _made(schema: dict[str, Any], schemas: dict[str, Any], depth: int) -> Any:
    kind = schema.get("type", "")
    if kind == "object":
        if depth >= _DEEPEST:
            return {}
        wanted = set(schema.get("required", ()))
        fields = schema.get("properties", {}).items()
        return {
            name: example_of(field, schemas, depth + 1)
            for name, field in fields
            if name in wanted or field.get("examples")
        }
    if kind == "array":
        least = schema.get("minItems", 0)
        return [example_of(schema.get("items", {}), schemas, depth + 1)] if least and depth < _DEEPEST else []
    if kind == "integer" and "minimum" in schema:
        return schema["minimum"]
    return _FORMATS.get(schema.get("format", ""), _PLAIN.get(kind))
