"""A disc goes to the defence only where whoever is named acts in the case of all that is on it."""

from datetime import timedelta

import pytest

from forthright.cases.models import Defendant
from forthright.hard_media.models import HandOver, Representation
from forthright.hard_media.services import carriers, ended, firm_mistakes, firms, items
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import CarrierEvent
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
TODAY = NOON.date()


@pytest.fixture
def hearing():
    return media.a_hearing(urn="20AB7000126")


def a_disc_with(*recordings, **fields):
    disc = media.a_disc(**fields)
    carriers.put_on_carrier(disc, recordings, by=None, at=NOON)
    return disc


def handed(disc, name):
    return carriers.hand_over(disc, carriers.Hands(Receiver.DEFENCE, name), by=None, at=NOON)


def another_takes_over(hearing, name="New & Co", days=0):
    new = firms.Firm(firm=name, starts_on=TODAY + timedelta(days=days))
    return firms.set_representation(hearing, Defendant.objects.get(), new, by=None, at=NOON)


@pytest.mark.parametrize(
    "name", ["Hale LLP", "hale l.l.p., Worcester", "Messrs Hale & Co", "Rosa Hale, at the counter"]
)
def test_a_firm_of_the_case_gets_it_however_it_is_written(hearing, name):
    handed(a_disc_with(media.a_classified_item(hearing)), name)

    assert HandOver.objects.count() == 2


def test_a_defendant_gets_it(hearing):
    handed(a_disc_with(media.a_classified_item(hearing)), str(Defendant.objects.get()))


@pytest.mark.parametrize("name", ["Penn Law", "Hales LLP", "A clerk"])
def test_a_firm_that_acts_for_nobody_there_is_refused_with_who_does(hearing, name):
    disc = a_disc_with(media.a_classified_item(hearing))
    media.a_hearing(firms=("Penn Law",))

    with pytest.raises(
        carriers.CarrierRefused, match=r"acts for the defence in .*There it is Hale"
    ):
        handed(disc, name)
    to = carriers.Hands(Receiver.DEFENCE, name)
    with pytest.raises(carriers.CarrierRefused, match="acts for the defence"):
        carriers.end_carrier(disc, CarrierEvent.RETURN, to=to, on=TODAY, by=None, at=NOON)

    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/hand-over/")
    page.press("Record the hand-over", to_kind="DEFENCE", to_place=name).see(
        "names nobody who acts for the defence in", "record it first"
    )


def test_what_is_of_two_cases_goes_to_nobody_of_one(hearing):
    other = media.a_hearing(firms=("Penn Law",))
    disc = a_disc_with(media.a_classified_item(hearing), media.a_classified_item(other))

    for name in ("Hale LLP", "Penn Law"):
        with pytest.raises(carriers.CarrierRefused, match="acts in each of them"):
            handed(disc, name)
    media.represented(other, media.a_defendant(other), "Hale Solicitors")
    handed(disc, "Hale LLP")


def test_a_firm_that_lost_the_case_is_refused_and_the_new_one_gets_it(hearing):
    disc = a_disc_with(media.a_classified_item(hearing))
    another_takes_over(hearing)

    with pytest.raises(carriers.CarrierRefused, match="There it is New & Co"):
        handed(disc, "Hale LLP")
    handed(disc, "New & Co")


def test_a_firm_to_come_gets_it_beforehand(hearing):
    disc = a_disc_with(media.a_classified_item(hearing))
    another_takes_over(hearing, days=5)

    handed(disc, "New & Co")


def test_one_that_was_recorded_by_mistake_and_one_whose_case_ended_are_refused(hearing):
    disc = a_disc_with(media.a_classified_item(hearing))
    firm_mistakes.say_by_mistake(
        hearing, another_takes_over(hearing), "The wrong one.", by=None, at=NOON
    )
    with pytest.raises(carriers.CarrierRefused, match="There it is Hale LLP"):
        handed(disc, "New & Co")
    over = ended.End(TODAY, "Discontinued.")
    ended.record_end(hearing, Defendant.objects.get(), over, by=None, at=NOON)

    with pytest.raises(carriers.CarrierRefused, match="Nobody is recorded there"):
        handed(disc, "Hale LLP")


def test_what_came_from_a_firm_goes_back_to_it(hearing):
    disc = a_disc_with(media.a_classified_item(hearing), received_from="Penn Law")
    to = carriers.Hands(Receiver.DEFENCE, "Penn Law")

    carriers.end_carrier(disc, CarrierEvent.RETURN, to=to, on=TODAY, by=None, at=NOON)


def test_a_disc_that_is_with_who_lost_the_case_is_said_on_its_page(hearing):
    disc = a_disc_with(media.a_classified_item(hearing))
    handed(disc, "Hale LLP")
    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/")
    page.not_see("names nobody who acts")

    another_takes_over(hearing)

    page.browser.open(page.address).see(
        "It went to the defence", "names nobody who acts for the defence", "Get it back"
    )


def test_it_stands_among_the_discs_that_must_not_be_where_they_are_while_the_case_goes_on(hearing):
    disc = a_disc_with(media.a_classified_item(hearing))
    other = a_disc_with(media.a_classified_item(hearing))
    handed(disc, "Hale LLP")
    browser = as_(media.a_lawyer())
    browser.open("/recordings/discs/?misplaced=yes").not_see(disc.barcode)

    another_takes_over(hearing)
    handed(other, "New & Co")

    page = browser.open("/recordings/discs/?misplaced=yes")
    page.see(disc.barcode, "Must not be there").not_see(other.barcode)
    browser.open("/").see("1 disc or stick")
    browser.open(f"/recordings/cases/{hearing.case_id}/").see("must not be where it is")
    ended.record_end(
        hearing, Defendant.objects.get(), ended.End(TODAY, "Discontinued."), by=None, at=NOON
    )
    browser.open("/recordings/discs/?misplaced=yes").not_see(disc.barcode)


def test_a_copy_that_was_not_relevant_at_the_time_is_said_on_the_page(hearing):
    item = media.a_classified_item(hearing)
    disc = a_disc_with(item)
    items.classify_item(item, "NOT_RELEVANT", reason="A stranger.", by=None, at=NOON)
    browser = as_(media.a_lawyer())
    browser.open(f"/recordings/discs/{disc.pk}/").not_see("was found not relevant")

    later = NOON + timedelta(hours=1)
    media.comes_again(type(item).objects.get(pk=item.pk), at=later)

    page = browser.open(f"/recordings/discs/{disc.pk}/")
    page.see(f"{item.exhibit} on it is a copy of before", "was found not relevant")


def test_the_firm_of_before_keeps_its_former_name(hearing):
    firm = Representation.objects.get()
    firms.set_representation(
        hearing, firm.defendant,
        firms.Firm(firm="Hale and Marsh LLP", email=firm.email, starts_on=TODAY, is_same=True),
        by=None, at=NOON,
    )  # fmt: skip

    handed(a_disc_with(media.a_classified_item(hearing)), "Hale LLP")
