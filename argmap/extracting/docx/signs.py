"""Special characters of Word documents: symbols, raised figures and bullets."""

from __future__ import annotations

import re
import sys
from typing import Final

from argmap.text.decoding import LOST

_SYMBOL: Final = dict(
    zip(
        range(0x20, 0x100),
        " !∀#∃%&∋()∗+,−./0123456789:;<=>?"
        "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
        "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼\0" + "\0" * 32 + "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵"
        "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"
        "◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\0〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭\0",
        strict=True,
    )
)
_WINGDINGS: Final = {
    0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x41: "✌", 0x45: "☜", 0x46: "☞", 0x47: "☝", 0x48: "☟",
    0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑",
    0x72: "❒", 0x75: "◆", 0x76: "❖", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA7: "▪", 0xA8: "◻",
    0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦",
    0xF0: "⇨", 0xF3: "⬄", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x80: "⓪", 0x8B: "⓿",
    **{0x81 + n: chr(0x2460 + n) for n in range(10)},
    **{0x8C + n: chr(0x2776 + n) for n in range(10)},
}  # fmt: skip
_FONTS: Final = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x52: "☑", 0x54: "☒", 0xA3: "□"},
}
_PRIVATE: Final = range(0xF000, 0xF100)
"""The range in which Word stores characters of fonts with their own encoding."""

_ONE_BYTE: Final = range(0x100)
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
_RAISED: Final = str.maketrans("0123456789+-\u2212=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED: Final = str.maketrans("0123456789+-\u2212=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_FIGURE = re.compile(r"\d")

_PLAIN_BULLETS: Final = frozenset("•◦‣▪▫■□●○◆◇–—-*→►➢✓»›·")


def character(font: str, code: int) -> str:
    """Return the character that *font* draws for *code*; `LOST` if it is unknown."""
    table = _FONTS.get(font.strip().lower())
    if table is not None and (code in _PRIVATE or code in _ONE_BYTE):
        known = table.get(code & 0xFF, "\0")
        return LOST if known == "\0" else known
    if code in _PRIVATE or code > sys.maxunicode or not chr(code).isprintable():
        return LOST
    return chr(code)


def readable(text: str, font: str) -> str:
    """Return *text*, typed in *font*, with the characters that the font draws."""
    if font.strip().lower() in _FONTS:
        return "".join(each if each.isspace() else character(font, ord(each)) for each in text)
    if text.isascii():
        return text
    # The most common case is a bullet without its font, which is Symbol.
    return _PRIVATE_USE.sub(lambda match: character(font or "symbol", ord(match[0])), text)


def raised(text: str) -> str:
    """Return *text* as superscript if it has figures, to keep them apart from others."""
    return text.translate(_RAISED) if _FIGURE.search(text) else text


def lowered(text: str) -> str:
    """Return *text* as subscript if it has figures."""
    return text.translate(_LOWERED) if _FIGURE.search(text) else text


def bullet(text: str) -> str:
    """Return the mark of a list without numbers; symbol-font letters are bullets."""
    mark = text.strip()
    return mark if mark in _PLAIN_BULLETS else "•"
