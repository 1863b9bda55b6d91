"""An export reads entity by entity, with the order and the words of a whole map."""

from __future__ import annotations

import tracemalloc
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.strategies.maps import (
    AT,
    Step,
    edited,
    everything_of,
    inference,
    rating,
    statement,
    steps,
    with_all,
    with_cited_sources,
)

from argmap.errors import StoreError
from argmap.formats.bundle import bundle_of
from argmap.formats.registry import export_formats
from argmap.model.map import Change, Operation, label_order
from argmap.model.rating import Credibility, Reliability
from argmap.model.source import Attribution, Source
from store import add_text, apply, load_bundle, load_map, open_memory
from store.queries import load_everything, map_streams

if TYPE_CHECKING:
    from collections.abc import Callable

    from argmap.formats.bundle import Bundle
    from argmap.formats.map_streams import MapStream
    from argmap.model.map import ArgumentMap
    from store import Store

labels = st.lists(
    st.one_of(
        st.from_regex(r"[A-Za-z]{0,3}[0-9]{1,20}", fullmatch=True),
        st.from_regex(r"(?:C|E|A|I|CE|EA|zeta|é|橋)(?:0*[1-9][0-9]?|_1|1x)", fullmatch=True),
    ),
    min_size=2,
    unique=True,
)
"""Labels as argmap gives them, and others."""


def kept(store: Store, argument_map: ArgumentMap) -> tuple[ArgumentMap, Bundle]:
    """Store *argument_map*; return it as loaded, and the bundle for its export."""
    apply(store, everything_of(argument_map), AT)
    return load_map(store, argument_map.document.id), load_bundle(store, [argument_map.document.id])


def parts(stream: MapStream) -> dict[str, list[Any]]:
    """Return everything that *stream* yields."""
    return {
        "statements": [*stream.statements()],
        "inferences": [*stream.inferences()],
        "attributions": [*stream.attributions()],
        "ratings": [*stream.ratings()],
        "credibilities": [*stream.credibilities()],
        "linked": sorted(stream.linked()),
        "table_losses": [stream.table_losses()],
        "rows": [
            (
                row.statement,
                sorted(row.inferences, key=lambda each: each.id),
                list(row.attributions),
                list(row.ratings),
                [row.sources[id_] for each in row.attributions for id_ in each.chain],
            )
            for row in stream.rows()
        ],
    }


@given(st.lists(steps, max_size=20), st.integers(1, 3))
def test_a_stream_from_the_database_is_that_of_the_whole_map(some: list[Step], most: int) -> None:
    with open_memory() as store, pytest.MonkeyPatch.context() as patched:
        patched.setattr(map_streams, "_TOGETHER", most)
        stored, bundle = kept(store, with_cited_sources(edited(some)))
        whole = bundle_of([stored])
        assert [*map(parts, bundle.streams)] == [*map(parts, whole.streams)]
        for format_ in export_formats().values():
            assert "".join(format_.write(bundle)) == "".join(format_.write(whole))


def judged_map() -> ArgumentMap:
    """Return a map with linked inferences, undercuts of them, and assessments of every kind."""
    claims = [statement(f"s{n}", f"C{n}", order=n if n % 2 else None) for n in range(12, 0, -1)]
    links = [
        inference("i1", "I10", ["s2", "s3"], "s1"),
        inference("i2", "I2", ["s4"], "i1", "opposes"),
        inference("i3", "I3", ["s5"], "i2", "opposes"),
        inference("i4", "I4", ["s6"], "s1"),
        evolve(inference("i5", "I5", ["s7"], "i4", "opposes"), scheme="analogy", note="Weak."),
    ]
    ratings = [
        rating("r2", "s1", "directness", 1),
        evolve(rating("r1", "s9", "directness", 2), because="It says so."),
        evolve(rating("r3", "s1", "directness", 3), statement=None, document="toll"),
    ]
    said = [
        Attribution("a1", "s9", "named_document", ("p", "q"), "say", 9),
        Attribution("a2", "s9", "named_document", ("q",), "say", 2),
    ]
    return with_all(
        claims,
        links,
        ratings={each.id: each for each in ratings},
        attributions={each.id: each for each in said},
        sources={id_: Source(id_, id_.upper(), "outlet") for id_ in "pq"},
        credibilities={"n1": Credibility("n1", "s4", "amy", 2)},
    )


@pytest.mark.parametrize("most", [1, 5, 500])
def test_every_part_of_a_judged_map_is_streamed(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_streams, "_TOGETHER", most)
    with open_memory() as store:
        stored, bundle = kept(store, judged_map())
        (found,), (expected,) = map(parts, bundle.streams), map(parts, bundle_of([stored]).streams)
    assert found == expected
    assert found["linked"] == ["i1", "i2", "i3"]
    assert [each.id for each in found["attributions"]] == ["a2", "a1"]
    assert [each.id for each in found["ratings"]] == ["r3", "r2", "r1"]
    (losses,) = found["table_losses"]
    assert (losses.linked, losses.inferences, losses.schemes, losses.notes) == (3, 2, 1, 1)
    assert (losses.ordered, losses.cited) == (6, {"p", "q"})


@given(labels)
def test_labels_are_in_one_order_whoever_sorts_them(some: list[str]) -> None:
    claims = [statement(f"s{n}", label) for n, label in enumerate(some)]
    with open_memory() as store:
        apply(store, everything_of(with_all(claims)), AT)
        (stream,) = load_everything(store).streams
        found = stream._statements  # type: ignore[attr-defined]  # noqa: SLF001  (the order of SQLite alone)
        names = dict(store.db.execute("SELECT pk, label FROM statement").fetchall())
        assert [names[place] for place in found] == sorted(some, key=label_order)


def test_sources_and_what_is_said_of_them_are_read_as_they_are_asked_for() -> None:
    with open_memory() as store:
        apply(store, everything_of(judged_map()), AT)
        bundle = load_bundle(store, ["toll"])
        assert [*bundle.sources] == ["p", "q"]
        assert bundle.sources == {id_: Source(id_, id_.upper(), "outlet") for id_ in "pq"}
        assert bundle.sources["q"].name == "Q"
        assert (len(bundle.sources), len(bundle.ratings), "x" in bundle.sources) == (2, 0, False)
        del bundle
        new = (Source("x", "X", "outlet"), Reliability("l", "x", "amy", "B"))
        apply(store, Operation("added a source", tuple(Change(None, e) for e in new)), AT)
        bundle = load_bundle(store, ["toll"])
        assert "x" not in bundle.sources
        assert [*bundle.reliabilities] == []
        assert [*load_everything(store).reliabilities] == ["l"]


def test_a_bundle_of_a_closed_store_says_so() -> None:
    with open_memory() as store:
        add_text(store, "The toll pays for itself.")
        bundle = load_everything(store)
    with pytest.raises(StoreError, match="closed"):
        "".join(export_formats()["jsonl"].write(bundle))


def big(store: Store, size: int) -> None:
    """Store a map of so many statements, each with an inference and an attribution."""
    claims = [statement(f"s{n:04}", f"C{n}", text="It pays. " * 50) for n in range(1, size)]
    links = [inference(f"i{n}", f"I{n}", [f"s{n:04}"], "s0001") for n in range(2, size)]
    said = [Attribution(f"a{n}", f"s{n:04}", "named_document", ("p",)) for n in range(1, size)]
    whole = with_all(
        claims,
        links,
        attributions={each.id: each for each in said},
        sources={"p": Source("p", "P", "outlet")},
    )
    apply(store, everything_of(whole), AT)


def peak_of(work: Callable[[], object]) -> int:
    """Return the peak memory of *work* once it has been done before.

    It is the least of three measurements, since memory of other threads counts too.
    """
    work()
    return min(_measured(work) for _ in range(3))


def _measured(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def length_of_export(store: Store, name: str) -> int:
    return sum(map(len, export_formats()[name].write(load_bundle(store, ["toll"]))))


def test_an_export_of_a_big_map_takes_a_fraction_of_the_memory_of_the_map(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A tenth of the map at a time, as with the usual number and a map of 5,000 statements.
    monkeypatch.setattr(map_streams, "_TOGETHER", 100)
    with open_memory() as store:
        big(store, 1000)
        whole = peak_of(lambda: load_map(store, "toll"))
        for name in ("jsonl", "csv", "tsv"):
            assert peak_of(partial(length_of_export, store, name)) < whole / 3, name
