"""The three panes side by side: which are there, how wide they are, which has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.content import Content

from argmap.text import counted
from tui.arrangement import PANES, Arrangement
from tui.background import run_aside
from tui.bars import KeyLine
from tui.grades import Grades
from tui.panes.details import DetailsPane, FieldList
from tui.panes.outline import OutlinePane
from tui.panes.text import TextPane
from tui.supposing import Supposing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.app import ComposeResult
    from textual.widget import Widget

    from tui.app import ArgmapApp
    from tui.panes.boxes import BoxesPane
    from tui.session import Session


class Panes(Horizontal):
    """Text, map and details of one document."""

    DEFAULT_CSS = """
    Panes {
        height: 1fr;
        & TextPane, & OutlinePane, & BoxesPane, & DetailsPane {
            background: $background;
            border: blank; border-top: solid $foreground 25%;
            border-title-color: $foreground 70%;
            &:focus, &:focus-within {
                border: round $primary;
                border-title-color: $primary; border-title-style: bold;
            }
        }
    }
    """

    app: ArgmapApp

    def __init__(self, session: Session, on_chosen: Callable[[], None]) -> None:
        """Show the document of *session*; *on_chosen* is called when another row is chosen."""
        super().__init__()
        self.session = session
        self.text = TextPane(session)
        self.grades = Grades(session, lambda: self.app)
        self.supposing = Supposing()
        self.outline = OutlinePane(session, self.grades, self.supposing, on_chosen)
        self._boxes: BoxesPane | None = None
        self.details = DetailsPane(self.grades)
        self.arrangement = Arrangement()
        self._titles: dict[str, str] = {}
        self.note = ""
        """What is said in the title of the map, such as which claim is pinned."""

    def compose(self) -> ComposeResult:
        """Hold the panes, from left to right."""
        yield self.text
        yield self.outline
        if self.arrangement.has_boxes:
            yield self.boxes
        yield self.details

    def on_mount(self) -> None:
        """Arrange the panes before they are drawn for the first time."""
        self.lay_out_panes()

    def on_resize(self) -> None:
        """Arrange the panes for the new size."""
        self.lay_out_panes()

    @property
    def boxes(self) -> BoxesPane:
        """The map as boxes; it is made when it is asked for."""
        if self._boxes is None:
            from tui.panes.boxes import BoxesPane

            self._boxes = BoxesPane(self.outline)
        return self._boxes

    @property
    def active(self) -> str:
        """The pane that has the focus, or had it last."""
        return self.arrangement.active

    @property
    def map_view(self) -> OutlinePane | BoxesPane:
        """The map as it is shown now."""
        return self.boxes if self.arrangement.has_boxes else self.outline

    @property
    def active_view(self) -> TextPane | OutlinePane | BoxesPane | FieldList:
        """What takes the keys of the active pane."""
        if self.active == "text":
            return self.text
        return self.map_view if self.active == "map" else self.details.list

    @property
    def context(self) -> str:
        """Where the focus is, as the table of actions calls it."""
        focused = self.screen.focused
        if isinstance(focused, TextPane):
            return "text"
        if isinstance(focused, FieldList):
            return "details"
        return "map" if focused is self.map_view else "workbench"

    def draw_map(self) -> None:
        """Draw the map again, the boxes too if they are shown."""
        self.outline.refresh()
        if self.arrangement.has_boxes:
            run_aside(self, self.boxes.show_map, "boxes")

    def leave_supposing(self) -> bool:
        """Show the map as it is; tell whether something was supposed to be gone."""
        was_on = self.supposing.is_on
        if was_on:
            self.supposing.clear()
            self.screen.query("SupposingLine").remove()
            self.draw_map()
        return was_on

    def on_outline_pane_marked(self) -> None:
        """Show what is marked, how many that is, and what can be done with them."""
        self.draw_map()
        self.show_counts()
        self.screen.query_one(KeyLine).show()

    def give_focus(self, name: str) -> None:
        """Give the focus to the pane called *name*, which is shown for it."""
        self.arrangement.active = name
        self.lay_out_panes()
        self.active_view.focus()

    def turn(self, by: int) -> None:
        """Give the focus to the next pane, or to the one before."""
        self.give_focus(PANES[(PANES.index(self.active) + by) % len(PANES)])

    def maximise_active(self) -> None:
        """Give the active pane the whole screen, or give it back."""
        self.arrangement.is_maximised = not self.arrangement.is_maximised
        self.lay_out_panes()

    def widen(self, by: int) -> None:
        """Make the active pane *by* columns wider."""
        self.arrangement.widen(by)
        self.lay_out_panes()

    def lay_out_panes(self) -> None:
        """Show the panes that there is room for."""
        room = self.size.width or self.app.size.width
        widths = self.arrangement.widths(room)
        for name, pane in self._panes():
            pane.display = name in widths
            pane.styles.width = widths.get(name, room)
        self._titles.clear()
        hidden = self.outline if self.arrangement.has_boxes else self._boxes
        if hidden is not None:
            hidden.display = False

    async def turn_boxes(self) -> None:
        """Show the map as boxes, or as an outline again."""
        self.arrangement.has_boxes = not self.arrangement.has_boxes
        if self.arrangement.has_boxes:
            if not self.boxes.is_attached:
                await self.mount(self.boxes, after=self.outline)
            await self.boxes.show_map()
        self.give_focus("map")

    def _panes(self) -> Iterator[tuple[str, Widget]]:
        return zip(PANES, (self.text, self.map_view, self.details), strict=True)

    def show_counts(self) -> None:
        """Say in the titles where the cursor is, and how much there is."""
        sentences = self.text.paragraphs.sentences
        here = self.text.paragraphs.sentence_number(self.text.cursor.head[0]) + 1
        tabs = len(self.arrangement.shown(self.size.width)) == 1
        names = {"text": f"text · {here:,}/{len(sentences):,}", "map": "map", "details": "details"}
        statements = self.session.map.statements
        if statements:
            names["map"] += f" · {counted(len(statements), 'statement')}"
        if self.note:
            names["map"] = f"map · {self.note}"
        marked = len(self.outline.marks.rows(self.session.map))
        if marked:
            names["map"] += f" · {marked:,} marked"
        shown = self.details.label
        if shown:
            names["details"] = shown
        for name, pane in self._panes():
            title = names[name]
            if tabs:
                title = "  ".join(
                    names[n] if n == name else f"{number} {n}" for number, n in enumerate(PANES, 1)
                )
            if self._titles.get(name) != title:  # setting one draws the pane again
                self._titles[name] = title
                pane.border_title = Content(title)
