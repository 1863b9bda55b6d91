"""Paths that cannot be a database are refused, and the files stay unchanged."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.oracles.databases import refusal

import store
from argmap.errors import StoreError

MAGIC = b"SQLite format 3\0"


@pytest.mark.parametrize(
    "words",
    [b"x", b"\0", b"xy", b"Dear editor,\n" * 99, b"\0" * 512, b"\0" * 8192, b"\xff" * 4096,
     MAGIC, MAGIC[:15], MAGIC + b"\xff" * 84, MAGIC + b"\xff" * 999, MAGIC + b"\0" * 4080],
    ids=lambda words: f"{len(words)} bytes from {words[:4].hex()}",
)  # fmt: skip
def test_a_file_that_is_no_database_is_refused(path: Path, words: bytes) -> None:
    path.write_bytes(words)
    assert refusal(path)


@given(st.binary(min_size=1, max_size=2000))
def test_no_bytes_are_taken_for_a_database(
    tmp_path_factory: pytest.TempPathFactory, words: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "argmap.db"
    path.write_bytes(words)
    assert refusal(path)


def test_a_database_in_memory_is_refused() -> None:
    assert "in memory" in refusal(Path(":memory:"))
    assert not Path(":memory:").exists()


@pytest.mark.parametrize("name", ["q" * 300, "half\0name"])
def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path, name: str) -> None:
    for attempt in (store.open_store, store.open_to_read):
        with pytest.raises(StoreError, match="cannot be used"):
            attempt(tmp_path / name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files")
def test_a_pipe_and_a_device_are_refused_without_being_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), Path("/dev/null")):
        assert "not a database" in refusal(path)


def test_a_name_that_is_not_utf8_is_opened(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"op-eds \xff.db")
    try:
        path.touch()
    except OSError:
        pytest.skip("no such names here")
    with store.open_store(path) as opened:
        id_ = store.add_text(opened, "One text.", "one")
    with store.open_store(path) as opened:
        assert store.document_ids(opened) == [id_]
