"""The letters of jump mode, drawn over the current screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from tui.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.geometry import Offset, Size


class JumpDialog(Dialog[str | None]):
    """A dialog with a label on each place; its answer is the label typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "leave jump mode", show=False)
    ]
    DEFAULT_CSS = """
    JumpDialog {
        align: left top; background: transparent;
        & > .label {
            position: absolute; width: auto; height: 1; padding: 0; margin: 0;
            background: $accent; color: $background; text-style: bold;
        }
        &:ansi > .label { background: ansi_default; color: ansi_default; text-style: bold reverse; }
        & > .hint {
            dock: top; width: 1fr; height: 1; padding: 0 1; margin: 0;
            background: $panel; color: $foreground;
        }
    }
    """

    def __init__(self, labels: Mapping[str, Offset]) -> None:
        """Show each of *labels* at its place on the screen."""
        super().__init__()
        self._labels = dict(labels)
        self._typed = ""
        self._size_at_first: Size | None = None

    def compose(self) -> ComposeResult:
        """Yield the labels, and an instruction at the top."""
        for letters, offset in self._labels.items():
            label = Static(Content(letters), classes="label")
            # The last letter is on the place, so that the label hides little of what follows.
            label.styles.offset = (max(0, offset.x - len(letters) + 1), offset.y)
            yield label
        yield Static(Content("jump: type letters · esc cancels"), classes="hint")

    def on_resize(self) -> None:
        """Leave jump mode when a new size moves the places."""
        if self._size_at_first is not None and self._size_at_first != self.size:
            self.dismiss(None)
        self._size_at_first = self.size

    def on_key(self, event: events.Key) -> None:
        """Take a letter; leave jump mode if no label continues with it."""
        if event.key in self.active_bindings:
            return
        event.stop()
        event.prevent_default()
        self._typed += event.character or ""
        left = [letters for letters in self._labels if letters.startswith(self._typed)]
        if self._typed in left or not left or not event.character:
            self.dismiss(self._typed if self._typed in left else None)
            return
        for label in self.query(".label").results(Static):
            label.display = str(label.content).startswith(self._typed)

    def on_click(self) -> None:
        """Leave jump mode."""
        self.dismiss(None)
