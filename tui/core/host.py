"""The requests that a verb may make of its screen, whichever screen that is.

A verb is a function that changes the map or works with the selection. It takes a `Workspace`,
whose `host` is the screen on which the document is open. Through the host a verb

- reports what happened (`say`, `say_in_heading`), and asks the reader (`ask`);
- goes to another screen (`go`) or to a place in the panes (`show_place`). Each is named by a
  value of `tui.core.places`, so that only the app knows all screens;
- finds where the reader is (`here`), and names keys as the user has set them (`key`);
- reports a change in something other than the map (`changed`), so that the screen redraws it.

A function that only moves a cursor or scrolls takes that pane, which has the `Workspace` too.
An action gets the part of the screen that `Action.part` names: the `Workspace` or a pane.
A screen without a document is known by a protocol in the module of its room's actions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, TypeVar, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.screen import ModalScreen

    from argmap.model.rating import Rating
    from argmap.text.sentences import Stretch
    from tui.views.fields import Field
    from tui.views.map_tree import Node

    from .places import PanePlace, ScreenPlace

T = TypeVar("T")

Part = Literal["aim", "filter", "list", "map", "ticks", "what-if"]
"""The parts of a workspace that can change without the map or the selection."""


class ReaderPosition(NamedTuple):
    """Where the reader is on the screen."""

    context: str
    """Context whose keys work: `text`, `map`, `details`, or else `workbench`."""
    words: Stretch
    """The range under the text cursor, half-open, in code points of the document."""
    row: Node | None
    """The highlighted row of the map."""
    row_number: int
    field: Field | None
    """The field of the details under the cursor."""


class Asker(Protocol):
    """A screen or app that can ask the reader a question."""

    async def ask(self, dialog: ModalScreen[T]) -> T | None:
        """Show *dialog* and return its answer; None if the reader cancels it."""

    def copy(self, words: str) -> None:
        """Copy *words* to the clipboard, for text that cannot be saved."""


class Host(Asker, Protocol):
    """The screen on which a document is open."""

    @property
    def here(self) -> ReaderPosition:
        """Where the reader is now."""

    def say(self, words: str, *, is_bad: bool = False) -> None:
        """Show *words* in a toast."""

    def say_in_heading(self, words: str) -> None:
        """Show *words* in the heading line for a few seconds, and remove the toast."""

    def clear_notice(self) -> None:
        """Remove the toast."""

    def key(self, id_: str) -> str:
        """Return the first key of the action *id_* as people write it."""

    def announce_undo(self, words: str) -> bool:
        """Show how an edit is undone; return whether it was shown.

        A screen for ratings shows that in its heading instead, and returns False.
        """

    async def act(self, id_: str) -> None:
        """Run the action *id_* as if its key were pressed."""

    async def go(self, place: ScreenPlace) -> None:
        """Show another screen."""

    def show_place(self, place: PanePlace) -> None:
        """Show a place within the panes."""

    def begin(self, work: Callable[[], Awaitable[None]], replacing: str = "") -> None:
        """Start *work* in the background; see `tui.core.background.run_in_background`."""

    def show_selection(self, *, from_text: bool) -> None:
        """Draw the current selection; *from_text* keeps the text scrolled where it is."""

    def changed(self, part: Part) -> None:
        """Redraw *part*, which has changed."""

    def leave_search(self) -> None:
        """Close the search, if one is open."""


@runtime_checkable
class AsksForRatings(Protocol):
    """A screen that asks for ratings, and has moved on when one is refused."""

    def ask_again(self, rating: Rating) -> None:
        """Return to the question that *rating*, which was not saved, answers."""
