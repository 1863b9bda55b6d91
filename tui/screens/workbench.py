"""The workbench: text, map and details of one document, with one selection."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from argmap.errors import ArgmapError
from store import list_sources
from tui import collecting
from tui.actions.workbench import ACTIONS
from tui.aiming import Aim
from tui.arrangement import PANES, SMALLEST
from tui.background import run_aside
from tui.bars import Heading, KeyLine
from tui.commands.action import bindings
from tui.editing import drop_row, drop_words, edit_words, give_back, keep_words
from tui.filtering import show_only
from tui.listing import Trail
from tui.menus import show_menu
from tui.panes.together import Panes
from tui.search_line import SearchLine, go_to_found, look_for
from tui.selection import passages_in, select, select_under_cursor, show_rest
from tui.session import Session

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.timer import Timer

    from argmap.bulk_edits import Row
    from argmap.model.map import ArgumentMap, Operation
    from argmap.model.source import Source
    from argmap.model.statement import Inference, Statement
    from store import LogPlace
    from tui.app import ArgmapApp
    from tui.archive import Archive
    from tui.messages import MenuAsked
    from tui.panes.editor import Editor
    from tui.panes.outline import OutlinePane
    from tui.panes.text import TextPane

LOOKS: Final = 0.4
"""Seconds between two looks at what other processes have done."""

MOMENT: Final = 0.2
"""Seconds without a key after which what can wait is drawn, so that no key waits for it."""


class WorkbenchScreen(Screen[None]):
    """Everything about one document."""

    app: ArgmapApp
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]
    DEFAULT_CSS = """
    WorkbenchScreen {
        & #small { display: none; width: 1fr; height: 1fr; content-align: center middle; }
        &.-small {
            & #small { display: block; }
            & Panes, & Heading, & KeyLine { display: none; }
        }
    }
    """

    def __init__(self, archive: Archive, argument_map: ArgumentMap, place: LogPlace | None) -> None:
        """Open a document that was read at *place* of the log; None where only its text was."""
        super().__init__()
        self.session = Session(
            archive,
            argument_map,
            place,
            on_change=self._changed,
            on_refusal=self._refused,
            on_saved=self.rest,
            on_gone=self._gone,
        )
        self.selected: str | None = None
        self.aim = Aim()
        self.panes = Panes(self.session, self._row_chosen)
        self.text, self.outline = self.panes.text, self.panes.outline
        self.details = self.panes.details
        self.search = SearchLine()
        self._heading = Heading()
        self._small = Static(id="small")
        self._keys = KeyLine()
        self.came_from = "details"
        """The pane to which one comes back from the editor."""
        self._has_told_undo = False
        self._resting: Timer | None = None
        self._trouble: dict[str, str] = {}
        """Why edits have to wait, or the file cannot be read: `write` and `read`."""
        self._wanted: str | None = None
        """What is to be selected once the map is read."""
        self.filtered_by = "all"
        self.trail = Trail()
        """The list that the reader follows, such as the findings."""

    # What it is made of

    def compose(self) -> ComposeResult:
        """Hold the heading, the three panes, the search and the keys."""
        yield self._heading
        yield self.panes
        yield self._small
        yield self.search
        yield self._keys

    def on_mount(self) -> None:
        """Show the map, and look at the database from time to time."""
        self._show_all()
        self.map_changed()
        self.set_interval(LOOKS, self._look)
        self.text.focus()
        if not self.session.is_loaded:
            run_aside(self, self._load)
        self.show_heading()

    async def _load(self) -> None:
        collecting.pause()
        try:
            await self.session.load()
        finally:
            collecting.go_on()

    def on_resize(self) -> None:
        """Say so where the screen is too small to work on."""
        width, height = self.size
        is_small = width < SMALLEST[0] or height < SMALLEST[1]
        self.set_class(is_small, "-small")
        if is_small:
            needs = f"argmap needs {SMALLEST[0]} columns and {SMALLEST[1]} rows"
            self._small.update(Content(f"{needs};\nhere are {width} and {height}"))
        self.call_after_refresh(self.show_heading)
        self.call_after_refresh(self.panes.keep_focus)

    def on_screen_resume(self) -> None:
        """Let a pane have the focus when a dialog or another screen has closed."""
        self.call_after_refresh(self.panes.keep_focus)

    @property
    def map(self) -> ArgumentMap:
        """The map as it is now."""
        return self.session.map

    @property
    def statement(self) -> Statement:
        """What is selected; actions that need it have made sure that there is something."""
        assert self.selected is not None  # noqa: S101  (see above)
        return self.map.statements[self.selected]

    @property
    def inference(self) -> Inference | None:
        """The inference by which the selected statement stands where the map has its cursor."""
        node = self.outline.node
        if self.selected is None:
            return None
        if node is not None and node.statement == self.selected and node.inference:
            return self.map.inferences.get(node.inference)
        return next(iter(self.map.inferences_from.get(self.selected, ())), None)

    @property
    def marked(self) -> list[Row]:
        """The marked rows, where the focus is on the map; elsewhere actions take one statement."""
        return self.outline.marks.rows(self.map) if self.context == "map" else []

    @property
    def target(self) -> Statement | None:
        """The claim that evidence goes to: the one that was selected last, or is pinned."""
        return self.aim.claim(self.map)

    # Doing

    def do(self, operation: Operation) -> None:
        """Do *operation*; the first time, say how it is taken back.

        Raises:
            EditError: the map does not allow it.
            EditConflictError: somebody else has changed the same since *operation* was made.
        """
        self.session.do(operation)
        self.tell_undo(operation)

    def tell_undo(self, operation: Operation) -> None:
        """Say how *operation*, which was just done, is taken back, if it is the first one.

        Screens that rate say it at the top: what is said in a corner would cover the grade.
        """
        if not self._has_told_undo and operation.changes and not hasattr(self.app.screen, "round"):
            self._has_told_undo = True
            self.say(f"{operation.label} · {self.app.key('workbench.undo')} undoes it")

    def say(self, words: str) -> None:
        """Say a few words in a corner."""
        self.app.say(words)

    def tell(self, words: str) -> None:
        """Say a few words at the top, in place of what is said in a corner."""
        self.app.clear_notifications()
        self._heading.say(words)

    async def all_sources(self) -> list[Source]:
        """Return every source of the database."""
        return await self.session.archive.read(list_sources)

    # Selecting

    def select(self, statement: str | None, *, from_text: bool = False) -> None:
        """Select *statement* in all three panes, as `tui.selection.select` does."""
        select(self, statement, from_text=from_text)

    def want(self, statement: str | None) -> None:
        """Select *statement* once the map is read."""
        self._wanted = statement or self._wanted

    def rest(self) -> None:
        """Once nothing happens for a moment, say that all is saved and what was done to this."""
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(
            MOMENT, partial(run_aside, self, partial(show_rest, self), "rest")
        )

    def edit(self, field: str) -> None:
        """Edit the words of *field* of the selected statement in the details."""
        edit_words(self, self.statement.id, field)

    def show_pane(self, name: str) -> None:
        """Give the focus to the pane called *name*."""
        self.panes.give_focus(name)

    def map_changed(self) -> None:
        """Let the boxes take in what changed in the outline, if they are shown."""
        if self.panes.arrangement.has_boxes:
            run_aside(self, self.panes.boxes.show_map, "boxes")

    # The lines at the top and the bottom

    def show_heading(self) -> None:
        """Say what is open, how much is mapped, and whether it is saved."""
        if not self.is_attached:
            return
        self._heading.show_session(self.session, next(filter(None, self._trouble.values()), ""))
        self.panes.show_counts()

    def show_keys(self) -> None:
        """List the keys that matter where the focus is."""
        self._keys.show()

    @property
    def context(self) -> str:
        """Where the focus is, as the table of actions calls it."""
        return self.panes.context

    def show_trouble(self, why: str, about: str = "write") -> None:
        """Say *why* edits have to wait, or with *about* `read` why others' are not seen."""
        if why != self._trouble.get(about, ""):
            self._trouble[about] = why
            self.show_heading()

    # What happens

    def _show_all(self) -> None:
        """Show a map that was read from the database."""
        self.outline.show_map()
        if self.session.is_loaded and self._wanted is not None:
            self.selected, self._wanted = self._wanted, None
        self._show_again()

    def _show_again(self) -> None:
        """Bring the filter and the selection in line with a map that has changed."""
        if self.filtered_by != "all":
            self.filter(self.filtered_by)
        self.select(self.selected, from_text=True)

    def _changed(self, operation: Operation | None) -> None:
        self._heading.hush()
        self.app.hush()
        self.panes.leave_supposing()
        if operation is None:
            self._show_all()
            self.text.refresh()
        else:
            self.outline.take_in(operation)
            self._show_again()
            self.text.redraw(passages_in(self.map, operation))
        self.map_changed()
        self.show_heading()

    def _refused(self, operation: Operation, why: str) -> None:
        give_back(self, operation, why)
        self.show_heading()

    def _gone(self) -> None:
        self.say(f"{self.map.document.title} is not in the database any more")
        run_aside(self.app, self.app.show_library)

    async def _look(self) -> None:
        with self.app.explaining():
            try:
                await self.session.look()
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
        """Select what rests on the words under the cursor."""
        select_under_cursor(self, is_click=event.is_click)
        self.show_heading()

    def on_outline_pane_built(self) -> None:
        """Take in the rows of a big map."""
        collecting.go_on()
        self._show_again()
        self.map_changed()

    def _row_chosen(self) -> None:
        """Select the highlighted row, of which the text cursor may have selected the statement."""
        node = self.outline.node
        if node is not None and node.statement != self.selected:
            self.select(node.statement)
        elif node is not None:
            self.aim.note(node.statement, self.map)
        self.show_keys()

    async def on_outline_pane_opened(self) -> None:
        """Show where the text says a row."""
        await self.app.act("map.to-text")

    def on_outline_pane_dropped(self, event: OutlinePane.Dropped) -> None:
        """Move a row under another one."""
        with self.app.explaining():
            drop_row(self, event.inference, event.statement, event.onto)

    def on_menu_asked(self, event: MenuAsked) -> None:
        """Offer what can be done with what is under the mouse."""
        show_menu(self.app, self, event.x, event.y)

    async def on_field_list_field_opened(self) -> None:
        """Edit the field that was double-clicked."""
        await self.app.act("details.open")

    def on_editor_kept(self, event: Editor.Kept) -> None:
        """Keep what was typed."""
        with self.app.explaining():
            keep_words(self, event)

    def on_editor_dropped(self, event: Editor.Dropped) -> None:
        """Forget what was typed."""
        drop_words(self, event.undecided)

    def leave_editor(self) -> None:
        """Close the editor; the focus goes back to where it came from, if it is still there."""
        editor = self.details.editor
        if editor is not None:
            had_focus = editor.has_focus
            editor.close()
            if had_focus:
                self.show_pane(self.came_from)

    def on_search_line_typed(self, event: SearchLine.Typed) -> None:
        """Show where the words are, in the text or in the map."""
        run_aside(self, partial(look_for, event.words, self.panes, self.search), "search")

    def on_search_line_taken(self) -> None:
        """Go to the place that was found, once it is."""
        run_aside(self, partial(go_to_found, self), "search")

    def filter(self, chosen: str) -> None:
        """Show only part of the map, as `tui.filtering.wanted` names it; select what is left."""
        show_only(self, chosen)
        forest = self.outline.forest
        is_hidden = self.selected in forest.home and not forest.lets_through(self.selected)
        if self.selected is None or is_hidden:
            self.select(None, from_text=True)
