"""Signals that end the program, such as a closed terminal."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType


def end_on_signals(end_soon: Callable[[], None]) -> None:
    """Call *end_soon* in the running loop when a signal asks the program to end.

    The handlers outlive the loop, so that a second signal does not interrupt the cleanup. A SIGHUP
    that is ignored, as under nohup, stays ignored.
    """
    loop = asyncio.get_running_loop()

    def end(_number: int, _frame: FrameType | None) -> None:
        """Schedule the end in the loop; if the loop is closed, the program is ending."""
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(end_soon)

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:
            with suppress(ValueError):  # not in the main thread, as in some tests
                signal.signal(number, end)
