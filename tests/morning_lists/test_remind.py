"""Prosecutors are reminded by hand and by themselves, once in a day, with the reason."""

import pytest
import time_machine
from django.core import mail

from forthright.accounts.models import Role, Unit, User
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.letters.services.notes import write_note
from forthright.morning_lists.models import Reminder
from forthright.morning_lists.services.reminding import (
    NotReminded,
    ask_who_is_told,
    remind_by_itself,
    remind_of_explanation,
    send_reminder,
)
from forthright.web.models import Job
from tests import given
from tests.client import as_
from tests.morning_lists import mornings
from tests.morning_lists.mornings import MORNING, a_letter

pytestmark = pytest.mark.django_db
NEXT_DAY = given.at("2026-10-06 09:30")


@pytest.fixture
def prosecutor():
    return mornings.a_prosecutor()


@pytest.fixture
def spoc():
    return mornings.a_spoc()


def sent(reminder):
    send_reminder(reminder, address="https://here.test/letters/1/", by=None, at=MORNING)
    return mail.outbox[-1]


def test_whoever_decided_is_reminded(prosecutor, spoc):
    duty = a_letter(by=prosecutor)

    reminder = remind_of_explanation(duty, by=spoc, at=MORNING)

    assert (reminder.to, reminder.asked_by, reminder.on) == (prosecutor, spoc, mornings.TODAY)
    assert Job.objects.get(name="morning_lists.remind").arguments == {"reminder": reminder.pk}
    assert Event.objects.get(name="reminder.asked").detail["letter"] == duty.pk


def test_the_e_mail_says_by_when_and_why_and_names_no_victim(prosecutor, spoc):
    duty = a_letter(by=prosecutor)

    letter = sent(remind_of_explanation(duty, by=spoc, at=MORNING))

    assert letter.subject == "A decision of yours waits to be explained"
    assert letter.to == [prosecutor.email]
    assert letter.reply_to == [spoc.email]
    said = ("Wanted by Tuesday 29 September 2026, 10am: 8 working hours from the decision",
            "The letter is due Monday 5 October 2026", "5 working days allowed",
            "This service's own setting", "https://here.test/letters/1/", f"case {duty.case}",
            f"Asked by {spoc}")  # fmt: skip
    assert [words for words in said if words not in letter.body] == []
    assert duty.person.family_name not in letter.subject + letter.body


def test_nobody_is_reminded_twice_of_one_thing_in_a_day(prosecutor, spoc):
    duty = a_letter(by=prosecutor)
    remind_of_explanation(duty, by=spoc, at=MORNING)

    with pytest.raises(NotReminded, match=f"{prosecutor} reminded today, 9:30am, by {spoc}"):
        remind_of_explanation(duty, by=mornings.a_spoc(), at=given.at("2026-10-05 15:00"))

    assert Reminder.objects.count() == 1


def test_another_letter_of_the_same_decision_reminds_nobody_again(prosecutor, spoc):
    duty = a_letter(by=prosecutor)
    other = mornings.another_of(duty)
    remind_of_explanation(duty, by=spoc, at=MORNING)

    with pytest.raises(NotReminded):
        remind_of_explanation(other, by=spoc, at=MORNING)


def test_on_the_next_day_they_are_reminded_again(prosecutor, spoc):
    duty = a_letter(by=prosecutor)
    remind_of_explanation(duty, by=spoc, at=MORNING)

    remind_of_explanation(duty, by=spoc, at=NEXT_DAY)

    assert Reminder.objects.count() == 2


def test_what_was_explained_meanwhile_reminds_nobody(prosecutor, spoc):
    duty = a_letter(by=prosecutor)
    write_note(duty, given.REASONS, by=prosecutor, at=MORNING)

    with pytest.raises(NotReminded, match="The explanation has come meanwhile"):
        remind_of_explanation(duty, by=spoc, at=MORNING)


def test_where_nobody_knows_who_decided_whoever_is_chosen_is_reminded(prosecutor, spoc):
    duty = a_letter()

    reminder = remind_of_explanation(duty, by=spoc, at=MORNING, to=prosecutor)

    assert reminder.to == prosecutor


def test_where_nobody_knows_who_decided_somebody_must_be_chosen(spoc):
    with pytest.raises(NotReminded, match="Choose whom to remind"):
        remind_of_explanation(a_letter(), by=spoc, at=MORNING)


@pytest.mark.parametrize("role", [Role.VICTIM_LIAISON_OFFICER, Role.POLICE_PARTNER])
def test_only_whoever_writes_reasons_is_reminded(role, spoc):
    with pytest.raises(NotReminded):
        remind_of_explanation(a_letter(), by=spoc, at=MORNING, to=given.a_person(role))


def test_whoever_left_is_not_reminded(prosecutor, spoc):
    duty = a_letter(by=prosecutor)
    User.objects.filter(pk=prosecutor.pk).update(is_active=False)
    other = mornings.a_prosecutor()

    assert remind_of_explanation(duty, by=spoc, at=MORNING, to=other).to == other


def test_by_hand_nobody_is_reminded_of_a_letter_they_cannot_open(spoc):
    moved = mornings.a_prosecutor(given.a_unit(Unit.Kind.RASSO))
    duty, other = a_letter(DECIDED, by=moved), mornings.a_prosecutor()
    as_(moved).open(f"/letters/{duty.pk}/note/write/", status=404)

    with pytest.raises(NotReminded, match="Whoever decided cannot open this letter now"):
        remind_of_explanation(duty, by=spoc, at=MORNING)
    with pytest.raises(NotReminded):
        remind_of_explanation(duty, by=spoc, at=MORNING, to=moved)
    assert remind_of_explanation(duty, by=spoc, at=MORNING, to=other).to == other


def test_nobody_reminds_in_a_unit_they_do_not_reach(prosecutor):
    duty = a_letter(by=prosecutor)
    stranger = mornings.a_spoc(given.a_unit(Unit.Kind.RASSO))

    with pytest.raises(NotAllowed, match="morning list"):
        remind_of_explanation(duty, by=stranger, at=MORNING)

    assert not Reminder.objects.exists()


def test_a_reminder_goes_once_and_a_second_copy_has_the_same_name(prosecutor, spoc):
    reminder = remind_of_explanation(a_letter(by=prosecutor), by=spoc, at=MORNING)
    first = sent(reminder)
    # As after a crash between the mail server's answer and the record of it.
    Reminder.objects.filter(pk=reminder.pk).update(sent_at=None)
    second = sent(Reminder.objects.get(pk=reminder.pk))

    sent(Reminder.objects.get(pk=reminder.pk))

    assert len(mail.outbox) == 2
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_whoever_left_since_it_was_asked_for_gets_no_reminder(prosecutor, spoc):
    reminder = remind_of_explanation(a_letter(by=prosecutor), by=spoc, at=MORNING)
    User.objects.filter(pk=prosecutor.pk).update(is_active=False)

    send_reminder(
        Reminder.objects.get(pk=reminder.pk), address="https://here.test/", by=None, at=MORNING
    )

    assert mail.outbox == []
    assert Reminder.objects.get().sent_at is None


# The explanation is wanted by Tuesday 10am; two working hours before is Monday 4pm.
DECIDED = "2026-10-05 10:00"


@pytest.mark.parametrize(
    ("now", "number"),
    [
        pytest.param("2026-10-05 15:30", 0, id="before its moment"),
        pytest.param("2026-10-05 16:00", 1, id="at its moment"),
        pytest.param("2026-10-05 18:30", 0, id="after hours"),
        pytest.param("2026-10-06 09:30", 1, id="the next morning"),
        pytest.param("2026-10-13 09:30", 0, id="once it is overdue it is for people"),
    ],
)
def test_a_prosecutor_is_reminded_by_itself_before_the_explanation_is_late(now, number, prosecutor):
    duty = a_letter(DECIDED, by=prosecutor)

    assert remind_by_itself(duty.area, by=None, at=given.at(now)) == number

    assert Reminder.objects.filter(to=prosecutor, asked_by=None).count() == number


def test_by_itself_whoever_moved_to_another_unit_is_asked_to_send_the_reasons_there(spoc):
    moved = mornings.a_prosecutor(given.a_unit(Unit.Kind.RASSO))
    duty = a_letter(DECIDED, by=moved)

    assert remind_by_itself(duty.area, by=None, at=given.at("2026-10-05 16:00")) == 1

    letter = sent(Reminder.objects.get(to=moved))
    assert (letter.to, letter.reply_to) == ([moved.email], [spoc.email])
    assert f"a letter of {duty.unit}, and you do not write reasons there now" in letter.body
    assert "https://" not in letter.body
    assert duty.person.family_name not in letter.subject + letter.body
    assert remind_by_itself(duty.area, by=None, at=NEXT_DAY) == 0


@pytest.mark.parametrize(
    ("who", "said"),
    [
        pytest.param("nobody", "Nobody is reminded by e-mail", id="no account"),
        pytest.param("left", "Nobody is reminded by e-mail", id="account closed"),
        pytest.param("elsewhere", "cannot open it now", id="another unit"),
    ],
)
def test_the_list_says_at_once_where_nobody_who_can_explain_it_is_reminded(who, said, spoc):
    decided = None
    if who != "nobody":
        kind = Unit.Kind.RASSO if who == "elsewhere" else Unit.Kind.CROWN_COURT
        decided = mornings.a_prosecutor(given.a_unit(kind))
    if who == "left":
        User.objects.filter(pk=decided.pk).update(is_active=False)
    a_letter("2026-10-05 09:00", by=decided)

    lines = [line for part in mornings.the_list().sections for line in part.lines]

    [line] = lines
    assert line.action == "choose"
    assert said in " ".join(line.notes)


def test_by_itself_only_one_reminder_goes(prosecutor):
    duty = a_letter(DECIDED, by=prosecutor)
    remind_by_itself(duty.area, by=None, at=given.at("2026-10-05 16:00"))

    assert remind_by_itself(duty.area, by=None, at=NEXT_DAY) == 0


def test_by_itself_none_goes_after_one_by_hand(prosecutor, spoc):
    duty = a_letter(DECIDED, by=prosecutor)
    remind_of_explanation(duty, by=spoc, at=given.at("2026-10-05 11:00"))

    assert remind_by_itself(duty.area, by=None, at=given.at("2026-10-05 16:00")) == 0


def test_by_itself_one_of_several_letters_of_a_decision_reminds(prosecutor):
    duty = a_letter(DECIDED, by=prosecutor)
    mornings.another_of(duty)

    assert remind_by_itself(duty.area, by=None, at=NEXT_DAY) == 1


def test_by_itself_nobody_of_another_area_is_reminded(prosecutor):
    a_letter(DECIDED, by=prosecutor)
    other = given.a_started_area("Wessex")

    assert remind_by_itself(other, by=None, at=NEXT_DAY) == 0


def a_new_decision(by):
    given.a_started_area()
    return given.a_decision(given.a_case(), made_at=given.at("2026-10-02 15:00"), made_by=by)


def test_whoever_decided_is_asked_who_is_to_be_told(prosecutor, spoc):
    decision = a_new_decision(prosecutor)

    letter = sent(ask_who_is_told(decision, by=spoc, at=MORNING))

    assert letter.subject == "Who is to be told of a decision of yours?"
    assert "nobody to tell is recorded" in letter.body


def test_nobody_is_asked_once_somebody_is_to_be_told(spoc):
    duty = a_letter("2026-10-02 15:00")

    with pytest.raises(NotReminded, match="A letter is owed for this decision by now"):
        ask_who_is_told(duty.decision, by=spoc, at=MORNING)


def test_nobody_is_asked_where_nobody_knows_who_decided(spoc):
    decision = a_new_decision(None)

    with pytest.raises(NotReminded, match="has no account here now"):
        ask_who_is_told(decision, by=spoc, at=MORNING)


@pytest.fixture
def in_the_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


def remind_page(duty, unit=None):
    return f"/morning/{(unit or duty.unit).pk}/letters/{duty.pk}/remind/"


@pytest.mark.usefixtures("in_the_morning")
class TestPages:
    def test_one_press_reminds(self, prosecutor, spoc):
        duty = a_letter(by=prosecutor)

        page = as_(spoc).open(f"/morning/{duty.unit_id}/")
        page = page.press(f"Remind {prosecutor} of letter {duty.reference}")

        page.see(f"{prosecutor} is reminded by e-mail", f"{prosecutor} reminded today, 9:30am")

    def test_the_second_of_two_is_told_who_reminded(self, prosecutor, spoc):
        duty = a_letter(by=prosecutor)
        address, other = f"/morning/{duty.unit_id}/", mornings.a_spoc()
        first, second = as_(spoc).open(address), as_(other).open(address)
        words = f"Remind {prosecutor} of letter {duty.reference}"
        first.press(words)

        second.press(words).see(f"reminded today, 9:30am, by {spoc}", "reminded twice")

        assert Reminder.objects.count() == 1

    def test_whom_to_remind_is_chosen_where_nobody_knows(self, prosecutor, spoc):
        duty = a_letter()

        page = as_(spoc).open(f"/morning/{duty.unit_id}/")
        page = page.follow(f"Choose whom to remind of letter {duty.reference}")
        page = page.press("Send the reminder", to=prosecutor.pk)

        page.see(f"{prosecutor} is reminded by e-mail")

    def test_nobody_is_chosen_where_it_is_known_who_decided(self, prosecutor, spoc):
        page = as_(spoc).open(remind_page(a_letter(by=prosecutor)))

        assert page.heading == "Morning list: Mercia Crown Court"

    def test_whom_to_remind_is_chosen_where_whoever_decided_works_elsewhere_now(self, spoc):
        moved = mornings.a_prosecutor(given.a_unit(Unit.Kind.RASSO))
        duty, other = a_letter(by=moved), mornings.a_prosecutor()

        page = as_(spoc).open(f"/morning/{duty.unit_id}/")
        page.not_see(f"Remind {moved}")
        page = page.follow(f"Choose whom to remind of letter {duty.reference}")
        page.see(f"{moved} made it, and cannot open this letter now.")
        page = page.press("Send the reminder", to=other.pk)

        page.see(f"{other} is reminded by e-mail")

    def test_somebody_must_be_chosen(self, spoc):
        page = as_(spoc).open(remind_page(a_letter())).press("Send the reminder")

        assert page.errors == ["Choose whom to remind"]

    def test_one_press_asks_who_is_to_be_told(self, prosecutor, spoc):
        decision = a_new_decision(prosecutor)

        page = as_(spoc).open(f"/morning/{spoc.unit_id}/")
        page = page.press(f"Ask who is to be told in case {decision.case}")

        page.see(f"{prosecutor} is asked by e-mail", f"{prosecutor} reminded today")

    def test_another_role_is_refused(self, prosecutor):
        as_(prosecutor).post(remind_page(a_letter()), status=403)

    def test_a_letter_of_another_unit_is_not_there(self, spoc):
        duty = a_letter(unit=given.a_unit(Unit.Kind.RASSO))

        as_(spoc).post(remind_page(duty), status=404)
        as_(spoc).post(remind_page(duty, spoc.unit), status=404)

    def test_a_decision_of_another_unit_is_not_there(self, spoc):
        other = given.a_unit(Unit.Kind.RASSO)
        given.a_started_area()
        decision = given.a_decision(given.a_case(unit=other))

        as_(spoc).post(f"/morning/{spoc.unit_id}/decisions/{decision.pk}/ask/", status=404)

    def test_the_addresses_answer_their_methods(self, spoc):
        duty = a_letter()

        assert as_(spoc).try_("PUT", remind_page(duty)) == 405
        assert as_(spoc).try_("GET", f"/morning/{duty.unit_id}/decisions/1/ask/") == 405
