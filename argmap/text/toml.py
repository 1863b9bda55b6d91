"""Read TOML files that people write by hand: settings and themes."""

from __future__ import annotations

from typing import Any

from argmap.errors import InputError


def toml_from_bytes(content: bytes, where: str) -> dict[str, Any]:
    """Return the values in the file *where*; an empty file has none.

    Raises:
        InputError: it is not UTF-8, or not TOML.
    """
    if not content.removeprefix(b"\xef\xbb\xbf").strip():
        return {}
    import tomllib  # noqa: PLC0415  (slow, and most people have no settings)

    from .decoding import utf8_text_from_bytes  # noqa: PLC0415  (likewise)

    try:
        return tomllib.loads(utf8_text_from_bytes(content, where))
    except RecursionError as error:
        message = f"{where}: is nested too deeply"
        raise InputError(message) from error
    except tomllib.TOMLDecodeError as error:
        message = f"{where}: is not TOML: {error}"
        raise InputError(message) from error
    except ValueError as error:  # Python's limit on digits
        message = f"{where}: has a number with thousands of digits"
        raise InputError(message) from error
