"""One line of a record file: valid records are read, and faults name the key and the reason."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.records import ids
from argmap.records.decode import LONGEST_LINE, record_from_line, record_from_object
from argmap.records.encode import json_text
from argmap.records.schema import RECORD_TYPES

if TYPE_CHECKING:
    from argmap.model.faults import Fault

KINDS = ["claim", "evidence", "assumption"]
SOURCE_KINDS = ["person", "organisation", "document", "outlet", "unnamed", "vague"]
NATURES = ["factual", "causal", "prediction", "value", "definition", "policy"]
CLASSES = [
    "firsthand_author", "named_person", "named_organisation", "named_document",
    "partial_document", "described_anonymous", "unnamed_role", "vague_report",
    "evidential_hedge", "author_assertion", "common_knowledge",
]  # fmt: skip
ACCESSES = ["took_part", "measured", "inspected", "investigated", "judged", "told", "unknown"]
CERTAINTIES = ["certain", "probable", "possible"]
STATES = ["not_rated", "cannot_judge", "not_applicable"]
ATTRIBUTION_KEYS: dict[str, list[Any]] = {
    "class": CLASSES, "chain": [["a"]], "source": ["a"], "cue": ["says"], "cue_start": [0],
    "access": ACCESSES, "text_certainty": CERTAINTIES, "source_certainty": CERTAINTIES,
    "locator": ["p. 3"], "accessed": ["2024-03-02"], "note": ["n"],
}  # fmt: skip
JUDGEMENT_KEYS: dict[str, list[Any]] = {
    "assessor": ["amy"], "because": ["b"], "at": ["2024-03-02T10:15:00Z"]
}  # fmt: skip
KEYS: dict[str, dict[str, list[Any]]] = {
    "document": {
        "title": ["t"], "text": ["t"], "author": ["a"], "publisher": ["p"], "url": ["u"],
        "language": ["en"], "published": ["2023-08-14", "2023-08", "2023"],
    },
    "source": {
        "name": ["n"], "kind": SOURCE_KINDS, "url": ["u"], "description": ["d"],
        "interest": ["i"], "derives_from": [[], ["a"]], "same_origin": [[], ["a", "b"]],
    },
    "statement": {
        "document": ["d"], "kind": KINDS, "text": ["t"], "quote": ["q", ["q", "r"]],
        "prefix": ["p", ["p", "q"]], "start": [0, [0, 1]], "end": [1, [1, 2]], "nature": NATURES,
        "label": ["C1"], "note": ["n"], "tags": [[], ["a"]], "main": [True, False],
        "main_item": ["e"], "stated": [True, False], "supports": ["c", ["c", "d"]],
        "opposes": ["c", ["c", "d"]], "ratings": [{}, {"fit": 2}, {"fit": "not_rated"}],
        "attribution": [{"class": "vague_report"}, [], [{"cue": "says"}]],
    },
    "inference": {
        "document": ["d"], "premises": [["a"], ["a", "b"]], "conclusion": ["c"],
        "stance": ["supports", "opposes"], "scheme": ["expert opinion"], "note": ["n"],
        "label": ["I1"],
    },
    "attribution": {"statement": ["s"], **ATTRIBUTION_KEYS},
    "rating": {
        "criterion": ["fit"], "answer": [0, 4, *STATES], "statement": ["s"], "source": ["s"],
        "document": ["d"], "rubric": ["r"], "version": ["1"], **JUDGEMENT_KEYS,
    },
    "reliability": {
        "source": ["s"], "letter": list("ABCDEF"), "topic": ["t"], "checked": [3], "valid": [2],
        **JUDGEMENT_KEYS,
    },
    "credibility": {
        "statement": ["s"], "number": [1, 2, 3, 4, 5, 6],
        "logical": ["yes", "partly", "no", "unknown"],
        "consistency": ["consistent", "partly", "none", "contradicted", "unknown"],
        "conflict": [True, False], **JUDGEMENT_KEYS,
    },
}  # fmt: skip
"""Every key that records.md lists except type and id, with allowed values."""

REQUIRED = {
    "document": {"title", "text"}, "source": {"name", "kind"}, "statement": {"document", "kind"},
    "inference": {"document", "premises", "conclusion", "stance"},
    "attribution": {"statement", "class"}, "rating": {"criterion", "answer"},
    "reliability": {"source"}, "credibility": {"statement"},
}  # fmt: skip
EITHER = {("rating", key) for key in ("statement", "source", "document")}
"""Keys that another key may replace."""
ALLOWED = [(t, key, value) for t, keys in KEYS.items() for key in keys for value in keys[key]]
OPTIONAL = [
    (t, key) for t, keys in KEYS.items() for key in keys
    if key not in REQUIRED[t] and (t, key) not in EITHER and (t, key) != ("statement", "text")
]  # fmt: skip
VOCABULARIES = [
    (t, key) for t, keys in KEYS.items() for key, values in keys.items()
    if len(values) > 2 and all(isinstance(v, str) for v in values) and key != "published"
]  # fmt: skip


def read(content: object) -> Any:  # noqa: ANN401  (a record of some type, or faults)
    return record_from_line(json.dumps(content).encode())


def faults(raw: bytes | dict[str, Any]) -> list[Fault]:
    found = record_from_line(raw) if isinstance(raw, bytes) else read(raw)
    assert isinstance(found, list)
    assert found
    return found


def test_every_type_of_record_is_known() -> None:
    assert set(RECORD_TYPES) == {*KEYS, "rubric"}


@pytest.mark.parametrize(("type_", "key", "value"), ALLOWED)
def test_every_listed_key_takes_every_listed_value(type_: str, key: str, value: object) -> None:
    assert not isinstance(read({"type": type_, "id": "x", key: value}), list)


@pytest.mark.parametrize(("type_", "key"), OPTIONAL)
def test_every_optional_key_can_be_null_to_clear_it(type_: str, key: str) -> None:
    assert not isinstance(read({"type": type_, "id": "x", key: None}), list)


@pytest.mark.parametrize(
    ("type_", "key"), [(t, k) for t, keys in REQUIRED.items() for k in sorted(keys)]
)
def test_a_required_key_cannot_be_null(type_: str, key: str) -> None:
    (fault,) = faults({"type": type_, "id": "x", key: None})
    assert (fault.path, fault.kind) == (key, "value")


@pytest.mark.parametrize(("type_", "key"), [(t, k) for t, keys in KEYS.items() for k in keys])
def test_no_key_takes_a_number_with_a_fraction(type_: str, key: str) -> None:
    (fault,) = faults({"type": type_, "id": "x", key: 0.5})
    assert (fault.path, fault.kind) == (key, "value")
    assert "must be" in fault.reason or "not one of" in fault.reason


@pytest.mark.parametrize(("type_", "key"), VOCABULARIES)
def test_a_word_outside_its_vocabulary_is_a_fault_that_lists_the_words(
    type_: str, key: str
) -> None:
    (fault,) = faults({"type": type_, "id": "x", key: "zebra"})
    assert (fault.path, fault.kind) == (key, "value")
    assert "zebra" in fault.reason
    assert all(word in fault.reason for word in KEYS[type_][key])


@pytest.mark.parametrize("type_", KEYS)
def test_a_key_that_is_not_listed_is_a_fault(type_: str) -> None:
    (fault,) = faults({"type": type_, "id": "x", "colour": "red"})
    assert (fault.path, fault.kind) == ("colour", "key")


@pytest.mark.parametrize("type_", KEYS)
def test_a_key_that_stands_twice_is_a_fault_though_both_say_the_same(type_: str) -> None:
    (fault,) = faults(f'{{"type": "{type_}", "id": "x", "id": "x"}}'.encode())
    assert (fault.path, fault.reason, fault.kind) == ("id", "the key is given twice", "key")


@pytest.mark.parametrize("type_", ["document", "source"])
def test_documents_and_sources_need_an_id(type_: str) -> None:
    (fault,) = faults({"type": type_})
    assert (fault.path, fault.kind) == ("id", "missing")


@pytest.mark.parametrize("type_", sorted(set(KEYS) - {"document", "source"}))
def test_other_records_need_no_id(type_: str) -> None:
    assert not isinstance(read({"type": type_}), list)


S = '{"type": "statement", "id": "x", '
LINES = [
    (S + '"note": 1}', "note", "must be a string", "value"),
    (S + '"tags": "a"}', "tags", "must be a list", "value"),
    (S + '"tags": ["a", 1]}', "tags[1]", "must be a string", "value"),
    (S + '"main": "yes"}', "main", "true or false", "value"),
    (S + '"main": 1}', "main", "true or false", "value"),
    (S + '"start": "1"}', "start", "integer", "value"),
    (S + '"start": true}', "start", "integer", "value"),
    (S + '"start": 9007199254740993}', "start", "2^53", "value"),
    (S + '"start": -9007199254740993}', "start", "2^53", "value"),
    (S + f'"start": {10**400}}}', "start", "2^53", "value"),
    (S + f'"end": [1, {2**63}]}}', "end[1]", "2^53", "value"),
    (S + '"ratings": {"fit": 9007199254740993}}', "ratings.fit", "2^53", "value"),
    (S + '"ratings": {"fit": 1.5}}', "ratings.fit", "integer", "value"),
    (S + '"ratings": {"fit": true}}', "ratings.fit", "integer", "value"),
    (S + '"ratings": {"fit": 1, "fit": 1}}', "ratings.fit", "twice", "key"),
    (S + '"ratings": [1]}', "ratings", "object", "value"),
    (S + '"note": "a\\u0000b"}', "note", "U+0000", "value"),
    (S + '"tags": ["a", "\\u0000"]}', "tags[1]", "U+0000", "value"),
    (S + '"note": "\\ud800"}', "note", "surrogate", "value"),
    (S + '"note": "\\udc00\\ud800"}', "note", "surrogate", "value"),
    (S + '"tags": ["\\udfff"]}', "tags[0]", "surrogate", "value"),
    (S + '"kind": "\\ud800"}', "kind", "surrogate", "value"),
    (S + '"main": "\\ud800"}', "main", "surrogate", "value"),
    (S + '"ratings": {"fit": "\\ud800"}}', "ratings.fit", "surrogate", "value"),
    (S + '"attribution": {"class": "\\ud800"}}', "attribution.class", "surrogate", "value"),
    (S + '"attribution": {"class": "vague_report", "cue": "\\u0000"}}', "attribution.cue",
     "U+0000", "value"),
    (S + '"attribution": {"class": "vague_report", "class": "named_person"}}',
     "attribution.class", "twice", "key"),
    (S + '"attribution": {"statement": "x"}}', "attribution.statement", "not a key", "key"),
    (S + '"attribution": {"type": "attribution"}}', "attribution.type", "not a key", "key"),
    (S + '"attribution": {"class": "rumour"}}', "attribution.class", "rumour", "value"),
    (S + '"attribution": "says"}', "attribution", "must be", "value"),
    (S + '"id": "y"}', "id", "twice", "key"),
    (S + '"note": "a",}', "", "JSON", "form"),
    (S + '"note": NaN}', "", "NaN", "form"),
    (S + '"note": -Infinity}', "", "Infinity", "form"),
    (S + "'note': 'a'}", "", "JSON", "form"),
    (S + '"note": "a"} {}', "", "JSON", "form"),
    (S + '"note": "a', "", "JSON", "form"),
    (S + '"note": "a\tb"}', "", "JSON", "form"),
    ("[]", "", "a list", "form"),
    ('"statement"', "", "a string", "form"),
    ("3", "", "an integer", "form"),
    ("true", "", "true or false", "form"),
    ("null", "", "null", "form"),
    ("{}", "type", "missing", "missing"),
    ('{"id": "x"}', "type", "missing", "missing"),
    ('{"type": "claim"}', "type", "'claim'", "value"),
    ('{"type": 3}', "type", "3", "value"),
    ('{"type": ["statement"]}', "type", "not one of", "value"),
    ('{"type": "statement", "type": "statement"}', "type", "twice", "key"),
    ('{"type": "statement", "id": 3}', "id", "string", "value"),
    ('{"type": "statement", "id": null}', "id", "string", "value"),
    ('{"type": "statement", "id": ""}', "id", "empty", "value"),
    ('{"type": "statement", "id": "' + "x" * 201 + '"}', "id", "200", "value"),
    ("[" * 100_000, "", "deep", "form"),
    ('{"a":' * 100_000, "", "deep", "form"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "path", "reason", "kind"), LINES)
def test_a_fault_of_a_line_is_reported_with_its_place(
    line: str, path: str, reason: str, kind: str
) -> None:
    fault, *more = faults(line.encode())
    assert (fault.path, fault.kind) == (path, kind)
    assert reason in fault.reason
    assert more == []


def test_bytes_that_are_not_utf_8_are_a_fault_that_names_the_byte() -> None:
    (fault,) = faults(b'{"type": "\xff"}')
    assert (fault.path, fault.kind) == ("", "form")
    assert "byte 11 is 0xff" in fault.reason


def test_all_faults_of_a_line_are_gathered() -> None:
    found = faults({"type": "statement", "note": 1, "colour": "red", "start": 2**60, "kind": "x"})
    assert {fault.path for fault in found} == {"note", "colour", "start", "kind"}


def test_a_line_may_have_16_mib_and_no_byte_more() -> None:
    head, tail = b'{"type":"document","id":"d","text":"', b'"}'
    longest = head + b"a" * (LONGEST_LINE - len(head) - len(tail)) + tail
    assert len(longest) == 16 * 1024 * 1024
    assert not isinstance(record_from_line(longest), list)
    (fault,) = faults(longest + b" ")
    assert (fault.path, fault.kind) == ("", "form")
    assert "16 MiB" in fault.reason


@pytest.mark.parametrize("number", [2**53, -(2**53), 0])
def test_integers_up_to_2_to_the_53rd_are_read(number: int) -> None:
    assert read({"type": "reliability", "checked": number}).checked == number


@pytest.mark.parametrize("note", ["a: b", "\\u0000", '{"a": 1, "a": 2}', "😀", "\u202e"])
def test_text_that_only_looks_wrong_is_read_as_it_is(note: str) -> None:
    assert read({"type": "statement", "note": note}).note == note


@pytest.mark.parametrize("key", ["\ud800", "a\0b"])
@pytest.mark.parametrize("inner", [False, True])
def test_a_hostile_key_is_a_fault_that_can_be_printed(key: str, *, inner: bool) -> None:
    more = {"ratings": {key: 1}} if inner else {key: 1}
    for fault in faults({"type": "statement"} | more):
        assert str(fault).encode()


@pytest.mark.parametrize("place", [("blocks", 0, "criteria", 0, "weight"), ("cuts", 0)])
def test_a_rubric_has_no_integer_over_2_to_the_53rd_either(place: tuple[str | int, ...]) -> None:
    criterion = {"id": "c", "title": "C", "weight": 1, "levels": ["no", "yes"]}
    content: Any = {
        "type": "rubric", "id": "r", "version": "1", "title": "R", "bands": ["a", "b"],
        "cuts": [0], "combination": {"base": "b"},
        "blocks": [{"id": "b", "title": "B", "criteria": [criterion]}],
    }  # fmt: skip
    inner = content
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = 2**53 + 2
    (fault,) = faults(content)
    assert "2^53" in fault.reason


@pytest.mark.parametrize(
    ("content", "path"),
    [
        ({"id": "r", "version": "1"}, "title"),
        ({"id": "r", "version": 1}, "version"),
        ({"id": "r", "colour": "red"}, "colour"),
        ({"version": "1"}, "id"),
    ],
)
def test_a_rubric_record_has_the_content_of_a_rubric_file(
    content: dict[str, Any], path: str
) -> None:
    assert path in {fault.path for fault in faults({"type": "rubric"} | content)}


def test_a_record_of_python_values_is_checked_as_a_line_is() -> None:
    good = {"type": "source", "id": "s", "name": "S", "kind": "person"}
    assert record_from_object(good) == read(good)
    bad = record_from_object({"type": "source", "id": "s", "colour": "red"})
    assert isinstance(bad, list)
    assert [(fault.path, fault.kind) for fault in bad] == [("colour", "key")]


@pytest.mark.parametrize("character", ["\x07", "\x7f", "\x9b", "\u2028", "\u202e", "\u2066"])
def test_what_a_terminal_would_obey_is_escaped_in_json(character: str) -> None:
    written = json_text({"text": f"a{character}b"})
    assert character not in written
    assert msgspec.json.decode(written) == {"text": f"a{character}b"}


def test_made_ids_are_the_same_on_every_machine() -> None:
    assert ids.made_id("a", 1, None) == "~a-7rsehcy5alvnindwqkgpdqj6fu"
    assert len({ids.made_id(*parts) for parts in (("a", "b"), ("ab",), ("b", "a"))}) == 3


@given(owner=st.text(max_size=200))
def test_a_made_id_is_short_and_begins_as_the_id_of_what_has_it(owner: str) -> None:
    made = ids.made_id(owner)
    assert made.startswith(f"~{owner.lstrip('~')[:16]}-")
    assert len(made) <= 44
    assert ids.made_id(made).startswith(made[:17])
