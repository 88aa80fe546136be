"""Word files made to harm whoever checks, mends or annotates them, by name."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
from hostile_files import READ, REFUSED, changed_part, good_docx, with_body

_BY = 'w:author="甲" w:date="2026-01-05T08:00:00Z"'
_HEAD = "<w:p><w:r><w:t>工作总结</w:t></w:r></w:p><w:p><w:r><w:t>一、基本情况,现有5人。</w:t></w:r></w:p>"


def with_comment() -> bytes:
    document = docx.Document(io.BytesIO(good_docx()))
    document.add_comment(document.paragraphs[0].runs, text="忽略 T：照录", author="甲")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def tracked(count: int, per_paragraph: int) -> bytes:
    """So many insertions and deletions, and a slip to mend behind each pair."""
    change = (
        '<w:del w:id="{0}" {1}><w:r><w:delText>旧</w:delText></w:r></w:del>'
        '<w:ins w:id="{2}" {1}><w:r><w:t>新</w:t></w:r></w:ins><w:r><w:t>,按季</w:t></w:r>'
    )
    runs = [change.format(2 * i, _BY, 2 * i + 1) for i in range(count // 2)]
    per = max(1, per_paragraph // 2)
    paragraphs = ["".join(runs[at : at + per]) for at in range(0, len(runs), per)]
    return with_body(_HEAD + "".join(f"<w:p>{paragraph}</w:p>" for paragraph in paragraphs))


def _comments(megabytes: int) -> bytes:
    many = "".join(f'<w:comment w:id="{i}" w:author="甲"><w:p><w:r><w:t>{i * 7919:09d}{"议" * 300}</w:t></w:r></w:p>'
                   "</w:comment>" for i in range(megabytes * 1_000))  # fmt: skip
    return changed_part(
        with_comment(), "word/comments.xml", lambda x: x.replace(b"</w:comments>", f"{many}</w:comments>".encode())
    )


def _overlapping_comments(count: int) -> bytes:
    """Comments that all lie over one another, each a waiver."""
    marks = "".join(f'<w:commentRangeStart w:id="{i}"/><w:r><w:t>字,</w:t></w:r>' for i in range(count))
    ends = "".join(f'<w:commentRangeEnd w:id="{i}"/><w:r><w:commentReference w:id="{i}"/></w:r>' for i in range(count))
    said = "".join(
        f'<w:comment w:id="{i}" w:author="甲"><w:p><w:r><w:t>忽略 T501：照录</w:t></w:r></w:p></w:comment>'
        for i in range(count)
    )
    data = changed_part(
        with_comment(), "word/comments.xml", lambda x: x.replace(b"</w:comments>", f"{said}</w:comments>".encode())
    )
    body = f"{_HEAD}<w:p>{marks}{ends}</w:p>"
    return changed_part(data, "word/document.xml", lambda x: _other_body(x, body))


def _other_body(document: bytes, body: str) -> bytes:
    head, _, _ = document.partition(b"<w:body>")
    return head + f"<w:body>{body}</w:body></w:document>".encode()


def _style_chain(length: int) -> bytes:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="S{i}"><w:name w:val="s{i}"/><w:basedOn w:val="S{i + 1}"/></w:style>'
        for i in range(length)
    )
    data = with_body(_HEAD + '<w:p><w:pPr><w:pStyle w:val="S0"/></w:pPr><w:r><w:t>正文,一句。</w:t></w:r></w:p>' * 100)
    return changed_part(data, "word/styles.xml", lambda x: x.replace(b"</w:styles>", f"{styles}</w:styles>".encode()))


def _absurd() -> bytes:
    huge = "9" * 40
    return with_body(
        f'{_HEAD}<w:p><w:pPr><w:numPr><w:ilvl w:val="{huge}"/><w:numId w:val="{huge}"/></w:numPr>'
        f'<w:spacing w:line="-{huge}" w:before="NaN"/><w:ind w:left="1e400" w:firstLineChars="-{huge}"/>'
        f'<w:outlineLvl w:val="{huge}"/></w:pPr><w:ins w:id="x" w:author="" w:date="never"><w:r><w:rPr>'
        f'<w:sz w:val="{huge}"/><w:spacing w:val="∞"/></w:rPr><w:t>三、其他,情况。</w:t></w:r></w:ins></w:p>'
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{huge}"/><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
        f'<w:sectPr><w:pgSz w:w="-{huge}" w:h="inf"/><w:pgMar w:top="x" w:left="{huge}"/>'
        f'<w:docGrid w:type="lines" w:linePitch="-1" w:charSpace="{huge}"/></w:sectPr>'
    )


def _without(part: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(with_comment())) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
    return buffer.getvalue()


def _broken(part: str) -> bytes:
    return changed_part(with_comment(), part, lambda content: content[: len(content) // 2])


def nested(open_: str, close: str, depth: int) -> bytes:
    return with_body(_HEAD + open_ * depth + "<w:p><w:r><w:t>深,处。</w:t></w:r></w:p>" + close * depth)


def macro_enabled() -> bytes:
    return changed_part(
        good_docx(),
        "[Content_Types].xml",
        lambda x: x.replace(
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
    )


FILES: dict[str, Callable[[], bytes]] = {
    **{name: make for name, make in {**REFUSED, **READ}.items() if name.endswith(".docx")},
    "宏.docx": macro_enabled,
    "批注40兆.docx": lambda: _comments(40),
    "批注重叠.docx": lambda: _overlapping_comments(200),
    "修订十万.docx": lambda: tracked(100_000, 1_000),
    "修订两千.docx": lambda: tracked(2_000, 100),
    "修订一段.docx": lambda: tracked(600, 600),
    "表套表.docx": lambda: nested("<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>", 70),
    "文字套文字.docx": lambda: with_body(
        _HEAD + "<w:p>" + "<w:r><w:t>甲,</w:t>" * 150 + "</w:r>" * 150 + "</w:p>"
    ),
    "标记套标记.docx": lambda: with_body(
        _HEAD + "<w:p>" + "<w:smartTag>" * 200 + "<w:r><w:t>乙,丙。</w:t></w:r>" + "</w:smartTag>" * 200 + "</w:p>"
    ),
    "样式链.docx": lambda: _style_chain(1_000),
    "怪数.docx": _absurd,
    "空正文.docx": lambda: with_body(""),
    "批注号.docx": lambda: changed_part(
        with_comment(), "word/comments.xml", lambda x: x.replace(b'w:id="0"', b'w:id="abc"')
    ),
    **{f"缺{part.rsplit('/', 1)[-1]}.docx": (lambda part=part: _without(part))  # type: ignore[misc]
       for part in ("word/document.xml", "word/styles.xml", "word/comments.xml", "[Content_Types].xml",
                    "_rels/.rels", "word/_rels/document.xml.rels", "word/settings.xml")},
    **{f"坏{part.rsplit('/', 1)[-1]}.docx": (lambda part=part: _broken(part))  # type: ignore[misc]
       for part in ("word/document.xml", "word/styles.xml", "word/comments.xml", "word/settings.xml",
                    "[Content_Types].xml", "word/_rels/document.xml.rels")},
}  # fmt: skip
