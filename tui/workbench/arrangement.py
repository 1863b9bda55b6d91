"""The choice of visible panes, and their widths."""

from __future__ import annotations

from typing import Final

from attrs import define, field

PANES: Final = ("text", "map", "details")
"""The panes from left to right; the number keys follow this order."""

THREE: Final = 120
"""Minimum width, in columns, of a screen that shows all three panes."""

TWO: Final = 80
"""Minimum width, in columns, of a screen with two panes.

A drawer over the map shows the third.
"""

SMALLEST: Final = (40, 12)
"""Minimum number of columns and rows that the workbench needs."""

FURTHEST: Final = 40
"""Maximum number of columns by which the reader can widen or narrow a pane."""

WIDEST_TEXT: Final = 91
"""Maximum width of the text pane, in columns.

That is 80 for the text, with the gutter, the frame, the scroll bar and a blank.
"""

NARROW: Final = 24
"""Width, in columns, of the details pane while nothing is selected."""

_LEAST: Final = 20


@define
class Arrangement:
    """The reader's choice of panes and widths."""

    active: str = "text"
    is_maximised: bool = False
    has_boxes: bool = False
    """True if the map is shown as boxes."""
    has_selection: bool = True
    """False while nothing is selected; the details pane is narrow then."""
    shift: dict[str, int] = field(factory=lambda: {"text": 0, "details": 0})
    """Columns by which the reader widened each pane; negative if narrowed."""

    def shown(self, width: int) -> list[str]:
        """Return the names of the panes visible on a screen of *width* columns."""
        if self.is_maximised or width < TWO:
            return [self.active]
        if width < THREE:
            return ["text", "details" if self.active == "details" else "map"]
        return list(PANES)

    def widths(self, width: int) -> dict[str, int]:
        """Return the columns of each visible pane; they add up to *width*."""
        shown = self.shown(width)
        if len(shown) == 1:
            return {shown[0]: width}
        if len(shown) == 2:  # noqa: PLR2004  (text and another)
            text = self._within(
                min(WIDEST_TEXT, round(width * 0.52)) + self.shift["text"], width, 1
            )
            return {"text": text, shown[1]: width - text}
        text = min(WIDEST_TEXT, round(width * 0.385)) + self.shift["text"]
        text = self._within(text, width, 2)
        details = max(28, min(56, round(width * 0.23))) if self.has_selection else NARROW
        details = self._within(details + self.shift["details"], width - text, 1)
        return {"text": text, "map": width - text - details, "details": details}

    def widen(self, by: int) -> None:
        """Widen the active pane by *by* columns, or narrow it if *by* is negative."""
        name, by = ("text", -by) if self.active == "map" else (self.active, by)
        self.shift[name] = max(-FURTHEST, min(FURTHEST, self.shift[name] + by))

    def edges(self, width: int) -> list[tuple[str, int]]:
        """Return the edges between panes: the pane that each one resizes, and its column.

        The column is the first one of the pane to the right of the edge.
        """
        widths = self.widths(width)
        if len(widths) == 1:
            return []
        edges = [("text", widths["text"])]
        return [*edges, ("details", width - widths["details"])] if len(widths) > 2 else edges  # noqa: PLR2004  (all of them)

    def drag(self, name: str, begun: int, by: int, width: int) -> None:
        """Move the edge of the pane called *name* by *by* columns to the right.

        Args:
            name: The pane being resized: `text` or `details`.
            begun: Its shift when the drag began, in columns.
            by: Columns since then; negative to the left.
            width: Columns of the screen.
        """
        shift = begun + (by if name == "text" else -by)
        self.shift[name] = max(-FURTHEST, min(FURTHEST, shift))
        # Drop the part of the shift that the screen has no room for: otherwise the next drag back
        # would have to use it up first and seem to do nothing.
        step = 1 if self.shift[name] < begun else -1
        while self.shift[name] != begun:
            here = self.widths(width)
            self.shift[name] += step
            if self.widths(width) != here:
                self.shift[name] -= step
                break

    def _within(self, columns: int, width: int, others: int) -> int:
        return max(_LEAST, min(columns, width - others * _LEAST))
