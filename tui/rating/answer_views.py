"""Protocols of the screens that take answers: the rating sheet and the heat map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from textual.geometry import Size

    from argmap.model.vocabulary import Answer
    from tui.core.workspace import Workspace

    from .round import Round


class AnswerView(Protocol):
    """A screen that takes the answers to the questions of its `round`."""

    work: Workspace
    round: Round

    @property
    def size(self) -> Size:
        """The width and height of the screen, in cells."""

    @property
    def next_step_words(self) -> str:
        """The key that leads on from a finished claim, and where it leads."""

    @property
    def is_asking(self) -> bool:
        """Whether the question that an answer would go to is in view."""

    def answer(self, answer: Answer) -> None:
        """Save the answer and go to the next question."""

    def show(self) -> None:
        """Show the current question."""

    def say_in_heading(self, words: str) -> None:
        """Show *words* in the top line for a while."""

    def show_round(self, round_: Round) -> None:
        """Replace the round with *round_*, and show its question."""

    def leave(self) -> None:
        """Return to the map, with the claim selected."""


class QuestionView(AnswerView, Protocol):
    """A screen that asks one question at a time."""

    shows_rules: bool

    def toggle_rules(self) -> None:
        """Show the rules of the rubric, or return to the question."""

    def scroll_rules(self, by: int) -> None:
        """Scroll the rules *by* half screens."""

    def scroll_text(self, by: int) -> None:
        """Scroll the text *by* half screens."""


class GridView(AnswerView, Protocol):
    """A screen that shows all answers of one assessor."""

    @property
    def page(self) -> int:
        """The number of rows in view."""

    def move(self, rows: int, columns: int = 0) -> None:
        """Move *rows* claims down and *columns* criteria to the right."""
