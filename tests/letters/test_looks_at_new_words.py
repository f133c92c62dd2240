"""Words written after a look became required do not go without it, whatever was handed over."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.letters.marked_text import marked_text
from forthright.letters.models import Dispatch, Letter
from forthright.letters.selectors.checking import composed_of
from forthright.letters.selectors.checks import why_unchecked
from forthright.letters.selectors.letter import latest_words
from forthright.letters.services.approving import approve
from forthright.letters.services.checks import GIVE
from forthright.letters.services.drafting import keep_edit
from forthright.letters.services.recording import answer_step
from forthright.letters.services.sending import SendRefused, send
from forthright.letters.services.words import keep_words
from forthright.rules.contact_lock import Way
from forthright.schemes.models import Duty
from forthright.schemes.selectors.facts import stage_stamp
from forthright.schemes.services import StageAnswer
from forthright.web.models import Job
from tests import given
from tests.peer_checks.looked_at import a_letter_put_forward, required

pytestmark = pytest.mark.django_db
LATER = given.NOON + timedelta(minutes=4)


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(LATER, tick=True):
        yield


def put_forward_before(**rule) -> Duty:
    """Return a letter that was handed over, and by what an Area's rule held it then."""
    area = given.an_area_that_writes()
    if rule:
        required(area, **rule)
    return a_letter_put_forward().duty


def edited(duty: Duty) -> None:
    text = marked_text(composed_of(latest_words(duty))).replace("Yours", "With regards. Yours")
    keep_edit(duty, text, based_on=1, by=duty.drafter, at=LATER)


def by_hand(duty: Duty, step: str, *, by) -> None:
    answer = StageAnswer(happened_at=LATER, reason="Posted", opened=stage_stamp(duty, step))
    answer_step(duty, step, answer, by=by, at=LATER)


def letter_of(duty: Duty) -> Letter:
    return Letter.objects.get(duty=duty, number=1)


def why(duty: Duty) -> str:
    return why_unchecked(letter_of(duty), latest_words(duty).pk)


def approved(duty: Duty) -> None:
    manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))
    approve(Duty.objects.get(pk=duty.pk), latest_words(duty).number, by=manager, at=LATER)


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param({}, id="asked for by what ships"),
        pytest.param({"kinds": ["HOLDING"]}, id="not asked for"),
    ],
)
def test_words_changed_after_the_rule_began_are_held_by_it(rule):
    duty = put_forward_before(**rule)
    handed_over = letter_of(duty).check_asked_at
    required(duty.area)
    assert why(duty) == ""

    edited(duty)

    assert "may not go before that: every letter" in why(duty)
    assert letter_of(duty).check_asked_at == (handed_over or LATER)
    assert Event.objects.filter(name="letter.check_asked").last().detail == {
        "version": 2, "is_required": True,
    }  # fmt: skip
    assert Job.objects.filter(name=GIVE, key__endswith="version 2").exists()
    approved(duty)
    with pytest.raises(SendRefused, match="A colleague is to look at this letter"):
        send(Duty.objects.get(pk=duty.pk), Way.PRINT, by=given.a_liaison_officer(), at=LATER)


def test_words_pasted_after_the_rule_began_are_held_by_it():
    duty = put_forward_before()
    required(duty.area)
    keep_words(duty, text=given.LETTER, by=duty.drafter, at=LATER)

    with pytest.raises(NotAllowed, match="A colleague is to look at this letter"):
        by_hand(duty, "sent", by=given.a_person(Role.LEGAL_SPOC))


def test_words_that_stood_before_the_rule_began_go_by_the_rule_of_their_day():
    duty = put_forward_before()
    required(duty.area)
    approved(duty)

    sent = send(Duty.objects.get(pk=duty.pk), Way.PRINT, by=given.a_liaison_officer(), at=LATER)

    assert sent.state == Dispatch.State.ASKED


def test_words_changed_before_they_are_handed_over_are_asked_for_then_and_not_before():
    version = given.a_draft()
    duty = version.letter.duty
    required(duty.area)

    edited(duty)

    assert letter_of(duty).check_asked_at is None


def test_words_of_a_letter_that_was_written_elsewhere_are_not_asked_for():
    duty = given.an_explained_letter()
    required(duty.area)
    officer = given.a_liaison_officer()
    by_hand(duty, "drafted", by=officer)

    keep_words(duty, text=given.LETTER, by=officer, at=LATER)

    assert letter_of(duty).check_asked_at is None


def test_a_draft_of_ours_that_is_recorded_as_handed_over_by_hand_is_held_too():
    area = given.an_area_that_writes()
    required(area)
    duty = given.a_draft().letter.duty

    by_hand(duty, "drafted", by=duty.drafter)

    assert "may not go before that" in why(duty)
