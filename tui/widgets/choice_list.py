"""A list of choices whose highlight is visible in the terminal's own colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.style import Style
from textual.widgets import OptionList

if TYPE_CHECKING:
    from textual.strip import Strip

_HIGHLIGHT: Final = Style(reverse=True, bold=True)


class ChoiceList(OptionList):
    """An `OptionList` with a reversed highlight where colours cannot be mixed.

    Textual's own drops `reverse` from the style of a row.
    """

    DEFAULT_CSS = """
    ChoiceList:ansi, ChoiceList:ansi:focus {
        & > .option-list--option-highlighted { color: ansi_default; background: ansi_default; }
    }
    """

    def page(self, by: int) -> None:
        """Scroll *by* pages, and move the highlight to a visible row that can be chosen.

        Rows that cannot be chosen are scrolled to as well, so that they can be read. Textual's own
        paging stops at the last row before them.
        """
        # Textual has no public way from an option to its row, hence `_index_to_line`.
        height = max(1, self.scrollable_content_region.height)
        top = max(0, min(round(self.scroll_y) + by * height, self.max_scroll_y))
        here = self._index_to_line.get(self.highlighted, 0) if self.highlighted is not None else 0
        seen = [
            number
            for number, line in self._index_to_line.items()
            if top <= line < top + height and not self.options[number].disabled
        ]
        self.scroll_to(y=top, animate=False, immediate=True)
        if seen:
            wanted = here + by * height
            self.highlighted = min(seen, key=lambda n: abs(self._index_to_line[n] - wanted))

    def action_page_down(self) -> None:
        """Page down; Textual's own fails where there is no room for any row."""
        self.page(1)

    def action_page_up(self) -> None:
        """Page up."""
        self.page(-1)

    def render_line(self, y: int) -> Strip:
        """Draw visible row *y*."""
        strip = super().render_line(y)
        number = self.scroll_offset.y + y
        is_here = number < len(self._lines) and self._lines[number][0] == self.highlighted
        return strip.apply_style(_HIGHLIGHT) if is_here and self.app.current_theme.ansi else strip
