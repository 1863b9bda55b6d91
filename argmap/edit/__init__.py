"""Verbs: each takes a map and returns the operation that does it. None changes anything.

`verbs` has one edit each, which this room offers too; `compound` puts several together, and
`bulk` does one to many statements. The others say what an edit needs and what it is called. The
store applies operations; screens, commands and scripts make them here.
"""

from .verbs import (
    add_document,
    add_source,
    add_statement,
    attribute,
    change_inference,
    change_source,
    change_statement,
    link,
    move_inference,
    move_statement,
    rate,
    remove_attribution,
    remove_document,
    remove_inference,
    remove_statement,
    set_main_claim,
)

__all__ = [
    "add_document",
    "add_source",
    "add_statement",
    "attribute",
    "change_inference",
    "change_source",
    "change_statement",
    "link",
    "move_inference",
    "move_statement",
    "rate",
    "remove_attribution",
    "remove_document",
    "remove_inference",
    "remove_statement",
    "set_main_claim",
]
