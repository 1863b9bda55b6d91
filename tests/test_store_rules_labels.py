"""Labels of entities that two people add at the same time stay unique."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.strategies.maps import AT, everything_of, small_map

import store
from argmap import edit
from argmap.edit.compound import mark
from store.rules.labels import with_free_labels

if TYPE_CHECKING:
    from pathlib import Path

    from argmap.model.map import Operation


def labels(operation: Operation) -> list[str]:
    return [getattr(change.after, "label", "") for change in operation.changes]


def test_what_is_added_under_a_taken_label_gets_the_next_free_one(path: Path) -> None:
    here = small_map()
    with store.open_store(path) as opened:
        store.apply(opened, everything_of(here), AT)
        for name in ("a", "b"):
            new = mark(here, (f"s{name}", f"i{name}"), "claim", (), None, text=name)
            store.apply(opened, with_free_labels(opened, new), AT)
        mine = mark(here, ("sc", "ic"), "evidence", (), "s-toll", text="c")
        theirs = mark(here, ("sd", "id"), "evidence", (), "s-toll", text="d")
        store.apply(opened, theirs, AT)
        free = with_free_labels(opened, mine)
        assert (labels(theirs), labels(free)) == (["E2", "I4"], ["E3", "I5"])
        assert (theirs.label, free.label) == (
            "marked E2, supporting C1",
            "marked E3, supporting C1",
        )
        store.apply(opened, free, AT)
        found = store.load_map(opened, "toll").by_label
        assert [found[label].id for label in ("C3", "C4", "E2", "E3")] == ["sa", "sb", "sd", "sc"]


def test_several_that_are_added_at_once_do_not_take_each_others_labels(path: Path) -> None:
    here = small_map()
    with store.open_store(path) as opened:
        store.apply(opened, everything_of(here), AT)
        store.apply(opened, edit.add_statement(here, "x", "claim", "Theirs."), AT)
        first = edit.add_statement(here, "y", "claim", "Mine.")
        second = edit.add_statement(here.apply(first), "z", "claim", "Mine too.")
        both = type(first)("marked two", first.changes + second.changes)
        assert labels(both) == ["C3", "C4"]
        assert labels(with_free_labels(opened, both)) == ["C4", "C5"]


def test_labels_that_are_free_or_a_persons_own_stay(path: Path) -> None:
    here = small_map()
    with store.open_store(path) as opened:
        store.apply(opened, everything_of(here), AT)
        new = edit.add_statement(here, "x", "claim", "New.")
        assert with_free_labels(opened, new) == new
        changed = edit.change_statement(here, "s-stay", label="C7", note="n")
        assert with_free_labels(opened, changed) == changed
