"""Load the rubrics that argmap ships, one TOML file each, and those of other packages.

Another package adds its own by an entry point in the group `argmap.rubrics`: a
`Rubric`, or a package whose TOML files are rubrics, as this one is.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from types import ModuleType
from typing import TYPE_CHECKING, Final

from attrs import frozen

from argmap.errors import RubricError
from argmap.model.rubric import Rubric
from argmap.records.rubric import rubric_from_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from importlib.metadata import EntryPoint

GROUP: Final = "argmap.rubrics"
"""The group of entry points for rubrics of other packages."""


@frozen
class LoadedRubrics:
    """Rubrics from several places, and messages about those that could not be loaded."""

    rubrics: tuple[tuple[str, Rubric], ...]
    """The rubrics, each with the name of its place."""
    problems: tuple[str, ...]
    """A sentence for each rubric that could not be loaded, with its place."""


@cache
def shipped_rubrics() -> tuple[Rubric, ...]:
    """Return the rubrics that argmap ships, by file name.

    Raises:
        RubricError: one of the files breaks a rule.
    """
    return tuple(rubric_from_toml(text, name) for name, text in _files_of(__package__))


def load_rubrics(texts: Iterable[tuple[str, str]]) -> LoadedRubrics:
    """Load the rubrics in *texts*, each TOML with the name of its place."""
    found, problems = [], []
    for name, text in texts:
        try:
            found.append((name, rubric_from_toml(text, name)))
        except RubricError as error:
            problems.append(str(error))
    return LoadedRubrics(tuple(found), tuple(problems))


def plugin_rubrics() -> LoadedRubrics:
    """Load the rubrics of other packages in the same environment."""
    from importlib.metadata import entry_points  # noqa: PLC0415  (slow, and rarely wanted)

    points = sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))
    parts = [_plugged(point) for point in points]
    return LoadedRubrics(
        tuple(each for part in parts for each in part.rubrics),
        tuple(each for part in parts for each in part.problems),
    )


def _plugged(point: EntryPoint) -> LoadedRubrics:
    where = f"{GROUP} {point.name}"
    try:
        value = point.load()
        texts = list(_files_of(value)) if isinstance(value, ModuleType) else []
    except Exception as error:  # noqa: BLE001  (another package's code, which argmap can do without)
        return LoadedRubrics((), (f"{where}: cannot be loaded: {type(error).__name__}: {error}",))
    if isinstance(value, Rubric):
        return LoadedRubrics(((where, value),), ())
    if texts:
        return load_rubrics((f"{where}: {name}", text) for name, text in texts)
    return LoadedRubrics((), (f"{where}: is neither a rubric nor a package with TOML files",))


def _files_of(package: str | ModuleType) -> Iterator[tuple[str, str]]:
    found = sorted((f for f in files(package).iterdir() if f.name.endswith(".toml")), key=str)
    return ((file.name, file.read_text("utf-8-sig")) for file in found)
