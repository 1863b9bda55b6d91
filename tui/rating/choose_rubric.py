"""Choose the rubric for claims, for as long as the program runs."""

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
    """Ask for a rubric for claims and use it from now on; None if cancelled.

    The choices are the rubrics that argmap ships, those in the user's folder, those of other
    packages and those in the database. A faulty one is skipped with a message.
    """
    from tui.dialogs.pick import Choice

    folder = work.rater.folder

    def known(store: Store) -> tuple[list[str], list[tuple[Rubric, str]]]:
        complaints = offer_rubrics(store, folder)
        return complaints, [(r, locate_rubric(store, r)) for _, r in sorted(rubrics(store).items())]

    database = work.session.database
    complaints, offered = await database.write(known)
    # Reading has a connection of its own, which opens the documents that follow.
    await database.read(lambda store: offer_rubrics(store, folder))
    if complaints:
        more = f"; and {counted(len(complaints) - 1, 'more')}" if len(complaints) > 1 else ""
        work.host.say(f"skipped {complaints[0]}{more}", is_bad=True)
    own = {f"{r.id}@{r.version}": (r, home) for r, home in offered if r.applies("claim")}
    choices = [
        Choice(key, f"{visible(r.id)} {visible(r.version)}  {visible(r.title)}", home)
        for key, (r, home) in own.items()
    ]
    here = f"{current.id}@{current.version}"
    chosen = await pick(work.host, "Choose a rubric", choices, current=here)
    if chosen is None:
        return None
    rubric = own[chosen][0]
    work.leave_what_if_mode()
    work.session.add_rubric(rubric)
    work.rater.rubric = rubric.id, rubric.version
    work.host.changed("map")
    return rubric
