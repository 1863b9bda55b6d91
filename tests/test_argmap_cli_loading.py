"""Modules that a command does not load, so that it answers soon."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support.drivers.command_line import Terminal
from support.drivers.desk import CLAIM, DOCUMENT, EVIDENCE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def toll(tmp_path: Path) -> Terminal:
    terminal = Terminal(tmp_path)
    file = terminal.records("toll.jsonl", DOCUMENT, CLAIM, EVIDENCE)
    assert terminal.run("import", file).code == 0
    return terminal


def test_help_loads_neither_screens_nor_the_store() -> None:
    heavy = (
        "textual sqlite_utils rapidfuzz markdown_it store tui attr msgspec pathlib platformdirs"
        " importlib.metadata tempfile argmap.cli._context argmap.cli.list_ argmap.text.display"
    )
    script = (
        "import sys; from argmap.cli import main\n"
        "sys.argv = ['argmap', '--help']\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print([m for m in '{heavy}'.split() if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_list_loads_neither_maps_nor_what_writes(toll: Terminal) -> None:
    heavy = (
        "sqlite_utils rapidfuzz yaml msgspec tomllib textual tui argmap.model.map argmap.rubrics"
        " argmap.analysis argmap.op_eds argmap.cli.import_ store.log store.ingest"
    )
    script = (
        "import sys; from argmap.cli import main\n"
        f"sys.argv = ['argmap', '-d', {str(toll.database)!r}, 'list']\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print([m for m in '{heavy}'.split() if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[0].startswith("toll  The toll")
    assert done.stdout.splitlines()[-1] == "[]"


def test_importing_argmap_loads_no_terminal_and_no_database() -> None:
    heavy = "click rich textual sqlite3 store tui"
    script = f"import sys, argmap; print([m for m in '{heavy}'.split() if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
