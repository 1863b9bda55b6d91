"""Commands to measure, run by the interpreter that runs the benchmark."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING, Final

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ARGMAP: Final = (sys.executable, "-m", "argmap")
SQLITE_UTILS: Final = (sys.executable, "-m", "sqlite_utils")

NEARLY_EMPTY: Final = """\
{"type": "document", "id": "d", "title": "Short", "text": "Words."}
{"type": "statement", "id": "s", "document": "d", "kind": "claim", "text": "Words."}
"""


@frozen
class Cost:
    """The time and memory used by a process."""

    seconds: float
    """Processor seconds, in its own code and in the system's."""
    megabytes: float
    """The peak memory.

    Linux includes the peak of the parent process, so a benchmark must itself stay
    smaller than the processes that it measures.
    """
    output: str


def import_command(database: Path, path: Path, *options: str) -> Sequence[str | Path]:
    """Return the command that imports the file at *path*."""
    return (*ARGMAP, "-d", database, "import", path, "--assessor", "tess", "--json", *options)


def cost(*command: str | Path) -> Cost:
    """Run *command* to its end and return its cost.

    Raises:
        SystemExit: it failed.
    """
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen([*map(str, command)], stdout=output)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            words = " ".join(map(str, command))
            message = f"{words:.200} ended with {process.returncode}"
            raise SystemExit(message)
        output.seek(0)
        return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, output.read().decode())


def start_up(folder: Path) -> float:
    """Return the processor seconds of an import of one document and one statement."""
    path = folder / "nearly-empty.jsonl"
    path.write_text(NEARLY_EMPTY)
    seconds = cost(*import_command(folder / "nearly-empty.db", path)).seconds
    remove_databases(folder)
    return seconds


def remove_databases(folder: Path) -> None:
    """Remove every database in *folder*, with its log and index files."""
    for path in folder.glob("*.db*"):
        path.unlink()
