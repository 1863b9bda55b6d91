"""The blocks of a web page that belong to its article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argmap.extracting._page_blocks import Block

# A sign made of cuneiform letters survives what libraries do to words: they are printable,
# have one spelling, and no page in a living language has them.
_FIRST: Final = 0x12000
_RADIX: Final = 0x380
_LEAD: Final = "\U00012400"
_SIGN = re.compile(f"{_LEAD}([{chr(_FIRST)}-{chr(_FIRST + _RADIX - 1)}]{{3}})")
_MOST: Final = _RADIX**3


def sign_blocks(blocks: Sequence[Block]) -> None:
    """Put a sign into the words of each of *blocks*, by which `signed_blocks` knows it again."""
    for number, block in enumerate(blocks[:_MOST]):
        words = (block.node.tail if block.is_tail else block.node.text) or ""
        rest = words.lstrip()
        signed = words[: len(words) - len(rest)] + _sign(number) + rest
        if block.is_tail:
            block.node.tail = signed
        else:
            block.node.text = signed


def signed_blocks(text: str, blocks: Sequence[Block]) -> set[int]:
    """Return the places of the *blocks* whose signs are in *text*."""
    numbers = {_number(match[1]) for match in _SIGN.finditer(text)}
    return {number for number in numbers if number < len(blocks)}


def _sign(number: int) -> str:
    high, low = divmod(number, _RADIX)
    highest, high = divmod(high, _RADIX)
    return _LEAD + "".join(chr(_FIRST + digit) for digit in (highest, high, low))


def _number(letters: str) -> int:
    highest, high, low = (ord(letter) - _FIRST for letter in letters)
    return (highest * _RADIX + high) * _RADIX + low
