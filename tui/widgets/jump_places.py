"""The places in a widget to which jump mode can jump."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Target(NamedTuple):
    """A place on the screen, and the function that goes there."""

    row: int
    column: int
    """Cells from the left edge of the widget's content."""
    go: Callable[[], object]
    """Goes there; an awaitable result is awaited."""


@runtime_checkable
class Jumpable(Protocol):
    """A widget with places to jump to."""

    def jump_targets(self) -> Iterable[Target]:
        """Return the visible places."""
