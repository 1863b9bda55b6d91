"""The yardstick: the smallest possible Textual app, with the smallest reaction to a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class EmptyApp(App[None]):
    """One line that counts the presses of a key."""

    BINDINGS: ClassVar[list[BindingType]] = [("j", "count")]
    ENABLE_COMMAND_PALETTE = False
    presses = 0

    def compose(self) -> ComposeResult:
        yield Static("pressed 0 times")

    def action_count(self) -> None:
        self.presses += 1
        self.query_one(Static).update(f"pressed {self.presses} times")


if __name__ == "__main__":
    EmptyApp().run()
