"""Check the texts that a script passes, before anything is done with them."""

from __future__ import annotations

from argmap.errors import ModelError
from argmap.model.faults import Fault, raise_any, text_faults


def check_text(name: str, value: object, *, may_be_empty: bool = False) -> None:
    """Refuse a *value* called *name* that is no text for a database.

    Raises:
        ModelError: it is of another type, empty where it may not be, or has half a character.
    """
    raise_any(text_faults(name, check_type(name, value), required=not may_be_empty))


def check_type(name: str, value: object) -> str:
    """Return *value*, called *name*, if it is a text.

    Raises:
        ModelError: it is of another type.
    """
    if not isinstance(value, str):
        raise ModelError([Fault(name, f"is of the type {type(value).__name__}; give a text")])
    return value
