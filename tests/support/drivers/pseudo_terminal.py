"""A process in a pseudo-terminal: the content of its screen, and the time of each change."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import pyte
from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

KEPT: Final = ("PATH", "PYTHONPATH", "TMPDIR")
"""Environment variables that a process inherits from ours; all others are set here."""

QUIET: Final = 0.03
"""Seconds without output after which an answer is complete."""

PATIENCE: Final = 5.0
"""Seconds after which an answer counts as complete despite further output, or as missing."""


class NeverShownError(Exception):
    """The expected screen never appeared; the message ends with the current screen."""


@frozen
class Answer:
    """The times of a key, and of the first and the last byte after it.

    All three in seconds of `time.perf_counter`.
    """

    pressed: float
    first: float
    last: float

    @property
    def seconds(self) -> float:
        """Seconds from the key to the last byte."""
        return self.last - self.pressed


class PseudoTerminal:
    """A process with a separate terminal; leaving the context ends it.

    Output is timestamped when it is read and drawn later, so that drawing, which is
    slow, does not affect the times. Queries of the process to the terminal get no answer.
    """

    def __init__(
        self,
        words: Sequence[str | Path],
        home: Path,
        *,
        columns: int = 120,
        rows: int = 40,
        **environment: str,
    ) -> None:
        """Start the program and arguments *words*, with *home* as home and working folder."""
        size = struct.pack("HHHH", rows, columns, 0, 0)
        given = environment_in(home) | environment
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._undrawn: deque[tuple[float, bytes]] = deque()
        self._code: int | None = None
        self.has_ended = False
        """Whether the process has closed its side; it may still be exiting."""
        self.started = time.perf_counter()
        self.pid, self._file = pty.fork()
        if self.pid == 0:
            _become([str(word) for word in words], home, given, size)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._code is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self._code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self._file)

    # Reading

    @property
    def text(self) -> str:
        """The screen after all output read so far, one line for each row."""
        while self._undrawn:
            self._draw_next()
        return self._shown()

    def settle(self, quiet: float = QUIET, patience: float = PATIENCE) -> float | None:
        """Read until nothing arrives for *quiet* seconds; return the last byte's time, if any."""
        last, until = None, time.perf_counter() + patience
        while time.perf_counter() < until and (at := self._read(quiet)) is not None:
            last = at
        return last

    def wait_for(
        self, is_there: Callable[[str], bool], patience: float = 60.0, quiet: float = QUIET
    ) -> float:
        """Wait until the screen satisfies *is_there*.

        Args:
            is_there: Takes the screen as `text` returns it.
            patience: Seconds to wait at most.
            quiet: Seconds without output after which output is drawn; output that
                arrives during drawing is timestamped late, so leave room between frames.

        Returns:
            Seconds from the start of the process to the byte that completed the screen.

        Raises:
            NeverShownError: the screen did not appear in time, or the process ended before.
        """
        at, until = time.perf_counter(), time.perf_counter() + patience
        if is_there(self.text):
            return at - self.started
        while time.perf_counter() < until:
            self.settle(quiet, patience=1.0)
            while self._undrawn:
                at = self._draw_next()
                if is_there(self._shown()):
                    return at - self.started
            if self.has_ended:
                break
        why = "the process ended" if self.has_ended else f"not there after {patience:g} s"
        message = f"{why}; the screen:\n{self.text.rstrip()}"
        raise NeverShownError(message)

    # Writing

    def write(self, keys: str) -> None:
        """Write *keys* as a keyboard sends them."""
        os.write(self._file, keys.encode())

    def press(self, keys: str, quiet: float = QUIET, patience: float = PATIENCE) -> Answer | None:
        """Write *keys* and read the output until *quiet*; None if there is none.

        Earlier output is read first and belongs to no answer.
        """
        self.settle(0)
        pressed = time.perf_counter()
        self.write(keys)
        first = self._read(patience)
        if first is None:
            return None
        return Answer(pressed, first, self.settle(quiet, patience) or first)

    def leave(self, keys: str, patience: float = 20.0) -> int | None:
        """Write *keys*, which end the process, and return its exit code; None if it stays."""
        with contextlib.suppress(OSError):  # it may have ended by itself
            self.write(keys)
        until = time.perf_counter() + patience
        while self._code is None and time.perf_counter() < until:
            self._read(0.01)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._code = os.waitstatus_to_exitcode(status)
        return self._code

    # What it takes

    @property
    def peak_memory(self) -> float | None:
        """The peak memory of the process, in MB; None if the system does not report it."""
        try:
            status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii", errors="replace")
        except OSError:
            return None
        lines = (line.split() for line in status.splitlines())
        return next((int(words[1]) * 1024 / 1e6 for words in lines if words[0] == "VmHWM:"), None)

    @property
    def echoes(self) -> bool:
        """Whether the terminal echoes input, as a shell leaves it."""
        return bool(termios.tcgetattr(self._file)[3] & termios.ECHO)

    def _read(self, patience: float) -> float | None:
        """Read the output so far and return the time; None if nothing arrives within *patience*."""
        if self.has_ended:
            time.sleep(min(patience, 0.01))
            return None
        if not select.select([self._file], [], [], patience)[0]:
            return None
        try:
            content = os.read(self._file, 1 << 16)
        except OSError:  # Linux's way to tell that the other side is closed
            content = b""
        at = time.perf_counter()
        self.has_ended = not content
        if self.has_ended:
            return None
        self._undrawn.append((at, content))
        return at

    def _shown(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display)

    def _draw_next(self) -> float:
        at, content = self._undrawn.popleft()
        self._stream.feed(content)
        return at


def environment_in(home: Path) -> dict[str, str]:
    """Return variables for a modern terminal, and a home without the user's files."""
    return {name: os.environ[name] for name in KEPT if name in os.environ} | {
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "ARGMAP_DATABASE": str(home / "argmap.db"),
        "ARGMAP_ASSESSOR": "tess",
    }


def _become(words: list[str], folder: Path, environment: dict[str, str], size: bytes) -> None:
    """Replace this forked process with the program; this never returns."""
    try:
        fcntl.ioctl(0, termios.TIOCSWINSZ, size)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # tests that run in the background ignore it
        os.chdir(folder)
        os.execvpe(words[0], words, environment)  # noqa: S606  (a test's own words)
    except OSError as error:
        os.write(2, f"{words[0]}: {error}\n".encode())
    finally:
        os._exit(127)
