"""The right speakers and classes are offered for the typed words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.model.source import Attribution, Source
from argmap.model.vocabulary import ATTRIBUTION_CLASSES, CLASSES_WITHOUT_CHAIN
from argmap.text.name_similarity import index_names
from tui.views.speakers import (
    AUTHOR,
    CLASS_WORDS,
    NEW,
    NOBODY,
    Speakers,
    classes_of,
    guess_class,
    list_offers,
    newest_class_by_source,
    offer_id_from,
    speaker_of,
)

SOURCES = [
    Source("amy", "Amy Ash", "person"),
    Source("isle", "Isle Council", "organisation"),
    Source("nobby", "Nobby Ames", "person"),
    Source("reports", "Reports", "vague"),
]
WITH_AUTHOR = Speakers(index_names(SOURCES), "R. Ames", {"reports": "unnamed_role"})


def offered(typed: str, speakers: Speakers = WITH_AUTHOR) -> list[str]:
    return [offer.id for offer in list_offers(speakers, typed)]


def test_with_nothing_typed_the_author_comes_first_and_then_who_was_cited_last() -> None:
    assert offered("") == [AUTHOR, NOBODY, "reports", "amy", "isle", "nobby"]
    assert list_offers(WITH_AUTHOR, "")[0].words == "R. Ames, the author"
    assert list_offers(Speakers(index_names([])), "")[0].words == "the author"


def test_what_was_chosen_is_offered_however_many_others_there_are() -> None:
    many = Speakers(index_names(Source(f"s{n}", f"Source {n:03}", "person") for n in range(200)))
    assert "s150" not in offered("", many)
    assert "s150" in [offer.id for offer in list_offers(many, "", "s150")]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("nobody", [NOBODY, NEW]),
        ("Nobody", [NOBODY, NEW]),
        ("R. Ames", [AUTHOR, NEW]),
        ("r ames", [AUTHOR, NEW]),
        ("Ames", [AUTHOR, "nobby", NEW]),
        ("author", [AUTHOR, NEW]),
        ("the author", [AUTHOR, NEW]),
        ("nob", ["nobby", NOBODY, NEW]),
        ("isle", ["isle", NEW]),
        ("is", ["isle", NEW]),
        ("no source", [NOBODY, NEW]),
        ("amy ash", ["amy"]),
        ("Cid", [NEW]),
    ],
)
def test_what_is_typed_in_full_comes_first_and_a_new_source_last(
    typed: str, expected: list[str]
) -> None:
    assert offered(typed) == expected


@given(st.text(max_size=12))
def test_something_is_offered_for_whatever_is_typed(typed: str) -> None:
    assert offered(typed.strip())


def test_the_author_and_nobody_have_only_classes_that_need_no_source() -> None:
    assert classes_of(AUTHOR) == ["author_assertion", "firsthand_author"]
    assert set(classes_of(NOBODY)) == CLASSES_WITHOUT_CHAIN
    assert set(classes_of("amy")) == set(classes_of(NEW)) == set(ATTRIBUTION_CLASSES)
    assert set(CLASS_WORDS) == set(ATTRIBUTION_CLASSES)


def test_a_source_keeps_the_class_it_was_named_with_else_has_that_of_its_kind() -> None:
    assert guess_class(WITH_AUTHOR, "reports", "") == "unnamed_role"
    assert guess_class(WITH_AUTHOR, "isle", "") == "named_organisation"
    assert guess_class(WITH_AUTHOR, NEW, "the bank’s report") == "named_document"
    assert guess_class(WITH_AUTHOR, AUTHOR, "") is None


def test_the_newest_class_in_the_document_wins_over_older_ones_and_those_elsewhere() -> None:
    here = [
        Attribution("1", "e1", "named_person", ("amy",)),
        Attribution("2", "e2", "unnamed_role", ("isle",)),
        Attribution("3", "e3", "vague_report", ("isle", "amy")),
        Attribution("4", "e4", "author_assertion"),
    ]
    used = newest_class_by_source(here, {"reports": "vague_report", "isle": "named_organisation"})
    assert list(used.items()) == [
        ("amy", "vague_report"), ("isle", "unnamed_role"), ("reports", "vague_report")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("class_", "chain", "expected", "speaker"),
    [
        ("named_person", ("isle", "amy"), "amy", "source"),
        ("author_assertion", (), AUTHOR, "author"),
        ("firsthand_author", (), AUTHOR, "author"),
        ("evidential_hedge", (), NOBODY, "nobody"),
        ("evidential_hedge", ("amy",), "amy", "source"),
    ],
)
def test_an_attribution_leads_back_to_what_it_was_made_from(
    class_: str, chain: tuple[str, ...], expected: str, speaker: str
) -> None:
    chosen = offer_id_from(Attribution("a", "e1", class_, chain))  # type: ignore[arg-type]  # a class
    assert (chosen, speaker_of(chosen)) == (expected, speaker)
