"""A dialog that asks several questions in turn and can go back to earlier ones."""

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
    """One question, answered by one of some choices or by a typed line."""

    id: str
    """The key of its answer in the answers."""
    words: str
    choices: Sequence[Choice] = ()
    """Empty for a typed line. An id of one character is also the key of its choice."""
    value: str = ""
    """The line, or the id of the highlighted choice, to begin with."""
    known: Sequence[str] = ()
    """Completions of a typed line."""
    wrong: Callable[[str], str] = field(default=_nothing)
    """Returns why a typed line is not accepted; empty if it is."""


Answers = dict[str, str]


class QuestionsDialog(Dialog[Answers | None]):
    """Asks until there is no further question, and answers with all answers."""

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
        """Ask the questions that *asked* returns, until it returns None.

        Args:
            title: The title of the dialog.
            about: A description of the rated item, in one or more lines.
            asked: Returns the next question.
        """
        super().__init__()
        self._title, self._about, self._asked = title, about, asked
        self._answers: Answers = {}
        self._before: Answers = {}
        """The answers to questions that the reader went back past."""
        self._question: Question | None = None

    def compose(self) -> ComposeResult:
        """Lay out the rated item, the answers so far, the question and its choices."""
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
        """Accept the line, or show why it is not accepted."""
        question = self._question
        why = question.wrong(unsigned(event.value).strip()) if question else ""
        if why:
            self.query_one(".hint", Static).update(Content(drawn(why)))
        else:
            self._take(unsigned(event.value).strip())

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Accept the selected choice."""
        if event.option.id is not None:
            self._take(event.option.id)

    def on_key(self, event: events.Key) -> None:
        """Select the choice whose key was pressed."""
        choices = self._question.choices if self._question else ()
        for choice, key in zip(choices, choice_keys(choices), strict=True):
            if event.character and key and event.character.casefold() == key.casefold():
                event.stop()
                self._take(choice.id)
                return

    def action_move(self, by: int) -> None:
        """Move one choice down, or up if *by* is negative."""
        options = self.query_one(OptionList)
        (options.action_cursor_down if by > 0 else options.action_cursor_up)()

    def action_back(self) -> None:
        """Go back one question, or cancel from the first one."""
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
        summary = " · ".join(f"{key}: {answer or 'none'}" for key, answer in self._answers.items())
        answered = self.query_one(".answered", Static)
        answered.update(Content(drawn(visible(summary))))
        answered.display = bool(summary)
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
    """Asks questions with the screen below hidden."""

    DEFAULT_CSS = """
    AloneDialog { background: $background; }
    """


def choice_keys(choices: Sequence[Choice]) -> list[str]:
    """Return the key of each of *choices*: its one-letter id, else its number.

    If any id is one letter, the choices with longer ids have no key.
    """
    if any(len(choice.id) == 1 for choice in choices):
        return [choice.id if len(choice.id) == 1 else "" for choice in choices]
    return [str(number) for number in range(1, len(choices) + 1)]


def _hint(question: Question) -> str:
    if question.choices:
        return "press its key or enter · esc goes back"
    return "enter continues · esc goes back"
