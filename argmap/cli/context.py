"""What a command needs to know of where it runs: the database, the assessor, the time."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from argmap.errors import InputError
from argmap.folders import config_folder, data_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from store import Store

JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
"""The option of every command that reads."""


def database_path(context: click.Context) -> Path:
    """Return where the database is, or would be."""
    given = context.find_root().obj
    if given:
        return Path(given)
    return data_folder() / "argmap.db"


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


def reading(context: click.Context) -> Store:
    """Open the database to read; an empty one in memory where there is none."""
    from store import open_memory, open_to_read

    return open_to_read(database_path(context)) or open_memory()


def existing(context: click.Context) -> Store:
    """Open a database that is there already to write; an empty one in memory where not."""
    from store import open_memory, open_store, open_to_read

    path = database_path(context)
    found = open_to_read(path)
    if found is None:
        return open_memory()
    found.close()
    return open_store(path)


def assessor(given: str | None) -> str:
    """Return who judges: *given*, `$ARGMAP_ASSESSOR`, the config file, the login name.

    Raises:
        InputError: the config file cannot be read.
    """
    name = given or os.environ.get("ARGMAP_ASSESSOR") or _configured("assessor")
    if name:
        return name
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def file_argument(name: str, **attributes: Any) -> Callable[..., Any]:  # noqa: ANN401  (click's own)
    """Return an argument that takes files by their paths, `-` among them."""
    return click.argument(name, metavar="FILE…", type=click.Path(path_type=Path), **attributes)


def _configured(key: str) -> str | None:
    import tomllib

    path = config_folder() / "config.toml"
    try:
        value = tomllib.loads(path.read_text("utf-8")).get(key)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = f"{path}: {error}"
        raise InputError(message) from error
    return value if isinstance(value, str) else None
