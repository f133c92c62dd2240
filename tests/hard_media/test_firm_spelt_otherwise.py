"""A firm that reads like the one that is there is asked about, and not taken for another."""

import pytest

from forthright.audit.models import Event
from forthright.cases.models import Defendant
from forthright.hard_media.models import MediaItem, Representation, ShareLink
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.selectors.links import why_closed
from forthright.hard_media.services import carriers, firms
from forthright.rules.media_hands import Receiver
from forthright.rules.media_rungs import Standing
from tests import given
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import COURT, shared_by_link, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
TODAY = NOON.date()
# What reads like Hale LLP, rosa.hale@firm.example.
ALIKE = [
    ("Hale L.L.P.", "right@hale.example"),
    ("Hale & Co", ""),
    ("Hale Solicitors Ltd", "x@y.example"),
    ("Hale and Rowe", "kay@firm.example"),
]


@pytest.fixture
def shared(hearing):
    shared_by_link(hearing, with_a_file(hearing), parties=[*COURT, *media.parties_of(hearing)[1:]])
    return hearing


def kept(hearing, name, email="", **fields):
    firm = firms.Firm(firm=name, email=email, starts_on=TODAY, old_was_wrong=False, **fields)
    return firms.set_representation(hearing, Defendant.objects.get(), firm, by=None, at=NOON)


def standing(hearing):
    return ladder_of(hearing, TODAY).standing


def link_is_closed():
    return bool(why_closed(ShareLink.objects.get(party="DEFENCE"), TODAY))


@pytest.mark.parametrize(("name", "email"), ALIKE)
def test_nothing_changes_before_somebody_says_whether_it_is_the_same(shared, name, email):
    with pytest.raises(firms.FirmToTell, match="reads like Hale LLP, which has the case since"):
        kept(shared, name, email)

    assert (Representation.objects.count(), standing(shared)) == (1, Standing.READY)
    assert not link_is_closed()


@pytest.mark.parametrize(("name", "email"), ALIKE)
def test_the_same_firm_keeps_what_it_was_given_and_is_called_so_from_now(shared, name, email):
    before = Representation.objects.get()

    found = kept(shared, name, email, is_same=True)

    assert (found, found.firm, found.email) == (before, name, email or before.email)
    assert (standing(shared), link_is_closed()) == (Standing.READY, False)
    assert str(found.former_addresses.get()) == "Hale LLP, Rosa Hale, rosa.hale@firm.example"
    event = Event.objects.get(name="representation.address_changed")
    assert event.detail["fields"][0] == "firm"


@pytest.mark.parametrize(("name", "email"), ALIKE)
def test_another_firm_that_reads_like_it_has_nothing(shared, name, email):
    kept(shared, name, email, is_same=False)

    assert (Representation.objects.count(), standing(shared)) == (2, Standing.NOT_READY)
    assert link_is_closed()


def test_a_disc_goes_to_it_under_its_former_name_as_to_the_defence_alone(shared):
    disc = media.a_disc()
    carriers.put_on_carrier(disc, [MediaItem.objects.get()], by=None, at=NOON)
    kept(shared, "Kay and Rowe", "kay@firm.example", is_same=True)

    with pytest.raises(carriers.CarrierRefused, match="Choose “The defence”"):
        carriers.hand_over(disc, media.to("Hale LLP", Receiver.OTHER), by=None, at=NOON)


def test_no_other_firm_becomes_the_same_by_saying_so(shared):
    kept(shared, "Penn Law", "a@penn.example", is_same=True)

    assert (Representation.objects.count(), standing(shared)) == (2, Standing.NOT_READY)


def test_whoever_had_nobody_is_asked_nothing(hearing):
    kept(hearing, "")

    assert kept(hearing, "Hale LLP").firm == "Hale LLP"


def test_the_page_asks_and_does_what_is_answered(shared):
    defendant = Defendant.objects.get()
    browser = as_(media.a_lawyer())
    page = browser.open(f"/recordings/cases/{shared.case_id}/defendants/{defendant.pk}/")
    page.not_see("Is it the same firm?")
    said = {
        "who": "FIRM", "firm": "Hale L.L.P.", "email": "right@firm.example",
        "starts_on_day": TODAY.day, "starts_on_month": TODAY.month, "starts_on_year": TODAY.year,
    }  # fmt: skip

    asked = page.press("Record it", **said)
    asked.see("Is it the same firm?", "reads like Hale LLP")
    again = asked.press("Record it", **said)
    again.see("Is it the same firm?")
    other = again.press("Record it", **said, is_same="YES")
    other.see("Is it the same firm?", "Was the old address theirs?")
    done = other.press("Record it", **said, is_same="YES", old_was_wrong="RIGHT")

    done.see("its name and address are put right", "Hale LLP, Rosa Hale, rosa.hale@firm.example")
    assert standing(shared) is Standing.READY
