"""Word files by GB/T 9704—2012: a report exported with its evidence and AI label, any docx read, mended, annotated."""

from nigao.word.aigc import AI_NOTE
from nigao.word.annotating import Note, annotate
from nigao.word.citations import COMMENT_AUTHOR
from nigao.word.editing import TextEdit, replace_text
from nigao.word.mending import mend_layout
from nigao.word.options import CitationStyle, WordOptions
from nigao.word.reading import read_layout
from nigao.word.textmap import Place, TextMap
from nigao.word.writer import docx_bytes, write_docx

__all__ = [
    "AI_NOTE",
    "COMMENT_AUTHOR",
    "CitationStyle",
    "Note",
    "Place",
    "TextEdit",
    "TextMap",
    "WordOptions",
    "annotate",
    "docx_bytes",
    "mend_layout",
    "read_layout",
    "replace_text",
    "write_docx",
]
