"""Pinning a claim, so that new evidence goes to it while other rows are selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.text.display import short

if TYPE_CHECKING:
    from argmap.model.statement import Statement
    from tui.core.workspace import Workspace


def toggle_pin(work: Workspace) -> None:
    """Pin the claim that new evidence goes to, or unpin it."""
    aim, key = work.aim, work.host.key("workbench.pin")
    if aim.pinned is not None:
        aim.unpin()
        work.host.changed("aim")
        work.host.say_in_heading("new evidence goes to the selected claim again")
        return
    claim = claim_to_pin(work)
    if claim is not None:
        aim.pinned, aim.label = claim.id, short(claim.label)
        work.host.changed("aim")
        work.host.say_in_heading(f"pinned: new evidence goes to {aim.label} · {key} unpins")


def claim_to_pin(work: Workspace) -> Statement | None:
    """Return the claim that the pin key would pin; None if there is none.

    That is the selected claim, but in the text pane the claim that new evidence goes to: there the
    cursor selects every statement that it passes.
    """
    selected = work.map.statements.get(work.selected or "")
    if work.host.here.context != "text" and selected is not None and selected.kind == "claim":
        return selected
    return work.target
