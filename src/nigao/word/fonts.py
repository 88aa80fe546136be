"""Which font a run names, through the theme where it names one by its part in the theme."""

from __future__ import annotations

from docx.document import Document

from nigao.word.ooxml import Element, W, value
from nigao.word.opening import related_root

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SCRIPTS = {"zh-TW": "Hant", "zh-HK": "Hant", "zh-MO": "Hant", "ja-JP": "Jpan", "ko-KR": "Hang"}


class Theme:
    """The theme fonts of one document. Most themes leave the East Asian font open and list one for each script."""

    def __init__(self, document: Document) -> None:
        root = related_root(document.part, "THEME")
        language = value(related_root(document.part, "SETTINGS"), "themeFontLang", attribute="eastAsia")
        self._script = _SCRIPTS.get(language, "Hans")
        self._fonts = {}
        if root is not None:
            for size in ("major", "minor"):
                self._fonts[size] = next(root.iter(f"{_A}{size}Font"), None)

    def font(self, fonts: Element, slot: str) -> str:
        """The font that `w:rFonts` names for a slot (`eastAsia`, `ascii`); a theme's name wins over a plain one."""
        themed = fonts.get(f"{W}{slot}Theme")
        if themed:
            return self._themed(themed)
        return str(fonts.get(W + slot) or "")

    def _themed(self, name: str) -> str:
        group = self._fonts.get("major" if name.startswith("major") else "minor")
        if group is None:
            return ""
        tag = "ea" if name.endswith("EastAsia") else "cs" if name.endswith("Bidi") else "latin"
        found = group.find(_A + tag)
        typeface = "" if found is None else str(found.get("typeface") or "")
        if typeface or tag != "ea":
            return typeface
        for font in group.findall(_A + "font"):
            if font.get("script") == self._script:
                return str(font.get("typeface") or "")
        return ""
