"""The AI label that the 标识办法 (in force 2025-09-01) asks for: a note for readers and a property for machines."""

from __future__ import annotations

import json

from nigao.report.model import Report
from nigao.word.options import WordOptions

AI_NOTE = "本文稿由人工智能辅助生成，须经人工核稿、签发后使用。"
PROPERTY_NAME = "AIGC"
# 1: the content is AI-generated (2: may be, 3: is suspected to be).
_LABEL_GENERATED = "1"


def aigc_metadata(report: Report, options: WordOptions) -> dict[str, str]:
    """The seven fields of the label. ReservedCode1 holds the content hash, by which a later change can be told."""
    content_hash = report.content_hash()
    return {
        "Label": _LABEL_GENERATED,
        "ContentProducer": options.producer,
        "ProduceID": options.produce_id or content_hash,
        "ReservedCode1": content_hash,
        "ContentPropagator": "",
        "PropagateID": "",
        "ReservedCode2": "",
    }


def label_property(report: Report, options: WordOptions) -> dict[str, str]:
    """The label as a custom property of a Word file, by name; nothing where the options leave it off."""
    label = json.dumps(aigc_metadata(report, options), ensure_ascii=False)
    return {PROPERTY_NAME: label} if options.ai_label else {}
