"""The address of a firm is put right without taking it for another firm."""

from datetime import timedelta

import pytest

from forthright.audit.models import Event
from forthright.cases.models import Defendant
from forthright.hard_media.models import Representation, ShareLink
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.selectors.links import why_closed
from forthright.hard_media.services import firms, hearings
from forthright.rules.media_rungs import Standing
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import COURT, shared_by_link, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
TODAY = NOON.date()


@pytest.fixture
def shared(hearing):
    item = with_a_file(hearing)
    everybody = [*COURT, *media.parties_of(hearing)[1:]]
    shared_by_link(hearing, item, parties=everybody, until=media.PTPH + timedelta(days=9))
    return item


def put_right(hearing, **fields):
    firm = {
        "firm": "HALE  llp",
        "email": "right@hale.example",
        "starts_on": TODAY,
        "old_was_wrong": False,
        **fields,
    }
    return firms.set_representation(
        hearing, Defendant.objects.get(), firms.Firm(**firm), by=None, at=NOON
    )


def test_the_firm_stays_with_what_it_was_given(hearing, shared):
    before = Representation.objects.get()

    kept = put_right(hearing)

    assert (kept, kept.email, kept.starts_on) == (before, "right@hale.example", before.starts_on)
    assert why_closed(ShareLink.objects.get(party="DEFENCE"), TODAY) == ""
    assert ladder_of(hearing, TODAY).standing is Standing.READY
    assert [str(each) for each in kept.former_addresses.all()] == [
        "Rosa Hale, rosa.hale@firm.example"
    ]
    event = Event.objects.get(name="representation.address_changed")
    assert event.detail["fields"] == ["email"]


def test_what_has_not_gone_goes_to_the_new_address(hearing):
    shared_by_link(hearing, with_a_file(hearing), is_told=False)

    put_right(hearing)

    assert [each.email for each in ShareLink.objects.filter(replaced_at=None)] == [
        "right@hale.example"
    ]


def test_an_address_that_is_left_empty_stays(hearing):
    kept = put_right(hearing, email="", contact="Kay Hale")

    assert (kept.contact, kept.email) == ("Kay Hale", "rosa.hale@firm.example")


def test_a_firm_with_the_address_it_has_is_refused(hearing):
    with pytest.raises(hearings.HearingRefused, match="so nothing changes"):
        put_right(hearing, email="rosa.hale@firm.example")


def test_an_address_of_another_party_with_something_on_its_way_is_refused(hearing):
    item = with_a_file(hearing)
    shared_by_link(hearing, item, parties=COURT)
    shared_by_link(hearing, item, is_told=False)

    with pytest.raises(hearings.HearingRefused, match="stands for two parties"):
        put_right(hearing, email="court@court.example")

    assert Representation.objects.get().email == "rosa.hale@firm.example"


def test_another_firm_is_another_firm(hearing, shared):
    put_right(hearing, firm="New LLP")

    assert Representation.objects.count() == 2
    assert ladder_of(hearing, TODAY).standing is Standing.NOT_READY


def test_an_address_that_another_put_right_meanwhile_is_not_written_over(hearing):
    opened = firms.representation_stamp(Representation.objects.get())
    put_right(hearing)

    firm = firms.Firm(firm="Hale LLP", email="wrong@hale.example", starts_on=TODAY)
    with pytest.raises(ChangedMeanwhile):
        firms.set_representation(
            hearing, Defendant.objects.get(), firm, by=None, at=NOON, opened=opened
        )


def test_the_pages_say_what_becomes_of_it(hearing, shared):
    browser = as_(media.a_lawyer())
    defendant = Defendant.objects.get()
    page = browser.open(f"/recordings/cases/{hearing.case_id}/defendants/{defendant.pk}/")
    page.see("To put only its name or address right, enter the same firm with it")
    day = {"starts_on_day": TODAY.day, "starts_on_month": TODAY.month, "starts_on_year": TODAY.year}

    page = page.press("Record it", who="FIRM", firm="Hale LLP", email="right@hale.example", **day)
    page = page.press(
        "Record it", who="FIRM", firm="Hale LLP", email="right@hale.example",
        old_was_wrong="RIGHT", **day,
    )  # fmt: skip

    page.see("The firm stays, with what it was given", "Rosa Hale, rosa.hale@firm.example; put")
