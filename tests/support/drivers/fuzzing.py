"""Damage valid files, import them, and check that the database stays sound."""

from __future__ import annotations

import json
import random
import shutil
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field

import store
from argmap import export_text
from argmap.errors import ArgmapError
from argmap.formats.registry import format_named, import_formats, recognised_format
from support.drivers.desk import AT, EVERYTHING, Content, Desk, lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RENEWED: Final = 40
"""Cases after which the sound database is restored."""

FRAGMENTS: Final = (
    b'"\\ud800"', b'"\\u0000"', b"\0", b"\xed\xa0\x80", b"\xff\xfe", b"\xef\xbb\xbf", b"1e999",
    b"-1", b"9" * 400, b"NaN", b"-Infinity", b"1.5", b"null", b"true", b"[]", b"{}", b'""', b"\r",
    b"[" * 3000, b'{"a":' * 3000, b'"' + b"e\xcc\x81" + b'"', b"\xe2\x80\xa8", b"\xe2\x80\xae",
    b'"type":"claim",', b'"id":"c1",', b"#" * 50, b"---\n", b"```\n", b"> ", b"| a | b |\n",
    b"\n\n", b"\n", b",", b":", b"}", b"]", b"&#0;", b"<!-- ", b"\xe2\x9f\xa6U+0000\xe2\x9f\xa7",
)  # fmt: skip
"""Fragments that break careless readers of JSON and of Markdown."""

VALUES: Final[tuple[Any, ...]] = (
    None, True, 0, -1, 2**53, 2**53 + 1, 10**30, 0.5, float("nan"), "", " ", "x" * 300, "\ud800",
    "a\0b", "caf\u0065\u0301", "~made", "toll", "bus", "c1", "e1", "a1", "i1", "at1", "r1", "l1",
    "n1", "reports", "plain", "claim", "evidence", "supports", "directness", "good", "2023-02-30",
    "2024-03-02T10:15:00Z", [], {}, [""], ["c1", "c1"], ["e1", "nobody"], [["e1"]], {"c1": "c1"},
    {"class": "vague_report", "source": "reports"}, [{"class": "common_knowledge", "id": "c1"}],
    {"directness": 1, "fit": 9},
)  # fmt: skip
KEYS: Final = (
    "id", "type", "document", "kind", "text", "quote", "prefix", "start", "end", "label", "main",
    "main_item", "stated", "supports", "opposes", "attribution", "ratings", "premises",
    "conclusion", "stance", "class", "chain", "source", "cue_start", "statement", "criterion",
    "answer", "rubric", "version", "at", "derives_from", "same_origin", "number", "letter",
    "checked", "valid", "topic", "tags", "nature", "published", "bands", "cuts", "blocks",
)  # fmt: skip


@define
class Fuzzer:
    """A maker of damaged files, one after the other, the same for the same seed."""

    folder: Path
    seed: int | str
    outcomes: dict[str, int] = field(factory=dict)
    """Number of cases for each outcome."""
    _random: random.Random = field(init=False)
    _sound: list[bytes] = field(init=False)
    _cases: int = 0

    def __attrs_post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311  (for play)
        base = Desk(self.folder / "sound.db")
        base.landed(*EVERYTHING)
        with store.open_store(base.path) as opened:
            markdown = export_text(store.load_map(opened, "toll"))
        records = lines(EVERYTHING)
        self._sound = [records, records, records, base.export(), markdown.encode()]

    def run(self, cases: int) -> None:
        """Import *cases* damaged files; assert that the database stays sound."""
        for _ in range(cases):
            content = self._content()
            try:
                self._case(content)
            except Exception as error:
                place = self.folder / "failing"
                place.write_bytes(content)
                error.add_note(f"seed {self.seed}, case {self._cases}; its bytes are in {place}")
                raise

    def _case(self, content: bytes) -> None:
        desk = Desk(self.folder / "fuzzed.db")
        if self._cases % RENEWED == 0:
            for path in self.folder.glob("fuzzed.db*"):
                path.unlink()
            shutil.copyfile(self.folder / "sound.db", desk.path)
            if self._random.random() < 0.5:  # full text, log and all, but nothing in it
                desk.undo()
        self._cases += 1
        before, exported = desk.path.read_bytes(), desk.export()
        outcome = self._outcome(desk, content)
        self.outcomes[outcome] = self.outcomes.get(outcome, 0) + 1
        if outcome != "landed":
            assert desk.path.read_bytes() == before
        elif self._random.random() < 0.7:
            desk.undo()
            assert desk.export() == exported
        assert [str(c) for c in desk.complaints()] == []
        log = desk.path.with_name("fuzzed.db-wal")  # a reader may leave an empty one
        assert not log.exists() or log.stat().st_size == 0

    def _outcome(self, desk: Desk, content: bytes) -> str:
        given = {"is_strict": self._random.random() < 0.1, "is_dry": self._random.random() < 0.1,
                 "loose_quotes": self._random.random() < 0.3}  # fmt: skip
        try:
            form = self._form(content)
            file = store.ImportFile("fuzzed", form, BytesIO(content))
            account = store.import_records(
                desk.path, [file], store.ImportOptions("tess", AT, **given)
            )
        except ArgmapError as error:
            assert is_a_line(str(error), 2000)
            return "refused"
        kept = (account.added, account.updated, account.unchanged)
        landed = sum(kept) + account.rejected_total == account.read
        assert landed or given["is_dry"] or given["is_strict"]
        for rejected in account.rejected:
            assert rejected.reason
            assert is_a_line(rejected.path, 120)
            assert is_a_line(rejected.reason, 15_000)
        if account.operation is not None:
            return "landed"
        return "rejected" if account.rejected_total else "unchanged"

    def _form(self, content: bytes) -> Any:  # noqa: ANN401  (an ImportFormat)
        if self._random.random() < 0.2:
            return format_named(self._random.choice(sorted(import_formats())), import_formats())
        return recognised_format(content[:4096], "fuzzed")

    def _content(self) -> bytes:
        choose = self._random
        if choose.random() < 0.1:
            return choose.randbytes(choose.randrange(400))
        content = choose.choice(self._sound)
        ways: tuple[Callable[[bytes], bytes], ...] = (
            self._with_bytes, self._with_fragment, self._with_lines, self._with_values,
            self._with_values, self._with_values, self._encoded,
        )  # fmt: skip
        for _ in range(choose.choice((1, 1, 2, 5))):
            content = choose.choice(ways)(content)
        return content

    def _with_bytes(self, content: bytes) -> bytes:
        """Flip, cut or repeat some bytes."""
        at, length = self._place(content), self._random.choice((1, 1, 2, 30, 500))
        some = content[at : at + length]
        new = self._random.choice((b"", some * 2, self._random.randbytes(len(some)), some[::-1]))
        return content[:at] + new + content[at + length :]

    def _with_fragment(self, content: bytes) -> bytes:
        at, gone = self._place(content), self._random.choice((0, 0, 1, 8))
        return content[:at] + self._random.choice(FRAGMENTS) + content[at + gone :]

    def _with_lines(self, content: bytes) -> bytes:
        """Cut, double or mix lines."""
        rows = content.split(b"\n")
        at, to = sorted((self._random.randrange(len(rows)), self._random.randrange(len(rows))))
        some = rows[at : to + 1]
        mixed = self._random.sample(some, len(some))
        new = self._random.choice((some[:-1], some * 2, mixed, [b"".join(some)]))
        return b"\n".join(rows[:at] + new + rows[to + 1 :])

    def _with_values(self, content: bytes) -> bytes:
        """Change a value of a record, repeat a key, or add one."""
        rows = content.split(b"\n")
        at = self._random.randrange(len(rows))
        try:
            record = json.loads(rows[at])
            rows[at] = self._changed(record, self._random.choice((*record, *record, *KEYS)))
        except (ValueError, TypeError, RecursionError):
            return self._with_fragment(content)
        return b"\n".join(rows)

    def _changed(self, record: Content, key: str) -> bytes:
        value = self._random.choice(VALUES)
        if self._random.random() < 0.2:
            return json.dumps(record)[:-1].encode() + f', "{key}": {json.dumps(value)}}}'.encode()
        if self._random.random() < 0.2:
            record.pop(key, None)
        else:
            record[key] = value
        return json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass")

    def _encoded(self, content: bytes) -> bytes:
        text = content.decode("utf-8", "replace")
        encoding = self._random.choice(("utf-16", "utf-8-sig", "latin-1", "utf-7", "utf-32-le"))
        return text.encode(encoding, "replace")

    def _place(self, content: bytes) -> int:
        return self._random.randrange(len(content) + 1)


def is_a_line(words: str, longest: int) -> bool:
    """Return whether *words* can be written in UTF-8 and are short enough to read."""
    return len(words) <= longest and words == words.encode().decode()
