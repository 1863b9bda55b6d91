"""Bad conditions: a locked or lost database, hostile text, many resizes, a dying terminal."""

from __future__ import annotations

import os
import re
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from support.drivers.command_line import Terminal
from support.drivers.pseudo_terminal import PseudoTerminal
from support.drivers.workbench import TEXT, driving, held

from argmap.analysis.outline import SIGNS
from argmap.op_eds.documents import document_from_text
from argmap.text.display import HIDDEN
from store import open_store
from store.queries import load_everything
from tui.core.background import run_in_background
from tui.shell.app import ArgmapApp
from tui.shell.config import Config, read_config

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOSTILE = (
    "[red]Markup[/red] and [/] and [@click=app.exit]more[/]. "
    "An \x1b[31mescape\x1b[0m and a bell\x07 ring. "
    "A \u202eturned\u202c run and an \u2066isolate\u2069 stand. "
    "A zero\u200bwidth and a family 👨‍👩‍👧 meet 漢字と仮名。 "
    "Combining e\u0301 and o\u0308 stay whole.\x9b31m <b>HTML</b> `code` | table."
)

ACTING = re.compile(f"[{HIDDEN}]")


@contextmanager
def at_terminal(path: Path) -> Iterator[PseudoTerminal]:
    """Run the workbench in a separate process, on a document in the database at *path*."""
    path.with_name("op-ed.txt").write_text(TEXT, "utf-8")
    Terminal(path.parent).run("add", "op-ed.txt")
    words = [sys.executable, "-m", "argmap", "-d", str(path), "open", "why"]
    with PseudoTerminal(words, path.parent) as terminal:
        terminal.wait_for(lambda screen: "Hauliers" in screen)
        yield terminal


async def test_text_from_outside_is_shown_and_never_obeyed(path: Path) -> None:
    async with driving(path, HOSTILE, size=(120, 40)) as driver:
        sentences = len(driver.bench.text.paragraphs.sentences)
        for _ in range(sentences):
            await driver.press("c", "j")
        await driver.press("w")
        await driver.type("[bold]x[/]\u202e")
        await driver.press("enter", "enter", "enter", "2", "g", "m", "m", "3", "Y", "escape", "X")
        await driver.press("escape", "1", "u")
        for line in (*driver.lines, *driver.said):
            assert not ACTING.search(line), line
        assert "[red]Markup[/red] and [/]" in driver.seen
        assert "⟦U+001B⟧" in driver.seen


async def test_an_edit_waits_in_sight_while_another_process_writes(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        with held(path):
            await driver.tap("c")
            await driver.until(lambda: "another process is writing" in driver.lines[0])
            assert list(driver.map.by_label) == ["C1"]
        await driver.until(lambda: driver.lines[0].rstrip().endswith(" saved"))


@pytest.mark.parametrize("replace", [False, True])
async def test_a_missing_database_is_reported_and_the_map_stays(
    path: Path, *, replace: bool
) -> None:
    async with driving(path, TEXT) as driver:
        await driver.press("c")
        for name in list(path.parent.glob("argmap.db*")):
            name.unlink()
        if replace:
            with open_store(path):
                pass
        await driver.press("j", "c")
        assert "was moved, deleted or replaced while open" in driver.said[0]
        assert "1 not saved" in driver.lines[0]
        assert list(driver.map.by_label) == ["C1", "C2"]
        await driver.press("ctrl+q")
        assert "1 edit not saved" in driver.said[0]
        assert driver.app.is_running


async def test_failed_work_is_reported_and_the_program_goes_on(path: Path) -> None:
    async with driving(path, TEXT) as driver:

        async def fail() -> None:
            message = "the reason"
            raise OSError(message)

        run_in_background(driver.bench, fail)
        await driver.settle()
        assert driver.said == ["unexpected error: OSError: the reason"]
        await driver.press("c")
        assert list(driver.map.by_label) == ["C1"]
        driver.app.failures.clear()


async def test_a_storm_of_sizes_leaves_the_screen_whole(path: Path) -> None:
    async with driving(path) as driver:
        for width, height in [(30, 8), (200, 60), (41, 13), (80, 24), (119, 12), (1, 1), (120, 40)]:
            await driver.pilot.resize_terminal(width, height)
        await driver.settle()
        assert all(
            p.display for p in (driver.bench.text, driver.bench.outline, driver.bench.details)
        )
        assert "The last boat home" in driver.lines[0]


async def test_a_megabyte_is_pasted_and_read(path: Path) -> None:
    text = "A title\n\n" + "This is a sentence of the pasted text. " * 26_000
    async with driving(path, app=ArgmapApp(path)) as driver:
        await driver.app.add(document_from_text(text))
        await driver.settle()
        assert len(driver.bench.text.paragraphs.sentences) == 26_001
        await driver.press("G", "c")
        assert driver.map.document.text == text


@pytest.mark.parametrize("sent", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_what_was_seen_on_the_screen_is_on_disk_when_the_terminal_dies(
    path: Path, sent: signal.Signals
) -> None:
    with at_terminal(path) as terminal:
        with held(path):  # else it is on disk before it is seen
            terminal.press("j")
            terminal.press("c")
            terminal.wait_for(lambda screen: "C1 The toll pays" in screen)
            os.kill(terminal.pid, sent)
        assert terminal.leave("") == 1
    with open_store(path) as store:
        (argument_map,) = load_everything(store).maps
        assert list(argument_map.by_label) == ["C1"]


@pytest.mark.parametrize("is_released", [True, False])
def test_edits_that_wait_are_saved_before_the_end_or_reported(
    path: Path, *, is_released: bool
) -> None:
    with at_terminal(path) as terminal, open_store(path) as store:
        with store.writing():
            for _ in range(3):
                terminal.press("j")
                terminal.press("c")
            terminal.wait_for(lambda screen: "C3 Drivers adapt" in screen)
            os.kill(terminal.pid, signal.SIGTERM)
            if not is_released:
                terminal.wait_for(lambda screen: "3 edits could not be saved" in screen)
        assert terminal.leave("") == 1
        (argument_map,) = load_everything(store).maps
    assert list(argument_map.by_label) == (["C1", "C2", "C3"] if is_released else [])


def test_the_workbench_without_a_terminal_is_one_line(tmp_path: Path) -> None:
    for words in (["open"], []):
        ran = Terminal(tmp_path).run(*words)
        assert ran.code == 2
        assert "needs a terminal" in ran.line


def test_what_is_neither_a_document_nor_a_file_is_one_line(tmp_path: Path) -> None:
    ran = Terminal(tmp_path).run("open", "nothing-like-this")
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(("is_ascii", "claim", "evidence"), [(True, "*", "+"), (False, "●", "⊕")])
async def test_signs_are_ascii_where_the_config_says_so_and_only_there(
    path: Path, monkeypatch: pytest.MonkeyPatch, *, is_ascii: bool, claim: str, evidence: str
) -> None:
    monkeypatch.setattr(
        "tui.look.signs._plain", not is_ascii
    )  # another app's; afterwards as it was
    app = ArgmapApp(path, config=Config(ascii=is_ascii))
    async with driving(path, app=app) as driver:
        await driver.app.add(document_from_text(TEXT))
        await driver.settle()
        await driver.press("j", "c", "j", "e")
        assert f" {claim} C1 The toll" in driver.seen
        assert f"{evidence} E1 Reports" in driver.seen
        assert set(driver.seen).isdisjoint(SIGNS.values()) == is_ascii
        assert set(driver.seen).isdisjoint("╭╮╰╯─│") == is_ascii


async def test_keys_of_the_config_are_those_that_work_and_that_are_shown(path: Path) -> None:
    file = path.with_name("config.toml")
    file.write_text('[keys]\n"workbench.mark-claim" = "f6"\n', "utf-8")
    app = ArgmapApp(path, config=read_config(file))
    async with driving(path, app=app) as driver:
        await driver.app.add(document_from_text(TEXT))
        await driver.settle()
        assert "f6 claim" in driver.lines[-1]
        await driver.press("c")
        assert not driver.map.by_label
        await driver.press("f6")
        assert list(driver.map.by_label) == ["C1"]
