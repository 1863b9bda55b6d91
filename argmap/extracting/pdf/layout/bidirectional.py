"""Letters from left to right on a page become letters in the order in which they are read."""

from __future__ import annotations

import unicodedata
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_INSIDE: Final = 2
"""Signs inside a figure or between two foreign words, as in 1,5 and a, b."""


def is_right_to_left(words: str) -> bool:
    """Tell whether *words* are read from the right."""
    if words.isascii():
        return False
    sides = [_side(letter) for letter in words]
    return sides.count("R") > sides.count("L")


def in_reading_order(tokens: Sequence[str]) -> list[str]:
    """Return *tokens*, which are in the order of their places, in the order of reading."""
    if all(token.isascii() for token in tokens):
        return list(tokens)
    sides = [_side(token[0]) for token in tokens]
    if "R" not in sides:
        return list(tokens)
    if sides.count("R") > sides.count("L"):
        return _turned(list(zip(tokens, sides, strict=True)))
    # Words from the right inside a line from the left: each run of them is turned.
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
    """Return a run turned as far as its last letter from the right."""
    last = max((number for number, (_, side) in enumerate(run) if side == "R"), default=-1)
    return _turned(run[: last + 1]) + [token for token, _ in run[last + 1 :]]


def _turned(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Return the tokens from the last to the first, with figures and foreign words kept."""
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
    """Return R or L for a letter read from the right or the left, E for a figure, else N."""
    kind = unicodedata.bidirectional(letter)
    if kind in {"R", "AL"}:
        return "R"
    if kind == "L":
        return "L"
    return "E" if kind in {"EN", "AN"} else "N"
