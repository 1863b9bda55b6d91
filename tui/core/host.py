"""What a verb may ask of the screen on which it works, without knowing which screen that is.

A verb is a function that changes the map or works with the selection. It takes a `Workspace`,
whose `host` is the screen on which the document is open. Through the host a verb

- says what happened (`say`, `say_in_heading`), and asks the reader (`ask`);
- goes to another screen (`go`) or to a place in the panes (`show_place`). Each is named by a
  value of `tui.core.places`, so that only the app knows all screens;
- reads where the reader is (`here`), and names keys as they are set (`key`);
- says what it has changed besides the map (`changed`), so that the screen draws it.

A function that only moves a cursor or scrolls takes that pane, which has the `Workspace` too.
An action gets the part of the screen that `Action.part` names: the `Workspace` or a pane.
A screen without a document is known by a protocol that lies with the actions of its room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol, TypeVar, runtime_checkable

from attrs import frozen

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
"""What can change besides the map itself and the selection."""


@frozen
class ReaderPosition:
    """Where the reader is."""

    context: str
    """Which keys work: those of `text`, `map`, `details`, or only those of `workbench`."""
    words: Stretch
    """What the cursor of the text is on."""
    row: Node | None
    """The highlighted row of the map."""
    row_number: int
    field: Field | None
    """The field of the details that the cursor is on."""


class Asker(Protocol):
    """What can ask the reader, and keep what was typed where it cannot be saved."""

    async def ask(self, dialog: ModalScreen[T]) -> T | None:
        """Show *dialog*, and return its answer; None where it was left."""

    def copy(self, words: str) -> None:
        """Put *words* on the clipboard."""


class Host(Asker, Protocol):
    """The screen on which a document is open."""

    @property
    def here(self) -> ReaderPosition:
        """Where the reader is now."""

    def say(self, words: str, *, is_bad: bool = False) -> None:
        """Say *words* in a corner."""

    def say_in_heading(self, words: str) -> None:
        """Say *words* in the line at the top, in place of what is said in a corner."""

    def clear_notice(self) -> None:
        """Take back what is said in a corner."""

    def key(self, id_: str) -> str:
        """Return the first key of an action as a person reads it."""

    def announce_undo(self, words: str) -> bool:
        """Say how an edit is undone; tell whether that was said: a screen that rates says it."""

    async def act(self, id_: str) -> None:
        """Do the action called *id_*, as if its key were pressed."""

    async def go(self, place: ScreenPlace) -> None:
        """Show another screen."""

    def show_place(self, place: PanePlace) -> None:
        """Show a place within the panes."""

    def begin(self, work: Callable[[], Awaitable[None]], replacing: str = "") -> None:
        """Begin *work* in the background, as `tui.core.background.run_in_background` does."""

    def show_selection(self, *, from_text: bool) -> None:
        """Draw what is selected now; *from_text* leaves the text where the reader is."""

    def changed(self, part: Part) -> None:
        """Draw *part*, which has changed."""

    def leave_search(self) -> None:
        """Forget the search, if there is one."""


@runtime_checkable
class AsksForRatings(Protocol):
    """A screen that asks for ratings, and has gone on when one is refused."""

    def ask_again(self, rating: Rating) -> None:
        """Go back to what *rating*, which was not saved, answers."""
