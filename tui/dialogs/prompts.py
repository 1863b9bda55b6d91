"""Asking for a line, or for one of several things."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.core.host import Asker

    from .pick import Choice


async def ask(asker: Asker, title: str, value: str = "", note: str = "") -> str | None:
    """Ask for a line, with *value* there to begin with; None where it was left.

    *note*, if it is given, says what has to be known first.
    """
    from .ask import AskDialog

    return await asker.ask(AskDialog(title, value, note=note))


async def pick(
    asker: Asker,
    title: str,
    choices: Sequence[Choice] | Callable[[str], Sequence[Choice]],
    current: str | None = None,
) -> str | None:
    """Ask for one of *choices*, with the cursor on *current*; None where it was left."""
    from .pick import PickDialog

    return await asker.ask(PickDialog(title, choices, current=current))
