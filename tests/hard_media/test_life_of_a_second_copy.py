"""A second copy that was asked for: until when the police are asked, and when they are again."""

from datetime import timedelta

import pytest

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.hard_media.models import Carrier, ForcePartner
from forthright.hard_media.selectors.police import asked_of
from forthright.hard_media.selectors.second_copies import answers_of
from forthright.hard_media.services import carriers, items, stock
from forthright.hard_media.services.discs_put_right import Right, put_disc_right
from forthright.hard_media.services.second_copies import ask_for_second_copy
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import CarrierEvent
from forthright.rules.states import MoveNotAllowed
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
TODAY = NOON.date()
WHY = "Its disc went back to you, and another firm needs it."
LET_GO = "The police keep the original."


def later(minutes):
    return NOON + timedelta(minutes=minutes)


@pytest.fixture
def officer():
    officer = given.a_person(Role.POLICE_PARTNER)
    ForcePartner.objects.create(area=officer.area, person=officer, force="20", set_at=NOON)
    return officer


@pytest.fixture
def item():
    """A recording that was decided, of which the one disc was returned and another is asked for."""
    item = media.an_expected_item(media.a_hearing(urn="20AB7000126"))
    ticked(media.a_disc(), item, at=NOON)
    items.view_item(item, how="All of it.", by=None, at=NOON)
    items.classify_item(item, "RELIED_ON", by=None, at=NOON)
    returned(first_disc(), at=later(1))
    ask_for_second_copy(item, reason=WHY, by=None, at=later(5))
    return item


def first_disc():
    return Carrier.objects.order_by("pk").first()


def ticked(disc, item, *, at):
    carriers.put_on_carrier(disc, [item], by=None, at=at)
    return disc


def a_disc_that_comes(item, *, at):
    """Return a disc that comes at a moment with a recording on it."""
    return ticked(media.a_disc(at=at, received_on=TODAY), item, at=at)


def returned(disc, *, at):
    to = carriers.Hands(Receiver.POLICE, "PC 2841", last_copy_because=LET_GO)
    carriers.end_carrier(disc, CarrierEvent.RETURN, to=to, on=TODAY, by=None, at=at)


def handed(disc, kind, place, *, at, because=""):
    to = carriers.Hands(kind, place, last_copy_because=because)
    carriers.hand_over(disc, to, by=None, at=at)


def is_asked(officer):
    return bool(asked_of(officer, TODAY))


def taken_off(disc, item, *, at):
    right = Right(
        barcode=disc.barcode, received_on=disc.received_on, reason="The disc beside it was meant.",
        not_on_it=[item],
    )  # fmt: skip
    put_disc_right(disc, right, by=None, at=at)


def test_the_disc_that_comes_answers_it(item, officer):
    assert is_asked(officer)

    a_disc_that_comes(item, at=later(10))

    assert not is_asked(officer)
    assert Event.objects.filter(name="media.second_copy_came").count() == 1


def test_ticked_by_mistake_and_taken_off_it_is_asked_for_as_before(item, officer):
    disc = a_disc_that_comes(item, at=later(10))

    taken_off(disc, item, at=later(20))

    (line,) = asked_of(officer, TODAY)
    assert (line.why, line.asked_at) == (WHY, later(5))
    assert Event.objects.filter(name="media.second_copy_not_there").count() == 1
    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/")
    page.see("A second copy of the same was asked for")


def test_on_two_new_discs_it_stays_answered_where_one_is_taken_off(item, officer):
    a_disc_that_comes(item, at=later(10))
    second = a_disc_that_comes(item, at=later(11))

    taken_off(second, item, at=later(20))

    assert not is_asked(officer)
    assert not Event.objects.filter(name="media.second_copy_not_there").exists()


def test_a_disc_with_the_copy_before_answers_nothing(officer):
    item = media.an_expected_item(media.a_hearing(urn="20AB7000126"))
    old = media.a_disc(at=NOON)
    ticked(media.a_disc(), item, at=NOON)
    items.request_item(item, reason="The sound is missing.", by=None, at=later(1))
    new = a_disc_that_comes(item, at=later(2))
    items.view_item(item, how="All of it.", by=None, at=later(3))
    items.classify_item(item, "RELIED_ON", by=None, at=later(3))
    returned(new, at=later(4))
    ask_for_second_copy(item, reason=WHY, by=None, at=later(5))

    ticked(old, item, at=later(10))

    assert is_asked(officer)
    assert not Event.objects.filter(name="media.second_copy_came").exists()


def test_a_disc_that_an_officer_has_answers_nothing(item, officer):
    disc = media.a_disc(at=later(10), received_on=TODAY)
    handed(disc, Receiver.POLICE, "PC 2841", at=later(11))

    ticked(disc, item, at=later(12))

    assert is_asked(officer)
    assert not Event.objects.filter(name="media.second_copy_came").exists()


def test_it_stays_answered_where_the_disc_that_came_leaves_again(item, officer):
    disc = a_disc_that_comes(item, at=later(10))

    handed(disc, Receiver.POLICE, "PC 2841", at=later(20), because=LET_GO)

    assert not is_asked(officer)
    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/")
    page.see("It is not here", "Ask the police for a second copy of the same")

    ask_for_second_copy(item, reason="The court wants it.", by=None, at=later(30))

    (line,) = asked_of(officer, TODAY)
    assert (line.why, line.asked_at) == ("The court wants it.", later(30))


def test_back_and_let_go_again_with_a_reason_it_is_asked_for_no_more(officer):
    _, disc = asked_while_with_an_officer()
    handed(disc, Receiver.UNIT, "Shelf 14", at=later(10))
    assert not is_asked(officer)

    handed(disc, Receiver.POLICE, "PC 2841", at=later(20), because=LET_GO)

    assert not is_asked(officer)


def test_missing_again_it_is_asked_for_as_before(officer):
    _, disc = asked_while_with_an_officer()
    handed(disc, Receiver.UNIT, "Shelf 14", at=later(10))

    count = stock.begin_stock_take(disc.unit, "Shelf 14", by=None, at=later(20))
    stock.finish_stock_take(count, by=None, at=later(21))

    assert is_asked(officer)


def asked_while_with_an_officer():
    """Return a recording asked for once more while an officer has its disc, and that disc."""
    item = media.an_expected_item(media.a_hearing(urn="20AB7000126"))
    disc = ticked(media.a_disc(), item, at=NOON)
    items.view_item(item, how="All of it.", by=None, at=NOON)
    items.classify_item(item, "RELIED_ON", by=None, at=NOON)
    handed(disc, Receiver.POLICE, "PC 2841", at=later(1), because=LET_GO)
    ask_for_second_copy(item, reason=WHY, by=None, at=later(5))
    return item, disc


def test_what_is_found_not_relevant_is_asked_for_no_more(item, officer):
    items.classify_item(
        item, "NOT_RELEVANT", reason="It shows the wrong street.", by=None, at=later(10)
    )

    assert not is_asked(officer)
    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/")
    page.see("nobody needs another copy").not_see("Ask the police for a second copy")
    with pytest.raises(MoveNotAllowed, match="not relevant"):
        ask_for_second_copy(item, reason=WHY, by=None, at=later(11))

    items.classify_item(item, "RELIED_ON", reason="It was it.", by=None, at=later(20))

    assert is_asked(officer)


def test_of_a_day_that_was_typed_wrong_the_right_one_counts(item, officer):
    disc = media.a_disc(at=later(10), received_on=TODAY - timedelta(days=1))
    ticked(disc, item, at=later(10))
    assert not answers_of(item).exists()

    right = Right(barcode=disc.barcode, received_on=TODAY, reason="It came today.")
    put_disc_right(disc, right, by=None, at=later(11))

    assert answers_of(item).get().carrier == disc
