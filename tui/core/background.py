"""Background work of a screen; an error in it is shown, and the program goes on."""

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


SLOW_AFTER: Final = 1.0
"""Seconds after which slow work is reported, and after which the report is repeated."""


@contextmanager
def reporting_slow_work(app: Program, words: str, *, can_stop: bool = False) -> Iterator[None]:
    """Show *words* in a toast while the body takes longer than `SLOW_AFTER` seconds.

    The toast is repeated at that interval. If the body *can_stop*, escape cancels it after the
    first toast. A thread that the body waits for keeps running, and its result is ignored.
    """
    said: list[str] = []
    task = asyncio.current_task()

    def say() -> None:
        if can_stop and task is not None:
            app.stop_work = task.cancel
        said.append(words)
        app.say(f"{words} · esc cancels" if can_stop else words)

    timer = app.set_interval(SLOW_AFTER, say)
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
    """Start *work* as a task that ends when *node* is removed.

    Args:
        node: The widget, screen or app that owns the work.
        work: Makes the awaitable when the task starts, so that none is left unawaited.
        replacing: The name of a kind of work; an earlier task of that kind is cancelled.
    """
    guarded: Callable[[], Awaitable[None]] = partial(_run_and_report, node, work)
    node.run_worker(
        guarded,
        group=replacing or "default",
        exclusive=bool(replacing),
        exit_on_error=False,  # Textual would end the program, and edits could be lost
    )


async def _run_and_report(node: DOMNode, work: Callable[[], Awaitable[None]]) -> None:
    app = cast("Program", node.app)
    with app.settling.running(), app.reporting_errors():
        try:
            await work()
        except (DOMError, QueryError):
            if not _is_closing(node):  # its widgets are gone, and with them the target of the work
                raise


def _is_closing(node: DOMNode) -> bool:
    return node.styles.display != "none" and not node.display
