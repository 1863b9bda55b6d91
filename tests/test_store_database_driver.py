"""Python's module for SQLite, which must be the one that sqlite-utils uses."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from sqlite_utils.utils import sqlite3 as of_sqlite_utils  # type: ignore[attr-defined]

import store
from store.database import driver

if TYPE_CHECKING:
    from pathlib import Path


def test_readers_and_writers_use_one_module() -> None:
    assert driver.sqlite3 is of_sqlite_utils


@pytest.mark.parametrize(
    "work",
    ["store.open_to_read(path).close()", "store.undo(store.open_store(path, 0.3), document)"],
    ids=["reading", "undoing"],
)
def test_only_a_change_of_the_schema_needs_sqlite_utils(tmp_path: Path, work: str) -> None:
    path = tmp_path / "op-eds.db"
    with store.open_store(path) as opened:
        document = store.add_text(opened, "The toll pays for itself.")
    program = f"""
import sys, store
_, path, document = sys.argv
with store.open_to_read(path) as opened:
    print(store.load_map(opened, document).document.id)
{work}
print('sqlite_utils' in sys.modules)
"""
    ran = subprocess.run(
        [sys.executable, "-c", program, path, document], capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == [document, "False"]
