"""Small PDF files for the tests, written by hand: each text, line and picture exactly where a test wants it."""

from dataclasses import dataclass, field

WIDTH, HEIGHT = 595.0, 842.0


@dataclass
class Page:
    """One page; places are points from its top left corner, texts stand on `y`."""

    width: float = WIDTH
    height: float = HEIGHT
    rotate: int = 0
    drawn: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, words: str, size: float = 16, *, mode: int = 0, turn: str = "1 0 0 1") -> "Page":
        """Words in a font that every reader knows, each character `size` wide; Latin letters and figures half of it."""
        code = words.encode("utf-16-be").hex()
        self.drawn.append(f"BT /F1 {size} Tf {mode} Tr {turn} {x} {self.height - y} Tm <{code}> Tj ET")
        return self

    def lines(self, x: float, y: float, *texts: str, size: float = 16, step: float = 28) -> "Page":
        for i, words in enumerate(texts):
            self.text(x, y + i * step, words, size)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> "Page":
        self.drawn.append(f"0.5 w {x0} {self.height - y0} m {x1} {self.height - y1} l S")
        return self

    def grid(self, xs: list[float], ys: list[float]) -> "Page":
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        return self

    def picture(self, x: float, y: float, width: float, height: float) -> "Page":
        self.drawn.append(f"q {width} 0 0 {height} {x} {self.height - y - height} cm /I1 Do Q")
        return self

    def note(self, words: str) -> "Page":
        self.notes.append(words)
        return self


def pdf_bytes(*pages: Page, info: str = "", encrypted: bool = False) -> bytes:
    """The file of these pages; `info` is the title in its properties."""
    objects: list[bytes] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
        b"/Supplement 4>>/FontDescriptor 5 0 R/DW 1000/W[1 95 500 814 939 500]>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
        b"/Descent -120/CapHeight 880/StemV 93>>",
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>\n"
        b"stream\n\x80\nendstream",
        f"<</Title<{('﻿' + info).encode('utf-16-be').hex()}>>>".encode(),
    ]
    kids = []
    for page in pages:
        content = "\n".join(page.drawn).encode()
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content))
        stream = len(objects)
        annotations = []
        for words in page.notes:
            code = ("﻿" + words).encode("utf-16-be").hex()
            objects.append(f"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents<{code}>>>".encode())
            annotations.append(f"{len(objects)} 0 R")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {page.width} {page.height}]/Rotate {page.rotate}"
            f"/Contents {stream} 0 R"
            f"/Resources<</Font<</F1 3 0 R>>/XObject<</I1 6 0 R>>>>/Annots[{' '.join(annotations)}]>>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode()
    return _written(objects, encrypted)


def _written(objects: list[bytes], encrypted: bool) -> bytes:
    data = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    # The words that open it are nobody's, so that no password fits.
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>/ID[<00><00>]" % (b"41" * 32, b"42" * 32)
    data += b"trailer\n<</Size %d/Root 1 0 R/Info 7 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        lock if encrypted else b"",
        start,
    )
    return bytes(data)
