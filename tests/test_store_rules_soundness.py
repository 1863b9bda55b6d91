"""Letters that rate nothing, and sources that refer to themselves: refused, unless old."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from support.drivers.command_line import Terminal
from support.drivers.desk import (
    AT,
    ATTRIBUTION,
    BASICS,
    CREDIBILITY,
    RELIABILITY,
    Content,
    Desk,
    without,
)

import store
from argmap import edit
from argmap.edit.admiralty import rate_credibility, rate_reliability
from argmap.errors import EditError
from argmap.exports.csv import FORMAT as CSV
from argmap.exports.markdown.format import FORMAT as MARKDOWN
from argmap.model.map import Change, Operation
from argmap.model.rating import Credibility, Reliability
from argmap.model.source import Source
from store.log import merge_sources
from store.queries import list_sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UN: Content = {"type": "source", "id": "un", "name": "UN", "kind": "organisation"}
LETTER = RELIABILITY | {"assessor": "amy"}
NUMBER = CREDIBILITY | {"assessor": "amy"}
NOTHING = [
    without(LETTER, "letter"),
    without(LETTER, "letter") | {"topic": "tolls", "at": AT, "because": " "},
    without(LETTER, "id") | {"letter": None, "checked": None},
    without(NUMBER, "number"),
    without(NUMBER, "number") | {"at": AT, "because": None},
]
SOMETHING: list[Content] = [
    {"letter": "F"}, {"checked": 0}, {"checked": 3, "valid": 0}, {"because": "nobody looked"},
]  # fmt: skip


@pytest.mark.parametrize("record", NOTHING)
def test_a_record_that_judges_nothing_is_a_fault(desk: Desk, record: Content) -> None:
    path, reason, kind = desk.fault(*BASICS, record)
    first = "letter" if record["type"] == "reliability" else "number"
    assert path == ("because" if "because" in record else first)
    assert (kind, "give at least one of" in reason) == ("missing", True)


@pytest.mark.parametrize("keys", SOMETHING)
def test_one_that_rates_something_is_imported(desk: Desk, keys: Content) -> None:
    desk.landed(*BASICS, without(LETTER, "letter") | keys)
    assert desk.exported("reliability")


@pytest.mark.parametrize(
    "number", [{"logical": "unknown"}, {"consistency": "none"}, {"conflict": False}]
)
def test_half_a_number_is_imported(desk: Desk, number: Content) -> None:
    desk.landed(*BASICS, without(NUMBER, "number") | number)
    assert desk.exported("credibility")


def test_an_update_that_leaves_nothing_is_a_fault_at_the_key_that_it_clears(desk: Desk) -> None:
    desk.landed(*BASICS, LETTER, NUMBER | {"logical": "yes"})
    for id_, type_, keys in (("l1", "reliability", ["letter"]),
                             ("n1", "credibility", ["logical", "number"])):  # fmt: skip
        path, *_ = desk.fault({"type": type_, "id": id_} | dict.fromkeys(keys))
        assert path in keys
    desk.landed({"type": "credibility", "id": "n1", "number": None})


@pytest.mark.parametrize("key", ["derives_from", "same_origin"])
def test_a_source_that_refers_to_itself_is_a_fault_with_its_place(desk: Desk, key: str) -> None:
    path, reason, _ = desk.fault(*BASICS, UN | {key: ["reports", "un"]})
    assert (path, "itself" in reason) == (f"{key}[1]", True)
    desk.landed(*BASICS, UN)
    assert desk.fault({"type": "source", "id": "un", key: ["un"]})[0] == f"{key}[0]"


# Rows that an older version stored


@pytest.fixture
def old(desk: Desk) -> Iterator[store.Store]:
    """A database with rows that no record may have any more."""
    desk.landed(*BASICS, UN | {"derives_from": ["reports"], "same_origin": ["reports"]},
                LETTER, NUMBER, ATTRIBUTION)  # fmt: skip
    with store.open_store(desk.path) as opened:
        execute = opened.db.conn.execute
        execute("UPDATE reliability SET letter = NULL")
        execute("UPDATE credibility SET number = NULL")
        query = "INSERT INTO source_link (source, relation, other) VALUES ('un', ?, 'un')"
        for relation in ("derives_from", "same_origin"):
            execute(query, (relation,))
        opened.db.conn.commit()
        yield opened


def source(opened: store.Store, id_: str) -> Source:
    return next(each for each in list_sources(opened) if each.id == id_)


def test_they_stay_and_doctor_says_how_to_mend_them(desk: Desk, old: store.Store) -> None:
    assert source(old, "un").derives_from == ("reports", "un")
    warnings = [c for c in store.examine(old) if c.check == "older rows"]
    assert all(c.is_warning for c in warnings)
    assert len(warnings) == 4
    assert desk.complaints() == []
    for complaint in warnings:
        if "{" in complaint.message:
            start, end = complaint.message.index("{"), complaint.message.rindex("}") + 1
            desk.landed(json.loads(complaint.message[start:end]))
    desk.landed({"type": "reliability", "id": "l1", "letter": "C"})
    desk.landed({"type": "credibility", "id": "n1", "number": 2})
    with store.open_to_read(desk.path) or store.open_memory() as mended:
        assert [c for c in store.examine(mended) if c.check == "older rows"] == []
    assert desk.record("un")["derives_from"] == ["reports"]


def test_doctor_leaves_with_0_and_every_export_reads_back(
    desk: Desk, old: store.Store, tmp_path: Path
) -> None:
    terminal = Terminal(tmp_path)
    assert terminal.run("-d", str(desk.path), "doctor").code == 0
    exported = desk.export()
    assert {r["type"] for r in desk.exported()} == {
        "document",
        "source",
        "statement",
        "attribution",
    }
    other = Desk(tmp_path / "other.db")
    assert other.land_bytes(exported).rejected == []
    assert other.export() == exported
    for form in (MARKDOWN, CSV):
        with store.open_to_read(other.path) or store.open_memory() as opened:
            assert "".join(form.write(store.load_bundle(old, ["toll"]))) == "".join(
                form.write(store.load_bundle(opened, ["toll"]))
            )


def test_a_merge_from_them_is_a_merge_from_their_export(desk: Desk, old: store.Store) -> None:
    mine = Desk(desk.path.with_name("mine.db"))
    merged = mine.merge(desk)
    assert (merged.conflicts.total, merged.kept_out.total) == (0, 0)
    assert merged.read == merged.added == len(desk.exported())
    assert mine.export() == desk.export()
    again = mine.merge(desk, theirs=True)
    assert (again.operation, again.unchanged) == (None, again.read)
    assert desk.merge(mine).operation is None
    assert source(old, "un").derives_from == ("reports", "un")


def test_merging_two_sources_leaves_no_link_to_itself(old: store.Store) -> None:
    merge_sources(old, "reports", "un", AT)
    assert source(old, "un").derives_from == source(old, "un").same_origin == ()
    store.undo(old)
    assert source(old, "un").derives_from == ("reports", "un")


def test_an_edit_of_something_else_lets_them_be_and_one_that_makes_more_is_refused(
    desk: Desk, old: store.Store
) -> None:
    store.apply(old, edit.change_source(source(old, "un"), interest="peace"))
    assert source(old, "un").derives_from == ("reports", "un")
    reports = source(old, "reports")
    loop = evolve(reports, derives_from=("reports",))
    with pytest.raises(EditError, match="derives from itself"):
        edit.change_source(reports, derives_from=("reports",))
    with pytest.raises(EditError, match="derives from itself"):
        store.apply(old, Operation("loop", (Change(reports, loop),)))
    letter = Reliability("l2", "reports", "bob")
    with pytest.raises(EditError, match="give at least one of"):
        store.apply(old, Operation("letter", (Change(None, letter),)))
    with pytest.raises(EditError, match="give at least one of"):
        rate_reliability(reports, letter)
    argument_map = store.load_map(old, "toll")
    with pytest.raises(EditError, match="give at least one of"):
        rate_credibility(argument_map, Credibility("n2", "e1", "bob"))
    with pytest.raises(EditError, match="shares an origin with itself"):
        edit.add_source(argument_map, Source("x", "X", "vague", same_origin=("x",)))
    assert desk.history()[0].label.startswith("changed")
