"""The app as everything below it knows it: it says and asks, knows the keys, and goes places.

What needs all screens or the registry is only promised here; `tui.shell.app` does it.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from textual.app import App

from argmap.errors import ArgmapError
from argmap.text.display import visible
from tui.actions.action import action_of
from tui.look.key_names import key_name

from .settling import Settling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from textual import events
    from textual.screen import ModalScreen

    from argmap.model.document import Document
    from tui.actions.action import Action
    from tui.document.database_threads import DatabaseThreads
    from tui.document.rater import Rater

    from .places import ScreenPlace
    from .workspace import Workspace


T = TypeVar("T")


class Program(App[None]):
    """Says one thing at a time, and takes it back once it is not true any more."""

    def __init__(self, database: DatabaseThreads, rater: Rater) -> None:
        """Work on the database of *database*, for *rater*, with nothing said."""
        super().__init__()
        self.database = database
        self.rater = rater
        self.settling = Settling()
        self.stop_work: Callable[[], object] | None = None
        """Cancels the work that is said to go on; None where none can be cancelled."""
        self._to_say: tuple[str, bool] | None = None
        """What is to be said once all that is going on now is done, and whether it is bad."""
        self._is_passing = self._is_refusal = False
        """Whether what is said goes with the next change, or with the next action."""
        self._is_said = self._is_said_before = False
        """Whether something was said in the corner, and before the action that was done last."""
        self.failures: list[BaseException] = []
        """What failed in the background and was told; empty in a program without bugs."""

    @contextmanager
    def explaining(self) -> Iterator[None]:
        """Say an error in a corner instead of raising it, so that the program goes on."""
        try:
            yield
        except ArgmapError as error:
            self.say(str(error), is_bad=True)
        except Exception as error:  # noqa: BLE001  (the one place for what nobody has thought of)
            self.failures.append(error)
            self.say(f"that failed: {type(error).__name__}: {error}", is_bad=True)

    def say(self, words: str, *, is_bad: bool = False) -> None:
        """Say *words* in a corner for a while, in the place of what was said before.

        Of what is said at one go the last is shown: Textual would show all of it, since it
        takes each notice up later than it is asked to clear the others.
        """
        if self._to_say is None:
            self.call_later(self._show_said)
        self._to_say = (words, is_bad)

    def _show_said(self) -> None:
        if self._to_say is None:
            return
        (words, is_bad), self._to_say = self._to_say, None
        self._is_passing, self._is_refusal = not is_bad, False
        self._is_said, self._is_said_before = True, False
        self.clear_notifications()
        self.notify(
            visible(words),
            severity="warning" if is_bad else "information",
            markup=False,
            timeout=8 if is_bad else 4,
        )

    def clear_notice(self) -> None:
        """Take back what was said in a corner, if a change can make it untrue; no complaint."""
        if self._is_passing:
            self._is_passing = False
            self.clear_notifications()

    def clear_corner(self) -> None:
        """Take back what was said before the action that opens a dialog: it would cover a part."""
        if self._is_said_before:
            self._is_said = self._is_said_before = False
            self.clear_notifications()

    def note_refusal(self) -> None:
        """Let what was just said go with the next action, which may be possible."""
        self._is_refusal = True

    def begin_action(self) -> None:
        """Note what was said before an action, and take back why another one was refused."""
        self._is_said_before = self._is_said
        if self._is_refusal:
            self.clear_notice()

    # Asking and going

    async def ask(self, dialog: ModalScreen[T]) -> T | None:
        """Show *dialog*, and return its answer; None where it was left."""
        return await self.push_screen_wait(dialog)

    def copy(self, words: str) -> None:
        """Put *words* on the clipboard."""
        self.copy_to_clipboard(words)

    async def leave_screen(self) -> None:
        """Go back to the screen below."""
        await self.pop_screen()

    async def go(self, place: ScreenPlace, work: Workspace | None = None) -> None:
        """Show the screen at *place*, of the document of *work* if it is about one."""
        raise NotImplementedError

    async def open_document(self, document: str) -> bool:
        """Open the document called *document*, an id; tell whether it is there."""
        raise NotImplementedError

    async def add(self, document: Document) -> None:
        """Add *document* to the library and open it; one with its text is opened instead."""
        raise NotImplementedError

    def select(self, statement: str) -> None:
        """Select *statement* in the document that was just opened."""
        raise NotImplementedError

    async def begin_tour(self) -> None:
        """Teach the workbench by doing."""
        raise NotImplementedError

    def show_menu(self, x: int, y: int) -> None:
        """Offer what can be done with what is under the mouse, at column *x* and row *y*."""
        raise NotImplementedError

    # Actions and their keys

    async def act(self, id_: str) -> None:
        """Do the action called *id_*, or say why it is not possible now."""
        raise NotImplementedError

    async def act_on_key(self, event: events.Key, table: Iterable[Action]) -> None:
        """Do the action of *table* that a key is for; leave other keys to the field.

        For fields that take keys before any binding does.
        """
        action = action_of(table, event.key, self.keys_of)
        if action is not None:
            event.stop()
            event.prevent_default()
            await self.act(action.id)

    def action(self, id_: str) -> Action:
        """Return the action with the id *id_*."""
        raise NotImplementedError

    def reachable(self, context: str) -> list[Action]:
        """Return what works in *context*, its own actions first."""
        raise NotImplementedError

    def keys_of(self, action: Action) -> str:
        """Return the keys of *action*, with commas, as the user has set them."""
        raise NotImplementedError

    def key(self, id_: str) -> str:
        """Return the first key of an action as a person reads it."""
        return key_name(self.keys_of(self.action(id_)).split(",")[0])

    def tip(self, id_: str) -> str:
        """Return the title of an action with its keys, as the tooltip of what does it."""
        action = self.action(id_)
        return f"{action.title}  {' '.join(map(key_name, self.keys_of(action).split(',')))}"
