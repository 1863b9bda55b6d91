"""Run argmap as a person's shell does: a real process, its two outputs, its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from attrs import frozen

if TYPE_CHECKING:
    from pathlib import Path


@frozen
class Ran:
    """What one run of the program did."""

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
    """A folder with a database of its own in which argmap is run."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "argmap.db"

    def run(self, *words: str | Path, stdin: bytes = b"", **environment: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "argmap", *map(str, words)],
            input=stdin,
            capture_output=True,
            cwd=self.folder,
            env=self.environment(**environment),
            check=False,
        )
        out, err = done.stdout.decode(), done.stderr.decode()
        assert "Traceback" not in err, err
        return Ran(done.returncode, out, err)

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
