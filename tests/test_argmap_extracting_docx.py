"""Word documents: the words of the final version, and faults in one line."""

from __future__ import annotations

import io
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest
from support.strategies.op_ed_files import PARAGRAPHS, refusal, rezipped

from argmap.extracting.docx.format import FORMAT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

docx = pytest.importorskip("docx")

MAIN = "word/document.xml"
ALTERNATIVES = (
    "<mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
    "<mc:Choice Requires='wps'><w:r><w:t>once</w:t></w:r></mc:Choice>"
    "<mc:Fallback><w:r><w:t>twice</w:t></w:r></mc:Fallback></mc:AlternateContent>"
)


def written(*paragraphs: str, **told: str) -> bytes:
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    for key, value in told.items():
        setattr(document.core_properties, key, value)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_main(change: Callable[[str], str], *paragraphs: str) -> bytes:
    """Return a document whose main part was changed by *change*."""
    return rezipped(
        written(*paragraphs or ("WORDS",)),
        lambda name, part: change(part.decode()).encode() if name == MAIN else part,
    )


def with_macros(content: bytes) -> bytes:
    """Return *content* as the kind of document that may hold macros."""
    plain = b"vnd.openxmlformats-officedocument.wordprocessingml.document.main"
    macros = b"vnd.ms-word.document.macroEnabled.main"
    return rezipped(content, lambda _, part: part.replace(plain, macros))


def text_of(content: bytes) -> str:
    return FORMAT.read(content, "a.docx").text


def test_paragraphs_stay_paragraphs_and_empty_ones_go() -> None:
    assert text_of(written(PARAGRAPHS[0], "", *PARAGRAPHS[1:])) == "\n\n".join(PARAGRAPHS)


def test_what_the_file_tells_is_kept() -> None:
    told = FORMAT.read(written("Words.", title="The toll", author="R. Ames", language="en"), "a")
    assert (told.title, told.author, told.language) == ("The toll", "R. Ames", "en")
    assert told.published is None


def test_tables_headings_tabs_and_line_breaks_are_read() -> None:
    document = docx.Document()
    document.add_heading("The toll", 0)
    document.add_paragraph("One\ttwo").add_run().add_break()
    document.paragraphs[-1].add_run("three")
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "left", "right"
    out = io.BytesIO()
    document.save(out)
    assert text_of(out.getvalue()) == "The toll\n\nOne\ttwo\nthree\n\nleft\tright"


@pytest.mark.parametrize(
    ("run", "read"),
    [
        ("<w:ins w:id='1' w:author='x'><w:r><w:t>put in</w:t></w:r></w:ins>", "put in"),
        ("<w:moveTo w:id='1' w:author='x'><w:r><w:t>moved</w:t></w:r></w:moveTo>", "moved"),
        ("<w:del w:id='1' w:author='x'><w:r><w:delText>out</w:delText></w:r></w:del>", ""),
        ("<w:moveFrom w:id='1' w:author='x'><w:r><w:t>away</w:t></w:r></w:moveFrom>", ""),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>", ""),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>shown</w:t></w:r>", "shown"),
        ("<w:hyperlink><w:r><w:t>a link</w:t></w:r></w:hyperlink>", "a link"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>", ""),
        (ALTERNATIVES, "once"),
        ("<w:sdt><w:sdtContent><w:r><w:t>a field</w:t></w:r></w:sdtContent></w:sdt>", "a field"),
    ],
)
def test_the_final_version_is_read_and_not_its_history(run: str, read: str) -> None:
    content = with_main(lambda part: part.replace("<w:r><w:t>WORDS", f"{run}<w:r><w:t>!"))
    assert text_of(content) == f"{read}!"


def test_macros_are_left_alone_and_their_document_is_read() -> None:
    assert text_of(with_macros(written("Words."))) == "Words."


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open(MAIN, "w", force_zip64=True) as part:
            for _ in range(257):
                part.write(b"0" * 2**20)
    assert "unpacks to far more than an op-ed has" in refusal("a.docx", out.getvalue())


def test_entities_are_not_unfolded() -> None:
    entities = "".join(f"<!ENTITY e{n + 1} '{f'&e{n};' * 10}'>" for n in range(9))
    doctype = f"<!DOCTYPE w:document [<!ENTITY e0 'ha'>{entities}]>"
    content = with_main(
        lambda part: part.replace("<w:document", f"{doctype}<w:document", 1).replace(
            "WORDS", "&e9;"
        )
    )
    assert "is a damaged Word document" in refusal("a.docx", content)


def test_no_other_file_is_read_into_a_document(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    doctype = f"<!DOCTYPE w:document [<!ENTITY e SYSTEM '{secret.as_uri()}'>]>"
    content = with_main(
        lambda part: part.replace("<w:document", f"{doctype}<w:document", 1).replace(
            "WORDS", "Words &e;"
        )
    )
    assert "is a damaged Word document" in refusal("a.docx", content)
    assert "is a damaged Word document" in refusal("a.docx", with_macros(content))


def test_ligatures_are_letters_and_what_no_document_can_hold_is_left_out() -> None:
    assert text_of(written("The ﬁrst oﬃce of the ﬂeet; 2² and Å stay.")) == (
        "The first office of the fleet; 2² and Å stay."
    )


def test_depth_without_end_is_refused() -> None:
    content = with_main(lambda part: part.replace("<w:body>", "<w:body>" + "<w:p>" * 100_000, 1))
    assert "is a damaged Word document" in refusal("a.docx", content)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda name, part: None if name == MAIN else part, "is a damaged Word document"),
        (lambda name, part: part[:200] if name == MAIN else part, "is a damaged Word document"),
        (lambda name, part: None if name == "_rels/.rels" else part, "is a damaged Word document"),
        (lambda name, part: b"<" if name == "docProps/core.xml" else part, "is a damaged Word"),
        (lambda name, part: None if "Types" in name else part, "is a zip archive; unpack it first"),
        (lambda name, _: b"<x/>" if "[" not in name else None, "is a zip archive; unpack it first"),
    ],
)
def test_what_is_damaged_or_something_else_is_one_line(
    change: Callable[[str, bytes], bytes | None], words: str
) -> None:
    assert words in refusal("a.docx", rezipped(written("Words."), change))


def test_a_truncated_archive_is_reported() -> None:
    assert refusal("a.docx", written("Words.")[:-50]) == (
        "a.docx: is cut off or damaged; get the whole file again"
    )


def test_an_open_document_is_told_what_to_do() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    assert refusal("a.docx", out.getvalue()) == "a.docx: is an OpenDocument; save it as .docx"


def test_a_document_without_words_is_refused() -> None:
    assert "is a Word document without text" in refusal("a.docx", written(" "))


@pytest.mark.parametrize(
    ("beginning", "words"),
    [(b"{\\rtf1 Words}", "is RTF"), (b"\xd0\xcf\x11\xe0\xa1\xb1", "is in an old Office format")],
)
def test_other_documents_are_not_taken_for_text(beginning: bytes, words: str) -> None:
    assert words in refusal("a.docx", beginning)


def test_without_the_extra_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    content = written("Words.")
    for name in [name for name in sys.modules if name.split(".")[0] == "lxml"]:
        monkeypatch.setitem(sys.modules, name, None)
    assert refusal("a.docx", content) == (
        "a.docx: is a Word document; to read it, run pip install 'argmap[ingest]'"
    )


@pytest.mark.parametrize(
    "title",
    [
        "Document1",
        "document",
        "Microsoft Word - toll.docx",
        "Toll_final.DOC",
        "Dokument 2",
        "Untitled",
    ],
)
def test_a_title_that_a_program_made_up_is_none(title: str) -> None:
    assert FORMAT.read(written("Words.", title=title), "a.docx").title is None


@pytest.mark.parametrize("author", ["python-docx", "Microsoft Office User", "user", "Admin"])
def test_an_author_that_a_computer_came_with_is_none(author: str) -> None:
    assert FORMAT.read(written("Words.", author=author), "a.docx").author is None


def test_a_paragraph_in_the_style_of_titles_is_the_title_where_the_file_has_no_other() -> None:
    document = docx.Document()
    document.add_paragraph("Byline")
    document.add_heading("The toll", 0)
    out = io.BytesIO()
    document.save(out)
    assert FORMAT.read(out.getvalue(), "a.docx").title == "The toll"
    titled = written("Words.", title="Documents of the war")
    assert FORMAT.read(titled, "a.docx").title == "Documents of the war"


def test_a_part_that_is_referred_to_and_not_there_is_no_damage() -> None:
    content = rezipped(
        written("Words."), lambda name, part: None if name == "word/styles.xml" else part
    )
    assert text_of(content) == "Words."
