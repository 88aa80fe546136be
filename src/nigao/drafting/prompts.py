"""Prompts as files: Markdown with YAML front matter (name, version, variables), checked both ways on loading."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from nigao.errors import PromptError
from nigao.resources import prompts_folder
from nigao.yamlfile import parse_yaml_model

_FRONT = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_VARIABLE = re.compile(r"\{([a-z_]+)\}")


class _Front(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    version: int
    variables: list[str]


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt with its identity: `sha256` (hex, of the template) is what a draft made with it records."""

    name: str
    version: int
    variables: tuple[str, ...]
    template: str
    sha256: str

    def render(self, **values: str) -> str:
        """The prompt with its variables filled. Raises PromptError where the names given are not exactly its own.

        Values are put in once: braces inside them stay as they are.
        """
        wrong = set(values) ^ set(self.variables)
        if wrong:
            raise PromptError(
                f"变量不符：{'、'.join(sorted(wrong))}", where=self.name, fix="按提示词声明的变量逐一给出"
            )
        return _VARIABLE.sub(lambda found: values[found.group(1)], self.template)


def load_prompts(folder: Path | None = None) -> list[Prompt]:
    """Every prompt by name. Raises PromptError naming the file and what is wrong."""
    place = folder or prompts_folder()
    prompts = [_load(path) for path in sorted(place.glob("*.md")) if path.name != "README.md"]
    if not prompts:
        raise PromptError("没有提示词文件", where=str(place), fix="请重新安装")
    return prompts


def _load(path: Path) -> Prompt:
    found = _FRONT.match(path.read_text(encoding="utf-8"))
    if found is None:
        raise PromptError("缺少开头的 YAML 说明", where=str(path), fix="以 --- 起止写明 name、version、variables")
    front = parse_yaml_model(found.group(1), _Front, PromptError, "提示词说明", where=str(path))
    template = found.group(2).strip() + "\n"
    used = set(_VARIABLE.findall(template))
    declared = set(front.variables)
    if used != declared:
        parts = (("用到而未声明", used - declared), ("声明而未用到", declared - used))
        message = "；".join(f"{what}：{'、'.join(sorted(names))}" for what, names in parts if names)
        raise PromptError(message, where=str(path), fix="使声明与正文一致")
    digest = hashlib.sha256(template.encode()).hexdigest()
    return Prompt(front.name, front.version, tuple(front.variables), template, digest)
