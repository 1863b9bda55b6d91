"""Report the progress of a long operation to its caller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable


@frozen
class Watch:
    """The callbacks for the progress of a long operation, counted in rows."""

    begin: Callable[[int], None] = lambda _: None
    """Called once, before the first row is written, with the number of rows to write."""
    advance: Callable[[int], None] = lambda _: None


UNWATCHED = Watch()
"""Callbacks that do nothing."""
