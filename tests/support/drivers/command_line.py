"""Run argmap as a shell does: words in, two outputs and an exit code out.

A `Terminal` runs it within this process, which takes a tenth of the time. A `Shell`
starts a real process, for tests of the process itself.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Any
from unittest import mock

from attrs import frozen

from argmap.cli import main

if TYPE_CHECKING:
    from pathlib import Path

AT_START = ("PYTHON", "LC_", "LANG")
"""Prefixes of variables that Python reads only when it starts."""


@frozen
class Ran:
    """The result of one run of the program."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401  (whatever the command printed)
        return json.loads(self.out)

    @property
    def line(self) -> str:
        """The one line on standard error."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        return lines[0]


@frozen
class Terminal:
    """A folder with a separate database in which argmap is run."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "argmap.db"

    def run(self, *words: str | Path, stdin: bytes = b"", **environment: str) -> Ran:
        at_start = [name for name in environment if name.startswith(AT_START)]
        assert not at_start, f"{at_start} are read when a process starts: use a Shell"
        given, out, err = (io.TextIOWrapper(io.BytesIO(content)) for content in (stdin, b"", b""))
        with (
            mock.patch.dict(os.environ, self.environment(**environment), clear=True),
            mock.patch.object(
                sys.modules["__main__"], "__package__", "argmap"
            ),  # click's name for us
            mock.patch.multiple(sys, argv=["__main__", *map(str, words)], stdin=given),
            chdir(self.folder),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            try:
                main()
            except SystemExit as exit_:
                code = exit_.code
        return _ran(code, _written(out), _written(err))

    def environment(self, **more: str) -> dict[str, str]:
        home = str(self.folder)
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ARGMAP", "XDG"))}
        own = {"ARGMAP_DATABASE": str(self.database), "HOME": home, "ARGMAP_ASSESSOR": "tess"}
        return kept | own | more

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def records(self, name: str, *records: dict[str, Any]) -> Path:
        return self.write(name, "".join(json.dumps(record) + "\n" for record in records))


@frozen
class Shell(Terminal):
    """A folder with a separate database in which argmap is run as a separate process."""

    def run(self, *words: str | Path, stdin: bytes = b"", **environment: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "argmap", *map(str, words)],
            input=stdin,
            capture_output=True,
            cwd=self.folder,
            env=self.environment(**environment),
            check=False,
        )
        return _ran(done.returncode, done.stdout, done.stderr)


def _ran(code: object, out: bytes, err: bytes) -> Ran:
    """Return the result of a run, which must have no traceback."""
    assert isinstance(code, int)
    assert b"Traceback" not in err, err.decode()
    return Ran(code, out.decode(), err.decode())


def _written(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    content = stream.buffer
    assert isinstance(content, io.BytesIO)
    return content.getvalue()
