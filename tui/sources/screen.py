"""The sources screen: the sources, the statements that cite them, and their letters."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from argmap.errors import EditConflictError
from argmap.host.clock import now
from argmap.text.display import counted
from store import apply, redo, undo
from store.log import data_version
from tui.actions.action import bindings
from tui.core.background import run_in_background
from tui.dialogs.conflicts import confirm_overwrite, rebase_over
from tui.look.signs import TWIN, drawn
from tui.widgets.bars import HeadingLine, KeyLine
from tui.widgets.field_list import EditedPane
from tui.widgets.focusing import focus
from tui.widgets.line import LineInput

from .actions import ACTIONS
from .queries import SourceDetails, build_source_fields, find_sources, read_details, read_snapshot
from .source_list import SourceFields, SourceList

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from argmap.model.map import Operation
    from store.queries import SourceSummary
    from tui.core.program import Program
    from tui.document.database_threads import DatabaseThreads
    from tui.widgets.editor import Editor
    from tui.widgets.messages import MenuAsked

    from .queries import SourceSnapshot

POLL_INTERVAL: Final = 0.4
"""Seconds between two checks for changes by other processes."""


class SourcesScreen(Screen[None]):
    """A list of all sources, next to the details of the highlighted one."""

    app: Program
    context = "sources"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]
    DEFAULT_CSS = """
    SourcesScreen {
        & #all { width: 50%; padding: 1 0 0 1; }
        & EditedPane { width: 1fr; padding: 1 0 0 1; border-left: solid $foreground 25%; }
        &:focus-within EditedPane:focus-within { border-left: solid $primary; }
        & LineInput, & LineInput:focus {
            border: none; height: 1; padding: 0 1; margin-bottom: 1; background: $surface;
        }
        & #said { height: auto; padding: 0 1; color: $foreground 70%; }
        & #warning { height: auto; padding: 0 1; color: $warning; display: none; }
    }
    """

    def __init__(self, database: DatabaseThreads, wanted: str | None = None) -> None:
        """List the sources of *database*, with the cursor on *wanted*, an id."""
        super().__init__()
        self.database = database
        self.snapshot: SourceSnapshot | None = None
        """All sources; None until they are read."""
        self.details = SourceDetails()
        """The details of the highlighted source; empty until they are read."""
        self.sorted_by = "name"
        self.is_reversed = False
        self._wanted = wanted
        self._shown: str | None = None
        """The id of the source whose fields are shown."""
        self._version: int | None = None
        self.line = LineInput(placeholder="search by name")
        self.list = SourceList()
        self.fields = SourceFields()
        self._said = Static(id="said")
        self._warning = Static(id="warning")
        self.pane = EditedPane(self.fields)
        self._keys = KeyLine()
        self._heading = HeadingLine()

    def compose(self) -> ComposeResult:
        """Lay out the search line above the list, next to the details."""
        yield self._heading
        with Horizontal():
            with Vertical(id="all"):
                yield self.line
                yield self.list
                yield self._said
            yield self.pane
        yield self._warning
        yield self._keys

    def on_mount(self) -> None:
        """Read the sources, and start polling the database."""
        self.list.focus()
        self._heading.show("sources", "", "reading…")
        self._keys.show()
        run_in_background(self, self.read)
        self.set_interval(POLL_INTERVAL, partial(run_in_background, self, self._poll, "poll"))

    @property
    def assessor(self) -> str:
        """The name of the user, who gives the letters."""
        return self.app.rater.assessor

    @property
    def is_in_details(self) -> bool:
        """Whether the cursor is in the details of a source."""
        return self.focused is self.fields

    @property
    def row(self) -> SourceSummary | None:
        """The highlighted source; None if the list is empty."""
        return self.list.row

    @property
    def ticked(self) -> list[str]:
        """The ids of the ticked sources, while the focus is on the list."""
        rows = self.snapshot.rows if self.snapshot and not self.is_in_details else {}
        return [id_ for id_ in self.list.ticked if id_ in rows]

    # Showing

    async def read(self) -> None:
        """Read all sources again."""
        self._version = await self.database.read(data_version)
        self.snapshot = await self.database.read(read_snapshot)
        self._fill()

    async def _poll(self) -> None:
        if self.snapshot is not None and await self.database.read(data_version) != self._version:
            await self.read()

    def _fill(self) -> None:
        """List the sources whose names match the typed words."""
        if self.snapshot is None:
            return
        rows = find_sources(
            self.snapshot, self.line.words, self.sorted_by, is_reversed=self.is_reversed
        )
        arrow = "↓" if self.is_reversed == (self.sorted_by in {"name", "kind"}) else "↑"
        self.list.show(rows, self.snapshot.twins, (self.sorted_by, arrow))
        if self._wanted is not None:
            self.list.go_to_source(self._wanted)
            self._wanted = None
        total = counted(len(self.snapshot.rows), "source")
        total = f"{len(rows):,} of {total}" if self.line.value else total
        ticked = f"{len(self.ticked):,} ticked · " if self.ticked else ""
        self._heading.show("sources", "", f"{ticked}{total}")
        self._show_notes(len(rows))
        self.show_source()

    def _show_notes(self, number: int) -> None:
        """Show notes about duplicate names and about all letters at the bottom."""
        assert self.snapshot is not None  # noqa: S101  (`_fill` has looked)
        key = self.app.key("sources.twin")
        said = f"{TWIN} duplicate name · {key} goes to the next one" if self.snapshot.twins else ""
        if not number:
            said = "no match" if self.snapshot.rows else ""
        warning = self.snapshot.diagonal.warning
        self._said.update(Content(drawn(said)))
        self._said.display = bool(said)
        self._warning.update(Content(f"! {warning}"))
        self._warning.display = bool(warning)

    def show_ticks(self) -> None:
        """Show how many sources are ticked, and the keys that act on them."""
        self._fill()

    def show_source(self) -> None:
        """Show the highlighted source, and read its details in the background."""
        row = self.row
        is_same = row is not None and row.source.id == self._shown
        self._shown = row.source.id if row else None
        if not is_same:
            self.details = SourceDetails()
        self._show_fields(keep=is_same)
        if row is not None:
            run_in_background(self, self._read_details, "details")
        self._keys.show()

    def _show_fields(self, *, keep: bool) -> None:
        row, snapshot = self.row, self.snapshot
        fields = build_source_fields(snapshot, row, self.details) if row and snapshot else []
        self.fields.show(fields, keep=keep)

    async def _read_details(self) -> None:
        row, snapshot = self.row, self.snapshot
        if row is None or snapshot is None:
            return
        source = row.source
        details = await self.database.read(lambda store: read_details(store, snapshot, source))
        if self.row is not None and self.row.source.id == source.id:
            self.details = details
            self._show_fields(keep=True)

    # Editing

    async def do(self, operation: Operation) -> None:
        """Save *operation*, show its effect, and say how to undo it.

        If another user has changed the same field, the reader decides which value stays.

        Raises:
            EditConflictError: another user has removed the entity that it changes.
        """
        while operation.changes:
            try:
                await self.save(operation)
            except EditConflictError as error:
                if not error.yours:
                    raise
                operation = await self.database.read(partial(rebase_over, operation))
                if not await confirm_overwrite(self.app, error):
                    return
            else:
                return

    async def save(self, operation: Operation) -> None:
        """Save *operation*, read the database again, and say how to undo it.

        Raises:
            EditConflictError: another user has changed the same field, or removed the entity.
        """
        if not operation.changes:
            return
        try:
            await self.database.save(lambda store: apply(store, operation, now()))
        finally:
            await self.read()
        self.app.say(f"{operation.label} · {self.app.key('sources.undo')} undoes it")

    async def undo_or_redo(self, *, back: bool) -> None:
        """Undo the newest operation of the database, or redo the last undone one."""
        logged = await self.database.write(undo if back else redo)
        await self.read()
        self.app.say(f"{'undone' if back else 'redone'}: {logged.label}")

    async def edit(self, field: str, words: str, *, typed: str | None = None) -> None:
        """Open the editor for *field* of the highlighted source, whose text is *words*.

        *typed* is the reader's text from before another user changed the field.
        """
        if self.row is not None:
            await self.pane.edit(self.row.source.id, field, words, typed=typed)

    def go_to_source(self, id_: str) -> None:
        """Move the cursor to the source *id_*; clear the search if that hides it."""
        self._wanted = id_
        if any(row.source.id == id_ for row in self.list.rows):
            self._fill()
        else:
            self.line.value = ""  # which fills the list

    # Moving

    def move(self, by: int) -> None:
        """Move *by* rows or fields down, or up if it is negative."""
        if self.is_in_details:
            self.fields.move(by)
            self._keys.show()
        else:
            self.list.go_to(self.list.at + by)
            self.show_source()

    def page(self, by: int) -> None:
        """Move *by* pages down, or up if it is negative."""
        if self.is_in_details:
            height = self.fields.scrollable_content_region.height
            self.fields.scroll_to_row(self.fields.scroll_offset.y + by * (height - 1))
        else:
            self.move(by * self.list.page)

    def sort_by(self, column: str) -> None:
        """Sort by *column*, or reverse the order if it is sorted by it already."""
        self.is_reversed = not self.is_reversed if column == self.sorted_by else False
        self.sorted_by = column
        self._fill()

    def step_back(self) -> bool:
        """Return to the list, or clear its search; return True if nothing was left to do."""
        was_there = self.focused is self.list and not self.line.value
        if not self.is_in_details:
            self.line.value = ""
        focus(self.list)
        return was_there

    # Events

    def on_input_changed(self) -> None:
        """Filter the list by the typed words."""
        self._fill()

    def on_input_submitted(self) -> None:
        """Move the focus to the list."""
        focus(self.list)

    def on_source_list_moved(self) -> None:
        """Show the source that was clicked, and the ticks."""
        self.show_ticks()

    async def on_source_list_opened(self) -> None:
        """Show the details of the source that was double-clicked."""
        await self.app.act("sources.open")

    def on_source_list_heading_clicked(self, event: SourceList.HeadingClicked) -> None:
        """Sort by the column whose heading was clicked."""
        self.sort_by(event.column)

    def on_menu_asked(self, event: MenuAsked) -> None:
        """Show the menu of actions at the mouse."""
        self.app.show_menu(event.x, event.y)

    async def on_field_list_field_opened(self) -> None:
        """Edit the field that was double-clicked, or follow its link."""
        await self.app.act("sources.open")

    def on_editor_kept(self, event: Editor.Kept) -> None:
        """Save the typed words, unless another user has changed the field."""
        from .editing import keep_words

        row = self.snapshot.rows.get(event.entity) if self.snapshot else None
        now = getattr(row.source, event.field) or "" if row else ""
        if row is None or not self.pane.contest(event, now):
            self._leave_editor()
            run_in_background(self, partial(keep_words, self, event))

    def on_editor_dropped(self, event: Editor.Dropped) -> None:
        """Discard the typed words; copy them if a conflict about them is undecided."""
        self._leave_editor()
        if event.undecided:
            self.app.copy(event.undecided)
            self.app.say("kept the other edit; your text is on the clipboard", is_bad=True)

    def part(self, name: str) -> object:
        """Return the object on which the actions of *name* work: the editor, or this screen."""
        return self.pane.editor if name == "editor" else self

    def _leave_editor(self) -> None:
        editor = self.pane.editor
        if editor is not None:
            had_focus = editor.has_focus
            editor.close()
            if had_focus:
                focus(self.fields)

    def on_descendant_focus(self) -> None:
        """Show the keys of the focused widget."""
        self._keys.show()
