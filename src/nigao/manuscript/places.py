"""Where the characters of an extracted text stand in the file that they were extracted from."""

from __future__ import annotations

UNKNOWN = -1


def positions(extracted: str, raw: str) -> list[int]:
    """For each character of `extracted` (and its end) its offset in `raw`, or UNKNOWN.

    Extraction drops marks and white space and keeps the order of words, so every line is looked for as a subsequence
    behind the one before it. A line that is not found whole, such as a table's row, stays unknown.
    """
    places = [UNKNOWN] * (len(extracted) + 1)
    start, after = 0, 0
    for line in extracted.split("\n"):
        found = _subsequence(line, raw, after)
        if found:
            places[start : start + len(line)] = found
            places[start + len(line)] = after = found[-1] + 1
        start += len(line) + 1
    return places


def _subsequence(line: str, raw: str, after: int) -> list[int]:
    """The offsets of the line's characters in one line of `raw`, from `after` on; empty where there is none."""
    while line.strip() and after < len(raw):
        end = raw.find("\n", after)
        end = len(raw) if end < 0 else end
        found: list[int] = []
        place = after
        for char in line:
            place = raw.find(char, place, end)
            if place < 0:
                break
            found.append(place)
            place += 1
        if len(found) == len(line):
            return found
        after = end + 1
    return []
