"""The recipes of the help pages, run word for word."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.drivers.command_line import Terminal

import store
from argmap.help.topics import topics

ROOT = Path(__file__).parents[1]
BLOCKS = "".join(page.text for page in topics().values()).split("\n```")
TOLL = "The toll pays for itself. Reports say traffic fell by a fifth."


def recipe(language: str, words: str) -> str:
    """Return the one block of the help pages in *language* that has *words*."""
    [found] = [b for b in BLOCKS if b.startswith(f"{language}\n") and words in b]
    return found.removeprefix(f"{language}\n") + "\n"


def python(folder: Path, script: str) -> str:
    """Run *script* in *folder* and return its output."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def write_folder(folder: Path) -> None:
    """Write the input of the first recipe: two op-eds and three claims, one of them misquoted."""
    (folder / "op-eds").mkdir()
    (folder / "op-eds" / "toll.txt").write_text(f"# The toll\n\n{TOLL}", "utf-8")
    (folder / "op-eds" / "bus.txt").write_text("# The bus\n\nThe bus is late. So it goes.", "utf-8")
    rows = ["toll.txt,The toll pays for itself.", "bus.txt,The bus is early.",
            "bus.txt,The bus is late.", "tram.txt,No text."]  # fmt: skip
    (folder / "claims.csv").write_text("\n".join(["file,claim", *rows]), "utf-8")


def test_a_folder_of_op_eds_comes_in_with_the_claims_of_a_table(tmp_path: Path) -> None:
    write_folder(tmp_path)
    told = python(tmp_path, recipe("python", "import_from")).splitlines()
    assert [line.split(":")[:2] for line in told] == [
        ["claim 2", " quote"],
        ["claim 4", " document"],
    ]
    assert {text.name.rsplit("-", 1)[0] for text in tmp_path.glob("*.md")} == {
        "the-toll",
        "the-bus",
    }
    [bus] = tmp_path.glob("the-bus*.md")
    assert "The bus is late." in bus.read_text("utf-8")
    with store.open_store(tmp_path / "op-eds.db") as opened:
        assert store.history(opened)[0].label == "imported records"
        assert list(store.examine(opened)) == []


def test_the_same_folder_again_changes_nothing(tmp_path: Path) -> None:
    write_folder(tmp_path)
    for _ in range(2):
        python(tmp_path, recipe("python", "import_from"))
    with store.open_store(tmp_path / "op-eds.db") as opened:
        assert len(store.history(opened)) == 3


def test_claims_are_tagged_that_rest_on_one_origin(tmp_path: Path) -> None:
    texts = [("toll", ["Reports"]), ("bus", ["Ames", "Bell"]), ("tram", [])]
    records: list[dict[str, object]] = []
    for id_, names in texts:
        records.append({"type": "document", "id": id_, "title": id_, "text": TOLL})
        records.append({"type": "statement", "id": f"{id_}-c", "document": id_, "kind": "claim",
                        "text": "A claim."})  # fmt: skip
        for name in names:
            records.append({"type": "source", "id": name, "name": name, "kind": "person"})
            records.append({"type": "statement", "document": id_, "kind": "evidence", "text": name,
                            "supports": f"{id_}-c",
                            "attribution": {"class": "named_person", "source": name}})  # fmt: skip
    with store.open_store(tmp_path / "op-eds.db") as opened:
        assert store.import_from(opened, records, assessor="amy").rejected == []
    for _ in range(2):  # the second time there is nothing left to tag
        python(tmp_path, recipe("python", "origins_of"))
    with store.open_store(tmp_path / "op-eds.db") as opened:
        tags = {id_: store.load_map(opened, id_).statements[f"{id_}-c"].tags for id_, _ in texts}
        assert len(store.history(opened)) == 2
    assert tags == {"toll": ("one origin",), "bus": (), "tram": ()}


def test_the_recipes_in_python_pass_strict_types(tmp_path: Path) -> None:
    pytest.importorskip("mypy", reason="mypy comes with the extra lint")
    for name in ("import_from", "origins_of"):
        (tmp_path / f"{name}.py").write_text(recipe("python", name), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", "import_from.py",
         "origins_of.py"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
        env={**os.environ, "MYPYPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stdout == "Success: no issues found in 2 source files\n"


def test_a_program_that_prints_records_is_piped_in_and_what_was_refused_comes_out(
    tmp_path: Path,
) -> None:
    terminal = Terminal(tmp_path)
    document = {"type": "document", "id": "toll", "title": "The toll", "text": TOLL}
    claim = {"type": "statement", "document": "toll", "kind": "claim", "quote": "The bus"}
    lines = "\n".join(map(json.dumps, [document, claim]))
    terminal.write("records.py", f"print({lines!r})")
    argmap = tmp_path / "bin" / "argmap"
    argmap.parent.mkdir()
    argmap.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m argmap "$@"\n')
    argmap.chmod(0o755)
    done = subprocess.run(
        ["sh", "-c", recipe("sh", "records.py")],
        cwd=tmp_path, capture_output=True, text=True, check=False,
        env=terminal.environment(PYTHONPATH=str(ROOT), PATH=f"{argmap.parent}:{os.environ['PATH']}"),
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "")
    [line] = done.stdout.splitlines()
    assert line.startswith("2\tquote\tis not in the document's text")
    assert terminal.run("list", "--json").json[0]["id"] == "toll"
