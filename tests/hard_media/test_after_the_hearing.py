"""What was so at the end of the day of a hearing is not rewritten by what is recorded after it."""

from datetime import date, timedelta

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.cases.models import Defendant
from forthright.hard_media.models import MediaItem, ShareRecord
from forthright.hard_media.selectors.ladder import LadderFilters, ladder_of, ladders_of
from forthright.hard_media.services import firms, hearings, items, receiving, sharing
from forthright.rules.media_rungs import Rung, Standing
from tests import given
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.links import COURT, shared_by_link, with_a_file

pytestmark = pytest.mark.django_db
NOON = given.NOON
HELD = date(2026, 10, 12)
AFTER = given.at("2026-10-20 12:00")
LONG_AFTER = date(2027, 3, 1)


def another_firm(hearing, since=date(2026, 10, 19), at=AFTER):
    defendant = Defendant.objects.get(case=hearing.case_id)
    firm = firms.Firm(firm="New LLP", email="n@new.example", starts_on=since)
    return firms.set_representation(hearing, defendant, firm, by=None, at=at)


def backdated_firm(hearing):
    another_firm(hearing, since=date(2026, 10, 8))


def another_recording(hearing):
    items.add_item(hearing, media.words(), by=None, at=AFTER)


def asked_again(hearing):
    items.request_item(
        MediaItem.objects.get(case=hearing.case_id), reason="Better sound.", by=None, at=AFTER
    )


def taken_back(hearing):
    share = ShareRecord.objects.get(item__case=hearing.case_id, party="DEFENCE")
    sharing.revoke_share(share, reason="The trial is over.", by=None, at=AFTER)


@pytest.mark.parametrize(
    "change", [another_firm, backdated_firm, another_recording, asked_again, taken_back]
)
def test_a_case_that_was_proved_stays_proved_and_says_what_is_owed_now(change):
    hearing = media.a_proved_case(on=HELD)
    before = ladder_of(hearing, AFTER.date())

    change(hearing)

    found = ladder_of(hearing, AFTER.date())
    assert before.standing is found.standing is Standing.PROVED
    assert (found.is_missed, found.escalate_to, found.is_owed_since) == (False, "", True)
    assert found.next_rung in (Rung.RECEIVED, Rung.SHARED)


def test_what_changed_before_the_hearing_makes_it_late_all_the_same():
    hearing = media.a_proved_case(on=HELD)

    another_firm(hearing, since=date(2026, 10, 8), at=given.at("2026-10-09 12:00"))

    assert ladder_of(hearing, AFTER.date()).is_missed


def test_a_share_taken_back_before_the_hearing_gave_nothing_at_it():
    hearing = media.a_proved_case(on=HELD)
    share = ShareRecord.objects.get(party="DEFENCE")
    at = given.at("2026-10-12 18:00")
    sharing.revoke_share(share, reason="The wrong firm.", by=None, at=at)
    another_recording(hearing)

    assert ladder_of(hearing, AFTER.date()).is_missed


def shared_with_both(hearing, item):
    shared_by_link(hearing, item, parties=[*COURT, *media.parties_of(hearing)[1:]])


@pytest.mark.usefixtures("at_noon")
def test_a_file_that_was_kept_only_after_it_does_not_make_what_was_shared_a_part():
    hearing = media.a_hearing(on=HELD)
    item = media.a_requested_item(hearing)
    files.a_kept_file(item)
    second = files.a_whole_file(item, name="camera2.mp4", content=files.VIDEO + b"2")
    item = items.view_item(item, how="All of it.", by=None, at=NOON)
    shared_with_both(hearing, items.classify_item(item, "RELIED_ON", by=None, at=NOON))
    receiving.keep_file(second, by=None, at=AFTER)
    items.view_item(item, how="All of it.", by=None, at=AFTER)

    found = ladder_of(hearing, AFTER.date())

    assert (found.standing, found.is_owed_since) == (Standing.READY, True)


@pytest.mark.usefixtures("at_noon")
def test_the_same_file_found_sensitive_in_another_case_after_it_shuts_nothing_then():
    hearing = media.a_hearing(on=HELD)
    shared_with_both(hearing, with_a_file(hearing))
    other = with_a_file(media.a_hearing())

    items.classify_item(other, "SENSITIVE", reason="An informant.", by=None, at=AFTER)

    found = ladder_of(hearing, AFTER.date())
    assert (found.standing, found.is_owed_since) == (Standing.READY, True)


@pytest.mark.parametrize("kind", ["UNUSED", "NOT_RELEVANT", "SENSITIVE"])
def test_a_case_that_was_missed_is_missed_whatever_it_is_found_to_be_after(kind):
    hearing = media.a_hearing(on=HELD)
    item = media.a_classified_item(hearing)

    items.classify_item(item, kind, reason="Too late.", by=None, at=AFTER)

    found = ladder_of(hearing, AFTER.date())
    assert (found.is_missed, found.standing) == (True, Standing.NOT_READY)
    [line] = ladders_of(hearing.area, LadderFilters(), LONG_AFTER)
    assert line.ladder.is_missed


def test_one_that_nobody_waited_for_then_makes_no_case_late_that_was_ready():
    hearing = media.a_proved_case(on=HELD)
    item = media.a_classified_item(hearing, kind="UNUSED")

    items.classify_item(item, "RELIED_ON", reason="The defence says it.", by=None, at=AFTER)

    found = ladder_of(hearing, AFTER.date())
    assert (found.standing, found.is_owed_since) == (Standing.PROVED, True)


def test_what_is_owed_since_stays_listed_until_it_is_done_or_closed():
    hearing = media.a_proved_case(on=HELD)
    another_firm(hearing)

    def listed():
        return [each.hearing for each in ladders_of(hearing.area, LadderFilters(), LONG_AFTER)]

    assert listed() == [hearing]
    hearings.close_hearing(hearing, "NOT_NEEDED", "A plea of guilty.", by=None, at=AFTER)
    assert listed() == []


def test_once_the_firm_that_came_since_has_it_nothing_is_owed():
    hearing = media.a_proved_case(on=HELD)
    another_firm(hearing)
    item, on = MediaItem.objects.get(), AFTER.date()

    media.shared(hearing, item, on=on, parties=media.parties_of(hearing)[1:], at=AFTER)

    found = ladder_of(hearing, on)
    assert (found.standing, found.is_owed_since) == (Standing.PROVED, False)
    assert ladders_of(hearing.area, LadderFilters(), LONG_AFTER) == []


def test_a_case_that_came_into_the_register_after_its_hearing_is_reckoned_by_what_is_so_now():
    hearing = media.a_hearing(on=NOON.date() - timedelta(days=3), odd_because="Entered late.")
    media.a_classified_item(hearing)

    assert ladder_of(hearing, AFTER.date()).is_missed


def test_the_senior_manager_is_told_nothing_of_it_and_the_page_says_what_is_so():
    hearing = media.a_proved_case(on=HELD)
    another_firm(hearing)

    with time_machine.travel(AFTER, tick=False):
        home = as_(given.a_person(Role.SENIOR_MANAGER)).open("/")
        page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")

    home.not_see("not ready by its hearing")
    page.see(
        "Ready and proved by the hearing, and something is owed since",
        "At the end of the day of the hearing, 12 October 2026, the case was ready and proved",
        "Not shared with New LLP",
        "Close the case",
    )
