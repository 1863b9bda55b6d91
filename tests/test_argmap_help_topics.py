"""The help pages: true to the code, and silent about features that do not exist."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING, Any

import pytest
from support.drivers.command_line import Terminal
from support.help_pages import FOLDER, PART, PARTS, redrawn

from argmap.help.topics import topics
from argmap.model.vocabulary import ATTRIBUTION_CLASSES
from argmap.records.schema import RECORD_TYPES

if TYPE_CHECKING:
    from pathlib import Path

PAGES = topics()
README = FOLDER.parents[1] / "README.md"
TEXTS = {**{name: page.text for name, page in PAGES.items()}, "README": README.read_text("utf-8")}
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The commands by name, and the program itself under the empty name."""
    whole = Terminal(tmp_path_factory.mktemp("spec")).run("--spec").json
    return {"": whole} | {command["name"]: command for command in whole["commands"]}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_begins_with_its_title_and_one_sentence(name: str) -> None:
    page = PAGES[name]
    assert page.text.startswith(f"# {page.title}\n\n")
    assert page.summary.endswith(".")
    assert len(page.summary) <= 66  # a line of 80 columns in the list
    assert page.text.endswith("\n")
    assert not page.text.endswith("\n\n")


def test_every_generated_part_is_on_one_page() -> None:
    parts = [part[1] for page in PAGES.values() for part in PART.finditer(page.text)]
    assert sorted(parts) == sorted(PARTS)


@pytest.mark.parametrize("name", PAGES)
def test_the_generated_parts_are_as_the_code_makes_them(name: str) -> None:
    assert PAGES[name].text == redrawn(PAGES[name].text)


@pytest.mark.parametrize("type_", [name for name in RECORD_TYPES if name != "rubric"])
def test_each_key_of_a_record_is_explained_and_no_other(type_: str) -> None:
    section = PAGES["records"].text.split(f"\n### {type_}\n")[1].split("\n### ")[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    explained = [key for cell in cells for key in re.findall(r"`(\w+)`", cell)]
    fields = (name.rstrip("_") for name in RECORD_TYPES[type_].__struct_fields__)
    assert sorted(explained) == sorted(fields)


def test_each_class_of_attribution_is_in_the_glossary() -> None:
    section = PAGES["glossary"].text.split("### Classes of attribution")[1].split("\n## ")[0]
    assert tuple(re.findall(r"^\| `(\w+)`", section, re.MULTILINE)) == ATTRIBUTION_CLASSES


def test_the_records_of_the_page_are_imported_without_a_fault(tmp_path: Path) -> None:
    lines = PAGES["records"].text.split("```json\n")[1].split("```")[0]
    report = Terminal(tmp_path).run("import", "--json", "-", stdin=lines.encode())
    assert (report.code, report.json["added"], report.json["rejected"]) == (0, 5, [])


@pytest.mark.parametrize("name", TEXTS)
def test_the_commands_of_a_page_exist_with_their_options(
    name: str, spec: dict[str, dict[str, Any]]
) -> None:
    assert [line for line in shell_lines(TEXTS[name]) if not is_known(line, spec)] == []


@pytest.mark.parametrize("name", TEXTS)
def test_a_page_that_is_named_is_there(name: str, spec: dict[str, dict[str, Any]]) -> None:
    named = re.findall(r"argmap help ([a-z-]+)", TEXTS[name])
    assert set(named) <= {*PAGES, *spec}


def test_the_readme_lists_every_page() -> None:
    listed = re.findall(r"^\| \[`(\w+)`\]\(argmap/help/(\w+)\.md\)", TEXTS["README"], re.MULTILINE)
    assert listed == [(name, name) for name in PAGES]


def shell_lines(text: str) -> list[list[str]]:
    """Return the words of each call of argmap in *text*, in blocks and between backticks."""
    blocks = "\n".join(BLOCK.findall(text)).splitlines()
    calls = [*blocks, *re.findall(r"`(argmap [^`\n]*)`", text)]
    words = (shlex.split(line, comments=True) for line in calls if line.startswith("argmap "))
    return [line for line in words if line[1:]]


def is_known(line: list[str], spec: dict[str, dict[str, Any]]) -> bool:
    """Return whether the command of *line* exists and has all its options."""
    own = {option for given in spec[""]["options"] for option in given["names"]}
    words = [word for word in line[1:] if word not in own]
    if not words:
        return True
    command = spec.get(words[0])
    if command is None:
        return False
    options = {name for option in command["options"] for name in option["names"]}
    end = words.index("|") if "|" in words else len(words)
    return {word for word in words[1:end] if re.match("--?[a-z]", word)} <= options


def test_a_command_that_is_not_there_would_be_found(spec: dict[str, dict[str, Any]]) -> None:
    assert not is_known(["argmap", "fly"], spec)
    assert not is_known(["argmap", "list", "--fly"], spec)
    assert is_known(["argmap", "list", "--json"], spec)


def test_the_specification_is_json_that_survives_a_round_trip(
    spec: dict[str, dict[str, Any]],
) -> None:
    assert json.loads(json.dumps(spec[""])) == spec[""]
