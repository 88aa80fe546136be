"""`nigao doctor --probe`: one small question to the configured model, to see whether and how it answers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from nigao.errors import ModelError
from nigao.views.health import Health

if TYPE_CHECKING:
    from nigao.assistant import Assistant
    from nigao.modelsettings import ModelSettings


def probe_model(assistant: Assistant, settings: ModelSettings) -> Health:
    """Ask, remember the method that worked, and tell."""
    from nigao.drafting.run import try_model
    from nigao.draftjob import choose_model

    choice = choose_model(assistant.store, settings, None)
    assert choice is not None
    try:
        method, usage = asyncio.run(try_model(choice))
    except ModelError as error:
        return Health(name="试连模型", ok=False, detail=str(error))
    detail = f"已应答，结构化输出用 {method}，共用 {usage.input_tokens + usage.output_tokens} 词元"
    return Health(name="试连模型", ok=True, detail=detail)
