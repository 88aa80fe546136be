"""Word files for the tests, made by python-docx and, where it has no word for it, by raw XML."""

import io
import zipfile
from collections.abc import Callable

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

NS = nsdecls("w")
BOX_NS = (
    NS + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
TRACKED = 'w:id="1" w:author="核稿人" w:date="2025-01-01T00:00:00Z"'


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def inserted(text: str) -> str:
    return f"<w:ins {TRACKED}>{run(text)}</w:ins>"


def deleted(text: str) -> str:
    return f'<w:del {TRACKED}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def moved_from(text: str) -> str:
    return f"<w:moveFrom {TRACKED}>{run(text)}</w:moveFrom>"


def moved_to(text: str) -> str:
    return f"<w:moveTo {TRACKED}>{run(text)}</w:moveTo>"


def text_box(text: str) -> str:
    """A text box as Word stores it: the drawing and its twin for old versions."""
    box = f"<w:txbxContent><w:p>{run(text)}</w:p></w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def paragraph(content: str, properties: str = "") -> str:
    return f"<w:p {BOX_NS}><w:pPr>{properties}</w:pPr>{content}</w:p>"


def word_bytes(*paragraphs: str, then: Callable[[Document], None] | None = None) -> bytes:
    """A docx whose body is these paragraphs; one that begins with `<` is raw XML. `then` may go on with python-docx."""
    document = docx.Document()
    document.core_properties.title = ""
    for content in paragraphs:
        if content.startswith("<"):
            document.element.body.insert_element_before(parse_xml(content), "w:sectPr")
        else:
            document.add_paragraph(content)
    if then is not None:
        then(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def repacked(
    data: bytes, extra: dict[str, bytes] | None = None, replace: Callable[[str, bytes], bytes] | None = None
) -> bytes:
    """The same archive with entries added or changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, replace(name, content) if replace else content)
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return buffer.getvalue()
