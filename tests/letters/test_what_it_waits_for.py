"""The page of a letter says once what the letter waits for."""

import pytest

from forthright.letters.models import Dispatch
from forthright.letters.services.delivery import note_event
from forthright.letters.services.sending import send
from forthright.rules.contact_lock import Way
from forthright.schemes.models import Duty
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db


def test_what_a_letter_waits_for_is_said_once():
    duty = given.a_letter_to_write()

    page = as_(given.a_liaison_officer()).open(f"/letters/{duty.pk}/")

    page.see("Waits for: the prosecutor’s reasons.")
    assert page.words.count("Waits for the prosecutor") == 1  # beside the step itself


def statuses_of(duty):
    page = as_(given.a_liaison_officer()).open(f"/letters/{duty.pk}/")
    steps = page.tree.find_class("govuk-task-list__item")
    return {
        " ".join(step.find_class("govuk-task-list__name-and-hint")[0].text_content().split()): (
            step.find_class("govuk-task-list__status")[0].text_content().strip()
        )
        for step in steps
    }


@pytest.mark.parametrize(
    ("phone", "status"), [("", "No number"), ("01632 960 555", "None recorded")]
)
def test_no_call_is_said_to_be_made_because_the_letter_is_out(phone, status):
    duty = given.an_approved_letter(person={"phone": phone})
    dispatch = send(duty, Way.PRINT, by=given.a_liaison_officer(), at=given.NOON)
    note_event(dispatch, Dispatch.State.SENT, happened_at=given.NOON, by=None, at=given.NOON)

    said = statuses_of(duty)

    call = next(each for each in said if each.startswith("The telephone call"))
    assert said[call] == status
    assert list(said.values()).count("Done") == 4


def test_a_letter_of_which_only_the_sending_is_known_has_no_other_step_done():
    duty = given.a_letter_owed()
    Duty.objects.filter(pk=duty.pk).update(sent_at=given.NOON, state=Duty.State.MET)

    said = list(statuses_of(duty).values())

    assert (said.count("Done"), said.count("Not recorded")) == (1, 3)
