"""Hand-overs from before it was asked who got the disc: nobody recorded that, and it is said so."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from forthright.hard_media.models import HandOver
from forthright.hard_media.selectors.discs import why_not_there
from forthright.hard_media.selectors.gone import is_gone
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.selectors.last_copies import here_only_on
from forthright.hard_media.services import carriers, stock
from forthright.hard_media.services.going_to import LastCopy
from forthright.hard_media.services.not_ended import undo_ending
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import CarrierEvent
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON, TODAY = given.NOON, given.NOON.date()
MOVED = import_module("forthright.hard_media.migrations.0041_hands_of_before")
HOUR = timedelta(hours=1)
TOLD = "handed over on 5 October 2026, and nobody recorded to whom"


@pytest.fixture
def item(hearing):
    return media.an_expected_item(hearing)


@pytest.fixture
def disc(item):
    """Return a disc that was handed over once, before anybody was asked who got it."""
    disc = media.a_disc()
    carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    carriers.hand_over(disc, media.to("Room 4", Receiver.UNIT), by=None, at=NOON)
    item.refresh_from_db()
    disc.refresh_from_db()
    return disc


@pytest.fixture
def unsaid(disc):
    HandOver.objects.filter(to_place="Room 4").update(to_kind="NOT_SAID")
    return disc


def moves(since):
    """Move the table on, where it was asked since a moment who got a disc."""
    MigrationRecorder.Migration.objects.filter(
        app="hard_media", name="0009_whom_a_disc_went_to"
    ).update(applied=since)
    MOVED.say_what_is_known(apps, SimpleNamespace(connection=connection))
    return list(HandOver.objects.order_by("pk").values_list("to_kind", flat=True))


def test_that_a_disc_came_was_to_the_unit_and_of_the_rest_nobody_said(disc):
    HandOver.objects.update(to_kind="OTHER")
    carriers.hand_over(
        disc, carriers.Hands(Receiver.OTHER, "Ms Ash", named_because="She cleans here."), by=None,
        at=NOON + 2 * HOUR,
    )  # fmt: skip

    assert moves(NOON + HOUR) == ["UNIT", "NOT_SAID", "OTHER"]

    MOVED.as_it_was(apps, None)
    assert set(HandOver.objects.values_list("to_kind", flat=True)) == {"UNIT", "OTHER"}


def test_an_end_that_was_taken_back_stands_as_what_was_before_it(disc):
    HandOver.objects.update(to_kind="OTHER")
    to = carriers.Hands(Receiver.POLICE, "PC 2841", last_copy_because="They keep the original.")
    late = NOON + 2 * HOUR
    carriers.end_carrier(disc, CarrierEvent.DESTROY, to=to, on=TODAY, by=None, at=late)
    disc.refresh_from_db()
    undo_ending(disc, reason="The disc beside it was meant.", by=None, at=late)

    assert moves(NOON + HOUR) == ["UNIT", "NOT_SAID", "POLICE", "NOT_SAID"]


def test_where_it_was_asked_from_the_first_nothing_is_moved(disc):
    assert moves(NOON - HOUR) == ["UNIT", "UNIT"]


def test_it_counts_as_here_and_is_said_to_be_not_recorded(hearing, item, unsaid):
    assert not type(item).objects.filter(is_gone(TODAY)).exists()
    assert ladder_of(hearing, TODAY).items[0].steps[0].reached
    browser = as_(media.a_lawyer())
    browser.open(f"/recordings/items/{item.pk}/").see(TOLD)
    page = browser.open(f"/recordings/discs/{unsaid.pk}/")
    page.see("nobody recorded to whom, since that was not asked then")

    page = page.follow("Say who has it")
    page.not_see("Nobody recorded to whom")
    page.press("Record the hand-over", to_kind="UNIT", to_place="Room 4").not_see("not asked then")

    browser.open(f"/recordings/items/{item.pk}/").not_see(TOLD)
    assert HandOver.objects.order_by("pk").last().to_kind == "UNIT"


def test_it_is_no_other_copy_where_one_goes_and_goes_itself_only_with_why(item, unsaid):
    other = media.a_disc()
    carriers.put_on_carrier(other, [item], by=None, at=NOON)

    assert here_only_on(other, TODAY) == [item]
    assert here_only_on(unsaid, TODAY) == []
    stock.finish_stock_take(
        stock.begin_stock_take(other.unit, other.location, by=None, at=NOON), by=None, at=NOON
    )
    with pytest.raises(LastCopy):
        carriers.hand_over(unsaid, media.to("PC 2841"), by=None, at=NOON)


def test_a_place_that_reads_like_a_party_is_asked_about_as_before(hearing):
    disc = media.a_disc()
    secret = media.a_classified_item(hearing, kind="SENSITIVE")
    carriers.put_on_carrier(disc, [secret], by=None, at=NOON)
    carriers.hand_over(disc, media.to("Room 4", Receiver.UNIT), by=None, at=NOON)
    HandOver.objects.filter(to_place="Room 4").update(to_kind="NOT_SAID", to_place="Hale LLP")
    disc.refresh_from_db()
    disc.location = "Hale LLP"
    disc.save()

    assert "reads like the defence" in why_not_there(disc)
