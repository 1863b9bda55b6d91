"""A database of sources, and a driver for the screen that shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from argmap.records.encode import record_from_entity
from store import open_store
from store.queries import load_everything
from tui.shell.app import ArgmapApp

if TYPE_CHECKING:
    from pathlib import Path

    from support.drivers.desk import Content
    from support.drivers.workbench import Driver
    from tui.sources.screen import SourcesScreen

HOSTILE = "Red \x1b[31m alert \u202e backwards \x9b31m [bold]loud[/bold]"
TEXT = "The toll pays for itself. Reports say traffic fell."


def voice(id_: str, name: str, kind: str, **values: Any) -> Content:  # noqa: ANN401  (a record)
    return {"type": "source", "id": id_, "name": name, "kind": kind} | values


def said(id_: str, document: str, text: str, class_: str, *chain: str) -> Content:
    return {"type": "statement", "id": id_, "document": document, "kind": "evidence", "text": text,
            "attribution": {"class": class_, "chain": chain, "cue": "say"}}  # fmt: skip


RECORDS = (
    {"type": "document", "id": "toll", "title": "The toll", "text": TEXT},
    {"type": "document", "id": "bus", "title": "The bus", "text": "The bus is late."},
    voice("un", "UN Monitoring Team", "organisation", interest="its mandate"),
    voice("twin", "the U.N. monitoring team", "person", derives_from=["un"], interest="none"),
    voice("paper", "The Harbour Post", "outlet"),
    voice("memo", "Board memo", "document"),
    voice("some", "Officials", "unnamed"),
    voice("vague", "Reports", "vague"),
    said("t1", "toll", "It pays.", "named_organisation", "paper", "un"),
    said("t2", "toll", "It pays twice.", "unnamed_role", "un"),
    said("b1", "bus", "It is late.", "named_organisation", "un"),
    said("b2", "bus", "It is early.", "named_person", "twin"),
    {"type": "reliability", "source": "un", "letter": "C", "topic": "tolls", "checked": 6,
     "valid": 4, "assessor": "amy", "because": "two were wrong", "at": "2024-03-02T10:15:00Z"},
)  # fmt: skip


def looking(path: Path, document: str | None = "toll") -> ArgmapApp:
    return ArgmapApp(path, document=document)


def screen_of(driver: Driver) -> SourcesScreen:
    return cast("SourcesScreen", driver.app.screen)


def names(driver: Driver) -> list[str]:
    return [row.source.name for row in screen_of(driver).list.rows]


def field(driver: Driver, id_: str) -> str:
    found = {field.id: field.text for field in screen_of(driver).fields.fields}
    return found[id_]


async def go_to(driver: Driver, id_: str) -> None:
    """Go into the field called *id_*."""
    screen = screen_of(driver)
    if not screen.is_in_details:
        await driver.press("enter")
    screen.fields.at = [field.id for field in screen.fields.fields].index(id_)


def stored(path: Path) -> dict[str, dict[str, Any]]:
    with open_store(path) as opened:
        sources = load_everything(opened).sources
        return {id_: record_from_entity(source) for id_, source in sources.items()}
