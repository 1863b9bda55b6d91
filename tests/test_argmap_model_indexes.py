"""Indexes that one map passes to the next: always equal to indexes made afresh."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st
from support.strategies.maps import (
    RUBRIC,
    Step,
    inference,
    rating,
    small_map,
    statement,
    steps,
    with_all,
)

from argmap import edit
from argmap.model import indexes, overlaid
from argmap.model.map import ArgumentMap, Change, Operation, label_number
from argmap.model.overlaid import Overlaid, with_changes
from argmap.model.rating import Credibility, Rating, Reliability
from argmap.model.source import Attribution, Source
from argmap.model.vocabulary import LABEL_PREFIX

if TYPE_CHECKING:
    from argmap.model.map import Entity


INDEXES: Final = (
    "by_label", "ordered_statements", "ordered_inferences", "main_claims", "claims_by_main_item",
    "inferences_to", "inferences_from", "attributions_of", "ratings_of", "answers_by_rubric", "credibilities_of",
    "reliabilities_of",
)  # fmt: skip
KINDS: Final = ("claim", "evidence", "assumption", "inference")


def every_index(argument_map: ArgumentMap) -> dict[str, Any]:
    """Make every index that a map does not have yet, and return them all."""
    made = {name: getattr(argument_map, name) for name in INDEXES}
    return made | {kind: argument_map.next_label(kind) for kind in KINDS}


def anew(argument_map: ArgumentMap) -> ArgumentMap:
    """Return a map of the same entities that has no index yet."""
    return evolve(argument_map)


def has_made(argument_map: ArgumentMap, name: str) -> bool:
    try:
        object.__getattribute__(argument_map, name)
    except AttributeError:
        return False
    return True


def follow(argument_map: ArgumentMap, operation: Operation) -> ArgumentMap:
    """Do *operation* on a map with every index, and check the indexes of the next map."""
    every_index(argument_map)
    after = argument_map.apply(operation)
    assert every_index(after) == every_index(anew(after))
    for kind in KINDS:
        prefix = LABEL_PREFIX[kind]
        highest = max((label_number(label, prefix) for label in after.by_label), default=0)
        assert after.next_label(kind) == f"{prefix}{highest + 1}"
    return after


def test_every_index_of_a_map_is_named_here() -> None:
    cached = set(ArgumentMap.__slots__) - {a.name for a in ArgumentMap.__attrs_attrs__}  # type: ignore[attr-defined]  # attrs adds them
    assert cached - {"__weakref__"} == set(INDEXES)


@given(st.lists(steps, max_size=25))
def test_indexes_are_right_after_any_edits_and_after_taking_them_back(some: list[Step]) -> None:
    argument_map = small_map()
    before, done = [every_index(argument_map)], []
    for number, step in enumerate(some):
        operation = step.operation(argument_map, f"new-{number}")
        if operation is not None:
            argument_map = follow(argument_map, operation)
            before.append(every_index(argument_map))
            done.append(operation)
    for operation in reversed(done):
        before.pop()
        argument_map = follow(argument_map, operation.inverse)
        assert every_index(argument_map) == before[-1]


LABELS: Final = ("C1", "C2", "C02", "C10", "E1", "I1", "I2", "CE7", "7", "mine")
IDS: Final = ("a", "b", "c", "d")


@frozen
class Wild:
    """A change of any type that no verb would make: labels clash and references dangle."""

    type: str
    id: str
    label: str
    other: str
    number: int

    def change(self, argument_map: ArgumentMap) -> Change | None:
        """Return the change; None if it would change nothing."""
        home: Any = getattr(argument_map, HOMES[self.type])
        before: Any = home.get(f"{self.type}-{self.id}")
        after = None if self.number == 0 else self.entity()
        return None if before is after is None else Change(before, after)

    def entity(self) -> Entity:
        """Return the new state of the entity."""
        id_, on, number = f"{self.type}-{self.id}", f"statement-{self.other}", self.number
        item = on if self.other != self.id and number == 1 else None
        made: dict[str, Entity] = {
            "statement": statement(id_, self.label, main=number == 2, main_item=item),
            "inference": inference(id_, self.label, [f"statement-{k}" for k in IDS[:number]], "x"),
            "attribution": Attribution(id_, on, "author_assertion", (), "A cue", number),
            "rating": rating(id_, on, "directness", number),
            "credibility": Credibility(id_, on, "amy", number),
            "reliability": Reliability(id_, self.other, "amy", checked=number),
        }
        return made[self.type]


HOMES: Final = {
    "statement": "statements",
    "inference": "inferences",
    "attribution": "attributions",
    "rating": "ratings",
    "credibility": "credibilities",
    "reliability": "reliabilities",
}
wild = st.builds(
    Wild, st.sampled_from(sorted(HOMES)), st.sampled_from(IDS), st.sampled_from(LABELS),
    st.sampled_from(IDS), st.integers(0, 4),
)  # fmt: skip


@given(st.lists(st.lists(wild, min_size=1, max_size=5), max_size=12))
def test_indexes_are_right_whatever_is_changed(some: list[list[Wild]]) -> None:
    argument_map = with_all()
    for changes in some:
        there, done = argument_map, []
        for one in changes:
            change = one.change(there)
            if change is not None:
                there = there.apply(Operation("one", (change,)))
                done.append(change)
        operation = Operation("did something wild", tuple(done))
        after = follow(argument_map, operation)
        assert after == there
        assert sound(follow(after, operation.inverse)) == sound(argument_map)
        argument_map = after


def sound(argument_map: ArgumentMap) -> dict[str, Any]:
    """Return every index, but labels only where each has one owner: the last added wins."""
    found = every_index(argument_map)
    owners = len(argument_map.statements) + len(argument_map.inferences)
    return found if len(found["by_label"]) == owners else found | {"by_label": None}


def test_labels_can_be_exchanged_in_one_operation() -> None:
    one, two = small_map().statements["s-toll"], small_map().statements["s-stay"]
    changes = (Change(one, evolve(one, label="C2")), Change(two, evolve(two, label="C1")))
    after = follow(small_map(), Operation("exchanged C1 and C2", changes))
    assert [s.id for s in after.ordered_statements[:2]] == ["s-stay", "s-toll"]


def test_the_number_of_a_removed_label_is_given_again() -> None:
    argument_map = follow(small_map(), edit.add_statement(small_map(), "x", "claim", "Third."))
    after = follow(argument_map, edit.remove_statement(argument_map, "x"))
    assert (argument_map.next_label("claim"), after.next_label("claim")) == ("C4", "C3")


def test_what_an_operation_leaves_alone_is_shared() -> None:
    before = small_map()
    every_index(before)
    after = before.apply(edit.rate(before, [rating("x", "s-stay", "fit", 1)]))
    changed = {n for n in INDEXES if getattr(after, n) is not getattr(before, n)}
    assert changed == {"ratings_of", "answers_by_rubric"}


EDITS: Final[list[Operation]] = [
    edit.add_statement(small_map(), "x", "claim", "Third."),
    edit.link(small_map(), "x", ["s-adapt"], "s-stay", "supports"),
    edit.remove_statement(small_map(), "s-toll"),
    edit.rate(small_map(), [rating("x", "s-stay", "fit", 1)]),
    edit.add_source(small_map(), Source("x", "Amy", "person")),
]


@pytest.mark.parametrize("operation", EDITS, ids=lambda o: o.label)
def test_every_index_that_was_made_is_carried(operation: Operation) -> None:
    before = small_map()
    every_index(before)
    after = before.apply(operation)
    assert [name for name in INDEXES if not has_made(after, name)] == []


def test_no_index_is_made_by_an_edit() -> None:
    after = small_map().apply(EDITS[0])
    assert [name for name in INDEXES if has_made(after, name)] == []


def test_the_map_before_an_edit_keeps_its_indexes() -> None:
    before = small_map()
    every_index(before)
    for operation in EDITS:
        before.apply(operation)
    assert every_index(before) == every_index(anew(before))


def test_indexes_are_right_after_more_changes_than_are_carried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(indexes, "MOST_CARRIED", 2)
    gone = edit.remove_statement(small_map(), "s-toll")
    after = follow(small_map(), gone)
    assert every_index(follow(after, gone.inverse)) == every_index(small_map())


def test_ratings_of_sources_and_of_the_document_are_by_their_targets() -> None:
    of_source = Rating("r-a", RUBRIC.id, RUBRIC.version, "fit", "amy", 1, source="reports")
    of_document = Rating("r-b", RUBRIC.id, RUBRIC.version, "fit", "amy", 1, document="toll")
    changes = (Change(None, of_source), Change(None, of_document))
    after = follow(small_map(), Operation("rated two", changes))
    assert (after.ratings_of["reports"], after.ratings_of["toll"]) == ([of_source], [of_document])


layers = st.lists(st.dictionaries(st.sampled_from("abcdef"), st.none() | st.integers()), max_size=9)


@given(layers, st.sampled_from([0, 2, 1000]))
def test_a_mapping_with_changes_laid_over_it_reads_as_one(
    some: list[dict[str, int | None]], most: int
) -> None:
    plain: dict[str, int] = {"a": 1, "b": 2}
    seen = [(with_changes(plain, {}), plain)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(overlaid, "MOST_LAID_OVER", most)
        for changes in some:
            both = {**seen[-1][1], **changes}
            whole = {key: value for key, value in both.items() if value is not None}
            seen.append((with_changes(seen[-1][0], changes), whole))
    for laid, whole in seen:
        assert (laid, len(laid), sorted(laid)) == (whole, len(whole), sorted(whole))
        assert [key in laid for key in "abcdef"] == [key in whole for key in "abcdef"]
        assert [laid.get(key) for key in "abcdef"] == [whole.get(key) for key in "abcdef"]
        assert list(laid.values()) == [laid[key] for key in laid]


def test_a_changed_key_keeps_its_place_and_a_new_one_comes_last() -> None:
    laid = with_changes({"a": 1, "b": 2, "c": 3}, {"d": 4, "a": 5, "b": None})
    assert list(laid.items()) == [("a", 5), ("c", 3), ("d", 4)]


def test_an_edit_copies_no_entity_that_it_does_not_change() -> None:
    before = small_map()
    after = before.apply(EDITS[0])
    changed = {name for name in HOMES.values() if getattr(after, name) is not getattr(before, name)}
    assert changed
    for name in changed:
        laid = getattr(after, name)
        assert isinstance(laid, Overlaid)
        assert laid.beneath is getattr(before, name)


def test_changes_are_laid_over_one_mapping_and_not_over_each_other() -> None:
    laid = with_changes(with_changes({"a": 1}, {"b": 2}), {"c": 3})
    assert isinstance(laid, Overlaid)
    assert not isinstance(laid.beneath, Overlaid)
