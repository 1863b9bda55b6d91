"""Fields and speakers in the words of labels and messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from argmap.edit.field_words import FIELD_WORDS, describe_field
from argmap.edit.labels import describe_speaker
from argmap.model.source import Attribution, Source

if TYPE_CHECKING:
    from argmap.model.vocabulary import AttributionClass


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("access", "access to the facts"),
        ("because", "reason"),
        ("chain", "speakers"),
        ("checked", "checked statements"),
        ("class_", "class"),
        ("cue", "reporting words"),
        ("derives_from", "sources it derives from"),
        ("main", "main claim status"),
        ("main_item", "main item"),
        ("nature", "kind of claim"),
        ("order", "place in the map"),
        ("published", "date"),
        ("same_origin", "sources of the same origin"),
        ("stated", "presence in the text"),
        ("url", "URL"),
        ("note", "note"),
        ("text_certainty", "text certainty"),
    ],
)
def test_a_field_has_words(field: str, words: str) -> None:
    assert describe_field(field) == words


def test_each_listed_field_is_in_the_table_above() -> None:
    assert len(FIELD_WORDS) == 15


@pytest.mark.parametrize(
    ("class_", "words"),
    [
        ("firsthand_author", "the author"),
        ("author_assertion", "the author"),
        ("common_knowledge", "common knowledge"),
        ("evidential_hedge", "no source"),
    ],
)
def test_who_speaks_without_a_source_has_words(class_: AttributionClass, words: str) -> None:
    assert describe_speaker(Attribution("a", "e", class_), {}) == words


def test_the_innermost_speaker_is_named() -> None:
    sources = {id_: Source(id_, name, "person") for id_, name in (("a", "Amy"), ("b", "Bob"))}
    assert describe_speaker(Attribution("x", "e", "named_person", ("a", "b")), sources) == "Bob"
