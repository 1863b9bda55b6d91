"""The rating sheet: one question at a time, next to the text if both fit."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen

from argmap.analysis.provenance.corroboration import CRITERION
from argmap.text.display import visible
from tui.actions.action import bindings
from tui.core.background import run_in_background
from tui.core.selection import places_of
from tui.look.key_names import with_keys
from tui.rating.round import Round, save_answer
from tui.rating.suggestion import suggestion_for
from tui.text.pane import TextPane
from tui.views.grades import is_default_rubric, rubric_in_words
from tui.widgets.bars import HeadingLine, KeyLine
from tui.widgets.frames import border_title_content
from tui.widgets.sheet import WIDEST, SheetPane

from .actions import ACTIONS, BESIDE_FROM
from .card import card_rows, next_step
from .guide import HELP, rules_rows
from .rows import question_rows

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from argmap.model.map import ArgumentMap
    from argmap.model.rating import Rating
    from argmap.model.rubric import Rubric
    from argmap.model.vocabulary import Answer
    from tui.core.program import Program
    from tui.core.workspace import Workspace
    from tui.look.sheet_rows import Row

POLL_INTERVAL: Final = 0.4
"""Seconds between two checks whether the map has changed."""


class RatingScreen(Screen[None]):
    """Takes the answers of one assessor, and shows the grade after each answer."""

    app: Program
    context = "rating"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]
    DEFAULT_CSS = """
    RatingScreen {
        & > Horizontal { height: 1fr; }
        & TextPane {
            display: none; width: 9fr; max-width: 92; background: $background;
            border: none; border-top: solid $foreground 25%; padding: 0 1 1 1;
            border-title-color: $foreground 70%;
        }
        & SheetPane { width: 11fr; }
        &.-beside {
            & TextPane { display: block; }
            & SheetPane {
                border: round $primary; border-title-color: $primary; border-title-style: bold;
            }
        }
    }
    """

    def __init__(self, work: Workspace, rubric: Rubric, claim: str, criterion: str = "") -> None:
        """Rate *claim*, an id, and then the other claims, under *rubric*.

        The first question is *criterion*, or the claim's first open criterion.
        """
        super().__init__()
        self.work = work
        self.round = Round(work.map, rubric, work.rater.assessor, claim, criterion)
        if not criterion:
            self.round.start_claim()
        self.sheet = SheetPane()
        self.shows_rules = False
        self._rules_from = 0
        """The first row of the rules in view."""
        self._text: TextPane | None = None
        self._shown: tuple[str, str | None] | None = None
        """The claim and the main item whose passages the text shows."""
        self._suggested: tuple[ArgumentMap, str, str] | None = None
        """The suggested level of `corroboration` in words, with its map and claim."""
        self._message_at: tuple[object, ...] = ()
        """The state that was shown when the last message was written in the top line."""
        self._heading = HeadingLine()
        self._keys = KeyLine()

    def compose(self) -> ComposeResult:
        """Lay out the heading, the sheet and the keys; a wide screen adds the text."""
        yield self._heading
        yield Horizontal(self.sheet)
        yield self._keys

    def on_mount(self) -> None:
        """Focus the sheet, and check from time to time whether the map has changed."""
        self.sheet.focus()
        self.set_interval(POLL_INTERVAL, self._poll)

    async def on_resize(self) -> None:
        """Lay out the sheet for the new size, next to the text if both have room."""
        is_beside = self.size.width >= BESIDE_FROM
        self.set_class(is_beside, "-beside")
        if is_beside and self._text is None:
            self._text = TextPane(self.work)
            self._text.can_focus = False
            self._text.border_title = border_title_content(
                Content("text"), "", 40, "$foreground 25%"
            )
            await self.query_one(Horizontal).mount(self._text, before=self.sheet)
        self.call_after_refresh(self.show)

    @property
    def help_lines(self) -> list[str]:
        """A short guide to rating for the top of the help: a heading, then lines."""
        return with_keys(HELP, self.app.key).splitlines()

    @property
    def next_step_words(self) -> str:
        """The key that leads on from a finished claim, and where it leads."""
        key, words, _ = next_step(self.round, self.app.key)
        return f"{key} {words}"

    @property
    def is_asking(self) -> bool:
        """Whether a question is in view, so that no answer is given unseen."""
        return not self.shows_rules

    def show(self) -> None:
        """Show the current question, or return to the map if the claim was removed."""
        round_ = self.round
        statement = self.work.map.statements.get(round_.claim)
        if statement is None or not round_.rubric.applies(statement):
            if self.is_active:  # pop_screen would close a dialog on top
                self.app.pop_screen()
                self.app.say("the claim was removed")
            return
        round_.map = self.work.map
        if round_.criterion == CRITERION and not round_.is_closed:
            run_in_background(self, self._suggest, "suggestion")
        self._draw()
        self._show_passages()
        self._show_heading()
        self._keys.show()

    def say_in_heading(self, words: str) -> None:
        """Show *words* in the top line for a while, or until the question changes."""
        self._message_at = self.round.shown_state
        self._heading.say(words)

    def _draw(self) -> None:
        width, height = self.sheet.scrollable_content_region.size
        self.sheet.show(self._rows(min(WIDEST, max(8, width)), max(8, height)))

    def _rows(self, width: int, height: int) -> list[Row]:
        round_, key = self.round, self.app.key
        if self.shows_rules:
            return rules_rows(round_.rubric, width)[self._rules_from :]
        if round_.is_closed:
            return card_rows(round_, key, width, height)
        known = self._suggested
        words = ""
        if known is not None and known[0] is round_.map and known[1] == round_.claim:
            words = known[2] if round_.criterion == CRITERION else ""
        return question_rows(round_, key, width, height, words, has_text=self.has_class("-beside"))

    def _show_heading(self) -> None:
        round_, argument_map = self.round, self.work.map
        if round_.shown_state != self._message_at:
            self._heading.say("")
        label = visible(round_.statement.label)
        place = f"claim {round_.place + 1} of {len(round_.claims)}"
        rater = f"rater: {round_.assessor}"
        is_named = not is_default_rubric(argument_map, round_.rubric)
        named = rubric_in_words(argument_map, round_.rubric) if is_named else ""
        way = "one question across all claims" if round_.is_across else ""
        about = " · ".join(filter(None, (named, way)))
        if self.has_class("-beside"):
            self.sheet.border_title = Content(place)
            self._heading.show(f"rate · {argument_map.document.title}", about, rater)
        else:
            self._heading.show(f"rate {label}", about, f"{place} · {rater}")

    def _show_passages(self) -> None:
        """Highlight the passages of the claim and of its main item in the text."""
        statement, text = self.round.statement, self._text
        if text is None or self._shown == (statement.id, statement.main_item):
            return
        self._shown = statement.id, statement.main_item
        places = places_of(statement)
        item = self.work.map.statements.get(statement.main_item or "")
        if item is not None:
            places += places_of(item)
        text.show_passages(places)
        if places:
            text.go_to(places[0], centred=True)

    async def _suggest(self) -> None:
        """Show the level of `corroboration` that the origins on the map suggest."""
        argument_map, claim = self.work.map, self.round.claim
        known = self._suggested
        if known is None or known[0] is not argument_map or known[1] != claim:
            words = await asyncio.to_thread(suggestion_for, argument_map, claim)
            self._suggested = argument_map, claim, words
            self._draw()

    def answer(self, answer: Answer) -> None:
        """Save the answer, and go to the next question or to the grade.

        Raises:
            ModelError: the criterion has no such level.
            EditError: the claim was removed.
        """
        round_ = self.round
        if save_answer(self.work, round_, answer, self.say_in_heading):
            title = round_.asked.title
            round_.advance(answer)
            if round_.just_answered is not None:
                words = str(answer).replace("_", " ")
                self.say_in_heading(f"{title}: {words} · {self.app.key('rating.undo')} undoes it")
        self.show()

    def toggle_rules(self) -> None:
        """Show the rules of the rubric, or return to the question."""
        self.shows_rules, self._rules_from = not self.shows_rules, 0
        self.show()

    def scroll_rules(self, by: int) -> None:
        """Scroll the rules *by* half screens, since they may be longer than the sheet."""
        width, height = self.sheet.scrollable_content_region.size
        rows = len(rules_rows(self.round.rubric, min(WIDEST, max(8, width))))
        last = max(0, rows - height)
        wanted = self._rules_from + by * max(1, height // 2)
        if by > 0 and self._rules_from == last:
            key = self.app.key("rating.guide")
            self.app.say(f"end of the rules; {key} returns to the question")
        self._rules_from = min(max(0, wanted), last)
        self.show()

    def scroll_text(self, by: int) -> None:
        """Scroll the text *by* half screens."""
        text = self._text
        assert text is not None  # noqa: S101  (the action has looked)
        row = text.scroll_offset.y + by * max(1, text.size.height // 2)
        text.scroll_to_row(min(max(0, row), text.max_scroll_y))

    def show_round(self, round_: Round) -> None:
        """Replace the round with *round_*, and show its question."""
        self.round, self.shows_rules = round_, False
        self.show()

    def ask_again(self, rating: Rating) -> None:
        """Return to the question of *rating*, which could not be saved.

        By then the screen asks the next question, which a repeated key would answer.
        """
        self.round.map = self.work.map
        self.round.ask_again(rating)
        self.show()

    def leave(self) -> None:
        """Return from the rules to the question, else to the map with the claim selected."""
        if self.shows_rules:
            self.shows_rules = False
            self.show()
            return
        self.app.pop_screen()
        self.work.select(self.round.claim)

    def _poll(self) -> None:
        if self.work.map is not self.round.map:
            self.show()

    async def on_sheet_pane_pressed(self, event: SheetPane.Pressed) -> None:
        """Run the clicked part of the sheet: a level, a criterion or the next step."""
        what, _, which = event.does.partition(":")
        if what == "criterion":
            self.round.go_to(self.round.claim, which)
            self.show()
            return
        actions = {
            "level": f"rating.level-{which}",
            "state": f"rating.{which.replace('_', '-')}",
            "item": "rating.item",
            "next": "rating.next",
            "leave": "rating.leave",
        }
        await self.app.act(actions[what])
