"""A round that can no longer be compared is given up, and its letters are free again."""

import pytest
import time_machine

from forthright.accounts.models import Role, User
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.calibration.models import RoundMark
from forthright.calibration.selectors import rounds as selectors
from forthright.calibration.selectors.leading import rounds_to_lead
from forthright.calibration.services import rounds as services
from forthright.calibration.services.rounds import RoundRefused
from forthright.reviews.selectors.lists import reviews_visible_to
from tests import given
from tests.calibration.rounds_given import (
    LATER,
    a_closed_round,
    a_leader,
    a_round,
    agreed_levels,
    mark_all,
    markers,
)
from tests.client import as_

pytestmark = pytest.mark.django_db
WHY = "One of the two has left the Area."


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(LATER, tick=True):
        yield


def one_finishes_and_the_other_leaves(**made):
    held = a_round(**made)
    stays, leaves = [each.person for each in held.markers.order_by("pk")]
    mark_all(held, stays)
    User.objects.filter(pk=leaves.pk).update(is_active=False)
    return held, stays


def test_a_round_in_which_only_one_can_finish_is_given_up_with_the_reason():
    leader = a_leader()
    held, stays = one_finishes_and_the_other_leaves(leader=leader)
    browser = as_(leader)

    page = browser.open(f"/calibration/{held.pk}/").follow("Give the round up")
    page.see(f"{stays}: finished", "account closed")
    browser.post(f"/calibration/{held.pk}/give-up/", because=WHY).see(
        "The round is given up. Its letters are free again.", WHY,
        "Nothing was compared or agreed in it",
    )  # fmt: skip

    given_up = Event.objects.get(name="round.given_up")
    assert (given_up.by_id, given_up.detail) == (leader.pk, {"finished": 1, "of": 2})
    assert RoundMark.objects.exists()


def test_its_letters_may_be_in_another_round_and_its_marks_are_seen_as_before():
    [one, other] = markers()
    review = given.a_marked_letter()
    leader = a_leader()
    held, stays = one_finishes_and_the_other_leaves(
        reviews=[review], people=[one, other], leader=leader
    )
    assert review not in selectors.letters_offered(review.area, review.edition)
    before = reviews_visible_to(leader).filter(pk=review.pk).exists()

    services.give_up_round(held, because=WHY, by=leader, at=LATER)

    assert review in selectors.letters_offered(review.area, review.edition)
    assert not review.blind_for.filter(until=None).exists()
    assert reviews_visible_to(leader).filter(pk=review.pk).exists() == before
    again = a_closed_round(reviews=[review], people=[stays, *markers()], leader=leader)
    letter = again.letters.select_related("round__edition", "review").get()
    assert services.agree_marks(letter, agreed_levels(letter), by=leader, at=LATER)


def test_nobody_sees_or_agrees_marks_of_a_round_that_was_given_up():
    held, _ = one_finishes_and_the_other_leaves()
    held = services.give_up_round(held, because=WHY, by=held.made_by, at=LATER)
    letter = held.letters.select_related("round").get()

    assert selectors.marks_by_letter(held) == {}
    with pytest.raises(NotAllowed, match="was given up"):
        services.agree_marks(letter, {}, by=held.made_by, at=LATER)
    as_(held.made_by).open(f"/calibration/{held.pk}/letters/{letter.pk}/").see(
        "Nobody sees the marks of others where a round was given up."
    )


@pytest.mark.parametrize("because", ["", " ", "."])
def test_no_round_is_given_up_without_a_reason(because):
    held, _ = one_finishes_and_the_other_leaves()

    with pytest.raises(RoundRefused, match="Say why the round is given up"):
        services.give_up_round(held, because=because, by=held.made_by, at=LATER)


def test_neither_who_marks_in_it_nor_a_closed_round_is_given_up():
    held = a_closed_round()
    other = a_round()

    with pytest.raises(NotAllowed, match="closed already"):
        services.give_up_round(held, because=WHY, by=held.made_by, at=LATER)
    with pytest.raises(NotAllowed):
        services.give_up_round(other, because=WHY, by=other.markers.first().person, at=LATER)


def test_whoever_made_it_is_told_that_it_cannot_close_until_it_is_given_up():
    leader = a_leader()
    held, _ = one_finishes_and_the_other_leaves(leader=leader)
    goes_on = a_round(leader=leader, name="Support")

    assert rounds_to_lead(leader) == [held]
    with pytest.raises(RoundRefused, match="give the round up"):
        services.close_round(held, because=WHY, by=leader, at=LATER)
    services.give_up_round(held, because=WHY, by=leader, at=LATER)

    assert rounds_to_lead(leader) == []
    assert goes_on.is_open


def test_a_round_of_another_area_is_not_given_up():
    held = a_round()
    stranger = given.a_person(Role.LEGAL_MANAGER, area=given.an_area("Wessex"))

    assert as_(stranger).try_("GET", f"/calibration/{held.pk}/give-up/") == 404
