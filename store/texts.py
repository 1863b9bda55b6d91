"""Texts that a script gives, checked before anything is done with them."""

from __future__ import annotations

from argmap.errors import ModelError
from argmap.model.fault import Fault


def check_text(name: str, value: object, *, may_be_empty: bool = False) -> None:
    """Refuse a *value* called *name* that is no text which a database can hold.

    Raises:
        ModelError: it is of another type, empty where it may not be, or has half a character.
    """
    reason = None
    text = check_type(name, value)
    if not (may_be_empty or text.strip()):
        reason = "is empty; give a text"
    elif any("\ud800" <= character <= "\udfff" for character in text):
        reason = "has a lone surrogate, half a character; leave it out"
    if reason:
        raise ModelError([Fault(name, reason)])


def check_type(name: str, value: object) -> str:
    """Return *value*, called *name*, if it is a text.

    Raises:
        ModelError: it is of another type.
    """
    if not isinstance(value, str):
        raise ModelError([Fault(name, f"is of the type {type(value).__name__}; give a text")])
    return value
