"""Texts that are not UTF-8: the encoding used to read them, and a likelier one if there is one."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

from attrs import frozen

from argmap.errors import InputError

from .decoding import LOST, Encoding, detect_encoding, normal_lines, text_from_bytes
from .display import counted, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

_SAMPLE: Final = 2**16
"""Bytes that the guess of an encoding examines."""
_SURE: Final = 0.6
"""The share of typical characters that makes another encoding worth suggesting."""
_MOST_ACCENTS: Final = 0.3
"""A share of non-ASCII letters higher than in any language that uses Windows-1252."""
_MANY_ZEROS: Final = 0.3
_FEW_WRONG: Final = 2
"""The fewest non-ASCII characters for each wrong byte in damaged UTF-8."""

_ISO_2022: Final = (b"\x1b$B", b"\x1b$@")
"""Escapes that switch to Japanese characters in old mails, which are ASCII as bytes."""
_LATIN_9_EURO: Final = re.compile(rb"\xa4(?: ?\d)|\d ?\xa4")
_GARBLED: Final = re.compile(
    "â(?:€|\x80)[\x80-\xbf™œ“”˜¦]|â€|Ã[\x80-\xbf€ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\xa0-\xbf]"
)
"""UTF-8 that was decoded as Windows-1252 or Latin-1."""
_MANY_GARBLED: Final = 2
_GUESSED: Final = "is not UTF-8 and was read as"

_NO_TEXT: Final = frozenset(
    ["idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"]
)
"""Python's codecs that do not encode text."""

_CYRILLIC: Final = "оеаинтсрвлкмдпуОЕАИНТСРВ"
_CZECH_POLISH: Final = "ąćęłńóśźżáčďéěíňřšťúůýžőűöüŁŚŻŹŠČŘŽ„”–"
_SMALL_WESTERN: Final = "éèàçêôûùîâëïäöüßñóíáúåøæœãõ’‘“”„—–…«»£€°§·©½¿¡\xa0"
_WESTERN: Final = _SMALL_WESTERN + "ÉÈÀÇÄÖÜÑÅØ"
_HAN: Final = 8
"""The weight of each of a few common characters in a script that has thousands."""


@frozen
class _Candidate:
    """An encoding, and the characters that are common in texts in it."""

    name: str
    typical: str
    weight: float = 1.0


_CANDIDATES: Final = (
    _Candidate("mac_roman", _SMALL_WESTERN),
    _Candidate("cp850", _SMALL_WESTERN),
    _Candidate("windows-1254", "ıİşŞğĞüçöÜÇÖ"),
    _Candidate("windows-1250", _CZECH_POLISH),
    _Candidate("iso8859-2", _CZECH_POLISH),
    _Candidate("windows-1251", _CYRILLIC),
    _Candidate("koi8-r", _CYRILLIC),
    _Candidate("iso8859-5", _CYRILLIC),
    _Candidate("cp866", _CYRILLIC),
    _Candidate("windows-1253", "αοιεντσςηκρλυπάόίέή"),
    _Candidate("windows-1255", "יולאהמרתבשנ"),
    _Candidate("windows-1256", "اليمونرتبةدهعكسقفحأإجشخ،"),
    _Candidate("shift_jis", "のにはをたがでとしれるいなも。、", 2),
    _Candidate("euc_jp", "のにはをたがでとしれるいなも。、", 2),
    _Candidate("gb18030", "的是不了在有人我他这中大来上国们，。", _HAN),
    _Candidate("big5", "的是不了在有人我他這中大來上國們，。", _HAN),
    _Candidate("euc_kr", "이다는을가에의고지한하도로", 3),
    _Candidate("cp949", "이다는을가에의고지한하도로", 2.9),
    _Candidate("cp874", "านรอกเงมยลวดทสตะปบ่้คหแจพชขใไ็ีัิุู์ำ"),
)


def check_encoding(name: str) -> str:
    """Return *name* if it is the name of a text encoding.

    Raises:
        InputError: there is no such encoding.
    """
    try:
        found = codecs.lookup(name).name.replace("-", "_")
        is_known = found not in _NO_TEXT and bool("a".encode(name))
    except (LookupError, UnicodeError, ValueError):
        is_known = False
    if not is_known:
        message = f"{name!r} is not an encoding; use for example windows-1252, mac_roman or utf-16"
        raise InputError(message)
    return name


def convert_to_utf8(content: bytes, where: str, name: str) -> bytes:
    """Return *content*, in the encoding *name*, as UTF-8 with a byte-order mark.

    Raises:
        InputError: it is not in that encoding.
    """
    try:
        text = content.decode(name)
    except UnicodeError as error:
        start = getattr(error, "start", None)
        place = "it" if start is None else f"byte {start + 1}"
        message = f"{where}: {place} is not {name}; leave out --encoding or give another one"
        raise InputError(message) from error
    return codecs.BOM_UTF8 + text.lstrip("\ufeff").encode(errors="replace")


def decode_text(content: bytes, where: str) -> tuple[str, tuple[str, ...]]:
    """Decode a file, and return its text with notices about its encoding.

    The encoding comes from the byte-order mark, else is UTF-8, else Windows-1252.

    Raises:
        InputError: it is empty, binary, or in no known encoding.
    """
    damaged = decode_damaged_utf8(content)
    if damaged is not None:
        return damaged
    try:
        encoding = detect_encoding([content], where)
        text = text_from_bytes(content, where)
    except InputError as error:
        likely = None if content.startswith(codecs.BOM_UTF8) else likely_encoding(content)
        if likely is None:
            raise
        message = f"{where}: it looks like {likely}: use argmap add --encoding {likely}"
        raise InputError(message) from error
    return text, tuple(encoding_notice(content, encoding))


def decode_damaged_utf8(content: bytes) -> tuple[str, tuple[str, ...]] | None:
    """Decode UTF-8 with a few wrong bytes, and return the text with a notice about them.

    To read all of it as Windows-1252 would garble every non-ASCII letter for one wrong byte.

    Returns:
        None if the content is sound UTF-8, or more than a few bytes are wrong.
    """
    if content.startswith(codecs.BOM_UTF8) or b"\0" in content:
        return None
    try:
        content.decode()
    except UnicodeDecodeError as error:
        place = error.start + 1
    else:
        return None
    text = content.decode(errors="replace")
    wrong = text.count(LOST) - content.count(LOST.encode())
    beyond = sum(not character.isascii() for character in text) - text.count(LOST)
    if beyond < _FEW_WRONG * wrong:
        return None
    others = f" and {counted(wrong - 1, 'other')}" if wrong > 1 else ""
    notice = f"byte {place}{others} cannot be read as UTF-8; {LOST} marks each place in the text"
    return normal_lines(text), (notice,)


def is_utf_8(content: bytes) -> bool:
    """Return whether *content* is UTF-8 and not ISO-2022, which only looks like it."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return not is_iso_2022(content)


def is_iso_2022(content: bytes) -> bool:
    """Return whether *content* is Japanese as in old mails, which can pass for ASCII."""
    return any(switch in content for switch in _ISO_2022)


def encoding_notice(content: bytes, encoding: Encoding) -> Iterator[str]:
    """Yield a notice about the *encoding* of *content* unless it is UTF-8."""
    if encoding.name == "utf-8":
        if is_iso_2022(content):
            yield "it looks like iso2022_jp: use argmap add --encoding iso2022_jp"
        return
    if encoding.mark:
        yield f"was read as {encoding.title}"
        return
    likely = likely_encoding(content)
    advice = (
        f"it looks like {likely}: use argmap add --encoding {likely}"
        if likely
        else "if words look wrong, use argmap add --encoding NAME"
    )
    yield f"{_GUESSED} {encoding.title}; {advice}"


def character_notices(text: str, notices: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return *notices* with those about characters that were damaged before the file was saved."""
    if text.isascii():
        return notices
    lost = 0 if any(LOST in notice for notice in notices) else text.count(LOST)
    if lost:
        notices += (
            f"{counted(lost, 'character')} went missing before it was saved; {LOST} marks each",
        )
    garbled = [match[0] for match in _GARBLED.finditer(text)]
    is_guess = any(_GUESSED in notice for notice in notices)  # which carries advice already
    if is_guess or len(garbled) < _MANY_GARBLED:
        return notices
    many = counted(len(garbled), "garbled character")
    advice = "it was saved in a wrong encoding; get it again from its source"
    return (*notices, f"has {many} such as {visible(garbled[0])!r}: {advice}")


def likely_encoding(content: bytes) -> str | None:
    """Return an encoding that is likelier for *content* than Windows-1252, or None."""
    sample = content[:_SAMPLE]
    zeros = sample.count(0)
    if zeros:
        is_wide = len(sample) % 2 == 0 and zeros > _MANY_ZEROS * len(sample)
        return (("utf-16-be", "utf-16-le")[sample[::2].count(0) < zeros / 2]) if is_wide else None
    if is_iso_2022(sample):
        return "iso2022_jp"
    scores = {each.name: _typical_share(sample, each) for each in _CANDIDATES}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] > max(_SURE, 0.2 + _western_share(sample)):
        return best
    return "iso8859-15" if _LATIN_9_EURO.search(sample) else None


def _western_share(sample: bytes) -> float:
    text = sample.decode("cp1252", errors="replace")
    letters = sum(map(str.isalpha, text))
    accented = sum(character.isalpha() and not character.isascii() for character in text)
    if accented > _MOST_ACCENTS * letters:
        return 0.0
    return _typical_share(sample, _Candidate("cp1252", _WESTERN))


def _typical_share(sample: bytes, candidate: _Candidate) -> float:
    """Return the share of typical characters among the non-ASCII ones; 0 if decoding fails."""
    decoder = codecs.getincrementaldecoder(candidate.name)()  # it may end inside a character
    try:
        text = decoder.decode(sample)
    except UnicodeError:
        return 0.0
    beyond = [character for character in text if not character.isascii()]
    typical = sum(character in candidate.typical for character in beyond)
    return min(1.0, candidate.weight * typical / max(1, len(beyond)))
