"""Opening leaves no files behind, and does not remove files that have edits."""

from __future__ import annotations

import os
import shutil
import stat
from typing import TYPE_CHECKING

import pytest

import store
from argmap.errors import ModelError, StoreError
from argmap.host.open_databases import parts_of
from argmap.model.statement import Statement
from store.database import open_to_examine
from store.queries import list_documents

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "argmap.db"
    with store.open_store(path) as opened:
        store.add_text(opened, "One text.", "one")
    assert [p.name for p in tmp_path.iterdir()] == ["argmap.db"]
    return path


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions of another kind")
def test_reading_a_read_only_file_leaves_nothing_that_forbids_to_write_later(path: Path) -> None:
    path.chmod(0o444)
    for attempt in (store.open_to_read, open_to_examine):
        opened = attempt(path)
        assert opened is not None
        with opened:
            assert len(list_documents(opened)) == 1
    assert [p.name for p in path.parent.iterdir()] == ["argmap.db"]
    path.chmod(0o644)
    with store.open_store(path) as opened:
        store.add_text(opened, "Two texts.", "two")
        modes = {stat.S_IMODE(part.stat().st_mode) for part in parts_of(path)[:2]}
    assert modes == {0o644}


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions of another kind")
def test_edits_in_the_log_are_read_where_the_database_is_a_link(path: Path, tmp_path: Path) -> None:
    (tmp_path / "left").mkdir()
    left = tmp_path / "left" / "argmap.db"
    with store.open_store(path) as opened:
        store.add_text(opened, "Two texts.", "two")
        for name in (path, parts_of(path)[0]):  # as a process that is killed leaves them
            shutil.copy(name, left.parent)
    left.chmod(0o444)
    link = tmp_path / "link.db"
    link.symlink_to(left)
    read = store.open_to_read(link)
    assert read is not None
    with read:
        assert len(list_documents(read)) == 2


@pytest.mark.parametrize("is_empty", [True, False], ids=["an empty file", "no file"])
def test_the_log_of_a_database_that_is_gone_is_not_emptied(path: Path, *, is_empty: bool) -> None:
    log = parts_of(path)[0]
    with store.open_store(path) as opened:
        store.add_text(opened, "Two texts.", "two")
        shutil.copy(log, path.parent / "kept")
    shutil.copy(path.parent / "kept", log)
    path.unlink()
    if is_empty:
        path.touch()
    with pytest.raises(StoreError, match="next to it has edits"):
        store.open_store(path)
    assert log.read_bytes() == (path.parent / "kept").read_bytes()


def test_records_are_not_imported_inside_a_write(path: Path) -> None:
    with store.open_store(path) as opened:
        refused = pytest.raises(StoreError, match="leave `writing` first")
        with opened.writing(), refused:
            store.import_from(opened, [], assessor="amy")


@pytest.mark.parametrize(
    ("key", "value"),
    [("text", 5), ("text", None), ("note", 5), ("tags", None), ("tags", "abc"), ("tags", (5,)), ("id", 5)],
)  # fmt: skip
def test_a_value_of_another_type_is_told_as_a_fault_of_the_model(key: str, value: object) -> None:
    values: dict[str, object] = {"id": "e", "document": "d", "kind": "evidence", "text": "It is."}
    with pytest.raises(ModelError, match="must be a "):
        Statement(label="E1", **{**values, key: value})  # type: ignore[arg-type]  # what is tested
