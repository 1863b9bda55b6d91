"""The rubrics that argmap ships, one TOML file each, and those of others."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from argmap.records.rubric import rubric_from_toml

if TYPE_CHECKING:
    from argmap.model.rubric import Rubric


@cache
def shipped_rubrics() -> tuple[Rubric, ...]:
    """Return the rubrics of this package, by file name.

    Raises:
        RubricError: one of the files breaks a rule.
    """
    found = sorted((f for f in files(__name__).iterdir() if f.name.endswith(".toml")), key=str)
    return tuple(rubric_from_toml(f.read_text("utf-8"), f.name) for f in found)
