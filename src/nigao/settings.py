"""Where a workspace is and what its nigao.toml says. Data only: nothing here opens a store or an index."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nigao.checks.profile import CheckProfile
from nigao.errors import WorkspaceError
from nigao.modelsettings import EmbeddingSettings, ModelSettings, RerankerSettings, resolve
from nigao.yamlfile import explain

CONFIG_NAME = "nigao.toml"
WORKSPACE_VARIABLE = "NIGAO_WORKSPACE"


class CheckSettings(CheckProfile):
    """`[check]`: a profile for every kind, and under `kinds` what one kind wants besides or instead."""

    kinds: dict[str, CheckProfile] = Field(default_factory=dict)

    def profile(self, kind: str) -> CheckProfile:
        """The profile for a report of this kind."""
        general = CheckProfile.model_validate(self.model_dump(exclude={"kinds"}))
        own = self.kinds.get(kind)
        return own.over(general, own.model_fields_set) if own is not None else general


class SignoffSettings(BaseModel):
    """`[signoff]`: who may sign reports off, by name, and whether a report's drafter or submitter may do so too."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    approvers: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    drafter_may_approve: bool = False


class WordSettings(BaseModel):
    """`[word]`: the unit's own docx or dotx by which reports are laid out, an absolute path; None: the standard."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    template: Path | None = None


class ServiceSettings(BaseModel):
    """`[service]`: how `nigao serve` listens and what it bears. `drafts` are made at once; sizes are in MB (10^6);
    `requests_per_minute` is for each caller, 0 for no limit; `grace` is how many seconds running work has when the
    server is stopped. `framed_by` are origins (`https://…`) whose pages may show the web page in a frame, as Word does.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    host: str = "127.0.0.1"
    port: int = Field(default=8710, ge=0, le=65535)
    drafts: int = Field(default=2, ge=1, le=32)
    upload_mb: int = Field(default=50, ge=1, le=1000)
    body_mb: int = Field(default=4, ge=1, le=100)
    requests_per_minute: int = Field(default=1200, ge=0)
    grace: float = Field(default=20.0, ge=0, le=3600)
    framed_by: tuple[Annotated[str, Field(pattern=r"^https?://[A-Za-z0-9.\-]+(:\d+)?$")], ...] = ()


class Settings(BaseModel):
    """A workspace's settings. Paths are absolute; `embeddings` is `local`, `endpoint` (the model of `[embedding]`) or
    `none` (lexical search only). A model without a name is none: drafting is then offline. `unit` is who searches and
    checks where no brief says so: documents may be visible to named units only.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    root: Path
    manifest: Path
    kinds: Path
    kind: str = "political-ecology"
    embeddings: str = Field(default="local", pattern="^(local|endpoint|none)$")
    ai_label: bool = True
    unit: str = ""
    model: ModelSettings = ModelSettings()
    embedding: EmbeddingSettings = EmbeddingSettings()
    reranker: RerankerSettings = RerankerSettings()
    check: CheckSettings = CheckSettings()
    signoff: SignoffSettings = SignoffSettings()
    word: WordSettings = WordSettings()
    service: ServiceSettings = ServiceSettings()

    @property
    def data(self) -> Path:
        """The folder of the database and the indexes."""
        return self.root / ".nigao"

    @property
    def uploads(self) -> Path:
        """Where originals are kept that came by the HTTP API."""
        return self.root / "uploads"

    @property
    def database(self) -> Path:
        """The SQLite file: the truth."""
        return self.data / "nigao.db"


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    manifest: str = "corpus/manifest.yaml"
    kinds: str = "kinds"
    kind: str = "political-ecology"
    embeddings: str = "local"
    ai_label: bool = True
    unit: str = ""
    model: dict[str, Any] = Field(default_factory=dict)
    embedding: dict[str, Any] = Field(default_factory=dict)
    reranker: dict[str, Any] = Field(default_factory=dict)
    check: CheckSettings = CheckSettings()
    signoff: SignoffSettings = SignoffSettings()
    word: WordSettings = WordSettings()
    service: ServiceSettings = ServiceSettings()


def find_workspace(start: Path | None = None) -> Path:
    """The nearest folder upward with a nigao.toml; NIGAO_WORKSPACE wins where `start` is None.

    Raises WorkspaceError.
    """
    named = os.environ.get(WORKSPACE_VARIABLE)
    if start is None and named:
        folder = Path(named).expanduser().resolve()
        if not (folder / CONFIG_NAME).is_file():
            raise WorkspaceError(f"{folder} 不是工作区（没有 {CONFIG_NAME}）", where=WORKSPACE_VARIABLE, fix="核对路径")
        return folder
    origin = (start or Path.cwd()).expanduser().resolve()
    for folder in (origin, *origin.parents):
        if (folder / CONFIG_NAME).is_file():
            return folder
    raise WorkspaceError(
        f"这里没有工作区（从当前目录向上找不到 {CONFIG_NAME}）",
        where=str(origin),
        fix="先运行 nigao init，或用 --workspace 指明工作区",
    )


def load_settings(root: Path) -> Settings:
    """The settings of the workspace at `root`. Raises WorkspaceError naming the file and the field."""
    path = root / CONFIG_NAME
    try:
        file = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        return Settings(
            root=root,
            manifest=root / file.manifest,
            kinds=root / file.kinds,
            model=resolve(ModelSettings, file.model, f"{path} 的 [model]"),
            embedding=resolve(EmbeddingSettings, file.embedding, f"{path} 的 [embedding]"),
            reranker=resolve(RerankerSettings, file.reranker, f"{path} 的 [reranker]"),
            check=file.check,
            signoff=file.signoff,
            word=_word(file.word, root, path),
            service=file.service,
            **file.model_dump(include={"kind", "embeddings", "ai_label", "unit"}),
        )
    except (OSError, UnicodeDecodeError):
        raise WorkspaceError("设置文件读不出来", where=str(path), fix="核对权限，并用 UTF-8 编码保存") from None
    except tomllib.TOMLDecodeError as exc:
        raise WorkspaceError(f"不是合法的 TOML（{exc}）", where=str(path), fix="改正后再试") from None
    except ValidationError as exc:
        raise WorkspaceError("；".join(explain(exc, _File)), where=str(path), fix="改正后再试") from None


def _word(word: WordSettings, root: Path, path: Path) -> WordSettings:
    """The settings with the template's path from the workspace. Raises WorkspaceError where there is no such file."""
    if word.template is None:
        return word
    template = root / word.template.expanduser()
    if not template.is_file():
        raise WorkspaceError(
            f"找不到 Word 模板 {template}",
            where=f"{path} 的 [word] template",
            fix="核对路径（相对于工作区），或删去这一项按国家标准排版",
        )
    return WordSettings(template=template)
