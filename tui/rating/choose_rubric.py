"""Choosing the rubric that claims are judged under, for as long as the program runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.text.display import counted, visible
from store.queries import locate_rubric, offer_rubrics
from store.rows import rubrics
from tui.dialogs.prompts import pick

if TYPE_CHECKING:
    from argmap.model.rubric import Rubric
    from store import Store
    from tui.core.workspace import Workspace


async def choose_rubric(work: Workspace, current: Rubric) -> Rubric | None:
    """Let a rubric for claims be chosen, and judge under it from now on; None where it was left.

    Offered are those that argmap ships, those of the user's folder and of other packages,
    and those in the database. One that has a fault is told and left out.
    """
    from tui.dialogs.pick import Choice

    folder = work.rater.folder

    def known(store: Store) -> tuple[list[str], list[tuple[Rubric, str]]]:
        complaints = offer_rubrics(store, folder)
        return complaints, [(r, locate_rubric(store, r)) for _, r in sorted(rubrics(store).items())]

    database = work.session.database
    complaints, found = await database.write(known)
    # The reader needs them too, for documents that are opened later.
    await database.read(lambda store: offer_rubrics(store, folder))
    if complaints:
        more = f"; and {counted(len(complaints) - 1, 'more')}" if len(complaints) > 1 else ""
        work.host.say(f"left out {complaints[0]}{more}", is_bad=True)
    own = {f"{r.id}@{r.version}": (r, home) for r, home in found if r.applies("claim")}
    choices = [
        Choice(key, f"{visible(r.id)} {visible(r.version)}  {visible(r.title)}", home)
        for key, (r, home) in own.items()
    ]
    here = f"{current.id}@{current.version}"
    chosen = await pick(work.host, "Judge under which rubric?", choices, current=here)
    if chosen is None:
        return None
    rubric = own[chosen][0]
    work.leave_what_if_mode()
    work.session.add_rubric(rubric)
    work.rater.rubric = rubric.id, rubric.version
    work.host.changed("map")
    return rubric
