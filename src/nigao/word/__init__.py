"""Word export: a report as a .docx laid out by GB/T 9704—2012, with its evidence and its AI label."""

from nigao.word.aigc import AI_NOTE
from nigao.word.citations import COMMENT_AUTHOR
from nigao.word.options import CitationStyle, WordOptions
from nigao.word.title import title_lines
from nigao.word.writer import docx_bytes, write_docx

__all__ = ["AI_NOTE", "COMMENT_AUTHOR", "CitationStyle", "WordOptions", "docx_bytes", "title_lines", "write_docx"]
