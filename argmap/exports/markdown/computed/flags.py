"""The findings that concern a claim: its own, and those about the evidence that supports it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.exports.markdown.tables import list_words
from argmap.formats.markdown_syntax import line, name

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from argmap.exports.markdown.context import MapContext

_MOST_ITEMS: Final = 4
"""The most items that a flag names; the others are counted."""

Flags = dict[str, dict[str, None]]
"""The labels of the items concerned, by the words of each rule; empty for the claim itself."""


def find_flags(to: MapContext) -> dict[str, str]:
    """Return the findings that concern each claim, by its id, in a few words.

    A finding concerns the claims that it names; if it names none, those that its
    statements support directly.
    """
    flags: dict[str, Flags] = {}
    for rule, finding in to.findings:
        named = {each.id for each in map(to.map.by_label.get, finding.labels) if each is not None}
        for label in finding.labels:
            for claim, item in _find_concerned(to, label, named):
                own = flags.setdefault(claim, {}).setdefault(rule.kind, {})
                own.update(dict.fromkeys([item] if item else []))
    return {claim: _format_flags(own) for claim, own in flags.items()}


def _find_concerned(to: MapContext, label: str, named: AbstractSet[str]) -> list[tuple[str, str]]:
    """Return the claims that a finding about *label* concerns, each with the item concerned.

    Args:
        to: The context of the map.
        label: The label of a statement that the finding is about.
        named: The ids of all statements that it is about.
    """
    statement = to.map.by_label.get(label)
    if statement is None or statement.id in to.map.inferences:
        return []
    statements = to.map.statements
    if statements[statement.id].kind == "claim":
        return [(statement.id, "")]
    supported = [
        step.conclusion
        for step in to.map.inferences_from.get(statement.id, ())
        if step.stance == "supports" or step.conclusion in named
    ]
    claims = [c for c in supported if c in statements and statements[c].kind == "claim"]
    own = [claim for claim in claims if claim in named]
    return [(claim, label) for claim in dict.fromkeys(own or claims)]


def _format_flags(flags: Flags) -> str:
    words = [
        f"{line(rule)} {list_words([name(i) for i in items], _MOST_ITEMS)}" if items else line(rule)
        for rule, items in flags.items()
    ]
    return "; ".join(words)
