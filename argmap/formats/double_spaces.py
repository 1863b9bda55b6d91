"""Record the places of double spaces of an op-ed in its Markdown, and restore them.

A program that formats Markdown writes one space for several, and no reader sees it. argmap
quotes to the character, so the front matter has `double_spaces: "31 118x3"`: two spaces begin
at character 31 and three at character 118, counted like the places of quotations.
The list is at most three times as long as the text; for an op-ed typed with two
spaces after each sentence it is a twentieth of the text.
"""

from __future__ import annotations

import re
from typing import Final

LONGEST_TEXT: Final = 16 * 2**20
"""The greatest length of a restored text: a hostile list could ask for any number of spaces."""

_RUN = re.compile("  +")
_PLACE = re.compile(r"(\d{1,9})(?:x(\d{1,9}))?", re.ASCII)


def find_double_spaces(text: str) -> str:
    """Return the places of two or more spaces in a row in *text*; empty if there are none."""
    found = ((match.start(), len(match[0])) for match in _RUN.finditer(text))
    return " ".join(str(start) if length == 2 else f"{start}x{length}" for start, length in found)  # noqa: PLR2004  (the usual length)


def restore_double_spaces(text: str, places: str) -> str | None:
    """Return *text* with the double spaces listed in *places*, and no others.

    Returns:
        None if *places* is not such a list, or a place in it is not a space in *text*.
    """
    folded = _RUN.sub(" ", text)
    parts = []
    taken = added = 0
    for place in places.split():
        match = _PLACE.fullmatch(place)
        if match is None:
            return None
        # Places count the restored text, in which earlier runs have grown by `added`.
        start, length = int(match[1]) - added, int(match[2] or 2)
        if start < taken or folded[start : start + 1] != " " or length > LONGEST_TEXT:
            return None
        parts += [folded[taken:start], " " * length]
        taken = start + 1
        added += length - 1
        if added > LONGEST_TEXT:
            return None
    return "".join([*parts, folded[taken:]])
