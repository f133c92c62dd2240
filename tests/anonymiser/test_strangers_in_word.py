"""The search of a Word file asks about nobody in what Word itself writes, and over no soft end."""

import pytest

from forthright.anonymiser.gate import doubtful_in, left_in, strangers_in
from forthright.anonymiser.known import Known, KnownPerson
from forthright.letter_files.everything import parts_of_file
from tests.anonymiser.test_gate_reads_changes import KNOWN, a_field, a_file, text

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
