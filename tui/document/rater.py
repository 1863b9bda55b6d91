"""Who rates, and under which rubric: one for all documents, for as long as the program runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define

if TYPE_CHECKING:
    from pathlib import Path


@define
class Rater:
    """The assessor at work, and the choice of a rubric."""

    assessor: str
    folder: Path
    """Where the user keeps rubrics."""
    rubric: tuple[str, str] | None = None
    """Id and version of the rubric that was chosen; None for the one that applies."""
