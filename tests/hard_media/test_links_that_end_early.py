"""A link that ends before the hearing is over is told where it is seen, and is a task."""

from datetime import date, timedelta

import pytest

from forthright.accounts.models import Role
from forthright.hard_media.models import ShareLink, ShareRecord
from forthright.hard_media.selectors.ladder import LadderFilters, ladders
from forthright.hard_media.services import hearings
from tests import given
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import COURT, shared_by_link, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
DAY = timedelta(days=1)
ENDS = media.PTPH + 3 * DAY
TASK = "1 case with a link that ends before the hearing is over"


def everybody(hearing):
    return [*COURT, *media.parties_of(hearing)[1:]]


def test_a_link_left_without_a_day_opens_beyond_the_hearing(hearing, item):
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/share/")
    page.see("Left empty, a link from here opens until 23 November 2026, beyond the hearing")

    page.press("Share them", parties=["COURT"], way="LINK", email_court="list@court.example")

    assert ShareLink.objects.get().expires_on == date(2026, 11, 23)


def test_a_share_by_another_way_is_given_no_day_that_nobody_wrote(hearing, item):
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/share/")

    page.press("Share them", parties=["COURT"], way="DISC")

    assert ShareRecord.objects.get().link_expires_on is None


def test_a_case_without_a_hearing_asks_until_when():
    hearing = media.a_hearing(on=None)
    with_a_file(hearing)
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/share/")
    page.not_see("Left empty")

    refused = page.press(
        "Share them", parties=["COURT"], way="LINK", email_court="list@court.example"
    )

    assert refused.errors == ["Say until when the link opens, a day after today."]


def test_a_hearing_that_moves_past_a_link_warns_before_and_is_a_task_after(hearing, item):
    shared_by_link(hearing, item, parties=everybody(hearing), until=ENDS)
    browser = as_(media.a_lawyer())
    browser.open("/").not_see(TASK)
    page = browser.open(f"/recordings/cases/{hearing.case_id}/hearing/")
    later = ENDS + DAY

    page = page.press(
        "Continue", reason="Adjourned", on_day=later.day, on_month=later.month, on_year=later.year
    )
    page.see("The link for the court and Hale LLP", "ends on 29 October 2026 and the hearing is on")
    page.press("Move the hearing").see("send one that lasts beyond it")

    browser.open("/").follow(TASK).see(str(hearing.case))


def test_the_list_of_links_that_end_early_holds_no_other_case(hearing, item):
    shared_by_link(hearing, item, parties=everybody(hearing), until=ENDS)
    media.a_ready_case()
    filters = LadderFilters(show="links")
    manager = given.a_person(Role.LINE_MANAGER)
    assert ladders(manager, filters, NOON.date()) == []

    hearings.move_hearing(hearing, hearings.NewDay(on=ENDS, reason="Adjourned"), by=None, at=NOON)

    assert [each.hearing for each in ladders(manager, filters, NOON.date())] == [hearing]


def test_no_link_opens_for_years(hearing, item):
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/share/")
    far = {"link_expires_on_day": 31, "link_expires_on_month": 12, "link_expires_on_year": 9999}

    refused = page.press(
        "Share them", parties=["COURT"], way="LINK", email_court="list@court.example", **far
    )

    assert "choose 26 October 2027 or a day before it" in refused.errors[0]
    assert not ShareRecord.objects.exists()
