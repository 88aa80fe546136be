"""The AI label that the 标识办法 (in force 2025-09-01) asks for: a note for readers and a property for machines."""

from __future__ import annotations

import json
from xml.sax.saxutils import escape

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from nigao.report.model import Report
from nigao.word.options import WordOptions

AI_NOTE = "本文稿由人工智能辅助生成，须经人工核稿、签发后使用。"
PROPERTY_NAME = "AIGC"
# 1: the content is AI-generated (2: may be, 3: is suspected to be).
_LABEL_GENERATED = "1"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_USER_PROPERTIES = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


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


def add_property(document: Document, report: Report, options: WordOptions) -> None:
    """Write the label as custom property `AIGC` into docProps/custom.xml."""
    value = escape(json.dumps(aigc_metadata(report, options), ensure_ascii=False))
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        f'<property fmtid="{_USER_PROPERTIES}" pid="2" name="{PROPERTY_NAME}"><vt:lpwstr>{value}</vt:lpwstr></property>'
        "</Properties>"
    )
    package = document.part.package
    part = Part(PackURI("/docProps/custom.xml"), _CONTENT_TYPE, xml.encode(), package)
    package.relate_to(part, f"{_OFFICE}/relationships/custom-properties")
