"""What jump mode asks of a widget: the places in it that one can go to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@frozen
class Target:
    """One place on the screen, and how to go there."""

    row: int
    column: int
    """Cells from the top left of the widget's content."""
    go: Callable[[], object]
    """Goes there; what it returns is awaited if it can be."""


@runtime_checkable
class Jumpable(Protocol):
    """A widget with places that one can jump to."""

    def jump_targets(self) -> Iterable[Target]:
        """Return the places that are in view."""
