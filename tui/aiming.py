"""Which claim the next mark is for: the one that the reader selected last, or has pinned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field

from argmap.text import short

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap
    from argmap.model.statement import Statement
    from tui.core.workspace import Workspace

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


def turn_pin(work: Workspace) -> None:
    """Keep marking for one claim whatever is selected, or stop that."""
    aim, key = work.aim, work.host.key("workbench.pin")
    if aim.pinned is not None:
        _unpin(work)
        work.host.tell("marks go to the claim that you select last again")
        return
    claim = to_be_pinned(work)
    if claim is not None:
        aim.pinned, aim.label = claim.id, short(claim.label)
        work.host.changed("aim")
        work.host.tell(f"marks go to {aim.label} until {key} is pressed again")


def to_be_pinned(work: Workspace) -> Statement | None:
    """Return the claim that would be pinned: in the text what marks go to, else the selected."""
    selected = work.map.statements.get(work.selected or "")
    if work.host.here.context != "text" and selected is not None and selected.kind == "claim":
        return selected
    return work.target


def check_pin(work: Workspace) -> None:
    """Take the pin away where its claim is not on the map any more, or is no claim."""
    aim = work.aim
    if aim.pinned is None or not work.session.is_loaded:
        return
    claim = work.map.statements.get(aim.pinned)
    if claim is None or claim.kind != "claim":
        why = "is gone" if claim is None else f"is {claim.kind} now"
        label = aim.label
        _unpin(work)
        work.host.say(f"{label} {why}: marks go to the claim that you select last again")
    elif aim.label != short(claim.label):
        aim.label = short(claim.label)
        work.host.changed("aim")


def _unpin(work: Workspace) -> None:
    work.aim.pinned, work.aim.label = None, ""
    work.host.changed("aim")
