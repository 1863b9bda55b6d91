"""Signals that end the program: the terminal goes away, or the system asks it to end."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType


def end_on_signals(end_soon: Callable[[], None]) -> None:
    """Call *end_soon* in the running loop when the program is to end.

    The handlers outlive the loop, so that a second signal interrupts no cleaning up. Where
    SIGHUP is ignored, as under nohup, it stays so.
    """
    loop = asyncio.get_running_loop()

    def end(_number: int, _frame: FrameType | None) -> None:
        """End from within the loop; once that is closed the end is near anyway."""
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(end_soon)

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            with suppress(ValueError):  # not in the main thread, as in some tests
                signal.signal(number, end)
