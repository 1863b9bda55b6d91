"""The front matter of argmap's Markdown: foreign keys are ignored, argmap's own are checked."""

from __future__ import annotations

from io import BytesIO

import pytest

from argmap.errors import InputError
from argmap.formats.markdown_syntax import SUMMARY
from argmap.formats.registry import import_formats
from argmap.imports.markdown.front_matter import parse_front_matter

OURS = ('argmap: "1"', 'id: "d"', 'title: "T"')


def values_of(*lines: str) -> dict[str, str]:
    return parse_front_matter("---\n" + "".join(f"{line}\n" for line in lines) + "---\n").values


@pytest.mark.parametrize(
    "theirs",
    ["tags:\n  - roads\n  - ferries", "tags: [roads]", "aliases: []", "cssclasses:", "status: draft",
     "nested: {a: [1, 2]}", "a: &x [1]\nb: *x", "<<: {title: U}", "tags: x\ntags: y", "? [1]\n: 2",
     "due: !!timestamp 2026-01-01", "# x: y", "summary: My own words.",
     "note: see: this", "by: @jo", "share: 5%\nrate: %5", "tags:\n\t- roads", "tags: [#roads, x]",
     "foo:bar", "date: `now`", "x: {{date}}",
     "summary: [a]", "created: 2026-10-02T10:00"],
)  # fmt: skip
@pytest.mark.parametrize("place", [0, 2, 3])
def test_keys_of_others_are_passed_over(theirs: str, place: int) -> None:
    lines = [*OURS]
    lines.insert(place, theirs)
    assert values_of(*lines) == {"argmap": "1", "id": "d", "title": "T"}


@pytest.mark.parametrize(
    ("lines", "values"),
    [
        (["title: 'It''s'", "argmap: 1", "id: d"], {"title": "It's", "argmap": "1", "id": "d"}),
        ([*OURS, "author:"], {}),
        ([*OURS, "author: null", "url: ~"], {}),
        ([*OURS, 'author: ""'], {"author": ""}),
        ([*OURS, 'author: "null"'], {"author": "null"}),
        ([*OURS, "published: 2026-10-02"], {"published": "2026-10-02"}),
        ([*OURS, "author: >-", "  A long", "  name"], {"author": "A long name"}),
        ([*OURS, 'author: "\\ud83d\\ude00"'], {"author": "😀"}),
        ([*OURS, "author: ⟦U+0041⟧"], {"author": "A"}),
        (["id: &x d", "title: *x", "argmap: !!int 1"], {"title": "d"}),
    ],
)
def test_a_value_is_the_same_however_it_is_written(
    lines: list[str], values: dict[str, str]
) -> None:
    expected = {"argmap": "1", "id": "d", "title": "T"} | values
    assert values_of(*lines) == expected


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([*OURS, "author:", "  - A", "  - B"], "line 5: author: expected one value, not a list"),
        ([*OURS[:2], "tags: [a]", "title: {a: b}"], "line 5: title: expected one value, not a map"),
        ([*OURS, "title: U"], "line 5: title is already in line 4; keep one"),
        ([*OURS, 'author: "\\ud800"'], "line 5: author: has a lone surrogate"),
        ([*OURS, 'author: "\\UFFFFFFFF"'], "line 2: the front matter is not YAML"),
        ([*OURS, "author: \x07"], "line 5: .* has a forbidden character"),
        ([*OURS, "author: [a"], r"line \d: the front matter is not YAML"),
        ([*OURS, "x: " + "[" * 5000], r"line \d: the front matter is not YAML"),
        (["- a"], "line 2: expected keys with values"),
        (["title: T"], "line 2: the front matter has no key argmap"),
        (["x: y", 'argmap: "7"', *OURS[1:]], "line 3: has form '7'"),
        ([*OURS[:2], "title:"], "line 4: the front matter has no title"),
        (OURS[:2], "line 2: the front matter has no title"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(lines: list[str], message: str) -> None:
    with pytest.raises(InputError, match=f"^{message}"):
        values_of(*lines)


def test_names_that_repeat_a_value_a_billion_times_cost_nothing() -> None:
    laughs = ["l0: &l0 [lol, lol]"]
    laughs += [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 60)]
    assert values_of(*laughs, *OURS)["title"] == "T"


@pytest.mark.parametrize("text", ["", "\n## Text\n\nWords.\n"])
def test_a_summary_is_known_by_its_mark_and_the_missing_text(text: str) -> None:
    read = import_formats()["markdown"].read
    for mark in ("My own.", SUMMARY):
        front = "\n".join(["---", *OURS, f"summary: {mark}", "---\n"])
        content = BytesIO(f"{front}{text}".encode())
        if text:
            assert [located.faults for located in read(content)] == [()]
            continue
        reason = "summary" if mark == SUMMARY else "expected the part ## Text"
        with pytest.raises(InputError, match=reason):
            list(read(content))


@pytest.mark.parametrize(
    "head",
    [
        b"---\nargmap: 1\n",
        b"\xef\xbb\xbf--- \r\ntags: [a]\r\n'argmap' : 1\r\n",
        b'---\r"argmap": 1\r',
    ],
)
def test_the_format_is_known_however_its_key_is_written(head: bytes) -> None:
    recognises = import_formats()["markdown"].recognises
    assert recognises(head)
    assert not recognises(head.replace(b"argmap", b"other"))
    assert not recognises(b"x" + head)


def test_a_list_of_one_author_is_the_author() -> None:
    assert values_of(*OURS, "author:", "  - R. Ames")["author"] == "R. Ames"
    assert values_of(*OURS, "author: [R. Ames]")["author"] == "R. Ames"
