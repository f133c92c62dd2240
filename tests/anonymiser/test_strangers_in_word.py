"""The search of a Word file asks about nobody in what Word itself writes, and over no soft end."""

from io import BytesIO

import pytest
from docx import Document
from weasyprint import HTML

from forthright.anonymiser.gate import doubtful_in, left_in, strangers_in
from forthright.anonymiser.known import Known, KnownPerson
from forthright.letter_files.everything import parts_of_file
from tests.anonymiser.test_gate_reads_changes import KNOWN, a_field, a_file, put_in, taken_out, text

SOFT, CARRIAGE = "<w:r><w:br/></w:r>", "<w:r><w:cr/></w:r>"
NOBODY = {
    "numbers of pages": text("Page ") + a_field("PAGE", "1") + text(" of ")
    + a_field("NUMPAGES", "12"),
    "pages of a section": a_field(" PAGE  \\* MERGEFORMAT ", "1") + a_field(" SECTIONPAGES ", "12"),
    "a field of a mail merge": text("Dear ") + a_field(" MERGEFIELD First_Name ", "[Victim A]"),
    "one by its looks": a_field(" MERGEFIELD Name \\* Upper \\* MERGEFORMAT ", "[Victim A]"),
    "a field to fill in": text("We met at ") + a_field(" FORMTEXT ", "the court"),
    "a table of contents": a_field(" TOC \\o &quot;1-3&quot; \\h \\z \\u ", "The decision 1"),
    "a day": text("On ") + a_field(" DATE \\@ &quot;d MMMM yyyy HH:mm&quot; ", "that day"),
    "a heading": a_field(" STYLEREF &quot;Heading 1&quot; \\* FirstCap ", "The decision"),
    "a greeting before a soft end": text("Dear [Victim A]") + SOFT + text("We decided to stop."),
    "a role before a soft end": text("Officer A") + CARRIAGE + text("Crown Prosecution Service"),
}  # fmt: skip
ASKED = {
    "beside a code": (text("Dear ") + a_field(" MERGEFIELD Name ", "Ms Patel"), "Patel"),
    "in a code": (a_field(" QUOTE &quot;Ms Patel&quot; ", "you"), "Patel"),
    "after a number of pages": (a_field("NUMPAGES", "12") + text(" Ogunbanjo"), "Ogunbanjo"),
    "called as a look of numbers": (text("We met Roman."), "Roman"),
    "after a soft end": (text("We saw it.") + SOFT + text("Ogunbanjo told us."), "Ogunbanjo"),
}  # fmt: skip


def parts_of(body):
    parts = parts_of_file(a_file(f"</w:p><w:p>{body}</w:p><w:p>"), "letter.docx")
    return [(each.where, each.words) for each in parts if not each.where.endswith("the words")]


@pytest.mark.parametrize("what", NOBODY)
def test_what_word_writes_is_nobody(what):
    assert strangers_in(parts_of(NOBODY[what]), KNOWN) == []


@pytest.mark.parametrize("what", ASKED)
def test_somebody_beside_it_is_asked_about(what):
    body, name = ASKED[what]

    found = strangers_in(parts_of(body), KNOWN)

    assert name in [each.words for each in found]
    assert {each.line for each in found} == {3}


@pytest.mark.parametrize("code", [" MERGEFIELD Siobhan ", " DOCPROPERTY Siobhan ", " TOC Siobhan "])
def test_a_known_name_in_a_code_is_left(code):
    assert "Siobhan" in [each.words for each in left_in(parts_of(a_field(code, "you")), KNOWN)]


def test_a_known_name_over_a_soft_end_is_left_and_told_with_a_blank():
    parts = parts_of(text("We asked Al") + SOFT + text("Hassan. He was there."))
    known = Known((KnownPerson("the witness", "Grace", "Al-Hassan"),
                   KnownPerson("the officer", "He", "Khan")))  # fmt: skip

    assert "Al Hassan" in [each.words for each in left_in(parts, known)]
    assert [each.words for each in doubtful_in(parts, known)] == ["He"]


def written_by(name, *, comment="", editor=""):
    document = Document()
    said = document.add_paragraph("Thank you for your letter.")
    document.core_properties.author, document.core_properties.last_modified_by = name, editor
    if comment:
        document.add_comment(said.runs[0], "Please look at this.", author=comment, initials="")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def asked_in(content, name="letter.docx"):
    parts = [(each.where, each.words) for each in parts_of_file(content, name)]
    said = [each for each in parts if not each[0].endswith("behind the words")]
    return [(each.where, each.words) for each in strangers_in(said, KNOWN)]


@pytest.mark.parametrize(
    "author", ["Rowena Tasker", "J Okafor", "Grace Will", "tasker, r", "RTASKER2"]
)
def test_whoever_wrote_it_is_asked_about_whatever_the_name(author):
    kept = "its properties, by whom"

    assert asked_in(written_by(author)) == [(kept, author)]
    assert asked_in(written_by("", editor=author)) == [(kept, author)]
    assert asked_in(written_by("", comment=author)) == [("its comments, by whom", author)]


@pytest.mark.parametrize("change", [put_in, taken_out])
def test_whoever_changed_words_is_asked_about_once(change):
    changes = "".join(change(words, "Rowena Tasker") for words in ("thank you", "then", "again"))

    assert asked_in(a_file(changes)) == [("the letter, by whom", "Rowena Tasker")]


def test_who_wrote_a_pdf_is_asked_about_and_how_to_mend_it_is_said():
    content = HTML(string="<meta name='author' content='Rowena Tasker'><p>Thank you.").write_pdf()
    parts = [(each.where, each.words) for each in parts_of_file(content, "letter.pdf")]

    found = [each for each in strangers_in(parts, KNOWN) if each.words == "Rowena Tasker"]

    assert [each.where for each in found] == ["its properties, by whom"]
    assert "take it out" in found[0].found.because


@pytest.mark.parametrize(
    "author",
    ["", "Author", "Windows User", "Microsoft Office User", "CPS", "python-docx", "A", "2"],
)
def test_a_program_or_nobody_that_wrote_it_is_not_asked_about(author):
    assert asked_in(written_by(author, comment="Author")) == []


def test_a_known_author_is_left_and_not_asked_about_besides():
    content = written_by("Siobhan Tasker")
    parts = [(each.where, each.words) for each in parts_of_file(content, "letter.docx")]

    assert [each.where for each in left_in(parts, KNOWN)] == ["its properties, by whom"]
    assert asked_in(content) == []
