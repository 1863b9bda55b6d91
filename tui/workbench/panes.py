"""The three panes: their visibility, widths, titles and focus."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.content import Content
from textual.style import Style

from argmap.text.display import counted
from tui.core.background import run_in_background
from tui.look.signs import drawn
from tui.text.pane import TextPane
from tui.views.grades import Grades
from tui.widgets.bars import KeyLine
from tui.widgets.field_list import FieldList
from tui.widgets.focusing import focus
from tui.widgets.frames import border_title_content
from tui.widgets.jump_places import Target

from .arrangement import PANES, Arrangement
from .details.pane import DetailsPane
from .dragging import Drag, begin_drag, follow_mouse, tip_under
from .map.outline_keys import MapOutline
from .text.keys import ReadingPane

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual import events
    from textual.app import ComposeResult
    from textual.geometry import Region
    from textual.strip import Strip
    from textual.widget import Widget

    from tui.core.program import Program
    from tui.core.workspace import Workspace

    from .map.boxes.pane import BoxesPane
    from .map.outline_pane import OutlinePane


class Panes(Horizontal):
    """The text, map and details of one document."""

    DEFAULT_CSS = """
    Panes {
        height: 1fr;
        & TextPane, & OutlinePane, & BoxesPane, & DetailsPane > FieldList {
            background: $background;
            border: none; border-top: solid $foreground 25%; padding: 0 1 1 1;
            border-title-color: $foreground 70%;
        }
        &:ansi TextPane, &:ansi OutlinePane, &:ansi BoxesPane, &:ansi DetailsPane > FieldList {
            border-top: solid ansi_bright_black;
        }
        & TextPane:focus, & OutlinePane:focus, & BoxesPane:focus {
            border: round $primary; padding: 0; border-title-color: $primary;
        }
        & DetailsPane:focus-within > FieldList {
            border: round $primary; padding: 0; border-title-color: $primary;
        }
        & BoxesPane { padding-left: 2; }
        & BoxesPane:focus { padding-left: 1; }
        & DetailsPane > Editor { margin-top: 1; }
        & DetailsPane > .notice { margin-bottom: 1; }
    }
    """

    app: Program

    def __init__(self, work: Workspace, on_chosen: Callable[[], None]) -> None:
        """Show the document of *work*; call *on_chosen* when another row is highlighted."""
        super().__init__()
        self.work, self.session = work, work.session
        self.text = ReadingPane(work)
        self.grades = Grades(work.session, work.rater)
        self.outline = MapOutline(work, self.grades, on_chosen)
        self._boxes: BoxesPane | None = None
        self.details = DetailsPane(work, self.grades)
        self.arrangement = Arrangement()
        self._titles: dict[str, tuple[Content, str, int, str]] = {}
        self.note = ""
        """An addition to the title of the map, such as the pinned claim."""
        self._drag: Drag | None = None
        """The drag of an edge between panes, while it lasts."""

    def compose(self) -> ComposeResult:
        """Yield the panes, from left to right."""
        yield self.text
        yield self.outline
        if self.arrangement.has_boxes:
            yield self.boxes
        yield self.details

    def on_mount(self) -> None:
        """Lay the panes out before they are first drawn."""
        self.lay_out_panes()
        self.watch(self.app, "theme", self.show_counts, init=False)

    def on_resize(self) -> None:
        """Lay the panes out for the new size, and keep toasts above the lines below them."""
        self.lay_out_panes()
        # A toast must not cover the lines below the panes: it is often about them.
        for rack in self.screen.query("ToastRack"):
            rack.styles.margin = (0, 1, max(1, self.screen.size.height - self.region.bottom), 0)

    def render_lines(self, crop: Region) -> list[Strip]:  # noqa: ARG002  (as in Textual)
        """Return nothing: the panes cover all of it, so that blank lines would never be seen."""
        return []

    @property
    def boxes(self) -> BoxesPane:
        """The map as boxes, created on first use."""
        if self._boxes is None:
            from .map.boxes.keys import MapBoxes

            self._boxes = MapBoxes(self.outline)
        return self._boxes

    @property
    def active(self) -> str:
        """The name of the pane that has the focus, or had it last."""
        return self.arrangement.active

    @property
    def map_view(self) -> OutlinePane | BoxesPane:
        """The map as currently shown: outline or boxes."""
        return self.boxes if self.arrangement.has_boxes else self.outline

    @property
    def active_view(self) -> TextPane | OutlinePane | BoxesPane | FieldList:
        """The widget that takes the keys of the active pane."""
        return self._view_of(self.active)

    def _view_of(self, name: str) -> TextPane | OutlinePane | BoxesPane | FieldList:
        """Return the widget in the pane called *name* that takes its keys and has its title."""
        if name == "text":
            return self.text
        return self.map_view if name == "map" else self.details.list

    @property
    def context(self) -> str:
        """The context of the focused widget, as the action table names it."""
        focused = self.screen.focused
        if isinstance(focused, TextPane):
            return "text"
        if isinstance(focused, FieldList):
            return "details"
        return "map" if focused is self.map_view else "workbench"

    def draw_map(self) -> None:
        """Redraw the map, and the boxes if they are shown."""
        self.outline.refresh()
        self.draw_boxes()

    def draw_boxes(self) -> None:
        """Lay the boxes out again after a change of the outline, if they are shown."""
        if self.arrangement.has_boxes:
            run_in_background(self, self.boxes.show_map, "boxes")

    def on_outline_pane_ticks_changed(self) -> None:
        """Redraw the ticks, their count in the title, and the keys for ticked rows."""
        self.draw_map()
        self.show_counts()
        self.screen.query_one(KeyLine).show()

    def focus_pane(self, name: str) -> None:
        """Focus the pane called *name*, showing it first if it is hidden."""
        self.arrangement.active = name
        self.lay_out_panes()
        focus(self.active_view)

    def focus_neighbour(self, by: int) -> None:
        """Focus the next pane, or the previous one if *by* is negative."""
        self.focus_pane(PANES[(PANES.index(self.active) + by) % len(PANES)])

    def maximise_active(self) -> None:
        """Maximise the active pane, or restore it."""
        self.arrangement.is_maximised = not self.arrangement.is_maximised
        self.lay_out_panes()

    def widen(self, by: int) -> None:
        """Widen the active pane by *by* columns."""
        self.arrangement.widen(by)
        self.lay_out_panes()

    def lay_out_panes(self) -> None:
        """Show the panes that fit the screen, each with its width."""
        room = self.size.width or self.app.size.width
        self.arrangement.has_selection = self.details.statement is not None
        widths = self.arrangement.widths(room)
        self.outline.show_foot(wanted="details" not in widths)
        for name, pane in self._panes():
            pane.display = name in widths
            pane.styles.width = widths.get(name, room)
        self._titles.clear()
        hidden = self.outline if self.arrangement.has_boxes else self._boxes
        if hidden is not None:
            hidden.display = False
        self.show_counts()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Start dragging the edge under the mouse, if there is one."""
        self._drag = begin_drag(self, event)
        if self._drag is not None:
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Move the dragged edge, or update the tooltip of the border."""
        if self._drag is not None:
            follow_mouse(self, self._drag, int(event.screen_x))
            return
        tip = tip_under(self, event)
        if tip != self.tooltip:
            self.tooltip = tip

    def on_mouse_up(self) -> None:
        """End the drag and leave the edge at its new column."""
        if self._drag is not None:
            self._drag = None
            self.release_mouse()

    def on_mouse_release(self) -> None:
        """Cancel a drag that another screen has ended, as `PaintedPane` does."""
        if self.app.mouse_captured is not self:
            self.cancel_drag()

    def cancel_drag(self) -> None:
        """Cancel the drag and restore the edge; escape does this."""
        if self._drag is not None:
            follow_mouse(self, self._drag, self._drag.column)
            self.on_mouse_up()

    def jump_targets(self) -> Iterator[Target]:
        """Yield a jump target at the title of each visible pane."""
        for name, pane in self.shown_panes():
            place = pane.region.offset - self.region.offset
            yield Target(place.y, place.x, partial(self.focus_pane, name))

    def shown_panes(self) -> list[tuple[str, Widget]]:
        """Return the visible panes with their names, from left to right."""
        return [(name, pane) for name, pane in self._panes() if pane.display]

    def arrange_for_selection(self) -> None:
        """Widen the details once something is selected; narrow them when nothing is."""
        if self.arrangement.has_selection != (self.details.statement is not None):
            self.lay_out_panes()

    async def toggle_boxes(self) -> None:
        """Show the map as boxes, or as an outline again."""
        self.arrangement.has_boxes = not self.arrangement.has_boxes
        if self.arrangement.has_boxes:
            if not self.boxes.is_attached:
                await self.mount(self.boxes, after=self.outline)
            await self.boxes.show_map()
        self.focus_pane("map")

    def _panes(self) -> Iterator[tuple[str, Widget]]:
        return zip(PANES, (self.text, self.map_view, self.details), strict=True)

    def keep_focus(self) -> None:
        """Focus the active pane if no widget has the focus."""
        if self.screen.focused is None and self.display:
            self.focus_pane(self.active)

    def on_descendant_focus(self) -> None:
        """Redraw the frames for the pane that has gained the focus."""
        self.show_counts()

    def on_descendant_blur(self) -> None:
        """Redraw the frames while no pane has the focus."""
        self.show_counts()

    @property
    def _quiet(self) -> str:
        """The style of a faint rule; a terminal with 16 colours cannot mix one."""
        return "ansi_bright_black" if self.app.current_theme.ansi else "$foreground 25%"

    def show_counts(self) -> None:
        """Show the position of the cursor and the counts in the titles."""
        self.arrange_for_selection()
        widths = self.arrangement.widths(self.size.width or self.app.size.width)
        counts = self._counts()
        for name, pane in self._panes():
            if name not in widths:
                continue
            words = self._title_of(name)
            title = tabs_of(name, words) if len(widths) == 1 else Content(words)
            quiet = "" if pane.has_focus_within else self._quiet
            drawn_from = (title, counts.get(name, ""), widths[name], quiet)
            if self._titles.get(name) != drawn_from:  # else nothing is to draw
                self._titles[name] = drawn_from
                self._view_of(name).show_title(border_title_content(*drawn_from))

    def _title_of(self, name: str) -> str:
        """Return the current title of the pane called *name*."""
        if name == "details":
            return self.details.label or name
        if name == "map":
            ticked = len(self.outline.ticks.rows(self.session.map))
            ticks = f"{ticked:,} ticked" if ticked else ""
            parts = (name, self.note, drawn(self.outline.filtered_to), ticks)
            return " · ".join(filter(None, parts))
        return name

    def _counts(self) -> dict[str, str]:
        """Return the counts at the right end of the titles, by pane."""
        sentences = self.text.paragraphs.sentences
        here = self.text.paragraphs.sentence_number(self.text.cursor.head[0]) + 1
        statements = len(self.session.map.statements)
        return {
            "text": f"{here:,}/{len(sentences):,}",
            "map": counted(statements, "statement") if statements else "",
        }


def tabs_of(name: str, words: str) -> Content:
    """Return the titles of all panes as tabs, for a screen that shows one pane.

    The tab *name* is the visible pane and has *words* as its title. A click on another tab shows
    that pane.
    """
    parts = []
    for number, other in enumerate(PANES, 1):
        if other == name:
            parts.append(Content.styled(words, "bold underline"))
        else:
            link = Style.from_meta({"@click": f"app.act('workbench.{other}')"})
            parts.append(Content.assemble((f"{number} {other}", link)).stylize("not bold"))
    return Content("  ").join(parts)
