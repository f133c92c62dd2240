"""A letter's words are read from a file or pasted; what is no letter is refused in words."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forthright.accounts.models import Role, Unit
from forthright.letters.selectors import latest_words
from tests import given
from tests.client import as_
from tests.letter_files.files import a_word_file


@pytest.mark.django_db
class TestPage:
    """Tests of the page that adds words."""

    def officer(self):
        return given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit(Unit.Kind.VLU))

    def test_a_file_is_kept_as_a_version(self):
        duty = given.a_letter_owed()
        file = SimpleUploadedFile("letter.docx", a_word_file("Dear Amira"))

        page = as_(self.officer()).post(f"/letters/{duty.pk}/words/add/", file=file, text="")

        page.see("Version 1 of the letter is kept.", "Dear Amira", "from letter.docx")
        assert latest_words(duty).text == "Dear Amira\nIn a table"

    def test_words_can_be_pasted(self):
        duty = given.a_letter_owed()

        page = as_(self.officer()).open(f"/letters/{duty.pk}/").follow("Add the letter’s words")

        page.press("Keep these words", text="Dear Amira").see("Dear Amira")

    def test_a_refused_file_says_why_beside_the_field(self):
        duty = given.a_letter_owed()
        file = SimpleUploadedFile("letter.exe", b"MZ")

        page = as_(self.officer()).post(f"/letters/{duty.pk}/words/add/", file=file, text="")

        assert page.errors == [
            "Only .docx, .pdf, .txt and .md files can be read. Paste the words instead."
        ]

    def test_neither_and_both_are_refused(self):
        duty = given.a_letter_owed()
        browser = as_(self.officer())

        neither = browser.post(f"/letters/{duty.pk}/words/add/", text="")
        both = browser.post(
            f"/letters/{duty.pk}/words/add/", text="x", file=SimpleUploadedFile("a.txt", b"Dear")
        )

        assert neither.errors == ["Choose the file of the letter, or paste its words"]
        assert both.errors == ["Choose a file or paste words, not both"]

    def test_a_letter_out_of_reach_takes_no_words(self):
        duty = given.a_letter_owed()
        elsewhere = given.a_person(Role.PROSECUTOR, unit=given.a_unit(Unit.Kind.RASSO))

        as_(elsewhere).open(f"/letters/{duty.pk}/words/add/", status=404)
