"""A list of choices whose highlighted row is plain to see in a terminal's own colours too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.style import Style
from textual.widgets import OptionList

if TYPE_CHECKING:
    from textual.strip import Strip

_HIGHLIGHT: Final = Style(reverse=True, bold=True)


class ChoiceList(OptionList):
    """An `OptionList` that reverses its highlighted row where colours cannot be mixed.

    Textual's own drops `reverse` from the style of a row.
    """

    DEFAULT_CSS = """
    ChoiceList:ansi, ChoiceList:ansi:focus {
        & > .option-list--option-highlighted { color: ansi_default; background: ansi_default; }
    }
    """

    def render_line(self, y: int) -> Strip:
        """Draw row *y* of what is seen."""
        strip = super().render_line(y)
        number = self.scroll_offset.y + y
        is_here = number < len(self._lines) and self._lines[number][0] == self.highlighted
        return strip.apply_style(_HIGHLIGHT) if is_here and self.app.current_theme.ansi else strip
