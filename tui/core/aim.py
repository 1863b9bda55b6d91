"""Which claim the next mark is for: the one that the reader selected last, or has pinned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap
    from argmap.model.statement import Statement

_MOST: Final = 20
"""Selections that are remembered."""


@define
class Aim:
    """What new evidence and assumptions are linked to.

    It is not what is selected: the text cursor selects whatever it passes, and marks would go
    to a claim that nobody has chosen. When the claim is gone, as after an undo, the one that
    was selected before it takes its place.
    """

    selected: list[str] = field(factory=list)
    """Ids of what the reader has selected, the newest last."""
    pinned: str | None = None
    """The id of the claim that stays the aim whatever is selected."""
    label: str = ""
    """What the pinned claim is called, for when it is gone."""

    def claim(self, argument_map: ArgumentMap) -> Statement | None:
        """Return the claim that is aimed at; None where there is none yet."""
        for id_ in (self.pinned, *reversed(self.selected)):
            statement = argument_map.statements.get(id_ or "")
            if statement is not None and statement.kind == "claim":
                return statement
        return None

    def note(self, id_: str, argument_map: ArgumentMap) -> None:
        """Take in that the reader has selected the statement *id_*; only a claim counts."""
        statement = argument_map.statements.get(id_)
        if statement is None or statement.kind == "claim":
            self.selected = [*(old for old in self.selected if old != id_), id_][-_MOST:]

    @property
    def words(self) -> str:
        """What is pinned, in words; empty where nothing is."""
        return f"{self.label} pinned" if self.pinned else ""

    def unpin(self) -> None:
        """Let marks go to the claim that is selected last again."""
        self.pinned, self.label = None, ""
