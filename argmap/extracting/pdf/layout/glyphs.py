"""Positioned letters of a page, and their repair before they are read."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from math import cos, radians, sin
from statistics import median_low
from typing import TYPE_CHECKING, Final

from attrs import define

from argmap.text.decoding import LOST

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TURN: Final = 90
_SLOPE: Final = 12
"""The most degrees by which the lines of a scan slope."""

_TWICE: Final = 0.12
"""The largest offset, as a fraction of its size, of a letter drawn twice to look bold."""

_MOST_IN_ONE_PLACE: Final = 4
_KNOWN_PRIVATE: Final = {
    0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "▸", 0xF0FC: "✓", 0xF076: "❖", 0xF0E0: "→", 0xF02D: "-",
    0xF020: " ", 0xF0A0: " ", 0xF6DC: "1", 0xF6DD: "R", 0xF8FF: "",
    **{0xF730 + digit: str(digit) for digit in range(10)},
    **{0xF761 + letter: chr(65 + letter) for letter in range(26)},
}  # fmt: skip
"""Private-use letters that most programs agree on.

Bullets, old-style figures and small capitals.
"""

_ACCENTS: Final = {
    "`": "\u0300", "\u00b4": "\u0301", "\u02ca": "\u0301", "^": "\u0302", "\u02c6": "\u0302",
    "~": "\u0303", "\u02dc": "\u0303", "\u00af": "\u0304", "\u02c9": "\u0304", "\u02d8": "\u0306",
    "\u02d9": "\u0307", "\u00a8": "\u0308", "\u02da": "\u030a", "\u02dd": "\u030b",
    "\u02c7": "\u030c", "\u00b8": "\u0327", "\u02db": "\u0328",
}  # fmt: skip
"""Accents that are separate letters, and their combining forms."""

_JOINERS: Final = "\u200c\u200d"
"""Invisible letters that change words in Persian and the scripts of India."""

_DOTLESS: Final = {"ı": "i", "ȷ": "j"}


@define
class Glyph:
    """One letter, or several that a font draws as one."""

    text: str
    x0: float
    x1: float
    y: float
    """The height of the line that it is on."""
    size: float
    angle: float
    """The reading direction of the letter, in degrees."""
    font: str
    run: int
    """The piece of the page that draws it; the letters of one piece are in order."""
    y_end: float = 0.0


def visible_text(text: str) -> str:
    """Return the text that a letter of value *text* shows; `LOST` if it has none."""
    if text.isascii() and text.isprintable() and text:
        return text
    return "".join(map(_seen, text)) if text else LOST


def _seen(letter: str) -> str:
    if letter in "\t\n\r\u00a0":
        return " "
    code = ord(letter)
    known = _KNOWN_PRIVATE.get(code)
    if known is not None:
        return known
    if letter == "\u00ad":
        return letter
    category = unicodedata.category(letter)
    if category == "Zs":
        return " "
    if category == "Cf":
        return letter if letter in _JOINERS else ""  # the order comes from the positions
    if category[0] == "C":
        return LOST
    if "\ufb50" <= letter <= "\ufdff" or "\ufe70" <= letter <= "\ufefc":  # Arabic forms
        return unicodedata.normalize("NFKC", letter)
    return letter


def by_direction(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Group *glyphs* by reading direction, and rotate each group to run to the right.

    The direction of most letters comes first: a page on its side is read like an upright one, and
    words that run up its margin do not interrupt its lines.
    """
    groups: dict[int, list[Glyph]] = defaultdict(list)
    counts: Counter[int] = Counter()
    known: dict[float, int] = {}
    for glyph in glyphs:
        angle = known.get(glyph.angle)
        if angle is None:
            right = round(glyph.angle / _TURN) * _TURN
            is_right = abs(glyph.angle - right) <= _SLOPE
            angle = known[glyph.angle] = (right if is_right else round(glyph.angle / 15) * 15) % 360
        groups[angle].append(glyph)
        counts[angle] += len(glyph.text.strip())
    turned = []
    for angle, _ in counts.most_common():
        slope = median_low(glyph.angle for glyph in groups[angle])
        _turn(groups[angle], slope)
        turned.append(groups[angle])
    return turned


def _turn(glyphs: Iterable[Glyph], angle: float) -> None:
    if not angle:
        for glyph in glyphs:
            if glyph.x1 < glyph.x0:
                glyph.x0, glyph.x1 = glyph.x1, glyph.x0
        return
    c, s = cos(radians(angle)), sin(radians(angle))
    for glyph in glyphs:
        x0, x1 = c * glyph.x0 + s * glyph.y, c * glyph.x1 + s * glyph.y_end
        glyph.y = -s * glyph.x0 + c * glyph.y
        glyph.x0, glyph.x1 = min(x0, x1), max(x0, x1)


def repair_glyphs(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return *glyphs* with accents on their letters, and without those drawn twice."""
    return _with_accents(_once(glyphs))


def _once(glyphs: Sequence[Glyph]) -> list[Glyph]:
    kept: list[Glyph] = []
    seen: dict[tuple[str, int, int], list[Glyph]] = defaultdict(list)
    cell = 0.4 * median_low([glyph.size for glyph in glyphs]) if glyphs else 1.0
    for glyph in glyphs:
        x, y, text = glyph.x0, glyph.y, glyph.text
        near = max(_TWICE * glyph.size, 0.01)
        others = [
            other
            for column in range(int((x - near) // cell), int((x + near) // cell) + 1)
            for row in range(int((y - near) // cell), int((y + near) // cell) + 1)
            if (text, column, row) in seen
            for other in seen[text, column, row]
        ]
        if others and text != LOST and any(_is_again(glyph, other, near) for other in others):
            continue
        kept.append(glyph)
        place = seen[text, int(x // cell), int(y // cell)]
        if len(place) < _MOST_IN_ONE_PLACE:
            place.append(glyph)
    return kept


def _is_again(glyph: Glyph, other: Glyph, near: float) -> bool:
    return (
        other.run != glyph.run
        and abs(other.x0 - glyph.x0) <= near
        and abs(other.y - glyph.y) <= near
        and abs(other.size - glyph.size) <= near
    )


def _with_accents(glyphs: list[Glyph]) -> list[Glyph]:
    kept: list[Glyph] = []
    pending: Glyph | None = None
    for glyph in glyphs:
        if pending is not None:
            composed = _composed(glyph, pending)
            if composed is None:
                kept.append(pending)
            else:
                glyph.text = composed
            pending = None
        if glyph.text in _ACCENTS or unicodedata.combining(glyph.text[:1] or " "):
            composed = _composed(kept[-1], glyph) if kept else None
            if composed is not None:
                kept[-1].text = composed
            elif glyph.text in _ACCENTS:
                pending = glyph
            else:
                kept.append(glyph)
            continue
        kept.append(glyph)
    if pending is not None:
        kept.append(pending)
    return kept


def _composed(letter: Glyph, accent: Glyph) -> str | None:
    """Return *letter* with *accent*; None if the accent is not above or below it."""
    middle = (accent.x0 + accent.x1) / 2
    room = 0.1 * letter.size
    if not letter.x0 - room <= middle <= letter.x1 + room:
        return None
    if abs(accent.y - letter.y) > letter.size or not letter.text[-1:].isalpha():
        return None
    base = letter.text[:-1] + _DOTLESS.get(letter.text[-1], letter.text[-1])
    mark = _ACCENTS.get(accent.text, accent.text)
    composed = unicodedata.normalize("NFC", base + mark)
    if accent.text in _ACCENTS and len(composed) != len(base):
        return None
    return composed
