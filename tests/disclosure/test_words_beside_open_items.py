"""What is written where others than the lawyers of the unit read it repeats no sensitive words."""

from datetime import date

import pytest

from forthright.accounts.models import Role
from forthright.disclosure.models import DefenceRequest
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.answering import StatementRefused, answer_request
from forthright.disclosure.services.correcting import Trigger, correct_trigger
from forthright.disclosure.services.dating import Ordered, set_court_date
from forthright.disclosure.services.endorsing import (
    EndorsementRefused,
    Written,
    endorse_item,
    set_aside,
)
from forthright.disclosure.services.mending import correct_service
from forthright.disclosure.services.reckoning import DateRefused
from forthright.disclosure.services.reopening import open_again
from forthright.disclosure.services.starting import DutyRefused, end_duty
from forthright.disclosure.services.taking_back import ask_to_take_back
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
TELLS = f"It only leads to the {duties.SECRET.lower()}"
NOT_THERE = DefenceRequest.Outcome.NOT_DISCLOSABLE


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def item(duty, number, form="MG6C"):
    found = (each.item for each in lines_of(duty) if each.form == form)
    return next(each for each in found if each.number == number)


def endorsed(duty, reason, code="ND", inspected="", of=None):
    wish = Written(item_id=(of or item(duty, 2)).pk, code=code, reason=reason, inspected=inspected)
    return endorse_item(duty, wish, by=duties.a_lawyer(), at=given.NOON)


def answered(answer, by=None):
    return answer_request(
        DefenceRequest.objects.order_by("pk").first(), NOT_THERE, answer=answer,
        by=by or duties.a_lawyer(), at=given.NOON,
    )  # fmt: skip


def test_an_answer_to_the_defence_that_tells_of_a_sensitive_item_is_refused_on_its_page():
    duty = duties.stated()
    asked = DefenceRequest.objects.order_by("pk").first()
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/statement/{asked.pk}/")

    page = page.press("Answer it", outcome=NOT_THERE, answer=f"There is only the {duties.SECRET}.")

    page.see("The answer repeats words of sensitive material of this case: “heronsgate”")
    page.see("It goes to the defence: say it without “heronsgate”", duties.SECRET)
    asked.refresh_from_db()
    assert (asked.outcome, asked.answer) == (DefenceRequest.Outcome.OPEN, "")


def test_who_may_not_see_what_is_sensitive_is_not_told_which_words():
    duties.stated()

    with pytest.raises(StatementRefused, match="name it by its form and number") as refusal:
        answered("Heronsgate was asked.", by=given.a_person(Role.LINE_MANAGER))
    assert "heronsgate" not in str(refusal.value).lower()


def test_what_the_defence_asks_for_by_name_and_what_is_on_the_open_schedules_is_answered():
    duties.stated()
    DefenceRequest.objects.update(words="All about Heronsgate")

    answered("Nothing of Heronsgate is held. The call of Mrs Oduya about the fight was disclosed.")

    answered_now = DefenceRequest.objects.get(outcome=NOT_THERE)
    assert answered_now.answer.startswith("Nothing of Heronsgate")


@pytest.mark.parametrize("words", [{"reason": TELLS}, {"reason": "Seen", "inspected": TELLS}])
def test_a_reason_beside_an_open_item_that_tells_of_a_sensitive_one_is_refused(words):
    duty = duties.reviewing()

    with pytest.raises(EndorsementRefused, match="What you write of MG6C item 2 repeats words"):
        endorsed(duty, **words)


def test_so_is_why_it_is_set_aside():
    duty = duties.reviewing()

    with pytest.raises(EndorsementRefused, match="say it without “heronsgate”"):
        set_aside(duty, item(duty, 2).pk, reason=TELLS, decide_by=date(2026, 10, 9),
                  by=duties.a_lawyer(), at=given.NOON)  # fmt: skip


def test_beside_a_sensitive_item_and_a_query_everything_is_written():
    duty = duties.reviewing()

    endorsed(duty, TELLS, "SN", of=item(duty, 1, "MG6D"))
    endorsed(duty, TELLS, "Q")
    # It is for the lawyers of the unit alone until the query is answered, and so is this.
    endorsed(duty, f"{TELLS}, which is known", "ND")


def test_words_of_the_open_schedules_and_of_the_test_are_written():
    duty = duties.reviewing()

    made = endorsed(duty, "The van was hired for the defendant; it may undermine the prosecution")

    assert made.reason.startswith("The van")


@pytest.mark.parametrize("what", ["ends", "court", "began", "service", "taken back"])
def test_why_a_duty_ends_and_why_its_days_move_tell_nothing_either(what):
    duty = duties.served()
    serving, said = duty.servings.get(), {"by": duties.a_lawyer(), "at": given.NOON}
    then = given.at("2026-10-05 10:00")
    act = {
        "ends": lambda: end_duty(duty, given.NOON.date(), reason=TELLS, **said),
        "court": lambda: set_court_date(
            duty, Ordered(key="stage_1", day=date(2026, 10, 30), reason=TELLS), **said
        ),
        "began": lambda: correct_trigger(
            duty, Trigger(triggered_on=duties.SENT, remand="BAIL", reason=TELLS), **said
        ),
        "service": lambda: correct_service(serving, then, reason=TELLS, **said),
        "taken back": lambda: ask_to_take_back(duty, f"service-{serving.pk}", reason=TELLS, **said),
    }[what]

    with pytest.raises((DutyRefused, DateRefused), match="say it without “heronsgate”"):
        act()


def test_nor_does_why_it_is_opened_again():
    duty, said = duties.served(), {"by": duties.a_lawyer(), "at": given.NOON}
    end_duty(duty, given.NOON.date(), reason="He died", **said)

    with pytest.raises(DutyRefused, match="Why it is opened again repeats words of sensitive"):
        open_again(duties.fresh(duty), reason=TELLS, **said)


def test_the_victim_of_the_record_is_no_secret_though_a_sensitive_item_names_them():
    secret = "Medical notes of Ms Osei, with what she told Mrs Farthingale"
    duty = duties.adequate(
        duties.a_duty(), mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS),
        mg6d_csv=duties.a_schedule(secret, form="MG6D"),
    )  # fmt: skip

    with pytest.raises(EndorsementRefused, match="osei"):
        endorsed(duty, "It is consistent with the statement of Ms Osei")
    duty.case.people_to_tell.create(key="1", title="Ms", given_names="Ama", family_name="Osei")

    endorsed(duty, "It is consistent with the statement of Ms Osei")
    with pytest.raises(EndorsementRefused, match="farthingale"):
        endorsed(duty, "Ms Osei told it to Mrs Farthingale first")
