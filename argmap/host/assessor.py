"""Resolve the assessor's name from the environment, the settings or the login."""

from __future__ import annotations

import os

from argmap.errors import InputError

from .folders import config_file


def resolve_assessor(given: str | None) -> str:
    """Return the assessor's name: *given*, `$ARGMAP_ASSESSOR`, config file, login name.

    The first one that is set counts; `unknown` if there is none.

    Raises:
        InputError: the config file cannot be read, or its `assessor` is not a string.
    """
    name = given or os.environ.get("ARGMAP_ASSESSOR") or _read_setting("assessor")
    if name:
        return name
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run as a user without a name
        return "unknown"


def _read_setting(key: str) -> str | None:
    from .files import read_toml

    path = config_file()
    try:
        value = read_toml(path).get(key)
    except FileNotFoundError:
        return None
    if not isinstance(value, str | None):
        message = f"{path}: {key} must be text in quotation marks, not {value!r:.40}"
        raise InputError(message)
    return value
