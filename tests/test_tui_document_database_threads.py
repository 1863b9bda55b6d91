"""No edit that has begun is lost, even if the program is blocked or ends."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import pytest

from argmap.errors import ConflictError, StoreError
from argmap.op_eds.documents import document_from_text
from store import open_store
from store.log.documents import save_document
from store.queries import list_documents
from tui.document.database_threads import DatabaseThreads

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store import Store


@contextmanager
def held(path: Path) -> Iterator[threading.Event]:
    """Hold the write lock of the file at *path* until the event is set."""
    locked, release = threading.Event(), threading.Event()

    def hold() -> None:
        with open_store(path) as store, store.writing():
            locked.set()
            release.wait()

    thread = threading.Thread(target=hold)
    thread.start()
    locked.wait()
    try:
        yield release
    finally:
        release.set()
        thread.join()


def add(store: Store, words: str) -> None:
    save_document(store, document_from_text(words, "Untitled"))


def titles(path: Path) -> list[str]:
    with open_store(path) as store:
        return sorted(row.title for row in list_documents(store))


def begin(database: DatabaseThreads, *texts: str) -> None:
    """Start saving *texts* in an event loop that ends without waiting for them."""

    async def run() -> None:
        for words in texts:
            task = asyncio.ensure_future(database.save(partial(add, words=words)))
            await asyncio.sleep(0)
            task.cancel()

    asyncio.run(run())


def test_edits_in_the_queue_outlive_the_loop_that_began_them(path: Path) -> None:
    database = DatabaseThreads(path)
    with held(path) as release:
        begin(database, "One.", "Two.", "Three.")
        assert database.unsaved == 3
        release.set()
    database.close()
    assert titles(path) == ["One.", "Three.", "Two."]
    assert (database.unsaved, database.lost) == (0, 0)


def test_closing_without_patience_gives_up_and_counts_what_is_lost(path: Path) -> None:
    database = DatabaseThreads(path)
    with held(path):
        begin(database, "One.", "Two.")
        database.close(patience=0)
        assert (database.unsaved, database.lost) == (0, 2)
    assert titles(path) == []


def test_closing_waits_for_a_while_for_the_process_that_holds_the_file(path: Path) -> None:
    database = DatabaseThreads(path)
    with held(path) as release:
        begin(database, "One.")
        threading.Timer(0.5, release.set).start()
        database.close(patience=60)
    assert titles(path) == ["One."]


def test_closing_twice_is_closing_once(path: Path) -> None:
    database = DatabaseThreads(path)
    begin(database, "One.")
    database.close()
    database.close()
    assert titles(path) == ["One."]


async def test_what_sqlite_refuses_is_an_error_with_the_file_in_it(path: Path) -> None:
    database = DatabaseThreads(path)
    await database.write(lambda store: add(store, "One."))
    for way in (database.write, database.read):
        with pytest.raises(StoreError, match=r"argmap\.db: no such table: nowhere"):
            await way(lambda store: store.db.execute("SELECT * FROM nowhere"))
    database.close()


async def test_an_edit_that_is_refused_is_not_lost(path: Path) -> None:
    database = DatabaseThreads(path)

    def refuse(_: Store) -> None:
        message = "changed meanwhile"
        raise ConflictError(message)

    def fail(_: Store) -> None:
        message = "a bug"
        raise ValueError(message)

    with pytest.raises(ConflictError):
        await database.save(refuse)
    assert (database.unsaved, database.lost) == (0, 0)
    with pytest.raises(ValueError, match="a bug"):
        await database.save(fail)
    assert (database.unsaved, database.lost) == (0, 1)
    database.close()


async def test_a_file_that_was_replaced_after_it_was_read_is_not_written_to(path: Path) -> None:
    with open_store(path) as store:
        add(store, "One.")
    database = DatabaseThreads(path)
    await database.read(list_documents)
    moved = path.rename(path.with_name("elsewhere.db"))  # noqa: ASYNC240  (a moment)
    with pytest.raises(StoreError, match="was moved, deleted or replaced while open"):
        await database.save(lambda store: add(store, "Two."))
    assert list(path.parent.glob("*.db")) == [moved]
    database.close()


async def test_a_folder_that_cannot_be_made_is_reported_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    database = DatabaseThreads(tmp_path / "file" / "argmap.db")
    with pytest.raises(Exception, match="cannot be used") as caught:
        await database.save(lambda store: add(store, "One."))
    assert "\n" not in str(caught.value)
    assert database.lost == 1
    database.close()


async def test_a_waiting_edit_reports_why_and_then_that_it_is_saved(path: Path) -> None:
    told: asyncio.Queue[str] = asyncio.Queue()
    database = DatabaseThreads(path, told.put_nowait)
    with held(path) as release:
        landing = asyncio.ensure_future(database.save(lambda store: add(store, "One.")))
        assert "another process is writing" in await told.get()
        release.set()
        await landing
    last = ""
    while not told.empty():
        last = told.get_nowait()
    assert last == ""
    database.close()
