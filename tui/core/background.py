"""Work beside the screen: one that fails is told, and the program goes on."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from textual.css.query import QueryError
from textual.dom import DOMError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from textual.dom import DOMNode

    from .program import Program


WHILE: Final = 1.0
"""Seconds after which work is said to go on, again and again, until it is done."""


@contextmanager
def reporting_slow_work(app: Program, words: str, *, can_stop: bool = False) -> Iterator[None]:
    """Say *words* while work takes a while, which would look like a standstill otherwise.

    Once it is said, escape cancels the work if it *can_stop*; what is in a thread ends unheard.
    """
    said: list[str] = []
    task = asyncio.current_task()

    def say() -> None:
        if can_stop and task is not None:
            app.stop_work = task.cancel
        said.append(words)
        app.say(f"{words} · esc cancels" if can_stop else words)

    timer = app.set_interval(WHILE, say)
    try:
        yield
    finally:
        timer.stop()
        app.stop_work = None
        if said:
            app.clear_notice()


def run_in_background(
    node: DOMNode, work: Callable[[], Awaitable[None]], replacing: str = ""
) -> None:
    """Begin *work*, which ends with *node*.

    Args:
        node: What the work is for.
        work: Makes the awaitable when its turn comes, so that none is left unawaited.
        replacing: The name of a kind of work; what is left of an earlier one is cancelled.
    """
    told: Callable[[], Awaitable[None]] = partial(_told, node, work)
    node.run_worker(
        told,
        group=replacing or "default",
        exclusive=bool(replacing),
        exit_on_error=False,
    )


async def _told(node: DOMNode, work: Callable[[], Awaitable[None]]) -> None:
    app = cast("Program", node.app)
    with app.settling.running(), app.explaining():
        try:
            await work()
        except (DOMError, QueryError):
            if not _is_closing(node):  # it has lost its parts, and what they were to show
                raise


def _is_closing(node: DOMNode) -> bool:
    return node.styles.display != "none" and not node.display
