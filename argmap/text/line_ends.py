r"""Find the characters that a text loses when stored: `\r` of `\r\n`, and byte-order marks."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

_PAIR = re.compile("\r\n")


@frozen(eq=False)
class LineEnds:
    """The characters that one text loses; maps positions before the loss to those after it."""

    _dropped: Sequence[int]
    """Their positions in the original text, in order."""

    def stored_place(self, place: int) -> int:
        """Return the position in the stored text of *place* in the original."""
        return place - bisect_left(self._dropped, place)


def line_ends_of(text: str) -> LineEnds | None:
    """Return the characters that `normal_lines` removes from *text*; None if it removes none."""
    marks = len(text) - len(text.lstrip("\ufeff"))
    if not marks and "\r\n" not in text:
        return None
    # An array takes a quarter of a list's memory, and a file may have a hundred thousand texts.
    dropped = array("L", range(marks))
    dropped.extend(match.start() for match in _PAIR.finditer(text))
    return LineEnds(dropped)
