"""A report file as an editor hands it in: read for checking, mended into a new file, or annotated in a copy."""

from nigao.manuscript.edits import Mended
from nigao.manuscript.manuscript import Manuscript, load_report
from nigao.manuscript.mending import mend

__all__ = ["Manuscript", "Mended", "load_report", "mend"]
