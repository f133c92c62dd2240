"""A letter nobody has drafted goes to another drafter; of two who do it, the second chooses."""

import pytest
import time_machine

from forthright.accounts.models import Role, Unit, User
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.letters.services.approving import approve
from forthright.letters.services.drafting import draft_letter, hand_over
from forthright.morning_lists.models import HandOver
from forthright.morning_lists.services.handing_over import hand_over_letter
from forthright.morning_lists.views import morning
from forthright.schemes.models import Duty
from tests import given
from tests.client import as_
from tests.morning_lists import mornings
from tests.morning_lists.mornings import MORNING, a_letter, part, with_steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def spoc():
    return mornings.a_spoc()


@pytest.fixture
def officer():
    return given.a_liaison_officer()


def explained(**letter):
    return with_steps(a_letter(**letter), explained="2026-10-01 10:00")


def page_of(duty, unit=None):
    return f"/morning/{(unit or duty.unit).pk}/letters/{duty.pk}/hand-over/"


def test_the_letter_is_with_the_other_drafter_from_then_on(spoc, officer):
    duty = explained()

    hand_over_letter(duty, officer, by=spoc, at=MORNING)

    (line,) = part("today").lines
    assert (line.holder, line.since) == (str(officer), MORNING)
    event = Event.objects.get(name="letter.drafting_handed_over")
    assert (event.by, event.detail) == (spoc, {"was": None, "now": officer.pk})
    assert HandOver.objects.get().made_for is None


def test_whoever_handed_it_over_may_still_be_the_second_person(spoc, officer):
    duty = given.an_explained_letter()
    hand_over_letter(duty, officer, by=spoc, at=given.NOON)
    duty.refresh_from_db()
    version = draft_letter(duty, by=officer, at=given.NOON)
    duty.refresh_from_db()
    hand_over(duty, by=officer, at=given.NOON)
    duty.refresh_from_db()

    approve(duty, version.number, by=spoc, at=given.NOON)

    duty.refresh_from_db()
    assert duty.approved_at == given.NOON


@pytest.mark.parametrize(
    ("steps", "refusal"),
    [
        pytest.param({"drafted": "2026-10-02 10:00"}, "is drafted already", id="drafted"),
        pytest.param({"sent": "2026-10-02 10:00"}, "has been sent", id="sent"),
    ],
)
def test_what_is_drafted_or_out_is_handed_over_to_nobody(steps, refusal, spoc, officer):
    duty = with_steps(explained(), **steps)

    with pytest.raises(NotAllowed, match=refusal):
        hand_over_letter(duty, officer, by=spoc, at=MORNING)

    assert not HandOver.objects.exists()


def test_what_is_not_required_is_handed_over_to_nobody(spoc, officer):
    duty = explained()
    Duty.objects.filter(pk=duty.pk).update(state=Duty.State.NOT_REQUIRED)

    with pytest.raises(NotAllowed, match="No letter is required"):
        hand_over_letter(duty, officer, by=spoc, at=MORNING)


def test_nothing_is_handed_over_to_whoever_left(spoc, officer):
    duty = explained()
    User.objects.filter(pk=officer.pk).update(is_active=False)
    officer.refresh_from_db()

    with pytest.raises(NotAllowed, match="has no account in this Area now"):
        hand_over_letter(duty, officer, by=spoc, at=MORNING)


def test_nobody_hands_over_letters_of_another_unit(officer):
    duty = explained()
    stranger = mornings.a_spoc(given.a_unit(Unit.Kind.RASSO))

    with pytest.raises(NotAllowed):
        hand_over_letter(duty, officer, by=stranger, at=MORNING)


@pytest.fixture
def in_the_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.mark.usefixtures("in_the_morning")
class TestPages:
    def test_a_letter_is_handed_over(self, spoc, officer):
        duty = explained()

        page = as_(spoc).open(f"/morning/{duty.unit_id}/")
        page = page.follow(f"Hand over letter {duty.reference}")
        page = page.see("Held by nobody yet now.").press("Hand it over", drafter=officer.pk)

        page.see(f"Letter {duty.reference} is handed over to {officer}.", f"by {spoc}")

    def test_the_second_of_two_is_told_what_stands_and_chooses(self, spoc, officer):
        duty, other = explained(), given.a_liaison_officer()
        second = as_(mornings.a_spoc()).open(page_of(duty))
        as_(spoc).open(page_of(duty)).press("Hand it over", drafter=officer.pk)

        page = second.press("Hand it over", drafter=other.pk)

        page.see(f"This was changed after you opened the page by {spoc}", f"“{officer}”")
        assert Duty.objects.get(pk=duty.pk).drafter == officer
        page.press("Hand it over").see(f"is handed over to {other}")
        assert [each.now for each in HandOver.objects.all()] == [officer, other]

    def test_of_two_at_the_same_moment_the_second_is_told_who_has_it(
        self, spoc, officer, monkeypatch
    ):
        duty, other = explained(), given.a_liaison_officer()
        first = as_(spoc).open(page_of(duty))
        second = as_(mornings.a_spoc()).open(page_of(duty))

        def after_the_first(*arguments, **named):
            monkeypatch.setattr(morning, "hand_over_letter", hand_over_letter)
            first.press("Hand it over", drafter=officer.pk)
            return hand_over_letter(*arguments, **named)

        monkeypatch.setattr(morning, "hand_over_letter", after_the_first)
        page = second.press("Hand it over", drafter=other.pk)

        page.see(f"Who drafts it from now on?: now it says “{officer}”", f"Held by {officer} now.")
        assert Duty.objects.get(pk=duty.pk).drafter == officer

    def test_what_was_drafted_meanwhile_is_said(self, spoc, officer):
        duty = explained()
        page = as_(spoc).open(page_of(duty))
        with_steps(duty, drafted="2026-10-05 09:20")

        page.press("Hand it over", drafter=officer.pk).see("This letter is drafted already")

    def test_only_those_who_draft_are_offered(self, spoc, officer):
        manager = given.a_person(Role.LINE_MANAGER)
        elsewhere = mornings.a_prosecutor(given.a_unit(Unit.Kind.CCU))

        page = as_(spoc).open(page_of(explained()))

        offered = {each.get("value") for each in page.tree.get_element_by_id("id_drafter")}
        assert {str(officer.pk), str(spoc.pk)} <= offered
        assert not {str(manager.pk), str(elsewhere.pk)} & offered

    def test_somebody_must_be_chosen(self, spoc):
        page = as_(spoc).open(page_of(explained())).press("Hand it over")

        assert page.errors == ["Choose who drafts it"]

    def test_another_role_is_refused(self, officer):
        as_(officer).open(page_of(explained()), status=403)

    def test_a_letter_of_another_unit_is_not_there(self, spoc):
        duty = explained(unit=given.a_unit(Unit.Kind.RASSO))

        as_(spoc).open(page_of(duty), status=404)
        as_(spoc).open(page_of(duty, spoc.unit), status=404)

    def test_it_answers_no_other_method(self, spoc):
        assert as_(spoc).try_("DELETE", page_of(explained())) == 405
