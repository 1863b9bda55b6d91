"""The command `doctor`: check the database, and rebuild derived data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click
from attrs import asdict

from argmap.errors import DamagedError, MissingError

from ._context import JSON, database_path
from ._output import say, show, show_json

if TYPE_CHECKING:
    from pathlib import Path

    from store import Store
    from store.doctor import Problem

_REBUILT: Final = frozenset({"schema", "full text", "statistics"})
"""Checks whose problems a repair can fix."""


@click.command()
@click.option(
    "--repair", is_flag=True, help="Rebuild indexes and other derived data, after making a copy."
)
@JSON
@click.pass_context
def doctor(context: click.Context, *, repair: bool, as_json: bool) -> int:
    """Check the database, and repair indexes and full text.

    Checks the file, references, full text, maps and log. With --repair, derived data is
    rebuilt: indexes, triggers, views, full text and statistics. A copy of the database is
    made next to it first, and no record is removed.
    """
    from store.database import check_path

    path = database_path(context)
    if check_path(path) is None:
        message = f"{path}: there is no database; argmap add FILE creates one"
        raise MissingError(message)
    complaints = _examine(path, repairs=repair)
    if as_json:
        show_json([asdict(c) for c in complaints])
    for c in () if as_json else complaints:
        show(f"{'warning: ' if c.is_warning else ''}{c.check}: {c.message}")
    return _report_verdict(path, complaints, is_repaired=repair)


def _examine(path: Path, *, repairs: bool) -> list[Problem]:
    """Return the problems of the database, after a repair if *repairs*."""
    from store import examine
    from store.database import as_store_error, open_to_examine
    from store.doctor import Problem

    found: list[Problem] = []
    try:
        with open_to_examine(path) as store, as_store_error(path):
            found.extend(examine(store))
            if repairs and any(_can_change(c) for c in found):
                _repair(store)
                found.clear()
                found.extend(examine(store))
            elif repairs:
                say(f"{path}: there is nothing to repair")
    except DamagedError as error:  # the file cannot be opened, or not read any further
        found.append(Problem("integrity", str(error.__cause__ or error)))
    return found


def _can_change(complaint: Problem) -> bool:
    """Return whether a repair can fix the problem."""
    return not complaint.is_warning or complaint.check in ("schema", "statistics")


def _repair(store: Store) -> None:
    from store.doctor import repair

    for done in repair(store):
        say(done)


def _report_verdict(path: Path, complaints: list[Problem], *, is_repaired: bool) -> int:
    checks = {c.check for c in complaints if not c.is_warning}
    if not checks:
        say(f"{path}: is sound")
        return 0
    if "integrity" in checks:
        advice = f"restore a backup, or save what can be read with: sqlite3 {path} .recover"
    elif checks <= _REBUILT and not is_repaired:
        advice = "argmap doctor --repair rebuilds derived data"
    else:
        advice = "restore a backup, or import its export into a new database"
    left = "is still damaged and cannot be repaired" if is_repaired else "is damaged"
    say(f"{path}: {left}; {advice}")
    return 1
