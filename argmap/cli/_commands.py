"""The commands by name: each is loaded when it is used, and `argmap --help` loads none.

Loading them all takes longer than the work of most commands.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import Final

import click

SUMMARIES: Final = {
    "add": "Add op-eds as documents: text, web pages, PDF or Word files.",
    "agreement": "Show how far the assessors of a document agree.",
    "backup": "Copy the database to FILE and check the copy.",
    "check": "List findings: unsupported claims, single origins, circles.",
    "demo": "Open the worked example in a temporary database.",
    "doctor": "Check the database, and repair indexes and full text.",
    "document": "Show or change a document's title, author, date and more.",
    "export": "Export maps as Markdown or in another format.",
    "grade": "Grade the claims of a document, for each assessor.",
    "help": "Explain a topic or a command.",
    "history": "List operations, newest first.",
    "import": "Import records in bulk: JSON Lines, Markdown, CSV or TSV.",
    "list": "List documents with the number of claims and grades.",
    "merge": "Merge another argmap database, OTHER, into this one.",
    "open": "Open the workbench: a document, a text file, or the library.",
    "rate": "Rate a statement: a level for each criterion.",
    "redo": "Redo the operation that was undone last.",
    "remove": "Remove a document with its map; its sources stay.",
    "rubrics": "List the rubrics, show one, or check a rubric file.",
    "search": "Find statements and documents by their words.",
    "show": "Show a document's map as an outline.",
    "sources": "List the sources, show one, or merge duplicates.",
    "undo": "Undo the newest operation.",
    "what-if": "Show which claims fall without given sources or statements.",
}
"""The first line of the help of each command, as its docstring has it."""

_PLACES: Final = {
    "help": ("help_", "help_"),
    "import": ("import_", "import_"),
    "list": ("list_", "list_"),
    "open": ("open_", "open_"),
    "redo": ("undo", "redo"),
    "show": ("show", "show_"),
    "what-if": ("what_if", "what_if"),
}
"""The module and the function of each command that is not called after both."""


class Commands(MutableMapping[str, click.Command]):
    """All commands by name."""

    def __init__(self) -> None:
        """List the commands of `SUMMARIES`, none of which is loaded yet."""
        self._loaded: dict[str, click.Command | None] = dict.fromkeys(SUMMARIES)

    def __getitem__(self, name: str) -> click.Command:
        command = self._loaded[name]
        if command is None:
            module, function = _PLACES.get(name, (name, name))
            command = getattr(import_module(f"{__package__}.{module}"), function)
            assert isinstance(command, click.Command)  # noqa: S101  (else the table is wrong)
            self._loaded[name] = command
        return command

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        del self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._loaded)

    def __len__(self) -> int:
        return len(self._loaded)


class CommandGroup(click.Group):
    """A group that lists its commands without loading them."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a line for each command."""
        names = self.list_commands(ctx)
        room = formatter.width - 6 - max(map(len, names))
        with formatter.section("Commands"):
            formatter.write_dl(
                [
                    (name, click.Command(name, help=SUMMARIES[name]).get_short_help_str(room))
                    for name in names
                ]
            )
