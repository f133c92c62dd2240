"""The words of a letter are kept, version by version."""

import pytest

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.letters.models import LetterVersion
from forthright.letters.selectors import latest_words
from forthright.letters.services import WordsRefused, keep_words
from tests import given

pytestmark = pytest.mark.django_db


def test_each_change_of_words_is_a_new_version():
    duty = given.a_letter_owed()

    keep_words(duty, text="Dear Amira,\n\nOne.", by=None, at=given.NOON)
    keep_words(duty, text="Dear Amira,\n\nTwo.", by=None, at=given.NOON)

    assert latest_words(duty).text == "Dear Amira,\n\nTwo."
    assert [each.number for each in LetterVersion.objects.all()] == [1, 2]


def test_the_same_words_again_make_no_version():
    duty = given.a_letter_owed()

    keep_words(duty, text="Dear Amira,\r\n\r\nOne.  ", by=None, at=given.NOON)
    keep_words(duty, text="Dear Amira,\n\nOne.\n", by=None, at=given.NOON)

    assert LetterVersion.objects.count() == 1
    assert Event.objects.filter(name="letter.words_kept").count() == 1


@pytest.mark.parametrize("text", [" \n ", "x" * 60_001])
def test_words_that_are_no_letter_are_refused(text):
    duty = given.a_letter_owed()

    with pytest.raises(WordsRefused):
        keep_words(duty, text=text, by=None, at=given.NOON)

    assert not LetterVersion.objects.exists()


def test_another_unit_keeps_no_words():
    duty = given.a_letter_owed()
    stranger = given.a_person(Role.PROSECUTOR, unit=given.a_unit(Unit.Kind.FRAUD))

    with pytest.raises(NotAllowed, match="another unit"):
        keep_words(duty, text="Dear Amira,", by=stranger, at=given.NOON)
