"""The defence of a case, and a firm of another, get no disc as the court or prosecuting counsel."""

import pytest

from forthright.cases.models import Defendant
from forthright.hard_media.models import HandOver, Representation
from forthright.hard_media.services import carriers, going_to
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import CarrierEvent
from tests import given
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import a_copy, shared, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
BOTH = pytest.mark.parametrize("kind", [Receiver.COURT, Receiver.COUNSEL])
WHY = "She is of Three Stones Chambers, and no relation."


def a_disc_with(*recordings):
    disc = media.a_disc()
    carriers.put_on_carrier(disc, recordings, by=None, at=NOON)
    return disc


def goes(disc, kind, name, why=""):
    to = carriers.Hands(kind, name, named_because=why)
    return carriers.hand_over(disc, to, by=None, at=NOON)


@BOTH
@pytest.mark.parametrize("name", ["Hale LLP", "Rosa Hale", "rosa.hale@firm.example", ""])
def test_the_defence_of_the_case_is_neither(hearing, kind, name):
    item = with_a_file(hearing)
    shared(hearing, copies=[a_copy(item)])
    disc = a_disc_with(item)
    called = name or str(Defendant.objects.get(case=hearing.case))

    with pytest.raises(carriers.CarrierRefused, match="Choose “The defence”"):
        goes(disc, kind, called, WHY)
    to = carriers.Hands(kind, called, named_because=WHY)
    with pytest.raises(carriers.CarrierRefused, match="Choose “The defence”"):
        carriers.end_carrier(disc, CarrierEvent.RETURN, to=to, on=NOON.date(), by=None, at=NOON)

    assert HandOver.objects.filter(carrier=disc).count() == 1


@BOTH
@pytest.mark.parametrize("name", ["Rowe & Co", "Rowe and Co, Worcester", "law@rowe.example"])
def test_a_firm_of_another_case_is_neither(hearing, kind, name):
    other = media.a_hearing(firms=("Rowe & Co",))
    firms = Representation.objects.filter(defendant__case=other.case_id)
    firms.update(email="law@rowe.example")
    disc = a_disc_with(media.a_classified_item(hearing))

    with pytest.raises(carriers.CarrierRefused, match=r"of another case .*Choose “The defence”"):
        goes(disc, kind, name)
    with pytest.raises(carriers.CarrierRefused, match="acts for the defence in"):
        goes(disc, Receiver.DEFENCE, name)


@BOTH
def test_a_family_name_of_the_defence_is_asked_about(hearing, kind):
    family = Defendant.objects.get(case=hearing.case).family_name
    disc = a_disc_with(media.a_classified_item(hearing))

    with pytest.raises(going_to.PlaceToExplain, match=r"choose “The defence”\. If it does not"):
        goes(disc, kind, f"Ms {family}")
    goes(disc, kind, f"Ms {family}", WHY)

    assert HandOver.objects.last().named_because == WHY


@pytest.mark.parametrize(
    ("kind", "name"),
    [(Receiver.COURT, "Court 3"), (Receiver.COUNSEL, "Mr Pike, Three Stones Chambers")],
)
def test_court_and_counsel_get_it(hearing, kind, name):
    media.a_hearing(firms=("Rowe & Co",))

    handed = goes(a_disc_with(media.a_classified_item(hearing)), kind, name)

    assert (handed.to_place, handed.named_because) == (name, "")


def test_the_page_asks_why_counsel_is_called_as_the_defence_is(hearing):
    family = Defendant.objects.get(case=hearing.case).family_name
    disc = a_disc_with(media.a_classified_item(hearing))
    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/hand-over/")

    asked = page.press("Record the hand-over", to_kind="COUNSEL", to_place=f"Ms {family}")
    asked.see("reads like somebody of the defence", "say who they are")
    done = asked.press("Record the hand-over", named_because=WHY)

    done.see("The hand-over is recorded.", f"Why it is not with the defence: {WHY}")
