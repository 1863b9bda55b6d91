"""The assessor and the chosen rubric, for all documents until the program ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define

if TYPE_CHECKING:
    from pathlib import Path


@define
class Rater:
    """The assessor who rates, and the rubric that they chose."""

    assessor: str
    folder: Path
    """Folder of the user's own rubrics."""
    rubric: tuple[str, str] | None = None
    """Id and version of the chosen rubric; None for the default of the map."""
