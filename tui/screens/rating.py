"""Rating claims: one criterion at a time, with all its levels and the main item in view."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final

from textual.screen import Screen

from argmap.provenance.corroboration import CRITERION
from tui.actions import bindings_for
from tui.background import run_aside
from tui.bars import Heading, KeyLine
from tui.grades import is_usual, named_rubric
from tui.judging import suggestion_for
from tui.panes.sheet import WIDEST, Sheet
from tui.rating import Round, answered
from tui.rating_rows import guide, sheet

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from argmap.model.map import ArgumentMap
    from argmap.model.rubric import Rubric
    from argmap.model.words import Answer
    from tui.app import ArgmapApp
    from tui.screens.workbench import WorkbenchScreen

LOOKS: Final = 0.4
"""Seconds between two looks at whether the map has changed underneath."""


class RatingScreen(Screen[None]):
    """Takes the answers of one assessor, and shows at once what they come to."""

    app: ArgmapApp
    context = "rating"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for("rating")]

    def __init__(
        self, bench: WorkbenchScreen, rubric: Rubric, claim: str, criterion: str = ""
    ) -> None:
        """Rate *claim*, an id, and then the others, under *rubric*; *criterion* comes first."""
        super().__init__()
        self.bench = bench
        self.round = Round(bench.map, rubric, bench.app.assessor, claim, criterion)
        self.sheet = Sheet()
        self.shows_guide = False
        self._suggested: tuple[ArgumentMap, str, str] | None = None
        """For which map and claim a level of `corroboration` was suggested, and in which words."""
        self._heading = Heading()
        self._keys = KeyLine()

    def compose(self) -> ComposeResult:
        """Hold the heading, the sheet and the keys."""
        yield self._heading
        yield self.sheet
        yield self._keys

    def on_mount(self) -> None:
        """Show what is asked first, and look from time to time whether the map has changed."""
        self.sheet.focus()
        self.set_interval(LOOKS, self._look)
        self.show()

    def on_resize(self) -> None:
        """Lay the sheet out for the new size."""
        self.show()

    def show(self) -> None:
        """Show what is asked now."""
        self.round.map = self.bench.map
        width, height = self.sheet.scrollable_content_region.size
        width = min(WIDEST, max(8, width))
        if self.round.criterion == CRITERION:
            run_aside(self, self._suggest, "suggestion")
        rows = (
            guide(self.round.rubric, width)
            if self.shows_guide
            else sheet(self.round, width, max(8, height))
        )
        self.sheet.show(rows)
        place = f"claim {self.round.place + 1} of {len(self.round.claims)}"
        way = "one criterion across all claims" if self.round.is_across else "claim by claim"
        argument_map, rubric = self.bench.map, self.round.rubric
        is_named = not is_usual(argument_map, rubric)
        named = f"{named_rubric(argument_map, rubric)} · " if is_named else ""
        self._heading.show("rate", f"{named}{way}", f"{place} · as {self.round.assessor}")
        self._keys.show()

    async def _suggest(self) -> None:
        """Say which level of `corroboration` follows from the origins on the map."""
        argument_map, claim = self.bench.map, self.round.claim
        if self._suggested is None or self._suggested[:2] != (argument_map, claim):
            words = await asyncio.to_thread(suggestion_for, argument_map, claim)
            self._suggested = argument_map, claim, words
        if self.round.criterion == CRITERION and not self.shows_guide:
            self.sheet.hint(self._suggested[2])

    def answer(self, answer: Answer) -> None:
        """Give *answer* to what is asked, and go on to what comes next.

        Raises:
            ModelError: the criterion has no such level.
            EditError: the claim is not there any more.
        """
        self.shows_guide = False
        round_ = self.round
        before = set(round_.judged(round_.claim).implied)
        if not answered(self.bench, round_, answer, self._heading):
            self.show()
            return
        is_first = round_.criterion == round_.criteria[0]
        is_settled = is_first and round_.judged(round_.claim).implied.keys() > before
        if is_settled and not round_.is_across and round_.claims[-1] != round_.claim:
            round_.go_to_claim(1)
        elif not round_.go_on():
            self.app.say("that was the last one")
        self.show()

    def turn(self, round_: Round) -> None:
        """Ask what *round_* asks in the place of what is asked."""
        self.round, self.shows_guide = round_, False
        self.show()

    def leave(self) -> None:
        """Go back to the map, with the claim that was rated last selected."""
        self.app.pop_screen()
        self.bench.select(self.round.claim)

    def _look(self) -> None:
        if self.bench.map is self.round.map:
            return
        if self.round.claim in self.bench.map.statements:
            self.show()
        else:
            self.app.pop_screen()
            self.app.say("the claim is gone")
