"""Numbers and truth values as spreadsheets write them, in the language of their user."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_TRUE: Final = """
    true t yes y on 1 -1 x ✓ ✔ ☑ ✅
    wahr ja j vrai vraie oui vero sì si verdadero sí verdadeiro sim waar sand sandt sann sant tosi
    kyllä prawda tak pravda ano áno igaz igen adevărat da istina doğru evet истина да істина так
    αληθης ναι
"""
_FALSE: Final = """
    false f no n off 0 ☐ ✗ ✘
    falsch nein faux fausse non falso não onwaar nee falsk falskt nej usann usant nei epätosi ei
    fałsz nie nepravda ne hamis nem fals nu neistina yanlış hayır ложь нет хибність ні ψευδης οχι
"""
"""Words for true and for false in spreadsheets and forms; no word is in both lists."""

_WHOLE = re.compile(r"([+-]?\d{1,17})(?:[.,]0+)?", re.ASCII)
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:[.,' \u00a0\u202f\u2019]\d{3})+", re.ASCII)
"""Figures that are thousands to one reader and thousandths to another."""


def _fold(word: str) -> str:
    """Return *word* in the form that is compared: in any case, without accents."""
    plain = unicodedata.normalize("NFD", word.strip().casefold())
    # Lower-casing Turkish or Greek capitals changes their accents, so accents are ignored.
    return "".join(c for c in plain if not unicodedata.combining(c)).replace("ı", "i")


_FLAGS: Final = {_fold(word): True for word in _TRUE.split()} | {
    _fold(word): False for word in _FALSE.split()
}


@lru_cache(maxsize=1024)
def flag_from_cell(text: str) -> bool | None:
    """Return the truth value that *text* expresses; None if it expresses none."""
    word = _fold(text)
    number = _WHOLE.fullmatch(word)
    return _FLAGS.get(number[1] if number else word)


@lru_cache(maxsize=1024)
def whole_number_from_cell(text: str) -> int | None:
    """Return the whole number in *text*; None if it is not one or may be either of two.

    A comma or a point before zeros only is a decimal sign; `3.000` is 3 in one country and 3,000
    in another.
    """
    number = _WHOLE.fullmatch(text.strip())
    return int(number[1]) if number and not is_ambiguous(text) else None


def is_ambiguous(text: str) -> bool:
    """Return whether a sign in the figure *text* may separate either thousands or decimals."""
    return _GROUPED.fullmatch(text.strip()) is not None
