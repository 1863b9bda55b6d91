"""Read the letters of PDF pages, with position, size and font, by pdfminer.six."""

from __future__ import annotations

from io import BytesIO
from math import atan2, degrees, hypot
from typing import TYPE_CHECKING, Any, Final

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdffont import (
    PDFType3Font,
    PDFUnicodeNotDefined,
)
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import LIT, PSLiteral
from pdfminer.utils import decode_text

from argmap.text.decoding import LOST

from .fonts import Fonts, with_readable_fonts
from .layout.glyphs import Glyph, visible_text
from .streams import BoundedParser, TooLargeError, is_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pdfminer.pdfpage import PDFPage


_MOST_FORMS: Final = 100_000
"""The most nested drawings in a file; a small file could ask for billions."""

_LONGEST_ACTUAL: Final = 8
_NO_LETTERS: Final = (0, 9, 10, 13)
"""Codes at the ends of lines for which fonts have no letter."""

_UNKNOWN_WIDTH: Final = 0.5
_QUARTER: Final = 90
_WIN_HYPHEN: Final = 0xAD
_TYPE3_HEIGHT: Final = 1.2
"""Height of the box around a font's letters, in font sizes."""


class DamagedPageError(Exception):
    """A file without pages, or with a page that cannot be unpacked completely."""


def open_document(content: bytes) -> PDFDocument:
    """Return the document in *content*, which may be encrypted without a password.

    Raises:
        Exception: any, if the file is damaged or locked.
    """
    return PDFDocument(BoundedParser(BytesIO(content)), password="")


def read_info(document: PDFDocument) -> dict[str, str | None]:
    """Return the title, author and language in the metadata of *document*."""
    info: dict[str, Any] = {}
    for each in document.info:
        info |= each
    return {
        "title": text_from_entry(info.get("Title")),
        "author": text_from_entry(info.get("Author")),
        "language": text_from_entry(document.catalog.get("Lang")),
    }


def describe_error(error: Exception) -> str:
    """Return the message about *error* for the person who supplied the file."""
    if isinstance(error, TooLargeError):
        return "unpacks to far more than an op-ed has; save only its text"
    if isinstance(error, PDFPasswordIncorrect):
        return "is locked with a password; save it without one"
    if isinstance(error, PDFEncryptionError):
        return "is encrypted; save it without encryption"
    if isinstance(error, DamagedPageError):
        return "is damaged (a page cannot be read); get the whole file again"
    return f"is damaged ({type(error).__name__}); get the whole file again"


def glyphs_of_pages(pages: Iterable[PDFPage]) -> Iterator[list[Glyph]]:
    """Yield the letters of each of *pages*, in the order in which they are drawn.

    Raises:
        DamagedPageError: part of a page cannot be unpacked, or there is no page.
        TooLargeError: the file asks for far more than an op-ed has.
    """
    fonts = Fonts()
    device = _Device(fonts)
    interpreter = _Interpreter(fonts, device)
    has_pages = False
    for page in pages:
        has_pages = True
        device.glyphs = []
        interpreter.process_page(page)
        left, bottom, right, top = page.mediabox
        x0, y0, x1, y1 = page.cropbox
        box = (x0 - left, y0 - bottom, x1 - left, y1 - bottom)
        if page.rotate in (90, 270):
            width, height = top - bottom, right - left
        else:
            width, height = right - left, top - bottom
        box = _turned(box, page.rotate, width, height)
        yield [glyph for glyph in device.glyphs if _is_within(glyph, box)]
    if not has_pages:
        raise DamagedPageError


def text_from_entry(value: object) -> str | None:
    """Return the text in an entry of a PDF; None if it is not text."""
    value = resolve1(value)
    if isinstance(value, PSLiteral):
        return str(value.name)
    if not isinstance(value, bytes):
        return value if isinstance(value, str) else None
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le")):
        if value.startswith(mark):
            return value[len(mark) :].decode(encoding, "replace")
    return decode_text(value)


def _turned(
    box: tuple[float, float, float, float], rotate: int, width: float, height: float
) -> tuple[float, float, float, float]:
    """Return *box* on its page after rotation, which makes the page *width* by *height*."""
    x0, y0, x1, y1 = box
    quarters = rotate // _QUARTER
    if quarters == 1:
        return y0, height - x1, y1, height - x0
    if quarters == 1 + 1:
        return width - x1, height - y1, width - x0, height - y0
    return (width - y1, x0, width - y0, x1) if quarters else box


def _is_within(glyph: Glyph, box: tuple[float, float, float, float]) -> bool:
    """Return whether *glyph* is in the page's box, outside which nothing is shown."""
    x0, y0, x1, y1 = box
    room = glyph.size
    if x1 - x0 < room or y1 - y0 < room:
        return True  # the box is damaged
    return x0 - room <= glyph.x0 <= x1 + room and y0 - room <= glyph.y <= y1 + room


class _Interpreter(PDFPageInterpreter):
    """Rejects pages with a missing part, but accepts pages with a missing font."""

    def init_resources(self, resources: Any) -> None:  # noqa: ANN401
        super().init_resources(with_readable_fonts(resources))

    def execute(self, streams: Any) -> None:  # noqa: ANN401  (pdfminer's lists of references)
        for each in streams:
            stream = resolve1(each)
            if isinstance(stream, PDFStream):
                stream.get_data()
                if not is_whole(stream):
                    raise DamagedPageError
        super().execute(streams)


class _Device(PDFTextDevice):
    """Records each letter that a page draws."""

    def __init__(self, fonts: Fonts) -> None:
        super().__init__(fonts)
        self.glyphs: list[Glyph] = []
        self._fonts = fonts
        self._run = 0
        self._forms = 0
        self._tags: list[tuple[int, str]] = []
        self._heights: dict[int, float] = {}
        self._letters: dict[tuple[Any, int], tuple[str, float]] = {}
        self._shape: tuple[Any, ...] = ()
        self._along, self._size, self._angle = (0.0, 0.0), 0.0, 0.0

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:  # noqa: ARG002, ANN401
        self._forms += 1
        if self._forms > _MOST_FORMS:
            raise TooLargeError

    def begin_tag(self, tag: PSLiteral, props: Any = None) -> None:  # noqa: ARG002, ANN401
        actual = props.get("ActualText") if isinstance(props, dict) else None
        self._tags.append((len(self.glyphs), text_from_entry(actual) or ""))

    def end_tag(self) -> None:
        """Apply the text that the file gives for letters without a value."""
        if not self._tags:
            return
        begin, actual = self._tags.pop()
        drawn = self.glyphs[begin:]
        if not drawn or not 0 < len(actual) <= _LONGEST_ACTUAL or len(drawn) > _LONGEST_ACTUAL:
            return
        is_soft = actual == "\u00ad" and [glyph.text for glyph in drawn] == ["-"]
        if is_soft or any(glyph.text == LOST for glyph in drawn):
            drawn[0].text, drawn[0].x1 = visible_text(actual), drawn[-1].x1
            del self.glyphs[begin + 1 :]

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:  # noqa: ANN401
        self._run += 1
        if textstate.font is None:
            textstate.font = self._fonts.get_font(None, {"BaseFont": LIT("Helvetica")})
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(  # noqa: PLR0917  (as pdfminer calls it)
        self,
        matrix: Any,  # noqa: ANN401
        font: Any,  # noqa: ANN401
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,  # noqa: ANN401, ARG002
        graphicstate: Any,  # noqa: ANN401, ARG002
    ) -> float:
        """Record one letter, and return the distance to the next one."""
        text, width = self._letter(font, cid)
        advance = width * fontsize * scaling
        if not text:
            return advance
        a, b, c, d, x, y = matrix
        shape = (a, b, c, d, fontsize, font)
        if shape != self._shape:
            self._shape = shape
            self._along, self._size, self._angle = self._form(*shape)
        (along_x, along_y), size = self._along, self._size
        if not size:
            return advance
        x, y = x + c * rise, y + d * rise
        end = x + along_x * advance
        y_end = y + along_y * advance
        self.glyphs.append(
            Glyph(text, x, end, y, size, self._angle, font.fontname, self._run, y_end=y_end)
        )
        return advance

    def _form(
        self,
        a: float,
        b: float,
        c: float,
        d: float,
        fontsize: float,
        font: Any,  # noqa: ANN401
    ) -> tuple[tuple[float, float], float, float]:
        """Return the direction, the size and the angle of letters of this form."""
        if font.is_vertical():
            along, size, sign = (c, d), fontsize * hypot(a, b), -1.0
        else:
            along, size, sign = (a, b), fontsize * hypot(c, d), 1.0
        size = abs(size) * self._height(font)
        if not hypot(*along):
            return along, 0.0, 0.0
        sign = sign if fontsize > 0 else -sign
        return along, size, degrees(atan2(along[1] * sign, along[0] * sign))

    def _letter(self, font: Any, cid: int) -> tuple[str, float]:  # noqa: ANN401
        """Return a letter and its width; empty text if nothing is drawn."""
        known = self._letters.get((font, cid))
        if known is None:
            text, width = self._text(font, cid), font.char_width(cid)
            if text == LOST and not width:
                has_widths = cid in font.widths and any(font.widths.values())
                is_empty = has_widths or cid in _NO_LETTERS
                text, width = ("", 0.0) if is_empty else (LOST, _UNKNOWN_WIDTH)
            known = self._letters[font, cid] = text or "", width
        return known

    def _text(self, font: Any, cid: int) -> str:  # noqa: ANN401
        try:
            text = font.to_unichr(cid)
        except (PDFUnicodeNotDefined, KeyError, TypeError, ValueError):
            return LOST
        if cid == _WIN_HYPHEN and text == " " and not font.is_multibyte():
            return "\u00ad"  # pdfminer reads this code as a space
        return visible_text(text)

    def _height(self, font: Any) -> float:  # noqa: ANN401
        """Return the size of *font* in its own units; fonts of drawings can have any."""
        if not isinstance(font, PDFType3Font):
            return 1.0
        if id(font) not in self._heights:
            height = abs(font.get_height())
            widths = sorted(w for w in font.widths.values() if isinstance(w, (int, float)) and w)
            usual = 2 * abs(widths[len(widths) // 2] * font.hscale) if widths else 1.0
            is_odd = not usual / 3 < height < 3 * usual
            self._heights[id(font)] = usual if is_odd else height / _TYPE3_HEIGHT
        return self._heights[id(font)] or 1.0
