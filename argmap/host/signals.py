"""Signals that end a command in the same way as ctrl+c."""

from __future__ import annotations

import atexit
import signal
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import FrameType

STOPPING: Final = [
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if hasattr(signal, name)  # Windows has no SIGHUP
]
"""Signals that ask a command to stop."""

GRACE: Final = 10.0
"""Seconds in which further signals are ignored, so that they do not interrupt cleaning up."""


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise KeyboardInterrupt inside the block for SIGTERM and SIGHUP, as for ctrl+c.

    A signal that is ignored at the start stays ignored, such as SIGHUP under nohup. Outside the
    main thread nothing changes, because Python handles signals only there.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in STOPPING}
    # None means a handler outside Python, which cannot be restored.
    caught = {n: h for n, h in before.items() if h not in (signal.SIG_IGN, None)}
    interruption = _Interruption()
    for number in caught:
        signal.signal(number, interruption.interrupt)
    try:
        yield
    finally:
        interruption.is_over = True
        if interruption.is_recent:  # a second signal may come while Python shuts down
            atexit.register(_ignore, list(caught))
        else:
            for number, handler in caught.items():
                signal.signal(number, handler)


def _ignore(numbers: Iterable[int]) -> None:
    for number in numbers:
        signal.signal(number, signal.SIG_IGN)


class _Interruption:
    """Interrupts a command once, and ignores further signals for a while."""

    def __init__(self) -> None:
        self.last: float | None = None
        """Time of the interruption, on the monotonic clock."""
        self.is_over = False
        """True once the command has ended."""

    @property
    def is_recent(self) -> bool:
        return self.last is not None and time.monotonic() - self.last < GRACE

    def interrupt(self, number: int, _frame: FrameType | None) -> None:
        """Handle a signal."""
        if self.is_recent:
            return
        if self.is_over:  # nothing is left to clean up
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
            return
        self.last = time.monotonic()
        raise KeyboardInterrupt
