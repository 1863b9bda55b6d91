"""Shortcuts that ask for a line or for one of several choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.core.host import Asker

    from .pick import Choice


async def ask(asker: Asker, title: str, value: str = "", note: str = "") -> str | None:
    """Ask for a line that begins as *value*; return None if the reader cancels.

    A *note* is shown above the line.
    """
    from .ask import AskDialog

    return await asker.ask(AskDialog(title, value, note=note))


async def pick(
    asker: Asker,
    title: str,
    choices: Sequence[Choice] | Callable[[str], Sequence[Choice]],
    current: str | None = None,
) -> str | None:
    """Ask for one of *choices*; return its id, or None if the reader cancels.

    *current* is the id of the choice that is highlighted first.
    """
    from .pick import PickDialog

    return await asker.ask(PickDialog(title, choices, current=current))
