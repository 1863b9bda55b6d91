"""Words for fields of entities, used in labels of operations and in messages."""

from __future__ import annotations

from typing import Final

FIELD_WORDS: Final = {
    "access": "access to the facts",
    "because": "reason",
    "chain": "speakers",
    "checked": "checked statements",
    "class_": "class",
    "cue": "reporting words",
    "derives_from": "sources it derives from",
    "main": "main claim status",
    "main_item": "main item",
    "nature": "kind of claim",
    "order": "place in the map",
    "published": "date",
    "same_origin": "sources of the same origin",
    "stated": "presence in the text",
    "url": "URL",
}
"""Words for fields whose names in the model are not plain English."""


def describe_field(name: str) -> str:
    """Return the words for the field called *name* in the model."""
    return FIELD_WORDS.get(name, name).replace("_", " ")
