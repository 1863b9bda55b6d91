"""Dialogs that pick one choice from a list, found by typing or by its number."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from attrs import evolve, frozen
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Offset
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from argmap.text.composition import search_key
from argmap.text.display import unsigned, visible
from tui.look.cells import wrapped
from tui.look.signs import drawn
from tui.widgets.choice_list import ChoiceList
from tui.widgets.line import LineInput

from .dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

_HANGING: Final = 2
"""Cells by which the further lines of a wrapped sentence are indented."""

MOST: Final = 200
"""Maximum number of choices that are listed; typing finds the others."""

FEW: Final = 7
"""Maximum number of choices that need no search field."""

_NUMBER: Final = 3
"""Width, in cells, of the number before each of a few choices."""


@frozen
class Choice:
    """One choice of a list."""

    id: str
    words: str
    """The label of the choice, which typing searches."""
    note: str = ""
    """Drawn at the right, such as a key."""
    heading: str = ""
    """Drawn above the choices that share it, until the reader types."""
    is_possible: bool = True
    """False for a line that cannot be chosen now."""
    is_whole: bool = False
    """True to wrap a label that is too long for one line instead of cutting it."""
    keys: Sequence[str] = ()
    """The keys that choose it in a menu, as Textual names them."""
    marks: Sequence[int] = ()
    """Indexes of the matched letters of its label, which are drawn in bold."""


class PickDialog(Dialog[str | None]):
    """Lists choices; enter selects one.

    Many choices are filtered by typing into a field. A few have no field: each has a number
    that selects it, and typing goes to the first choice that has the typed words.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "cancel", show=False),
        Binding("down,ctrl+n", "move(1)", "next line", show=False),
        Binding("up,ctrl+p", "move(-1)", "previous line", show=False),
        Binding("pagedown", "page(1)", "page down", show=False),
        Binding("pageup", "page(-1)", "page up", show=False),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice] | Callable[[str], Sequence[Choice]],
        *,
        hint: str = "",
        previewed: Callable[[str], None] | None = None,
        current: str | None = None,
        preselects: bool = True,
    ) -> None:
        """Offer *choices* under *title*.

        Args:
            title: The title of the dialog.
            choices: All choices, or a function that returns those for the typed words.
            hint: The line below the list; by default, how to select and how to cancel.
            previewed: Called with the id of the highlighted choice.
            current: The id of the choice that is highlighted first.
            preselects: False where enter would do harm to a reader who did not look: no choice
                is highlighted first then.
        """
        super().__init__()
        self._title = title
        self._choices = choices
        self._previewed = previewed
        self._current = current
        self._preselects = preselects
        self.has_field = callable(choices) or sum(c.is_possible for c in choices) > FEW
        """True if a field above the list filters it."""
        self._hint = (
            hint or ("" if self.has_field else "a number or ") + "enter selects · esc cancels"
        )
        self._typed = ""
        """The typed words where there is no field."""

    def compose(self) -> ComposeResult:
        """Lay out the list, below a search field if it is long."""
        with Vertical() as box:
            box.border_title = Content(visible(self._title))
            if self.has_field:
                yield LineInput(placeholder="type to search", select_on_focus=False)
            yield ChoiceList()
            yield Static(Content(drawn(self._hint)), classes="hint")

    def on_mount(self) -> None:
        """Begin with all choices listed."""
        options = self.query_one(OptionList)
        if self.has_field:
            options.can_focus = False
            self.query_one(LineInput).focus()
        else:
            options.focus()
        self._fill("")

    def on_input_changed(self, event: LineInput.Changed) -> None:
        """Filter the list by the typed words."""
        if event.value:
            self._current, self._preselects = None, True
        self._fill(unsigned(event.value))

    def on_input_submitted(self) -> None:
        """Answer with the highlighted choice."""
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            self.dismiss(options.get_option_at_index(options.highlighted).id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer with the choice that was clicked or selected by enter."""
        self.dismiss(event.option.id)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Preview the highlighted choice, if the dialog has a preview."""
        if self._previewed is not None and event.option.id is not None:
            self._previewed(event.option.id)

    def on_key(self, event: events.Key) -> None:
        """Select one of a few choices by its number or key, or go to it by its words."""
        if self.has_field or event.key in self.bound_keys:
            return
        if event.key == "backspace":
            self._type_ahead(self._typed[:-1])
        elif not event.is_printable or event.character is None:
            self._typed = ""
            return
        elif not self._typed and self._is_taken_by(event):
            pass
        elif not self._typed and event.key in ("j", "k"):
            self.action_move(1 if event.key == "j" else -1)
        else:
            self._type_ahead(self._typed + event.character)
        event.stop()
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """Cancel if the click is outside the box."""
        if self.get_widget_at(event.screen_x, event.screen_y)[0] is self:
            self.dismiss(None)

    def action_move(self, by: int) -> None:
        """Move *by* choices down, or up if it is negative."""
        options = self.query_one(OptionList)
        for _ in range(abs(by)):
            (options.action_cursor_down if by > 0 else options.action_cursor_up)()

    def action_page(self, by: int) -> None:
        """Move *by* pages down, or up if it is negative."""
        self.query_one(ChoiceList).page(by)

    @property
    def inner_width(self) -> int:
        """The width of one choice, in cells."""
        return max(20, min(76, self.app.size.width) - 8)

    def _is_taken_by(self, event: events.Key) -> bool:
        """Answer with the choice whose key was pressed; return whether there is one."""
        possible = [c for c in self._listed("") if c.is_possible]
        for number, choice in enumerate(possible, 1):
            keys = choice.keys or [str(number)]
            if event.key in keys or event.character in keys:
                self.dismiss(choice.id)
                return True
        return False

    def _type_ahead(self, typed: str) -> None:
        """Go to the first choice that has *typed*; say so if none has."""
        options = self.query_one(OptionList)
        fitting = [c for c in matching_choices(self._listed(""), typed) if c.is_possible]
        if typed and fitting:
            options.highlighted = options.get_option_index(fitting[0].id)
        self._typed = typed if fitting else ""
        missing = "" if fitting else f"no match for “{visible(typed)}” · "
        self.query_one(".hint", Static).update(Content(drawn(f"{missing}{self._hint}")))
        self.query_one(Vertical).border_subtitle = Content(visible(self._typed))

    def _listed(self, typed: str) -> list[Choice]:
        return matching_choices(self._choices, typed)[:MOST]

    def _fill(self, typed: str) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        heading, first, number = "", None, 0
        for choice in self._listed(typed):
            if choice.heading != heading and not typed:
                gap = "\n" if options.option_count else ""
                title = Content.styled(f"{gap}{choice.heading}", "bold")
                options.add_option(Option(title, disabled=True))
                heading = choice.heading
            if choice.id == self._current or (first is None and choice.is_possible):
                first = options.option_count
            number += choice.is_possible
            options.add_option(self._option(choice, number))
        if not options.option_count:
            options.add_option(Option(Content.styled("no match", "dim"), disabled=True))
        is_current = any(choice.id == self._current for choice in self._listed(typed))
        options.highlighted = first if self._preselects or is_current else None

    def _option(self, choice: Choice, number: int) -> Option:
        """Return *choice* as a drawn option, with its *number* where there is no field."""
        if self.has_field or choice.keys:
            content = choice_line(choice, self.inner_width)
        else:
            head = f"{number}" if choice.is_possible else ""
            words = choice_line(evolve(choice, is_whole=True), self.inner_width - _NUMBER)
            lines = words.split("\n")
            blank = Content("\n" + " " * _NUMBER)
            content = Content.assemble((f"{head:{_NUMBER}}", "bold $accent"), blank.join(lines))
        return Option(content, id=choice.id, disabled=not choice.is_possible)


def matching_choices(
    choices: Sequence[Choice] | Callable[[str], Sequence[Choice]], typed: str
) -> list[Choice]:
    """Return the choices with every word of *typed*, best matches first."""
    if callable(choices):
        return list(choices(typed))
    words = search_key(typed).split()
    fitting = [c for c in choices if all(w in search_key(f"{c.words} {c.note}") for w in words)]
    if not words:
        return fitting
    return sorted(fitting, key=lambda c: not search_key(c.words).startswith(words[0]))


def choice_line(choice: Choice, width: int) -> Content:
    """Return the label and the note of *choice*, fitted to *width* cells."""
    words, note = drawn(visible(choice.words)), drawn(visible(choice.note))
    left = Content(words)
    for place in choice.marks:
        left = left.stylize("bold $accent", place, place + 1)
    room = width - Content(note).cell_length - 2
    if left.cell_length > room and choice.is_whole:
        lines = wrapped(f"{words}  {note}" if note else words, width - _HANGING)
        return Content(f"\n{' ' * _HANGING}".join(lines))
    if left.cell_length > room:
        left = left.truncate(max(4, room), ellipsis=True)
    gap = " " * max(2, width - left.cell_length - Content(note).cell_length)
    return Content.assemble(left, gap, (note, "dim"))


class MenuDialog(PickDialog):
    """A short menu at the mouse; each action is also chosen by its own key."""

    DEFAULT_CSS = """
    MenuDialog {
        align: left top;
        background: transparent;
        & > Vertical { width: 44; }
        & .hint { display: none; }
    }
    """

    def __init__(self, title: str, choices: Sequence[Choice], x: int, y: int) -> None:
        """Offer *choices* at the cell *x*, *y* of the screen."""
        super().__init__(title, choices)
        self.has_field = False
        self._place, self._height = Offset(x, y), len(choices) + 2

    def on_mount(self) -> None:
        """Place the box at the mouse, moved so that it fits on the screen."""
        width = min(44, self.size.width)
        x = min(self._place.x, self.size.width - width)
        y = min(self._place.y, self.size.height - self._height)
        self.query_one(Vertical).styles.offset = (max(0, x), max(0, y))

    @property
    def inner_width(self) -> int:
        """The width of one choice, in cells."""
        return 38
