"""The app as the rooms below it know it: messages, dialogs, keys and screens.

Methods that need all screens or all actions are only declared here; `tui.shell.app`
implements them.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from textual.app import App
from textual.screen import Screen

from argmap.errors import ArgmapError
from argmap.text.display import visible
from tui.actions.action import action_of
from tui.look.key_names import key_name

from .settling import Settling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from textual import events
    from textual.events import ScreenResume
    from textual.screen import ModalScreen

    from argmap.model.document import Document
    from tui.actions.action import Action
    from tui.document.database_threads import DatabaseThreads
    from tui.document.rater import Rater

    from .places import ScreenPlace
    from .workspace import Workspace


T = TypeVar("T")


class Ground(Screen[None]):
    """The screen under all others, which Textual would draw before the first of them."""

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Style nothing, and lay nothing out."""
        event.prevent_default()


class Program(App[None]):
    """The base of the app: shows one toast at a time, and removes outdated ones."""

    def __init__(self, database: DatabaseThreads, rater: Rater) -> None:
        """Work on *database* for *rater*."""
        super().__init__()
        self.database = database
        self.rater = rater
        self.settling = Settling()
        self.stop_work: Callable[[], object] | None = None
        """Cancels the slow work that a toast reports; None where that is impossible."""
        self._to_say: tuple[str, bool] | None = None
        """The next toast, and whether it is a warning."""
        self._is_passing = self._is_refusal = False
        """Whether the next change removes the toast, and whether the next action does."""
        self._is_said = self._is_said_before = False
        """Whether a toast is shown, and whether it was shown before the last action."""
        self.failures: list[BaseException] = []
        """Unexpected errors in background work; empty in a program without bugs."""

    @contextmanager
    def reporting_errors(self) -> Iterator[None]:
        """Show an error of the body in a toast instead of raising it."""
        try:
            yield
        except ArgmapError as error:
            self.say(str(error), is_bad=True)
        except Exception as error:  # noqa: BLE001  (the one place for unexpected errors of an action)
            self.failures.append(error)
            self.say(f"unexpected error: {type(error).__name__}: {error}", is_bad=True)

    def say(self, words: str, *, is_bad: bool = False) -> None:
        """Show *words* in a toast for a while, in place of the previous toast.

        Of several calls in one turn the last wins. Textual would show them all, because it adds
        each notice after the calls that clear the others.
        """
        if self._to_say is None:
            self.call_later(self._show_next_toast)
        self._to_say = (words, is_bad)

    def _show_next_toast(self) -> None:
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
            timeout=8 if is_bad else 4,  # a warning takes longer to read and act on
        )

    def clear_notice(self) -> None:
        """Remove a toast that a change can make untrue; warnings stay."""
        if self._is_passing:
            self._is_passing = False
            self.clear_notifications()

    def clear_old_notice(self) -> None:
        """Remove an old toast before an action opens a dialog that it would cover."""
        if self._is_said_before:
            self._is_said = self._is_said_before = False
            self.clear_notifications()

    def note_refusal(self) -> None:
        """Let the next action remove the toast that says why this one is impossible."""
        self._is_refusal = True

    def begin_action(self) -> None:
        """Note whether a toast is shown before an action, and remove an old refusal."""
        self._is_said_before = self._is_said
        if self._is_refusal:
            self.clear_notice()

    # Dialogs and screens

    def get_default_screen(self) -> Screen[None]:
        """Return the screen under all others, of which nothing is drawn."""
        return Ground()

    async def ask(self, dialog: ModalScreen[T]) -> T | None:
        """Show *dialog* and return its answer; None if the reader cancels it."""
        return await self.push_screen_wait(dialog)

    def copy(self, words: str) -> None:
        """Copy *words* to the clipboard."""
        self.copy_to_clipboard(words)

    async def leave_screen(self) -> None:
        """Return to the screen below."""
        await self.pop_screen()

    async def go(self, place: ScreenPlace, work: Workspace | None = None) -> None:
        """Show the screen at *place*, with the document of *work* if it needs one."""
        raise NotImplementedError

    async def open_document(self, document: str) -> bool:
        """Open the document with the id *document*; return whether it exists."""
        raise NotImplementedError

    async def add(self, document: Document) -> None:
        """Add *document* to the library and open it, or open the one with the same text."""
        raise NotImplementedError

    def select(self, statement: str) -> None:
        """Select *statement* in the document that was just opened."""
        raise NotImplementedError

    async def begin_tour(self) -> None:
        """Start the tour of the workbench."""
        raise NotImplementedError

    def show_menu(self, x: int, y: int) -> None:
        """Show the menu of actions for column *x* and row *y* of the screen."""
        raise NotImplementedError

    # Actions and their keys

    async def act(self, id_: str) -> None:
        """Run the action *id_*, or say why it is not possible now."""
        raise NotImplementedError

    async def act_on_key(self, event: events.Key, table: Iterable[Action]) -> None:
        """Run the action of *table* that has the key; leave other keys to the field.

        For fields that consume keys before any binding sees them.
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
        """Return the actions whose keys work in *context*, those of *context* first."""
        raise NotImplementedError

    def keys_of(self, action: Action) -> str:
        """Return the keys of *action* as the user has set them, separated by commas."""
        raise NotImplementedError

    def key(self, id_: str) -> str:
        """Return the first key of the action *id_* as people write it."""
        return key_name(self.keys_of(self.action(id_)).split(",")[0])

    def tip(self, id_: str) -> str:
        """Return the title and the keys of the action *id_*, for a tooltip."""
        action = self.action(id_)
        return f"{action.title}  {' '.join(map(key_name, self.keys_of(action).split(',')))}"
