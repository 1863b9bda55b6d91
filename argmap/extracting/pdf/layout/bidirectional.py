"""Put letters from right-to-left scripts into reading order."""

from __future__ import annotations

import unicodedata
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_INSIDE: Final = 2
"""The most signs inside a figure or between two foreign words, as in 1,5 and a, b."""


def is_right_to_left(words: str) -> bool:
    """Return whether *words* are read from right to left."""
    if words.isascii():
        return False
    sides = [_side(letter) for letter in words]
    return sides.count("R") > sides.count("L")


def in_reading_order(tokens: Sequence[str]) -> list[str]:
    """Return *tokens*, which are in the order of their positions, in reading order."""
    if all(token.isascii() for token in tokens):
        return list(tokens)
    sides = [_side(token[0]) for token in tokens]
    if "R" not in sides:
        return list(tokens)
    if sides.count("R") > sides.count("L"):
        return _turned(list(zip(tokens, sides, strict=True)))
    # Right-to-left words in a left-to-right line: reverse each run of them.
    ordered: list[str] = []
    run: list[tuple[str, str]] = []
    for token, side in zip(tokens, sides, strict=True):
        if side == "L" or (side != "R" and not run):
            ordered += _finished(run)
            run = []
            ordered.append(token)
        else:
            run.append((token, side))
    return ordered + _finished(run)


def _finished(run: Sequence[tuple[str, str]]) -> list[str]:
    """Return a run reversed up to its last right-to-left letter."""
    last = max((number for number, (_, side) in enumerate(run) if side == "R"), default=-1)
    return _turned(run[: last + 1]) + [token for token, _ in run[last + 1 :]]


def _turned(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Return the tokens in reverse, but figures and foreign words as they are."""
    ends = [number for number, (_, side) in enumerate(pairs) if side in "LE"]
    is_left = [False] * len(pairs)
    for first, second in pairwise(ends):
        between = pairs[first + 1 : second]
        if all(side == "N" for _, side in between) and len(between) <= _INSIDE:
            is_left[first : second + 1] = [True] * (second + 1 - first)
    for number in ends:
        is_left[number] = True
    groups = [
        (is_kept, [pairs[number][0] for number in numbers])
        for is_kept, numbers in groupby(range(len(pairs)), key=lambda number: is_left[number])
    ]
    return [
        token
        for is_kept, group in reversed(groups)
        for token in (group if is_kept else reversed(group))
    ]


def _side(letter: str) -> str:
    """Return where a letter is read from: R or L; E for a figure, else N."""
    kind = unicodedata.bidirectional(letter)
    if kind in {"R", "AL"}:
        return "R"
    if kind == "L":
        return "L"
    return "E" if kind in {"EN", "AN"} else "N"
