"""A few questions, one after the other; each can be gone back to before the last is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import field, frozen
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from argmap.text.display import signed, unsigned, visible, visible_lines
from tui.look.signs import drawn
from tui.widgets.choice_list import ChoiceList
from tui.widgets.line import LineInput

from .dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from .pick import Choice


def _nothing(_: str) -> str:
    return ""


@frozen
class Question:
    """One thing that is asked: which of some choices, or for a line to be typed."""

    id: str
    """Under which its answer is kept."""
    words: str
    choices: Sequence[Choice] = ()
    """None where a line is typed. One with an id of one character is taken by that key."""
    value: str = ""
    """What is typed to begin with, or the id of the choice that the cursor begins on."""
    known: Sequence[str] = ()
    """What a line is completed from."""
    wrong: Callable[[str], str] = field(default=_nothing)
    """A sentence that says why a line will not do; empty where it will."""


Answers = dict[str, str]


class QuestionsDialog(Dialog[Answers | None]):
    """Asks until there is nothing more to ask, and answers with all that was answered."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back", show=False),
        Binding("j", "move(1)", "next", show=False),
        Binding("k", "move(-1)", "previous", show=False),
    ]
    DEFAULT_CSS = """
    QuestionsDialog {
        & .question { color: $foreground; text-style: bold; margin: 1 1 0 1; }
        & .about { color: $foreground; max-height: 6; }
        & .answered { margin: 0 1; }
        & OptionList:focus {
            border: none; background: $surface; background-tint: transparent;
        }
    }
    """

    def __init__(
        self, title: str, about: str, asked: Callable[[Mapping[str, str]], Question | None]
    ) -> None:
        """Ask what *asked* gives for the answers so far, until it gives nothing.

        Args:
            title: What all of it is for.
            about: What is judged, in its own lines.
            asked: The next question.
        """
        super().__init__()
        self._title, self._about, self._asked = title, about, asked
        self._answers: Answers = {}
        self._before: Answers = {}
        """What was answered before the reader went back."""
        self._question: Question | None = None

    def compose(self) -> ComposeResult:
        """Show what is judged, what was answered, and what is asked."""
        with Vertical() as box:
            box.border_title = Content(visible(self._title))
            yield Static(Content(drawn(visible_lines(self._about))), classes="about")
            yield Static(classes="answered")
            yield Static(classes="question")
            yield LineInput(select_on_focus=False)
            yield ChoiceList()
            yield Static(classes="hint")

    def on_mount(self) -> None:
        """Begin with the first question."""
        self._ask()

    def on_input_submitted(self, event: LineInput.Submitted) -> None:
        """Take the line, if it will do."""
        question = self._question
        why = question.wrong(unsigned(event.value).strip()) if question else ""
        if why:
            self.query_one(".hint", Static).update(Content(drawn(why)))
        else:
            self._take(unsigned(event.value).strip())

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take what was chosen."""
        if event.option.id is not None:
            self._take(event.option.id)

    def on_key(self, event: events.Key) -> None:
        """Take the choice whose sign was typed."""
        choices = self._question.choices if self._question else ()
        for choice, key in zip(choices, choice_keys(choices), strict=True):
            if event.character and key and event.character.casefold() == key.casefold():
                event.stop()
                self._take(choice.id)
                return

    def action_move(self, by: int) -> None:
        """Go to another choice."""
        options = self.query_one(OptionList)
        (options.action_cursor_down if by > 0 else options.action_cursor_up)()

    def action_back(self) -> None:
        """Go back one question, from the first one leave."""
        if not self._answers:
            self.dismiss(None)
            return
        last, answer = self._answers.popitem()
        self._before[last] = answer
        self._ask()

    def _take(self, answer: str) -> None:
        if self._question is not None:
            self._answers[self._question.id] = answer
            self._ask()

    def _ask(self) -> None:
        question = self._question = self._asked(self._answers)
        if question is None:
            self.dismiss(self._answers)
            return
        line, options = self.query_one(LineInput), self.query_one(OptionList)
        value = self._before.pop(question.id, question.value)
        line.display, options.display = not question.choices, bool(question.choices)
        self.query_one(".question", Static).update(Content(drawn(visible(question.words))))
        told = " · ".join(
            f"{key}: {answer or 'not answered'}" for key, answer in self._answers.items()
        )
        answered = self.query_one(".answered", Static)
        answered.update(Content(drawn(visible(told))))
        answered.display = bool(told)
        self.query_one(".hint", Static).update(Content(drawn(_hint(question))))
        if question.choices:
            self._fill(options, question, value)
        else:
            line.suggester = SuggestFromList(map(signed, question.known), case_sensitive=False)
            line.words = value
            line.focus()

    def _fill(self, options: OptionList, question: Question, value: str) -> None:
        options.clear_options()
        for choice, key in zip(question.choices, choice_keys(question.choices), strict=True):
            words = (f"{key:1}  {drawn(choice.words)}", "  ", (drawn(choice.note), "dim"))
            options.add_option(Option(Content.assemble(*words), id=choice.id))
        ids = [choice.id for choice in question.choices]
        options.highlighted = ids.index(value) if value in ids else None
        options.focus()


class AloneDialog(QuestionsDialog):
    """Asks with nothing else in view."""

    DEFAULT_CSS = """
    AloneDialog { background: $background; }
    """


def choice_keys(choices: Sequence[Choice]) -> list[str]:
    """Return the key that takes each of *choices*: its sign where it has one, else its number."""
    if any(len(choice.id) == 1 for choice in choices):
        return [choice.id if len(choice.id) == 1 else "" for choice in choices]
    return [str(number) for number in range(1, len(choices) + 1)]


def _hint(question: Question) -> str:
    if question.choices:
        return "a key or enter selects · esc back"
    return "enter goes on · esc goes back"
