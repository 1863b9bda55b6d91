"""The model's rules: for each entity alone, and for a map as a whole."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.strategies.maps import RUBRIC, TEXT, inference, rating, small_map, statement, with_all

from argmap.errors import EditError, ModelError
from argmap.model import vocabulary as words
from argmap.model.document import Document, Passage, context_of, passage_at
from argmap.model.faults import LONGEST_ID
from argmap.model.invariants import map_faults
from argmap.model.map import Change, Operation, label_order, newest_rubric
from argmap.model.rating import NUMBERS, Credibility, Rating, Reliability
from argmap.model.rubric import MOST_LEVELS
from argmap.model.source import Attribution, Source
from argmap.records.encode import ENTITY_TYPES
from store.database import schema_versions as versions

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap

SCHEMA = "".join(
    files("store.database").joinpath(f"schema_{step}.sql").read_text("utf-8")
    for step in versions.STEPS
)

SOUND: dict[type[Any], dict[str, Any]] = {
    Document: {"id": "d", "title": "T", "text": "Words."},
    Passage: {"start": 0, "end": 3, "words": "The"},
    Source: {"id": "o", "name": "Reports", "kind": "vague"},
    Attribution: {"id": "a", "statement": "s", "class_": "vague_report", "chain": ("o",)},
    Rating: {"id": "r", "rubric": "b", "version": "1", "criterion": "c", "assessor": "amy",
             "answer": 1, "statement": "s"},
    Reliability: {"id": "l", "source": "o", "assessor": "amy"},
    Credibility: {"id": "n", "statement": "s", "assessor": "amy"},
}  # fmt: skip


def faults_of(kind: type[Any], /, **values: object) -> list[str]:
    with pytest.raises(ModelError) as caught:
        kind(**SOUND[kind] | values)
    return [fault.path for fault in caught.value.faults]


@pytest.mark.parametrize("kind", SOUND)
def test_a_sound_entity_has_no_faults(kind: type[Any]) -> None:
    assert kind(**SOUND[kind])


@pytest.mark.parametrize("kind", [k for k in SOUND if k is not Passage])
@pytest.mark.parametrize(
    "id_", ["", "x" * (LONGEST_ID + 1), "a\nb", "a\x9bb", "e\u0301"],
    ids=["empty", "long", "C0", "C1", "not form C"],
)  # fmt: skip
def test_what_cannot_be_an_id_is_refused(kind: type[Any], id_: str) -> None:
    assert faults_of(kind, id=id_) == ["id"]


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        (Document, "title", " "),
        (Document, "text", ""),
        (Document, "text", "a\0b"),
        (Document, "text", "half a pair \ud800"),
        (Document, "author", "a\0b"),
        (Document, "published", "2023-02-29"),
        (Document, "published", "1900-02-29"),
        (Document, "published", "2023-13"),
        (Document, "published", "2023-4-1"),
        (Document, "published", "0000"),
        (Document, "published", "٢٠٢٣"),
        (Source, "name", ""),
        (Source, "kind", "ghost"),
        (Source, "derives_from", ("b", "a")),
        (Source, "derives_from", ("a", "a")),
        (Source, "same_origin", ("b", "a")),
        (Attribution, "access", "guessed"),
        (Attribution, "text_certainty", "sure"),
        (Attribution, "source_certainty", "sure"),
        (Attribution, "chain", ()),
        (Attribution, "cue_start", 3),
        (Attribution, "accessed", "yesterday"),
        (Rating, "answer", -1),
        (Rating, "answer", "unsure"),
        (Rating, "assessor", ""),
        (Rating, "criterion", ""),
        (Rating, "at", "2024-03-02T10:15:00"),
        (Rating, "at", "2024-03-02"),
        (Rating, "because", "a\0b"),
        (Reliability, "letter", "G"),
        (Reliability, "checked", -1),
        (Reliability, "valid", 1),
        (Reliability, "assessor", ""),
        (Credibility, "number", 0),
        (Credibility, "number", 7),
        (Credibility, "logical", "maybe"),
        (Credibility, "consistency", "maybe"),
        (Credibility, "assessor", ""),
    ],
)
def test_a_value_that_breaks_a_rule_is_refused_by_its_key(
    kind: type[Any], key: str, value: object
) -> None:
    assert faults_of(kind, **{key: value}) == [key]


@pytest.mark.parametrize("day", ["2023", "2023-08", "2023-08-14", "2024-02-29", "2000-02-29"])
def test_a_day_month_or_year_is_a_date(day: str) -> None:
    assert Document(**SOUND[Document], published=day).published == day


def test_every_fault_of_a_value_is_reported_together() -> None:
    assert faults_of(Document, title="", author="a\0b", published="soon") == [
        "title", "author", "published",
    ]  # fmt: skip


def test_a_class_that_no_text_has_is_refused() -> None:
    assert "class" in faults_of(Attribution, class_="rumour")


@pytest.mark.parametrize("class_", words.ATTRIBUTION_CLASSES)
def test_only_four_attribution_classes_do_without_a_source(class_: str) -> None:
    bare = {"evidential_hedge", "author_assertion", "firsthand_author", "common_knowledge"}
    if class_ in bare:
        assert Attribution("a", "s", class_).chain == ()  # type: ignore[arg-type]  # one of the words
    else:
        assert faults_of(Attribution, class_=class_, chain=()) == ["chain"]


def test_a_cue_before_the_text_is_refused() -> None:
    assert faults_of(Attribution, cue="says", cue_start=-1) == ["cue_start"]


@pytest.mark.parametrize("targets", [{}, {"statement": "s", "source": "o"}])
def test_exactly_one_entity_is_rated(targets: dict[str, str]) -> None:
    assert faults_of(Rating, **{"statement": None} | targets) == ["statement"]


@pytest.mark.parametrize(
    ("start", "end", "said"), [(-1, 2, "The"), (3, 3, ""), (4, 2, "x"), (0, 3, "Tho")]
)
def test_a_passage_is_a_stretch_of_its_own_length(start: int, end: int, said: str) -> None:
    if (start, end) == (0, 3):
        assert Passage(start, end, said).words == said
    else:
        assert faults_of(Passage, start=start, end=end, words=said) == ["start"]


def test_a_passage_with_too_few_words_is_refused() -> None:
    assert faults_of(Passage, words="Th") == ["quote"]


def test_a_passage_past_the_text_cannot_be_made() -> None:
    with pytest.raises(ModelError, match="beyond the end"):
        passage_at(TEXT, 0, len(TEXT) + 1)


def test_a_passage_has_32_code_points_on_each_side_where_there_are_as_many() -> None:
    text = "a" * 40 + "𝒳" + "b" * 10
    assert context_of(passage_at(text, 40, 41), text) == ("a" * 32, "b" * 10)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("evidence", {"nature": "factual"}),
        ("evidence", {"main": True}),
        ("evidence", {"main_item": "e"}),
        ("claim", {"stated": True}),
        ("assumption", {"stated": None}),
        ("claim", {"nature": "vague"}),
        ("claim", {"text": ""}),
        ("claim", {"tags": ("",)}),
        ("claim", {"note": "a\0b"}),
        ("claim", {"main_item": "s"}),
        ("claim", {"label": ""}),
        ("claim", {"label": "C\n1"}),
        ("ghost", {"text": "Boo."}),
    ],
)
def test_a_statement_that_breaks_a_rule_is_refused(kind: str, values: dict[str, Any]) -> None:
    plain: dict[str, Any] = {"label": "X1"}
    with pytest.raises(ModelError) as caught:
        statement("s", kind=kind, **plain | values)
    named = {"kind"} if kind == "ghost" else set(values)
    assert {fault.path.partition("[")[0] for fault in caught.value.faults} == named


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"premises": ()}, "premises"),
        ({"premises": ("b", "a")}, "premises"),
        ({"premises": ("a", "a")}, "premises"),
        ({"conclusion": "a"}, "conclusion"),
        ({"conclusion": "i"}, "conclusion"),
        ({"stance": "doubts"}, "stance"),
        ({"label": ""}, "label"),
    ],
)
def test_an_inference_that_breaks_a_rule_is_refused(values: dict[str, Any], key: str) -> None:
    with pytest.raises(ModelError) as caught:
        evolve(inference("i", "I1", ["a"], "c"), **values)
    assert [fault.path for fault in caught.value.faults] == [key]


def test_a_sound_map_has_no_faults() -> None:
    assert list(map_faults(small_map())) == []


def replaced(home: str, entity: Any) -> ArgumentMap:  # noqa: ANN401  (any entity)
    """Return the small map with *entity* added or replaced."""
    whole = small_map()
    homes: Any = {home: {**getattr(whole, home), entity.id: entity}}
    return evolve(whole, **homes)


CLAIM = small_map().statements["s-toll"]
STEP = small_map().inferences["i-fell"]
SAID = small_map().attributions["at-1"]


@pytest.mark.parametrize(
    ("home", "entity", "reason"),
    [
        ("statements", statement("x", "C1"), "used twice"),
        ("inferences", inference("x", "C1", ["s-toll"], "s-stay"), "used twice"),
        ("statements", evolve(statement("x", "C9"), document="bus"), "another document"),
        ("inferences", evolve(inference("x", "I9", ["s-fell"], "s-toll"), document="bus"), "doc"),
        ("statements", evolve(CLAIM, passages=(Passage(0, 3, "Thy"),)), "not in the text"),
        ("statements", evolve(CLAIM, main_item="s-none"), "main item"),
        ("statements", evolve(CLAIM, main_item="s-stay"), "main item"),
        ("statements", statement("x", "C9", main=True), "more than one main"),
        ("inferences", evolve(STEP, premises=("s-none",)), "premise s-none"),
        ("inferences", evolve(STEP, premises=("i-toll",)), "premise i-toll"),
        ("inferences", evolve(STEP, conclusion="s-none"), "conclusion s-none"),
        ("inferences", evolve(STEP, id="x", label="I9", stance="opposes"), "opposite stance"),
        ("attributions", evolve(SAID, statement="s-none"), "statement s-none"),
        ("attributions", evolve(SAID, chain=("nobody",)), "source nobody"),
        ("attributions", evolve(SAID, cue_start=0), "not the cue"),
        ("attributions", evolve(SAID, cue_start=len(TEXT) + 9), "not the cue"),
        ("ratings", evolve(rating("x", "s-toll", "fit", 1), rubric="none"), "rubric none"),
        ("ratings", evolve(rating("x", "s-toll", "fit", 1), version="0"), "is not known"),
        ("ratings", rating("x", "s-toll", "beauty", 1), "not a criterion"),
        ("ratings", rating("x", "s-toll", "fit", 5), "not a level"),
        ("ratings", rating("x", "s-none", "fit", 1), "statement s-none"),
        ("ratings", rating("x", "s-toll", "directness", 2), "directness"),
        ("credibilities", Credibility("x", "s-none", "amy"), "statement s-none"),
    ],
)
def test_a_map_that_breaks_a_rule_has_one_fault_that_says_so(
    home: str, entity: object, reason: str
) -> None:
    faults = list(map_faults(replaced(home, entity)))
    assert [reason in fault.reason for fault in faults] == [True]


def test_circles_of_claims_and_of_undercuts_are_legal() -> None:
    steps = [
        inference("i1", "I1", ["s1"], "s2"),
        inference("i2", "I2", ["s2"], "s1"),
        inference("i3", "I3", ["s1"], "i4", "opposes"),
        inference("i4", "I4", ["s1"], "i3", "opposes"),
    ]
    circle = with_all([statement("s1", "C1"), statement("s2", "C2")], steps)
    assert list(map_faults(circle)) == []


def checks(table: str, column: str) -> set[str]:
    """Return the words that the schema allows in a column."""
    body = re.search(rf"CREATE TABLE IF NOT EXISTS {table} \((.*?)\) STRICT", SCHEMA, re.DOTALL)
    assert body, table
    listed = re.search(rf"CHECK \(({column} = '\w+'(?:\s+OR {column} = '\w+')*)\)", body[1])
    assert listed, f"{table}.{column} has no list"
    return set(re.findall(r"'(.*?)'", listed[1]))


@pytest.mark.parametrize(
    ("table", "column", "vocabulary"),
    [
        ("statement", "kind", words.KINDS),
        ("statement", "nature", words.NATURES),
        ("inference", "stance", words.STANCES),
        ("source", "kind", words.SOURCE_KINDS),
        ("attribution", "class", words.ATTRIBUTION_CLASSES),
        ("attribution", "access", words.ACCESSES),
        ("attribution", "text_certainty", words.CERTAINTIES),
        ("attribution", "source_certainty", words.CERTAINTIES),
        ("rating", "state", words.STATES),
        ("reliability", "letter", words.LETTERS),
        ("credibility", "logical", words.LOGICALS),
        ("credibility", "consistency", words.CONSISTENCIES),
        ("change", "type", (*ENTITY_TYPES, "rubric")),
    ],
)
def test_the_schema_allows_the_words_of_the_model_and_no_others(
    table: str, column: str, vocabulary: tuple[str, ...]
) -> None:
    assert checks(table, column) == set(vocabulary)


def test_the_schema_allows_the_numbers_of_the_model() -> None:
    assert f"level BETWEEN 0 AND {MOST_LEVELS - 1}" in SCHEMA
    assert f"number BETWEEN {NUMBERS[0]} AND {NUMBERS[-1]}" in SCHEMA
    assert SCHEMA.count(f"length(id) BETWEEN 1 AND {LONGEST_ID}") == len(ENTITY_TYPES)


def test_labels_are_in_the_order_of_their_kinds_and_numbers() -> None:
    ordered = ["C1", "C2", "C10", "E1", "A1", "I3", "Z1", "mine"]
    assert sorted(ordered, key=label_order) == ordered


@given(st.lists(st.text(max_size=9), unique=True))
def test_label_order_is_the_same_whatever_came_first(labels: list[str]) -> None:
    assert sorted(labels, key=label_order) == sorted(labels, key=label_order)


def test_the_next_label_is_past_the_highest_number_of_its_kind() -> None:
    labels = ["C1", "C7", "C07x", "E3", "mine", "c99"]
    argument_map = with_all(statement(f"s{n}", label) for n, label in enumerate(labels))
    found = [argument_map.next_label(k) for k in (*words.KINDS, "inference")]
    assert found == ["C8", "E4", "A1", "I1"]


@given(st.sets(st.integers(0, 10**12).map("C{}".format), max_size=8))
def test_the_next_label_is_free(labels: set[str]) -> None:
    argument_map = with_all(statement(f"s{n}", label) for n, label in enumerate(sorted(labels)))
    assert argument_map.next_label("claim") not in labels


def test_the_next_label_is_free_past_nine_digits_too() -> None:
    argument_map = with_all([statement("a", "C999999999"), statement("b", "C1000000000")])
    assert argument_map.next_label("claim") not in {"C999999999", "C1000000000"}


def test_the_newest_rubric_is_that_of_the_highest_version() -> None:
    versions = [evolve(RUBRIC, version=v) for v in ("1.9", "1.10", "1.2")]
    newest = newest_rubric(versions, RUBRIC.id)
    assert newest is not None
    assert newest.version == "1.10"
    assert newest_rubric(versions, "none") is None


def test_a_map_keeps_its_document() -> None:
    gone = Operation("removed it", (Change(small_map().document, None),))
    with pytest.raises(EditError, match="cannot lose its document"):
        small_map().apply(gone)
