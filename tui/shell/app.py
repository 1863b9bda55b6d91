"""The program: one database, its screens, and the one way to run actions."""

from __future__ import annotations

import asyncio
from functools import partial
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.filter import Monochrome, NoColor

from argmap.host import garbage_collection
from argmap.host.clock import now
from argmap.text.display import counted
from tui.actions import everywhere
from tui.actions.action import Action, bindings, context_of
from tui.core.background import run_in_background
from tui.core.places import LibraryPlace
from tui.core.program import Program
from tui.core.selection import single_row_note
from tui.document.database_threads import PATIENCE, DatabaseThreads
from tui.document.opening import open_map
from tui.document.rater import Rater
from tui.look.signs import use_ascii
from tui.widgets.frames import AsciiFilter, use_thin_bars
from tui.workbench.screen import WorkbenchScreen

from . import screens
from .config import Config
from .keys.help import show_help
from .keys.menus import choose_theme, show_menu, show_palette
from .keys.registry import action_called, reachable
from .keys.stray_keys import answer_stray_key, cancel_drag_under_mouse
from .state import State, capture_view, restore_view
from .terminal_signals import end_on_signals
from .themes import choose_looks, report_faults

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from textual import events
    from textual.binding import BindingType
    from textual.filter import LineFilter
    from textual.screen import Screen

    from argmap.formats.registry import Extract
    from argmap.model.document import Document
    from tui.core.places import ScreenPlace
    from tui.core.workspace import Workspace

T = TypeVar("T")


class ArgmapApp(Program):
    """The workbench on one database."""

    TITLE = "argmap"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(everywhere.ACTIONS)]
    CSS = """
    ToastRack { align: right bottom; margin: 0 1 1 0; }
    .-touring ToastRack { margin-bottom: 5; }
    Toast {
        width: auto; max-width: 76; padding: 0 1; margin: 0; background: $panel;
        border: round $foreground 30%; tint: transparent;
        &.-warning { border: round $warning; }
    }
    Tooltip {
        padding: 0 1; background: $panel; color: $foreground; max-width: 60;
        &:ansi { text-style: reverse; }
    }
    ScrollView, ScrollableContainer, OptionList, TextArea {
        scrollbar-size-vertical: 1; scrollbar-size-horizontal: 1;
        scrollbar-background: transparent; scrollbar-background-hover: transparent;
        scrollbar-background-active: transparent; scrollbar-corner-color: $background;
        scrollbar-color: $foreground 45%; scrollbar-color-hover: $foreground 70%;
        scrollbar-color-active: $primary;
    }
    ScrollView:ansi, ScrollableContainer:ansi, OptionList:ansi, TextArea:ansi {
        scrollbar-color: ansi_bright_black;
    }
    ScrollView:focus { scrollbar-color: $primary; }
    DetailsPane:focus-within FieldList { scrollbar-color: $primary; }
    Input { scrollbar-size-horizontal: 0; }
    """

    def __init__(
        self,
        database: Path,
        *,
        config: Config | None = None,
        state: State | None = None,
        document: str | None = None,
        text: Extract | None = None,
        with_tour: bool = False,
        assessor: str = "reader",
    ) -> None:
        """Create the app on *database*.

        Args:
            database: The file; the first edit creates it.
            config: The settings of the user.
            state: The state of the screen when argmap was last left.
            document: The id of the document to open; by default the last one, else the library.
            text: A text to offer for the library.
            with_tour: Whether to begin with the tour.
            assessor: The name under which ratings are given.
        """
        self.config = config or Config()
        rater = Rater(assessor, self.config.folder / "rubrics")
        super().__init__(DatabaseThreads(database, self._busy), rater)
        self.state = state or State()
        self._document, self._text, self._with_tour = document, text, with_tour
        self._faults: list[str] = []
        """The faults in the settings and the themes of the user."""
        self._warned_of = 0
        """The number of unsaved edits of which the reader was warned when they quit."""
        self._patience = PATIENCE
        use_ascii(plain=self.config.ascii)
        use_thin_bars()

    def on_load(self) -> None:
        """Choose the theme before any style is read, which would have to be read again."""
        self._faults = choose_looks(self, self.config, self.state.theme or "")

    def on_mount(self) -> None:
        """Show the document or the library that was asked for."""
        report_faults(self, self._faults)
        self.set_keymap(self.config.keys)
        end_on_signals(self._end_soon)
        self.screen_change_signal.subscribe(self, self._stir, immediate=True)
        run_in_background(self, self._begin)

    async def _begin(self) -> None:
        document = self._document or (None if self._text else self.state.document)
        with self.reporting_errors():
            if document is not None and await self.open_document(document):
                if self._with_tour:
                    await self.begin_tour()
                return
        await self.show_library()
        if self._text is not None:
            await self._offer(self._text)

    # Screens

    async def open_document(self, document: str) -> bool:
        """Open the document with the id *document*; return whether it exists."""
        opened = await self.database.read(lambda store: open_map(store, document))
        if opened is None:
            return False
        self._keep_views()
        workbench = WorkbenchScreen(self.database, self.rater, *opened)
        restore_view(workbench, self.state.view(document))
        await self._show(workbench)
        self.state.document = document
        return True

    async def show_library(self) -> None:
        """Show the library."""
        self._keep_views()
        await self._show(screens.library(self.database))

    async def go(self, place: ScreenPlace, work: Workspace | None = None) -> None:
        """Show the screen at *place*, about the document of *work* if it needs one."""
        if isinstance(place, LibraryPlace):
            await self.show_library()
        else:
            await self.push_screen(screens.screen_at(place, self.database, work))

    async def open_example(self) -> None:
        """Open the worked example, adding it to the library first if it is missing."""
        from store.ingest import add_example

        document = await self.database.write(lambda store: add_example(store.path, now()))
        await self.open_document(document)

    def select(self, statement: str) -> None:
        """Select *statement* in the document that was just opened."""
        if isinstance(self.screen, WorkbenchScreen):
            self.screen.work.select(statement)

    async def _show(self, screen: Screen[None]) -> None:
        """Replace all screens by *screen*."""
        while len(self.screen_stack) > 2:  # noqa: PLR2004  (Textual's own, and one of ours)
            await self.pop_screen()
        garbage_collection.pause()
        if len(self.screen_stack) > 1:
            await self.switch_screen(screen)
        else:
            await self.push_screen(screen)
        screen.call_after_refresh(self._after_first_frame)

    def _after_first_frame(self) -> None:
        garbage_collection.resume()
        self.database.prepare_to_write()

    async def add(self, document: Document) -> None:
        """Add *document* to the library and open it.

        If the library has a document with the same text, that one is opened instead.
        """
        from store.log import save_document

        id_, is_new = await self.database.write(lambda store: save_document(store, document))
        await self.open_document(id_)
        if is_new:
            self.say(f"added to the library · {self.key('library.undo')} in the library undoes it")

    async def _offer(self, text: Extract) -> None:
        from tui.dialogs.add_document import offer_text

        with self.reporting_errors():
            await offer_text(self, text, "", "This text is not in the library yet. Add it?")

    def _stir(self, _: object) -> None:
        self.settling.wake()

    # Actions

    async def action_act(self, action: str) -> None:
        """Run the action with the id *action*; Textual calls this for its key.

        It waits a moment for slow work to end or to ask its question. So keys typed quickly reach
        the screen or dialog they are for, and all changes are drawn together.
        """
        screen, before = self.screen, set(self.settling.works)
        with self.batch_update():
            await self.act(action)
            await self.settling.wait(before, lambda: self.screen is not screen)
        self.screen.check_idle()  # Textual draws when it is idle

    async def act(self, id_: str) -> None:
        """Run the action *id_*, or say why it is not possible now."""
        action = action_called(id_)
        screen = self.screen
        if action not in reachable(context_of(screen)):
            return  # the key was pressed before the screen changed
        self.begin_action()
        why = action.refusal(screen)
        if why:
            self.say(why)
            self.call_later(self.note_refusal)
            return
        if action.context != "everywhere":
            self.state.count_use(id_)
        if isinstance(screen, WorkbenchScreen) and (note := single_row_note(screen.work, action)):
            self.say(note)
        subject = action.subject(screen)
        if iscoroutinefunction(action.run):
            run_in_background(self, partial(action.run, subject))
        else:
            with self.reporting_errors():
                action.run(subject)

    def on_key(self, event: events.Key) -> None:
        """Let escape cancel a drag or running work; answer other keys that have no action.

        Only a key that no widget has taken arrives here, before its bindings are looked up.
        """
        if event.key == "escape" and cancel_drag_under_mouse(self):
            event.prevent_default()
        elif event.key == "escape" and self.stop_work is not None:
            event.prevent_default()
            self.stop_work()
            self.say("cancelled")
        else:
            answer_stray_key(self, event)

    # Keys

    def action(self, id_: str) -> Action:
        """Return the action *id_*."""
        return action_called(id_)

    def reachable(self, context: str) -> list[Action]:
        """Return the actions whose keys work in *context*, those of *context* first."""
        return reachable(context)

    def keys_of(self, action: Action) -> str:
        """Return the keys of *action* as the user has set them, separated by commas."""
        return self.config.keys.get(action.id, action.keys)

    # Looks

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return filters for colours and signs that the terminal or the reader lacks.

        Textual chooses its filters once, for the theme at the start. Its filter does not know the
        terminal's own colours: their grey would be black on black.
        """
        filters = list(super().get_line_filters())
        if self.no_color:
            wanted = NoColor() if self.native_ansi_color else Monochrome()
            filters = [wanted if isinstance(f, NoColor | Monochrome) else f for f in filters]
        return [*filters, AsciiFilter()] if self.config.ascii else filters

    def refresh_css(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002  (as in Textual)
        """Apply the theme to all styles; to those not read yet by its colours alone."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    # Actions that work everywhere

    def show_menu(self, x: int, y: int) -> None:
        """Open the menu of actions at column *x* and row *y*."""
        show_menu(self, x, y)

    async def show_help(self) -> None:
        """List all keys that work here, then the signs."""
        await show_help(self)

    async def show_palette(self) -> None:
        """List all actions that are possible now."""
        await show_palette(self, self.state.uses)

    async def show_jumps(self) -> None:
        """Label the places on the screen with letters, and go to the one typed."""
        from .keys.jump_mode import jump

        await jump(self)

    async def choose_theme(self) -> None:
        """Ask for the colour theme, and remember it."""
        self.state.theme = await choose_theme(self)

    async def begin_tour(self) -> None:
        """Begin the tour on the open document, else on the worked example; or end it."""
        from .tour import begin, running

        if tour := running(self):
            await tour.close()
            return
        if not isinstance(self.screen, WorkbenchScreen):
            await self.open_example()
        if isinstance(self.screen, WorkbenchScreen):
            await begin(self.screen)

    @property
    def is_touring(self) -> bool:
        """Whether the tour is running."""
        from .tour import running

        return running(self) is not None

    def skip_step(self) -> None:
        """Skip to the next step of the tour."""
        from .tour import running

        tour = running(self)
        if tour is not None:
            tour.skip()

    # Leaving

    def _busy(self, why: str) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, WorkbenchScreen):
                screen.show_trouble(why)

    def _end_soon(self) -> None:
        """Quit without asking."""
        self._keep_views()
        self.exit(return_code=1)

    async def on_unmount(self) -> None:
        """Write the remaining edits while the event loop still runs."""
        await asyncio.to_thread(self.database.close, self._patience)

    def _keep_views(self) -> None:
        """Save the view of the open document for the next start."""
        if len(self.screen_stack) == 1:  # Textual's own: nothing was shown yet
            return
        for screen in self.screen_stack:
            if isinstance(screen, WorkbenchScreen) and screen.is_mounted:
                self.state.remember(screen.session.document, capture_view(screen))
        with self.reporting_errors():
            self.state.save()

    async def leave(self) -> None:
        """Quit; with unsaved edits, only when asked a second time."""
        self._keep_views()
        unsaved = self.database.unsaved + self.database.lost
        if unsaved > self._warned_of:
            self._warned_of = unsaved
            self.say(
                f"{counted(unsaved, 'edit')} not saved; {self.key('workbench.export')} exports the"
                f" map, {self.key('everywhere.quit')} again quits without saving",
                is_bad=True,
            )
            return
        self._patience = 0.0 if unsaved else PATIENCE
        self.exit()
