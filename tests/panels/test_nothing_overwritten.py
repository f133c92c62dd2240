"""Why a letter was withdrawn, and what was written of a meeting’s talk, stay when it is anew."""

from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps

from forthright.panels.models import AnonymisedLetter, Release
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.services.releasing import confirm_letter
from forthright.panels.services.taking import Added, add_place
from forthright.panels.services.talking import keep_discussion
from forthright.panels.services.withdrawing import withdraw_letter
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
FIRST = "The first reason: the village can be told."


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def later(minutes):
    return given.NOON + timedelta(minutes=minutes)


def withdrawn_twice():
    """Return a letter that was withdrawn, released with more hidden, and withdrawn again."""
    letter = made.released()
    withdraw_letter(letter, FIRST, by=letter.taken_by, at=later(1))
    letter.refresh_from_db()
    add_place(letter, Added("nobody saw", "OTHER"), opened=None, by=letter.taken_by, at=later(2))
    letter.refresh_from_db()
    made.decided(letter)
    for person in (letter.taken_by, made.a_keeper()):
        confirm_letter(letter, text_stamp(letter), by=person, at=later(3))
        letter.refresh_from_db()
    as_(letter.taken_by).open(f"/anonymised/{letter.pk}/release/").see(FIRST)
    withdraw_letter(letter, "The second reason.", by=letter.taken_by, at=later(4))
    letter.refresh_from_db()
    return letter


def test_each_reason_for_a_withdrawal_stays_with_who_gave_it():
    letter = withdrawn_twice()

    kept = [(each.withdrawn_because, each.withdrawn_by) for each in letter.releases.all()]
    assert kept == [(FIRST, letter.taken_by), ("The second reason.", letter.taken_by)]
    for page in ("", "release/"):
        as_(letter.taken_by).open(f"/anonymised/{letter.pk}/{page}").see(
            FIRST, "The second reason.", f"by {letter.taken_by}"
        )


def test_releases_of_before_are_kept_as_far_as_they_are_known():
    once, twice = made.released(), withdrawn_twice()
    stamps = list(Release.objects.order_by("pk").values_list("sha256", flat=True))
    AnonymisedLetter.objects.filter(pk=twice.pk).update(text="Changed since.")
    Release.objects.all().delete()

    import_module("forthright.panels.migrations.0018_every_release_is_kept").keep_releases(
        apps, None
    )

    kept = [(each.letter_id, each.sha256, each.withdrawn_because) for each in Release.objects.all()]
    assert sorted(kept) == [(once.pk, stamps[0], ""), (twice.pk, stamps[2], "The second reason.")]


def test_what_was_written_of_the_talk_stays_when_it_is_written_anew():
    keeper = made.a_keeper()
    meeting = sittings.published(by=keeper)
    for words in ("Long notes of the talk.", "Long notes of the talk.", ""):
        keep_discussion(meeting, words, by=keeper, at=given.NOON)

    as_(keeper).open(f"/panel/meetings/{meeting.pk}/discussion/").see(
        "What was written here before", f"Until {keeper} wrote it anew", "Long notes of the talk."
    )
    assert meeting.talk_before.count() == 1
