"""A disc with a sensitive recording goes to the police or the unit, and no paper names it."""

import pytest

from forthright.audit.models import Event
from forthright.hard_media.models import Carrier, HandOver
from forthright.hard_media.selectors.discs import misplaced
from forthright.hard_media.services import carriers, going_to, items
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import CarrierEvent
from tests import given
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
NOT_FOR_SECRETS = [each for each in Receiver if each not in (Receiver.POLICE, Receiver.UNIT)]


def a_disc_with(*recordings):
    disc = media.a_disc()
    carriers.put_on_carrier(disc, recordings, by=None, at=NOON)
    return disc


def the_same_bytes(hearing):
    """Return a recording that is relied on, of the same file as one that is sensitive."""
    with_a_file(hearing, kind="SENSITIVE")
    return with_a_file(hearing)


def somebody(kind, name=""):
    is_party = kind not in (Receiver.POLICE, Receiver.UNIT)
    return media.to(name or ("Hale LLP" if is_party else "Malvern"), kind)


def hand_over(disc, kind, name=""):
    return carriers.hand_over(disc, somebody(kind, name), by=None, at=NOON)


def end(disc, event, kind, name=""):
    to = somebody(kind, name)
    return carriers.end_carrier(disc, event, to=to, on=NOON.date(), by=None, at=NOON)


@pytest.mark.parametrize("kind", NOT_FOR_SECRETS)
def test_a_disc_with_a_sensitive_recording_goes_to_no_party_by_any_act(hearing, kind):
    secret = media.a_classified_item(hearing, kind="SENSITIVE")
    disc = a_disc_with(media.a_classified_item(hearing), secret)

    with pytest.raises(carriers.CarrierRefused, match="sensitive recording is on this disc"):
        hand_over(disc, kind)
    for event in (CarrierEvent.RETURN, CarrierEvent.DESTROY):
        with pytest.raises(carriers.CarrierRefused, match="sensitive recording is on this disc"):
            end(disc, event, kind)

    disc.refresh_from_db()
    assert (disc.location, disc.state, disc.certificate) == ("Shelf 14", "HELD", "")
    assert HandOver.objects.count() == 1


@pytest.mark.parametrize("kind", [Receiver.POLICE, Receiver.UNIT])
def test_it_goes_to_the_police_or_another_place_of_the_unit(hearing, kind):
    disc = a_disc_with(media.a_classified_item(hearing, kind="SENSITIVE"))

    hand_over(disc, kind)
    end(disc, CarrierEvent.RETURN, kind)

    kinds = list(HandOver.objects.values_list("to_kind", flat=True))
    assert kinds == [Receiver.UNIT, kind, kind]
    assert Carrier.objects.get().state == "RETURNED"


def test_the_same_file_under_another_exhibit_is_as_secret(hearing):
    disc = a_disc_with(the_same_bytes(hearing))

    with pytest.raises(carriers.CarrierRefused, match="sensitive recording is on this disc"):
        hand_over(disc, Receiver.DEFENCE)


@pytest.mark.parametrize("kind", [Receiver.COURT, Receiver.DEFENCE, Receiver.COUNSEL])
def test_what_nobody_classified_goes_to_no_party(hearing, kind):
    disc = a_disc_with(media.a_viewed_item(hearing))

    with pytest.raises(carriers.CarrierRefused, match="nobody has classified"):
        hand_over(disc, kind)
    hand_over(disc, Receiver.POLICE)


def test_the_page_refuses_in_words_and_asks_who_gets_it(hearing):
    disc = a_disc_with(media.a_classified_item(hearing, kind="SENSITIVE"))
    browser = as_(media.a_lawyer())
    page = browser.open(f"/recordings/discs/{disc.pk}/hand-over/")

    assert page.press("Record the hand-over", to_place="Hale LLP").errors == ["Choose who gets it"]
    refused = page.press("Record the hand-over", to_kind="DEFENCE", to_place="Hale LLP")

    assert refused.errors[0].startswith("A sensitive recording is on this disc or stick.")
    page = browser.open(f"/recordings/discs/{disc.pk}/end/")
    refused = page.press("Record it", event="RETURN", to_kind="DEFENCE", to="Hale LLP")
    assert refused.errors[0].startswith("A sensitive recording is on this disc or stick.")


def test_a_certificate_counts_what_is_sensitive_and_names_none_of_it(hearing):
    good = media.a_classified_item(hearing)
    secret = media.a_classified_item(hearing, kind="SENSITIVE", exhibit="SECRET/1")
    disc = a_disc_with(good, secret)
    end(disc, CarrierEvent.RETURN, Receiver.POLICE)

    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/certificate/")

    page.see(str(good), "1 recording not named here.").not_see("SECRET/1")


def test_a_disc_that_is_out_when_its_recording_is_found_sensitive_says_so(hearing):
    item = media.a_classified_item(hearing)
    disc = a_disc_with(item)
    hand_over(disc, Receiver.DEFENCE)
    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/")
    page.not_see("It must not be where it is")

    items.classify_item(item, "SENSITIVE", reason="An address is heard.", by=None, at=NOON)

    page.browser.open(page.address).see("It must not be where it is.", "Get it back.")


@pytest.mark.parametrize("kind", [Receiver.OTHER, Receiver.POLICE, Receiver.UNIT])
def test_a_firm_of_a_case_gets_a_disc_under_no_other_name(hearing, kind):
    disc = a_disc_with(media.a_requested_item(hearing), media.a_classified_item(media.a_hearing()))

    with pytest.raises(carriers.CarrierRefused, match="names the defence of a case with a rec"):
        hand_over(disc, kind, "Hale LLP")
    for event in (CarrierEvent.RETURN, CarrierEvent.DESTROY):
        with pytest.raises(carriers.CarrierRefused, match="Choose “The defence”"):
            end(disc, event, kind, "Hale LLP")

    assert HandOver.objects.count() == 1


def test_somebody_who_is_no_party_gets_it(hearing):
    disc = a_disc_with(media.a_classified_item(hearing))
    to = media.to("Ms Hale, a facial mapper", Receiver.OTHER)

    carriers.hand_over(disc, to, by=None, at=NOON)

    disc.refresh_from_db()
    assert disc.location == "Ms Hale, a facial mapper"


@pytest.mark.parametrize("kind", NOT_FOR_SECRETS)
def test_a_disc_that_nobody_knows_goes_out_only_with_a_reason(kind):
    disc = media.a_disc()
    with_reason = carriers.Hands(kind, "Hale LLP", "Blank: it is for the defence's own copy.")

    with pytest.raises(going_to.ContentsUnknown, match="Record what is on it first, or say why"):
        hand_over(disc, kind)
    with pytest.raises(going_to.ContentsUnknown):
        end(disc, CarrierEvent.DESTROY, kind)
    assert HandOver.objects.count() == 1
    carriers.hand_over(disc, with_reason, by=None, at=NOON)

    assert HandOver.objects.last().unknown_because == with_reason.unknown_because


@pytest.mark.parametrize("kind", [Receiver.POLICE, Receiver.UNIT])
def test_a_disc_that_nobody_knows_goes_back_to_the_police_without_one(kind):
    hand_over(media.a_disc(), kind)

    assert HandOver.objects.last().unknown_because == ""


def test_a_disc_whose_contents_are_known_needs_no_reason_and_keeps_none(hearing):
    disc = a_disc_with(media.a_classified_item(hearing))
    to = carriers.Hands(Receiver.DEFENCE, "Hale LLP", "It is blank.")

    carriers.hand_over(disc, to, by=None, at=NOON)

    assert HandOver.objects.last().unknown_because == ""


def test_the_page_asks_why_a_disc_that_nobody_knows_may_go_out(hearing):
    unknown, known = media.a_disc(), a_disc_with(media.a_classified_item(hearing))
    browser = as_(media.a_lawyer())
    question = "Nobody has recorded what is on it. Why may it go there all the same?"
    browser.open(f"/recordings/discs/{known.pk}/hand-over/").not_see(question)
    page = browser.open(f"/recordings/discs/{unknown.pk}/hand-over/").see(question)

    refused = page.press("Record the hand-over", to_kind="DEFENCE", to_place="Hale LLP")
    done = refused.press(
        "Record the hand-over", to_kind="DEFENCE", to_place="Hale LLP",
        unknown_because="It is blank, for their copy.",
    )  # fmt: skip

    assert refused.errors[0].startswith("Nobody has recorded what is on this disc or stick, so")
    done.see("Why it went all the same: It is blank, for their copy.")
    page = browser.open(f"/recordings/discs/{unknown.pk}/end/")
    refused = page.press("Record it", event="DESTROY", to_kind="OTHER", to="A contractor")
    assert refused.errors[0].startswith("Nobody has recorded what is on this disc or stick, so")


@pytest.mark.parametrize("state", ["MISSING", "RETURNED", "DESTROYED"])
def test_nothing_comes_with_a_disc_that_is_not_here(hearing, state):
    disc, item = media.a_disc(), media.an_expected_item(hearing)
    if state == "MISSING":
        Carrier.objects.update(state=state)
    else:
        event = CarrierEvent.RETURN if state == "RETURNED" else CarrierEvent.DESTROY
        end(disc, event, Receiver.POLICE)

    with pytest.raises(carriers.CarrierRefused, match="so nothing comes with it now"):
        carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    page = as_(media.a_lawyer()).open(
        f"/recordings/discs/{disc.pk}/contents/?urn={hearing.case.urn}"
    )
    refused = page.press("Record it", items=[str(item.pk)])

    assert refused.errors[0].startswith("This disc or stick is ")
    item.refresh_from_db()
    assert (item.state, disc.items.count()) == ("EXPECTED", 0)


NAMES_OF_PARTIES = ("Hale Solicitors", "Hale", "Messrs Hale, Worcester", "Worcester Crown Court")


@pytest.mark.parametrize("kind", [Receiver.POLICE, Receiver.UNIT])
@pytest.mark.parametrize("name", NAMES_OF_PARTIES)
def test_a_place_that_reads_like_a_party_gets_nothing_sensitive_unexplained(kind, name):
    hearing = media.a_hearing(firms=("Hale & Partners LLP",))
    disc = a_disc_with(media.a_classified_item(hearing, kind="SENSITIVE"))
    explained = carriers.Hands(kind, name, named_because="An officer waits there.")

    with pytest.raises(going_to.PlaceToExplain, match="reads like"):
        hand_over(disc, kind, name)
    for event in (CarrierEvent.RETURN, CarrierEvent.DESTROY):
        with pytest.raises(going_to.PlaceToExplain, match="say why it is not with a party"):
            end(disc, event, kind, name)
    assert HandOver.objects.count() == 1
    carriers.hand_over(disc, explained, by=None, at=NOON)

    assert HandOver.objects.last().named_because == "An officer waits there."
    assert Event.objects.last().detail["reads_like_a_party"] is True
    assert not misplaced(Carrier.objects.all(), disc.area).exists()


@pytest.mark.parametrize("kind", [Receiver.POLICE, Receiver.UNIT])
@pytest.mark.parametrize("name", ["Hale & Partners", "Hale and Partners Solicitors"])
def test_the_whole_name_of_a_firm_is_refused_however_its_form_is_written(kind, name):
    hearing = media.a_hearing(firms=("Hale & Partners LLP",))
    disc = a_disc_with(media.a_classified_item(hearing, kind="SENSITIVE"))
    explained = carriers.Hands(kind, name, named_because="An officer waits there.")

    with pytest.raises(carriers.CarrierRefused, match="Choose “The defence”"):
        carriers.hand_over(disc, explained, by=None, at=NOON)


@pytest.mark.parametrize("kind", [Receiver.POLICE, Receiver.UNIT, Receiver.OTHER])
def test_what_lies_at_such_a_place_and_is_found_sensitive_is_told(hearing, kind):
    item = media.a_classified_item(hearing)
    disc = a_disc_with(item)
    place = "3 Court Street" if kind is Receiver.OTHER else "The Crown Court cupboard"
    hand_over(disc, kind, place)
    items.classify_item(item, "SENSITIVE", reason="An address is heard.", by=None, at=NOON)
    browser = as_(media.a_lawyer())

    browser.open("/").see("1 disc or stick is with somebody who must not have it, or may be")
    browser.open("/recordings/discs/?misplaced=yes").see(disc.barcode)
    browser.open(f"/recordings/cases/{hearing.case_id}/").see(
        f"Disc or stick {disc} must not be where it is."
    )
    page = browser.open(f"/recordings/discs/{disc.pk}/").see("It may be where it must not.")
    page = page.follow("Hand it over")
    refused = page.press("Record the hand-over", to_kind="UNIT", to_place=place)
    assert "reads like the court" in refused.errors[0]
    done = refused.press(
        "Record the hand-over", to_kind="UNIT", to_place=place,
        named_because="It is our room in that building.",
    )  # fmt: skip

    done.see("Why it is not with a party: It is our room in that building.")
    done.not_see("It may be where it must not.")
    assert not misplaced(Carrier.objects.all(), disc.area).exists()


def test_a_colleague_or_officer_gets_it_unasked(hearing):
    disc = a_disc_with(media.a_classified_item(hearing, kind="SENSITIVE"))

    hand_over(disc, Receiver.POLICE, "PC Hale, Malvern")
    hand_over(disc, Receiver.UNIT, "Safe of the RASSO lawyers")

    assert not misplaced(Carrier.objects.all(), disc.area).exists()
