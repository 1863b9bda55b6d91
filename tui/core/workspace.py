"""The open document, and what one has in hand while working on it.

The data go down: the map, what is selected, what marks go to, which rows are marked, which
list is followed, what is supposed to be gone, who rates and under which rubric. All verbs work
on this, and nothing in it is a widget. An edit goes through `do`, which is in memory at once
and on disk a moment later, or through `session.do_and_save`, which waits until it is on disk.
A change of the map comes back from the session to the screen, which draws it and then calls
`select_again`. So an edit that makes a statement selects it once: `do(…, select=…)` says
what is to be selected, and the screen's only call of `select` takes it.
Wishes go up, to `host`; `tui.core.host` says which.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.text.display import short
from tui.views.grades import rubric_in_use

from .aim import Aim
from .filters import filter_in_words
from .followed_list import FollowedList
from .ticks import Ticks
from .what_if_mode import WhatIfMode

if TYPE_CHECKING:
    from argmap.edit.bulk import PlacedStatement
    from argmap.model.map import ArgumentMap, Operation
    from argmap.model.rubric import Rubric
    from argmap.model.statement import Inference, Statement
    from tui.document.rater import Rater
    from tui.document.session import Session

    from .host import Host


class Workspace:
    """One document that is worked on."""

    def __init__(self, session: Session, rater: Rater, host: Host) -> None:
        """Work on the document of *session*, for *rater*; *host* draws it, says and asks."""
        self.session = session
        self.rater = rater
        self.host = host
        self.selected: str | None = None
        """The id of the selected statement."""
        self.aim = Aim()
        self.ticks = Ticks()
        self.followed_list = FollowedList()
        """The list that the reader follows, such as the findings."""
        self.what_if_mode = WhatIfMode()
        self.filtered_by = "all"
        """What the map is filtered by, as `tui.core.filters.filter_predicate` names it."""
        self._has_announced_undo = False
        self._wanted: str | None = None
        """What is to be selected once the map is read."""
        self._made: str | None = None
        """What the edit that is being done makes."""

    @property
    def map(self) -> ArgumentMap:
        """The map as it is now."""
        return self.session.map

    @property
    def statement(self) -> Statement:
        """What is selected; actions that need it have made sure that there is something."""
        assert self.selected is not None  # noqa: S101  (see above)
        return self.map.statements[self.selected]

    @property
    def inference(self) -> Inference | None:
        """The inference by which the selected statement is where the map has its cursor."""
        row = self.host.here.row
        if self.selected is None:
            return None
        if row is not None and row.statement == self.selected and row.inference:
            return self.map.inferences.get(row.inference)
        return next(iter(self.map.inferences_from.get(self.selected, ())), None)

    @property
    def ticked(self) -> list[PlacedStatement]:
        """The marked rows, where the focus is on the map; elsewhere actions take one statement."""
        return self.ticks.rows(self.map) if self.host.here.context == "map" else []

    @property
    def target(self) -> Statement | None:
        """The claim that evidence goes to: the one that was selected last, or is pinned."""
        return self.aim.claim(self.map)

    @property
    def rubric(self) -> Rubric:
        """The rubric that claims are judged under."""
        return rubric_in_use(self.map, self.rater.rubric)

    @property
    def filter_words(self) -> str:
        """What the filter shows, in words; empty where that is all."""
        return filter_in_words(self.map, self.filtered_by)

    def do(self, operation: Operation, *, select: str | None = None) -> None:
        """Do *operation*; the first time, say how it is undone.

        Args:
            operation: The edit.
            select: The id of the statement that it makes, and that is to be selected.

        Raises:
            EditError: the map does not allow it.
            EditConflictError: somebody else has changed the same since *operation* was made.
        """
        self._made = select
        try:
            self.session.do(operation)
        finally:
            self._made = None
        self.announce_undo(operation)

    def announce_undo(self, operation: Operation) -> None:
        """Say how *operation*, which was just done, is undone, if it is the first one."""
        if not self._has_announced_undo and operation.changes:
            words = f"{operation.label} · {self.host.key('workbench.undo')} undoes it"
            self._has_announced_undo = self.host.announce_undo(words)

    def select(self, statement: str | None, *, from_text: bool = False) -> None:
        """Select *statement* in all panes, and show it in the map wherever it is hidden.

        Where it is not on the map, the highlighted row is selected. Only a claim that the reader
        selects, not one that the text cursor passes, becomes what marks go to.
        """
        self._check_pin()
        if statement is not None and not from_text:
            self.aim.note(statement, self.map)
        if not self.session.is_loaded:
            self._wanted = statement or self._wanted
        row = self.host.here.row
        known = (statement, row.statement if row else None)
        self.selected = next((id_ for id_ in known if id_ in self.map.statements), None)
        self.host.show_selection(from_text=from_text)

    def _check_pin(self) -> None:
        """Unpin the claim if it is not on the map any more, or is no claim."""
        aim = self.aim
        if aim.pinned is None or not self.session.is_loaded:
            return
        claim = self.map.statements.get(aim.pinned)
        label = short(claim.label) if claim else aim.label
        if claim is None or claim.kind != "claim":
            why = "is gone" if claim is None else f"is {claim.kind} now"
            words = f"{aim.label} {why}: marks go to the claim that you select last again"
            aim.unpin()
            self.host.changed("aim")
            self.host.say(words)
        elif aim.label != label:
            aim.label = label
            self.host.changed("aim")

    def select_again(self, *, is_hidden: bool = False) -> None:
        """Select, after the map has changed, what an edit has made, else what was selected.

        Where the filter has hidden that (*is_hidden*), it is the highlighted row.
        """
        made, self._made = self._made, None
        if made is not None:
            self.select(made)
        else:
            self.select(None if is_hidden else self.selected, from_text=True)

    def select_pending(self) -> None:
        """Select what was to be selected once the map is read, which it is now."""
        if self.session.is_loaded and self._wanted is not None:
            self.selected, self._wanted = self._wanted, None

    def filter(self, chosen: str) -> None:
        """Filter the map by *chosen*, as `filter_predicate` reads it; select a visible row."""
        self.filtered_by = chosen
        self.host.changed("filter")

    def leave_what_if_mode(self) -> bool:
        """Leave what-if mode; tell whether something was supposed to be gone."""
        was_on = self.what_if_mode.is_on
        if was_on:
            self.what_if_mode.clear()
            self.host.changed("what-if")
        return was_on

    def leave_list(self) -> bool:
        """Leave the list that is followed; tell whether there was one."""
        was_on = self.followed_list.leave()
        self.host.changed("list")
        return was_on

    def step_out(self) -> bool:
        """Leave what-if mode, or the list that is followed, whichever was begun last.

        Tell whether there was either. The list of what falls lies within what-if mode.
        """
        if self.followed_list.kind == "what-falls":
            return self.leave_list()
        return self.leave_what_if_mode() or self.leave_list()
