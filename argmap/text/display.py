"""Text for screens and messages: made harmless, shortened, counted."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

HIDDEN: Final = (
    "\x00-\x1f\x7f-\x9f"  # C0, DEL and C1: a terminal obeys them
    "\u2028\u2029"  # line and paragraph separators
    "\u202a-\u202e\u2066-\u2069"  # bidirectional embeddings, overrides, isolates
)
"""A character class of the characters that act on a terminal instead of being shown."""

SHORT: Final = 40
"""The greatest length of a name or value inside a sentence, in code points."""

_SIGN = re.compile(r"⟦U\+([0-9A-F]{4,6})⟧")
_HIDDEN = re.compile(f"[{HIDDEN}]")
_HIDDEN_IN_LINES = re.compile(f"(?![\n\t])[{HIDDEN}]")


def sign(character: str) -> str:
    """Return the visible sign of *character*, such as ⟦U+202E⟧."""
    return f"⟦U+{ord(character):04X}⟧"


def visible(text: str) -> str:
    """Return *text* on one line, each hidden character as its sign."""
    return _HIDDEN.sub(lambda match: sign(match[0]), text)


def visible_lines(text: str) -> str:
    """Return *text* with its line ends and tabs, other hidden characters as signs."""
    return _HIDDEN_IN_LINES.sub(lambda match: sign(match[0]), text)


def signed(text: str) -> str:
    """Return *text* with signs that `unsigned` reverses, so that `⟦` becomes a sign too."""
    return _HIDDEN.sub(lambda match: sign(match[0]), text.replace("⟦", sign("⟦")))


def signed_lines(text: str) -> str:
    """Return *text* as `signed` does, but keep its line ends and tabs."""
    if text.isascii() and text.isprintable():  # as nearly all cells of a table
        return text
    return _HIDDEN_IN_LINES.sub(lambda match: sign(match[0]), text.replace("⟦", sign("⟦")))


def unsigned(text: str) -> str:
    """Return *text* with each sign turned back into its character."""
    return _SIGN.sub(_decode_sign, text)


def _decode_sign(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    if not 0 < code <= sys.maxunicode or "\ud800" <= chr(code) <= "\udfff":
        return match[0]
    return chr(code)


def excerpt(text: str, length: int) -> str:
    """Return *text* on one line, shortened at a word to at most *length* code points."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut) + "…"


def short(text: str) -> str:
    """Return *text* on one line, shortened to `SHORT` code points, hidden characters as signs."""
    return visible(excerpt(text, SHORT))


def and_list(words: Iterable[str]) -> str:
    """Return *words* as a list in a sentence, such as `C1, C2 and C3`."""
    listed = list(words)
    return " and ".join(filter(None, (", ".join(listed[:-1]), *listed[-1:])))


def rounded(number: Fraction) -> int:
    """Return *number*, which is not negative, rounded half up."""
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)


def counted(number: int, noun: str) -> str:
    """Return *number* with *noun*, such as `1 document`, `2,000 documents`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
