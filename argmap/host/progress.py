"""A progress bar, independent of how it is drawn."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@frozen
class ProgressBar:
    """Two functions that control a progress bar."""

    advance: Callable[[int], None] = lambda _: None
    """Advances the bar by a number of steps."""
    restart: Callable[[], None] = lambda: None
    """Sets the bar back to zero, for work that is repeated."""


@contextmanager
def no_bar(_total: int) -> Iterator[ProgressBar]:
    """Return a context manager for a bar that is not shown."""
    yield ProgressBar()
