"""Texts and keys of the screens that benchmarks use; change these when the screens change."""

from __future__ import annotations

from typing import Final

from benchmarks.big_maps import FIRST_WORDS, TITLE

LEAVE: Final = "\x11"
"""Ctrl+q: leaves the workbench and the empty app."""

EMPTY_APP: Final = "empty app"
"""The name of the yardstick in the table."""

EMPTY_KEY: Final = "j"
TO_TEXT: Final = "1"
TO_MAP: Final = "2"
TO_FIRST_ROW: Final = "g"
UNFOLD_ALL: Final = "Z"
FOLDED: Final = "▸"
"""The sign of a folded row in the map."""

READING: Final = "reading the map"
"""The words on the screen until the map is loaded."""

COLUMNS: Final = 120
ROWS: Final = 40


def has_empty_frame(screen: str) -> bool:
    """Return whether the empty app shows its line."""
    return "pressed 0 times" in screen


def has_first_frame(screen: str) -> bool:
    """Return whether the title and the beginning of the text are on the screen."""
    return TITLE in screen and FIRST_WORDS in screen


def has_whole_map(screen: str, statements: int) -> bool:
    """Return whether the map is shown with a count of *statements*."""
    return READING not in screen and f" {statements:,} statement" in screen
