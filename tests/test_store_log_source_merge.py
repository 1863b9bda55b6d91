"""Undoing a merge of sources restores the same bytes, and open maps follow it."""

from __future__ import annotations

import io
import tempfile
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.drivers.desk import Content, Desk
from support.examples import FEW
from support.oracles.log_following import BUS, Follower, done, edited, only, turned, two_handles
from support.strategies.maps import AT, RUBRIC, Step, steps_of
from support.strategies.records import record_files

import store
from argmap import edit
from argmap.errors import ConflictError, StoreError
from argmap.formats.registry import export_formats, import_formats
from argmap.model.map import Change
from argmap.model.rating import Rating, Reliability
from argmap.model.source import Attribution, Source
from store.log import merge_sources
from store.queries import list_cited


@st.composite
def loose_files(draw: st.DrawFn) -> list[Content]:
    """Return a file with some attributions that have no id and are identified by content."""
    return [
        {key: value for key, value in record.items() if key != "id"}
        if record["type"] == "attribution" and draw(st.booleans())
        else record
        for record in draw(record_files())
    ]


@given(loose_files(), st.permutations(["s0", "s1", "s2"]))
@FEW
def test_merges_are_undone_and_redone_to_the_same_bytes_and_leave_a_sound_database(
    records: list[Content], ids: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder, "a.db"))
        desk.land(*records)
        states = [desk.export()]
        there = [id_ for id_ in ids if id_ in desk.ids()]
        with store.open_store(desk.path) as opened:
            for gone, into in pairwise(there):
                merge_sources(opened, gone, into, AT)
                states.append(desk.export())
                assert gone not in {listed.source.id for listed in list_cited(opened)}
        assert desk.complaints() == []
        desk.turn_through(states)
        assert desk.complaints() == []
        other = Desk(Path(folder, "b.db"))
        assert other.land_bytes(states[-1]).rejected == []
        assert other.export() == states[-1]


@given(loose_files(), st.permutations(["s0", "s1", "s2"]))
@FEW
def test_after_a_merge_markdown_still_comes_back_to_the_same_bytes(
    records: list[Content], ids: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder, "a.db"))
        desk.land(*records)
        there = [id_ for id_ in ids if id_ in desk.ids()]
        with store.open_store(desk.path) as opened:
            for gone, into in pairwise(there):
                merge_sources(opened, gone, into, AT)
            for document in store.document_ids(opened):
                written = _markdown(opened, document)
                path = Path(folder, f"{document}.db")
                file = store.ImportFile(
                    "a.md", import_formats()["markdown"], io.BytesIO(written.encode())
                )
                account = store.import_records(path, [file], store.ImportOptions("tess", AT))
                assert account.rejected == []
                with store.open_store(path) as again:
                    assert _markdown(again, document) == written


def _markdown(opened: store.Store, document: str) -> str:
    return "".join(export_formats()["markdown"].write(store.load_bundle(opened, [document])))


def merged(there: store.Store, first: int, second: int) -> None:
    """Merge two of the existing sources, chosen by the numbers."""
    ids = _sources(there)
    gone, into = ids[first % len(ids)], ids[second % len(ids)]
    if gone != into:
        merge_sources(there, gone, into, AT)


def judged(there: store.Store, which: int, fresh: str) -> None:
    """Give one of the sources a letter and a rating, each with its own id."""
    ids = _sources(there)
    source = ids[which % len(ids)]
    letter = Reliability(f"{fresh}-l", source, "tess", "C")
    rated = Rating(f"{fresh}-r", RUBRIC.id, RUBRIC.version, "fit", "tess", 1, source=source)
    done(there, only(Change(None, letter)))
    with suppress(StoreError):  # tess has rated it already
        done(there, only(Change(None, rated)))


def _sources(there: store.Store) -> list[str]:
    return sorted(listed.source.id for listed in list_cited(there))


documents = st.sampled_from(["toll", "toll", "bus"])
numbers = st.integers(0, 20)
deeds = st.one_of(
    st.tuples(documents, steps_of("source", "attribute", "unattribute")),
    st.tuples(st.sampled_from([None, "toll", "bus"]), st.sampled_from(["undo", "redo"])),
    st.tuples(numbers, numbers),
    numbers,
)
"""Sources made and cited, merged, and rated; and each of these undone and redone."""


def did(there: store.Store, deed: Any, fresh: str) -> None:  # noqa: ANN401  (any of the deeds)
    if isinstance(deed, int):
        judged(there, deed, fresh)
    elif isinstance(deed[0], int):
        merged(there, *deed)
    elif isinstance(deed[1], Step):
        document, step = deed
        edited(there, document, step, fresh)
    else:
        document, turn = deed
        turned(there, document, turn)


@given(st.lists(st.tuples(deeds, st.booleans()), min_size=8, max_size=20))
def test_an_open_map_follows_merges_whatever_was_done(some: list[tuple[Any, bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder, two_handles(Path(folder, "a.db")) as both:
        here, there = both
        done(there, edit.add_statement(BUS, "b1", "claim", "It is late."))
        followers = [Follower.of(here), Follower.of(here, "bus")]
        for number, (deed, looks) in enumerate(some):
            did(there, deed, f"new-{number}")
            for follower in followers if looks else ():
                follower.follow()
                assert follower.is_current()
        for follower in followers:
            follower.follow()
            assert follower.is_current()


def test_a_letter_that_a_merge_moves_comes_to_a_map_that_did_not_have_the_second(
    follower: Follower, there: store.Store
) -> None:
    done(there, only(Change(None, Source("amy", "Amy", "person"))))
    rated = Rating("y", RUBRIC.id, RUBRIC.version, "fit", "tess", 1, source="reports")
    letter = Reliability("x", "reports", "tess", "C")
    done(there, only(Change(None, letter), Change(None, rated)))
    assert follower.follow() == ["did it"]
    merge_sources(there, "reports", "amy", AT)
    assert follower.follow() == ["cited more sources", "merged source Reports into Amy"]
    assert follower.map == store.load_map(there, "toll")
    assert (follower.map.reliabilities["x"].source, follower.map.ratings["y"].source) == (
        "amy",
        "amy",
    )
    store.undo(there)
    follower.follow()
    assert follower.is_current()
    assert follower.map.reliabilities["x"].source == "reports"


def test_an_edit_of_ones_own_to_what_a_merge_has_changed_is_refused(
    follower: Follower, there: store.Store
) -> None:
    done(there, only(Change(None, Source("amy", "Amy", "person"))))
    merge_sources(there, "reports", "amy", AT)
    mine = edit.attribute(follower.map, Attribution("t2", "s-stay", "vague_report", ("reports",)))
    with pytest.raises(ConflictError, match="has removed an item"):
        follower.edit(mine)
