"""Copying to the clipboard through the terminal (OSC 52), also over ssh."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from argmap.formats.bundle import bundle_of
from argmap.formats.markdown_syntax import name
from argmap.formats.registry import export_formats
from tui.dialogs.prompts import pick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argmap.model.document import Document
    from argmap.model.map import ArgumentMap
    from tui.core.workspace import Workspace


async def copy(work: Workspace) -> None:
    """Ask for one of several texts, and copy it to the clipboard."""
    from tui.dialogs.pick import Choice

    argument_map, (low, high) = work.map, work.host.here.words
    ways = {
        "text": lambda: argument_map.document.text[low:high],
        "all": lambda: markdown_of(argument_map),
    }
    choices = [Choice("all", "the whole map as Markdown")]
    quotation = current_quotation(work)
    if quotation:
        ways["quotation"] = lambda: quotation
        choices.insert(0, Choice("quotation", "the quotation with its source"))
    if work.selected is not None:
        text, label = work.statement.text, work.statement.label
        ways |= {"words": lambda: text, "section": lambda: section_of(argument_map, label)}
        choices = [
            Choice("words", f"the text of {label}"),
            Choice("section", f"the section of {label} as Markdown"),
            *choices,
        ]
    choices.insert(0, Choice("text", "the passage at the text cursor"))
    chosen = await pick(work.host, "Copy", choices)
    if chosen is None:
        return
    words = await asyncio.to_thread(ways[chosen])
    work.host.copy(words)
    work.host.say(f"copied {len(words):,} characters")


def current_quotation(work: Workspace) -> str:
    """Return the quotation that the reader is looking at, with its source.

    In the text pane that is the range under the cursor; elsewhere, the passages of the selected
    statement. Empty if the statement has none.
    """
    document = work.map.document
    if work.host.here.context == "text" or work.selected is None:
        low, high = work.host.here.words
        return quotation_with_source(document, [document.text[low:high]])
    return quotation_with_source(document, [p.words for p in work.statement.passages])


def quotation_with_source(document: Document, quotes: Sequence[str]) -> str:
    """Return *quotes* of *document* as prose cites them; empty if there are none.

    A second line names author, title, publisher, date and URL, as far as they are known.
    """
    if not quotes:
        return ""
    quoted = " […] ".join(" ".join(quote.split()) for quote in quotes)
    source = ", ".join(
        filter(
            None,
            (
                document.author,
                f"“{document.title}”",
                document.publisher,
                document.published,
                document.url,
            ),
        )
    )
    return f"“{quoted}”\n— {source}\n"


def markdown_of(argument_map: ArgumentMap) -> str:
    """Return *argument_map* as Markdown."""
    return "".join(export_formats()["markdown"].write(bundle_of([argument_map])))


def section_of(argument_map: ArgumentMap, label: str) -> str:
    """Return the Markdown section of the statement *label*, with its heading.

    Empty if the Markdown has no such section.
    """
    whole = markdown_of(argument_map)
    section = re.search(
        rf"^### {re.escape(name(label))}(?: ·|$).*?(?=^##|\Z)", whole, re.MULTILINE | re.DOTALL
    )
    return section[0].rstrip() + "\n" if section else ""
