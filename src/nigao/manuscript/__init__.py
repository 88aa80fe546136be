"""A report file as an editor hands it in: read for checking, mended into a new file, or annotated in a copy."""

from nigao.manuscript.edits import Mended, safe_edits
from nigao.manuscript.manuscript import Manuscript, load_report
from nigao.manuscript.mending import mend, mend_report

__all__ = ["Manuscript", "Mended", "load_report", "mend", "mend_report", "safe_edits"]
