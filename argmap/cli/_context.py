"""Context shared by the commands: the database, rubrics, options and types of arguments."""

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
"""The option `--json` of every command that reads."""


def database_path(context: click.Context) -> Path:
    """Return the path of the database, which need not exist.

    Raises:
        InputError: the path given is empty or `-`.
    """
    given = context.find_root().obj
    if given == _DASH:
        message = "-: standard input cannot be a database; give a file"
        raise InputError(message)
    if given == "":  # an empty variable must not select the default database
        message = "--database: the name is empty; name a file"
        raise InputError(message)
    if given:
        return Path(given)
    return data_folder() / "argmap.db"


def refuse_own_output(context: click.Context) -> None:
    """Refuse to print into the database, which a shell can open as standard output.

    Raises:
        InputError: standard output is the database or one of SQLite's files next to it.
    """
    database = database_path(context)
    # `store` knows these names too, and is not loaded for a command that only shows its help.
    for part in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError, ValueError):
            if os.path.samestat(os.stat(f"{database}{part}"), os.fstat(1)):  # noqa: PTH116  (no path to join)
                message = (
                    f"{database}{part}: is the database in use; redirect the output to another file"
                )
                raise InputError(message)


class Input(click.Path):
    """The type of a file or folder to read; `-` is standard input, `./-` a file of that name."""

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:  # noqa: ANN401  (as in `click.Path`)
        """Return the path."""
        path = super().convert(value, param, ctx)
        return path if os.fspath(value) == _DASH or path != Path(_DASH) else path.absolute()


INPUT = Input(path_type=Path, readable=False)  # one unreadable file must not stop the others


class Output(click.Path):
    """The type of a file or folder to write; `-` is standard output, `./-` a file of that name.

    An empty name is an error, not the current folder.
    """

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:  # noqa: ANN401  (as in `click.Path`)
        """Return the path."""
        if not os.fspath(value):
            self.fail("the name is empty; name a file", param, ctx)
        return super().convert("/dev/stdout" if value == _DASH else value, param, ctx)


OUTPUT = Output(path_type=Path, readable=False)


def path_to_write(context: click.Context) -> Path:
    """Return the path of the database; create the data folder if it is the default one."""
    path = database_path(context)
    if not context.find_root().obj:
        path.parent.mkdir(parents=True, exist_ok=True)
    return path


def open_database(context: click.Context) -> Store:
    """Open the database for writing; create it if it does not exist."""
    from store import open_store

    return open_store(path_to_write(context))


@contextmanager
def reading(context: click.Context, output: Path | None = None) -> Iterator[Store]:
    """Open a snapshot of the database for reading; an empty one if it does not exist.

    The output of the block is printed once it is complete and the database is closed, so that an
    error leaves no partial output, and a slow reader of the output does not keep the snapshot open.

    Args:
        context: The context of the command, which names the database.
        output: A device or pipe to print to; standard output if None.
    """
    from store import open_memory, open_to_read

    database = open_to_read(database_path(context)) or open_memory()
    with spooled(output), database as store, store.reading():
        yield store


def open_existing(context: click.Context) -> Store:
    """Open the database for writing; an empty one in memory if it does not exist."""
    from store import open_memory, open_store, open_to_read

    path = database_path(context)
    found = open_to_read(path)
    if found is None:
        return open_memory()
    found.close()
    return open_store(path)


def rubric_in(store: Store, named: str | None) -> Rubric:
    """Return the rubric called *named*: an id, `ID@VERSION` or a file; the default if None.

    Rubrics of the user's folder and of other packages are registered with *store*. An invalid one
    is reported in a line and ignored.

    Raises:
        InputError: the file cannot be read.
        RubricError: there is no such rubric, or the file breaks a rule.
    """
    from argmap.model.map import rubric_named
    from argmap.model.vocabulary import DEFAULT_RUBRIC
    from store.queries import offer_rubric_file, offer_rubrics
    from store.rows import rubrics

    complaints = offer_rubrics(store, rubrics_folder())
    name = named or DEFAULT_RUBRIC
    found = rubric_named(rubrics(store).values(), name)
    if found is None and path_exists(Path(name)):
        return offer_rubric_file(store, Path(name))
    say_ignored_rubrics(complaints)
    if found is None:
        message = f"there is no rubric or file {name!r}; argmap rubrics lists the rubrics"
        raise RubricError(message)
    return found


def graded_map(store: Store, document: str, named: str | None) -> tuple[ArgumentMap, Rubric]:
    """Return the map of *document*, an id, and the rubric to grade it under.

    With *named*, it is the rubric found by `rubric_in`. Without, it is the rubric that applies to
    the document's ratings, which may be an older version.

    Raises:
        InputError: as `rubric_in`.
        MissingError: the document does not exist.
        RubricError: as `rubric_in`.
    """
    from store import load_map

    rubric = rubric_in(store, named)
    argument_map = load_map(store, document)
    return argument_map, rubric if named else argument_map.applicable_rubric or rubric


def say_other_ratings(argument_map: ArgumentMap, rubric: Rubric) -> None:
    """Say how many ratings of statements are under rubrics other than *rubric*."""
    for name, answers in sorted(argument_map.answers_by_rubric.items()):
        if name != rubric.name:
            say(f"{counted(len(answers), 'rating')} under another rubric: see --rubric {name}")


def say_ignored_rubrics(complaints: Iterable[str]) -> None:
    """Say which rubric files are ignored, and why."""
    for complaint in complaints:
        say(f"argmap: ignored {complaint}")


def file_argument(name: str, **attributes: Any) -> Callable[..., Any]:  # noqa: ANN401  (click's own)
    """Return an argument for paths of files, including `-`."""
    return click.argument(name, metavar="FILE…", type=INPUT, **attributes)
