"""A recording asked for again, or taken up again, begins anew; what was so before stays told."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from forthright.accounts.models import Role
from forthright.hard_media.models import MediaItem, ShareRecord
from forthright.hard_media.selectors.backlog import backlog_of
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.selectors.waiting import waiting_for
from forthright.hard_media.services import carriers, items, sharing
from forthright.rules.media_backlog import Left
from forthright.rules.media_facts import Classification
from forthright.rules.media_hands import Receiver
from forthright.rules.media_rungs import Rung
from forthright.rules.media_states import MediaState, ReasonMissing
from forthright.rules.weeks import week_of
from tests import given
from tests.client import as_
from tests.hard_media import files, media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
TODAY = NOON.date()
DAY = timedelta(days=1)
AGAIN = NOON + 7 * DAY
MOVED = import_module("forthright.hard_media.migrations.0016_begins_anew")
KINDS = ["RELIED_ON", "UNUSED", "NOT_RELEVANT", "SENSITIVE"]


def asked_again(item, at=NOON):
    return items.request_item(item, reason="The wrong camera was sent.", by=None, at=at)


def taken_up_again(item, at=NOON):
    item = items.withdraw_item(item, reason="No part of it.", by=None, at=at)
    return items.reinstate_item(item, by=None, at=at)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("begin", [asked_again, taken_up_again])
def test_a_case_is_not_ready_while_something_is_waited_for_again(hearing, begin, kind):
    media.shared(hearing, media.a_classified_item(hearing))
    assert ladder_of(hearing, TODAY).is_ready

    item = begin(media.a_classified_item(hearing, kind=kind))

    found = ladder_of(hearing, TODAY)
    assert (found.is_ready, found.next_rung) == (False, Rung.RECEIVED)
    assert item.classification == Classification.NOT_ASSESSED


@pytest.mark.parametrize("kind", KINDS)
def test_what_came_again_is_viewed_and_classified_before_the_case_is_ready(hearing, kind):
    media.shared(hearing, media.a_classified_item(hearing))
    item = asked_again(media.a_classified_item(hearing, kind=kind))
    lawyer = media.a_lawyer()

    files.a_kept_file(item)
    waits = waiting_for(lawyer, TODAY)
    assert (waits.to_view, waits.to_classify) == (1, 0)
    assert not ladder_of(hearing, TODAY).is_ready

    item.refresh_from_db()
    item = items.view_item(item, how="All", by=lawyer, at=NOON)
    waits, found = waiting_for(lawyer, TODAY), ladder_of(hearing, TODAY)
    assert (waits.to_view, waits.to_classify) == (0, 1)
    assert (found.is_ready, found.next_rung) == (False, Rung.CLASSIFIED)

    items.classify_item(item, "UNUSED", reason="Another door.", by=lawyer, at=NOON)
    assert ladder_of(hearing, TODAY).is_ready


def test_the_overview_of_a_lawyer_names_what_came_again(hearing):
    item = asked_again(media.a_classified_item(hearing))
    files.a_kept_file(item)

    as_(media.a_lawyer()).open("/").see("1 recording to view")


def sensitive_again(hearing):
    item = asked_again(media.a_classified_item(hearing, kind="SENSITIVE", title="Kestrel"))
    files.a_kept_file(item)
    item.refresh_from_db()
    return item


def test_what_was_sensitive_goes_to_nobody_until_it_is_found_otherwise(hearing):
    item = sensitive_again(hearing)
    sending = sharing.Sending(way="EGRESS", on=TODAY)
    with pytest.raises(sharing.ShareRefused, match="never shared"):
        sharing.share_items(hearing, [item], media.parties_of(hearing), sending, by=None, at=NOON)
    with pytest.raises(DatabaseError), transaction.atomic():
        ShareRecord.objects.create(
            area=item.area, item=item, party="COURT", way="EGRESS", shared_on=TODAY,
            recorded_at=NOON,
        )  # fmt: skip
    disc = media.a_disc()
    carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    with pytest.raises(carriers.CarrierRefused, match="sensitive recording is on this disc"):
        carriers.hand_over(disc, media.to("Hale LLP", Receiver.DEFENCE), by=None, at=NOON)
    page = as_(given.a_person(Role.INSPECTOR)).open(f"/recordings/items/{item.pk}/")
    page.not_see("Kestrel")
    page.see("Not assessed anew. It was sensitive, and goes to nobody until it is.")


def test_a_sensitive_one_is_found_otherwise_only_with_why(hearing):
    item = items.view_item(sensitive_again(hearing), how="All", by=None, at=NOON)

    with pytest.raises(ReasonMissing, match="classified as sensitive"):
        items.classify_item(item, "RELIED_ON", by=None, at=NOON)
    item = items.classify_item(item, "RELIED_ON", reason="The yard alone.", by=None, at=NOON)

    assert (item.is_sensitive, item.classification) == (False, Classification.RELIED_ON)


def test_the_database_still_refuses_what_is_said_to_be_sensitive_and_is_not_kept_apart(hearing):
    item = media.a_classified_item(hearing)

    with pytest.raises(DatabaseError), transaction.atomic():
        MediaItem.objects.filter(pk=item.pk).update(classification="SENSITIVE")
    with pytest.raises(DatabaseError), transaction.atomic():
        MediaItem.objects.filter(pk=item.pk).update(is_sensitive=True)


def test_one_taken_up_again_is_said_not_to_be_asked_for(hearing):
    item = taken_up_again(media.a_requested_item(hearing))

    [found] = ladder_of(hearing, TODAY).items

    assert item.state == MediaState.EXPECTED
    assert found.next_step.why == "Taken up again, and not asked for since."
    items.request_item(item, by=None, at=NOON)
    assert ladder_of(hearing, TODAY).items[0].next_step.why == "Asked for."


def counted(until):
    """Return the one recording as a report counts it that is made on the day after one."""
    week = week_of(until)
    register = backlog_of(given.an_area(), week, week.plus(-9), as_of=until + DAY)
    [found] = register.recordings
    return found


@pytest.mark.parametrize("begin", [asked_again, taken_up_again])
def test_it_is_in_stock_again_from_then_and_the_weeks_before_stay(begin):
    begin(media.a_classified_item(kind="UNUSED"), at=AGAIN)

    assert (counted(TODAY).left_how, counted(TODAY).left_on) == (Left.NOT_NEEDED, TODAY)
    assert counted(AGAIN.date()).left_on is None


def test_what_was_relied_on_at_a_hearing_stays_so_beside_it():
    item = media.a_classified_item(media.a_hearing(on=date(2026, 10, 9)))

    asked_again(item, at=given.at("2026-10-19 12:00"))

    found = counted(date(2026, 11, 30))
    assert (found.is_relied_on, found.is_unassessed) == (True, False)


def test_who_asks_again_reads_that_it_is_assessed_anew(hearing):
    item = media.a_classified_item(hearing)

    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/record/requested/")

    page.see("what comes is viewed and classified anew")


@pytest.mark.parametrize("kind", KINDS)
def test_those_of_before_that_were_asked_for_again_begin_anew_as_well(hearing, kind):
    item = asked_again(media.a_classified_item(hearing, kind=kind))
    stays = media.a_classified_item(hearing, kind=kind)
    MediaItem.objects.filter(pk=item.pk).update(classification=kind)

    MOVED.begin_anew(apps, None)

    item.refresh_from_db()
    stays.refresh_from_db()
    assert (item.classification, stays.classification) == (Classification.NOT_ASSESSED, kind)
    assert item.is_sensitive == stays.is_sensitive == (kind == "SENSITIVE")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite alone makes tables anew")
def test_the_triggers_are_there_once_the_table_was_made_anew():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
                       ["%sensitive%"])  # fmt: skip
        assert cursor.fetchone() == (3,)
