"""Find and read the help topics."""

from __future__ import annotations

from importlib.resources import files
from pathlib import PurePath

from attrs import field, frozen


@frozen
class Topic:
    """One page of help."""

    name: str
    """The word after `argmap help`."""
    title: str
    """The heading of the page."""
    summary: str
    """The first paragraph, on one line."""
    text: str = field(repr=False)
    """The whole page, in Markdown that ends in one newline."""


def topics() -> dict[str, Topic]:
    """Return every topic by name, in alphabetical order."""
    pages = [page for page in files(__package__).iterdir() if page.name.endswith(".md")]
    named = {PurePath(page.name).stem: page.read_text("utf-8") for page in pages}
    return {name: topic_from_markdown(name, named[name]) for name in sorted(named)}


def topic_from_markdown(name: str, text: str) -> Topic:
    """Return the topic *name* from its page, which begins with a heading and a paragraph."""
    heading, summary, *_ = text.split("\n\n")
    return Topic(name, heading.removeprefix("# "), " ".join(summary.split()), text)
