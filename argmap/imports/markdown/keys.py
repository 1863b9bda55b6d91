"""Markdown's names for the keys of records, so that faults use the names in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from argmap.formats import markdown_syntax as form

if TYPE_CHECKING:
    from collections.abc import Mapping

    KeyNames = Mapping[str, str]
    """The file's names for the keys of records, as in `Located.key_names`."""

_IN_MARKDOWN: Final = {
    "statement": {"main_item": "main item", "main": "main claim", "tags": "tag"},
    "inference supports": dict.fromkeys(("premises", "conclusion", "stance"), form.FOR),
    "inference opposes": dict.fromkeys(("premises", "conclusion", "stance"), form.AGAINST),
    "attribution": {
        "cue": "reporting words",
        "chain": form.ATTRIBUTED,
        "cue_start": "reporting words at",
        "text_certainty": "certainty in the text",
        "source_certainty": "certainty in the source",
    },
    "source": {"derives_from": "derives from", "same_origin": "same origin"},
    "rating": {"at": "when"},
}
"""The items, groups and columns for each type of record, with the stance of inferences."""
_NOTHING: Final[dict[str, str]] = {}


def markdown_key_names(record: Mapping[str, Any]) -> KeyNames:
    """Return Markdown's names for the keys of *record*."""
    kind = str(record["type"])
    if kind == "inference":
        kind = f"{kind} {record['stance']}"
    return _IN_MARKDOWN.get(kind, _NOTHING)
