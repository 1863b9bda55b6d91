"""Building the rows of a big map in a thread."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from tui.views.map_tree import MapTree

if TYPE_CHECKING:
    from tui.document.session import Session

UNFOLDED: Final = 300
"""Maximum number of visible rows of a big map when it opens."""


async def newest_tree(session: Session, before: MapTree) -> MapTree:
    """Return the rows of the newest map of *session*, with the folds of *before*.

    The first rows of a map are folded so that at most `UNFOLDED` are visible.
    """
    # An edit made while the thread works leaves its rows out of date.
    while True:
        newest = session.map
        tree = MapTree(folded=set(before.folded))
        await asyncio.to_thread(tree.build, newest)
        if newest is session.map:
            break
    if tree.folded != before.folded:  # the reader folded rows meanwhile
        tree.folded = before.folded
        tree.build(newest)
    if not before.home and not tree.folded:
        tree.fold_below(UNFOLDED)
    return tree
