"""Check the text arguments of a script before they are used."""

from __future__ import annotations

from argmap.errors import ModelError
from argmap.model.faults import Fault, raise_any, text_faults


def check_text(name: str, value: object, *, may_be_empty: bool = False) -> None:
    """Check that *value*, the argument *name*, is text that a database can store.

    Raises:
        ModelError: it is not a string, is empty where text is required, or has a lone surrogate.
    """
    raise_any(text_faults(name, check_type(name, value), required=not may_be_empty))


def check_type(name: str, value: object) -> str:
    """Return *value*, the argument *name*, if it is a string.

    Raises:
        ModelError: it has another type.
    """
    if not isinstance(value, str):
        raise ModelError([Fault(name, f"has the type {type(value).__name__}; give a string")])
    return value
