"""Moving rows of the map under other rows, by keys and by the mouse."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from argmap.edit.compound import move_to
from argmap.edit.verbs import link
from store import fresh_id
from tui.workbench.edits.confirmation import do_and_confirm
from tui.workbench.edits.ticked_rows import move_rows

if TYPE_CHECKING:
    from tui.core.workspace import Workspace


def move_under(work: Workspace, inference: str | None, statement: str, onto: str) -> None:
    """Move *statement* under *onto*, keeping the stance of its link *inference*.

    A statement without a link supports *onto*.
    """
    if statement == onto:
        return
    if inference is not None and work.map.inferences[inference].conclusion == onto:
        labels = (work.map.statements[id_].label for id_ in (statement, onto))
        work.host.say(" is already under ".join(labels))
    elif inference is not None:
        do_and_confirm(work, move_to(work.map, inference, onto))
    else:
        operation = link(work.map, fresh_id(), [statement], onto, "supports")
        do_and_confirm(work, operation)


def drop_row(work: Workspace, inference: str | None, statement: str, onto: str) -> None:
    """Move the dragged row under *onto*, with all ticked rows if it is ticked."""
    rows = work.ticked
    if any(row.statement == statement for row in rows):
        work.host.begin(partial(move_rows, work, rows, onto))
    else:
        move_under(work, inference, statement, onto)
