"""Which of several versions of a letter counts as what went out."""

import pytest
import time_machine

from forthright.letters.models import Dispatch, LetterVersion
from forthright.letters.selectors.sent_words import words_sent
from forthright.letters.services import WordsRefused, keep_words
from forthright.schemes.services import StageTimes, record_stages_bulk
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db
SENT = given.at("2026-09-25 15:00")


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def a_letter(*kept_at, sent_at=SENT):
    """Return a letter that went out, with a version kept at each of these moments."""
    duty = given.a_letter_owed(decided_at=given.at("2026-09-21 10:00"))
    for number, moment in enumerate(kept_at, 1):
        keep_words(duty, text=f"Dear Ms Osei\n\nWords {number}.", by=None, at=given.at(moment))
    times = {(duty.decision_id, duty.person_id): StageTimes(sent_at=sent_at)}
    record_stages_bulk(duty.area, times, by=None, at=given.NOON)
    duty.refresh_from_db()
    return duty


def test_the_newest_words_when_it_was_sent_are_those_that_went_out():
    duty = a_letter("2026-09-24 10:00", "2026-09-25 14:59", "2026-10-01 09:00")

    assert words_sent(duty).number == 2


def test_where_only_the_day_is_known_words_of_that_day_went_out():
    duty = a_letter("2026-09-25 16:00", "2026-09-26 09:00", sent_at=given.at("2026-09-25 00:00"))

    assert words_sent(duty).number == 1


def test_of_words_that_were_kept_only_later_the_first_count():
    duty = a_letter("2026-10-01 09:00", "2026-10-02 09:00")

    assert words_sent(duty).number == 1


def test_what_was_sent_from_here_counts_whatever_was_kept_meanwhile():
    duty = a_letter("2026-09-24 10:00", "2026-09-25 14:00")
    first = LetterVersion.objects.get(letter__duty=duty, number=1)
    for key, state in enumerate(["SENT", "FAILED"]):
        Dispatch.objects.create(
            area=duty.area, duty=duty, version=first if state == "SENT" else words_sent(duty),
            channel="EMAIL", to_what="", key=str(key), state=state, asked_at=SENT, sent_at=SENT,
        )  # fmt: skip

    assert words_sent(duty) == first


def test_a_letter_not_sent_has_its_newest_words():
    duty = given.a_letter_owed()
    for words in ("One.", "Two."):
        keep_words(duty, text=words, by=None, at=given.NOON)

    assert words_sent(duty).number == 2


def test_words_that_were_kept_wrong_after_it_was_sent_are_put_right():
    duty = a_letter("2026-10-01 09:00")
    page = as_(given.a_liaison_officer()).open(f"/letters/{duty.pk}/words/add/")
    page.see("version 1 counts as what was sent")

    page.press("Keep these words", text="Dear Ms Osei\n\nThe right ones.", is_what_went="on")

    assert words_sent(duty).number == 2


def test_words_known_to_have_gone_out_are_not_replaced():
    duty = a_letter("2026-09-24 10:00")
    page = as_(given.a_liaison_officer()).open(f"/letters/{duty.pk}/words/add/")
    assert "These are the words that were sent" not in page.words

    with pytest.raises(WordsRefused, match="is known"):
        keep_words(duty, text="Others.", by=None, at=given.NOON, is_what_went=True)
    assert words_sent(duty).number == 1
