"""Write the formulas of Word documents on one line."""

from __future__ import annotations

import re
from typing import Final

_SIMPLE = re.compile(r"[\w.,]*|\([^()]*\)")
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED: Final = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

PARTS: Final = frozenset({"num", "den", "sup", "sub", "deg", "e", "lim", "mr", "oMath"})
"""Elements of a formula that `format_part` writes, by their local names."""


def format_part(name: str, parent: str, words: str, *, is_first: bool) -> str:
    """Return *words* of the part *name* of a formula, with the signs around them.

    Args:
        name: One of `PARTS`.
        parent: The local name of the part's parent.
        words: The words in the part.
        is_first: True if *parent* has no earlier part of this name.
    """
    if name == "den":
        return f"/{_grouped(words)}"
    if name == "num":
        return _grouped(words)
    if name in ("sup", "sub", "lim"):
        return _script(name, words)
    if name == "deg":
        return words.translate(_RAISED) if words.isdecimal() else words and f"{_grouped(words)} "
    if name == "mr":
        return words if is_first else f"; {words}"
    if name == "oMath":
        return words if is_first else f" {words}"
    return _argument(parent, words, is_first=is_first)


def _argument(parent: str, words: str, *, is_first: bool) -> str:
    """Return the argument of a root, a bracket, an array or a row of a matrix."""
    if parent == "rad":
        return f"√{_grouped(words)}"
    if parent in ("nary", "func"):
        return f" {words}"
    if parent in ("sSup", "sSub", "sSubSup", "sPre"):
        return _grouped(words)
    if is_first:
        return words
    return {"d": f"|{words}", "eqArr": f"; {words}", "mr": f", {words}"}.get(parent, words)


def _script(name: str, words: str) -> str:
    if not words:
        return ""
    if words.isascii() and words.isdecimal():
        return words.translate(_RAISED if name == "sup" else _LOWERED)
    return f"{'^' if name == 'sup' else '_'}({words})"


def _grouped(words: str) -> str:
    return words if _SIMPLE.fullmatch(words) else f"({words})"
