r"""Where a text loses characters when it is stored: `\r` of `\r\n`, and a byte-order mark."""

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
    """The characters that one text loses, so that places counted with them are found without."""

    _dropped: Sequence[int]
    """Their places in the text as it was written, in order."""

    def stored_place(self, place: int) -> int:
        """Return where *place*, in the text as it was written, is in the stored one."""
        return place - bisect_left(self._dropped, place)


def line_ends_of(text: str) -> LineEnds | None:
    """Return what *text* loses by `normal_lines`; None where every place stays."""
    marks = len(text) - len(text.lstrip("\ufeff"))
    if not marks and "\r\n" not in text:
        return None
    # An array takes a quarter of a list's memory, and a file may have a hundred thousand texts.
    dropped = array("L", range(marks))
    dropped.extend(match.start() for match in _PAIR.finditer(text))
    return LineEnds(dropped)
