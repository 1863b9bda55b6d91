"""The changes that Markdown formatters make, one by one, for any combination."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable

_FRONT = re.compile(r"---\n(.*?\n)---\n(.*)", re.DOTALL)
_CODE_OR_NO_BREAK = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)|\xa0")
_SPACES = re.compile(r"(?<=\S)  +(?=\S)")
THEIRS = (
    "# A comment\ntags:\n  - roads\n  - ferries\naliases: []\ncssclasses:\nsummary: My own words.\n"
    "nested: {a: [1, 2], b: &x c}\nagain: *x\n"
)
"""Front matter that other programs and people add."""


def _in_prose(change: Callable[[str], str]) -> Callable[[str], str]:
    """Return *change* for text outside front matter and fences."""

    def changed(source: str) -> str:
        match = _FRONT.fullmatch(source)
        assert match is not None
        pieces = re.split(r"(?ms)^(`{3,}\w.*?^`{3,}\n)", match[2])
        body = "".join(p if n % 2 else change(p) for n, p in enumerate(pieces))
        return f"---\n{match[1]}---\n{body}"

    return changed


def _in_lines(change: Callable[[str], str]) -> Callable[[str], str]:
    return _in_prose(lambda body: "".join(map(change, body.splitlines(keepends=True))))


def _padded(line: str) -> str:
    if not line.startswith("|") or "\\|" in line:
        return line
    cells = line.strip().strip("|").split("|")
    fill = "-" if set(line) <= set("|-: \n") else " "
    return "|" + "|".join(c + fill * 3 if fill == " " else c.strip() + "---" for c in cells) + "|\n"


def _wrapped(line: str) -> str:
    """Wrap paragraphs and quotations before words that start no Markdown block."""
    start = "> " if line.startswith("> ") else ""
    if not (start or re.match(r"[A-Za-z\\⟦]", line)) or line.startswith("**"):
        return line
    return start + re.sub(r"(?<=\S) (?=[a-z]{2})", f"\n{start}", line.removeprefix(start))


def _named_spaces(line: str) -> str:
    """Write `&nbsp;` for no-break spaces, except in code, where it would be six characters."""
    return _CODE_OR_NO_BREAK.sub(lambda m: "&nbsp;" if m[0] == "\xa0" else m[0], line)


def _front_matter_again(source: str) -> str:
    match = _FRONT.fullmatch(source)
    assert match is not None
    values = yaml.load(match[1], Loader=yaml.BaseLoader)  # noqa: S506  (it makes strings only)
    dumped = yaml.safe_dump(dict(reversed(values.items())), allow_unicode=True, sort_keys=False)
    return f"---\n{THEIRS}{dumped}---\n{match[2]}"


CHANGES: dict[str, Callable[[str], str]] = {
    "spaces": _in_lines(lambda line: _SPACES.sub(" ", line)),
    "every space": lambda source: re.sub(r"(?<=\S)  +(?=\S)", " ", source),
    "emphasis": _in_lines(lambda line: re.sub(r"^(> |)\*(¶.*)\*$", r"\1_\2_", line)),
    "strong": _in_lines(lambda line: re.sub(r"^(- |)\*\*([^*_`]+)\*\*", r"\1__\2__", line)),
    "stars": _in_lines(lambda line: re.sub(r"^( *)- ", r"\1* ", line)),
    "plus": _in_lines(lambda line: re.sub(r"^( *)- ", r"\1+ ", line)),
    "indents": _in_lines(lambda line: re.sub(r"^  - ", "    - ", line)),
    "tables": _in_lines(_padded),
    "wrapped": _in_lines(_wrapped),
    "breaks": _in_lines(lambda line: re.sub(r"(?<=[^\\\s>])\\\n", "  \n", line)),
    "setext": _in_lines(lambda line: re.sub(r"^## (.+)\n", r"\1\n---\n", line)),
    "closed": _in_lines(lambda line: re.sub(r"^## (.+)\n", r"## \1 ##\n", line)),
    "loose": _in_prose(lambda body: re.sub(r"\n( *)- ", r"\n\n\1- ", body)),
    "tight": _in_prose(lambda body: re.sub(r"(?m)^(#+ .*\n|\*\*[^*`]+\*\*\n)\n", r"\1", body)),
    "blank": _in_prose(lambda body: body.replace("\n\n", "\n\n\n")),
    "no-break spaces": _in_lines(_named_spaces),
    "front matter": _front_matter_again,
    "fences": lambda source: re.sub(r"(?m)^```(?=json$|mermaid$|$)", "~~~", source),
    "no last line end": lambda source: source.removesuffix("\n"),
    "Windows": lambda source: "\ufeff" + source.replace("\n", "\r\n"),
}
"""Changes by name, in the order in which they can be combined."""
