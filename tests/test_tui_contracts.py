"""Rules for every action, every screen and every widget, however many there are."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from typing import TYPE_CHECKING

import pytest
from support.drivers.workbench import TEXT, driving
from textual.app import App
from textual.message_pump import MessagePump
from textual.widget import Widget

import tui
from tui.shell.keys.key_reference import key_lines
from tui.shell.keys.registry import TITLES, WITHIN, actions, find_clashes, reachable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tui.actions.action import Action

ON_A_DOCUMENT = [
    action
    for action in actions().values()
    if "workbench" in (action.context, *WITHIN[action.context])
]
DRAGGED = {"map.in", "map.out"}
"""Actions done by dragging a row."""
KEYS_ONLY = {f"workbench.{name}" for name in ("undercut", "join", "part", "turn", "tags")}
"""Actions on a statement that still lack a way to do them by mouse; should be none."""


def modules() -> Iterator[object]:
    for found in pkgutil.walk_packages(tui.__path__, "tui."):
        yield importlib.import_module(found.name)


def pumps() -> list[type[MessagePump]]:
    """Return every widget, screen and app of the project."""
    found = {
        value
        for module in modules()
        for value in vars(module).values()
        if inspect.isclass(value)
        and issubclass(value, MessagePump)
        and value.__module__.startswith("tui")
    }
    return sorted(found, key=lambda kind: kind.__qualname__)


@pytest.mark.parametrize("kind", pumps(), ids=lambda kind: kind.__qualname__)
def test_no_attribute_hides_one_of_textuals(kind: type[MessagePump]) -> None:
    base = next(b for b in kind.__mro__ if not b.__module__.startswith("tui"))
    taken = set(dir(base))
    if issubclass(base, Widget) and not issubclass(base, App):
        taken |= set(vars(Widget()))
    tree = ast.parse(inspect.cleandoc("\n" + inspect.getsource(kind)))
    assigned = {
        target.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute)
        and isinstance(target.value, ast.Name)
        and target.value.id == "self"
    }
    meant = {
        "theme", "display", "can_focus", "virtual_size", "border_title", "border_subtitle",
        "value", "cursor_position", "tooltip", "highlighted",
    }  # fmt: skip
    assert assigned & taken - meant == set()


def test_every_action_is_listed_once_in_a_context_that_has_a_heading() -> None:
    for id_, action in actions().items():
        assert action.id == id_
        assert action.context in WITHIN
        assert action.context in TITLES


def test_no_key_has_two_actions_in_one_place() -> None:
    assert find_clashes({}) == []


def test_a_key_with_two_actions_is_named() -> None:
    assert find_clashes({"text.next": "c"}) == [
        "c is set for both workbench.mark-claim and text.next"
    ]


@pytest.mark.parametrize("action", actions().values(), ids=lambda action: action.id)
def test_every_action_says_in_lower_case_what_it_does(action: Action) -> None:
    assert action.title[0].islower()
    assert not action.title.endswith(".")
    assert action.keys


async def test_what_needs_a_statement_to_point_at_has_a_mouse_way(path: Path) -> None:
    searched = {"workbench.next-match", "workbench.previous-match"}
    whole_map = {"map.toggle", "map.fold-all", "map.filter"}
    async with driving(path, TEXT) as driver:
        needy = {a.id for a in ON_A_DOCUMENT if a.refusal(driver.bench)} - searched - whole_map
    offered = {a.id for a in ON_A_DOCUMENT if a.is_pointed}
    assert needy - offered - DRAGGED == KEYS_ONLY


async def test_the_mouse_menu_on_words_can_mark_them_as_anything(path: Path) -> None:
    async with driving(path, TEXT) as driver:
        await driver.pilot.click(offset=(12, driver.row_of("Hauliers")), button=3)
        await driver.settle()
        for kind in ("claim", "evidence", "against", "assumption"):
            assert actions()[f"workbench.mark-{kind}"].title in driver.seen


@pytest.mark.parametrize("context", WITHIN)
def test_help_can_be_reached_from_everywhere(context: str) -> None:
    assert "everywhere.help" in {action.id for action in reachable(context)}


def test_every_action_is_in_the_list_of_keys() -> None:
    lines = list(key_lines())
    assert [line.split()[0] for line in lines] == list(actions())
