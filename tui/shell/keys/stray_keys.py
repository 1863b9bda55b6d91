"""Keys that nothing on the screen has taken: each gets an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .registry import WITHIN

if TYPE_CHECKING:
    from textual import events

    from tui.core.program import Program


def answer_stray_key(app: Program, event: events.Key) -> None:
    """Say that the character of *event* does nothing on this screen, if that is so."""
    screen = app.screen
    is_ours = getattr(screen, "context", "") in WITHIN
    if is_ours and event.is_printable and event.key not in screen.active_bindings:
        name = "space" if event.character == " " else event.character
        app.say(f"{name} does nothing here · {app.key('everywhere.help')} lists the keys")


def cancel_drag_under_mouse(app: Program) -> bool:
    """Cancel what the mouse drags, if the widget that has the mouse can; tell whether it did."""
    cancel = getattr(app.mouse_captured, "cancel_drag", None)
    if cancel is None:
        return False
    cancel()
    return True
