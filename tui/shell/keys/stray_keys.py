"""Answers to keys that no widget has taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .registry import WITHIN

if TYPE_CHECKING:
    from textual import events

    from tui.core.program import Program


def answer_stray_key(app: Program, event: events.Key) -> None:
    """Say that the typed character has no action on this screen, if so."""
    screen = app.screen
    is_ours = getattr(screen, "context", "") in WITHIN
    if is_ours and event.is_printable and event.key not in screen.active_bindings:
        name = "space" if event.character == " " else event.character
        app.say(f"{name} does nothing here · {app.key('everywhere.help')} lists the keys")


def cancel_drag_under_mouse(app: Program) -> bool:
    """Cancel the drag of the widget that has the mouse; return whether it could."""
    cancel = getattr(app.mouse_captured, "cancel_drag", None)
    if cancel is None:
        return False
    cancel()
    return True
