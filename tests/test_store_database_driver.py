"""Python's module for SQLite, which must be the one that sqlite-utils uses."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from sqlite_utils.utils import sqlite3 as of_sqlite_utils  # type: ignore[attr-defined]

import store
from store.database import driver

if TYPE_CHECKING:
    from pathlib import Path


def test_readers_and_writers_use_one_module() -> None:
    assert driver.sqlite3 is of_sqlite_utils


def test_a_reader_does_without_sqlite_utils(tmp_path: Path) -> None:
    path = tmp_path / "op-eds.db"
    with store.open_store(path) as opened:
        document = store.add_text(opened, "The toll pays for itself.")
    program = (
        "import sys, store\n"
        "with store.open_to_read(sys.argv[1]) as opened:\n"
        "    print(store.load_map(opened, sys.argv[2]).document.id, 'sqlite_utils' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, path, document], capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == [document, "False"]
