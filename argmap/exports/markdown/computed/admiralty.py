"""The Admiralty pairs of a map: in the table of claims, and counted. Reading skips them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from argmap.analysis.admiralty import diagonal_of
from argmap.exports.markdown.context import sort_stably
from argmap.exports.markdown.tables import format_table
from argmap.formats import markdown_syntax as form
from argmap.formats.markdown_syntax import line
from argmap.model.vocabulary import LETTERS
from argmap.text.display import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argmap.exports.markdown.context import MapContext
    from argmap.model.vocabulary import Letter

NUMBERS: Final = range(1, 7)


def pairs_cell(to: MapContext, claim: str) -> str:
    """Return the pairs of a claim and of the items that support it directly, in one cell."""
    steps = to.map.inferences_to.get(claim, ())
    items = [p for step in steps if step.stance == "supports" for p in to.joined(step)]
    words = []
    for id_ in dict.fromkeys((claim, *items)):
        if id_ == claim or to.map.statements[id_].kind == "evidence":
            pairs = dict.fromkeys(f"{a or '–'}{n or '–'}" for a, n in _pairs_of(to, id_))
            own = "/".join(pairs)
            words += [own if id_ == claim else f"{to.label(id_)} {own}"] if own else []
    return ", ".join(words)


def pairs_section(to: MapContext) -> Iterator[str]:
    """Yield the number of each complete pair, with a warning if the numbers look suspicious.

    Source: Baker et al. 1968; a letter and a number of the same rank lie on the diagonal.
    """
    found = [
        (letter, number)
        for statement in to.case.statements
        for letter, number in _pairs_of(to, statement.id)
        if letter is not None and number is not None
    ]
    if not found:
        return
    yield f"\n## {form.ADMIRALTY}\n\n"
    yield (
        "Items by the letter of their source (A completely reliable to E unreliable, F cannot be"
        " judged) and by their own number (1 confirmed to 5 improbable, 6 cannot be judged). Bold:"
        " letter and number have the same rank.\n\n"
    )
    counts = Counter(found)
    rows = [
        [f"**{letter}**", *(_cell(counts[letter, number], letter, number) for number in NUMBERS)]
        for letter in LETTERS
    ]
    yield from format_table(["", *map(str, NUMBERS)], rows, centred=NUMBERS)
    diagonal = diagonal_of(found)
    if diagonal.rated:
        verb = "is" if diagonal.on == 1 else "are"
        words = [
            f"Of {counted(diagonal.rated, 'pair')} without F or 6, {diagonal.on:,} {verb} in bold."
        ]
        words += [f"Warning: {line(diagonal.warning)}."] if diagonal.is_warning else []
        yield f"\n{' '.join(words)}\n"


def _cell(count: int, letter: Letter, number: int) -> str:
    is_on_diagonal = LETTERS.index(letter) + 1 == number and number < len(NUMBERS)
    return f"**{count:,}**" if is_on_diagonal else f"{count:,}"


def _pairs_of(to: MapContext, statement: str) -> Iterator[tuple[Letter | None, int | None]]:
    """Yield the letter and the number of each assessor for each source of a statement.

    The letter is the newest that the same assessor gave to the innermost source, on any
    topic.
    """
    attributions = to.map.attributions_of.get(statement, ())
    sources = dict.fromkeys(a.chain[-1] for a in sort_stably(attributions) if a.chain)
    credibilities = to.map.credibilities_of.get(statement, ())
    numbers = {c.assessor: c.number for c in sort_stably(credibilities) if c.number is not None}
    letters: dict[tuple[str, str], Letter] = {}
    for source in sources:
        letters_given = sort_stably(to.map.reliabilities_of.get(source, ()))
        for each in sorted(letters_given, key=lambda r: r.at or ""):
            if each.letter is not None:
                letters[each.assessor, source] = each.letter
    for assessor in sorted({*numbers, *(who for who, _ in letters)}):
        own = [letters[assessor, source] for source in sources if (assessor, source) in letters]
        number = numbers.get(assessor)
        yield from ((letter, number) for letter in own)
        if not own:
            yield None, number
