"""One thing of a list, found by typing: link targets, actions, themes, kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import frozen
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Offset
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from argmap.text import unsigned, visible
from tui.cells import wrapped
from tui.dialogs.dialog import Dialog
from tui.line import Line
from tui.signs import drawn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

_HANGING = 2
"""Cells by which the lines of a sentence after the first are indented."""

MOST = 200
"""Choices that are listed at once; typing finds the others."""


@frozen
class Choice:
    """One line of the list."""

    id: str
    words: str
    """What it is; typing looks for words of it."""
    note: str = ""
    """What stands at its right, such as a key."""
    heading: str = ""
    """What stands over it and the next ones, where nothing is typed."""
    is_possible: bool = True
    """False for what cannot be chosen now."""
    is_whole: bool = False
    """True for a sentence, which goes on in the next line where it is too long for one."""


class PickDialog(Dialog[str | None]):
    """Lists choices; typing narrows them, enter takes one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "leave", show=False),
        Binding("down,ctrl+n", "move(1)", "next", show=False),
        Binding("up,ctrl+p", "move(-1)", "previous", show=False),
        Binding("pagedown", "move(8)", "down", show=False),
        Binding("pageup", "move(-8)", "up", show=False),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice] | Callable[[str], Sequence[Choice]],
        *,
        hint: str = "↑ ↓ · enter selects · esc cancels",
        previewed: Callable[[str], None] | None = None,
        current: str | None = None,
    ) -> None:
        """Offer *choices* under *title*.

        Args:
            title: What is asked.
            choices: All of them, or what makes them from what is typed.
            hint: Said below the list.
            previewed: Told of the choice under the cursor.
            current: The id of the choice that the cursor begins on.
        """
        super().__init__()
        self._title = title
        self._choices = choices
        self._hint = hint
        self._previewed = previewed
        self._current = current

    def compose(self) -> ComposeResult:
        """Show a line to type in over the list."""
        with Vertical() as box:
            box.border_title = Content(visible(self._title))
            yield Line(placeholder="type to find", select_on_focus=False)
            yield OptionList()
            yield Static(Content(drawn(self._hint)), classes="hint")

    def on_mount(self) -> None:
        """Begin with everything listed and the cursor in the line."""
        self.query_one(OptionList).can_focus = False
        self.query_one(Line).focus()
        self._fill("")

    def on_resize(self) -> None:
        """Leave room for the list on a small screen."""
        self.query_one(OptionList).styles.max_height = max(3, min(20, self.size.height - 8))

    def on_input_changed(self, event: Line.Changed) -> None:
        """Narrow the list to what is typed."""
        self._current = None
        self._fill(unsigned(event.value))

    def on_input_submitted(self) -> None:
        """Take the choice under the cursor."""
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            self.dismiss(options.get_option_at_index(options.highlighted).id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the choice that was clicked."""
        self.dismiss(event.option.id)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show what the choice would do, if that can be shown."""
        if self._previewed is not None and event.option.id is not None:
            self._previewed(event.option.id)

    def on_click(self, event: events.Click) -> None:
        """Leave by a click beside the box."""
        if self.get_widget_at(event.screen_x, event.screen_y)[0] is self:
            self.dismiss(None)

    def action_move(self, by: int) -> None:
        """Go *by* choices on, or back."""
        options = self.query_one(OptionList)
        for _ in range(abs(by)):
            (options.action_cursor_down if by > 0 else options.action_cursor_up)()

    @property
    def inner_width(self) -> int:
        """The cells of one choice."""
        return max(20, min(76, self.app.size.width) - 8)

    def _fill(self, typed: str) -> None:
        options = self.query_one(OptionList)
        width = self.inner_width
        options.clear_options()
        heading, first = "", None
        for choice in found(self._choices, typed)[:MOST]:
            if choice.heading != heading and not typed:
                gap = "\n" if options.option_count else ""
                title = Content.styled(f"{gap}{choice.heading}", "bold")
                options.add_option(Option(title, disabled=True))
                heading = choice.heading
            if choice.id == self._current or (first is None and choice.is_possible):
                first = options.option_count
            options.add_option(_option(choice, width))
        if not options.option_count:
            options.add_option(Option(Content.styled("nothing of that name", "dim"), disabled=True))
        options.highlighted = first


def found(
    choices: Sequence[Choice] | Callable[[str], Sequence[Choice]], typed: str
) -> list[Choice]:
    """Return the choices that hold every word of *typed*, those that begin with it first."""
    if callable(choices):
        return list(choices(typed))
    words = typed.casefold().split()
    fitting = [c for c in choices if all(w in f"{c.words} {c.note}".casefold() for w in words)]
    if not words:
        return fitting
    return sorted(fitting, key=lambda c: not c.words.casefold().startswith(words[0]))


def _option(choice: Choice, width: int) -> Option:
    """Return the words, cut to one line or whole, and the note at their right."""
    words, note = drawn(visible(choice.words)), drawn(visible(choice.note))
    left = Content(words)
    room = width - Content(note).cell_length - 2
    if left.cell_length > room and choice.is_whole:
        lines = wrapped(f"{words}  {note}" if note else words, width - _HANGING)
        text = f"\n{' ' * _HANGING}".join(lines)
        return Option(Content(text), id=choice.id, disabled=not choice.is_possible)
    if left.cell_length > room:
        left = left.truncate(max(4, room), ellipsis=True)
    gap = " " * max(2, width - left.cell_length - Content(note).cell_length)
    prompt = Content.assemble(left, gap, (note, "dim"))
    return Option(prompt, id=choice.id, disabled=not choice.is_possible)


class MenuDialog(PickDialog):
    """A short list beside the mouse, without a line to type in."""

    DEFAULT_CSS = """
    MenuDialog {
        align: left top;
        background: transparent;
        & > Vertical { width: 44; }
        & Line { display: none; }
        & Static { display: none; }
    }
    """

    def __init__(self, title: str, choices: Sequence[Choice], x: int, y: int) -> None:
        """Offer *choices* at the cell *x*, *y* of the screen."""
        super().__init__(title, choices)
        self._place = Offset(x, y)

    def on_mount(self) -> None:
        """Put the box where the mouse is, as far as it fits."""
        super().on_mount()
        options = self.query_one(OptionList)
        options.can_focus = True
        options.focus()
        width, height = min(44, self.size.width), options.option_count + 2
        x = min(self._place.x, self.size.width - width)
        y = min(self._place.y, self.size.height - height)
        self.query_one(Vertical).styles.offset = (max(0, x), max(0, y))

    @property
    def inner_width(self) -> int:
        """The cells of one choice."""
        return 38
