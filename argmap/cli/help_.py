"""The command `help`: a page about one topic, or the options of one command."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

import click

from ._context import JSON
from ._output import show, show_json
from ._pages import show_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from argmap.help.topics import Topic


_LINE: Final = 66
"""Characters of the description of a command, so that a line of the list fits 80 columns."""


@click.command("help")
@click.argument("name", required=False, metavar="[TOPIC or COMMAND]")
@JSON
@click.pass_context
def help_(context: click.Context, name: str | None, *, as_json: bool) -> int:
    """Explain a topic or a command.

    Without a name, lists the topics and the commands.
    """
    from argmap.help.topics import topics

    group = context.find_root().command
    assert isinstance(group, click.Group)  # noqa: S101  (the root of this program)
    pages, commands = topics(), group.commands
    if name is None:
        _list(pages, commands, as_json=as_json)
        return 0
    if name not in pages and name not in commands:
        raise click.UsageError(_unknown(name, pages, commands), context)
    text = _page(context, pages.get(name), commands.get(name))
    if as_json:
        show_json({"name": name, "text": text})
    else:
        show_page(text, is_markdown=name in pages)
    return 0


def _page(context: click.Context, topic: Topic | None, command: click.Command | None) -> str:
    """Return the page of *topic*, the options of *command*, or one after the other.

    The topic `rubrics` is also the name of a command, and a reader may mean either.
    """
    options = ""
    if command is not None:
        with click.Context(command, context.find_root(), command.name) as inner:
            options = f"{command.get_help(inner)}\n"
    if topic is None:
        return options
    return f"{topic.text}\n## The command\n\n```\n{options}```\n" if options else topic.text


def _list(
    pages: Mapping[str, Topic], commands: Mapping[str, click.Command], *, as_json: bool
) -> None:
    """Show the names of all pages and commands with a line about each."""
    about = {name: page.summary for name, page in pages.items()}
    doing = {name: commands[name].get_short_help_str(_LINE) for name in sorted(commands)}
    if as_json:
        show_json({"topics": about, "commands": doing})
        return
    width = max(map(len, [*about, *doing]))
    for title, lines in (("Topics", about), ("Commands", doing)):
        show(f"{title}:")
        for name, line in lines.items():
            show(f"  {name:{width}}  {line}")
        show("")
    show("argmap help NAME explains one of them.")


def _unknown(name: str, pages: Iterable[str], commands: Iterable[str]) -> str:
    """Return the error for an unknown *name*, with all topics and the names closest to it."""
    close = get_close_matches(name, [*pages, *commands], n=2)
    meant = f" Did you mean {' or '.join(close)}?" if close else ""
    return f"There is no topic and no command {name!r}. Topics: {', '.join(pages)}.{meant}"
