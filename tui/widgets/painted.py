"""What the panes that draw themselves share: their styles, their extent, and how they scroll."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.style import Style
from textual.geometry import Offset, Size
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.widget import Widget

from .frames import BorderBar, ThinBar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.color import Color
    from textual.geometry import Region

_NO_LINE: Final = {"", "none", "blank", "hidden"}
"""Borders of which nothing is seen."""


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

    def cancel_drag(self) -> bool:
        """Put back what the mouse drags in this pane; tell whether it drags anything."""
        return False

    def on_mouse_release(self) -> None:
        """Cancel a drag that another screen has ended: the button comes up unseen, over that.

        A drag that has begun since has the mouse again.
        """
        if self.app.mouse_captured is not self:
            self.cancel_drag()

    def on_focus(self) -> None:
        """Arrange the scroll bar for the border that comes with the focus."""
        self.refresh(layout=True)

    def on_blur(self) -> None:
        """Arrange the scroll bar for a pane without a border."""
        self.refresh(layout=True)

    def _arrange_scrollbars(self, region: Region) -> Iterable[tuple[Widget, Region]]:
        """Lay the bars on the border where there is one, so that no two lines are side by side."""
        styles = self.styles
        right = styles.border_right[0] not in _NO_LINE
        below = styles.border_bottom[0] not in _NO_LINE
        for bar, place in super()._arrange_scrollbars(region):
            if not isinstance(bar, ScrollBar):
                yield bar, place  # the corner between two bars
                continue
            moved = right if bar.vertical else below
            bar.renderer = BorderBar if moved else ThinBar  # type: ignore[misc]  # meant to be set
            yield bar, place + (Offset(moved, 0) if bar.vertical else Offset(0, moved))

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
