"""The attribution dialog completes names however they are typed, and warns of similar ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from support.drivers.workbench import Driver, driving

from store import load_map, open_store
from store.queries import list_sources
from tui.shell.app import ArgmapApp
from tui.widgets.line import LineInput

if TYPE_CHECKING:
    from pathlib import Path

    from support.drivers.desk import Content, Desk

HOSTILE = "Red \x1b[31m \u202e alert"
TEXT = "The toll pays for itself. Reports say traffic fell."
RECORDS: tuple[Content, ...] = (
    {"type": "document", "id": "toll", "title": "The toll", "text": TEXT},
    {"type": "statement", "id": "e1", "document": "toll", "kind": "evidence", "text": "It pays."},
    {
        "type": "statement",
        "id": "e2",
        "document": "toll",
        "kind": "evidence",
        "text": "It stays.",
        "attribution": {
            "class": "named_organisation",
            "chain": ["un"],
            "text_certainty": "certain",
            "access": "told",
        },
    },
    {"type": "source", "id": "un", "name": "UN Monitoring Team", "kind": "organisation"},
    {"type": "source", "id": "bad", "name": HOSTILE, "kind": "person"},
)
LIKE = "similar to UN Monitoring Team, already known · tab selects it"


@pytest.fixture
def path(desk: Desk) -> Path:
    desk.land(*RECORDS)
    return desk.path


async def ask(driver: Driver, typed: str) -> None:
    driver.bench.work.select("e1")
    await driver.press("w")
    await driver.type(typed)


def chain(driver: Driver) -> tuple[str, ...]:
    (said,) = driver.map.attributions_of["e1"]
    return said.chain


def line_of(driver: Driver) -> LineInput:
    return driver.app.screen.query_one(LineInput)


def names_in(path: Path) -> list[str]:
    with open_store(path) as opened:
        return [source.name for source in list_sources(opened)]


@pytest.mark.parametrize("typed", ["the U.N. monitoring", "un mon", "monitoring team"])
async def test_a_known_name_is_completed_however_it_is_written(path: Path, typed: str) -> None:
    async with driving(path, app=ArgmapApp(path, document="toll")) as driver:
        await ask(driver, typed)
        await driver.press("enter", "enter", "enter")
        assert chain(driver) == ("un",)


@pytest.mark.parametrize("typed", ["UN Monitering Team", "the U.N. monitoring teams", "UMT"])
async def test_a_new_name_similar_to_a_known_one_is_pointed_out_and_tab_selects_the_known_one(
    path: Path, typed: str
) -> None:
    async with driving(path, app=ArgmapApp(path, document="toll")) as driver:
        await ask(driver, typed)
        assert f"new source: {typed}" in driver.seen
        assert LIKE in driver.seen
        await driver.press("tab", "enter", "enter")
        assert chain(driver) == ("un",)


async def test_a_new_name_can_be_made_all_the_same(path: Path) -> None:
    async with driving(path, app=ArgmapApp(path, document="toll")) as driver:
        await ask(driver, "UN Monitering Team")
        await driver.press("enter", "enter", "enter")
        (source,) = chain(driver)
        assert driver.map.sources[source].name == "UN Monitering Team"


async def test_a_name_similar_to_no_other_gets_no_hint_and_tab_selects_nothing(path: Path) -> None:
    async with driving(path, app=ArgmapApp(path, document="toll")) as driver:
        await ask(driver, "Roads Institute")
        assert "already known" not in driver.seen
        await driver.press("tab")
        assert "new source: Roads Institute" in driver.seen


async def test_the_hint_is_gone_once_the_name_is_the_known_one(path: Path) -> None:
    async with driving(path, app=ArgmapApp(path, document="toll")) as driver:
        await ask(driver, "UN Monitoring Tea")
        assert LIKE in driver.seen
        await driver.type("m")
        assert "already known" not in driver.seen


async def test_an_attribution_can_be_changed_and_undone(path: Path) -> None:
    async with driving(path, app=ArgmapApp(path, document="toll")) as driver:
        await ask(driver, "un")
        await driver.press("enter", "enter", "enter", "w", "ctrl+u")
        await driver.type("Roads")
        await driver.press("enter", "enter", "enter")
        with open_store(path) as opened:
            (said,) = load_map(opened, "toll").attributions_of["e1"]
            names = {s.id: s.name for s in list_sources(opened)}
        assert names[said.chain[0]] == "Roads"
        assert chain(driver) == said.chain
        await driver.press("u")
        assert chain(driver) == ("un",)


async def test_other_fields_stay_when_an_attribution_is_changed(path: Path) -> None:
    async with driving(path, app=ArgmapApp(path, document="toll")) as driver:
        (before,) = driver.map.attributions_of["e2"]
        driver.bench.work.select("e2")
        await driver.press("w", "enter")
        await driver.type("partial")
        await driver.press("enter", "enter")
        (after,) = driver.map.attributions_of["e2"]
        assert after == evolve(before, class_="partial_document")


async def test_a_hostile_name_is_shown_in_signs_and_stays_what_it_is(path: Path) -> None:
    async with driving(path, app=ArgmapApp(path, document="toll")) as driver:
        await ask(driver, "red")
        await driver.press("enter", "enter", "enter", "w")
        assert "⟦U+001B⟧" in driver.seen
        assert not {"\x1b", "\u202e"} & set(driver.seen)
        await driver.press("enter", "enter", "enter")
        assert chain(driver) == ("bad",)
        assert "not saved" not in "".join(driver.said)


async def test_the_author_is_offered_first_and_needs_no_source(path: Path, desk: Desk) -> None:
    desk.land({"type": "document", "id": "toll", "title": "The toll", "author": "R. Ames",
               "text": TEXT})  # fmt: skip
    async with driving(path, app=ArgmapApp(path, document="toll")) as driver:
        await ask(driver, "")
        assert "R. Ames, the author" in driver.seen
        await driver.press("enter")
        assert "did the author witness it, or only assert it?" in driver.seen
        await driver.press("escape")
        await driver.press("enter", "enter", "enter")
        (said,) = driver.map.attributions_of["e1"]
        assert (said.class_, said.chain, said.cue) == ("author_assertion", (), None)
        await driver.press("w")
        assert line_of(driver).words == "R. Ames"
        assert line_of(driver).selected_text == "R. Ames"
        await driver.press("enter", "down", "enter", "enter")
        (said,) = driver.map.attributions_of["e1"]
        assert (said.class_, said.chain) == ("firsthand_author", ())
        assert set(names_in(path)) == {"UN Monitoring Team", HOSTILE}


async def test_words_that_match_no_class_get_a_message(path: Path) -> None:
    async with driving(path, app=ArgmapApp(path, document="toll")) as driver:
        await ask(driver, "nobody")
        await driver.press("enter")
        await driver.type("zzz")
        assert "no class matches" in driver.seen
        await driver.press("enter")
        assert "no class matches" in driver.seen
        await driver.press("escape", "escape")
        assert "e1" not in driver.map.attributions_of


@pytest.mark.parametrize("typed", ["nobody", "Nobody", "no source"])
async def test_no_source_is_not_a_new_source(path: Path, typed: str) -> None:
    async with driving(path, app=ArgmapApp(path, document="toll")) as driver:
        await ask(driver, typed)
        await driver.press("enter", "enter", "enter")
        (said,) = driver.map.attributions_of["e1"]
        assert (said.class_, said.chain) == ("author_assertion", ())
        assert set(names_in(path)) == {"UN Monitoring Team", HOSTILE}


async def test_a_known_source_keeps_the_class_it_was_used_with(path: Path) -> None:
    async with driving(path, app=ArgmapApp(path, document="toll")) as driver:
        await ask(driver, "un")
        await driver.press("enter")
        await driver.type("partial")
        await driver.press("enter", "enter")
        await driver.press("1", "g", "c", "w")
        await driver.type("un")
        await driver.press("enter", "enter", "enter")
        (said,) = driver.map.attributions_of[driver.bench.work.statement.id]
        assert said.class_ == "partial_document"


async def test_a_source_of_another_document_keeps_its_class_there(path: Path, desk: Desk) -> None:
    desk.land(
        {"type": "document", "id": "bus", "title": "The bus", "text": "The bus is late."},
        {"type": "statement", "id": "b1", "document": "bus", "kind": "evidence", "text": "Late.",
         "attribution": {"class": "unnamed_role", "chain": ["bad"]}},
    )  # fmt: skip
    async with driving(path, app=ArgmapApp(path, document="toll")) as driver:
        await ask(driver, "red")
        await driver.press("enter", "enter", "enter")
        (said,) = driver.map.attributions_of["e1"]
        assert (said.chain, said.class_) == (("bad",), "unnamed_role")


async def test_typing_takes_the_place_of_the_name_that_is_there(path: Path) -> None:
    async with driving(path, app=ArgmapApp(path, document="toll")) as driver:
        driver.bench.work.select("e2")
        await driver.press("w")
        assert line_of(driver).selected_text == "UN Monitoring Team"
        await driver.type("Roads")
        await driver.press("enter", "enter", "enter")
        (said,) = driver.map.attributions_of["e2"]
        assert driver.map.sources[said.chain[-1]].name == "Roads"


async def test_who_is_there_stays_with_three_enters(path: Path) -> None:
    async with driving(path, app=ArgmapApp(path, document="toll")) as driver:
        before = driver.map.attributions
        driver.bench.work.select("e2")
        await driver.press("w", "enter", "enter", "enter")
        assert driver.map.attributions == before


async def test_sources_that_relay_a_statement_are_shown_and_stay(path: Path, desk: Desk) -> None:
    desk.land(
        {"type": "source", "id": "post", "name": "The Post", "kind": "outlet"},
        {"type": "statement", "id": "e3", "document": "toll", "kind": "evidence", "text": "Told.",
         "attribution": {"class": "named_organisation", "chain": ["post", "un"]}},
    )  # fmt: skip
    async with driving(path, app=ArgmapApp(path, document="toll")) as driver:
        driver.bench.work.select("e3")
        await driver.press("w")
        assert "reported by The Post" in driver.seen
        await driver.type("red")
        await driver.press("enter", "enter", "enter")
        (said,) = driver.map.attributions_of["e3"]
        assert said.chain == ("post", "bad")


async def test_reporting_words_are_offered_only_from_the_statements_own(path: Path) -> None:
    async with driving(path, "Title\n\nTolls pay. Reports say that traffic fell.") as driver:
        await driver.press("j", "c", "w")
        await driver.type("Amy")
        await driver.press("enter", "enter")
        assert line_of(driver).words == ""
        await driver.press("enter", "1", "j", "c", "w")
        await driver.type("Reports")
        await driver.press("enter", "enter")
        assert line_of(driver).words == "say that"
        await driver.press("enter")
        (said,) = driver.map.attributions_of[driver.bench.work.statement.id]
        assert said.cue_start == driver.map.document.text.index("say that")


async def test_enter_selects_no_speaker_where_the_text_reports_a_third_party(path: Path) -> None:
    async with driving(path, "Title\n\nReports say that traffic fell. Tolls pay.") as driver:
        await driver.press("j", "c", "w")
        assert "the text has “say that”: type a name" in driver.seen
        await driver.press("enter", "enter", "enter")
        assert "Who says C1?" in driver.seen
        await driver.type("Reports")
        await driver.press("enter", "enter", "enter")
        assert [s.name for s in driver.map.sources.values()] == ["Reports"]


async def test_the_author_is_offered_where_no_reporting_words_are(path: Path) -> None:
    async with driving(path, "Title\n\nReports say that traffic fell. Tolls pay.") as driver:
        await driver.press("j", "j", "c", "w", "enter", "enter", "enter")
        (said,) = driver.map.attributions.values()
        assert (said.class_, said.chain) == ("author_assertion", ())


async def test_an_unnamed_speaker_is_offered_where_the_text_hedges(path: Path) -> None:
    async with driving(path, "Title\n\nApparently traffic fell. Tolls pay.") as driver:
        await driver.press("j", "c", "w", "enter", "enter", "enter")
        (said,) = driver.map.attributions.values()
        assert (said.class_, said.chain, said.cue) == ("evidential_hedge", (), "Apparently")
