"""Which panes are on the screen, and how wide they are."""

from __future__ import annotations

from typing import Final

from attrs import define, field

PANES: Final = ("text", "map", "details")
"""From left to right; the number keys follow this order."""

THREE: Final = 120
"""Columns from which all three panes are there."""

TWO: Final = 80
"""Columns from which two are there: the third comes over the map as a drawer."""

SMALLEST: Final = (40, 12)
"""Columns and rows that the workbench needs."""

FURTHEST: Final = 40
"""Columns by which a pane can be made wider, or narrower."""

WIDEST_TEXT: Final = 91
"""Columns of the text's pane at most: a measure of 80, its gutter, its frame, its bar, a blank."""

NARROW: Final = 24
"""Columns of the details while nothing is selected."""

_LEAST: Final = 20


@define
class Arrangement:
    """What the reader has chosen to see."""

    active: str = "text"
    is_maximised: bool = False
    has_boxes: bool = False
    """True where the map is shown as boxes."""
    has_selection: bool = True
    """False while nothing is selected: the details have little to say, and are narrow."""
    shift: dict[str, int] = field(factory=lambda: {"text": 0, "details": 0})
    """Columns by which the reader has made a pane wider, or narrower where negative."""

    def shown(self, width: int) -> list[str]:
        """Return the panes that a screen of *width* columns shows."""
        if self.is_maximised or width < TWO:
            return [self.active]
        if width < THREE:
            return ["text", "details" if self.active == "details" else "map"]
        return list(PANES)

    def widths(self, width: int) -> dict[str, int]:
        """Return the columns of each pane that is shown; they add up to *width*."""
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
        """Make the active pane *by* columns wider."""
        name, by = ("text", -by) if self.active == "map" else (self.active, by)
        self.shift[name] = max(-FURTHEST, min(FURTHEST, self.shift[name] + by))

    def edges(self, width: int) -> list[tuple[str, int]]:
        """Return the edges between panes, each as what drags along with it and the column.

        That column is the first one of the pane at its right.
        """
        widths = self.widths(width)
        if len(widths) == 1:
            return []
        found = [("text", widths["text"])]
        return [*found, ("details", width - widths["details"])] if len(widths) > 2 else found  # noqa: PLR2004  (all of them)

    def drag(self, name: str, begun: int, by: int, width: int) -> None:
        """Move the edge of the pane called *name* by *by* columns to the right.

        Args:
            name: The pane that the reader makes wider or narrower: `text` or `details`.
            begun: Its shift when the drag began.
            by: Columns since then; negative to the left.
            width: Columns of the screen.
        """
        shift = begun + (by if name == "text" else -by)
        self.shift[name] = max(-FURTHEST, min(FURTHEST, shift))
        # A shift that the screen has no room for would make the next drag seem to do nothing.
        step = 1 if self.shift[name] < begun else -1
        while self.shift[name] != begun:
            here = self.widths(width)
            self.shift[name] += step
            if self.widths(width) != here:
                self.shift[name] -= step
                break

    def _within(self, columns: int, width: int, others: int) -> int:
        return max(_LEAST, min(columns, width - others * _LEAST))
