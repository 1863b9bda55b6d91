"""How far long work has come: a bar on a terminal, nothing where nobody looks."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@frozen
class Bar:
    """What moves a bar."""

    advance: Callable[[int], None] = lambda _: None
    """Moves it on by so much."""
    restart: Callable[[], None] = lambda: None
    """Moves it to its beginning, for work that is done over again."""


@contextmanager
def progress(words: str, total: int, unit: str | None = None) -> Iterator[Bar]:
    """Show a bar with rate and time left on standard error; give what moves it.

    Args:
        words: What is being done.
        total: How much there is to do; of what the bar is moved on by.
        unit: What is counted, such as `files`; bytes if None. One of them alone needs no bar.
    """
    if not sys.stderr.isatty() or (unit and total == 1):
        yield Bar()
        return
    from rich import progress as rich
    from rich.console import Console

    count: tuple[str | rich.ProgressColumn, ...] = (
        (rich.MofNCompleteColumn(), "{task.fields[rate]}")
        if unit
        else (rich.DownloadColumn(), rich.TransferSpeedColumn())
    )
    with rich.Progress(
        "{task.description}", rich.BarColumn(), *count, rich.TimeRemainingColumn(),
        console=Console(stderr=True), transient=True,
        # Data that goes elsewhere stays there.
        redirect_stdout=sys.stdout is not None and sys.stdout.isatty(),
    ) as bar:  # fmt: skip
        task = bar.add_task(words, total=total, rate="")

        def advance(step: int) -> None:
            """Move the bar on."""
            bar.update(task, advance=step)
            speed = bar.tasks[task].speed
            if unit and speed:
                bar.update(task, rate=f"{speed:,.1f} {unit}/s")

        yield Bar(advance, lambda: bar.reset(task, rate=""))
