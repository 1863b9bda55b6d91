"""What the panes that draw themselves share: their styles, their extent, and how they scroll."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.color import Color


class PaintedPane(ScrollView):
    """A pane that draws its rows itself, and only those that are seen."""

    ALLOW_SELECT = False
    can_focus = True

    def __init__(self) -> None:
        """Begin without styles."""
        super().__init__()
        self._styles: dict[tuple[str, ...], Style] = {}

    def notify_style_update(self) -> None:
        """Forget the styles of the old theme."""
        super().notify_style_update()
        self._styles.clear()

    def styled(self, *parts: str) -> Style:
        """Return the pane's style with those of the component classes *parts* over it.

        What a later one sets wins; empty names are skipped.
        """
        if parts not in self._styles:
            style = self.rich_style
            for part in filter(None, parts):
                style += self._part_style(part)
            self._styles[parts] = style
        return self._styles[parts]

    def set_extent(self, width: int, height: int) -> None:
        """Let the pane be *width* columns and *height* rows inside, without a new layout.

        Textual lays the whole screen out again when a virtual size changes; a view
        that always has its scroll bar, or never one, needs only the bar drawn anew.
        """
        size = Size(width, height)
        if self.virtual_size == size:
            return
        self.set_reactive(Widget.virtual_size, size)
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = height
            self.vertical_scrollbar.refresh()
        if self.scroll_offset.y > self.max_scroll_y:
            self.scroll_to_row(self.max_scroll_y)

    def scroll_to_row(self, row: int) -> None:
        """Scroll at once, so that *row* is the first that is seen."""
        self.scroll_to(y=row, animate=False, force=True, immediate=True)

    def _part_style(self, part: str) -> Style:
        """Return what *part* sets; a colour that lets the ground through is mixed with it."""
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
