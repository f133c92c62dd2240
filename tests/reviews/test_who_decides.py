"""Nobody decides a dispute about a letter that went through their own hands, while another can."""

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.letters.models import Letter, LookWaived
from forthright.letters.services.notes import write_note
from forthright.peer_checks.models import PartTold
from forthright.peer_checks.selectors import disputes_waiting as parts_waiting
from forthright.peer_checks.services.telling import decide_part, dispute_part
from forthright.reviews.selectors import disputes_waiting
from forthright.reviews.services import accept_dispute, refuse_dispute
from tests import given
from tests.client import as_
from tests.peer_checks.looked_at import LATER, a_check, changes_asked

pytestmark = pytest.mark.django_db
FINE = "I approved it: it is fine."
APPROVED = "You approved this letter, so somebody else must decide the dispute."


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(LATER, tick=False):
        yield


def a_manager():
    return given.a_person(Role.LEGAL_MANAGER)


def had_part(person, duty, what):
    letters = Letter.objects.filter(duty=duty, number=1)
    if what == "approved":
        letters.update(approved_by=person, approved_at=LATER)
    elif what == "drafted":
        duty.drafter = person
        duty.save()
    else:
        letter = letters.get()
        LookWaived.objects.create(
            letter=letter, version=letter.versions.last(), reason="Nobody was in.", made_at=LATER,
            made_by=person,
        )  # fmt: skip


@pytest.mark.parametrize("what", ["approved", "drafted", "waived the look at"])
def test_a_disputed_mark_is_decided_by_somebody_who_had_no_hand_in_the_letter(what):
    boss, other, dispute = a_manager(), a_manager(), given.a_disputed_mark()
    had_part(boss, dispute.feedback.review.drawn_letter.duty, what)
    said = f"You {what} this letter, so somebody else must decide the dispute. Ask {other} to"

    as_(boss).open(f"/disputes/{dispute.pk}/").see(said).not_see("Refuse: “")
    with pytest.raises(NotAllowed, match=said):
        accept_dispute(dispute, by=boss, at=LATER, new_level="FULLY", reason=FINE)

    assert not disputes_waiting(boss).exists()
    assert list(disputes_waiting(other)) == [dispute]
    refuse_dispute(dispute, by=other, at=LATER, reason="It does not say why.")
    assert Event.objects.get(name="dispute.decided").detail["had_part"] is False


def test_where_nobody_else_can_they_decide_and_the_record_says_so():
    boss, dispute = a_manager(), given.a_disputed_mark()
    had_part(boss, dispute.feedback.review.drawn_letter.duty, "approved")
    gone = a_manager()
    gone.is_active = False
    gone.save()

    assert list(disputes_waiting(boss)) == [dispute]
    refuse_dispute(dispute, by=boss, at=LATER, reason="It does not say why.")

    assert Event.objects.get(name="dispute.decided").detail["had_part"] is True


def test_another_who_approved_it_too_is_nobody_else():
    boss, second, dispute = a_manager(), a_manager(), given.a_disputed_mark()
    duty = dispute.feedback.review.drawn_letter.duty
    had_part(boss, duty, "approved")
    had_part(second, duty, "waived the look at")

    assert list(disputes_waiting(boss)) == list(disputes_waiting(second)) == [dispute]


def a_disputed_part(**check):
    changes_asked(a_check(**check), at=given.NOON, reasons_to_change="Say which camera it was.")
    part = PartTold.objects.get(about=PartTold.About.WORDS)
    return dispute_part(part, reason="It stands there.", by=part.recipient, at=LATER)


def test_what_a_colleague_found_is_decided_by_somebody_who_had_no_part_in_the_letter():
    boss, other, part = a_manager(), a_manager(), a_disputed_part()
    Letter.objects.filter(pk=part.version.letter_id).update(approved_by=boss, approved_at=LATER)
    said = f"{APPROVED} Ask {other} to decide it."

    as_(boss).open(f"/checks/disputes/{part.pk}/").see(said)
    as_(boss).open("/checks/disputes/").see("None waits for you.")
    as_(boss).open("/").not_see("1 dispute of what a colleague found")
    as_(other).open("/").see("1 dispute of what a colleague found")
    with pytest.raises(NotAllowed, match=said):
        decide_part(part, "ACCEPTED", reason=FINE, by=boss, at=LATER)

    decide_part(part, "REFUSED", reason="It does not.", by=other, at=LATER)
    noted = Event.objects.get(name="peer_feedback.dispute_decided")
    assert noted.detail["had_part"] is False


def test_nor_by_whoever_wrote_the_reasons_of_the_letter():
    boss, other = a_manager(), a_manager()
    duty = given.a_letter_to_write()
    write_note(duty, given.REASONS, by=boss, at=given.NOON)
    part = a_disputed_part(duty=duty)

    assert not parts_waiting(boss)
    assert list(parts_waiting(other)) == [part]
    with pytest.raises(NotAllowed, match="You wrote the reasons for this letter"):
        decide_part(part, "ACCEPTED", reason=FINE, by=boss, at=LATER)


def test_where_nobody_else_can_what_a_colleague_found_is_decided_all_the_same():
    boss, part = a_manager(), a_disputed_part()
    Letter.objects.filter(pk=part.version.letter_id).update(approved_by=boss, approved_at=LATER)

    assert list(parts_waiting(boss)) == [part]
    decide_part(part, "REFUSED", reason="It does not.", by=boss, at=LATER)

    noted = Event.objects.get(name="peer_feedback.dispute_decided")
    assert noted.detail["had_part"] is True
