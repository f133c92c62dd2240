"""The whole of a Word file is searched, also what stands in it where no letter is written."""

import re
import zipfile
from io import BytesIO

import pytest

from forthright.letter_files.everything import parts_of_file
from forthright.letter_files.reading import FileRefused, words_of_file
from forthright.letter_files.writing import docx_of
from forthright.rules.letter_blocks.composed import Composed, Paragraph, ParagraphKind, Run
from tests.letter_files.files import a_word_file

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
CHART = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def a_file(body="", **parts):
    """Return a Word file with something before its words, and with parts of other kinds."""
    source, kept = zipfile.ZipFile(BytesIO(a_word_file("Dear [the victim]"))), BytesIO()
    with zipfile.ZipFile(kept, "w") as package:
        for name in source.namelist():
            said = source.read(name)
            if name == "word/document.xml":
                said = said.replace(b"<w:body>", b"<w:body>" + body.encode(), 1)
            package.writestr(name, said)
        for name, said in parts.items():
            package.writestr(f"word/{name}.xml", said)
    return kept.getvalue()


def words_of(content):
    return "\n".join(each.words for each in parts_of_file(content, "a.docx"))


def signs(words, *, font="Arial", beyond=0):
    """Return words of which each letter is a sign of a font, as Word keeps what was inserted."""
    each = "".join(
        f'<w:sym w:font="{font}" w:char="{ord(letter) + beyond:04X}"/>' for letter in words
    )
    return f"<w:r>{each}</w:r>"


@pytest.mark.parametrize(
    "said",
    [
        signs("Osei"),
        signs("Osei", font="Symbol", beyond=0xF000),
        f"{signs('O')}<w:r><w:t>sei</w:t></w:r>",
        f"{signs('o', font='Wingdings', beyond=0xF000)}<w:r><w:t>Osei</w:t></w:r>",
    ],
)
def test_letters_that_are_signs_of_a_font_are_read(said):
    content = a_file(f"<w:p><w:r><w:t>Mr Hidden </w:t></w:r>{said}</w:p>")

    assert re.search(r"Hidden\s+Osei\b", words_of(content))


def test_in_a_letter_that_is_read_a_letter_is_one_and_a_tick_is_none():
    tick = signs("\x6f", font="Wingdings", beyond=0xF000)
    content = a_file(f"<w:p>{tick}{signs('O')}<w:r><w:t>sei</w:t></w:r></w:p>")

    assert words_of_file(BytesIO(content), "a.docx").split()[0] == "Osei"
    strange = a_file('<w:p><w:r><w:sym/><w:sym w:char="zz"/><w:sym w:char="0001"/></w:r></w:p>')
    assert "\x01" not in words_of_file(BytesIO(strange), "a.docx") + words_of(strange)


def test_of_a_moment_that_a_part_keeps_only_the_day_is_read():
    said = words_of(a_file(any=b"<kept>2026-01-01T09:30:00Z</kept>"))

    assert "2026-01-01" in said
    assert "T09" not in said


@pytest.mark.parametrize(
    "body",
    [
        f'<v:shape {VML}><v:textpath string="Hidden Osei"/></v:shape>',
        "<w:p><w:del><w:r><w:delInstrText>Hidden Osei</w:delInstrText></w:r></w:del></w:p>",
        '<w:p><w:smartTag><w:attr w:name="Who" w:val="Hidden Osei"/></w:smartTag></w:p>',
        '<w:p><w:fldChar><w:ffData><w:name w:val="Hidden Osei"/></w:ffData></w:fldChar></w:p>',
        "<w:p>Hidden Osei</w:p>",
        "<w:p><w:r/>Hidden Osei</w:p>",
        '<w:p w:any="Hidden Osei"/>',
        '<w:p><x:y xmlns:x="urn:a" x:z="Hidden Osei"/></w:p>',
        "<w:p><w:r><w:t>Hid</w:t></w:r><w:r><w:t>den Osei</w:t></w:r></w:p>",
        f'<w:p><v:shape {VML} style="width:400pt;font-family:Hidden Osei"/></w:p>',
    ],
)  # fmt: skip
def test_every_attribute_and_text_of_the_letter_is_read(body):
    assert "Hidden Osei" in words_of(a_file(body))


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("numbering2", f'<w:numbering {W}><w:lvlText w:val="Hidden Osei %1."/></w:numbering>'),
        ("styles2", f'<w:styles {W}><w:name w:val="To Hidden Osei"/></w:styles>'),
        ("settings2", f'<w:settings {W}><w:query w:val="x = Hidden Osei"/></w:settings>'),
        ("chart1", f"<c:chart {CHART}><a:p><a:t>Calls</a:t></a:p><c:v>Hidden Osei</c:v></c:chart>"),
        ("Hidden Osei", "<a/>"),
    ],
)  # fmt: skip
def test_every_part_is_read(part, said):
    assert "Hidden Osei" in words_of(a_file(**{part: said}))


def test_what_somebody_called_a_kind_of_their_own_is_read():
    assert "HiddenOsei" in words_of(a_file(item="<HiddenOsei/>"))


@pytest.mark.parametrize("said", ['w:val="07700900123"', 'w:val="20AB0123426"', 'w:val="Page"'])
def test_a_number_of_a_case_and_a_name_are_no_measure(said):
    assert said[7:-1] in words_of(a_file(f"<w:p><w:x {said}/></w:p>"))


@pytest.mark.parametrize(
    "said",
    ['w:val="page"', 'w:val="1440"', 'w:val="00AB12CD"', 'w:id="-1234567890"',
     'style="width:412.4pt;z-index:251658240"', 'r="rId12"',
     'w:fill="2F5496"', 'g="{0F9B84EA-7D68-4D60-9CB1-D50884785D1C}"'],
)  # fmt: skip
def test_measures_and_stamps_of_the_format_are_no_words(said):
    drawn = "width:pt;z-index:" if "style" in said else ""

    words = words_of(a_file(f"<w:p><w:x {said}/></w:p>"))

    assert sorted(words.replace(" ", "").split()) == sorted(
        (words_of(a_file("<w:p><w:x/></w:p>")).replace(" ", "") + f"\n{drawn}").split()
    )


def test_words_within_the_format_itself_are_refused():
    with pytest.raises(FileRefused, match="as Word never does"):
        parts_of_file(a_file(a='<!DOCTYPE a [<!ENTITY b "Osei">]><a>&b;</a>'), "a.docx")


def test_bytes_between_the_parts_are_refused():
    # A part that was taken out of the list of parts lies in the file still.
    content = b"PK\x03\x04 Hidden Osei, of 14 Quarry Lane" + a_word_file("Dear [the victim]")

    with pytest.raises(FileRefused, match="none of its parts"):
        parts_of_file(content, "a.docx")


@pytest.mark.parametrize("is_large", [False, True])
def test_the_products_own_file_says_nothing_but_its_letter(is_large):
    runs = (Run(text="Hello"), Run(text="you", is_bold=True, is_italic=True))
    lines = [Paragraph(kind=kind, runs=runs) for kind in ParagraphKind]
    lines.append(Paragraph(runs=runs, language="cy"))
    content = docx_of(Composed(paragraphs=lines), title="A letter", is_large_print=is_large)

    words = words_of(content)

    assert set(words.split("\n")) == {"a", "A letter", "Helloyou"}
