"""Progress of long work: a bar on a terminal, nothing elsewhere."""

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
"""The number of rows from which a transaction takes noticeable time."""


@contextmanager
def progress(words: str, total: int, unit: str | None = None) -> Iterator[ProgressBar]:
    """Show a bar with rate and remaining time on standard error; yield its controls.

    Args:
        words: A description of the work.
        total: The number of units that complete the bar.
        unit: The unit, such as `files`; bytes if None. One unit alone needs no bar.
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
        # Redirected data must not be drawn on the terminal.
        redirect_stdout=sys.stdout is not None and sys.stdout.isatty(),
    ) as bar:  # fmt: skip
        task = bar.add_task(words, total=total, rate="")

        def advance(step: int) -> None:
            """Advance the bar."""
            bar.update(task, advance=step)
            speed = bar.tasks[task].speed
            if unit and speed:
                bar.update(task, rate=f"{speed:,.1f} {unit}/s")

        yield ProgressBar(advance, lambda: bar.reset(task, rate=""))


@contextmanager
def watching(words: str, database: Path) -> Iterator[Watch]:
    """Show the progress of an operation of the store if the operation is a long one.

    Args:
        words: A description of the work.
        database: The path of the database.
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
    """Say that others cannot write to *database* meanwhile, if *rows* are many.

    Nothing is printed if no other process has the file open.
    """
    from store.database import is_open_elsewhere

    if rows >= LONG and database.exists() and is_open_elsewhere(database) is not False:
        say(f"{database}: other programs can read it but not change it until this is done")
