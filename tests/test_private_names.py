"""The code uses no private names of libraries, which change in any release, and hides none."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from textual._keyboard_protocol import FUNCTIONAL_KEYS  # ours must have the same
from textual.keys import Keys, _character_to_key
from textual.message import Message
from textual.message_pump import MessagePump

import tui
from tui.shell.keys.config_keys import _RARE_KEYS, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parent.parent

OURS: Final = ("argmap", "store", "tui")

ALLOWED: Final = {
    ("argmap/host/processes.py", "_exit"),  # documented, in spite of its name
    # Before Python 3.14 an executor has no public way to kill its processes.
    ("argmap/host/processes.py", "_processes"),
    ("argmap/host/processes.py", "_result_queue"),
    # Textual has no public way from an option to its row.
    ("tui/widgets/choice_list.py", "_index_to_line"),
}

ALLOWED_OF_TEXTUAL: Final = {
    ("ChoiceList", "_index_to_line"),
    ("ChoiceList", "_lines"),  # nor from a row to its option
    # Textual has no public way to put a scroll bar on the border.
    ("PaintedPane", "_arrange_scrollbars"),
}


def is_private(name: str) -> bool:
    return name.startswith("_") and not (name.startswith("__") and name.endswith("__"))


@cache
def modules() -> dict[str, ast.Module]:
    files = sorted(file for room in OURS for file in (ROOT / room).rglob("*.py"))
    return {file.relative_to(ROOT).as_posix(): ast.parse(file.read_text("utf-8")) for file in files}


def imported(tree: ast.Module) -> Iterator[str]:
    """Yield the full name of each module and object that *tree* imports from outside its room."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_nothing_private_of_a_library_is_imported() -> None:
    private = {
        (file, name)
        for file, tree in modules().items()
        for name in imported(tree)
        if any(is_private(part) for part in name.split("."))
        and name.split(".")[0] not in {*OURS, "_typeshed"}  # for types alone
    }
    assert private == set()


def defined(tree: ast.Module) -> Iterator[str]:
    """Yield the names that *tree* gives to something."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.alias):
            yield (node.asname or node.name).split(".")[-1]


def test_no_private_attribute_is_used_that_none_of_our_modules_defines() -> None:
    known = {name for tree in modules().values() for name in defined(tree)}
    used = {
        (file, node.attr)
        for file, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and is_private(node.attr) and node.attr not in known
    }
    assert used == ALLOWED


def subclasses(base: type) -> Iterator[type]:
    children: list[type] = base.__subclasses__()
    for each in children:
        yield each
        yield from subclasses(each)


@cache
def class_statements(module: str) -> dict[str, ast.ClassDef]:
    tree = ast.parse(inspect.getsource(importlib.import_module(module)))
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}


@cache
def own_names(kind: type) -> frozenset[str]:
    """Return the names that the class statement of *kind* binds, or uses on `self`."""
    statement = class_statements(kind.__module__).get(kind.__name__)
    if statement is None:  # made by a call
        return frozenset(vars(kind))
    used = {
        node.attr
        for node in ast.walk(statement)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
    }
    bound = {
        getattr(node, "name", "") or getattr(getattr(node, "target", None), "id", "")
        for node in statement.body
    }
    assigned = {
        target.id
        for node in statement.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return frozenset({*used, *bound, *assigned})


def classes_of_ours() -> list[type]:
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        importlib.import_module(module.name)
    ours = {each for base in (MessagePump, Message) for each in subclasses(base)}
    return sorted(
        (each for each in ours if each.__module__.startswith("tui.")),
        key=lambda kind: kind.__qualname__,
    )


def clashes(kind: type) -> set[tuple[str, str]]:
    """Return the private names that *kind* shares with its bases in Textual."""
    bases = [base for base in kind.__mro__ if base.__module__.startswith("textual.")]
    theirs = {name for base in bases for name in own_names(base)}
    return {(kind.__name__, name) for name in own_names(kind) & theirs if is_private(name)}


def test_no_class_of_ours_overrides_or_uses_a_private_name_of_textual() -> None:
    kinds = classes_of_ours()
    assert len(kinds) > 50
    assert {clash for kind in kinds for clash in clashes(kind)} == ALLOWED_OF_TEXTUAL


@pytest.mark.parametrize("characters", [range(0x21, 0x3000), range(0x1F300, 0x1F700)])
def test_the_key_of_a_character_is_named_as_textual_names_it(characters: range) -> None:
    typed = [chr(code) for code in characters if chr(code).isprintable()]
    assert [key_of(character) for character in typed] == [_character_to_key(c) for c in typed]


def test_the_keys_that_textual_does_not_list_are_those_of_its_protocol() -> None:
    listed = {key.value for key in Keys}
    words = {name for name in FUNCTIONAL_KEYS.values() if len(name) > 1}
    assert words - listed == _RARE_KEYS
