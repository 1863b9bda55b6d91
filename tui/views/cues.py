"""Guess the reporting words of a statement, and the attribution class of a source.

A guess saves typing, and the reader sees it before it is stored. A wrong guess costs more than
none, because enter accepts it. Words that may be nouns ("the claims of the union") or report
nothing ("needless to say") are therefore left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argmap.model.document import Passage
    from argmap.model.vocabulary import AttributionClass

Speaker = Literal["source", "author", "nobody"]
"""The speaker to look for: a source, the document's author, or no particular source."""


@frozen
class Cue:
    """Reporting words at a place in the text."""

    start: int
    end: int
    speaker: Speaker
    kind: str = ""
    """`common` for an appeal to common knowledge, `adverb` for a single adverb."""


_CLEAR: Final = (
    "says? said told tells argues? argued insists? insisted warns? warned replies reply"
    " replied announced announces complains? complained tweeted testified testifies"
)
"""Verbs that report in every context."""

_UNCLEAR: Final = (
    "adds? added admits? admitted alleges? alleged asserts? asserted believes? believed"
    " claims? claimed concludes? concluded confirms? confirmed contends? contended"
    " declares? declared denies denied estimates? estimated explains? explained finds?"
    " found maintains? maintained notes? noted predicts? predicted reports? reported"
    " reveals? revealed shows? showed states? stated suggests? suggested thinks? thought"
    " writes? wrote"
)
"""Verbs that report only before "that" or a quotation; some can be nouns."""


def _either(words: str) -> str:
    return "|".join(words.split())


_BE: Final = r"(?:is|are|was|were|been)(?: (?:also|now|often|widely|generally|commonly))?"
_SAID: Final = "(?:said|reported|believed|claimed|alleged|estimated|thought|rumou?red|told)"
_TOLD: Final = r"(?:told|tells)(?: (?!that\b)[\w’'-]+){1,5} that"
_CUE: Final = re.compile(
    rf"(?P<common>\b[Aa]s (?:everybody|everyone|we all|all of us)(?: [\w’'-]+){{0,4}} knows?\b"
    rf"|\b(?:[Ee]verybody|[Ee]veryone) knows(?: that)?\b"
    rf"|\b[Ii]t is (?:well |widely |commonly |generally )?known(?: that)?\b)"
    rf"|(?P<hedge>\b(?:[Aa]pparently|[Ss]eemingly|[Ss]upposedly"
    rf"|[Ii]t (?:seems|appears)(?: that)?)\b)"
    rf"|(?P<adverb>\b(?:[Rr]eportedly|[Aa]llegedly)\b)"
    rf"|(?P<according>\b[Aa]ccording to\b)"
    rf"|(?P<passive>\b(?:[Ii]t {_BE} {_SAID}(?: (?:that|by))?|{_BE} {_SAID} (?:that|to|by))\b)"
    rf"|(?P<told>\b{_TOLD}\b)"
    rf"|(?P<clear>\b(?:{_either(_CLEAR)})(?: (?:that|us|reporters))?\b)"
    rf"|(?P<unclear>\b(?:{_either(_UNCLEAR)}|point(?:s|ed)? out)(?P<that> that)?\b)"
)

_NO_REPORT: Final = re.compile(
    r"(?:\b(?:to|would|could|can|cannot|may|might|must|should|will|shall|did|do|does|not|never"
    r"|nobody|no one|none|few|let us|let me|let’s|let's|(?-i:Who))|n[’']t|[’']d|[’']ll)"
    r"(?: (?:ever|even|also|really|safely|just))?[ \n]+$",
    re.IGNORECASE,
)
"""Words before a verb that then reports nothing: "needless to say", "did not say"."""

_NOUN_BEFORE: Final = re.compile(
    r"(?:\b(?:the|a|an|this|that|these|those|his|her|its|their|our|my|your|some|many|several|no"
    r"|any|all|such|of|in|by|on|for|from|with|at|such|both|other|more|official|recent|new|old"
    r"|first|last|final|next|false|annual|every|each)|[’']s|s[’'])[ \n]+$",
    re.IGNORECASE,
)
"""Words after which a noun follows, not a verb."""

_PASSIVE_BEFORE: Final = re.compile(rf"\b(?:{_BE}|be|being)(?: not)?[ \n]+$", re.IGNORECASE)
_ONE_BEFORE: Final = re.compile(
    r"\b(?:an?|this|one|another)(?:[ \n]+[\w-]+){1,3}[ \n]+$", re.IGNORECASE
)
"""Words after which a singular noun follows, such as "a police" before "report"."""

_BASE: Final = re.compile(r"(?:report|claim|estimate|note|show|state|thought|reply)\b")
_OWN_BEFORE: Final = re.compile(r"\b(?:I|we)(?: (?:have|had|also|now|still))?[ \n]+$")
_NAMING: Final = re.compile(
    r"[ \n](?!(?:whether|how|what|which|where|factors?|need|plan|taste|size|income|age|type|rules?"
    r"|circumstances|schedule|season|custom)\b)"
)
"""Matches text after "according to" that names a speaker, not a measure."""

_QUOTE_AHEAD: Final = re.compile(r"[,:]?[ \n]*[“\"‘«]")
_QUOTE_BEHIND: Final = re.compile(r"[”\"’»][ \n]*(?:[\w.’'-]+[ \n]+){0,4}$")
_OWN: Final = re.compile(
    r"\bI (?:have )?(?:assume|believe|think|say|said|argue|suspect|saw|seen|heard|counted|watched"
    r"|stood|visited|met|asked|spoke|spoken|found|measured|read|remember|know|doubt)(?: that)?\b"
)
"""Words with which authors report their own views."""

_WITNESS: Final = re.compile(
    r"\bI (?:have )?(?:saw|seen|heard|counted|watched|stood|visited|met|asked|spoke|spoken"
    r"|measured)\b"
)
"""Words with which authors report that they were present."""

_QUOTED: Final = re.compile(
    r"“(?:(?!\n\n)[^“”]){0,2000}(?:”|(?=“)|(?=\n\n)|\Z)"
    r"|\"(?:(?!\n\n)[^\"]){0,2000}(?:\"|(?=\n\n)|\Z)"
    r"|«(?:(?!\n\n)[^«»]){0,2000}(?:»|(?=«)|(?=\n\n)|\Z)"
    r"|(?<!\w)‘(?:(?!\n\n)[^‘]){0,1000}?[.,?!\w]’(?!\w)"
)
"""A quotation; one that is not closed ends with its paragraph."""

_BODIES: Final = re.compile(
    r"\b(?:U\.?N\.?|E\.?U\.?|agency|association|bank|board|bureau|centre|center|commission|committee"
    r"|company|council|department|foundation|government|group|institute|league|ministry|office"
    r"|organi[sz]ation|party|police|post|society|team|times|trust|union|university)\b",
    re.IGNORECASE,
)
_PAPERS: Final = re.compile(
    r"\b(?:act|bill|charter|law|memo|paper|report|return|statistics|study|survey|treaty)\b",
    re.IGNORECASE,
)
_MOST: Final = 5000
"""Maximum length, in code points, of a searched passage, and of the text around it."""

_AROUND: Final = 100
"""Code points before and after a verb that are read to decide whether it reports."""

_VAGUE: Final = re.compile(r"(?:reports?|it is|some|many|sources|rumou?rs?)\b", re.IGNORECASE)


def find_cue(
    text: str, passages: Iterable[Passage], speaker: Speaker, name: str = ""
) -> tuple[int, int] | None:
    """Return the range of the reporting words of a statement; None if it has none.

    Only the statement's own words count: a neighbouring sentence may have another speaker. Words
    inside quotation marks belong to the speaker, and report nothing.

    Args:
        text: The text of the document.
        passages: The passages of the statement.
        speaker: The kind of speaker.
        name: Name of the source; of several reports, the one nearest to it is chosen.
    """
    for passage in passages:
        cues = [cue for cue in cues_in(text, passage) if cue.speaker == speaker]
        quoted = _quotations(text, passage)
        places = _places_of(text, passage, name)
        fitting = [cue for cue in cues if _is_heard(cue, quoted, places)]
        if fitting:
            best = min(fitting, key=lambda c: (c.kind == "adverb", _distance(c, places)))
            return best.start, best.end
    return None


def guess_class_without_source(
    text: str, passages: Iterable[Passage], speaker: Speaker
) -> AttributionClass:
    """Return the probable class of a statement that names no source."""
    for passage in passages:
        if speaker == "author":
            if _WITNESS.search(text, passage.start, passage.end):
                return "firsthand_author"
            continue
        for cue in cues_in(text, passage):
            if cue.speaker == "nobody":
                return "common_knowledge" if cue.kind == "common" else "evidential_hedge"
    return "author_assertion"


def guess_class_from_name(name: str) -> AttributionClass:
    """Return the probable class of a source called *name*; the reader can change it."""
    if _VAGUE.match(name):
        return "vague_report"
    if _PAPERS.search(name):
        return "named_document"
    if _BODIES.search(name):
        return "named_organisation"
    return "unnamed_role" if name[:1].islower() else "named_person"


def cues_in(text: str, passage: Passage) -> Iterator[Cue]:
    """Yield the reporting words in *passage*, from the first to the last."""
    end = min(passage.end, passage.start + _MOST)
    for match in _OWN.finditer(text, passage.start, end):
        yield Cue(*match.span(), "author")
    for match in _CUE.finditer(text, passage.start, end):
        kind = str(match.lastgroup)
        # Only the paragraph counts: a heading above it is no part of the sentence.
        before = text[max(0, match.start() - _AROUND) : match.start()].rsplit("\n\n", 1)[-1]
        after = text[match.end() : match.end() + _AROUND].split("\n\n", 1)[0]
        if after[:1].isalnum():  # the passage ends inside a word
            continue
        if kind in {"common", "hedge"}:
            yield Cue(*match.span(), "nobody", kind)
        elif kind == "according":
            if _NAMING.match(after) and (after[1:2].isupper() or not before[-2:-1].isalnum()):
                yield Cue(*match.span(), "source", kind)
        elif kind in {"adverb", "passive"} or _reports(match, before, after):
            yield Cue(*match.span(), "source", kind)


def _reports(match: re.Match[str], before: str, after: str) -> bool:
    """Return whether a verb reports, judging by the words around it."""
    if _NO_REPORT.search(before) or _OWN_BEFORE.search(before) or _NOUN_BEFORE.search(before):
        return False
    if _PASSIVE_BEFORE.search(before) or (_BASE.match(match[0]) and _ONE_BEFORE.search(before)):
        return False
    is_quoted = bool(_QUOTE_AHEAD.match(after) or _QUOTE_BEHIND.search(before))
    if match["unclear"] is None:  # but not “take, say, forty”
        return is_quoted or not (before.endswith(", ") and after.startswith(","))
    return match["that"] is not None or is_quoted


def _quotations(text: str, passage: Passage) -> list[tuple[int, int]]:
    """Return the quotations that overlap *passage*, searched paragraph by paragraph."""
    low = max(text.rfind("\n\n", 0, passage.start), passage.start - _MOST, 0)
    found = _QUOTED.finditer(text, low, min(passage.end, passage.start + _MOST) + _MOST)
    return [m.span() for m in found if m.end() > passage.start and m.start() < passage.end]


def _places_of(text: str, passage: Passage, name: str) -> list[tuple[int, int]]:
    """Return the places of *name* in *passage*, or of its last word."""
    for words in (name, (name.split() or [""])[-1]):
        if words:
            pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
            found = [m.span() for m in pattern.finditer(text, passage.start, passage.end)]
            if found:
                return found
    return []


def _is_heard(cue: Cue, quoted: list[tuple[int, int]], places: list[tuple[int, int]]) -> bool:
    """Return whether a cue is outside all quotations, or within a quotation of the speaker."""
    around = [(a, b) for a, b in quoted if a <= cue.start and cue.end <= b]
    return all(any(a <= place < b for place, _ in places) for a, b in around)


def _distance(cue: Cue, places: list[tuple[int, int]]) -> int:
    """Return the number of characters between a cue and the nearest of *places*."""
    gaps = (max(cue.start - end, start - cue.end) for start, end in places)
    return min(gaps, default=0)
