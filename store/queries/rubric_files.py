"""Rubrics from files and other packages, known to a store while it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.errors import InputError, RubricError
from argmap.host.database_files import refuse_database
from argmap.host.files import LARGEST_SETTING, as_input_error, read_bytes
from argmap.records.rubric import rubric_from_toml
from argmap.rubrics import load_rubrics, plugin_rubrics, shipped_rubrics
from argmap.text.decoding import utf8_text_from_bytes
from store.rows.known_rubrics import rubrics

if TYPE_CHECKING:
    from pathlib import Path

    from argmap.model.rubric import Rubric
    from store.database.store import Store


def offer_rubrics(store: Store, folder: Path) -> list[str]:
    """Make the rubrics of other packages and of the TOML files in *folder* known.

    Returns:
        A sentence for each rubric that is left out, with the reason.
    """
    plugged = plugin_rubrics()
    texts, complaints = [], list(plugged.problems)
    for path in sorted(folder.glob("*.toml")):
        try:
            texts.append((str(path), _text_of(store, path)))
        except InputError as error:
            complaints.append(str(error))
    own = load_rubrics(texts)
    for where, rubric in (*plugged.rubrics, *own.rubrics):
        try:
            _offer_one(store, where, rubric)
        except RubricError as error:
            complaints.append(str(error))
    return [*complaints, *own.problems]


def offer_rubric_file(store: Store, path: Path) -> Rubric:
    """Make the rubric in the file *path* known, and return it.

    Raises:
        InputError: the file cannot be read, is a device, a pipe or the database, or too large.
        RubricError: it breaks a rule, or its version is known with other content.
    """
    rubric = rubric_from_toml(_text_of(store, path), str(path))
    _offer_one(store, str(path), rubric)
    return rubric


def locate_rubric(store: Store, rubric: Rubric) -> str:
    """Return a phrase that says where *rubric*, which *store* knows, is kept."""
    if rubric in shipped_rubrics():
        return "argmap's own"
    return "in a file" if (rubric.id, rubric.version) in store.offered else "in this database"


def _text_of(store: Store, path: Path) -> str:
    refuse_database(path, store.path)
    with as_input_error(str(path)):
        content = read_bytes(path, LARGEST_SETTING)
    return utf8_text_from_bytes(content, str(path))


def _offer_one(store: Store, where: str, rubric: Rubric) -> None:
    key = (rubric.id, rubric.version)
    known = rubrics(store).get(key)
    if known is None:
        store.offered[key] = rubric
    elif known != rubric:
        message = (
            f"{where}: version: {rubric.id} {rubric.version} is known with other content;"
            " give it a new version"
        )
        raise RubricError(message)
