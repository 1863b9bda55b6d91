"""Each verb makes its change or refuses it, and every edit can be undone."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from support.examples import FEW, MANY
from support.strategies.maps import (
    AT,
    RUBRIC,
    TEXT,
    Step,
    edited,
    everything_of,
    inference,
    rating,
    small_map,
    statement,
    steps,
    with_all,
    with_cited_sources,
)

import store
from argmap import edit
from argmap.errors import EditError, MissingError, ModelError
from argmap.model.document import Passage, passage_at
from argmap.model.invariants import map_faults
from argmap.model.map import Change, Operation
from argmap.model.source import Attribution, Source

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap


@given(st.lists(steps, max_size=30))
def test_any_sequence_of_edits_leaves_a_sound_map(some: list[Step]) -> None:
    assert list(map_faults(edited(some))) == []


@given(st.lists(steps, max_size=12), steps)
def test_undo_is_the_identity_and_redo_the_edit(before: list[Step], last: Step) -> None:
    argument_map = edited(before)
    operation = last.operation(argument_map, "last")
    if operation is None:
        return
    done = argument_map.apply(operation)
    assert done.apply(operation.inverse) == argument_map
    assert done.apply(operation.inverse).apply(operation.inverse.inverse) == done


def test_random_edits_reach_every_verb() -> None:
    @given(st.lists(steps, max_size=20))
    @settings(MANY, derandomize=True, database=None)
    def gather(some: list[Step]) -> None:
        argument_map = small_map()
        for number, step in enumerate(some):
            operation = step.operation(argument_map, f"new-{number}")
            if operation is not None:
                reached.add(step.verb)
                argument_map = argument_map.apply(operation)

    reached: set[str] = set()
    gather()
    assert len(reached) == 11


class StoredEdits(RuleBasedStateMachine):
    """The same edits in memory and on disk, with undo, redo and reopening between them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "argmap.db"
        self.here = small_map()
        self.done: list[Operation] = []
        self.undone: list[Operation] = []
        self.made = 0
        self.open()
        store.apply(self.store, everything_of(self.here), AT)

    def open(self) -> None:
        self.store = store.open_store(self.path)
        self.store.db.execute("PRAGMA synchronous = off")

    @rule(step=steps)
    def edit(self, step: Step) -> None:
        self.made += 1
        operation = step.operation(self.here, f"new-{self.made}")
        if operation is not None:
            self.here = self.here.apply(operation)
            store.apply(self.store, operation, AT)
            self.done.append(operation)
            self.undone.clear()

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        operation = self.done.pop()
        assert store.undo(self.store).label == operation.label
        self.here = self.here.apply(operation.inverse)
        self.undone.append(operation)

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        operation = self.undone.pop()
        assert store.redo(self.store).label == operation.label
        self.here = self.here.apply(operation)
        self.done.append(operation)

    @precondition(lambda self: not self.undone)
    @rule()
    def redo_of_nothing(self) -> None:
        with pytest.raises(MissingError):
            store.redo(self.store)

    @rule()
    def open_again(self) -> None:
        self.store.close()
        self.open()

    @invariant()
    def disk_and_memory_are_equal(self) -> None:
        assert store.load_map(self.store, "toll") == with_cited_sources(self.here)

    def teardown(self) -> None:
        assert [c for c in store.examine(self.store) if not c.is_warning] == []
        self.store.close()
        self.folder.cleanup()


TestStoredEdits = StoredEdits.TestCase
TestStoredEdits.settings = settings(FEW, stateful_step_count=20)


def test_a_statement_takes_the_words_of_its_first_passage() -> None:
    passage = passage_at(TEXT, 0, 25)
    operation = edit.add_statement(small_map(), "x", "claim", passages=[passage])
    assert small_map().apply(operation).statements["x"].text == "The toll pays for itself."


def test_an_assumption_with_a_passage_is_stated_and_one_without_is_supplied() -> None:
    passage = passage_at(TEXT, 0, 8)
    stated = edit.add_statement(small_map(), "x", "assumption", passages=[passage])
    supplied = edit.add_statement(small_map(), "x", "assumption", "Drivers have a choice.")
    found = [small_map().apply(o).statements["x"].stated for o in (stated, supplied)]
    assert found == [True, False]


def test_a_new_main_claim_takes_the_place_of_the_old_one() -> None:
    after = small_map().apply(edit.set_main_claim(small_map(), "s-stay"))
    assert after.main_claim == after.statements["s-stay"]
    assert not after.statements["s-toll"].main


def test_removing_a_statement_removes_what_rests_on_it_in_the_same_operation() -> None:
    after = small_map().apply(edit.remove_statement(small_map(), "s-fell"))
    assert set(after.inferences) == {"i-toll"}
    assert after.attributions == {}
    assert after.statements["s-toll"].main_item is None


def test_removing_an_inference_removes_undercuts_of_undercuts() -> None:
    before = edited([])
    link = edit.link(before, "i-again", ["s-fell"], "i-under", "opposes")
    after = before.apply(link).apply(edit.remove_inference(before.apply(link), "i-fell"))
    assert set(after.inferences) == {"i-toll"}


def test_an_inference_circle_that_undercuts_itself_is_removed_whole() -> None:
    both = [
        inference("i-1", "I1", ["s-1"], "i-2", "opposes"),
        inference("i-2", "I2", ["s-1"], "i-1", "opposes"),
    ]
    circle = with_all([statement("s-1", "C1")], both)
    assert circle.apply(edit.remove_inference(circle, "i-1")).inferences == {}


def test_a_new_answer_of_the_same_assessor_replaces_the_old_one() -> None:
    again = rating("r-new", "s-toll", "directness", 3)
    after = small_map().apply(edit.rate(small_map(), [again]))
    assert [(r.id, r.answer) for r in after.ratings.values()] == [("r-1", 3)]


def test_the_same_answer_again_changes_nothing() -> None:
    assert edit.rate(small_map(), [rating("r-new", "s-toll", "directness", 1)]).changes == ()


@pytest.mark.parametrize("second", [2, 3])
def test_two_answers_to_one_criterion_in_one_edit_are_refused(second: int) -> None:
    twice = [rating(f"r-{n}", name, "fit", n) for n, name in ((2, "s-toll"), (second, "C1"))]
    with pytest.raises(EditError, match="fit is answered twice"):
        edit.rate(small_map(), twice)


def test_answers_of_two_assessors_to_one_criterion_are_two() -> None:
    both = [rating(f"r-{who}", "s-toll", "fit", 2, who) for who in ("bob", "cyd")]
    assert len(edit.rate(small_map(), both).changes) == 2


def test_two_changes_of_one_entity_are_taken_back_last_first() -> None:
    first, second = statement("x", "C9"), statement("x", "C9", text="Other words.")
    twice = Operation("changed it twice", (Change(None, first), Change(first, second)))
    done = small_map().apply(twice)
    assert done.statements["x"] == second
    assert done.apply(twice.inverse) == small_map()


def test_an_operation_on_another_map_is_refused() -> None:
    operation = edit.change_statement(small_map(), "s-toll", text="The toll is fair.")
    with pytest.raises(EditError, match="s-toll has changed"):
        small_map().apply(operation).apply(operation)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda m: edit.add_statement(m, "x", "claim"),
        lambda m: edit.add_statement(m, "s-toll", "claim", "The id is taken."),
        lambda m: edit.add_statement(m, "toll", "claim", "The document has that id."),
        lambda m: edit.add_statement(m, "x", "claim", " "),
        lambda m: edit.add_statement(m, "x", "evidence", "Its place is elsewhere.",
                                     [Passage(0, 4, "toll")]),
        lambda m: edit.change_statement(m, "s-none", text="There is none."),
        lambda m: edit.change_statement(m, "s-toll", label="I1"),
        lambda m: edit.change_statement(m, "s-toll", main=False),
        lambda m: edit.change_statement(m, "s-toll", main_item="s-stay"),
        lambda m: edit.change_statement(m, "s-toll", passages=(Passage(0, 4, "toll"),)),
        lambda m: edit.change_statement(m, "s-fell", nature="factual"),
        lambda m: edit.set_main_claim(m, "s-fell"),
        lambda m: edit.link(m, "x", [], "s-toll", "supports"),
        lambda m: edit.link(m, "x", ["s-toll"], "s-toll", "supports"),
        lambda m: edit.link(m, "x", ["s-none"], "s-toll", "supports"),
        lambda m: edit.link(m, "x", ["s-fell"], "s-none", "supports"),
        lambda m: edit.link(m, "x", ["s-fell", "s-adapt"], "s-toll", "opposes"),
        lambda m: edit.change_inference(m, "i-fell", conclusion="s-fell"),
        lambda m: edit.change_inference(m, "i-fell", conclusion="i-fell"),
        lambda m: edit.change_inference(m, "i-fell", premises=[]),
        lambda m: edit.remove_inference(m, "i-none"),
        lambda m: edit.add_source(m, Source("s-toll", "Its id is taken", "person")),
        lambda m: edit.attribute(m, Attribution("x", "s-toll", "named_person", ("nobody",))),
        lambda m: edit.attribute(m, Attribution("x", "s-none", "author_assertion")),
        lambda m: edit.attribute(m, Attribution("at-1", "s-toll", "author_assertion")),
        lambda m: edit.attribute(m, Attribution("x", "s-toll", "author_assertion", (), "Why", 0)),
        lambda m: edit.attribute(m, Attribution("x", "s-toll", "named_person", ("s-stay",)),
                                 [Source("s-stay", "Its id is a claim's", "person")]),
        lambda m: edit.rate(m, [rating("x", "s-fell", "fit", 1)]),
        lambda m: edit.rate(m, [rating("x", "s-toll", "beauty", 1)]),
        lambda m: edit.rate(m, [rating("x", "s-toll", "fit", 5)]),
        lambda m: edit.rate(m, [rating("s-stay", "s-toll", "fit", 1)]),
        lambda m: edit.rate(m, [evolve(rating("x", "s-toll", "fit", 1), version="9")]),
    ],
    ids=[
        "no words", "taken id", "document's id", "blank words", "passage not in the text",
        "unknown statement", "taken label", "main by change", "main item no evidence",
        "changed passage not in the text", "nature of evidence", "main evidence", "no premise",
        "own conclusion", "unknown premise", "unknown conclusion", "both stances",
        "conclusion a premise", "conclusion itself", "no premise left", "unknown inference",
        "source with a taken id", "unknown source", "attribution of nothing",
        "taken attribution", "cue not in the text", "new source with a taken id",
        "rating of evidence", "unknown criterion", "level too high", "rating with a taken id",
        "unknown version",
    ],
)  # fmt: skip
def test_edits_that_would_break_a_rule_are_refused(attempt: object) -> None:
    assert callable(attempt)
    with pytest.raises((EditError, ModelError)):
        attempt(small_map())


def test_a_main_item_that_does_not_support_its_claim_is_refused_in_a_sentence() -> None:
    with pytest.raises(EditError, match="E1 does not support C2; link it first, or choose another"):
        edit.change_statement(small_map(), "s-stay", main_item="s-fell")
    unlinked = small_map().apply(edit.remove_inference(small_map(), "i-fell"))
    changed = edit.change_statement(unlinked, "s-toll", note="It came so from a file.")
    assert unlinked.apply(changed).statements["s-toll"].main_item == "s-fell"


@pytest.mark.parametrize(
    "attempt",
    [
        lambda m: edit.link(m, "x", ["A1"], "s-stay", "supports"),
        lambda m: edit.link(m, "x", ["s-adapt"], "C2", "supports"),
        lambda m: edit.change_inference(m, "I1", premises=["A1"]),
        lambda m: edit.change_inference(m, "i-under", conclusion="I2"),
        lambda m: edit.change_statement(m, "C1", main_item="E1"),
        lambda m: edit.remove_statement(m, "E1"),
        lambda m: edit.remove_inference(m, "I1"),
        lambda m: edit.attribute(m, Attribution("x", "C1", "author_assertion")),
        lambda m: edit.rate(m, [rating("x", "C1", "fit", 1)]),
    ],
    ids=[
        "premise", "conclusion", "changed premise", "changed conclusion", "main item",
        "removed statement", "removed inference", "attributed", "rated",
    ],
)  # fmt: skip
def test_what_is_named_by_its_label_is_understood_or_refused(attempt: object) -> None:
    assert callable(attempt)
    before = small_map()
    try:
        after: ArgumentMap = before.apply(attempt(before))
    except (EditError, ModelError):
        return
    assert list(map_faults(after)) == []


def test_the_main_claim_named_by_its_label_stays_the_main_claim() -> None:
    after = small_map().apply(edit.set_main_claim(small_map(), "C1"))
    assert after.main_claim == small_map().main_claim


@pytest.mark.parametrize(
    ("id_", "kind"), [("s-fell", "claim"), ("s-toll", "evidence"), ("s-stay", "evidence")]
)
def test_a_changed_kind_leaves_a_sound_map_or_is_refused(id_: str, kind: str) -> None:
    try:
        after = small_map().apply(edit.change_statement(small_map(), id_, kind=kind))
    except (EditError, ModelError):
        return
    assert list(map_faults(after)) == []


def test_a_rated_claim_cannot_become_what_its_rubric_is_not_for() -> None:
    before = small_map().apply(edit.rate(small_map(), [rating("r-2", "s-stay", "fit", 2)]))
    try:
        after = before.apply(edit.change_statement(before, "s-stay", kind="evidence"))
    except (EditError, ModelError):
        return
    rated = [after.statements[r.target] for r in after.ratings.values()]
    assert [s.label for s in rated if not RUBRIC.applies(s)] == []


def test_a_source_is_changed_and_keeps_its_id() -> None:
    here = small_map()
    reports = here.sources["reports"]
    operation = edit.change_source(reports, name="The reports", interest="sales")
    assert operation.label == (
        "changed source Reports: name “Reports” → “The reports”, interest “sales”"
    )
    assert here.apply(operation).sources["reports"].interest == "sales"
    assert edit.change_source(reports, name=reports.name).changes == ()
    with pytest.raises(EditError, match="keeps its id"):
        edit.change_source(reports, id="other")
    with pytest.raises(ModelError):
        edit.change_source(reports, kind="rumour")
