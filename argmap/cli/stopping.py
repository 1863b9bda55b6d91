"""Signals that end a command as ctrl+c does."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_SIGNALS: Final = [
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if hasattr(signal, name)  # Windows has no SIGHUP
]

GRACE: Final = 10.0
"""Seconds after a signal in which a further one is ignored, so that it ends no cleaning up."""


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise KeyboardInterrupt inside for SIGTERM and SIGHUP, as for ctrl+c.

    A signal that is ignored at the start stays ignored, as SIGHUP under nohup. Outside of the
    main thread nothing changes, because Python handles signals only there.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    last = -GRACE

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        """Interrupt the command, once."""
        nonlocal last
        now = time.monotonic()
        if now - last >= GRACE:
            last = now
            raise KeyboardInterrupt

    before = {number: signal.getsignal(number) for number in _SIGNALS}
    # None stands for a handler that is not Python's, and cannot be put back.
    caught = {n: h for n, h in before.items() if h not in (signal.SIG_IGN, None)}
    for number in caught:
        signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number, handler in caught.items():
            signal.signal(number, handler)
