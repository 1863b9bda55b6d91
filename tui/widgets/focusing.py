"""Giving the focus to a widget before the next key is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.widget import Widget


def focus(widget: Widget) -> None:
    """Give *widget* the focus without delay.

    `Widget.focus` does it only after the waiting keys, which would then go to the old widget.
    """
    widget.screen.set_focus(widget)
