"""The claim that new evidence is linked to: pinned, or selected last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap
    from argmap.model.statement import Statement

_MOST: Final = 20
"""Maximum number of selections that are remembered."""


@define
class Aim:
    """The claim that new evidence and assumptions are linked to.

    It differs from the selection. The text cursor selects each statement that it passes, and
    evidence would go to a claim that the reader never chose. If an undo removes the claim, the
    claim selected before it becomes the aim.
    """

    selected: list[str] = field(factory=list)
    """Ids of the statements that the reader has selected, the newest last."""
    pinned: str | None = None
    """Id of the claim that stays the aim until it is unpinned; None for no pin."""
    label: str = ""
    """Label of the pinned claim, for messages after it has been removed."""

    def claim(self, argument_map: ArgumentMap) -> Statement | None:
        """Return the claim that is aimed at; None while the reader has selected no claim."""
        for id_ in (self.pinned, *reversed(self.selected)):
            statement = argument_map.statements.get(id_ or "")
            if statement is not None and statement.kind == "claim":
                return statement
        return None

    def note(self, id_: str, argument_map: ArgumentMap) -> None:
        """Remember that the reader selected the statement *id_*, if it is a claim.

        An unknown id is remembered too: the map may still be loading.
        """
        statement = argument_map.statements.get(id_)
        if statement is None or statement.kind == "claim":
            self.selected = [*(old for old in self.selected if old != id_), id_][-_MOST:]

    @property
    def words(self) -> str:
        """The pinned claim in words, such as "C1 pinned"; empty without a pin."""
        return f"{self.label} pinned" if self.pinned else ""

    def unpin(self) -> None:
        """Aim at the claim that was selected last again."""
        self.pinned, self.label = None, ""
