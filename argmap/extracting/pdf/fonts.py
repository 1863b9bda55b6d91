"""Fonts of a PDF, whose letters have a value only if the file gives one."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from pdfminer.cmapdb import CMap, CMapParser, FileCMap, IdentityCMap
from pdfminer.encodingdb import name2unicode
from pdfminer.pdffont import PDFCIDFont, PDFSimpleFont, Type1FontHeaderParser
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import PDFStream, list_value, resolve1, stream_value
from pdfminer.psparser import LIT, PSLiteral

from .streams import TooLargeError, check_ranges

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pdfminer.pdffont import PDFFont

_PLAIN: Final = 127
_CODE_IN_NAME = re.compile(r"[A-Za-z]{1,3}0*([0-9A-Fa-f]+)")
_UNKNOWN_FONT: Final = {"BaseFont": LIT("Helvetica"), "Encoding": LIT("WinAnsiEncoding")}
_ENCODINGS: Final = ("WinAnsiEncoding", "MacRomanEncoding", "StandardEncoding")


def with_readable_fonts(resources: Any) -> Any:  # noqa: ANN401  (whatever a file has)
    """Return the *resources* of a page with an empty font for each unreadable one."""
    if not isinstance(resources, dict):
        return resources
    fonts = resolve1(resources.get("Font"))
    if not isinstance(fonts, dict):
        return resources
    readable = {}
    for name, spec in fonts.items():
        try:
            is_font = isinstance(resolve1(spec), dict)
        except TooLargeError:
            raise
        except Exception:  # noqa: BLE001
            is_font = False
        readable[name] = spec if is_font else {}
    return {**resources, "Font": readable}


class Fonts(PDFResourceManager):
    """Fonts whose letters have a value only if the file gives one."""

    def __init__(self) -> None:
        """Start without fonts."""
        super().__init__()
        self._known: dict[object, PDFFont] = {}

    def get_font(self, objid: object, spec: Mapping[str, Any]) -> PDFFont:
        """Return the font that *spec* describes; *objid* is its number in the file."""
        if objid and objid in self._known:
            return self._known[objid]
        font = self._new_font(objid, spec)
        if objid:
            self._known[objid] = font
        return font

    def _new_font(self, objid: object, spec: Mapping[str, Any]) -> PDFFont:
        check_ranges(spec)
        if spec.get("Subtype") is LIT("Type3") and "FontBBox" not in spec:
            spec = {**spec, "FontBBox": [0, 0, 0, 0]}
        is_damaged = not spec
        try:
            font = super().get_font(objid, spec or _UNKNOWN_FONT)
        except TooLargeError:
            raise
        except Exception:  # noqa: BLE001  (damaged files make pdfminer raise anything)
            font, is_damaged = _without_program(spec, super().get_font), True
        if is_damaged and isinstance(font, PDFSimpleFont) and not _is_plain(spec):
            font.cid2unicode = {}  # a guess would be a wrong letter without a warning
        if isinstance(font, PDFSimpleFont):
            _forget_guesses(font, spec)
        elif isinstance(font, PDFCIDFont):
            _find_codes(font, spec)
        return font


def _without_program(spec: Mapping[str, Any], get_font: Callable[..., PDFFont]) -> PDFFont:
    """Return a substitute font for the codes of a damaged one."""
    encoding = resolve1(spec.get("Encoding")) if _is_plain(spec) else LIT("WinAnsiEncoding")
    return get_font(None, {"BaseFont": LIT("Helvetica"), "Encoding": encoding})


def _is_plain(spec: Mapping[str, Any]) -> bool:
    """Return whether a font has one of the encodings that every reader knows."""
    encoding = resolve1(spec.get("Encoding"))
    return isinstance(encoding, PSLiteral) and str(encoding.name) in _ENCODINGS


def _forget_guesses(font: PDFSimpleFont, spec: Mapping[str, Any]) -> None:
    """Remove the values from *font* that neither its names nor its map give.

    pdfminer keeps the value of the base encoding where a letter has a name that says nothing;
    that would be another letter than the one that is drawn.
    """
    encoding = resolve1(spec.get("Encoding"))
    is_whole_encoding = isinstance(encoding, PSLiteral) or (encoding and "BaseEncoding" in encoding)
    own = {} if is_whole_encoding else _own_values(font)
    if encoding is None:
        if own:
            font.cid2unicode = own
        elif font.unicode_map is not None:
            font.cid2unicode = {32: " "}
        elif "FontFile3" in font.descriptor:
            # The font's program has the values, and pdfminer cannot read them: a letter that is
            # not plain ASCII would be a wrong one without a warning.
            font.cid2unicode = {
                code: text for code, text in font.cid2unicode.items() if code < _PLAIN
            }
    if not isinstance(encoding, dict):
        return
    values = own or dict(font.cid2unicode)
    code = 0
    for entry in map(resolve1, list_value(encoding.get("Differences", []))):
        if isinstance(entry, int):
            code = entry
        elif isinstance(entry, PSLiteral):
            name = str(entry.name)
            if _has_value(name):
                values[code] = name2unicode(name)
            elif not _is_name_of_code(name, code):
                values.pop(code, None)
            code += 1
    font.cid2unicode = values


def _own_values(font: PDFSimpleFont) -> dict[int, str]:
    """Return the values of letters by their names in the font's own program."""
    try:
        if "FontFile" in font.descriptor:
            program = stream_value(font.descriptor["FontFile"])
            length = resolve1(program["Length1"])
            return dict(Type1FontHeaderParser(BytesIO(program.get_data()[:length])).get_encoding())
    except TooLargeError:
        raise
    except Exception:  # noqa: BLE001  (the program of the font is damaged, and not needed)
        return {}
    return {}


def _has_value(name: str) -> bool:
    try:
        return bool(name2unicode(name))
    except (KeyError, ValueError):
        return False


def _is_name_of_code(name: str, code: int) -> bool:
    """Return whether a letter's name is just its *code*, as in a65."""
    match = _CODE_IN_NAME.fullmatch(name)
    if match is None:
        return False
    digits = match[1]
    return (digits.isdecimal() and int(digits) == code) or int(digits, 16) == code


def _find_codes(font: PDFCIDFont, spec: Mapping[str, Any]) -> None:
    """Give *font* the map from codes to letters that a stream of the file contains."""
    if type(font.cmap) is not CMap:
        return
    encoding = resolve1(spec.get("Encoding"))
    own = FileCMap()
    if isinstance(encoding, PDFStream):
        CMapParser(own, BytesIO(encoding.get_data())).run()
    font.cmap = own if own.code2cid else IdentityCMap()
