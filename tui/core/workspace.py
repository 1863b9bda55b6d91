"""The open document, with the selection and other state that its verbs use.

State flows down: the map, the selection, the aim, the ticked rows, the followed list, what-if
mode, the rater and the rubric. All verbs take this, and nothing in it is a widget. An edit goes
through `do`, which changes the map at once and the disk a moment later, or through
`session.do_and_save`, which waits for the disk.
A change of the map comes back from the session to the screen, which draws it and then calls
`select_again`. An edit that makes a statement therefore selects it once: `do(…, select=…)`
names the selection, and the screen's only call of `select` takes it.
Requests flow up to `host`; `tui.core.host` lists them.
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
    """One document that the reader works on."""

    def __init__(self, session: Session, rater: Rater, host: Host) -> None:
        """Work on the document of *session* for *rater*, on the screen *host*."""
        self.session = session
        self.rater = rater
        self.host = host
        self.selected: str | None = None
        """Id of the selected statement."""
        self.aim = Aim()
        self.ticks = Ticks()
        self.followed_list = FollowedList()
        """The list that the reader follows, such as the findings."""
        self.what_if_mode = WhatIfMode()
        self.filtered_by = "all"
        """The filter of the map, by its name in `tui.core.filters.filter_predicate`."""
        self._has_announced_undo = False
        self._wanted: str | None = None
        """Id of the statement to select once the map is loaded."""
        self._made: str | None = None
        """Id of the statement that the current edit makes."""

    @property
    def map(self) -> ArgumentMap:
        """The current map."""
        return self.session.map

    @property
    def statement(self) -> Statement:
        """The selected statement; actions that use it have checked that there is one."""
        assert self.selected is not None  # noqa: S101  (as the docstring says)
        return self.map.statements[self.selected]

    @property
    def inference(self) -> Inference | None:
        """The link of the selected row, else the first link of the selected statement."""
        row = self.host.here.row
        if self.selected is None:
            return None
        if row is not None and row.statement == self.selected and row.inference:
            return self.map.inferences.get(row.inference)
        return next(iter(self.map.inferences_from.get(self.selected, ())), None)

    @property
    def ticked(self) -> list[PlacedStatement]:
        """The ticked rows while the map has the focus, else none.

        In the other panes an action takes one statement.
        """
        return self.ticks.rows(self.map) if self.host.here.context == "map" else []

    @property
    def target(self) -> Statement | None:
        """The claim that new evidence is linked to: pinned, or selected last."""
        return self.aim.claim(self.map)

    @property
    def rubric(self) -> Rubric:
        """The rubric that claims are graded under."""
        return rubric_in_use(self.map, self.rater.rubric)

    @property
    def filter_words(self) -> str:
        """The filter in words; empty where the whole map is shown."""
        return filter_in_words(self.map, self.filtered_by)

    def do(self, operation: Operation, *, select: str | None = None) -> None:
        """Apply *operation*; after the first one, show how it is undone.

        Args:
            operation: The edit.
            select: Id of the statement that it makes, to be selected.

        Raises:
            EditError: the map does not allow it.
            EditConflictError: another user or process has changed the same since *operation*
                was made.
        """
        self._made = select
        try:
            self.session.do(operation)
        finally:  # even if it is refused: a later change of the map must not select it
            self._made = None
        self.announce_undo(operation)

    def announce_undo(self, operation: Operation) -> None:
        """Show how *operation*, the edit just done, is undone; only for the first one."""
        if not self._has_announced_undo and operation.changes:
            words = f"{operation.label} · {self.host.key('workbench.undo')} undoes it"
            self._has_announced_undo = self.host.announce_undo(words)

    def select(self, statement: str | None, *, from_text: bool = False) -> None:
        """Select *statement* in all panes, and unfold the map so that its row is visible.

        If the map does not have it, the highlighted row is selected. Only a claim that the reader
        selects becomes the aim, not one that the text cursor passes.
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
        """Unpin the claim if it is gone from the map, or is no claim any more."""
        aim = self.aim
        if aim.pinned is None or not self.session.is_loaded:
            return
        claim = self.map.statements.get(aim.pinned)
        label = short(claim.label) if claim else aim.label
        if claim is None or claim.kind != "claim":
            why = "was removed" if claim is None else f"is {claim.kind} now"
            words = f"{aim.label} {why}; new evidence goes to the claim that you selected last"
            aim.unpin()
            self.host.changed("aim")
            self.host.say(words)
        elif aim.label != label:
            aim.label = label
            self.host.changed("aim")

    def select_again(self, *, is_hidden: bool = False) -> None:
        """Select the statement that an edit has made, else keep the selection.

        Called after each change of the map. If the filter hides the selection (*is_hidden*), the
        highlighted row is selected.
        """
        made, self._made = self._made, None
        if made is not None:
            self.select(made)
        else:
            self.select(None if is_hidden else self.selected, from_text=True)

    def select_pending(self) -> None:
        """Select the statement requested while the map was loading, once it is loaded."""
        if self.session.is_loaded and self._wanted is not None:
            self.selected, self._wanted = self._wanted, None

    def filter(self, chosen: str) -> None:
        """Filter the map by *chosen*, named as in `filter_predicate`."""
        self.filtered_by = chosen
        self.host.changed("filter")

    def leave_what_if_mode(self) -> bool:
        """Leave what-if mode; return whether it was on."""
        was_on = self.what_if_mode.is_on
        if was_on:
            self.what_if_mode.clear()
            self.host.changed("what-if")
        return was_on

    def leave_list(self) -> bool:
        """Leave the followed list; return whether there was one."""
        was_on = self.followed_list.leave()
        self.host.changed("list")
        return was_on

    def step_out(self) -> bool:
        """Leave what-if mode or the followed list; return whether either was left.

        The one begun last is left first. The list of what falls lies within what-if mode.
        """
        if self.followed_list.kind == "what-falls":
            return self.leave_list()
        return self.leave_what_if_mode() or self.leave_list()
