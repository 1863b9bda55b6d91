"""Giving the focus to a widget before the next key is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.widget import Widget


def focus(widget: Widget) -> None:
    """Give *widget* the focus at once.

    `Widget.focus` does it when the app has answered the keys that are waiting, which would
    then go to what had the focus before.
    """
    widget.screen.set_focus(widget)
