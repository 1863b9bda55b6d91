"""The welcome of an empty library: the ways to begin, by key or by click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.look.signs import drawn

if TYPE_CHECKING:
    from textual import events
    from textual.app import RenderResult

    from tui.core.program import Program

WAYS: Final = ("library.file", "library.paste", "library.example")
"""The ids of the actions that the welcome offers."""

_HEAD: Final = 5
"""Number of rows above the first action."""

_INDENT: Final = 7
"""Columns before the key of an action."""


class Welcome(Widget, can_focus=True):
    """The welcome text with the ways to begin; it has the focus, so that it gets the keys."""

    DEFAULT_CSS = """
    Welcome { width: 46; height: 8; }
    """
    app: Program
    pointed: reactive[int | None] = reactive(None)
    """The number of the action under the mouse, if any."""

    def render(self) -> RenderResult:
        """Draw the name, the sentence and the actions with their keys."""
        lines = [
            _centred(Content.styled("argmap", "bold $primary"), self.size.width),
            Content(),
            _centred(Content("Take an op-ed apart, claim by claim."), self.size.width),
            Content(),
            Content(),
        ]
        for number, id_ in enumerate(WAYS):
            key = drawn(self.app.key(id_))
            words = Content.assemble((f"{key:4}", "bold $accent"), self.app.action(id_).title)
            is_pointed = number == self.pointed
            lines.append(
                Content(" " * _INDENT) + (words.stylize("underline") if is_pointed else words)
            )
        return Content("\n").join(lines)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Underline the action under the mouse."""
        self.pointed = self._way_at(event.y)

    def on_leave(self) -> None:
        """Clear the underline."""
        self.pointed = None

    async def on_click(self, event: events.Click) -> None:
        """Run the action that was clicked."""
        number = self._way_at(event.y)
        if number is not None:
            await self.run_action(f"app.act({WAYS[number]!r})")

    def _way_at(self, row: int) -> int | None:
        number = row - _HEAD
        return number if 0 <= number < len(WAYS) else None


def _centred(content: Content, width: int) -> Content:
    return Content(" " * max(0, (width - content.cell_length) // 2)) + content
