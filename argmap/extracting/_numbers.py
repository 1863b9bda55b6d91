"""The numbers of list items and notes, in the formats of documents."""

from __future__ import annotations

from typing import Final

_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST_ROMAN: Final = 3999
_LARGEST_LETTER: Final = 26 * 30
_CHICAGO: Final = "*†‡§"


def format_number(value: int, form: str) -> str | None:
    """Return *value* in *form*, one of Word's number formats; None if unknown."""
    simple = {
        "": f"{value}", "decimal": f"{value}", "decimalZero": f"{value:02}", "none": "",
        "numberInDash": f"- {value} -", "ordinal": f"{value}{_ordinal_ending(value)}",
    }  # fmt: skip
    if form in simple:
        return simple[form]
    if form == "chicago" and 0 < value <= _LARGEST_LETTER:
        return _CHICAGO[(value - 1) % 4] * ((value - 1) // 4 + 1)
    if form in ("lowerLetter", "upperLetter") and 0 < value <= _LARGEST_LETTER:
        letters = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < value <= _LARGEST_ROMAN:
        return _roman(value) if form == "lowerRoman" else _roman(value).upper()
    return None


def _ordinal_ending(value: int) -> str:
    if value % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")


def _roman(value: int) -> str:
    letters = ""
    for worth, letter in _ROMAN:
        count, value = divmod(value, worth)
        letters += letter * count
    return letters
