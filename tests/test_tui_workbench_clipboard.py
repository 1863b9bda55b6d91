"""Copying: the whole map exactly as exported, or one section of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.drivers.workbench import TEXT, driving
from support.strategies.maps import (
    AT,
    RUBRIC,
    Step,
    edited,
    everything_of,
    small_map,
    statement,
    steps,
    with_all,
    with_cited_sources,
)

from argmap.formats.bundle import bundle_of
from argmap.formats.registry import export_formats
from argmap.model.document import Document
from store import apply, load_bundle, load_map, open_memory
from tui.workbench.clipboard import markdown_of, quotation_with_source, section_of

if TYPE_CHECKING:
    from pathlib import Path


LABELS = ["C1", "C*1", "C 1", "x_y_z", "#1", "[C1]", "C.1", "橋", "C11"]
words = (
    st.lists(
        st.sampled_from(["a", "\n", "\n\n", "## x", "### C1 · y", " ", "word " * 40]), min_size=1
    )
    .map("".join)
    .filter(str.strip)
)
"""Texts of a statement: short, long, over several lines, or resembling a heading."""


@given(st.lists(steps, max_size=15))
def test_copied_text_equals_an_export(some: list[Step]) -> None:
    with open_memory() as store:
        apply(store, everything_of(with_cited_sources(edited(some))), AT)
        stored, bundle = load_map(store, "toll"), load_bundle(store, ["toll"])
        assert markdown_of(stored) == "".join(export_formats()["markdown"].write(bundle))
        assert evolve(bundle, maps=[*bundle.maps]) == bundle_of([stored])


@given(st.dictionaries(st.sampled_from(LABELS), words, min_size=1))
def test_each_statement_has_a_section_which_is_a_part_of_the_whole(given_: dict[str, str]) -> None:
    whole = with_all(
        statement(f"s{n}", label, text=text) for n, (label, text) in enumerate(given_.items())
    )
    copied = markdown_of(whole)
    sections = [section_of(whole, label) for label in given_]
    assert len(set(sections)) == len(given_)
    for section in sections:
        assert section in copied
        assert section.startswith("### ")
        assert section.endswith("\n")
        assert not section.endswith("\n\n")
        assert "\n## " not in section
        assert "\n### " not in section


def test_a_section_has_all_that_is_said_of_its_statement_and_of_no_other() -> None:
    section = section_of(small_map(), "E1")
    assert section.startswith("### E1 · Words of E1.\n")
    assert "Reports say" in section
    assert "Words of C1" not in section
    assert "Words of A1" not in section


@pytest.mark.parametrize("label", LABELS)
def test_a_section_is_found_whatever_its_label(label: str) -> None:
    whole = with_all([statement("s", label, text="The toll pays."), statement("t", "C100")])
    assert "The toll pays." in section_of(whole, label)


def test_the_section_of_a_long_statement_is_found() -> None:
    text = "The toll pays for itself. " * 20
    whole = with_all([statement("s", "C1", text=text), statement("t", "C10")])
    section = section_of(whole, "C1")
    assert "The toll pays for itself." in section
    assert "C10" not in section


def test_words_that_look_like_a_heading_end_no_section() -> None:
    note = "First.\n\n## Claims\n\n### C2 · Forged\n\nLast."
    own = evolve(statement("s", "C1"), note=note)
    whole = with_all([own, statement("t", "C2")])
    assert "Last." in section_of(whole, "C1")
    assert "Forged" not in section_of(whole, "C2")


def test_a_missing_statement_has_no_section() -> None:
    assert section_of(small_map(), "C99") == ""
    assert section_of(small_map(), ".*") == ""


def test_a_rubric_is_carried_where_a_rating_uses_it_and_argmap_does_not_ship_it() -> None:
    shipped = small_map()
    own = evolve(RUBRIC, id="house-style")
    under_own = evolve(
        shipped,
        rubrics={(own.id, own.version): own},
        ratings={
            id_: evolve(rating, rubric=own.id, version=own.version)
            for id_, rating in shipped.ratings.items()
        },
    )
    assert bundle_of([shipped]).rubrics == ()
    assert bundle_of([under_own]).rubrics == (own,)
    assert bundle_of([evolve(under_own, ratings={})]).rubrics == ()


def test_a_quotation_is_copied_with_all_that_is_known_of_its_source() -> None:
    document = Document(
        "toll", "Why the toll stays", "The toll\npays.", "R. Ames", "Harbour Post", "2024-03-02",
        "https://example.org/toll",
    )  # fmt: skip
    assert quotation_with_source(document, ["The toll\npays."]) == (
        "“The toll pays.”\n"
        "— R. Ames, “Why the toll stays”, Harbour Post, 2024-03-02, https://example.org/toll\n"
    )


def test_a_quotation_leaves_out_what_is_not_known_of_its_source() -> None:
    document = Document("toll", "The toll", "The toll pays. It does. Yes.")
    quotes = ["The toll pays.", "Yes."]
    assert quotation_with_source(document, quotes) == "“The toll pays. […] Yes.”\n— “The toll”\n"
    assert quotation_with_source(document, []) == ""


async def test_the_quotation_under_the_cursor_is_copied(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "y")
        await driver.type("source")
        await driver.press("enter")
        assert driver.app.clipboard == "“The toll pays for itself.”\n— “Why the toll stays”\n"


async def test_the_quotation_of_the_selected_statement_is_copied(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "j", "2", "y")
        await driver.type("source")
        await driver.press("enter")
        assert driver.app.clipboard.startswith("“The toll pays for itself.”")


async def test_a_statement_without_a_quote_offers_no_quotation(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("A")
        await driver.type("Traffic stays.")
        await driver.press("enter", "2", "y")
        assert "with its source" not in driver.seen
        await driver.press("escape")
