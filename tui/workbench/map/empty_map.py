"""The lines of an outline without rows: why there are none, and how to get some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui.look.key_names import with_keys

if TYPE_CHECKING:
    from collections.abc import Callable

EMPTY: Final = ("The map is empty.", "", "In the text, {workbench.mark-claim} marks a claim.")
"""The text of an empty map."""

FILTERED: Final = ("No statement matches the filter.", "", "{map.leave} clears the filter.")
"""The text shown when no statement matches the filter."""

LOADING: Final = ("Loading the map…", "", "You can read the text meanwhile.")
"""The text shown while a big map is loaded."""


def describe_empty_map(
    key: Callable[[str], str], *, is_loading: bool, is_filtered: bool
) -> tuple[str, ...]:
    """Return the lines to show; *key* gives the key of an action by its id."""
    if is_loading:
        return LOADING
    return tuple(with_keys(line, key) for line in (FILTERED if is_filtered else EMPTY))
