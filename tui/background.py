"""Work beside the screen: one that fails is told by the app, and the program goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.dom import DOMNode


def run_aside(node: DOMNode, work: Callable[[], Awaitable[None]], replacing: str = "") -> None:
    """Begin *work*, which ends with *node*.

    Args:
        node: What the work is for.
        work: Makes the awaitable when its turn comes, so that none is left unawaited.
        replacing: The name of a kind of work; what is left of an earlier one is cancelled.
    """
    node.run_worker(
        work,
        group=replacing or "default",
        exclusive=bool(replacing),
        exit_on_error=False,
    )
