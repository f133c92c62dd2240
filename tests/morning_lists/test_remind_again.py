"""A reminder is asked about again before it goes, and another person is reminded the same day."""

import pytest
from django.core import mail

from forthright.accounts.models import Role, Unit, User
from forthright.audit.models import Event
from forthright.letters.services.notes import write_note
from forthright.morning_lists.models import Reminder
from forthright.morning_lists.services.nobody import say_nobody_to_tell
from forthright.morning_lists.services.reminding import (
    NotReminded,
    ask_who_is_told,
    remind_by_itself,
    remind_of_explanation,
    send_reminder,
)
from forthright.schemes.models import Duty
from forthright.schemes.services import open_duties
from tests import given
from tests.morning_lists import mornings
from tests.morning_lists.mornings import MORNING, a_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def prosecutor():
    return mornings.a_prosecutor()


@pytest.fixture
def spoc():
    return mornings.a_spoc()


def sent(reminder):
    reminder = Reminder.objects.get(pk=reminder.pk)
    return send_reminder(reminder, address="https://here.test/", by=None, at=MORNING)


def test_the_answer_goes_to_the_deputy_too_while_the_spoc_is_away(spoc):
    moved = mornings.a_prosecutor(given.a_unit(Unit.Kind.RASSO))
    deputy = mornings.a_prosecutor(given.a_unit(Unit.Kind.FRAUD))
    duty = a_letter("2026-10-02 10:00", by=moved)
    mornings.a_cover(spoc, deputy)
    remind_by_itself(duty.area, by=None, at=MORNING)

    sent(Reminder.objects.get(to=moved))

    [letter] = mail.outbox
    assert letter.reply_to == [spoc.email, deputy.email]
    assert "or whoever covers for them, in answer to this e-mail" in letter.body


def explained(duty, prosecutor):
    write_note(duty, given.REASONS, by=prosecutor, at=MORNING)


def not_required(duty, _):
    Duty.objects.filter(pk=duty.pk).update(state=Duty.State.NOT_REQUIRED)


def left(_, prosecutor):
    User.objects.filter(pk=prosecutor.pk).update(is_active=False)


@pytest.mark.parametrize("meanwhile", [explained, not_required, left])
def test_before_it_goes_it_is_asked_again_whether_it_is_still_to_go(meanwhile, prosecutor, spoc):
    duty = a_letter(by=prosecutor)
    reminder = remind_of_explanation(duty, by=spoc, at=MORNING)
    meanwhile(duty, prosecutor)

    for _ in range(2):
        sent(reminder)

    reminder.refresh_from_db()
    assert mail.outbox == []
    assert (reminder.sent_at, reminder.called_off_at) == (None, MORNING)
    assert Event.objects.filter(name="reminder.called_off").count() == 1


@pytest.mark.parametrize("is_said", [True, False])
def test_nobody_is_asked_who_is_told_once_somebody_said_it(is_said, prosecutor, spoc):
    given.a_started_area()
    decision = given.a_decision(
        given.a_case(), made_at=given.at("2026-10-02 15:00"), made_by=prosecutor
    )
    asked = ask_who_is_told(decision, by=spoc, at=MORNING)
    if is_said:
        say_nobody_to_tell(decision, reason="No victim is known.", by=spoc, at=MORNING)
    else:
        given.a_person_to_tell(decision.case)
        open_duties([decision], by=None, at=MORNING)

    sent(asked)

    assert mail.outbox == []


def test_somebody_else_is_reminded_on_the_same_day_and_the_same_person_is_not(spoc):
    moved, other = mornings.a_prosecutor(given.a_unit(Unit.Kind.RASSO)), mornings.a_prosecutor()
    duty = a_letter("2026-10-02 10:00", by=moved)
    remind_by_itself(duty.area, by=None, at=MORNING)
    [line] = [line for part in mornings.the_list().sections for line in part.lines]
    assert line.action == "choose"
    assert f"{moved} reminded today" in " ".join(line.notes)

    reminded = remind_of_explanation(duty, by=spoc, at=given.at("2026-10-05 11:00"), to=other)

    assert reminded.to == other
    with pytest.raises(NotReminded, match=f"{other} reminded today, 11am, by {spoc}"):
        remind_of_explanation(duty, by=spoc, at=given.at("2026-10-05 15:00"), to=other)
    [line] = [line for part in mornings.the_list().sections for line in part.lines]
    assert line.action == "reminded"
    assert f"{other} reminded today" in " ".join(line.notes)


def sent_by_itself(to):
    """Return the reminder that goes by itself to somebody about a decision of theirs."""
    duty = a_letter("2026-10-02 10:00", by=to)
    remind_by_itself(duty.area, by=None, at=MORNING)
    sent(Reminder.objects.get(to=to, asked_by=None))
    return mail.outbox[-1]


def test_the_answer_to_what_goes_by_itself_comes_to_the_spoc(prosecutor, spoc):
    letter = sent_by_itself(prosecutor)

    assert (letter.to, letter.reply_to) == ([prosecutor.email], [spoc.email])


def test_it_comes_to_no_deputy_who_is_away_too(prosecutor, spoc):
    away = mornings.a_spoc(given.a_unit(Unit.Kind.RASSO))
    mornings.a_cover(spoc, away)
    mornings.a_cover(away, mornings.a_prosecutor(given.a_unit(Unit.Kind.FRAUD)))

    assert sent_by_itself(prosecutor).reply_to == [spoc.email]


@pytest.mark.parametrize("role", [Role.LINE_MANAGER, Role.LEGAL_MANAGER])
def test_it_comes_to_whoever_manages_a_unit_that_has_no_spoc(prosecutor, role):
    manager = given.a_person(role, unit=prosecutor.unit)

    assert sent_by_itself(prosecutor).reply_to == [manager.email]


def test_it_comes_to_the_spoc_where_whoever_asked_has_left(prosecutor, spoc):
    asker = mornings.a_spoc()
    asked = remind_of_explanation(a_letter(by=prosecutor), by=asker, at=MORNING)
    User.objects.filter(pk=asker.pk).update(is_active=False)

    sent(asked)

    assert mail.outbox[-1].reply_to == [spoc.email]
