"""Letters that need a reason: refused when new; read, reported and exported when old."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from support.drivers.desk import AT, BASICS, OTHER, Content, Desk

import store
from argmap import edit
from argmap.errors import EditError
from argmap.exports.markdown.format import FORMAT as MARKDOWN
from argmap.imports.markdown.format import FORMAT as FROM_MARKDOWN
from argmap.model.map import Change, Operation
from argmap.model.rating import NO_REASON, Reliability
from argmap.model.source import Source
from store.log import merge_sources
from store.merge import MergeOptions, merge_database
from store.queries import list_cited, list_sources, load_everything

if TYPE_CHECKING:
    from collections.abc import Iterator

AMY: Content = {"type": "source", "id": "amy", "name": "Amy", "kind": "person"}
FIRM: Content = {"type": "source", "id": "firm", "name": "The Firm", "kind": "organisation"}
SAYS: Content = {"type": "attribution", "id": "at", "statement": "e1", "class": "named_person",
                 "chain": ["firm", "amy"]}  # fmt: skip
GROUND = (*BASICS, OTHER, AMY, FIRM, SAYS)
A: Content = {"type": "reliability", "id": "l-a", "source": "firm", "letter": "A",
              "assessor": "tess"}  # fmt: skip
E: Content = A | {"id": "l-e", "source": "amy", "letter": "E"}
BARE_E = Reliability("l-e", "amy", "tess", "E")


@pytest.fixture
def opened(desk: Desk) -> Iterator[store.Store]:
    desk.landed(*GROUND)
    with store.open_store(desk.path) as found:
        yield found


def make_old(opened: store.Store) -> None:
    """Take the reasons away, as a database of an older version may lack them."""
    opened.db.conn.execute("UPDATE reliability SET because = NULL")
    opened.db.conn.commit()


def source(opened: store.Store, id_: str) -> Source:
    return next(each for each in list_sources(opened) if each.id == id_)


def letters(opened: store.Store) -> list[Reliability]:
    return list(load_everything(opened).reliabilities.values())


# Records


@pytest.mark.parametrize("keys", [{}, {"because": None}, {"because": " "}, {"checked": 9}])
def test_a_record_with_an_a_and_no_reason_is_rejected(desk: Desk, keys: Content) -> None:
    path, reason, *_ = desk.fault(*GROUND, A | keys)
    assert path == "because"
    assert "A needs a reason" in reason
    desk.landed(*GROUND, A | {"because": "r"})
    assert desk.fault({"type": "reliability", "id": "l-a", "because": None})[0] == "because"


@pytest.mark.parametrize("keys", [{}, {"because": None}, {"because": ""}, {"checked": 0}])
@pytest.mark.parametrize("order", ["before", "after", "stored"])
def test_a_record_with_an_e_about_a_person_and_no_reason_is_rejected(
    desk: Desk, keys: Content, order: str
) -> None:
    records = {"before": (E | keys, *GROUND), "after": (*GROUND, E | keys), "stored": (E | keys,)}
    if order == "stored":
        desk.landed(*GROUND)
    path, reason, *_ = desk.fault(*records[order])
    assert path == "because"
    assert "letter E for a person needs a reason" in reason


@pytest.mark.parametrize(
    "record",
    [
        E | {"because": "r"}, E | {"checked": 2}, E | {"source": "firm"}, E | {"letter": "D"},
        E | {"source": "reports"}, A | {"because": "r"},
    ],
)  # fmt: skip
def test_letters_with_a_reason_or_no_need_of_one_are_imported(
    desk: Desk, opened: store.Store, record: Content
) -> None:
    desk.landed(record, *GROUND)
    assert [letter.letter for letter in letters(opened)] == [record["letter"]]


def test_a_source_whose_e_has_no_reason_becomes_no_person(desk: Desk) -> None:
    desk.landed(*GROUND, E | {"source": "firm"})
    person = {"type": "source", "id": "firm", "kind": "person"}
    path, reason, *_ = desk.fault(person)
    assert path == "kind"
    assert "until the reliability E by tess has a reason" in reason
    desk.landed(person | {"kind": "outlet"})
    desk.landed(person, {"type": "reliability", "id": "l-e", "because": "r"})


def test_a_letter_without_its_reason_and_the_source_it_needs_it_for_are_both_rejected(
    desk: Desk,
) -> None:
    desk.landed(*GROUND, E | {"source": "firm"})
    person = {"type": "source", "id": "firm", "kind": "person"}
    account = desk.land(person, {"type": "reliability", "id": "l-e", "valid": None})
    assert sorted((r.line, r.path) for r in account.rejected) == [(1, "kind"), (2, "because")]


def test_markdown_without_the_reason_is_rejected_too(desk: Desk, opened: store.Store) -> None:
    desk.landed(E | {"because": "the one reason"})
    text = "".join(MARKDOWN.write(store.load_bundle(opened, ["toll"])))
    assert "  - because: the one reason\n" in text
    bare = text.replace("  - because: the one reason\n", "")
    empty = Desk(desk.path.with_name("empty.db"))
    file = store.ImportFile("a.md", FROM_MARKDOWN, io.BytesIO(bare.encode()))
    account = store.import_records(empty.path, [file], store.ImportOptions("tess", AT))
    assert [r.path for r in account.rejected] == ["because"]


# Edits


def test_an_edit_that_gives_a_letter_without_its_reason_is_refused(opened: store.Store) -> None:
    for given in (BARE_E, evolve(BARE_E, source="firm", letter="A")):
        with pytest.raises(EditError, match="needs a reason; add it first"):
            store.apply(opened, Operation("gave it", (Change(None, given),)), AT)
    assert letters(opened) == []
    reasoned = evolve(BARE_E, because="r")
    store.apply(opened, Operation("gave it", (Change(None, reasoned),)), AT)
    with pytest.raises(EditError, match="Amy is of kind person: the E that tess gave needs"):
        store.apply(opened, Operation("took it", (Change(reasoned, BARE_E),)), AT)


def test_a_source_whose_e_has_no_reason_is_edited_but_to_no_person(
    desk: Desk, opened: store.Store
) -> None:
    desk.landed(E | {"source": "firm", "topic": "roads"})
    firm = source(opened, "firm")
    with pytest.raises(EditError, match="The Firm is of kind person: the E that tess gave on road"):
        store.apply(opened, edit.change_source(firm, kind="person"), AT)
    store.apply(opened, edit.change_source(firm, kind="outlet"), AT)
    with pytest.raises(EditError, match="Amy is of kind person"):
        merge_sources(opened, "firm", "amy", AT)
    merge_sources(opened, "amy", "firm", AT)


def test_one_edit_may_give_the_reason_and_the_kind(desk: Desk, opened: store.Store) -> None:
    desk.landed(E | {"source": "firm"})
    [letter] = letters(opened)
    changes = (
        Change(letter, evolve(letter, because="r")),
        *edit.change_source(source(opened, "firm"), kind="person").changes,
    )
    store.apply(opened, Operation("did both", changes), AT)
    assert source(opened, "firm").kind == "person"
    assert [each.because for each in letters(opened)] == ["r"]


# What is there already


@pytest.fixture
def old(desk: Desk, opened: store.Store) -> store.Store:
    desk.landed(A | {"because": "r"}, E | {"because": "r"}, E | {"id": "l-f", "source": "firm"})
    make_old(opened)
    return opened


def test_old_letters_are_read_and_named_by_the_doctor(old: store.Store) -> None:
    listed = {row.source.id: row.reliability for row in list_cited(old)}
    assert [each.because for each in (*listed["amy"], *listed["firm"])] == [None] * 3
    told = [c for c in store.examine(old) if c.check == "letters"]
    assert [c.is_warning for c in told] == [True, True]
    assert [c.message for c in told] == [
        f"the A that tess gave The Firm (firm) needs a reason; without one, exports write '{NO_REASON}'",
        f"the E that tess gave Amy (amy) needs a reason; without one, exports write '{NO_REASON}'",
    ]


def test_old_letters_are_exported_with_a_reason_and_read_back(desk: Desk, old: store.Store) -> None:
    assert {r.id: r.because for r in letters(old)} == {
        "l-a": NO_REASON, "l-e": NO_REASON, "l-f": None,
    }  # fmt: skip
    maps = list(load_everything(old).maps)
    assert [r.because for m in maps for r in m.reliabilities.values() if r.id == "l-e"] == [
        NO_REASON
    ]
    second = Desk(desk.path.with_name("second.db"))
    exported = desk.export()
    account = second.land_bytes(exported)
    assert account.rejected == []
    assert second.export() == exported
    text = "".join(MARKDOWN.write(store.load_bundle(old, ["toll"])))
    assert text.count(f"  - because: {NO_REASON}\n") == 2
    third = Desk(desk.path.with_name("third.db"))
    file = store.ImportFile("a.md", FROM_MARKDOWN, io.BytesIO(text.encode()))
    assert store.import_records(third.path, [file], store.ImportOptions("x", AT)).rejected == []


def test_sources_with_old_letters_are_edited_and_merged_as_ever(old: store.Store) -> None:
    store.apply(old, edit.change_source(source(old, "amy"), name="Amy Ames"), AT)
    store.undo(old)
    one = Change(None, Source("twin", "A. Ames", "person"))
    store.apply(old, Operation("added", (one,)), AT)
    merge_sources(old, "amy", "twin", AT)
    store.undo(old)
    assert [r.id for r in letters(old) if r.because] == ["l-a", "l-e"]


def test_a_merge_of_databases_keeps_old_letters_out_and_says_so(
    desk: Desk, old: store.Store
) -> None:
    mine = desk.path.with_name("mine.db")
    merged = merge_database(mine, desk.path, MergeOptions(AT))
    assert [(kept.id, kept.type) for kept in merged.kept_out.first] == [
        ("l-a", "reliability"), ("l-e", "reliability"),
    ]  # fmt: skip
    assert all("needs a reason" in kept.reason for kept in merged.kept_out.first)
    assert old.path == desk.path
