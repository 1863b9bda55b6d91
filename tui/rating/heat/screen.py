"""The heat map screen, with the answer and the reason under the cursor."""

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

POLL_INTERVAL: Final = 0.4
"""Seconds between two checks whether the map has changed."""


class HeatScreen(Screen[None]):
    """Shows the answers of one assessor; takes answers if that assessor is the user."""

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
        """Show the answers of *assessor* under *rubric*, beginning at *claim*, an id."""
        super().__init__()
        self.work = work
        self.round = Round(work.map, rubric, assessor, claim)
        self.grid = HeatPane(self.round)
        self._legend = Static()
        self._sheet = SheetPane()
        self._message_at: tuple[object, ...] = ()
        """The state that was shown when the last message was written in the top line."""
        self._heading = HeadingLine()
        self._keys = KeyLine()

    def compose(self) -> ComposeResult:
        """Lay out the heading, the grid, the legend, the current answer and the keys."""
        yield self._heading
        yield self.grid
        yield self._legend
        yield self._sheet
        yield self._keys

    def on_mount(self) -> None:
        """Show the map, and check from time to time whether it has changed."""
        self._sheet.can_focus = False
        self.grid.focus()
        self.set_interval(POLL_INTERVAL, self._poll)

    def on_resize(self) -> None:
        """Lay out the grid for the new size."""
        self.set_class(self.size.height < 30, "-low")  # noqa: PLR2004  (a small terminal)
        self.call_after_refresh(self.show)

    def on_screen_resume(self) -> None:
        """Move the cursor to the claim that was rated last."""
        selected = self.work.selected
        if self.is_attached and self.grid.size.width and selected in self.round.claims:
            self.round.go_to(selected, self.round.criterion)
            self.show()

    def show(self) -> None:
        """Show the map as it is now; leave the screen if no claim can be rated."""
        round_ = self.round
        round_.map = self.work.map
        if round_.claim not in round_.claims:
            if not round_.claims:
                if self.is_active:  # pop_screen would close a dialog on top
                    self.app.pop_screen()
                    self.app.say("no claim is left to rate")
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
        """Move *rows* claims down and *columns* criteria to the right, within the grid."""
        round_ = self.round
        row = min(max(0, self.grid.row + rows), len(round_.claims) - 1)
        column = min(max(0, self.grid.column + columns), len(round_.criteria) - 1)
        round_.go_to(round_.claims[row], round_.criteria[column])
        self.show()

    def answer(self, answer: Answer) -> None:
        """Save the answer under the cursor, and go to the claim's next open criterion.

        Raises:
            ModelError: the criterion has no such level.
            EditError: the claim was removed.
        """
        round_ = self.round
        if save_answer(self.work, round_, answer, self.say_in_heading):
            title, label = round_.asked.title, round_.statement.label
            round_.advance(answer)
            if round_.just_answered is not None:
                words = str(answer).replace("_", " ")
                undo = f"{self.app.key('heat.undo')} undoes it"
                done = f"{label} is done; {self.app.key('heat.down')} goes to the next claim"
                self.say_in_heading(f"{title}: {words} · {done if round_.is_closed else undo}")
        self.show()

    @property
    def page(self) -> int:
        """The number of rows in view."""
        return self.grid.size.height

    @property
    def next_step_words(self) -> str:
        """The key that leads on from a claim whose criteria all have an answer."""
        return f"{self.app.key('heat.down')} goes to the next claim"

    @property
    def is_asking(self) -> bool:
        """Whether the question that an answer would go to is in view; always true here."""
        return True

    def say_in_heading(self, words: str) -> None:
        """Show *words* in the top line for a while, or until the cursor moves."""
        self._message_at = self.round.shown_state
        self._heading.say(words)

    def show_round(self, round_: Round) -> None:
        """Replace the round with *round_*, and show it."""
        self.round = round_
        self.show()

    def ask_again(self, rating: Rating) -> None:
        """Return to the question of *rating*, which could not be saved.

        By then the screen asks the next question, which a repeated key would answer.
        """
        self.round.map = self.work.map
        self.round.ask_again(rating)
        self.show()

    def leave(self) -> None:
        """Return to the map, with the claim under the cursor selected."""
        self.app.pop_screen()
        self.work.select(self.round.claim)

    def _poll(self) -> None:
        if self.work.map is not self.round.map and self.is_active:
            self.show()

    def on_heat_pane_moved(self) -> None:
        """Show the answer in the cell that was clicked."""
        self.show()

    async def on_heat_pane_opened(self) -> None:
        """Rate the claim that was double-clicked."""
        await self.app.act("heat.rate")
