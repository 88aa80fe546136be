"""How a model endpoint is reached and what it may cost: from nigao.toml, the environment or an option, in that order of
rising weight. Data only; the key is read from the environment when a call is made and is kept nowhere.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any, Literal, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator

from nigao.errors import WorkspaceError
from nigao.yamlfile import explain

KEY_VARIABLE = "NIGAO_API_KEY"
EMBEDDING_KEY_VARIABLE = "NIGAO_EMBEDDING_API_KEY"
RERANKER_KEY_VARIABLE = "NIGAO_RERANKER_API_KEY"
# OpenAI's own variable counts for OpenAI's own address only: another endpoint must not be shown that key.
_OPENAI_KEY_VARIABLE = "OPENAI_API_KEY"
_SECRET_FIELDS = {"api_key", "apikey", "key", "token", "secret", "password"}
_SECRET_HEADERS = {"authorization", "api-key", "x-api-key", "proxy-authorization", "cookie"}

Method = Literal["json_schema", "tools", "json_object", "prompt"]


class Endpoint(BaseModel):
    """Where an OpenAI-compatible endpoint is. `timeout` (seconds) bounds one call with all its retries."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = ""
    base_url: str = ""
    timeout: float = Field(default=120.0, gt=0, le=3600)
    retries: int = Field(default=2, ge=0, le=10)
    headers: dict[str, str] = Field(default_factory=dict)

    @field_validator("base_url")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        if not value:
            return value
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("应为 http:// 或 https:// 开头的地址")
        if parts.username or parts.password:
            raise ValueError("地址里不能带用户名和密码，密钥放在环境变量里")
        return value.rstrip("/")

    @property
    def address(self) -> str:
        """The endpoint as it is remembered and shown: its address, `openai` for the library's own."""
        return self.base_url or "openai"

    def key(self, *variables: str) -> SecretStr | None:
        """The key from the first of the environment variables that is set."""
        names = (*variables, *(() if self.base_url else (_OPENAI_KEY_VARIABLE,)))
        found = next((os.environ[name] for name in names if os.environ.get(name)), None)
        return SecretStr(found) if found else None


class ModelSettings(Endpoint):
    """A chat model. Token budgets count prompt and answer together; `structured` fixes the way of asking for JSON that
    is otherwise found by trying. Prices are per million tokens, in `currency`.
    """

    concurrency: int = Field(default=4, ge=1, le=64)
    tokens_per_call: int = Field(default=6000, ge=300)
    tokens_per_answer: int = Field(default=1500, ge=50)
    tokens_per_report: int = Field(default=200_000, ge=300)
    structured: Method | Literal["auto"] = "auto"
    temperature: float | None = Field(default=None, ge=0, le=2)
    seed: int | None = None
    price_in: float | None = Field(default=None, ge=0)
    price_out: float | None = Field(default=None, ge=0)
    currency: str = "元"

    def replaced(self, options: Mapping[str, Any]) -> ModelSettings:
        """These settings with the options of a command line put over them. Raises WorkspaceError."""
        _refuse_secrets(ModelSettings, options, "--model-option")
        try:
            return ModelSettings.model_validate({**self.model_dump(), **options})
        except ValidationError as error:
            lines = "；".join(explain(error, ModelSettings))
            raise WorkspaceError(lines, where="--model-option", fix="改正后再试") from None

    @model_validator(mode="after")
    def _room_for_the_prompt(self) -> Self:
        if self.tokens_per_answer >= self.tokens_per_call:
            raise ValueError("tokens_per_answer 应小于 tokens_per_call（后者含提示和回答）")
        return self


class EmbeddingSettings(Endpoint):
    """An embedding model. `dimensions` asks for shorter vectors where the model has them; `batch` is texts a call."""

    dimensions: int | None = Field(default=None, ge=1)
    batch: int = Field(default=32, ge=1, le=2048)


class RerankerSettings(Endpoint):
    """A reranking model. `candidates` is how many passages of a search it puts in order. It is never asked twice: a
    search without it is a good search, and somebody is waiting.
    """

    timeout: float = Field(default=10.0, gt=0, le=3600)
    retries: int = Field(default=0, ge=0, le=0)
    candidates: int = Field(default=30, ge=2, le=200)


SettingsT = TypeVar("SettingsT", ModelSettings, EmbeddingSettings, RerankerSettings)
_PREFIX: dict[type[Endpoint], str] = {
    ModelSettings: "NIGAO_MODEL",
    EmbeddingSettings: "NIGAO_EMBEDDING",
    RerankerSettings: "NIGAO_RERANKER",
}
_KEY_VARIABLES: dict[type[Endpoint], str] = {
    ModelSettings: KEY_VARIABLE,
    EmbeddingSettings: EMBEDDING_KEY_VARIABLE,
    RerankerSettings: RERANKER_KEY_VARIABLE,
}
# The short names that every tool of this sort has.
_SHORT: dict[type[Endpoint], dict[str, str]] = {ModelSettings: {"NIGAO_MODEL": "name", "NIGAO_BASE_URL": "base_url"}}


def resolve(model: type[SettingsT], file: Mapping[str, Any], where: str) -> SettingsT:
    """The settings as file and environment give them, the latter winning field by field.

    `where` names the file in messages. Raises WorkspaceError naming the place and the field.
    """
    _refuse_secrets(model, file, where)
    try:
        return model.model_validate({**file, **_from_environment(model)})
    except ValidationError as error:
        fix = "改正 nigao.toml 或环境变量后再试"
        raise WorkspaceError("；".join(explain(error, model)), where=where, fix=fix) from None


def _from_environment(model: type[SettingsT]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in model.model_fields:
        value = os.environ.get(f"{_PREFIX[model]}_{name.upper()}")
        if value:
            found[name] = _headers(value, f"{_PREFIX[model]}_HEADERS") if name == "headers" else value
    for variable, name in _SHORT.get(model, {}).items():
        if os.environ.get(variable):
            found[name] = os.environ[variable]
    return found


def _headers(text: str, variable: str) -> dict[str, str]:
    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        value = None
    if not isinstance(value, dict):
        raise WorkspaceError("应为 JSON 对象", where=variable, fix='写成 {"名称": "值"}')
    return {str(name): str(item) for name, item in value.items()}


def _refuse_secrets(model: type[Endpoint], values: Mapping[str, Any], where: str) -> None:
    """A key in a file is copied with the folder and one on the command line is seen by others: neither is taken."""
    headers = values.get("headers")
    names = {str(name).lower() for name in headers} if isinstance(headers, Mapping) else set[str]()
    secret = sorted({name.lower() for name in values} & _SECRET_FIELDS | names & _SECRET_HEADERS)
    if secret:
        fix = f"密钥放在环境变量 {_KEY_VARIABLES[model]} 里，带密钥的请求头放在 {_PREFIX[model]}_HEADERS 里"
        raise WorkspaceError(f"{'、'.join(secret)} 不能写在这里", where=where, fix=fix)
