"""The public names of both packages, and the functions for scripts."""

from __future__ import annotations

import pydoc
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from support.drivers.desk import CLAIM, DOCUMENT, EVERYTHING, TEXT, Desk
from support.strategies.maps import with_all

import argmap
import store
from argmap.errors import InputError, ModelError, RubricError
from argmap.model.document import Document, Passage
from store.queries import load_document

if TYPE_CHECKING:
    from types import ModuleType

TOLL = Document("toll", "The toll", TEXT)


@pytest.fixture
def toll(desk: Desk) -> argmap.ArgumentMap:
    desk.landed(*EVERYTHING, {"type": "rating", "statement": "c1", "criterion": "fit", "answer": 3})
    with store.open_store(desk.path) as opened:
        return store.load_map(opened, "toll")


@pytest.mark.parametrize("package", [argmap, store])
def test_every_public_name_exists_and_has_help(package: ModuleType) -> None:
    assert package.__all__ == sorted(package.__all__)
    assert dir(package) == package.__all__
    told = pydoc.plain(pydoc.render_doc(package))
    for name in package.__all__:
        assert getattr(package, name) is not None
        assert name in told


@pytest.mark.parametrize("package", [argmap, store])
def test_a_name_that_is_not_there_is_an_attribute_error(package: ModuleType) -> None:
    assert not hasattr(package, "nothing_of_the_kind")


def test_every_public_function_of_scripts_says_what_it_raises() -> None:
    for function in (argmap.passage_of, argmap.grades_of, argmap.export_text, store.add_text,
                     store.import_from, store.open_store, store.load_map, store.apply, store.undo):  # fmt: skip
        assert "Raises:" in (function.__doc__ or ""), function


def test_a_passage_is_found_by_its_words() -> None:
    assert argmap.passage_of(TOLL, "Reports say") == Passage(26, 37, "Reports say")
    assert argmap.passage_of(TOLL, "The toll", "fifth. ").start == 63


@pytest.mark.parametrize(
    ("quote", "reason"),
    [("The tram", "is not in"), ("The toll", "occurs 2 times, at 0, 63"), ("", "is empty")],
)
def test_words_that_name_no_one_passage_are_refused(quote: str, reason: str) -> None:
    with pytest.raises(ModelError, match=reason):
        argmap.passage_of(TOLL, quote)


def test_grades_are_under_the_newest_default_rubric(toll: argmap.ArgumentMap) -> None:
    [only] = argmap.grades_of(toll)
    assert (only.claim.id, only.assessor) == ("c1", "tess")
    assert set(only.ratings) == {"directness", "fit"}
    assert argmap.grades_of(toll, assessor="nobody")[0].ratings == {}


def test_grades_under_a_rubric_are_the_same_by_its_id_and_by_itself(
    toll: argmap.ArgumentMap,
) -> None:
    plain = toll.rubrics["plain", "1"]
    assert argmap.grades_of(toll, "plain") == argmap.grades_of(toll, plain)


def test_a_rubric_that_cannot_grade_a_claim_is_refused(toll: argmap.ArgumentMap) -> None:
    with pytest.raises(RubricError, match="no rubric 'fancy'; choose from evidence-attribution,"):
        argmap.grades_of(toll, "fancy")
    of_sources = evolve(toll.rubrics["plain", "1"], applies_to=("source",))
    with pytest.raises(RubricError, match="plain applies to source; choose one for claims"):
        argmap.grades_of(toll, of_sources)


def test_origins_are_counted_for_each_claim(toll: argmap.ArgumentMap) -> None:
    [(claim, origins)] = argmap.origins_of(toll).items()
    assert (claim, origins.items, origins.n_min, origins.n_max) == ("c1", 1, 0, 1)


def test_an_export_is_what_the_command_writes(desk: Desk) -> None:
    desk.landed(DOCUMENT, CLAIM)
    with store.open_store(desk.path) as opened:
        argument_map = store.load_map(opened, "toll")
    assert argmap.export_text(argument_map, "jsonl").encode() == desk.export()
    assert argmap.export_text(argument_map).startswith("---\nargmap: ")
    assert argmap.export_text(with_all([], [])).endswith("\n")


def test_a_format_that_is_not_there_is_refused(toll: argmap.ArgumentMap) -> None:
    with pytest.raises(InputError, match="'docx' is not a format; use one of"):
        argmap.export_text(toll, "docx")


def test_a_map_is_edited_by_verbs_and_the_edit_undone(desk: Desk) -> None:
    with store.open_store(str(desk.path)) as opened:
        id_ = store.add_text(opened, TEXT, title="The toll", author="R. Ames")
        toll = store.load_map(opened, id_)
        words = argmap.passage_of(toll.document, "The toll pays for itself.")
        marked = argmap.edit.add_statement(toll, store.fresh_id(), "claim", passages=[words])
        store.apply(opened, marked)
        assert store.load_map(opened, id_) == toll.apply(marked)
        assert store.undo(opened).label == "marked claim C1"
        assert store.load_map(opened, id_) == toll


def test_a_text_is_added_once_whatever_its_line_ends_and_only_texts_are(desk: Desk) -> None:
    with store.open_store(desk.path) as opened:
        first = store.add_text(opened, "\ufeffOne.\r\nTwo.", "A title")
        assert store.add_text(opened, "One.\nTwo.", title="Another") == first
        assert load_document(opened, first).text == "One.\nTwo."
        with pytest.raises(ModelError, match="text"):
            store.add_text(opened, "")
        for wrong in (None, 7):
            with pytest.raises(ModelError, match=r"^otherwise: .*give a string"):
                store.add_text(opened, "One.", wrong)  # type: ignore[arg-type]
