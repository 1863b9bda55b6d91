"""What is on the screens and what the keys are: change these where the screens change."""

from __future__ import annotations

from typing import Final

from benchmarks.big_maps import FIRST_WORDS, TITLE

LEAVE: Final = "\x11"
"""Ctrl+q: leaves the workbench, and the empty app."""

EMPTY_APP: Final = "empty app"
"""What the yardstick is called in the table."""

EMPTY_KEY: Final = "j"
TO_TEXT: Final = "1"
TO_MAP: Final = "2"
TO_FIRST_ROW: Final = "g"
UNFOLD_ALL: Final = "Z"
FOLDED: Final = "▸"
"""What stands in the map at a row that is folded."""

READING: Final = "reading the map"
"""What stands on the screen until the map is there."""

COLUMNS: Final = 120
ROWS: Final = 40


def has_empty_frame(screen: str) -> bool:
    """Tell whether the empty app shows what it has."""
    return "pressed 0 times" in screen


def has_first_frame(screen: str) -> bool:
    """Tell whether there is something to read: the title, and how the text begins."""
    return TITLE in screen and FIRST_WORDS in screen


def has_whole_map(screen: str, statements: int) -> bool:
    """Tell whether the map is there, and says that it has so many *statements*."""
    return READING not in screen and f" {statements:,} statement" in screen
