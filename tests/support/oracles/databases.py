"""A database by its path: refusals to open it, and its content as other programs see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 where there is one

import store
from argmap.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path


def refusal(path: Path) -> str:
    """Return the one line with which reading and writing are refused; nothing may change."""
    before = path.read_bytes() if path.is_file() else b""
    said = []
    for attempt in (store.open_store, store.open_to_read):
        with pytest.raises(StoreError) as caught:
            attempt(path)
        said.append(str(caught.value))
    assert said[0] == said[1]
    assert said[0].startswith(f"{path}: ")
    assert "\n" not in said[0]
    assert (path.read_bytes() if path.is_file() else b"") == before
    return said[0]


def rows(path: Path, *statements: str) -> list[tuple[object, ...]]:
    """Run SQL as any program would, and return the rows of the last statement."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        found: list[tuple[object, ...]] = []
        for sql in statements:
            found = connection.execute(sql).fetchall()
        return found
    finally:
        connection.close()
