"""How far long work has come: a bar on a terminal, nothing where nobody looks."""

from __future__ import annotations

import sys
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Final

from argmap.host.progress import ProgressBar

from ._output import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.database import Watch

LONG: Final = 5000
"""Rows from which a person, or another program, notices that one transaction takes time."""


@contextmanager
def progress(words: str, total: int, unit: str | None = None) -> Iterator[ProgressBar]:
    """Show a bar with rate and time left on standard error; give what moves it.

    Args:
        words: What is being done.
        total: How much there is to do; of what the bar is moved on by.
        unit: What is counted, such as `files`; bytes if None. One of them alone needs no bar.
    """
    if not sys.stderr.isatty() or (unit and total == 1):
        yield ProgressBar()
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

        yield ProgressBar(advance, lambda: bar.reset(task, rate=""))


@contextmanager
def watching(words: str, database: Path) -> Iterator[Watch]:
    """Show how far an operation of the store has come, if it is a long one.

    Args:
        words: What is being done.
        database: What it is done to.
    """
    from store.database import Watch

    bar = ProgressBar()
    with ExitStack() as stack:

        def begin(rows: int) -> None:
            nonlocal bar
            say_that_others_wait(database, rows)
            if rows >= LONG:
                bar = stack.enter_context(progress(words, rows, "rows"))

        def advance(rows: int) -> None:
            bar.advance(rows)

        yield Watch(begin, advance)


def say_that_others_wait(database: Path, rows: int) -> None:
    """Say that others cannot write to *database* meanwhile, if *rows* take long.

    Where nobody else has the file open, nobody waits.
    """
    from store.database import is_open_elsewhere

    if rows >= LONG and database.exists() and is_open_elsewhere(database) is not False:
        say(f"{database}: other programs can read it but not change it until this is done")
