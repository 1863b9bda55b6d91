"""Maps in which every free text may be hostile to Markdown."""

from __future__ import annotations

import unicodedata
from typing import Any

from hypothesis import strategies as st

HOSTILE = [
    "# heading", "> quote", "- item", "+ item", "1. one", "2) two", "***", "---", "===", "~~~",
    "```", "`code`", "**bold**", "_it_ __x__", "[link](javascript:x)", "![i](x)", "<b>hi</b>",
    "<!-- c -->", "&lt;&#x202e;", "a | b", "|---|", "\\", "\\\\", "ends \\", "$x$", "~~s~~", "^[n]",
    "[^1]: note", "\u202eabc\u2066", "\x1b[31mred", "⟦U+0041⟧", "⟦", "⟦⟧",
    "**For**", "## Text",
    "*¶ 1, characters 1–2*", ": x", "end", "a\nb", "\n", "\na", "a\n\n\nb", "a\n", "  a  ", "\t", " ",
    "S1 → S2", "**I1: E1**", "Österreich 中文 👩‍👩‍👧", "a\\\nb", "%%x%%", "==x==", "@me", "#tag", "\u2028",
    "\u00a0a\u00a0", "x: y", "\x85", "\r", "a  \nb", "- main claim", "Ends.  Begins", "a   b.    c",
    "中文字。日本語", "https://x.org/a_b", "---\nargmap: 1\n---",
]  # fmt: skip

any_character = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
free = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(any_character, max_size=12),
    st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=3).map(" ".join),
)
_words = free.filter(lambda text: bool(text.strip()))
_name = st.one_of(
    st.sampled_from(["c1", "a b", "x:y", "S1", "é", "`", "a|b", "*", "opposes", "__", "_x_", "+", "→"]),
    st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=6),
).map(lambda text: unicodedata.normalize("NFC", text))  # fmt: skip


@st.composite
def maps(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Records of one document in which every free text may be hostile."""
    text = draw(_words) + draw(st.sampled_from(["", "\n", "\n\n", " "])) + draw(free)
    records: list[dict[str, Any]] = [
        {"type": "document", "id": draw(_name), "title": draw(_words), "text": text}
    ]
    document = records[0]["id"]
    for key in draw(st.sets(st.sampled_from(["author", "publisher", "url", "language"]))):
        records[0][key] = draw(free)
    ids = draw(st.lists(_name, unique=True, min_size=4, max_size=9))
    ids = [id_ for id_ in ids if id_ != document]
    sources, statements = ids[:2], ids[2:]
    for id_ in sources:
        records.append({"type": "source", "id": id_, "name": draw(_words), "kind": "person"})
        records[-1] |= {"interest": draw(free), "derives_from": draw(st.just(sources[:1]))}
    records += [draw(_statement(id_, document, text)) for id_ in statements]
    records += draw(_judgements(records[-len(statements) :] if statements else [], sources))
    for n, premise in enumerate(statements[1:]):
        stance = draw(st.sampled_from(["supports", "opposes"]))
        step = {"type": "inference", "document": document, "premises": [premise], "stance": stance}
        target = draw(st.sampled_from([statements[0], f"i{n - 1}" if n else statements[0]]))
        records.append(step | {"id": f"i{n}", "conclusion": target, "note": draw(free)})
    return records


@st.composite
def _statement(draw: st.DrawFn, id_: str, document: str, text: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(["claim", "evidence", "assumption"]))
    record: dict[str, Any] = {"type": "statement", "id": id_, "document": document, "kind": kind}
    record["text"] = draw(_words)
    if draw(st.booleans()):
        start = draw(st.integers(0, max(0, len(_read(text)) - 1)))
        record |= {"start": start, "end": draw(st.integers(start + 1, len(_read(text))))}
    if draw(st.booleans()):
        del record["id"]
        record["id"] = f"~{id_}"
    record |= draw(st.fixed_dictionaries({}, optional={"note": free, "tags": st.lists(_words)}))
    return record


def _read(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


@st.composite
def _judgements(
    draw: st.DrawFn, statements: list[dict[str, Any]], sources: list[str]
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for record in statements:
        said = {"type": "attribution", "statement": record["id"], "class": "named_person"}
        found.append(said | {"chain": sources, "cue": draw(free), "locator": draw(free)})
        if record["kind"] == "claim":
            rating = {"type": "rating", "statement": record["id"], "criterion": "fit"}
            rating |= {"answer": draw(st.sampled_from([0, 4, "cannot_judge"]))}
            found.append(rating | {"assessor": draw(_words), "because": draw(free)})
        number = {"type": "credibility", "statement": record["id"], "number": 3}
        found.append(number | {"assessor": draw(_words), "because": draw(free)})
    for id_ in sources:
        letter = {"type": "reliability", "source": id_, "letter": "C", "topic": draw(free)}
        found.append(letter | {"assessor": draw(_words), "checked": 5})
    return found if sources else []
