"""Pinning a claim: marks go to it whatever is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.text.display import short

if TYPE_CHECKING:
    from argmap.model.statement import Statement
    from tui.core.workspace import Workspace


def toggle_pin(work: Workspace) -> None:
    """Keep marking for one claim whatever is selected, or stop that."""
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
    """Return the claim that would be pinned: in the text what marks go to, else the selected."""
    selected = work.map.statements.get(work.selected or "")
    if work.host.here.context != "text" and selected is not None and selected.kind == "claim":
        return selected
    return work.target
