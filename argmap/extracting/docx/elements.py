"""Find elements of Word documents by local name, which both standards share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_OFF: Final = ("0", "false", "off")
_LONGEST_NUMBER: Final = 9


def local_name(element: Any) -> str:  # noqa: ANN401  (lxml has no types)
    """Return the name of *element* without its namespace; empty for a comment or instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: Any, key: str = "val") -> str | None:  # noqa: ANN401  (as above)
    """Return the attribute *key* of *element*, in any namespace."""
    if element is None:
        return None
    for name, content in element.attrib.items():
        if name.rpartition("}")[2] == key:
            return str(content)
    return None


def number(text: str | None, otherwise: int) -> int:
    """Return the integer in *text*; *otherwise* if there is none of a plausible size."""
    digits = (text or "").strip()
    is_negative = digits.startswith("-")
    digits = digits.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER):
        return otherwise
    return -int(digits) if is_negative else int(digits)


def child(element: Any, *path: str) -> Any:  # noqa: ANN401  (as above)
    """Return the element under *element* along the local names of *path*, or None."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if local_name(each) == name), None)
    return element


def switch(properties: Any, name: str) -> bool | None:  # noqa: ANN401  (as above)
    """Return whether *properties* turn *name* on or off; None if they do neither."""
    mark = child(properties, name)
    if mark is None:
        return None
    return (value(mark) or "").lower() not in _OFF


def walk(
    root: Any,  # noqa: ANN401  (as above)
    enter: Callable[[Any, str], bool],
    leave: Callable[[Any, str], None],
) -> None:
    """Visit *root* and its descendants, without recursion.

    A file decides on the depth, which could exceed Python's limit.

    Args:
        root: An element.
        enter: Called with an element and its local name. If it returns False, the content of the
            element is skipped and *leave* is not called.
        leave: Called with the same arguments after the content of the element.
    """
    open_: list[tuple[Any, str, Iterator[Any]]] = []
    if enter(root, local_name(root)):
        open_.append((root, local_name(root), iter(root)))
    while open_:
        element, name, inside = open_[-1]
        for each in inside:
            each_name = local_name(each)
            if each_name and enter(each, each_name):
                open_.append((each, each_name, iter(each)))
                break
        else:
            open_.pop()
            leave(element, name)
