"""Verbs: each takes a map and returns an operation, and changes nothing itself.

`verbs` holds single edits, which this package exports; `compound` combines several of them,
and `bulk` edits many statements together. `preconditions` checks edits and `labels` names
them. The store applies operations; screens, commands and scripts create them here.
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
