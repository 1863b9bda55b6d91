"""The lines of an outline without rows: why there are none, and how to get some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.look.key_names import with_keys

if TYPE_CHECKING:
    from .outline_pane import OutlinePane

EMPTY: Final = ("The map is empty.", "", "In the text, {workbench.mark-claim} marks a claim.")
"""The text of an empty map."""

FILTERED: Final = ("No statement matches the filter.", "", "{map.leave} clears the filter.")
"""The text shown when no statement matches the filter."""

LOADING: Final = ("Loading the map…", "", "You can read the text meanwhile.")
"""The text shown while a big map is loaded."""


def describe_empty_map(pane: OutlinePane) -> tuple[str, ...]:
    """Return the lines to show in *pane*, which has no rows."""
    if pane.is_loading:
        return LOADING
    words = FILTERED if pane.session.map.statements else EMPTY
    return tuple(with_keys(line, pane.app.key) for line in words)
