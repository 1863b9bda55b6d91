"""Names of sources: variants are the same, similar names are offered, others are not."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.model.source import Source
from argmap.text.name_similarity import (
    LEAST_LIKENESS,
    completions,
    fingerprint,
    index_names,
    same_name_groups,
    similar_sources,
)

if TYPE_CHECKING:
    from argmap.model.vocabulary import SourceKind


def named(*names: str, kind: SourceKind = "organisation") -> list[Source]:
    return [Source(str(n), name, kind) for n, name in enumerate(names)]


def near(name: str, *others: str) -> list[tuple[str, bool]]:
    return [(a.source.name, a.is_same) for a in similar_sources(index_names(named(*others)), name)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UN Monitoring Team", "the U.N. monitoring team"),
        ("UN Monitoring Team", "The  U. N.\tMonitoring-Team"),
        ("Ministry of the Interior", "ministry of interior"),
        ("J. R. R. Tolkien", "JRR Tolkien"),
        ("J. Smith", "J Smith"),
        ("Ph.D. students", "PhD students"),
        ("Standard & Poor's", "Standard and Poor\u2019s"),
        ("Müller", "Mu\u0308ller"),
        ("Müller", "Muller"),
        ("UN", "ＵＮ"),
        ("İstanbul Post", "istanbul post"),
        ("Straße", "STRASSE"),
        ("Amnesty\u00ad International", "Amnesty International"),
        ("Re\u200buters", "Reuters"),
        ("Reuters", "\u202eReuters"),
        ("a senior official", "A Senior Official"),
        ("a senior official", "senior official"),
        ("“The Paper”", "The Paper"),
        ("Иванов", "ИВАНОВ"),
    ],
)
def test_names_that_differ_in_how_they_are_written_are_the_same(one: str, other: str) -> None:
    assert near(one, other) == [(other, True)]
    assert near(other, one) == [(one, True)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ministry of Health", "Ministry of Wealth"),
        ("Ministry of Health", "Ministry of Helath"),
        ("John Smith", "Smith, John"),
        ("World Health Organization", "WHO"),
        ("W.H.O.", "World Health Organization"),
        ("Bank of England", "England, Bank of"),
        ("United Nations Monitoring Team", "United Nations Monitorng Team"),
    ],
)
def test_names_that_come_near_are_offered_and_not_called_the_same(one: str, other: str) -> None:
    assert near(one, other) == [(other, False)]
    assert near(other, one) == [(one, False)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("G7", "G8"),
        ("Agenda 2030", "Agenda 2020"),
        ("Unit 731 of the army", "Unit 732 of the army"),
        ("Reuters", "Amnesty International"),
        ("हिन्दी", "हिनद"),
        ("か", "が"),
        ("C++", "C"),
        ("???", "!!!"),
        ("", "Reuters"),
        ("A", "B"),
        ("A Smith", "Smith"),
    ],
)
def test_other_names_are_not_offered(one: str, other: str) -> None:
    assert near(one, other) == []


def test_the_same_name_comes_first_then_the_likest() -> None:
    found = similar_sources(
        index_names(named("Ministry of Wealths", "Ministry of Wealth", "The ministry of health")),
        "Ministry of Health",
    )
    assert [a.source.id for a in found] == ["2", "1", "0"]
    likeness = [a.likeness for a in found]
    assert likeness == sorted(likeness, reverse=True)
    assert likeness[0] == 1
    assert likeness[-1] >= LEAST_LIKENESS


def test_no_more_are_offered_than_asked_for() -> None:
    index = index_names(named(*["Reuters"] * 5, *["Reuterz"] * 5))
    assert len(similar_sources(index, "Reuters", 3)) == 3
    assert len(similar_sources(index, "Reuters", 7)) == 7
    assert len(similar_sources(index, "Reutrs", 4)) == 4


def test_very_long_names_are_compared_by_their_beginning() -> None:
    long = "word " * 100_000
    assert near(long + "x", long + "y") == [(long + "y", False)]
    assert near(long, long) == [(long, True)]


def test_names_complete_what_is_typed_and_those_that_begin_with_it_come_first() -> None:
    index = index_names(
        named("A mount", "Commons", "Far from Monaco", "Monitor", "UN Monitoring Team", "Zoo")
    )
    assert [s.name for s in completions(index, "mon")] == [
        "Monitor", "Far from Monaco", "UN Monitoring Team", "Commons",
    ]  # fmt: skip
    assert [s.name for s in completions(index, "u.n. mon")] == ["UN Monitoring Team"]
    assert [s.name for s in completions(index, "team un")] == ["UN Monitoring Team"]
    assert [s.name for s in completions(index, "oo")] == ["Zoo"]
    assert completions(index, "nobody") == []
    assert [s.name for s in completions(index, "  ", 2)] == ["A mount", "Commons"]
    assert [s.name for s in completions(index, "mon", 1)] == ["Monitor"]


def test_twins_have_one_name_and_nobody_unnamed_is_one() -> None:
    people = named("UN Team", "Reuters", "the U.N. team", "Zoo")
    crowd = [Source("v1", "Reports", "vague"), Source("v2", "reports", "vague")]
    mixed = [Source("m", "Officials", "unnamed"), Source("n", "officials", "outlet")]
    groups = same_name_groups(index_names([*people, *crowd, *mixed]))
    assert [[source.id for source in group] for group in groups] == [["0", "2"]]


names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")).filter(str.strip)


@given(names)
def test_a_name_is_the_same_whatever_its_form_and_the_space_round_it(name: str) -> None:
    print_ = fingerprint(name)
    assert print_
    for form in ("NFC", "NFD"):
        assert fingerprint(unicodedata.normalize(form, name)) == print_
    assert fingerprint(f"  {name}  ") == print_


@given(st.lists(names, max_size=6), names)
def test_what_is_alike_is_among_the_sources_and_those_of_its_name_are_all_there(
    some: list[str], name: str
) -> None:
    sources = named(*some)
    found = similar_sources(index_names(sources), name)
    same = {s.id for s in sources if fingerprint(s.name) == fingerprint(name)}
    assert {a.source.id for a in found if a.is_same} == same
    assert all(a.source in sources and LEAST_LIKENESS <= a.likeness <= 1 for a in found)
    assert len({a.source.id for a in found}) == len(found)
