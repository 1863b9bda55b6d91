"""Typed text stays with its statement during edits, searches and filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.drivers.workbench import AT, TEXT, driving

from argmap.edit.compound import mark
from argmap.edit.verbs import change_statement, remove_statement
from argmap.errors import StoreError
from argmap.model.document import passage_at
from store import apply, open_store
from tui.document import opening
from tui.shell.app import ArgmapApp
from tui.shell.config import Config
from tui.shell.state import State, View

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from argmap.model.map import Operation
    from store import Store


def land(path: Path, operation: Operation) -> None:
    """Do *operation* as another process does."""
    with open_store(path) as store:
        apply(store, operation, AT)


# Typed words


async def test_words_go_to_the_statement_they_were_begun_on(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "c", "3", "enter")
        await driver.type(" And more.")
        driver.bench.work.select(driver.labelled("C1").id)
        await driver.press("enter")
        assert driver.labelled("C1").text == "The toll pays for itself."
        assert driver.labelled("C2").text == "Reports say that traffic fell by a fifth. And more."


async def test_words_are_kept_when_the_focus_goes_elsewhere_and_the_focus_stays_there(
    path: Path,
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "3", "enter")
        await driver.type(" And more.")
        await driver.pilot.click(type(driver.bench.text), offset=(10, 5))
        await driver.settle()
        assert driver.labelled("C1").text == "The toll pays for itself. And more."
        assert driver.bench.focused is driver.bench.text


async def test_words_wait_while_the_terminal_is_behind_another_window(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "3", "enter")
        await driver.type(" And")
        driver.app.app_focus = False
        await driver.settle()
        driver.app.app_focus = True
        await driver.settle()
        await driver.type(" more.")
        await driver.press("enter")
        assert driver.labelled("C1").text == "The toll pays for itself. And more."


async def test_words_for_a_statement_that_went_meanwhile_are_on_the_clipboard(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "3", "enter")
        await driver.type(" And more.")
        land(path, remove_statement(driver.map, driver.labelled("C1").id))
        await driver.until(lambda: not driver.map.statements)
        await driver.press("enter")
        assert driver.app.clipboard == "The toll pays for itself. And more."
        assert driver.said == ["the statement was removed; your text is on the clipboard"]


async def test_refused_words_do_not_take_the_place_of_what_is_being_typed(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "c", "3", "enter")
        await driver.type(" And more.")
        bench, refused = driver.bench, driver.labelled("C1").id
        bench._refused(change_statement(bench.map, refused, text="Refused."), "a reason")  # noqa: SLF001  (as the session does)
        await driver.settle()
        assert driver.app.clipboard == "Refused."
        assert "your text is on the clipboard" in driver.said[0]
        assert bench.details.editor is not None
        assert bench.details.editor.text.endswith("And more.")


async def test_a_dialog_is_about_the_statement_it_was_opened_on(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "c")
        bench, first = driver.bench, driver.labelled("C1").id
        await driver.press("number_sign")
        bench.work.select(first)
        await driver.type("toll")
        await driver.press("enter")
        assert driver.labelled("C2").tags == ("toll",)
        assert driver.labelled("C1").tags == ()


async def test_clearing_a_passage_leaves_the_other_that_begins_where_it_does(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c")
        claim = driver.labelled("C1")
        short = passage_at(TEXT, claim.passages[0].start, claim.passages[0].start + 8)
        both = (*claim.passages, short)
        driver.bench.work.do(change_statement(driver.map, claim.id, passages=both))
        await driver.press("3")
        fields = driver.bench.details.list
        fields.at = next(n for n, f in enumerate(fields.fields) if f.id.startswith("passage:"))
        await driver.press("backspace")
        assert len(driver.labelled("C1").passages) == 1


# Searching and filtering


async def test_what_was_searched_in_the_map_is_gone_through_from_the_text(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "j", "c", "j", "c", "2", "slash")
        await driver.type("fell")
        await driver.press("enter", "1", "g", "n")
        assert driver.bench.work.selected == driver.labelled("C2").id


async def test_what_was_searched_in_the_text_is_gone_through_from_the_map(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "1", "slash")
        await driver.type("detours")
        await driver.press("enter", "2", "n", "n")
        low, high = driver.bench.text.cursor.range
        assert TEXT[low:high] == "Hauliers disagree, and they count detours."


async def test_keys_typed_in_one_burst_go_to_the_place_of_the_last_word(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.pilot.press("slash", *"detours", "enter")
        await driver.settle()
        low, high = driver.bench.text.cursor.range
        assert "detours" in TEXT[low:high]


async def test_a_filter_takes_in_what_is_edited(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "G", "c")
        driver.bench.work.filter("unsupported")
        first, second = driver.labelled("C1").id, driver.labelled("C2").id
        driver.bench.work.select(first)
        await driver.settle()
        bench = driver.bench
        bench.work.do(mark(bench.map, ("new", "link"), "evidence", (), first, text="It does."))
        await driver.settle()
        shown = {node.statement for node in bench.outline.forest.visible}
        assert second in shown
        assert first not in shown
        assert bench.work.selected == second


# What is shown beside


async def test_the_history_in_the_details_has_the_newest_edit(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c", "number_sign")
        await driver.type("toll")
        await driver.press("enter")
        await driver.until(lambda: "changed" in driver.seen)


async def test_the_selection_comes_back_with_a_map_that_is_read_after_the_first_frame(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(path) as driver:
        document, wanted = driver.map.document.id, driver.labelled("E3").id
    monkeypatch.setattr(opening, "AT_ONCE", 1)
    state = State(views={document: View(selected=wanted)})
    app = ArgmapApp(path, document=document, state=state)
    async with driving(path, app=app) as driver:
        await driver.until(lambda: driver.bench.work.selected == wanted)
        assert driver.bench.details.label == "E3"


async def test_trouble_with_reading_is_shown_until_it_is_over(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(path, TEXT) as driver:

        def fail(_: Store) -> int:
            message = f"{path}: the disk is on fire; call somebody"
            raise StoreError(message)

        with monkeypatch.context() as patch:
            patch.setattr("tui.document.session.data_version", fail)
            await driver.until(lambda: "the disk is on fire" in driver.lines[0])
            assert "call somebody" not in driver.lines[0]
        await driver.until(lambda: driver.lines[0].rstrip().endswith("saved"))


async def test_all_faults_of_the_settings_are_shown_together(path: Path) -> None:
    config = Config(theme="nonsense", faults=("there is no setting 'x'",))
    async with driving(path, app=ArgmapApp(path, config=config)) as driver:
        assert "there is no setting 'x'" in driver.said[0]
        assert "unknown theme 'nonsense'" in driver.said[0]


async def test_leaving_warns_again_when_more_is_lost(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("c")
        for name in list(path.parent.glob("argmap.db*")):
            name.unlink()
        await driver.press("j", "c", "ctrl+q")
        assert "1 edit not saved" in driver.said[0]
        await driver.press("j", "c", "ctrl+q")
        assert "2 edits not saved" in driver.said[0]
        assert driver.app.is_running
        await driver.press("ctrl+q")
        assert not driver.app.is_running


async def test_what_is_lost_counts_after_another_document_is_opened(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        driver.app.database.lost = 1
        await driver.app.show_library()
        await driver.press("ctrl+q")
        assert "1 edit not saved" in driver.said[0]
        driver.app.database.lost = 0


async def test_hidden_characters_are_signs_while_they_are_typed_over_and_stay(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("j", "c")
        claim = driver.bench.work.statement
        driver.bench.work.do(
            change_statement(driver.map, claim.id, tags=("a\u202eb",), text="x\x1by")
        )
        await driver.press("#")
        assert "a⟦U+202E⟧b" in driver.seen
        await driver.press("!", "enter", "2", "i")
        assert "x⟦U+001B⟧y" in driver.seen
        assert not {"\x1b", "\u202e"} & set(driver.seen)
        await driver.press("!", "enter")
        assert driver.bench.work.statement.tags == ("a\u202eb!",)
        assert driver.bench.work.statement.text == "x\x1by!"
