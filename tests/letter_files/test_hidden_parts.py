"""Words that no program shows are read too, and what cannot be searched is refused."""

import zipfile
from io import BytesIO

import pytest

from forthright.letter_files.everything import parts_of_file
from forthright.letter_files.reading import FileRefused
from tests.letter_files.files import a_word_file

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def rewritten(old, new, *, comment=b""):
    """Return a Word file with something of its letter written anew."""
    source, kept = zipfile.ZipFile(BytesIO(a_word_file("Kept"))), BytesIO()
    with zipfile.ZipFile(kept, "w") as package:
        for name in source.namelist():
            said = source.read(name)
            package.writestr(name, said.replace(old, new) if name == "word/document.xml" else said)
        package.comment = comment
    return kept.getvalue()


def words_of(content):
    return "\n".join(each.words for each in parts_of_file(content, "a.docx"))


TEXT = b"<w:t>Kept</w:t>"


@pytest.mark.parametrize(
    "hidden",
    [
        b"<!-- Hidden Osei -->",
        b"<?note Hidden Osei?>",
        b'<w:sdt><w:sdtPr><w:alias w:val="Hidden Osei"/></w:sdtPr></w:sdt>',
        b'<w:sdt><w:sdtPr><w:tag w:val="Hidden Osei"/></w:sdtPr></w:sdt>',
        b'<w:listItem w:displayText="Hidden Osei" w:value="1"/>',
        b'<w:listItem w:displayText="1" w:value="Hidden Osei"/>',
        b'<w:hyperlink w:tooltip="Hidden Osei"/>',
        b'<w:fldSimple w:instr="AUTHOR Hidden Osei"/>',
        b'<w:bookmarkStart w:id="1" w:name="Hidden Osei"/>',
    ],
)
def test_what_stands_behind_the_words_is_read(hidden):
    assert "Hidden Osei" in words_of(rewritten(TEXT, TEXT + hidden))


GUID = "9F1C4BCE5D3B4A2F8A0C1D2E3F405162"


def a_control(properties):
    return rewritten(TEXT, TEXT + f"<w:sdt><w:sdtPr>{properties}</w:sdtPr></w:sdt>".encode())


@pytest.mark.parametrize(
    "properties",
    [
        '<w:id w:val="1728636285"/>',
        '<w:id w:val="-1769616900"/>',
        '<w:placeholder><w:docPart w:val="DefaultPlaceholder_-1854013440"/></w:placeholder>',
        f'<w:placeholder><w:docPart w:val="{GUID}"/></w:placeholder>',
    ],
)
def test_what_word_itself_writes_of_a_field_to_fill_in_is_nobodys_word(properties):
    assert words_of(a_control(properties)) == words_of(a_control(""))


@pytest.mark.parametrize(
    "part",
    [
        f'<w:docPart {W}><w:docPartPr><w:name w:val="{GUID}"/></w:docPartPr></w:docPart>',
        f'<w:p {W}><w:pPr><w:pStyle w:val="{GUID}1"/></w:pPr></w:p>',
        f'<w:styles {W}><w:style w:styleId="{GUID}"><w:name w:val="{GUID}"/></w:style></w:styles>',
    ],
)
def test_the_names_that_word_gives_to_what_stands_in_a_field_are_nobodys_words(part):
    assert GUID not in words_of(a_word_file("Kept", word__glossary__document_xml=part.encode()))


@pytest.mark.parametrize(
    "properties",
    [
        '<w:alias w:val="1728636285"/>',
        f'<w:tag w:val="{GUID}"/>',
        '<w:tag w:val="DefaultPlaceholder_-1854013440"/>',
        '<w:id w:val="Hidden Osei"/>',
        '<w:id w:val="07700900123"/>',
        '<w:id w:val="9434765919"/>',
        '<w:placeholder><w:docPart w:val="Hidden Osei"/></w:placeholder>',
        '<w:placeholder><w:docPart w:val="1728636285"/></w:placeholder>',
        '<w:placeholder><w:docPart w:val="DefaultPlaceholder_Osei"/></w:placeholder>',
    ],
)
def test_what_a_person_typed_of_a_field_to_fill_in_is_read(properties):
    assert properties.split('"')[1] in words_of(a_control(properties))


def test_a_comment_on_the_archive_is_read():
    assert "Hidden Osei" in words_of(rewritten(b"", b"", comment=b"Hidden Osei"))


def test_a_part_of_no_known_kind_is_refused():
    with pytest.raises(FileRefused, match=r"no kind that can be searched \(word/osei\.txt\)"):
        parts_of_file(a_word_file("A", word__osei_txt=b"Hidden Osei"), "a.docx")


@pytest.mark.parametrize("name", ["docProps__thumb_jpeg", "word__theme__osei_png"])
def test_a_picture_anywhere_in_it_is_refused(name):
    with pytest.raises(FileRefused, match="picture"):
        parts_of_file(a_word_file("A", **{name: b"\xff\xd8 Hidden"}), "a.docx")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused():
    with pytest.raises(FileRefused, match="one name"):
        parts_of_file(a_word_file("A", word__document_xml=b"<a/>"), "a.docx")
