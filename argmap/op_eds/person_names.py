"""Lines that are the name of a person: `JANE AMES`, `Dr. Jane B. Ames and Peter Brown`."""

from __future__ import annotations

import re
from typing import Final

_NAMES: Final = """
aaron abdul adam adrian agnes ahmed aisha alan albert alejandro alex alexander alexandra alfred
ali alice alison amanda amir amy ana andrea andreas andrew angela anita ann anna anne annette
anthony antoine antonio arthur barbara ben benjamin bernard bernd bettina bob brad brandon
brenda brian bruce camille carl carla carlos carol caroline catherine cathy charles chris
christina christine christoph christopher claire claudia colin craig cynthia dan daniel daniela
darren david deborah denise dennis derek diana diane diego dieter dominic donald donna dorothy
douglas edward eileen elena elisabeth elizabeth ellen emily emma eric erica erik ernest eva
fatima felix fernando fiona francis franco françois frederick friedrich gabriel gareth gary
geoffrey george gerald gerard gerhard gisela gordon graham greg gregory guillaume günter hannah
hans harold heather heidi heinrich helen helmut henri henry holger howard hugh ian ibrahim
ingrid irene isabel isabelle jacob jacques james jamie jan jana jane janet janice jason javier
jean jeanne jeff jeffrey jennifer jeremy jerry jessica jim joan joanna jochen joe joel johan
johannes john jonathan jorge jose josef joseph joshua josé juan judith julia julian julie jürgen
karen karin karl kate katharina katherine kathleen katie keith ken kenneth kevin kirsten klaus
kristin kurt larry laura lauren laurent lawrence leila leonard leslie linda lisa liz louis
louise lucas lucia lucy luis luke lutz lydia lynn malcolm manfred manuel marc marcel marcus
margaret maria marie marina mario marion markus martha martin martina mary matt matthew matthias
maureen maurice megan melanie melissa michael michel michelle miguel mike miriam mohamed
mohammed monica monika muhammad nadia nancy naomi natalie natasha neil nicholas nicola nicolas
nicole nigel nikolaus nina noah noam nora norman olaf oliver olivia olivier oscar pablo pamela
patricia patrick paul paula pedro peter petra phil philip philipp philippe phoebe pierre priya
rachel rafael rainer ralf ralph raymond rebecca regina reinhard renate rené ricardo richard rita
robert roberto roger roland ronald rosa rosemary rupert russell ruth ryan sabine sally sam
samantha samuel sandra sara sarah scott sebastian sharon sheila shirley silvia simon simone
sofia sonia sophia sophie stefan stefanie stephanie stephen steve steven stuart susan susanne
suzanne sylvia tamara tania teresa terry theresa thomas thérèse tim timothy tina todd tom tony
tracy ulrich ulrike ursula uwe vanessa vera veronica vincent vivian walter wendy werner wilhelm
william wolfgang xavier yasmin yusuf yves yvonne zoe
"""
_GIVEN: Final = frozenset(_NAMES.split())
"""Common given names; those that may begin a title, as Mark, Hope and Grace, are left out."""

_TITLES: Final = frozenset({"dr", "prof", "professor", "sir", "dame", "rev", "mr", "mrs", "ms"})
_PARTICLES: Final = frozenset(
    {"de", "van", "von", "der", "den", "la", "le", "di", "da", "del", "bin"}
)
_BETWEEN = re.compile(r"\s+(?:and|und|et|y|with)\s+|\s*[,&]\s*", re.IGNORECASE)
_INITIAL = re.compile(r"[^\W\d_]\.?|(?:[^\W\d_]\.-?){2,3}")
_FAMILY_NAME = re.compile(r"[^\W\d_a-z][^\W\d_]*(?:['’-][^\W\d_]+)*")


def is_person_name(line: str) -> bool:
    """Return whether *line* is certainly one or more names, each with a common given name."""
    names = [name for name in _BETWEEN.split(line.strip()) if name]
    return bool(names) and all(map(_is_name, names))


def _is_name(words: str) -> bool:
    """Return whether *words* are a given name, optional initials and particles, and a surname.

    More words are not certain to be a name: `DONALD TRUMP LIED` is a title.
    """
    parts = words.split()
    is_titled = bool(parts) and parts[0].rstrip(".").lower() in _TITLES
    given, *middle = parts[is_titled:] or [""]
    family = middle.pop() if middle else ""
    is_given = given.split("-")[0].lower() in _GIVEN or (
        is_titled and bool(_FAMILY_NAME.fullmatch(given))
    )
    is_between = all(m.lower() in _PARTICLES or _INITIAL.fullmatch(m) for m in middle)
    return is_given and given[:1].isupper() and is_between and bool(_FAMILY_NAME.fullmatch(family))
