"""That a disc was returned or destroyed is taken back, with why, where it was a mistake."""

from datetime import timedelta

import pytest

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.hard_media.selectors.discs import why_not_there
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.services import carriers
from forthright.hard_media.services.discs_put_right import Right, put_disc_right
from forthright.hard_media.services.not_ended import undo_ending
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import CarrierEvent
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON, TODAY = given.NOON, given.NOON.date()
WHY = "The disc beside it was meant."
BOTH = pytest.mark.parametrize("event", [CarrierEvent.RETURN, CarrierEvent.DESTROY])


def a_full_disc(hearing):
    disc = media.a_disc()
    carriers.put_on_carrier(disc, [media.an_expected_item(hearing)], by=None, at=NOON)
    return disc


def ended(disc, event=CarrierEvent.DESTROY, *, at=NOON, on=None):
    to = carriers.Hands(Receiver.POLICE, "PC 2841", last_copy_because="They keep the original.")
    return carriers.end_carrier(disc, event, to=to, on=on or at.date(), by=None, at=at)


@BOTH
def test_it_is_held_again_and_its_certificate_is_void(hearing, event):
    disc = ended(a_full_disc(hearing), event)
    number = disc.certificate
    said = "returned" if event == CarrierEvent.RETURN else "destroyed"
    browser = as_(given.a_person(Role.LINE_MANAGER))
    page = browser.open(f"/recordings/discs/{disc.pk}/").follow("It was not returned or destroyed")
    page.see(f"Certificate {number} becomes void")
    assert page.press("It was not", reason="").errors

    page = page.press("It was not", reason=WHY)

    words = f"It was not {said} on Monday 5 October 2026: certificate {number} is void."
    page.see("It is held again").see(f"{words} {WHY}").not_see("It was not returned or destroyed")
    page.follow("See which certificate is void").see(f"Certificate {number} is void.").see(WHY)
    disc.refresh_from_db()
    assert (disc.state, disc.location, disc.ended_on, disc.ended_to, disc.certificate) == (
        "HELD", "Shelf 14", None, "", ""
    )  # fmt: skip
    (change,) = disc.changes.all()
    assert (change.old_ended_on, change.old_ended_to) == (TODAY, "PC 2841")
    assert ladder_of(hearing, TODAY).items[0].steps[0].reached
    of_it = Event.objects.filter(subject_kind="hard_media.Carrier", subject_id=str(disc.pk))
    names = of_it.exclude(name="media.seen")
    assert list(names.order_by("sequence").values_list("name", flat=True))[-2:] == [
        f"disc.{said}", "disc.not_ended"
    ]  # fmt: skip


def test_what_was_handed_over_stays_to_be_seen(hearing):
    disc = ended(a_full_disc(hearing))
    undo_ending(disc, reason=WHY, by=None, at=NOON)
    places = list(disc.hand_overs.values_list("from_place", "to_place", "to_kind"))
    assert places[1:] == [("Shelf 14", "PC 2841", "POLICE"), ("PC 2841", "Shelf 14", "UNIT")]


def test_a_disc_that_was_with_a_party_is_with_them_again(hearing):
    disc = media.a_disc()
    item = media.a_classified_item(hearing)
    carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    carriers.hand_over(disc, media.to("Court 3", Receiver.COURT), by=None, at=NOON)
    undo_ending(ended(disc), reason=WHY, by=None, at=NOON)
    disc.refresh_from_db()
    assert (disc.location, disc.hand_overs.last().to_kind) == ("Court 3", "COURT")
    assert not why_not_there(disc)


def test_it_may_end_in_truth_later_by_another_certificate_and_on_the_right_day(hearing):
    disc = ended(a_full_disc(hearing), at=NOON + timedelta(days=3))
    first = disc.certificate
    undo_ending(disc, reason="The day was wrong.", by=None, at=NOON + timedelta(days=4))

    again = ended(disc, CarrierEvent.RETURN, at=NOON + timedelta(days=4), on=TODAY)

    assert (again.ended_on, again.certificate) == (TODAY, f"{first}-2")
    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/certificate/")
    page.see(f"Certificate {first}-2: returned").see(f"Certificate {first} is void.")


def test_other_mistakes_of_it_are_put_right_then(hearing):
    disc = ended(a_full_disc(hearing))
    right = Right(barcode="POL-7", received_on=disc.received_on, reason=WHY)
    with pytest.raises(carriers.CarrierRefused):
        put_disc_right(disc, right, by=None, at=NOON)
    undo_ending(disc, reason=WHY, by=None, at=NOON)
    put_disc_right(disc, right, by=None, at=NOON)
    disc.refresh_from_db()
    assert disc.barcode == "POL-7"


def test_what_never_ended_is_not_taken_back(hearing):
    disc = a_full_disc(hearing)
    with pytest.raises(carriers.CarrierRefused):
        undo_ending(disc, reason=WHY, by=None, at=NOON)
    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/not-ended/")
    page.see("It is not recorded as returned or destroyed.")


def test_it_is_taken_back_once_with_why_and_by_its_own_unit(hearing):
    disc = ended(a_full_disc(hearing))
    stamp = carriers.hands_stamp(disc)
    other = given.a_person(Role.LINE_MANAGER, unit=given.a_unit("MAGISTRATES"))
    with pytest.raises(NotAllowed):
        undo_ending(disc, reason=WHY, by=other, at=NOON)
    with pytest.raises(carriers.CarrierRefused, match="Say why it was wrong"):
        undo_ending(disc, reason=".", by=None, at=NOON)
    undo_ending(disc, reason=WHY, by=None, at=NOON, opened=stamp)
    with pytest.raises(ChangedMeanwhile):
        undo_ending(disc, reason=WHY, by=None, at=NOON, opened=stamp)
