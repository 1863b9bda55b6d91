"""What a command needs to know of where it runs: the database, the assessor, the time."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from argmap.errors import InputError, RubricError
from argmap.host.folders import data_folder, rubrics_folder
from argmap.host.inputs.selection import path_exists
from argmap.text.display import counted

from ._output import say, spooled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from argmap.model.map import ArgumentMap
    from argmap.model.rubric import Rubric
    from store import Store

_DASH: Final = "-"
"""The name of standard input, and of standard output."""

JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
"""The option of every command that reads."""


def database_path(context: click.Context) -> Path:
    """Return where the database is, or would be."""
    given = context.find_root().obj
    if given == _DASH:
        message = "-: standard input is no database; give a file"
        raise InputError(message)
    if given == "":  # a variable without a value, which must not change another database
        message = "--database: the name is empty; give that of a file"
        raise InputError(message)
    if given:
        return Path(given)
    return data_folder() / "argmap.db"


def refuse_own_output(context: click.Context) -> None:
    """Refuse to print onto the database: a shell can open it as standard output.

    Raises:
        InputError: standard output is the database or a file that SQLite keeps beside it.
    """
    database = database_path(context)
    # `store` knows these names too, and is not loaded for a command that only shows its help.
    for part in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError, ValueError):
            if os.path.samestat(os.stat(f"{database}{part}"), os.fstat(1)):  # noqa: PTH116  (no path to join)
                message = f"{database}{part}: is the database in use; print to another file"
                raise InputError(message)


class Input(click.Path):
    """A file or folder to be read; `-` is standard input, and `./-` a file called so."""

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:  # noqa: ANN401  (as in `click.Path`)
        """Return the path."""
        path = super().convert(value, param, ctx)
        return path if os.fspath(value) == _DASH or path != Path(_DASH) else path.absolute()


INPUT = Input(path_type=Path, readable=False)  # one that cannot be read leaves the others


class Output(click.Path):
    """A file or folder to be written to; `-` is standard output, and `./-` a file called so.

    An empty name is a mistake, not the current folder.
    """

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:  # noqa: ANN401  (as in `click.Path`)
        """Return the path."""
        if not os.fspath(value):
            self.fail("the name is empty; give that of a file", param, ctx)
        return super().convert("/dev/stdout" if value == _DASH else value, param, ctx)


OUTPUT = Output(path_type=Path, readable=False)


def path_to_write(context: click.Context) -> Path:
    """Return where the database is, with the user's data folder made if that is meant."""
    path = database_path(context)
    if not context.find_root().obj:
        path.parent.mkdir(parents=True, exist_ok=True)
    return path


def opened(context: click.Context) -> Store:
    """Open the database to write."""
    from store import open_store

    return open_store(path_to_write(context))


@contextmanager
def reading(context: click.Context, output: Path | None = None) -> Iterator[Store]:
    """Open the database to read, in one snapshot; an empty one in memory where there is none.

    The output of the block is printed once it is complete and the database is closed, so
    that an error leaves no half of it, and a slow reader of the output holds no snapshot.

    Args:
        context: Tells where the database is.
        output: A device or pipe to print to; standard output if None.
    """
    from store import open_memory, open_to_read

    opened = open_to_read(database_path(context)) or open_memory()
    with spooled(output), opened as store, store.reading():
        yield store


def existing(context: click.Context) -> Store:
    """Open a database that is there already to write; an empty one in memory where not."""
    from store import open_memory, open_store, open_to_read

    path = database_path(context)
    found = open_to_read(path)
    if found is None:
        return open_memory()
    found.close()
    return open_store(path)


def rubric_in(store: Store, named: str | None) -> Rubric:
    """Return the rubric called *named*, an id, `ID@VERSION` or a file; else the default one.

    Those of the user's folder and of other packages are known to *store* then. One of
    them that has a fault is told in a line and left out.

    Raises:
        InputError: the file cannot be read.
        RubricError: there is no such rubric, or the file breaks a rule.
    """
    from argmap.model.map import rubric_named
    from argmap.model.rubric import DEFAULT_RUBRIC
    from store.queries import offer_rubric_file, offer_rubrics
    from store.rows import rubrics

    complaints = offer_rubrics(store, rubrics_folder())
    name = named or DEFAULT_RUBRIC
    found = rubric_named(rubrics(store).values(), name)
    if found is None and path_exists(Path(name)):
        return offer_rubric_file(store, Path(name))
    tell_left_out(complaints)
    if found is None:
        message = f"there is no rubric and no file {name!r}; argmap rubrics lists those there are"
        raise RubricError(message)
    return found


def graded_map(store: Store, document: str, named: str | None) -> tuple[ArgumentMap, Rubric]:
    """Return the map of *document*, an id, and the rubric to grade it under.

    That is the rubric called *named*, as `rubric_in` finds it. Without a name it is the one
    that applies to the document, which may be an older version than the newest.

    Raises:
        InputError: as `rubric_in`.
        MissingError: the document is not there.
        RubricError: as `rubric_in`.
    """
    from store import load_map

    rubric = rubric_in(store, named)
    argument_map = load_map(store, document)
    return argument_map, rubric if named else argument_map.applicable_rubric or rubric


def tell_other_ratings(argument_map: ArgumentMap, rubric: Rubric) -> None:
    """Say how many answers about statements are under other rubrics than *rubric*."""
    for name, answers in sorted(argument_map.rated_under.items()):
        if name != rubric.name:
            say(f"{counted(len(answers), 'rating')} under another rubric: see --rubric {name}")


def tell_left_out(complaints: Iterable[str]) -> None:
    """Say which rubrics of files are left out, and why."""
    for complaint in complaints:
        say(f"argmap: left out {complaint}")


def file_argument(name: str, **attributes: Any) -> Callable[..., Any]:  # noqa: ANN401  (click's own)
    """Return an argument that takes files by their paths, `-` among them."""
    return click.argument(name, metavar="FILE…", type=INPUT, **attributes)
