"""The heat map of claims and criteria, with the answer and the reason under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tui.actions.action import bindings
from tui.look.signs import drawn
from tui.rating.round import Round, save_answer
from tui.rating.sheet.rows import answer_rows
from tui.views.grades import rubric_in_words
from tui.widgets.bars import HeadingLine, KeyLine
from tui.widgets.sheet import WIDEST, SheetPane

from .actions import ACTIONS
from .cells import legend
from .pane import HeatPane

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from argmap.model.rating import Rating
    from argmap.model.rubric import Rubric
    from argmap.model.vocabulary import Answer
    from tui.core.program import Program
    from tui.core.workspace import Workspace

LOOKS: Final = 0.4
"""Seconds between two looks at whether the map has changed underneath."""


class HeatScreen(Screen[None]):
    """Shows the answers of one assessor, and takes those of the one at work."""

    app: Program
    context = "heat"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]
    DEFAULT_CSS = """
    HeatScreen {
        & > SheetPane { height: 9; border-top: solid $foreground 25%; }
        &.-low > SheetPane { height: 7; }
        & > Static { height: 1; padding: 0 1; color: $foreground 70%; }
    }
    """

    def __init__(self, work: Workspace, rubric: Rubric, assessor: str, claim: str) -> None:
        """Show the answers of *assessor* under *rubric*, with the cursor on *claim*, an id."""
        super().__init__()
        self.work = work
        self.round = Round(work.map, rubric, assessor, claim)
        self.grid = HeatPane(self.round)
        self._legend = Static()
        self._sheet = SheetPane()
        self._message_at: tuple[object, ...] = ()
        """What was shown when something was said at the top."""
        self._heading = HeadingLine()
        self._keys = KeyLine()

    def compose(self) -> ComposeResult:
        """Hold the heading, the map, its legend, what is behind a cell, and the keys."""
        yield self._heading
        yield self.grid
        yield self._legend
        yield self._sheet
        yield self._keys

    def on_mount(self) -> None:
        """Show the map, and look from time to time whether it has changed."""
        self._sheet.can_focus = False
        self.grid.focus()
        self.set_interval(LOOKS, self._look)

    def on_resize(self) -> None:
        """Lay the map out for the new size."""
        self.set_class(self.size.height < 30, "-low")  # noqa: PLR2004  (a small terminal)
        self.call_after_refresh(self.show)

    def on_screen_resume(self) -> None:
        """Come back to the claim that was rated last."""
        selected = self.work.selected
        if self.is_attached and self.grid.size.width and selected in self.round.claims:
            self.round.go_to(selected, self.round.criterion)
            self.show()

    def show(self) -> None:
        """Show the map as it is now."""
        round_ = self.round
        round_.map = self.work.map
        if round_.claim not in round_.claims:
            if not round_.claims:
                if self.is_active:  # a dialog over it is left first
                    self.app.pop_screen()
                    self.app.say("there are no claims any more")
                return
            round_.go_to(round_.claims[0], round_.criterion)
        self.grid.show(round_)
        self._legend.update(Content(drawn(legend(round_.rubric, self.size.width - 2))))
        width, height = self._sheet.scrollable_content_region.size
        row = self.grid.row_for(round_.claim)
        self._sheet.show(
            answer_rows(round_, row.standing.words, min(WIDEST, max(8, width)), height)
        )
        if round_.shown_state != self._message_at:
            self._heading.say("")
        rubric = rubric_in_words(self.work.map, round_.rubric)
        place = f"{self.grid.row + 1} of {len(round_.claims)}"
        is_own = round_.assessor == self.work.rater.assessor
        whose = f"rater: {round_.assessor}" if is_own else f"answers of {round_.assessor}"
        self._heading.show("heat map", rubric, f"claim {place} · {whose}")
        self._keys.show()

    def move(self, rows: int, columns: int = 0) -> None:
        """Go *rows* claims down and *columns* criteria to the right, as far as there are any."""
        round_ = self.round
        row = min(max(0, self.grid.row + rows), len(round_.claims) - 1)
        column = min(max(0, self.grid.column + columns), len(round_.criteria) - 1)
        round_.go_to(round_.claims[row], round_.criteria[column])
        self.show()

    def answer(self, answer: Answer) -> None:
        """Answer what is under the cursor, and go on to the next open criterion of the claim.

        Raises:
            ModelError: the criterion has no such level.
            EditError: the claim is not there any more.
        """
        round_ = self.round
        if save_answer(self.work, round_, answer, self.say_in_heading):
            title, label = round_.asked.title, round_.statement.label
            round_.advance(answer)
            if round_.just_answered is not None:
                words = str(answer).replace("_", " ")
                undo = f"{self.app.key('heat.undo')} undoes it"
                done = f"{label} is done; {self.app.key('heat.down')} goes on"
                self.say_in_heading(f"{title}: {words} · {done if round_.is_closed else undo}")
        self.show()

    @property
    def page(self) -> int:
        """Rows that are seen at once."""
        return self.grid.size.height

    @property
    def next_step_words(self) -> str:
        """Which key goes on from a claim whose criteria all have an answer."""
        return f"{self.app.key('heat.down')} goes on to the next claim"

    @property
    def is_asking(self) -> bool:
        """Tell whether an answer is for what is in view; here it always is."""
        return True

    def say_in_heading(self, words: str) -> None:
        """Say *words* in the line at the top for a while, at most until something else is shown."""
        self._message_at = self.round.shown_state
        self._heading.say(words)

    def show_round(self, round_: Round) -> None:
        """Show *round_* in the place of what is shown."""
        self.round = round_
        self.show()

    def ask_again(self, rating: Rating) -> None:
        """Go back to what *rating*, which was not saved, answers.

        The next question was asked meanwhile, which the same key would answer.
        """
        self.round.map = self.work.map
        self.round.ask_again(rating)
        self.show()

    def leave(self) -> None:
        """Go back to the map, with the claim under the cursor selected."""
        self.app.pop_screen()
        self.work.select(self.round.claim)

    def _look(self) -> None:
        if self.work.map is not self.round.map and self.is_active:
            self.show()

    def on_heat_pane_moved(self) -> None:
        """Show what is behind the cell that was clicked."""
        self.show()

    async def on_heat_pane_opened(self) -> None:
        """Rate what was clicked twice."""
        await self.app.act("heat.rate")
