"""What waits to go is asked about once more when it goes: what may not go is held back."""

import pytest
import time_machine
from django.core import mail

from forthright.accounts.models import Role, Unit
from forthright.letters.models import DeliveryEvent, Dispatch
from forthright.letters.selectors.holding import why_it_may_not_go
from forthright.letters.selectors.sending import batches_for, waiting_for_print
from forthright.letters.services.approving import return_to_drafter
from forthright.letters.services.facts import LiftRefused, Wishes, set_wishes
from forthright.letters.services.printing import make_batch, mark_posted
from forthright.letters.services.sending import SendRefused
from forthright.rules.contact_lock import Way
from forthright.schemes.models import Duty
from forthright.schemes.services.recording import mark_not_required
from tests import given
from tests.client import as_
from tests.letters.outgoing import LATER, S, asked, carry_out

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def an_afternoon():
    with time_machine.travel(LATER, tick=True):
        yield


@pytest.fixture
def officer():
    return given.a_liaison_officer()


def waiting(way=Way.PRINT, *, wishes=None):
    """Return an approved letter that waits to go by a way."""
    return asked(given.an_approved_letter(wishes=wishes or Wishes()), way)


def fresh(dispatch):
    return Dispatch.objects.get(pk=dispatch.pk)


def why(dispatch):
    return DeliveryEvent.objects.filter(dispatch=dispatch).last().detail


def a_manager():
    return given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))


def test_the_words_that_refuse_a_letter_are_those_that_hold_it_back(officer):
    waits, other = waiting(), given.an_approved_letter()
    for duty in (waits.duty, other):
        mark_not_required(duty, "The person asked for none.", by=officer, at=given.NOON)

    with pytest.raises(SendRefused) as refused:
        asked(other, Way.PRINT)

    assert why_it_may_not_go(waits, LATER.date()) == str(refused.value)


def test_a_letter_that_is_returned_does_not_go(officer):
    dispatch = waiting()

    return_to_drafter(dispatch.duty, reason="Say which camera.", by=a_manager(), at=LATER)

    assert fresh(dispatch).state == S.CANCELLED
    assert not waiting_for_print(officer).exists()
    as_(officer).open(f"/letters/{dispatch.duty_id}/").see("Held back. It was returned")


def test_an_email_is_held_back_when_the_address_became_unsafe(officer):
    dispatch = waiting(Way.EMAIL, wishes=Wishes(channel="EMAIL"))
    set_wishes(dispatch.duty, Wishes(channel="EMAIL", unsafe=[dispatch.to_what]), by=None, at=LATER)

    carry_out(dispatch)

    assert mail.outbox == []
    assert fresh(dispatch).state == S.CANCELLED
    assert "e-mail address is marked as one that is not safe" in why(dispatch)


def test_a_letter_that_is_no_longer_required_is_not_printed(officer):
    dispatch = waiting()
    Duty.objects.filter(pk=dispatch.duty_id).update(
        state=Duty.State.NOT_REQUIRED, not_required_reason="The person asked for none.",
        not_required_at=LATER,
    )  # fmt: skip

    assert make_batch(dispatch.area, by=officer, at=LATER) is None

    assert "No letter is required" in why(dispatch)


def test_of_a_batch_only_what_may_still_go_is_sent(officer):
    sound, unsafe = waiting(), waiting()
    batch = make_batch(sound.area, by=officer, at=LATER)
    set_wishes(unsafe.duty, Wishes(unsafe=[unsafe.duty.person.address]), by=None, at=LATER)
    as_(officer).open(f"/letters/print/{batch.pk}/").see("Take it out", "is not safe")

    page = as_(officer).post(f"/letters/print/{batch.pk}/")

    page.see("Take 1 letter out of the pile", unsafe.duty.reference)
    assert (fresh(sound).state, fresh(unsafe).state) == (S.SENT, S.CANCELLED)


def test_whoever_may_not_send_a_letter_sees_nothing_of_its_batch(officer):
    dispatch = waiting()
    spoc = given.a_person(Role.LEGAL_SPOC, unit=given.a_unit(Unit.Kind.FRAUD))
    assert not waiting_for_print(spoc).exists()
    batch = make_batch(dispatch.area, by=officer, at=LATER)

    assert not batches_for(spoc).exists()
    for address in ("", "file/"):
        as_(spoc).open(f"/letters/print/{batch.pk}/{address}", status=404)
    as_(spoc).post(f"/letters/print/{batch.pk}/", status=404)
    assert list(batches_for(officer)) == [batch]


def test_what_kept_a_person_safe_is_taken_away_only_with_a_reason(officer):
    duty = given.an_approved_letter(wishes=Wishes(unsafe=["020 7946 0123"]))

    with pytest.raises(LiftRefused, match="Say who told you, and when"):
        set_wishes(duty, Wishes(), by=officer, at=LATER)
    page = as_(officer).open(f"/letters/{duty.pk}/reach/").press("Keep this", unsafe="")
    assert page.errors == [
        "Say who told you, and when, that what kept this person safe is no longer needed."
    ]

    set_wishes(duty, Wishes(), by=officer, at=LATER, reason="She moved; her adviser, 2 October.")


def test_a_batch_is_posted_with_nothing_held_back(officer):
    dispatch = waiting()
    batch = make_batch(dispatch.area, by=officer, at=LATER)

    assert mark_posted(batch, by=officer, at=LATER) == []
    assert fresh(dispatch).state == S.SENT
