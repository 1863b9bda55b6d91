"""Labels of operations say which change was made, and never contain an id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.drivers.command_line import Terminal
from support.strategies.maps import Step, rating, small_map, steps

from argmap import edit
from argmap.edit import compound
from argmap.edit.admiralty import rate_credibility, rate_reliability
from argmap.model.document import passage_at
from argmap.model.rating import Credibility, Reliability
from argmap.model.source import Attribution, Source

if TYPE_CHECKING:
    from pathlib import Path

    from argmap.model.map import ArgumentMap, Operation
    from argmap.model.rating import Rating

HERE = small_map()
SUPPORTED = HERE.apply(edit.link(HERE, "x", ["E1"], "C2", "supports"))
AMY = Source("amy", "Amy Hale", "person")
LONG = "word " * 30
HOSTILE = "a\x1b[2J\u202eb\nc"
SAFE = "a⟦U+001B⟧[2J⟦U+202E⟧b c"


def said(who: str | None, statement: str = "s-fell", **values: object) -> Attribution:
    class_ = "named_person" if who else "author_assertion"
    values = {"class_": class_, "chain": (who,) if who else ()} | values
    return Attribution("at-2", statement, **values)  # type: ignore[arg-type]  # fields by name


def rated(*answers: Rating, there: ArgumentMap = HERE) -> str:
    return edit.rate(there, answers).label


@pytest.mark.parametrize(
    ("operation", "label"),
    [
        (edit.change_statement(HERE, "C1", nature="causal"), "changed C1: kind of claim factual → causal"),
        (edit.change_statement(HERE, "C2", nature="causal"), "changed C2: kind of claim causal"),
        (edit.change_statement(HERE, "C1", nature=None), "changed C1: kind of claim factual → none"),
        (edit.change_statement(HERE, "C1", main_item=None), "changed C1: main item E1 → none"),
        (edit.change_statement(SUPPORTED, "C2", main_item="s-fell"), "changed C2: main item E1"),
        (edit.change_statement(HERE, "A1", stated=True), "changed A1: presence in the text no → yes"),
        (edit.change_statement(HERE, "C2", tags=("x", "y"), note="n"),
         "changed C2: note “n”, tags x, y"),
        (edit.change_statement(HERE, "C2", text=LONG), "changed C2: text"),
        (edit.change_statement(HERE, "E1", passages=()), "changed E1: passages 1 → 0"),
        (edit.change_statement(HERE, "C2", label="C9"), "changed C2: label “C2” → “C9”"),
        (edit.change_statement(HERE, "C2"), "changed C2"),
        (edit.link(HERE, "x", ["E1"], "C2", "supports"), "E1 supports C2"),
        (edit.link(HERE, "x", ["E1", "A1"], "I1", "opposes"),
         "E1 and A1 oppose the link from E1 and A1 to C1"),
        (edit.remove_inference(HERE, "I2"), "unlinked C1 from C2"),
        (edit.remove_inference(HERE, "I1"), "unlinked E1 and A1 from C1, with 1 link to it"),
        (edit.remove_inference(HERE, "I3"), "unlinked C2 from the link from E1 and A1 to C1"),
        (edit.change_inference(HERE, "I2", scheme="sign"),
         "changed the link from C1 to C2: scheme “sign”"),
        (edit.change_inference(HERE, "I2", conclusion="I1"),
         "changed the link from C1 to C2: conclusion C2 → the link from E1 and A1 to C1"),
        (edit.change_inference(HERE, "I2", premises=["E1", "C1"]),
         "changed the link from C1 to C2: premises C1 → E1 and C1"),
        (compound.reverse_stance(HERE, "I2"), "C1 opposes C2 instead of supporting it"),
        (compound.move_to(HERE, "I1", "C2"), "moved E1 and A1 from C1 to C2"),
        (compound.add_passage(HERE, "C1", passage_at(HERE.document.text, 0, 3)),
         "added a passage to C1"),
        (edit.change_source(HERE.sources["reports"], kind="unnamed"),
         "changed source Reports: kind vague → unnamed"),
        (edit.change_source(HERE.sources["reports"], derives_from=("amy",)),
         "changed source Reports: sources it derives from"),
        (edit.attribute(HERE, said("amy"), [AMY]), "E1 attributed to Amy Hale"),
        (edit.attribute(HERE, said(None)), "E1 attributed to the author"),
        (edit.attribute(HERE, said(None, class_="evidential_hedge")),
         "E1 attributed to no source"),
        (edit.remove_attribution(HERE, "at-1"), "E1 no longer attributed to Reports"),
        (compound.set_attribution(HERE, said("amy"), [AMY], "at-1"),
         "E1 attributed to Amy Hale instead of Reports"),
        (compound.set_attribution(HERE, said("reports", class_="vague_report", access="told"), (), "at-1"),
         "E1 attributed to Reports: reporting words “Reports say” → none, cue start 26 → none, access to the facts told"),
    ],
)  # fmt: skip
def test_an_edit_is_labelled_by_its_change(operation: Operation, label: str) -> None:
    assert operation.label == label


def test_answers_are_told_with_the_earlier_ones_and_whose_they_are() -> None:
    assert rated(rating("x", "s-stay", "fit", 3, "ben")) == "rated C2: fit 3 (ben)"
    assert rated(rating("x", "s-toll", "directness", 3)) == "rated C1: directness 1 → 3 (amy)"
    taken_back = rating("x", "s-toll", "directness", "not_rated")
    assert rated(taken_back) == "rated C1: directness 1 → not rated (amy)"
    reasoned = evolve(rating("x", "s-toll", "directness", 1), because="so")
    assert rated(reasoned) == "rated C1: directness 1, reason added (amy)"
    there = HERE.apply(edit.rate(HERE, [reasoned]))
    other = evolve(reasoned, because="or so")
    assert rated(other, there=there) == "rated C1: directness 1, reason changed (amy)"
    without = evolve(reasoned, because=None)
    assert rated(without, there=there) == "rated C1: directness 1, reason cleared (amy)"
    assert rated(rating("x", "s-toll", "directness", 1)) == "rated C1 (amy)"


def test_several_answers_are_counted_and_the_first_are_named() -> None:
    names = ("directness", "fit", "corroboration", "specificity", "contrary")
    five = [rating(f"x{n}", "s-toll", name, 2) for n, name in enumerate(names)]
    assert rated(*five[:2]) == "rated C1: 2 answers, directness 1 → 2, fit 2 (amy)"
    assert rated(*five) == (
        "rated C1: 5 answers, directness 1 → 2, fit 2, corroboration 2 and 2 more (amy)"
    )
    both = rated(rating("x", "s-stay", "fit", 3, "ben"), rating("y", "s-toll", "fit", 3))
    assert both == "rated C1, C2: 2 answers (amy, ben)"


def test_letters_and_numbers_are_told_with_the_earlier_ones_and_whose_they_are() -> None:
    first = Reliability("r", "amy", "tess", "C", "tolls")
    assert rate_reliability(AMY, first).label == "rated Amy Hale: reliability C on tolls (tess)"
    again = rate_reliability(AMY, evolve(first, letter="B", because="so"), [first])
    assert again.label == "rated Amy Hale: reliability C → B on tolls (tess)"
    one = rate_credibility(HERE, Credibility("n", "s-fell", "tess", 2))
    two = rate_credibility(HERE.apply(one), Credibility("n2", "s-fell", "tess", 3))
    assert (one.label, two.label) == (
        "rated E1: credibility 2 (tess)", "rated E1: credibility 2 → 3 (tess)",
    )  # fmt: skip


def test_what_is_long_or_hostile_is_cut_and_made_visible() -> None:
    hostile = evolve(AMY, name=HOSTILE)
    assert edit.attribute(HERE, said("amy"), [hostile]).label == f"E1 attributed to {SAFE}"
    assert edit.add_source(HERE, hostile).label == f"added source {SAFE}"
    assert edit.change_statement(HERE, "C2", note="\u202e").label == "changed C2: note “⟦U+202E⟧”"
    assert rated(rating("x", "s-stay", "fit", 3, HOSTILE)) == f"rated C2: fit 3 ({SAFE})"
    assert len(edit.add_source(HERE, evolve(AMY, name=LONG)).label) < 60


@given(st.lists(steps, max_size=12))
def test_no_label_holds_an_id_or_the_label_of_an_inference(some: list[Step]) -> None:
    here = HERE
    for number, step in enumerate(some):
        operation = step.operation(here, f"new-{number}")
        if operation is None:
            continue
        after = here.apply(operation)
        homes = (here, after)
        ids = {
            id_
            for m in homes
            for home in (m.statements, m.inferences, m.attributions, m.ratings)
            for id_ in home
        }
        # What people wrote is quoted, and may be anything.
        words = re.sub("“[^”]*”", "", operation.label)
        assert not ids & set(words.split())
        assert not re.search(r"\bI\d+\b", words), operation.label
        here = after


def test_history_and_undo_say_what_changed(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.run("import", terminal.records(
        "t.jsonl", {"type": "document", "id": "t", "title": "T", "text": "It pays."},
        {"type": "statement", "id": "c", "document": "t", "kind": "claim", "quote": "It pays."},
    ))  # fmt: skip
    for level in (2, 3):
        terminal.run("rate", "t", "C1", f"directness={level}", "--assessor", "reader")
    shown = terminal.run("history", "t").out
    assert "rated C1: directness 2 → 3 (reader)" in shown
    assert "rated C1: directness 2 (reader)" in shown
    assert "undone: rated C1: directness 2 → 3 (reader)" in terminal.run("undo").err
