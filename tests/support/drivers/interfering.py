"""Another user of the same database, who saves during an edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from attrs import evolve

from argmap.model.map import Change, Operation
from store import apply, load_map, open_store
from support.drivers.workbench import AT, Driver
from tui.workbench.screen import WorkbenchScreen

if TYPE_CHECKING:
    from argmap.model.map import ArgumentMap, Entity
    from argmap.model.statement import Statement

WAYS = pytest.mark.parametrize("is_followed", [True, False], ids=["followed", "not followed"])
"""Whether the workbench sees the other edit before saving, or only on saving."""


def bench_of(driver: Driver) -> WorkbenchScreen:
    """Return the workbench, under any other screen."""
    return next(s for s in driver.app.screen_stack if isinstance(s, WorkbenchScreen))


async def meanwhile(driver: Driver, operation: Operation, *, is_followed: bool) -> None:
    """Do *operation* as another process does; let the workbench see it, or not yet."""
    session = bench_of(driver).session
    if not is_followed:

        async def check_for_changes() -> None:
            """See nothing."""

        session.check_for_changes = check_for_changes  # type: ignore[method-assign]  # too soon for a look
    with open_store(driver.app.database.path) as other:
        apply(other, operation, AT)
    if is_followed:
        await driver.until(
            lambda: all(
                session.map.entity(c.entity.type, c.entity.id) == c.after for c in operation.changes
            )
        )
        await driver.settle()


def on_disk(driver: Driver) -> ArgumentMap:
    with open_store(driver.app.database.path) as other:
        return load_map(other, bench_of(driver).map.document.id)


def setting(entity: Entity, **values: object) -> Operation:
    return Operation("changed it", (Change(entity, evolve(entity, **values)),))  # type: ignore[arg-type]  # any field


def claim(driver: Driver, label: str = "C1") -> Statement:
    return cast("Statement", on_disk(driver).by_label[label])


def told(driver: Driver) -> str:
    """Return the text of all notices."""
    return " ".join(driver.said)


def is_same_everywhere(driver: Driver) -> bool:
    """Return whether the screen shows the stored state."""
    return dict(bench_of(driver).map.statements) == dict(on_disk(driver).statements)
