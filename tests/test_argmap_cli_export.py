"""The command `export` loads each map once, for any output."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from support.drivers.command_line import Terminal
from support.drivers.desk import CLAIM, DOCUMENT

from store import load_map
from store.queries import map_streams

if TYPE_CHECKING:
    from pathlib import Path

    from argmap.model.map import ArgumentMap
    from store import Store

IDS = ("one", "three", "two")


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """Return a terminal with a database of three documents with one claim each."""
    found = Terminal(tmp_path)
    documents = (DOCUMENT | {"id": id_, "text": f"Words {id_}."} for id_ in IDS)
    claims = (CLAIM | {"id": f"c-{id_}", "document": id_} for id_ in IDS)
    assert found.run("import", found.records("a.jsonl", *documents, *claims)).code == 0
    return found


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count the loads of each map."""
    counts: Counter[str] = Counter()

    def counting(opened: Store, document: str) -> ArgumentMap:
        counts[document] += 1
        return load_map(opened, document)

    monkeypatch.setattr(map_streams, "load_map", counting)
    return counts


@pytest.mark.parametrize("named", [IDS, ("--all",)], ids=["by name", "all"])
def test_each_map_that_is_exported_into_a_folder_is_loaded_once(
    terminal: Terminal, loads: Counter[str], named: tuple[str, ...]
) -> None:
    assert terminal.run("export", *named, "-o", "out").code == 0
    assert loads == dict.fromkeys(IDS, 1)
    assert len([*(terminal.folder / "out").iterdir()]) == 3


@pytest.mark.parametrize("name", ["csv", "tsv", "jsonl"])
def test_what_is_written_entity_by_entity_loads_no_map(
    terminal: Terminal, loads: Counter[str], name: str
) -> None:
    for words in (("--all",), ("one",), ("--all", "-o", "."), ("--all", "-o", "all.txt")):
        assert terminal.run("export", *words, "--to", name).code == 0
    assert loads == {}
    assert "Words two" in (terminal.folder / "all.txt").read_text() or name != "jsonl"
