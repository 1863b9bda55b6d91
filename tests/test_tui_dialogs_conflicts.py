"""When another user saves during an edit, no words are lost and the reader decides."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support.drivers.interfering import (
    WAYS,
    bench_of,
    claim,
    is_same_everywhere,
    meanwhile,
    on_disk,
    setting,
    told,
)
from support.drivers.workbench import TEXT, driving

from argmap.edit.verbs import change_statement, remove_statement
from argmap.model.map import Change, Operation
from argmap.model.rating import Credibility
from argmap.records.ids import credibility_id
from store import history, open_store

if TYPE_CHECKING:
    from pathlib import Path


# Words


@WAYS
@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_the_editor_stays_open_with_both_words_and_the_reader_decides(
    path: Path, key: str, *, is_followed: bool
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "3", "enter")
        await driver.type(" And more.")
        mine, own = "The toll pays for itself. And more.", driver.labelled("C1").id
        theirs = change_statement(driver.map, own, text="Not at all.")
        await meanwhile(driver, theirs, is_followed=is_followed)
        await driver.press("enter")
        editor = driver.bench.details.editor
        assert editor is not None
        assert (editor.display, editor.has_focus, editor.text) == (True, True, mine)
        assert "Another user" in driver.seen
        assert "Not at all." in str(editor.notice.content)
        assert claim(driver).text == "Not at all."
        await driver.press(key)
        assert not editor.display
        assert claim(driver).text == (mine if key == "enter" else "Not at all.")
        assert is_same_everywhere(driver)
        if key == "enter":
            await driver.press("u")
            assert claim(driver).text == "Not at all."


@WAYS
async def test_a_note_and_a_text_by_two_people_are_both_saved(
    path: Path, *, is_followed: bool
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "3", "enter")
        await driver.type(" And more.")
        theirs = change_statement(driver.map, driver.labelled("C1").id, note="Is it so?")
        await meanwhile(driver, theirs, is_followed=is_followed)
        await driver.press("enter")
        found = claim(driver)
        assert (found.text, found.note) == ("The toll pays for itself. And more.", "Is it so?")
        assert is_same_everywhere(driver)


async def test_a_third_edit_after_the_first_conflict_is_shown_too(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "3", "enter")
        await driver.type("!")
        own = driver.labelled("C1").id
        for words in ("Second.", "Third."):
            await meanwhile(driver, setting(claim(driver), text=words), is_followed=True)
            await driver.press("enter")
            assert words in driver.seen
            assert driver.map.statements[own].text == words
        await driver.press("enter")
        assert claim(driver).text == "The toll pays for itself.!"


@WAYS
async def test_what_was_not_typed_over_is_no_conflict(path: Path, *, is_followed: bool) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "3", "enter")
        await meanwhile(
            driver, setting(driver.labelled("C1"), text="Theirs."), is_followed=is_followed
        )
        await driver.press("enter")
        assert claim(driver).text == "Theirs."
        assert not driver.bench.details.is_editing


async def test_going_elsewhere_is_no_decision_and_the_words_are_on_the_clipboard(
    path: Path,
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "3", "enter")
        await driver.type("!")
        await meanwhile(driver, setting(claim(driver), text="Theirs."), is_followed=True)
        await driver.press("enter")
        driver.bench.text.focus()
        await driver.settle()
        assert claim(driver).text == "Theirs."
        assert driver.app.clipboard == "The toll pays for itself.!"
        assert "clipboard" in told(driver)


# Small questions


@WAYS
@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_tags_are_asked_for_again_with_both_in_view(
    path: Path, key: str, *, is_followed: bool
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "number_sign")
        await driver.type("mine")
        await meanwhile(driver, setting(claim(driver), tags=("theirs",)), is_followed=is_followed)
        await driver.press("enter")
        assert "another user or process" in " ".join(driver.seen.replace("│", " ").split())
        assert "mine" in driver.seen
        assert claim(driver).tags == ("theirs",)
        await driver.press(key)
        assert claim(driver).tags == (("mine",) if key == "enter" else ("theirs",))
        assert is_same_everywhere(driver)


async def test_tags_for_a_removed_statement_are_on_the_clipboard(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "number_sign")
        await driver.type("mine")
        gone = remove_statement(bench_of(driver).map, claim(driver).id)
        await meanwhile(driver, gone, is_followed=True)
        await driver.press("enter")
        assert "C1 was removed meanwhile" in told(driver)
        assert driver.app.clipboard == "mine"


@WAYS
async def test_the_kind_of_a_claim_is_asked_for_and_decided(
    path: Path, *, is_followed: bool
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "3")
        fields = driver.bench.details.list
        fields.at = next(n for n, f in enumerate(fields.fields) if f.id == "nature")
        await driver.press("enter")
        await meanwhile(driver, setting(claim(driver), nature="value"), is_followed=is_followed)
        await driver.type("causal")
        await driver.press("enter")
        assert "“value”" in driver.seen
        assert "causal" in driver.seen
        assert claim(driver).nature == "value"
        await driver.press("enter")  # which takes nothing: it would lose what somebody else did
        assert claim(driver).nature == "value"
        await driver.press("1")
        assert claim(driver).nature == "causal"


@WAYS
@pytest.mark.parametrize("key", ["1", "escape"])
async def test_a_conflict_of_attributions_is_decided_by_the_reader(
    path: Path, key: str, *, is_followed: bool
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "j", "e", "w")
        await driver.type("Reports")
        await driver.press("enter", "enter", "enter", "w", "end")
        await driver.type(" and memos")
        await driver.press("enter", "enter")
        [said] = on_disk(driver).attributions.values()
        theirs = setting(said, class_="evidential_hedge", chain=())
        await meanwhile(driver, theirs, is_followed=is_followed)
        await driver.press("enter")
        assert "the attribution of E1 was changed meanwhile" in driver.seen
        assert "Reports and memos" in driver.seen
        assert not on_disk(driver).attributions[said.id].chain
        await driver.press(key)
        found = on_disk(driver)
        names = [found.sources[id_].name for id_ in found.attributions[said.id].chain]
        assert names == (["Reports and memos"] if key == "1" else [])


@WAYS
async def test_an_attribution_and_a_note_on_it_are_both_saved(
    path: Path, *, is_followed: bool
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "j", "e", "w")
        await driver.type("Reports")
        await driver.press("enter", "enter", "enter", "w")
        await driver.press("enter", "enter", "end")
        [said] = on_disk(driver).attributions.values()
        await meanwhile(driver, setting(said, note="on page 2"), is_followed=is_followed)
        await driver.type(" it")
        await driver.press("enter")
        [found] = on_disk(driver).attributions.values()
        assert (found.note, found.cue) == ("on page 2", f"{said.cue} it")


@WAYS
async def test_an_admiralty_number_is_decided(path: Path, *, is_followed: bool) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "j", "e", "C")
        item, who = claim(driver, "E1"), driver.app.rater.assessor
        new = Credibility(credibility_id(item.id, who), item.id, who, 5, because="theirs")
        await meanwhile(
            driver, Operation("judged E1", (Change(None, new),)), is_followed=is_followed
        )
        await driver.press("1", "1", "2", "6")
        await driver.type("mine")
        await driver.press("enter")
        assert "by " + who in driver.seen
        assert on_disk(driver).credibilities[new.id].number == 5
        await driver.press("1")
        assert on_disk(driver).credibilities[new.id].number == 6


# Another process


OTHER = """
import sys
from argmap.edit import change_statement
from store import apply, document_ids, load_map, open_store
with open_store(sys.argv[1]) as opened:
    found = load_map(opened, document_ids(opened)[0])
    apply(opened, change_statement(found, "C1", **{sys.argv[2]: sys.argv[3]}))
"""


async def test_a_process_that_saves_while_one_types_loses_nothing(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "3", "enter")
        await driver.type("!")
        for values in (("text", "By a process."), ("note", "Its note.")):
            arguments = [sys.executable, "-c", OTHER, str(path), *values]
            await asyncio.to_thread(subprocess.run, arguments, check=True)
        await driver.press("enter")
        await driver.until(lambda: "By a process." in driver.seen)
        assert claim(driver).text == "By a process."
        await driver.press("enter")
        found = claim(driver)
        assert (found.text, found.note) == ("The toll pays for itself.!", "Its note.")
    with open_store(path) as store:
        assert len(history(store)) == 5
