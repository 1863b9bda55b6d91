"""The three panes side by side: which are there, how wide they are, which has the focus."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.content import Content
from textual.style import Style
from textual.widgets._toast import ToastRack

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
    from textual.widget import Widget

    from tui.core.program import Program
    from tui.core.workspace import Workspace

    from .map.boxes.pane import BoxesPane
    from .map.outline_pane import OutlinePane


class Panes(Horizontal):
    """Text, map and details of one document."""

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
        & TextPane:focus, & OutlinePane:focus, & BoxesPane:focus,
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
        """Show the document of *work*; *on_chosen* is called when another row is chosen."""
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
        """What is said in the title of the map, such as which claim is pinned."""
        self._drag: Drag | None = None
        """The drag of an edge between panes, while there is one."""

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
        self.watch(self.app, "theme", self.show_counts, init=False)

    def on_resize(self) -> None:
        """Arrange the panes for the new size, and keep what is said in a corner over them."""
        self.lay_out_panes()
        for rack in self.screen.query(ToastRack):  # the lines below say what a toast is about
            rack.styles.margin = (0, 1, max(1, self.screen.size.height - self.region.bottom), 0)

    @property
    def boxes(self) -> BoxesPane:
        """The map as boxes; it is made when it is asked for."""
        if self._boxes is None:
            from .map.boxes.keys import MapBoxes

            self._boxes = MapBoxes(self.outline)
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
        self.draw_boxes()

    def draw_boxes(self) -> None:
        """Let the boxes take in what changed in the outline, if they are shown."""
        if self.arrangement.has_boxes:
            run_in_background(self, self.boxes.show_map, "boxes")

    def on_outline_pane_ticks_changed(self) -> None:
        """Show what is marked, how many that is, and what can be done with them."""
        self.draw_map()
        self.show_counts()
        self.screen.query_one(KeyLine).show()

    def focus_pane(self, name: str) -> None:
        """Give the focus to the pane called *name*, which is shown for it."""
        self.arrangement.active = name
        self.lay_out_panes()
        focus(self.active_view)

    def turn(self, by: int) -> None:
        """Give the focus to the next pane, or to the one before."""
        self.focus_pane(PANES[(PANES.index(self.active) + by) % len(PANES)])

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
        """Begin to drag the edge between two panes, if one is under the mouse."""
        self._drag = begin_drag(self, event)
        if self._drag is not None:
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Let the edge follow the mouse; else let the tooltip say what the border is for."""
        if self._drag is not None:
            follow_mouse(self, self._drag, int(event.screen_x))
            return
        tip = tip_under(self, event)
        if tip != self.tooltip:
            self.tooltip = tip

    def on_mouse_up(self) -> None:
        """Leave the edge where it is."""
        if self._drag is not None:
            self._drag = None
            self.release_mouse()

    def on_mouse_release(self) -> None:
        """Cancel a drag that another screen has ended, as `PaintedPane` does."""
        if self.app.mouse_captured is not self:
            self.cancel_drag()

    def cancel_drag(self) -> None:
        """Put the edge back to where it was; escape does this."""
        if self._drag is not None:
            follow_mouse(self, self._drag, self._drag.column)
            self.on_mouse_up()

    def jump_targets(self) -> Iterator[Target]:
        """Yield the panes, each at its title."""
        for name, pane in self.shown_panes():
            place = pane.region.offset - self.region.offset
            yield Target(place.y, place.x, partial(self.focus_pane, name))

    def shown_panes(self) -> list[tuple[str, Widget]]:
        """Return the panes that are on the screen, by name."""
        return [(name, pane) for name, pane in self._panes() if pane.display]

    def arrange_for_selection(self) -> None:
        """Give the details their room once something is selected, and take it back after."""
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
        """Give the focus to the active pane where nothing has it, such as after a small screen."""
        if self.screen.focused is None and self.display:
            self.focus_pane(self.active)

    def on_descendant_focus(self) -> None:
        """Draw the frames for the pane that has the focus now."""
        self.show_counts()

    def on_descendant_blur(self) -> None:
        """Draw the frames while none of the panes has the focus."""
        self.show_counts()

    @property
    def _quiet(self) -> str:
        """The style of a rule; sixteen colours cannot be mixed."""
        return "ansi_bright_black" if self.app.current_theme.ansi else "$foreground 25%"

    def show_counts(self) -> None:
        """Say in the titles where the cursor is, and how much there is."""
        self.arrange_for_selection()
        widths = self.arrangement.widths(self.size.width or self.app.size.width)
        counts = self._counts()
        for name, pane in self._panes():
            if name not in widths:
                continue
            words = self._title_of(name)
            title = tabs_of(name, words) if len(widths) == 1 else Content(words)
            framed = self.details.list if name == "details" else pane
            quiet = "" if pane.has_focus_within else self._quiet
            drawn_from = (title, counts.get(name, ""), widths[name], quiet)
            if self._titles.get(name) != drawn_from:  # setting one draws the pane again
                self._titles[name] = drawn_from
                framed.border_title = border_title_content(*drawn_from)

    def _title_of(self, name: str) -> str:
        """Return the title of the pane called *name* now."""
        if name == "details":
            return self.details.label or name
        if name == "map":
            marked = len(self.outline.ticks.rows(self.session.map))
            marks = f"{marked:,} ticked" if marked else ""
            parts = (name, self.note, drawn(self.outline.filtered_to), marks)
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
    """Return the titles of all panes, where only the one called *name* is shown, as *words*.

    A click on one of the others shows it.
    """
    parts = []
    for number, other in enumerate(PANES, 1):
        if other == name:
            parts.append(Content.styled(words, "bold underline"))
        else:
            link = Style.from_meta({"@click": f"app.act('workbench.{other}')"})
            parts.append(Content.assemble((f"{number} {other}", link)).stylize("not bold"))
    return Content("  ").join(parts)
