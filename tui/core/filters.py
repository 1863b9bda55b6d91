"""The filters of the map: their descriptions, and the statements that they keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argmap.text.display import visible
from tui.views.matches import statements_with

if TYPE_CHECKING:
    from collections.abc import Callable

    from argmap.model.map import ArgumentMap


_WORDS: Final = {
    "unsupported": "claims without support",
    "unattributed": "evidence without a source",
}


def filter_in_words(argument_map: ArgumentMap, chosen: str) -> str:
    """Describe the filter *chosen* in words; empty for `all`.

    The names of filters are those of `filter_predicate`.
    """
    word, _, rest = chosen.partition(":")
    if word == "source":
        source = argument_map.sources.get(rest)
        return f"from {visible(source.name)}" if source is not None else "from a removed source"
    if word == "text":
        return f"statements with “{visible(rest)}”"
    return _WORDS.get(word, "")


def filter_predicate(argument_map: ArgumentMap, chosen: str) -> Callable[[str], bool] | None:
    """Return a predicate on statement ids for the filter *chosen*; None for all.

    Args:
        argument_map: The map to filter.
        chosen: `all`, `unsupported`, `unattributed`, `source:` with an id, `text:` with words.
    """
    word, _, rest = chosen.partition(":")
    statements = argument_map.statements
    if word == "unsupported":
        return lambda id_: (
            statements[id_].kind == "claim"
            and not any(
                inference.stance == "supports"
                for inference in argument_map.inferences_to.get(id_, ())
            )
        )
    if word == "unattributed":
        return lambda id_: (
            statements[id_].kind == "evidence" and id_ not in argument_map.attributions_of
        )
    if word == "source":
        said = {a.statement for a in argument_map.attributions.values() if rest in a.chain}
        return said.__contains__
    if word == "text":
        return set(statements_with(argument_map, rest)).__contains__
    return None
