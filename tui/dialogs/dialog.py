"""What dialogs have in common: a box in the middle, over the screen that asks."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import ModalScreen

T = TypeVar("T")


class Dialog(ModalScreen[T]):
    """A box over a screen; its one `Vertical` is the box."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 50%;
        & > Vertical {
            width: 76; max-width: 100%; height: auto; max-height: 100%;
            background: $surface; border: round $primary; padding: 0 1;
        }
        & Line, & Line:focus {
            border: none; height: 1; padding: 0; margin: 0 1; background: $surface;
        }
        & OptionList {
            height: auto; border: none; background: $surface; padding: 0; margin: 1 0 0 0;
            scrollbar-size-vertical: 1;
        }
        & Static { color: $foreground 70%; margin: 0 1; height: auto; }
        & .hint { margin: 1 1 0 1; }
    }
    """
