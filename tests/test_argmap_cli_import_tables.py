"""Tables on the command line: detected properties, mapped columns, rejected rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.drivers.command_line import Terminal

from argmap.help.topics import topics

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "The toll pays for itself. Reports say traffic fell by a fifth."
DOCUMENT = {"type": "document", "id": "toll", "title": "The toll", "text": TEXT}
SOURCE = {"type": "source", "id": "reports", "name": "Reports", "kind": "vague"}
SHEET = (
    "id,document,kind,text,quote,supports,class,source,cue,tags,directness\n"
    "c1,toll,claim,The toll pays.,The toll pays for itself.,,,,,,1\n"
    'e1,toll,evidence,"Traffic\nfell.",traffic fell by a fifth,c1,vague_report,reports,Reports say,a | b,\n'
)
THEIRS = "Nr;Text;Claim = text;Type;Colour\n001;toll;Es lohnt – sich;claim;rot\n;;;;\n".replace(
    "\n", "\r\n"
)
MAP = (
    "--map",
    "Nr=id",
    "--map",
    "Text=document",
    "--map",
    "Claim = text=text",
    "--map",
    "Type=kind",
)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A terminal with the document and its source."""
    terminal = Terminal(tmp_path)
    assert terminal.run("import", terminal.records("toll.jsonl", DOCUMENT, SOURCE)).code == 0
    return terminal


def test_a_table_is_recognised_by_its_content_and_imported(terminal: Terminal) -> None:
    done = terminal.run("import", terminal.write("a.txt", SHEET))
    assert (done.code, done.out) == (0, "")
    told, account = done.err.splitlines()
    assert told.endswith("a.txt, format csv, encoding UTF-8, delimiter comma")
    assert account == "2 records read: 2 added, 0 updated, 0 unchanged; operation 2"
    shown = terminal.run("show", "toll", "--json").json
    assert [s["text"] for s in shown["statements"]] == ["The toll pays.", "Traffic\nfell."]
    assert [i["conclusion"] for i in shown["inferences"]] == ["c1"]
    assert [a["cue"] for a in shown["attributions"]] == ["Reports say"]
    assert [(r["criterion"], r["answer"]) for r in shown["ratings"]] == [("directness", 1)]


def test_the_account_in_json_says_how_each_table_is_written(terminal: Terminal) -> None:
    file = terminal.write("a.csv", ("\ufeff" + SHEET.replace(",", "\t")).encode("utf-16-le"))
    done = terminal.run("import", file, "--json")
    assert done.json["tables"] == [
        {"file": str(file), "format": "tsv", "encoding": "UTF-16-LE with a byte-order mark",
         "delimiter": "tab"}
    ]  # fmt: skip
    assert (done.json["added"], done.err) == (2, "")
    plain = terminal.run("import", terminal.folder / "toll.jsonl", "--json").json
    assert "tables" not in plain


def test_a_table_comes_through_standard_input(terminal: Terminal) -> None:
    done = terminal.run("import", "-", stdin=SHEET.encode())
    assert done.code == 0
    assert "standard input, format csv" in done.err


def test_columns_of_other_people_are_mapped(terminal: Terminal) -> None:
    file = terminal.write("theirs.csv", THEIRS.encode("cp1252"))
    done = terminal.run("import", file, *MAP, "--map", "Colour=")
    assert done.code == 0, done.err
    assert "encoding Windows-1252, delimiter semicolon" in done.err
    statements = terminal.run("show", "toll", "--json").json["statements"]
    assert [(s["id"], s["text"]) for s in statements] == [("001", "Es lohnt – sich")]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ((), "theirs.csv: unknown columns: 'Nr', 'Claim = text', 'Type', 'Colour'; known columns are id, document"),
        (("--map", "x=id"), "theirs.csv: has no column 'x' to map"),
        (("--from", "csv"), "theirs.csv: unknown columns: 'Nr', 'Claim = text', 'Type', 'Colour'; known columns are id, document"),
        (MAP, "theirs.csv: unknown column: 'Colour'; known columns are id"),
        (("--map", "Nummer=id", *MAP), "theirs.csv: has no column 'Nummer' to map; its columns are 'Nr'"),
        (("--map", "Nr=number"), "'Nr' cannot be 'number', which is not a column; columns are id, document"),
        (("--map", "Nr"), "--map 'Nr': give each column of the table once, as THEIRS=OURS"),
        ((*MAP, "--map", "Nr=label"), "--map 'Nr=label': give each column"),
        ((*MAP, "--map", "Colour=kind"), "two columns are 'kind'"),
        ((*MAP, "--from", "jsonl"), "--map is for csv and tsv; jsonl has no columns"),
        ((*MAP, "--from", "xls"), "'xls' is not a format; use one of csv, tsv"),
    ],
)  # fmt: skip
def test_a_mapping_that_does_not_fit_is_one_line(
    terminal: Terminal, words: tuple[str, ...], reason: str
) -> None:
    file = terminal.write("theirs.csv", THEIRS.encode("cp1252"))
    done = terminal.run("import", file, *words)
    assert (done.code, done.out) == (2, "")
    assert reason in done.line
    assert terminal.run("list", "--json").json[0]["claims"] == 0


def test_a_mapping_without_a_table_is_one_line(terminal: Terminal) -> None:
    done = terminal.run("import", terminal.folder / "toll.jsonl", "--map", "a=id")
    assert done.code == 2
    assert "its first row is not that of csv or tsv; name the format with --from" in done.line


def test_rejected_rows_are_written_under_their_header_for_correction(terminal: Terminal) -> None:
    bad = 'e2,toll,evidence,"Two\r\nlines",not there,c1,,,,,\nx\n=,toll,claim,So.,,,,,,,9\n'
    file = terminal.write("a.csv", SHEET + bad)
    done = terminal.run("import", file, "--rejects", "rejected.csv")
    assert done.code == 1
    assert [line.split(":")[0] for line in done.err.splitlines()[2:]] == [
        "line 5",
        "line 7",
        "line 8",
    ]
    rejected = (terminal.folder / "rejected.csv").read_bytes().decode()
    assert rejected == SHEET.splitlines(keepends=True)[0] + bad
    mended = rejected.replace("not there", "traffic").replace(",9", ",4").replace("x\n", "")
    again = terminal.run("import", terminal.write("mended.csv", mended), "--json").json
    assert (again["added"], again["rejected"]) == (2, [])


def test_a_rejected_row_of_several_records_is_kept_once_and_in_utf_8(terminal: Terminal) -> None:
    head = "id,document,kind,text,class,source,source_kind\n"
    row = "e1,toll,evidence,Für uns.,named_person,amy,nobody\n"
    file = terminal.write("a.csv", (head + row).encode("cp1252"))
    assert terminal.run("import", file, "--rejects", "rejected.csv").code == 1
    assert (terminal.folder / "rejected.csv").read_text("utf-8") == head + row


def test_an_export_says_what_it_leaves_out(terminal: Terminal) -> None:
    terminal.run("import", terminal.write("a.csv", SHEET))
    for words in (["toll"], ["--all"]):
        done = terminal.run("export", *words, "--to", "csv")
        assert done.code == 0
        assert done.line.startswith("CSV leaves out 1 document text, 1 label")
        assert done.out.startswith("id,document,label,kind,")
    assert terminal.run("export", "toll", "--to", "jsonl").err == ""


def test_an_export_comes_back_and_changes_nothing(terminal: Terminal) -> None:
    terminal.run("import", terminal.write("a.csv", SHEET))
    for name in ("csv", "tsv"):
        assert terminal.run("export", "toll", "--to", name, "-o", f"out.{name}").code == 0
        done = terminal.run("import", f"out.{name}", "--json").json
        assert (done["format"], done["unchanged"], done["operation"]) == (name, 4, None)


def test_the_table_of_the_help_page_is_imported(terminal: Terminal) -> None:
    example = topics()["tables"].text.split("```csv\n")[1].split("```")[0]
    done = terminal.run("import", "-", "--json", stdin=example.encode()).json
    assert (done["added"], done["rejected"]) == (3, [])
    tags = terminal.run("show", "toll", "--json").json["statements"][0]["tags"]
    assert tags == ["money", "roads"]


def test_help_names_the_option_for_columns(terminal: Terminal) -> None:
    assert "--map THEIRS=OURS" in terminal.run("import", "--help").out
