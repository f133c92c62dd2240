"""The defence gets no disc as somebody else, nor under one name of theirs what is sensitive."""

import pytest

from forthright.cases.models import Defendant
from forthright.hard_media.models import Carrier, HandOver
from forthright.hard_media.selectors.discs import misplaced
from forthright.hard_media.services import carriers, firms, going_to
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import CarrierEvent
from tests import given
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import a_copy, shared, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
ADDRESS = "rosa.hale@firm.example"
WHY = "They make the plan of the yard for us."


def a_disc_with(*recordings):
    disc = media.a_disc()
    carriers.put_on_carrier(disc, recordings, by=None, at=NOON)
    return disc


def goes(disc, kind, name, why=""):
    to = carriers.Hands(kind, name, named_because=why)
    return carriers.hand_over(disc, to, by=None, at=NOON)


def not_assessed(hearing):
    return media.a_received_item(hearing)


def not_relevant(hearing):
    return media.a_classified_item(hearing, kind="NOT_RELEVANT")


def hidden(hearing):
    item = with_a_file(hearing)
    shared(hearing, copies=[a_copy(item)])
    return item


KEPT = [(not_assessed, "not classified"), (not_relevant, "not relevant"), (hidden, "hides some")]


@pytest.mark.parametrize(("kept", "words"), KEPT)
@pytest.mark.parametrize("name", ["Rosa Hale", "Mrs Rosa Hale, solicitor", ADDRESS, "Hale LLP"])
def test_the_defence_is_no_somebody_else(hearing, kept, words, name):
    disc = a_disc_with(kept(hearing))

    with pytest.raises(carriers.CarrierRefused, match="Choose “The defence”"):
        goes(disc, Receiver.OTHER, name, WHY)


@pytest.mark.parametrize(("kept", "words"), KEPT)
@pytest.mark.parametrize("name", ["Mr Marsden", "Ms Hale", "A draughtsman"])
def test_what_no_party_may_have_goes_to_somebody_else_with_a_reason_alone(
    hearing, kept, words, name
):
    disc = a_disc_with(kept(hearing))

    with pytest.raises(going_to.PlaceToExplain, match=words):
        goes(disc, Receiver.OTHER, name)
    to = carriers.Hands(Receiver.OTHER, name)
    with pytest.raises(going_to.PlaceToExplain, match="why it is not with a party"):
        carriers.end_carrier(
            disc, CarrierEvent.RETURN, to=to, on=NOON.date(), by=None, at=NOON
        )  # fmt: skip
    goes(disc, Receiver.OTHER, name, WHY)

    assert HandOver.objects.last().named_because == WHY
    assert not misplaced(Carrier.objects.all(), disc.area).exists()


def test_what_any_party_may_have_goes_to_somebody_else_unasked(hearing):
    disc = a_disc_with(media.a_classified_item(hearing))

    assert goes(disc, Receiver.OTHER, "Ms Hale, a facial mapper").named_because == ""


@pytest.mark.parametrize("kind", [Receiver.POLICE, Receiver.UNIT])
@pytest.mark.parametrize("name", ["Rosa Hale", "R Hale, 5 High Street", "Ms Hale"])
def test_what_is_sensitive_goes_to_no_name_of_the_defence_unasked(hearing, kind, name):
    disc = a_disc_with(media.a_classified_item(hearing, kind="SENSITIVE"))

    with pytest.raises(going_to.PlaceToExplain, match="reads like the defence"):
        goes(disc, kind, name)
    with pytest.raises(going_to.PlaceToExplain, match="reads like the defence"):
        goes(disc, kind, f"{Defendant.objects.get().family_name}'s house")
    with pytest.raises(carriers.CarrierRefused, match="Choose “The defence”"):
        goes(disc, kind, ADDRESS)


def test_a_contact_and_an_address_of_before_are_the_defence_all_the_same(hearing):
    disc = a_disc_with(not_relevant(hearing))
    new = firms.Firm(
        firm="Hale LLP", contact="Kay Ford", email="k.ford@firm.example", starts_on=NOON.date()
    )
    firms.set_representation(hearing, Defendant.objects.get(), new, by=None, at=NOON)

    for name in ("Rosa Hale", ADDRESS, "Kay Ford", "k.ford@firm.example"):
        with pytest.raises(carriers.CarrierRefused, match="Choose “The defence”"):
            goes(disc, Receiver.OTHER, name, WHY)


@pytest.mark.parametrize("kind", [Receiver.OTHER, Receiver.UNIT])
def test_what_went_to_such_a_name_unasked_is_told(hearing, kind):
    kept = "NOT_RELEVANT" if kind is Receiver.OTHER else "SENSITIVE"
    disc = a_disc_with(media.a_classified_item(hearing, kind=kept))
    goes(disc, Receiver.POLICE, "PC 2841, Malvern")
    HandOver.objects.filter(carrier=disc).update(to_kind=kind)
    Carrier.objects.update(location="Ms Hale")

    assert list(misplaced(Carrier.objects.all(), disc.area)) == [disc]
    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/")
    page.see("It may be where it must not.", "reads like the defence")


def test_a_contact_gets_by_address_what_the_defence_may_have(hearing):
    disc = a_disc_with(media.a_classified_item(hearing))

    assert goes(disc, Receiver.DEFENCE, ADDRESS).to_place == ADDRESS


def test_the_page_asks_for_the_reason_where_the_name_needs_it(hearing):
    disc = a_disc_with(not_relevant(hearing))
    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/hand-over/")
    page.not_see("Why is it not with a party")

    refused = page.press("Record the hand-over", to_kind="OTHER", to_place="Mr Marsden")
    assert "Say who “Mr Marsden” is" in refused.errors[0]
    done = refused.press(
        "Record the hand-over", to_kind="OTHER", to_place="Mr Marsden", named_because=WHY
    )

    done.see(f"Why it is not with a party: {WHY}")
