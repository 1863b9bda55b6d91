"""An import leaves no segments of the full text that a later edit would have to merge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store import open_store
from store.rows.full_text import merge_segments

if TYPE_CHECKING:
    from pathlib import Path

    from store import Store

SEGMENTS = "SELECT count(DISTINCT segid) FROM statement_fts_idx"
ADD = "INSERT INTO statement_fts (rowid, text, note) VALUES (?, 'who pays for the toll', NULL)"
FIND = "SELECT count(*) FROM statement_fts WHERE statement_fts MATCH 'toll'"


def number(store: Store, query: str) -> int:
    return int(store.connection.execute(query).fetchone()[0])


def add_segments(store: Store, count: int) -> None:
    for place in range(count):
        store.connection.execute(ADD, (place + 1,))


def test_segments_are_merged_and_words_are_still_found(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.db") as store:
        add_segments(store, 8)
        assert number(store, SEGMENTS) == 8
        merge_segments(store)
        assert (number(store, SEGMENTS), number(store, FIND)) == (1, 8)
        assert not store.connection.in_transaction


def test_while_another_process_writes_the_segments_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_store(path) as store, open_store(path) as other:
        add_segments(store, 8)
        other.connection.execute("BEGIN IMMEDIATE")
        merge_segments(store)
        other.connection.execute("ROLLBACK")
        assert number(store, SEGMENTS) == 8
