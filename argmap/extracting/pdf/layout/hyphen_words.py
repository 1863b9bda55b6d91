"""Parts of hyphenated words, for texts that do not show the spelling themselves."""

from __future__ import annotations

import re
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _table(rows: str) -> dict[str, re.Pattern[str] | None]:
    """Return a pattern of the beginnings listed after each colon, by the word before the colon.

    In a beginning, $ marks the end of the word.
    """
    table: dict[str, re.Pattern[str] | None] = {}
    for row in rows.strip().splitlines():
        parts, _, others = row.partition(":")
        pattern = re.compile("|".join(others.split())) if others.strip() else None
        table |= dict.fromkeys(parts.split(), pattern)
    return table


AND: Final = _words("""
    and or nor & und oder bzw bis sowie et ou y o e u i ed og och eller oraz ili и или
    y/o and/or et/ou und/oder
""")
"""Words between the parts of "pre- and post-war", in several languages."""

HYPHENED_AFTER: Final = _words("to as als")
"""Words between two parts that need a second hyphen after them, as in short- to long-term."""

DUTCH_AND: Final = _words("en of")
"""Dutch words for "and" and "or", which in other languages are the ends of words."""

FIRST: Final = _table("""
    self: ish less hood same ies
    non: sens chal descript plus e$ agen ethel entit
    well: ness ington s$ come ing ed$
    all: ow eg ian ies ied oc ud ur oy ot ergy y$
    high: er est land light way ly ness s$ jack
    low: er est ly land lier s$
    long: er est ing evity itud hand ed$
    short: er est age en fall hand coming cut ly ness ed s$
    part: ner ly y$ ies ial icip ic isan ition ing ed s$
    full: er est y$ ness
    hard: en er est ly ship ware ness wood
    far: mer ming m ther thest ce e well away
    near: er est ly by ing ed s$
    left: over ist ward ies
    right: ful eous ly ist s$ ward
    half: way s$ tone
    cross: ing ed es road over fire word bow bar ly
    old: er est en
    new: er est ly com s born ton found
    first: ly hand s$
    second: ary ar ly s$ hand
    third: ly s$
    one: s$ self rous
    two three: some fold
    four six seven nine: t fold some
    five: fold
    eight: e h y fold
    better: ment s$ ing
    state: ment ly less hood side s$ men man craft room wide
    market: ing able place er ed eer s$
    government: al s$
    world: wide ly s$
    still: ness ed s$ born ing
    vice: roy s$
    law: yer ful less suit maker breaker s$ n rence son
    tax: able ation ing payer es on i ed idermy
    policy: maker holder
    upper: most cut
    lower: ed ing most
    middle: man men weight
    center centre: s$ ed d$ ing piece
    euro: p s$ zone
    grand: ir iose eur es$ s$ e$
    avant: age
    demi: se jo urg
    anglo afro franco quasi so socio climate decision ki jong peut c'est celui celle ceux celles:
    ten twenty thirty forty fifty sixty seventy eighty ninety vingt trente quarante cinquante:
    soixante quatre après mi nord sud rendez:
""")
"""First parts, and the endings that make another word of them: self-ish, par-ty."""

FIRST["ten"] = re.compile("(?!year|day|hour|minute|month|week|fold|point|part)")

FIRST_OF_SOME: Final = _table("""
    ex: presid minis wife husb partn boss chief prime sold polic con mayor head lead memb offic
    co: op$ opt oper ordin own auth work found host star$ exist edit chair spons sign writ prod
    anti: war american semit immigra abort corrupt terror racis european capital communis democra
    pre: war exist elect empt crisis pandemic industrial modern school tax date order
    post: war crisis pandemic colon commun industrial modern elect truth conflict soviet mortem
    pro: war life choice democra govern europ american west russian business growth abort
    mid: term day$ twent ninet centur career sized eighteen january june week$
    semi: official autonom detach final skill permanent presiden arid
    multi: ethnic racial million billion party faith year polar
    inter: war ethnic religious govern faith korean communal
    sub: saharan committee
    neo: liberal con nazi fasc colon
    counter: terror insurg revol intuit product narrat argu
    re: elect open enter exam emerg engag establish entry use$ evaluat introd educ employ
    ultra: orthodox nation conserv right left rich modern
    trans: atlantic pacific
""")
"""First parts that rarely take a hyphen, and second parts before which they do."""

SECOND: Final = _words("""
    based related called known term owned funded backed minded friendly wing led driven style
    sized speaking thinking looking reaching lasting standing defined established educated
    informed intentioned deserved fledged blown eyed hearted handed haired faced sounding being
    esteem interest respect defence defense determination century income profile quality speed
    tech risk cost level scale range class rate year old day week month hour minute mile page
    party founder author worker chair law up off down bound made paid
    il elle ils elles je tu nous vous moi toi là même mêmes être dire delà dessus dessous midi
    cinq deux trois six sept huit neuf dix mère père parents moon un
""")
"""Second parts of words that are written with a hyphen."""

NOT_BEFORE_SECOND: Final = re.compile(
    r"(?:out|in|a|re|un|be|over|under|with|any|some|every|no|mis|dis|con|com|de|pre|pro|per|"
    r"en|em|ad|im|ex|back|man|mon|sun|birth|to|holi|yester|week|life|tur|four|high|class|free|"
    r"gar|for|sub|inter|trans|down|cut|bro|fa|mo|step|god|ha|ge|pu|se)$"
)
"""First parts that form one word with these: up-on, back-up, with-in, out-law."""

SMALL: Final = _words("of the in to and on by up a at or de la le les en y und out")
"""Small words within longer ones, as in state-of-the-art."""

BETWEEN: Final = re.compile(
    r"(?:(?:upon|on|in|under|super|le|la|les|lès|sur|sous|en|de|du|des|am|an|auf|ob)-[^\W\d_a-z]|"
    r"(?:upon|of|to|by|in)-[a-z]{2})"
)
"""The continuation of a word with a small one inside: Stratford-upon-Avon."""
