"""Where nobody can look at a letter before it goes, a manager lets it go without, by name."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.letters.models import Dispatch, Letter, LookWaived, ReasonsNote
from forthright.letters.selectors.checks import check_words, why_unchecked
from forthright.letters.selectors.letter import latest_words
from forthright.letters.services.approving import approve, return_to_drafter
from forthright.letters.services.checks import CheckRefused, waive_look
from forthright.letters.services.drafting import hand_over
from forthright.letters.services.sending import send
from forthright.morning_lists.selectors.morning import morning_list
from forthright.peer_checks.services.giving import give_checks
from forthright.rules.contact_lock import Way
from forthright.schemes.models import Duty
from tests import given
from tests.client import as_
from tests.letters.outgoing import LATER
from tests.peer_checks.looked_at import a_letter_put_forward, required

pytestmark = pytest.mark.django_db
WHY = "Due today, and both colleagues who look at letters are ill."


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(LATER, tick=True):
        yield


def held(**rule):
    """Return a letter that was approved and waits for a look that nobody can give."""
    required(given.an_area_that_writes(), **rule)
    return Letter.objects.select_related("duty").get(duty=given.an_approved_letter(), number=1)


def a_manager(**named):
    return given.a_person(Role.LINE_MANAGER, **named)


def waived(letter, *, by=None, reason=WHY, at=LATER):
    number = latest_words(letter).number
    return waive_look(letter, number, reason=reason, by=by or a_manager(), at=at)


def test_a_letter_that_a_manager_lets_go_is_sent_and_says_who_did_and_why():
    letter, manager = held(), a_manager()
    newest = latest_words(letter).pk
    assert "a manager may let it go without" in why_unchecked(letter, newest)

    waived(letter, by=manager)

    assert why_unchecked(letter, newest) == ""
    assert check_words(letter, newest).startswith(f"{manager} let it go without a look, ")
    sent = send(letter.duty, Way.PRINT, by=given.a_liaison_officer(), at=LATER)
    assert sent.state == Dispatch.State.ASKED
    assert Event.objects.get(name="letter.look_waived").detail == {
        "letter": letter.pk, "version": 1,
    }  # fmt: skip


def test_it_ends_once_the_letter_is_put_forward_again():
    letter = held()
    waived(letter)
    return_to_drafter(letter, reason="Name the officer.", by=a_manager(), at=LATER)

    hand_over(
        Duty.objects.get(pk=letter.duty_id), by=letter.duty.drafter, at=LATER + timedelta(minutes=1)
    )

    letter.refresh_from_db()
    assert "has not passed it yet" in why_unchecked(letter, latest_words(letter).pk)


def writer_of_reasons(letter):
    manager = a_manager()
    ReasonsNote.objects.filter(decision=letter.duty.decision_id).update(written_by=manager)
    return manager


@pytest.mark.parametrize(
    ("person", "why"),
    [
        pytest.param(lambda _: given.a_liaison_officer(), "may not", id="no manager"),
        pytest.param(lambda _: given.a_person(Role.LEGAL_SPOC), "may not", id="a legal SPOC"),
        pytest.param(lambda letter: letter.approved_by, "You approved", id="who approved it"),
        pytest.param(writer_of_reasons, "You wrote the reasons", id="who wrote the reasons"),
        pytest.param(
            lambda _: a_manager(unit=given.a_unit(Unit.Kind.RASSO)), "may not|unit", id="elsewhere"
        ),
    ],
)
def test_nobody_lets_it_go_who_may_not_or_had_a_part_in_it(person, why):
    letter = held()

    with pytest.raises(NotAllowed, match=why):
        waived(letter, by=person(letter))

    assert not LookWaived.objects.exists()


def test_whoever_let_it_go_without_the_look_does_not_approve_it_too():
    area, manager = given.an_area_that_writes(), a_manager()
    required(area)
    letter = a_letter_put_forward()
    duty, other = letter.duty, given.a_person(Role.LEGAL_SPOC)
    page = as_(manager).open(f"/letters/{duty.pk}/look/")
    page.see("Whoever lets it go does not also approve it")
    waived(letter, by=manager)

    with pytest.raises(NotAllowed, match=f"You let these words go.*Ask {other}"):
        approve(duty, 1, by=manager, at=LATER)

    assert approve(duty, 1, by=other, at=LATER).approved_by == other


def test_there_is_nothing_to_let_go_where_no_look_is_required():
    letter = held(is_required=False)

    with pytest.raises(NotAllowed, match="waits for no look"):
        waived(letter)


def test_it_asks_for_a_reason_that_says_something_and_for_the_words_that_were_read():
    letter = held()

    with pytest.raises(CheckRefused, match="Say why"):
        waived(letter, reason="ill")
    with pytest.raises(CheckRefused, match="changed since you opened"):
        waive_look(letter, 7, reason=WHY, by=a_manager(), at=LATER)


def test_from_the_page_that_says_why_it_may_not_go_a_manager_lets_it_go():
    letter, manager = held(), a_manager()
    page = (
        as_(manager).open(f"/letters/{letter.duty_id}/send/").follow("Let it go without the look")
    )

    page = page.press("Let it go without the look", reason=WHY)

    assert "The letter may go without the look, with your name and reason." in page.words
    assert "Goes without" in page.words
    assert WHY in as_(manager).open(f"/checks/letters/{letter.pk}/").words
    assert as_(manager).try_("GET", f"/letters/{letter.duty_id}/look/") == 403


def test_the_morning_list_names_its_drafter_once_it_waits_for_no_look():
    letter = held()
    give_checks(letter.area, by=None, at=LATER)
    Duty.objects.filter(pk=letter.duty_id).update(due_on=LATER.date())

    def holder():
        [line] = [line for part in morning_list(letter.duty.unit, LATER).sections
                  for line in part.lines]  # fmt: skip
        return line.holder

    assert holder().endswith("look at it before it goes")
    waived(letter)
    assert holder() == str(letter.duty.drafter)
