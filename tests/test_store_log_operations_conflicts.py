"""Two people's edits of different fields are both stored; edits of the same field conflict."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.oracles.log_following import Follower
from support.strategies.maps import AT, everything_of, rating, small_map, with_cited_sources

import store
from argmap import edit
from argmap.edit.rebase import rebase
from argmap.errors import ConflictError, EditConflictError, EditError
from argmap.model.map import Change, Operation
from argmap.model.rating import Credibility, Reliability

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from argmap.model.map import ArgumentMap, Entity

MAP = small_map()
FELL = MAP.attributions[next(iter(MAP.attributions))]
EXTRA = (
    rating("r", "s-toll", "directness", 2, "bea"),
    Reliability("rel", "reports", "amy", "B", "tolls", 6, 4, "two were wrong"),
    Credibility("cred", "s-fell", "amy", 2, "yes", "consistent", conflict=False),
)

ENTITIES: dict[str, tuple[Entity, dict[str, list[Any]]]] = {
    "statement": (MAP.statements["s-toll"], {
        "text": ["One.", "Two."], "note": ["a", None], "tags": [("x",), ("y", "z")],
        "nature": ["causal", "value"], "label": ["C8", "C9"],
    }),
    "source": (MAP.sources["reports"], {
        "name": ["Papers", "Officials"], "kind": ["outlet", "unnamed"], "url": ["x", "y"],
        "description": ["long", "short"], "interest": ["money", "none"],
    }),
    "inference": (MAP.inferences["i-fell"], {
        "note": ["a", "b"], "scheme": ["sign", "cause"], "stance": ["opposes"],
    }),
    "attribution": (FELL, {
        "class_": ["unnamed_role", "named_person"], "note": ["a", "b"],
        "access": ["told", "measured"], "locator": ["p. 1", "p. 2"],
        "cue": [None],
    }),
    "document": (MAP.document, {
        "title": ["One", "Two"], "author": ["A", "B"], "published": ["2024", "2025"],
        "url": ["u", "v"],
    }),
    "rating": (EXTRA[0], {"answer": [3, "cannot_judge"], "because": ["so", "or so"]}),
    "reliability": (EXTRA[1], {"letter": ["C", "D"], "because": ["a", "b"]}),
    "credibility": (EXTRA[2], {"number": [3, 4], "logical": ["no"], "because": ["a", "b"]}),
}  # fmt: skip


@pytest.fixture
def opened(path: Path) -> Iterator[store.Store]:
    """An open database with the small map, and one judgement of each kind."""
    with store.open_store(path) as found:
        store.apply(found, everything_of(MAP), AT)
        store.apply(found, Operation("judged", tuple(Change(None, e) for e in EXTRA)), AT)
        yield found
        assert [c for c in store.examine(found) if not c.is_warning] == []


def now(opened: store.Store, entity: Entity) -> Entity | None:
    return store.load_map(opened, "toll").entity(entity.type, entity.id)


def setting(entity: Entity, **values: object) -> Operation:
    """Return an operation that sets *values* of *entity* as another user read it."""
    if entity.type == "attribution" and "cue" in values:
        values |= {"cue_start": None}
    return Operation("changed it", (Change(entity, evolve(entity, **values)),))  # type: ignore[arg-type]  # any field


def words(value: object) -> str:
    """Return a value of a field in the words of a message."""
    return ", ".join(value) if isinstance(value, tuple) else str(value).replace("_", " ")


@st.composite
def two_edits(draw: st.DrawFn) -> tuple[Entity, dict[str, object], dict[str, object]]:
    """Return an entity and two edits of different fields of it."""
    entity, known = ENTITIES[draw(st.sampled_from(sorted(ENTITIES)))]
    names = draw(st.permutations(sorted(known)))
    cut = draw(st.integers(1, len(names) - 1))
    last = draw(st.integers(cut + 1, len(names)))
    return (
        entity,
        {name: draw(st.sampled_from(known[name])) for name in names[:cut]},
        {name: draw(st.sampled_from(known[name])) for name in names[cut:last]},
    )


@given(two_edits())
# Every edit is undone, so that the examples can share a database.
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_edits_of_different_fields_are_both_saved_and_undone_one_by_one(
    opened: store.Store, edits: tuple[Entity, dict[str, object], dict[str, object]]
) -> None:
    entity, mine, theirs = edits
    for first, second in ((mine, theirs), (theirs, mine)):
        store.apply(opened, setting(entity, **first), AT)
        after_first = now(opened, entity)
        store.apply(opened, setting(entity, **second), AT)
        both = now(opened, entity)
        assert all(getattr(both, k) == v for k, v in (first | second).items())
        store.undo(opened)
        assert now(opened, entity) == after_first
        store.redo(opened)
        assert now(opened, entity) == both
        store.undo(opened)
        store.undo(opened)
        assert now(opened, entity) == entity


@pytest.mark.parametrize("kind", sorted(ENTITIES))
def test_the_same_field_is_a_conflict_that_names_what_who_and_where(
    opened: store.Store, kind: str
) -> None:
    entity, known = ENTITIES[kind]
    name, (theirs, mine) = next((n, v) for n, v in known.items() if len(v) > 1)
    store.apply(opened, setting(entity, **{name: theirs}), AT)
    with pytest.raises(EditConflictError) as caught:
        store.apply(opened, setting(entity, **{name: mine}), AT)
    message, yours = str(caught.value), caught.value.yours
    assert words(theirs) in message
    assert "was changed meanwhile" in message
    assert "\n" not in message
    assert (words(theirs) in caught.value.theirs, words(mine) in yours) == (True, True)
    found = now(opened, entity)
    assert getattr(found, name) == theirs


def test_a_conflict_is_reported_by_label_and_field(opened: store.Store) -> None:
    entity = EXTRA[0]
    store.apply(opened, setting(entity, answer=4, at=AT), AT)
    with pytest.raises(EditConflictError) as caught:
        store.apply(opened, setting(entity, answer=1, at="2024-03-03T10:15:00Z"), AT)
    assert str(caught.value) == (
        "directness of C1 by bea was changed meanwhile: another user or process set its answer to “4”;"
        " repeat your edit to overwrite it"
    )


@pytest.mark.parametrize("kind", sorted(ENTITIES))
def test_two_who_set_the_same_do_not_conflict(opened: store.Store, kind: str) -> None:
    entity, known = ENTITIES[kind]
    name, values = next(iter(known.items()))
    store.apply(opened, setting(entity, **{name: values[0]}), AT)
    store.apply(opened, setting(entity, **{name: values[0]}), AT)
    assert getattr(now(opened, entity), name) == values[0]


@pytest.mark.parametrize("kind", sorted(ENTITIES))
def test_an_edit_repeated_after_reading_the_other_is_saved(opened: store.Store, kind: str) -> None:
    entity, known = ENTITIES[kind]
    name, (theirs, mine) = next((n, v) for n, v in known.items() if len(v) > 1)
    other = next(n for n in known if n != name)
    store.apply(opened, setting(entity, **{name: theirs, other: known[other][0]}), AT)
    insisted = rebase(
        setting(entity, **{name: mine}), store.load_map(opened, "toll").entity, overwrite=True
    )
    store.apply(opened, insisted, AT)
    found = now(opened, entity)
    assert (getattr(found, name), getattr(found, other)) == (mine, known[other][0])


def test_who_removes_what_was_changed_or_changes_what_was_removed_is_told(
    opened: store.Store,
) -> None:
    stay = MAP.statements["s-stay"]
    removal = edit.remove_statement(MAP, stay.id)
    store.apply(opened, setting(stay, note="keep this"), AT)
    with pytest.raises(EditConflictError, match=r"C2 was changed meanwhile.*note.*keep this"):
        store.apply(opened, removal, AT)
    store.apply(opened, edit.remove_statement(store.load_map(opened, "toll"), stay.id), AT)
    with pytest.raises(EditConflictError, match="C2 was removed meanwhile"):
        store.apply(opened, setting(stay, text="Words."), AT)
    with pytest.raises(EditConflictError, match="I3 was removed meanwhile"):
        store.apply(opened, removal, AT)
    with pytest.raises(EditConflictError, match="removed an item that"):
        store.apply(opened, edit.link(MAP, "new", ["s-fell"], stay.id, "opposes"), AT)


def test_changes_that_break_a_rule_together_are_a_conflict(opened: store.Store) -> None:
    stay = MAP.statements["s-stay"]
    store.apply(opened, setting(stay, kind="evidence"), AT)
    mine = setting(stay, nature="causal")
    with pytest.raises(EditConflictError, match=r"C2 was changed meanwhile.*kind to “evidence”"):
        store.apply(opened, mine, AT)
    assert now(opened, stay) == evolve(stay, kind="evidence")
    there = store.load_map(opened, "toll").entity
    store.apply(opened, rebase(mine, there, overwrite=True), AT)
    assert now(opened, stay) == evolve(stay, nature="causal")


@pytest.mark.parametrize(
    ("theirs", "mine", "is_told"),
    [
        ({"answer": 3}, {"answer": 3}, False),
        ({"answer": 3}, {"answer": 3, "because": "so"}, False),
        ({"answer": 3, "because": "so"}, {"answer": 3}, False),
        ({"answer": 3}, {"answer": 1}, True),
        ({"answer": 3, "because": "so"}, {"answer": 3, "because": "or so"}, True),
    ],
)
def test_two_who_give_the_first_answer_to_one_question_lose_none(
    opened: store.Store, theirs: dict[str, Any], mine: dict[str, Any], *, is_told: bool
) -> None:
    made = [evolve(rating("made", "s-stay", "fit", 0), **values) for values in (theirs, mine)]
    operations = [Operation("rated C2", (Change(None, each),)) for each in made]
    store.apply(opened, operations[0], AT)
    if is_told:
        with pytest.raises(EditConflictError, match="fit of C2 by amy was changed meanwhile"):
            store.apply(opened, operations[1], AT)
        assert now(opened, made[0]) == made[0]
        again = rebase(operations[1], store.load_map(opened, "toll").entity, overwrite=True)
        store.apply(opened, again, AT)
        assert now(opened, made[0]) == made[1]
    else:
        store.apply(opened, operations[1], AT)
        found = now(opened, made[0])
        assert (getattr(found, "answer", None), getattr(found, "because", None)) == (
            3, mine.get("because") or theirs.get("because"),
        )  # fmt: skip
    store.undo(opened)
    assert now(opened, made[0]) == made[0]


def test_an_id_that_something_else_has_is_refused(opened: store.Store) -> None:
    new = edit.add_statement(evolve(MAP, statements={}), "s-toll", "claim", "Another.")
    with pytest.raises(ConflictError, match="nothing was changed"):
        store.apply(opened, new, AT)


def test_whoever_follows_has_what_both_did(opened: store.Store, path: Path) -> None:
    toll = MAP.statements["s-toll"]
    with store.open_store(path) as other:
        theirs, mine = Follower.of(other), Follower.of(opened)
        theirs.edit(edit.change_statement(theirs.map, toll.id, note="theirs"))
        mine.edit(edit.change_statement(mine.map, toll.id, tags=("mine",)))
        theirs.follow()
        assert theirs.is_current()
        with pytest.raises(EditError):  # which has the workbench load the map again
            mine.follow()
        third = Follower.of(opened)
        assert third.map.statements[toll.id] == evolve(toll, note="theirs", tags=("mine",))


EDITING = """
import sys
from argmap.edit import change_statement
from store import apply, load_map, open_store
path, field, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
with open_store(path) as opened:
    found = load_map(opened, "toll")
    for number in range(rounds):
        value = (field, str(number)) if field == "tags" else f"{field} {number}"
        operation = change_statement(found, "s-toll", **{field: value})
        apply(opened, operation)
        found = found.apply(operation)  # which never sees what the others do
"""


def test_processes_that_edit_fields_of_one_statement_at_once_lose_nothing(
    opened: store.Store, path: Path
) -> None:
    before, rounds = len(store.history(opened)), 20
    names = ("text", "note", "tags")
    words = [sys.executable, "-c", EDITING, str(path)]
    running = [subprocess.Popen([*words, name, str(rounds)]) for name in names]
    assert [process.wait() for process in running] == [0, 0, 0]
    found = now(opened, MAP.statements["s-toll"])
    last = str(rounds - 1)
    assert [getattr(found, name) for name in names] == [
        f"text {last}", f"note {last}", ("tags", last),
    ]  # fmt: skip
    assert len(store.history(opened)) == before + len(names) * rounds
    for _ in range(len(names) * rounds):
        store.undo(opened)
    assert now(opened, MAP.statements["s-toll"]) == MAP.statements["s-toll"]


def test_what_nobody_else_changed_is_as_it_was_made() -> None:
    operation = edit.change_statement(MAP, "s-toll", note="mine")
    assert rebase(operation, MAP.entity) == operation
    assert with_cited_sources(MAP.apply(operation)).statements["s-toll"].note == "mine"


def _everything(argument_map: ArgumentMap) -> list[Entity]:
    return [argument_map.document, *argument_map.statements.values()]


def test_a_map_finds_each_of_its_entities_by_type_and_id() -> None:
    assert all(MAP.entity(e.type, e.id) == e for e in _everything(MAP))
    assert MAP.entity("document", "bus") is None
    assert MAP.entity("source", "s-toll") is None
