"""Report the progress of a long operation to its caller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable


@frozen
class Watch:
    """Is told how many rows there are to write, and how many more have been written."""

    begin: Callable[[int], None] = lambda _: None
    """Called once, with the number of rows, before the first of them is written."""
    advance: Callable[[int], None] = lambda _: None


UNWATCHED = Watch()
"""Nobody watches."""
