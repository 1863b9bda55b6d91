"""The command `doctor`: examine the database, and rebuild what can be rebuilt."""

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
"""Checks whose complaints a repair can end."""


@click.command()
@click.option("--repair", is_flag=True, help="Rebuild what can be rebuilt, after a copy.")
@JSON
@click.pass_context
def doctor(context: click.Context, *, repair: bool, as_json: bool) -> int:
    """Examine the database: file, references, full text, maps and log.

    With --repair, what argmap derives is rebuilt: indexes, triggers, views, full text,
    statistics. The database is copied beside itself first, and no record is removed.
    """
    from store.database import check_path

    path = database_path(context)
    if check_path(path) is None:
        message = f"{path}: there is no database; argmap add FILE makes one"
        raise MissingError(message)
    complaints = _examined(path, repairs=repair)
    if as_json:
        show_json([asdict(c) for c in complaints])
    for c in () if as_json else complaints:
        show(f"{'warning: ' if c.is_warning else ''}{c.check}: {c.message}")
    return _verdict(path, complaints, is_repaired=repair)


def _examined(path: Path, *, repairs: bool) -> list[Problem]:
    """Return what is wrong with the database, after a repair if *repairs*."""
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
    except DamagedError as error:  # the file cannot even be opened, or looked at further
        found.append(Problem("integrity", str(error.__cause__ or error)))
    return found


def _can_change(complaint: Problem) -> bool:
    """Tell whether a repair is worth a try."""
    return not complaint.is_warning or complaint.check in ("schema", "statistics")


def _repair(store: Store) -> None:
    from store.doctor import repair

    for done in repair(store):
        say(done)


def _verdict(path: Path, complaints: list[Problem], *, is_repaired: bool) -> int:
    checks = {c.check for c in complaints if not c.is_warning}
    if not checks:
        say(f"{path}: is sound")
        return 0
    if "integrity" in checks:
        advice = f"restore a backup, or save what can be read with: sqlite3 {path} .recover"
    elif checks <= _REBUILT and not is_repaired:
        advice = "argmap doctor --repair rebuilds what can be rebuilt"
    else:
        advice = "restore a backup, or import its export into a new database"
    left = "is damaged still, and this cannot be repaired" if is_repaired else "is damaged"
    say(f"{path}: {left}; {advice}")
    return 1
