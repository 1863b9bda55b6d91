"""What takes answers: the sheet with one question, and the heat map of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from textual.geometry import Size

    from argmap.model.vocabulary import Answer
    from tui.core.workspace import Workspace

    from .round import Round


class AnswerView(Protocol):
    """Takes answers to what its `round` asks."""

    work: Workspace
    round: Round

    @property
    def size(self) -> Size:
        """Columns and rows that there are."""

    @property
    def next_step_words(self) -> str:
        """Which key goes on from a claim that is done."""

    @property
    def is_asking(self) -> bool:
        """Tell whether an answer is for what is in view."""

    def answer(self, answer: Answer) -> None:
        """Answer the question, and go on."""

    def show(self) -> None:
        """Show what is asked now."""

    def say_in_heading(self, words: str) -> None:
        """Say *words* in the line at the top for a while."""

    def show_round(self, round_: Round) -> None:
        """Ask what *round_* asks in the place of what is asked."""

    def leave(self) -> None:
        """Go back to the map, with the claim selected."""


class QuestionView(AnswerView, Protocol):
    """Asks one question at a time."""

    shows_rules: bool

    def toggle_rules(self) -> None:
        """Show the rules of the rubric, or the question again."""

    def scroll_rules(self, by: int) -> None:
        """Go *by* steps through the rules."""

    def scroll_text(self, by: int) -> None:
        """Go *by* half screens through the text."""


class GridView(AnswerView, Protocol):
    """Shows all answers of one assessor."""

    @property
    def page(self) -> int:
        """Rows that are seen at once."""

    def move(self, rows: int, columns: int = 0) -> None:
        """Go *rows* claims down and *columns* criteria to the right."""
