"""What was chosen on the page of second marks that were taken back meanwhile is given back."""

import pytest
import time_machine

from forthright.accounts.models import Role, Unit, User
from forthright.audit.models import Event
from forthright.reviews.models import SecondLevel, SecondMarking
from forthright.reviews.selectors.second_marks import levels_stamp
from forthright.reviews.services import second_marking as services
from forthright.reviews.services.second_marking import choose_letters_to_mark_again, take_back
from tests import given
from tests.client import as_
from tests.reviews.twice import LATER, a_manager, a_second_marking, mark_again

pytestmark = pytest.mark.django_db
CHOSEN = {"B1": "NOT_MET", "A2": "FULLY"}
TAKEN = "This letter was taken back from you, and may be with another second marker by now."


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(given.NOON, tick=False):
        yield


def page_of(marking):
    return f"/second-marks/{marking.pk}/mark/"


def opened(marking):
    """Return the browser of a second marker who has the page open."""
    browser = as_(marking.marker)
    browser.open(page_of(marking))
    return browser


def sent(browser, number, status=403):
    return browser.post(
        f"/second-marks/{number}/mark/", status=status, seen=levels_stamp({}), then="later",
        **CHOSEN,
    )  # fmt: skip


def given_to_another(marking):
    """Have what somebody left given to another, and let them be back afterwards."""
    left = User.objects.filter(pk=marking.marker_id)
    left.update(is_active=False)
    a_manager(Unit.Kind.RASSO)
    choose_letters_to_mark_again(marking.area, by=None, at=LATER)
    left.update(is_active=True)
    marking.refresh_from_db()
    return marking


def test_what_was_chosen_is_given_back_where_it_was_taken_back():
    marking = a_second_marking()
    number, browser = marking.pk, opened(marking)
    take_back(marking, by=None, at=LATER)

    page = sent(browser, number)

    page.see("Your second marks were not kept", TAKEN, "B1", "Does not meet", "A2", "Fully meets")
    page.see("speak to whoever draws the samples")
    page.not_see("Dear Ms")
    assert not SecondLevel.objects.exists()


@pytest.mark.parametrize("is_done", [False, True])
def test_so_it_is_where_another_has_it_by_now_or_has_marked_it(is_done):
    marking = a_second_marking()
    browser = opened(marking)
    was = marking.marker_id
    given_to_another(marking)
    assert marking.marker_id not in {was, None}
    if is_done:
        mark_again(marking)

    page = sent(browser, marking.pk)

    page.see(TAKEN, "B1", "Does not meet").not_see("You had finished these marks")
    assert set(SecondLevel.objects.filter(marking=marking).values_list("marking__marker")) <= {
        (marking.marker_id,)
    }


def test_so_it_is_where_they_may_mark_it_no_more():
    marking = a_second_marking()
    browser = opened(marking)
    User.objects.filter(pk=marking.marker_id).update(unit=marking.review.unit)

    page = sent(browser, marking.pk)

    page.see("were not kept", "B1", "Does not meet")


def test_so_it_is_where_it_is_taken_back_while_it_is_kept(monkeypatch):
    marking = a_second_marking()
    browser, save = opened(marking), services.save_second_levels

    def taken_first(marking, levels, *, by, at):
        take_back(SecondMarking.objects.get(pk=marking.pk), by=None, at=at)
        save(marking, levels, by=by, at=at)

    monkeypatch.setattr(services, "save_second_levels", taken_first)

    sent(browser, marking.pk).see(TAKEN, "B1", "Does not meet")


def test_what_was_given_to_them_again_is_kept():
    marking = a_second_marking()
    browser, was = opened(marking), marking.marker_id
    given_to_another(marking)
    SecondMarking.objects.update(marker=was)

    sent(browser, marking.pk, status=200).see("Saved. Go on when you like.")


def test_nobody_is_told_anything_of_what_was_never_theirs():
    marking = a_second_marking()
    take_back(marking, by=None, at=LATER)
    stranger = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))

    number = Event.objects.get(name="second_marking.taken_back").subject_id

    assert as_(stranger).try_("POST", f"/second-marks/{number}/mark/") == 404
