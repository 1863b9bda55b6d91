"""The base of panes that draw themselves: styles, extent and scrolling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self, TypeVar

from rich.style import Style
from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.widget import Widget

from .frames import BorderBar, ThinBar, thumb_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.color import Color
    from textual.content import Content
    from textual.reactive import Reactive

N = TypeVar("N", int, float)

_NO_LINE: Final = {"", "none", "blank", "hidden"}
"""Borders that are invisible."""


class PaintedPane(ScrollView):
    """A pane that draws its own rows, and only the visible ones."""

    ALLOW_SELECT = False
    can_focus = True

    def __init__(self) -> None:
        """Start without styles."""
        self._is_titling = False
        super().__init__()
        self._styles: dict[tuple[str, ...], Style] = {}

    def notify_style_update(self) -> None:
        """Forget the styles of the old theme."""
        super().notify_style_update()
        self._styles.clear()

    def cancel_drag(self) -> bool:
        """Cancel a drag in this pane; return whether there was one."""
        return False

    def on_mouse_release(self) -> None:
        """Cancel a drag that another screen has interrupted.

        The button is released over that screen, so this pane never sees it. A drag that was begun
        since holds the mouse again.
        """
        if self.app.mouse_captured is not self:
            self.cancel_drag()

    def on_focus(self) -> None:
        """Move the scroll bar to the border that the focus adds."""
        self.refresh(layout=True)

    def on_blur(self) -> None:
        """Move the scroll bar inside again."""
        self.refresh(layout=True)

    def _arrange_scrollbars(self, region: Region) -> Iterable[tuple[Widget, Region]]:
        """Put the bars on the border, if there is one, so that no two lines are adjacent."""
        styles = self.styles
        right = styles.border_right[0] not in _NO_LINE
        below = styles.border_bottom[0] not in _NO_LINE
        for bar, place in super()._arrange_scrollbars(region):
            if not isinstance(bar, ScrollBar):
                yield bar, place  # the corner between the bars
                continue
            moved = right if bar.vertical else below
            bar.renderer = BorderBar if moved else ThinBar  # type: ignore[misc]  # meant to be set
            yield bar, place + (Offset(moved, 0) if bar.vertical else Offset(0, moved))

    def show_title(self, words: Content) -> None:
        """Show *words* in the top border, and draw that line alone again."""
        self._is_titling = True
        self.border_title = words
        self._is_titling = False

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Draw *regions* again, or the whole pane without any; for a new title, its border."""
        if self._is_titling:
            corner = self.content_offset
            regions = (Region(-corner.x, -corner.y, self.outer_size.width, 1),)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Draw the rows in their new places, and the bar where its thumb has moved."""
        if self.show_vertical_scrollbar:
            self._update_bar(ScrollBar.position, new_value)
        if round(old_value) != round(new_value):
            self.refresh(self.size.region)

    def _update_bar(self, part: Reactive[N], value: N) -> None:
        """Set *part* of the scroll bar to *value*, and draw the lines on which its thumb differs.

        Setting it as Textual does would draw the whole bar again. The rows of a pane change with
        every key, and its thumb rarely does.
        """
        bar = self.vertical_scrollbar
        before = set(thumb_lines(bar))
        bar.set_reactive(part, value)
        after = set(thumb_lines(bar))
        changed = before ^ after
        if changed and not (before and after):  # a bar without a thumb cannot be clicked anywhere
            bar.refresh()
        elif changed:
            bar.refresh(*(Region(0, line, bar.size.width, 1) for line in changed))

    def redraw_rows(self, *numbers: int) -> None:
        """Draw the rows *numbers* again, of which some may be out of view."""
        width, height = self.scrollable_content_region.size
        lines = {number - self.scroll_offset.y for number in numbers}
        regions = [Region(0, line, width, 1) for line in lines if 0 <= line < height]
        if regions:  # no region at all would mean the whole pane
            self.refresh(*regions)

    def styled(self, *parts: str) -> Style:
        """Return the pane's style combined with the component classes *parts*.

        Later parts override earlier ones; empty names are skipped.
        """
        if parts not in self._styles:
            style = self.rich_style
            for part in filter(None, parts):
                style += self._part_style(part)
            self._styles[parts] = style
        return self._styles[parts]

    def set_extent(self, width: int, height: int) -> None:
        """Make the inside *width* columns by *height* rows, without a new layout.

        Textual lays the whole screen out again when a virtual size changes. A pane that always has
        its scroll bar, or never, only needs the bar updated.
        """
        size = Size(width, height)
        if self.virtual_size == size:
            return
        self.set_reactive(Widget.virtual_size, size)
        if self.show_vertical_scrollbar:
            self._update_bar(ScrollBar.window_virtual_size, height)
        if self.scroll_offset.y > self.max_scroll_y:
            self.scroll_to_row(self.max_scroll_y)

    def scroll_to_row(self, row: int) -> None:
        """Scroll without delay so that *row* is the first visible one."""
        self.scroll_to(y=row, animate=False, force=True, immediate=True)

    def _part_style(self, part: str) -> Style:
        """Return the style of *part*, with its colours blended into the background."""
        styles = self.get_component_styles(part)
        ground = self.background_colors[1]
        ink = styles.color if styles.has_rule("color") else None
        paper = styles.background if styles.has_rule("background") else None
        own = Style(
            color=_mixed(ground, ink).rich_color if ink is not None else None,
            bgcolor=_mixed(ground, paper).rich_color if paper is not None else None,
        )
        return own + styles.text_style


def _mixed(ground: Color, colour: Color) -> Color:
    return colour if colour.ansi is not None or colour.a == 1 else ground + colour
