"""The screen of a list: findings, origins, or everything that falls in what-if mode."""

from __future__ import annotations

from bisect import bisect_left
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static
from textual.widgets.option_list import Option

from argmap.text.composition import search_key
from argmap.text.display import visible
from tui.actions.action import bindings
from tui.core.background import run_in_background
from tui.document.coverage import role_of
from tui.look.cells import cut, wrapped
from tui.look.signs import drawn
from tui.views.row_looks import sign_alone
from tui.widgets.bars import HeadingLine, KeyLine
from tui.widgets.choice_list import ChoiceList
from tui.widgets.focusing import focus
from tui.widgets.line import LineInput

from .actions import ACTIONS
from .entries import go_to_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.core.followed_list import EntryGroup, EntryList, ListEntry
    from tui.core.program import Program
    from tui.core.workspace import Workspace

WIDEST: Final = 100
"""Maximum width of a line, in columns; longer lines are hard to read."""

MOST: Final = 500
"""Maximum number of lines that are laid out; more would slow down the keys."""

_COLOURS: Final = {
    "claim": "$primary", "supports": "$success", "opposes": "$error", "assumption": "$warning",
}  # fmt: skip


class ListingScreen(Screen[None]):
    """Shows the lines of a list under headings; the cursor starts at the line chosen last."""

    app: Program
    context = "list"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]
    DEFAULT_CSS = """
    ListingScreen {
        & OptionList, & OptionList:focus {
            height: 1fr; border: none; padding: 1 1 0 1;
            background: $background; background-tint: transparent;
            & > .option-list--option-disabled { color: $foreground; }
            & > .option-list--option-highlighted {
                background: $foreground 14%; color: $foreground; text-style: none;
            }
        }
        & LineInput, & LineInput:focus {
            border: none; height: 1; padding: 0 1; margin: 1 1 0 1; background: $surface;
            display: none;
        }
        & #none { display: none; padding: 1 3; color: $foreground 70%; }
    }
    """

    def __init__(self, work: Workspace, listing: EntryList) -> None:
        """Show *listing*, which is about the map of *work*."""
        super().__init__()
        self.work, self.listing = work, listing
        self.list = ChoiceList()
        self.line = LineInput(placeholder="type to search", select_on_focus=False)
        self._none = Static("no line has these words", id="none")
        self._keys, self._heading = KeyLine(), HeadingLine()
        self._numbers: dict[int, int] = {}
        """The number of the line that each option shows, by the option's number."""

    def compose(self) -> ComposeResult:
        """Lay out the heading, the search field, the list and the keys."""
        yield self._heading
        yield self.line
        yield self.list
        yield self._none
        yield self._keys

    def on_mount(self) -> None:
        """Start at the line that was chosen last, or at the one now in its place."""
        self._keys.show()
        title = self.work.map.document.title
        self._heading.show(self.listing.title, title, self.listing.status)
        focus(self.list)

    def on_resize(self) -> None:
        """Lay out the lines for the new width."""
        here = self.chosen
        self._fill(self.work.followed_list.place_in(self.listing) if here is None else here)

    @property
    def chosen(self) -> int | None:
        """The number of the line under the cursor, from 0; None if there is none."""
        at = self.list.highlighted
        return self._numbers.get(at) if at is not None else None

    def go(self) -> None:
        """Go to the statement of the line under the cursor, or run the line's function."""
        number = self.chosen
        if number is None:
            return
        line = self.listing.lines[number]
        self.app.pop_screen()
        if line.run is not None:
            self.work.host.begin(line.run)
        else:
            go_to_line(self.work, self.listing, number)

    def find(self) -> None:
        """Open the search field."""
        self.line.display = True
        focus(self.line)

    def move(self, by: int) -> None:
        """Move the cursor *by* lines down, or up if it is negative."""
        for _ in range(abs(by)):
            (self.list.action_cursor_down if by > 0 else self.list.action_cursor_up)()

    def move_to_end(self, *, last: bool) -> None:
        """Move to the last line, or to the first with its heading."""
        (self.list.action_last if last else self.list.action_first)()
        if not last:
            self.list.scroll_home(animate=False)

    def leave(self) -> None:
        """Close the search, or return to the map."""
        if self.line.display:
            self.line.value = ""
            self.line.display = False
            focus(self.list)
        else:
            self.app.pop_screen()

    def on_input_changed(self) -> None:
        """Show the lines that contain the typed words."""
        self._fill(0)

    def on_input_submitted(self) -> None:
        """Go to the line under the cursor."""
        run_in_background(self, partial(self.app.act, "list.open"))

    def on_option_list_option_selected(self) -> None:
        """Go to the clicked line."""
        run_in_background(self, partial(self.app.act, "list.open"))

    def on_descendant_focus(self) -> None:
        """List the keys of the widget that has got the focus."""
        self._keys.show()

    def _fill(self, wanted: int) -> None:
        """List the lines that contain the typed words, with the cursor on line *wanted*."""
        matches = list(self._found())
        numbers = [number for _, number, _ in matches]
        middle = bisect_left(numbers, wanted)
        first = max(0, min(middle - MOST // 2, len(matches) - MOST))
        shown = matches[first : first + MOST]
        width = max(20, min(WIDEST, self.size.width - 5))
        options = self._titles_without_lines(width)
        self._numbers, group = {}, None
        for owner, number, line in shown:
            if owner is not group:
                gap = "\n" if options else ""
                options.append(Option(gap + _title(owner, width), disabled=True))
                group = owner
            self._numbers[len(options)] = number
            options.append(Option(self._line(line, width)))
        hidden = len(matches) - len(shown)
        if hidden:
            key = self.app.key("list.find")
            more = Content.styled(f"\n{hidden:,} more are not shown; {key} finds them", "dim")
            options.append(Option(more, disabled=True))
        self.list.clear_options()
        self.list.add_options(options)
        self.list.display, self._none.display = bool(options), not options
        places = [place for place, number in self._numbers.items() if number >= wanted]
        if self._numbers:
            self.list.highlighted = places[0] if places else max(self._numbers)
            if first == 0 and self.list.highlighted == min(self._numbers):
                self.list.scroll_home(animate=False)

    def _found(self) -> Iterator[tuple[EntryGroup, int, ListEntry]]:
        """Yield the lines that contain the typed words, each with its group and number."""
        words = search_key(self.line.words).split()
        number = 0
        for group in self.listing.groups:
            for line in group.lines:
                if not words or all(word in _searched(group, line) for word in words):
                    yield group, number, line
                number += 1

    def _titles_without_lines(self, width: int) -> list[Option]:
        """Return the titles of groups without lines, if the whole list is shown."""
        if self.line.words.strip():
            return []
        alone = [group for group in self.listing.groups if not group.lines]
        return [Option(_title(group, width), disabled=True) for group in alone]

    def _line(self, line: ListEntry, width: int) -> Content:
        """Return the statement in one row, and then the text of the line with its advice."""
        parts = [*self._about(line, width), *_indented(_text_with_note(line), width, "  ")]
        if line.advice:
            parts += self._advice(line, width)
        return Content("\n").join(parts)

    def _advice(self, line: ListEntry, width: int) -> list[Content]:
        """Return the advice and its keys, on one row if there is room."""
        advice = list(_indented(f"→ {line.advice}", width, "  ", "    "))
        keys = " · ".join(f"{self.app.key(action)} {words}" for action, words in line.keys)
        if not keys:
            return advice
        behind = Content.styled(drawn(f"   {keys}"), "dim")
        if advice[-1].cell_length + behind.cell_length <= width:
            return [*advice[:-1], advice[-1] + behind]
        return [*advice, *_indented(keys, width, "    ", style="dim")]

    def _about(self, line: ListEntry, width: int) -> Iterator[Content]:
        statement = line.about
        if statement is None:
            return
        argument_map = self.work.map
        role = role_of(argument_map, statement)
        label = visible(statement.label)
        head = Content.assemble(
            (drawn(sign_alone(argument_map, statement)), _COLOURS.get(role, "$foreground")),
            " ",
            (label, "bold"),
            " ",
        )
        words = cut(visible(statement.text), max(0, width - head.cell_length)).rstrip()
        yield head + Content(words)


def _text_with_note(line: ListEntry) -> str:
    return f"{line.text} · {line.note}" if line.note else line.text


def _title(group: EntryGroup, width: int) -> Content:
    title = Content.styled(visible(group.heading), "bold $accent")
    right = Content.styled(group.weight, "dim")
    room = width - title.cell_length - right.cell_length
    note = Content.styled(f"  {group.note}", "dim") if group.note else Content("")
    if note.cell_length > room - 1:
        note = Content("")
    gap = " " * max(1, room - note.cell_length)
    return title + note + Content(gap) + right


def _indented(
    words: str, width: int, first: str, more: str = "", style: str = ""
) -> Iterator[Content]:
    """Wrap *words*; the first row begins with *first*, every other row with *more*."""
    more = more or first
    for number, line in enumerate(wrapped(visible(words), width - len(more))):
        yield Content.styled(drawn((more if number else first) + line), style)


def _searched(group: EntryGroup, line: ListEntry) -> str:
    statement = line.about
    about = f"{statement.label} {statement.text}" if statement else ""
    return search_key(f"{group.title} {about} {line.text} {line.advice} {line.note}")
