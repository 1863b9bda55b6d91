"""The workbench screen: text, map and details of one document."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.content import Content
from textual.widgets import Static

from argmap.errors import ArgmapError
from argmap.host import garbage_collection
from argmap.model.rating import Rating
from tui.actions.action import bindings
from tui.core.background import run_in_background
from tui.core.host import AsksForRatings, ReaderPosition
from tui.core.places import LibraryPlace
from tui.core.selection import passages_in
from tui.core.workspace import Workspace
from tui.document.session import Session
from tui.widgets.bars import KeyLine

from . import pane_updates
from .actions import ACTIONS
from .arrangement import PANES, SMALLEST
from .details.typed_words import discard_typed_words, return_refused_words, save_typed_words
from .host_screen import HostScreen
from .map.moving import drop_row
from .navigation import show_place
from .panes import Panes
from .search import SearchLine, go_to_match, search_active_pane

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import ScreenResume
    from textual.timer import Timer

    from argmap.edit.bulk import PlacedStatement
    from argmap.model.map import ArgumentMap, Operation
    from store.log import LogPlace
    from tui.core.host import Part
    from tui.core.places import PanePlace
    from tui.document.database_threads import DatabaseThreads
    from tui.document.rater import Rater
    from tui.text.pane import TextPane
    from tui.widgets.editor import Editor
    from tui.widgets.messages import MenuAsked

    from .map.outline_pane import OutlinePane

POLL_INTERVAL: Final = 0.4
"""Seconds between two checks for changes by other processes."""

IDLE_DELAY: Final = 0.06
"""Seconds without a key before slow details are drawn.

A key that is held down repeats sooner, so none of its repetitions waits for them. With a shorter
delay they would be drawn right after the rows that the key has changed, and delay the next key.
"""


class WorkbenchScreen(HostScreen):
    """The screen on which one document is read and mapped."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]
    DEFAULT_CSS = """
    WorkbenchScreen {
        & #small { display: none; width: 1fr; height: 1fr; content-align: center middle; }
        &.-small {
            & #small { display: block; }
            & Panes, & HeadingLine, & KeyLine { display: none; }
        }
    }
    """

    def __init__(
        self,
        database: DatabaseThreads,
        rater: Rater,
        argument_map: ArgumentMap,
        place: LogPlace | None,
    ) -> None:
        """Open the map of a document.

        *place* is the place in the log at which the map was read; None if only the text was read.
        """
        super().__init__()
        self.session = Session(
            database,
            argument_map,
            place,
            on_change=self._changed,
            on_refusal=self._refused,
            on_saved=self.schedule_idle_update,
            on_gone=self._gone,
        )
        self.work = Workspace(self.session, rater, self)
        self.panes = Panes(self.work, self._row_chosen)
        self.text, self.outline = self.panes.text, self.panes.outline
        self.details = self.panes.details
        self.search = SearchLine(self.work)
        self._small = Static(id="small")
        self._keys = KeyLine()
        self._idle_timer: Timer | None = None
        self._is_new = True
        """Whether the screen has never been shown, and its styles are as they were just read."""
        self._trouble: dict[str, str] = {}
        """Why edits have to wait (`write`), or why the database cannot be read (`read`)."""

    # Layout

    def compose(self) -> ComposeResult:
        """Yield the heading, the panes, the search line and the footer."""
        yield self._heading
        yield self.panes
        yield self._small
        yield self.search
        yield self._keys

    def on_mount(self) -> None:
        """Show the map, and start polling the database."""
        self._show_all()
        self.panes.draw_boxes()
        self.set_interval(POLL_INTERVAL, self._poll)
        self.text.focus()
        if not self.session.is_loaded:
            run_in_background(self, self._load)
        self.show_heading()

    async def _load(self) -> None:
        garbage_collection.pause()
        try:
            await self.session.load()
        finally:
            garbage_collection.resume()

    def on_resize(self) -> None:
        """Replace the panes by a message if the screen is too small."""
        width, height = self.size
        is_small = width < SMALLEST[0] or height < SMALLEST[1]
        self.set_class(is_small, "-small")
        if is_small:
            needs = f"argmap needs {SMALLEST[0]} columns and {SMALLEST[1]} rows"
            self._small.update(Content(f"{needs};\nthis terminal has {width} and {height}"))
        self.call_after_refresh(self.show_heading)
        self.call_after_refresh(self.panes.keep_focus)

    def on_screen_resume(self, event: ScreenResume) -> None:
        """Focus a pane after a dialog or another screen has closed."""
        event.refresh_styles = event.refresh_styles and not self._is_new
        self._is_new = False
        self.call_after_refresh(self.panes.keep_focus)

    @property
    def map(self) -> ArgumentMap:
        """The current map."""
        return self.session.map

    @property
    def ticked(self) -> list[PlacedStatement]:
        """The ticked rows, which decide the keys in the footer."""
        return self.work.ticked

    def part(self, name: str) -> object:
        """Return the object on which actions of the context or part *name* work."""
        if name == "editor":
            return self.details.editor
        parts = {"text": self.text, "map": self.panes, "details": self.details,
                 "panes": self.panes, "searching": self.search, "search": self.search}  # fmt: skip
        return parts.get(name, self.work)

    # The parts of `Host` that need the panes

    @property
    def here(self) -> ReaderPosition:
        """The reader's position: context, text range, row and field."""
        return ReaderPosition(
            self.context,
            self.text.cursor.range,
            self.outline.node,
            self.outline.at,
            self.details.list.field,
        )

    def announce_undo(self, words: str) -> bool:
        """Show how to undo an edit in the corner; return whether it was shown.

        Rating screens show it in their heading instead, since the corner would cover the grade.
        """
        is_said_there = isinstance(self.app.screen, AsksForRatings)
        if not is_said_there:
            self.say(words)
        return not is_said_there

    def show_place(self, place: PanePlace) -> None:
        """Focus the pane of *place*, and scroll there."""
        show_place(self.panes, place)

    def show_selection(self, *, from_text: bool) -> None:
        """Draw the current selection in all panes."""
        pane_updates.show_selection(self.panes, from_text=from_text)
        if self.work.selected is not None:
            self.schedule_idle_update()
        self.show_keys()

    def changed(self, part: Part) -> None:
        """Redraw *part*, which has changed."""
        pane_updates.UPDATED_BY[part](self.panes)
        if part == "filter" and (self.work.selected is None or pane_updates.is_hidden(self.panes)):
            self.work.select(None, from_text=True)
        self.show_keys()

    def leave_search(self) -> None:
        """Leave the search, if there is one."""
        self.search.leave()

    def schedule_idle_update(self) -> None:
        """Schedule slow updates for when no key has come for `IDLE_DELAY` seconds."""
        if self._idle_timer is not None:
            self._idle_timer.stop()
        self._idle_timer = self.set_timer(
            IDLE_DELAY, partial(run_in_background, self, self._show_idle, "rest")
        )

    async def _show_idle(self) -> None:
        self.show_heading()
        await pane_updates.show_slow_details(self.panes)
        garbage_collection.collect_while_idle()

    # Heading and footer

    def show_heading(self) -> None:
        """Show the title of the document, its coverage, and whether edits are saved."""
        if not self.is_attached:
            return
        self._heading.show_session(self.session, next(filter(None, self._trouble.values()), ""))
        self.panes.show_counts()

    def show_keys(self) -> None:
        """List the keys of the current context in the footer."""
        self._keys.show()

    @property
    def context(self) -> str:
        """The context of the focused widget, as the action table names it."""
        return self.panes.context

    def show_trouble(self, why: str, about: str = "write") -> None:
        """Show *why* the database cannot be written, or read if *about* is `read`."""
        if why != self._trouble.get(about, ""):
            self._trouble[about] = why
            self.show_heading()

    # Events

    def _show_all(self) -> None:
        """Show a map that was read from the database."""
        self.outline.show_map()
        self.work.select_pending()
        self._show_again()

    def _show_again(self) -> None:
        """Apply the filter and the selection to a map that has changed."""
        is_filtered = self.work.filtered_by != "all"
        if is_filtered:
            pane_updates.show_filter(self.panes)
        self.work.select_again(is_hidden=is_filtered and pane_updates.is_hidden(self.panes))

    def _changed(self, operation: Operation | None) -> None:
        self._heading.clear_notice()
        self.app.clear_notice()
        self.work.leave_what_if_mode()  # its outcomes are those of the map before the edit
        if operation is None:
            self._show_all()
            self.text.refresh()
        else:
            self.outline.apply_operation(operation)
            self._show_again()
            self.text.redraw(passages_in(self.map, operation))
        self.panes.draw_boxes()
        self.show_heading()

    def _refused(self, operation: Operation, why: str) -> None:
        asking = self.app.screen
        ratings = [c.after for c in operation.changes if isinstance(c.after, Rating)]
        if ratings and isinstance(asking, AsksForRatings):
            asking.ask_again(ratings[0])
        return_refused_words(self.details, operation, why)
        self.show_heading()

    def _gone(self) -> None:
        self.say(f"{self.map.document.title} was removed from the database")
        run_in_background(self.app, partial(self.app.go, LibraryPlace()))

    async def _poll(self) -> None:
        with self.app.reporting_errors():
            try:
                await self.session.check_for_changes()
            except ArgmapError as error:
                self.show_trouble(str(error), "read")
            else:
                self.show_trouble("", "read")

    def on_descendant_focus(self) -> None:
        """Note which pane is active, and list its keys."""
        context = self.context
        if context in PANES and context != self.panes.arrangement.active:
            self.panes.arrangement.active = context
        self.show_keys()

    def on_text_pane_cursor_moved(self, event: TextPane.CursorMoved) -> None:
        """Select the statement marked under the text cursor."""
        pane_updates.select_under_cursor(self.panes, is_click=event.is_click)
        self.show_heading()

    def on_outline_pane_built(self) -> None:
        """Show the selection in the rows of a big map, once they are built."""
        garbage_collection.resume()
        self._show_again()
        self.panes.draw_boxes()

    def _row_chosen(self) -> None:
        """Select the statement of the highlighted row, and note it as a possible aim."""
        node = self.outline.node
        if node is not None and node.statement != self.work.selected:
            self.work.select(node.statement)
        elif node is not None:
            self.work.aim.note(node.statement, self.map)
            self.show_keys()

    async def on_outline_pane_opened(self) -> None:
        """Jump to the passage of the row in the text."""
        await self.app.act("map.to-text")

    def on_outline_pane_dropped(self, event: OutlinePane.Dropped) -> None:
        """Move the dragged row under the row it was dropped on."""
        with self.app.reporting_errors():
            drop_row(self.work, event.inference, event.statement, event.onto)

    def on_menu_asked(self, event: MenuAsked) -> None:
        """Open the menu of actions for the item under the mouse."""
        self.app.show_menu(event.x, event.y)

    async def on_field_list_field_opened(self) -> None:
        """Edit the field that was double-clicked."""
        await self.app.act("details.open")

    def on_editor_kept(self, event: Editor.Kept) -> None:
        """Save the text typed in the editor."""
        with self.app.reporting_errors():
            save_typed_words(self.details, event)

    def on_editor_dropped(self, event: Editor.Dropped) -> None:
        """Discard the text typed in the editor."""
        discard_typed_words(self.details, event.undecided)

    def on_search_line_typed(self, event: SearchLine.Typed) -> None:
        """Search the active pane for the typed words."""
        run_in_background(
            self, partial(search_active_pane, event.words, self.panes, self.search), "search"
        )

    def on_search_line_accepted(self) -> None:
        """Go to the current match."""
        run_in_background(self, partial(go_to_match, self.panes, self.search), "search")
