"""Words that a near match may not change: figures, negations and words that reverse a meaning.

The lists have common words in English, German, French and Spanish, and the negations of more
languages. They err on the side of refusal. One word too many means that a user has to copy a
quote again; one too few lets a passage say the opposite of its quote.
"""

from __future__ import annotations

import re
from typing import Final

from rapidfuzz.distance import Postfix


def _words(*lists: str) -> frozenset[str]:
    return frozenset(" ".join(lists).split())


_NUMBERS: Final = _words(
    # English
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty thirty forty fourty fifty sixty seventy "
    "eighty ninety hundred thousand million billion trillion quadrillion dozen score gross "
    "hundreds thousands millions billions trillions dozens scores tens ones twos threes "
    "twenties thirties forties fifties sixties seventies eighties nineties "
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth "
    "thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth thousandth "
    "millionth billionth half halves third thirds quarter quarters fourths fifths sixths sevenths "
    "eighths ninths tenths hundredths thousandths once twice thrice single double triple "
    "quadruple doubled tripled quadrupled halved doubles triples halves halving doubling tripling "
    "pair couple both firstly secondly thirdly last halfway "
    "bn mn mln tn pct percent percentage ",
    # German
    "null ein eins eine einer einem einen eines zwei zwo drei vier fünf sechs sieben acht neun "
    "zehn elf zwölf zwanzig dreißig dreissig vierzig fünfzig sechzig siebzig achtzig neunzig "
    "hundert hunderte tausend tausende million millionen milliarde milliarden billion billionen "
    "dutzend dutzende halb halbe halber halben halbes hälfte drittel viertel fünftel sechstel "
    "siebtel achtel neuntel zehntel hundertstel einmal zweimal dreimal doppelt dreifach erste "
    "erster ersten erstes zweite zweiter zweiten zweites dritte dritter dritten drittes vierte "
    "vierter vierten viertes fünfte sechste siebte achte neunte zehnte prozent beide ",
    # French
    "zéro un une deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize "
    "vingt vingts trente quarante cinquante soixante septante huitante octante nonante cent cents "
    "mille millier milliers millions milliard milliards centaine centaines douzaine douzaines "
    "dizaine dizaines vingtaine trentaine demi demie demis moitié tiers quart quarts premier "
    "première premiers premières deuxième second seconde troisième quatrième cinquième sixième "
    "septième huitième neuvième dixième centième millième pourcent ",
    # Spanish
    "cero uno una unos unas dos tres cuatro cinco seis siete ocho nueve diez once doce trece "
    "catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós treinta "
    "cuarenta cincuenta sesenta setenta ochenta noventa ciento cientos cien doscientos doscientas "
    "trescientos trescientas cuatrocientos quinientos quinientas seiscientos setecientos "
    "ochocientos novecientos mil miles millón millones millar millares docena docenas medio media "
    "mitad tercio tercios cuarto cuartos quinto primero primera primer segundo segunda tercero "
    "tercera tercer cuarta sexto séptimo octavo noveno décimo doble triple",
)
_DATES: Final = _words(
    # English, with the usual short forms
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec "
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays "
    "thursdays fridays saturdays sundays mon tue tues wed thu thur thurs fri sat sun "
    "today yesterday tomorrow am pm ad bc bce ce ",
    # German
    "januar jänner februar märz mai juni juli oktober dezember montag dienstag mittwoch "
    "donnerstag freitag samstag sonnabend sonntag heute gestern morgen ",
    # French
    "janvier février mars avril juin juillet août septembre octobre novembre décembre lundi mardi "
    "mercredi jeudi vendredi samedi dimanche hier demain ",
    # Spanish
    "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre "
    "diciembre lunes martes miércoles jueves viernes sábado domingo ayer mañana",
)
_NEGATIONS: Final = _words(
    # English, contractions without their apostrophe too
    "not no never none nobody nothing neither nor nowhere without hardly barely scarcely seldom "
    "rarely cannot aint arent cant couldnt darent didnt doesnt dont hadnt hasnt havent isnt "
    "mightnt mustnt neednt oughtnt shant shouldnt wasnt werent wont wouldnt nay non un dis anti "
    "nope unless except lack lacks lacked lacking fail fails failed ",
    # German
    "nicht nichts kein keine keiner keinem keinen keines nie niemals niemand niemandem niemanden "
    "nirgends nirgendwo weder noch ohne kaum nein ",
    # French
    "ne pas jamais rien personne aucun aucune ni sans guère plus nul nulle ",
    # Spanish
    "nunca jamás nada nadie ningún ninguno ninguna sin tampoco apenas ",
    # Other languages, the shortest words above all
    "não nem nenhum nenhuma sem né mai nessuno niente senza niet geen nooit zonder niemand ikke "
    "aldrig ingen inte ej utan nie bez nic не ни нет без никто ничего никогда لا لم لن ليس 안 못 "
    "不 没 沒 無 无 非 未 勿 別 别 否",
)
_PREFIXES: Final = _words(
    # Prefixes that make the opposite of a word, alone or instead of another one
    "un in im il ir dis non mis mal de des a an anti counter contra ex em en e over under up down "
    "out on off pre post pro sub super hyper hypo inter intra macro micro ma mi maxi mini "
    "ver ent be miß miss",
)
_OPPOSITES: Final = frozenset(
    frozenset(pair.split("/"))
    for pair in _words(
        "north/south east/west northern/southern eastern/western male/female males/females",
        "man/woman men/women his/her he/she him/her left/right hire/fire hired/fired best/worst",
        "more/mere win/lose won/lost buy/sell all/any all/ill now/then",
    )
)
_GERMAN_NUMBER: Final = re.compile(
    r"(?:ein|eins|zwei|zwan|drei|vier|fünf|sech|sechs|sieb|sieben|acht|neun|zehn|elf|zwölf|und|zig|ßig"
    r"|ssig|hundert|tausend|millionen|mal|fach|te|ter|ten|tes|ste|ster|sten|stes|stel|tel)+"
)
_ROMAN: Final = re.compile(
    r"(?=[MDCLXVI])M{0,4}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
)
_LEAST_STEM: Final = 3
"""The fewest letters that two words share at the end if the letters before them are prefixes."""

_LEAST_GERMAN: Final = 6


def is_figure(word: str) -> bool:
    """Return whether *word* is a number, a part of a date, or has a digit in any script."""
    if any(character.isnumeric() for character in word):
        return True
    plain = word.casefold()
    return (
        plain in _NUMBERS
        or plain in _DATES
        or _ROMAN.fullmatch(word) is not None
        or (len(plain) >= _LEAST_GERMAN and _GERMAN_NUMBER.fullmatch(plain) is not None)
    )


def is_negation(word: str) -> bool:
    """Return whether *word* negates."""
    plain = word.casefold().replace("'", "")
    return plain in _NEGATIONS or word.casefold().endswith("n't")


def may_be_opposite(one: str, other: str) -> bool:
    """Return whether two words of nearly the same letters may have opposite meanings.

    They may if one has a prefix such as *un-* that the other lacks, or if they have different
    prefixes, as in *increase* and *decrease*.
    """
    first, second = one.casefold(), other.casefold()
    if frozenset((first, second)) in _OPPOSITES:
        return True
    shared = Postfix.similarity(first, second)
    heads = {first[: len(first) - shared], second[: len(second) - shared]}
    if shared >= _LEAST_STEM and heads - {""} <= _PREFIXES:
        return True
    # A typing error later in the word hides the prefix a-, since the shared ends are shorter.
    return (first[:1] == "a") != (second[:1] == "a") and len(first) != len(second)
