"""What is asked of the police repeats nothing sensitive: more of them read it than the schedule."""

from datetime import date

import pytest

from forthright.audit.models import Event
from forthright.disclosure.forms.schedules import reasons_offered
from forthright.disclosure.models import PoliceReturn
from forthright.disclosure.services.triage import TriageRefused, return_to_police, take_back
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
ANSWER_BY = date(2026, 10, 12)
REASON = "Schedules of unused material not completed correctly"
TELLS = "MG6D item 2: say who Heronsgate is and what was said about the stolen van."
ASKS = "MG6D item 1: say why it is sensitive. MG6C item 1: say what the receipt shows."


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


@pytest.fixture
def delivery():
    files = {"mg6c_csv": duties.a_schedule(*duties.OPEN_ITEMS),
             "mg6d_csv": duties.a_schedule(duties.SECRET, form="MG6D")}  # fmt: skip
    return duties.received(duties.a_duty(), **files)


def asked(delivery, words, by):
    return return_to_police(
        delivery, {REASON: [words]}, unit=duties.a_police_unit(), answer_by=ANSWER_BY, by=by,
        at=given.NOON,
    )  # fmt: skip


def test_what_repeats_a_sensitive_item_is_not_sent_and_who_may_read_it_is_told_which_words(
    delivery,
):
    with pytest.raises(TriageRefused, match="sensitive material of this case: “"):
        asked(delivery, TELLS, duties.a_lawyer())

    assert not PoliceReturn.objects.exists()
    assert not Event.objects.filter(name="delivery.returned").exists()


def test_the_page_keeps_what_was_typed_and_nothing_reaches_the_police(delivery):
    field = f"reason_{reasons_offered({}).index(REASON)}"
    answers = {"unit": duties.a_police_unit().pk, "answer_by_day": "12",
               "answer_by_month": "10", "answer_by_year": "2026", field: TELLS}  # fmt: skip
    page = as_(duties.a_lawyer()).open(f"/disclosure/deliveries/{delivery.pk}/return/")

    page = page.press("Return it", **answers)

    page.see("What you ask repeats words of sensitive material", TELLS)
    as_(duties.a_police_partner()).open("/returned-schedules/").not_see("Heronsgate")


def test_an_item_is_named_by_its_number_and_what_is_open_may_be_said(delivery):
    returned = asked(delivery, ASKS, duties.a_lawyer())

    page = as_(duties.a_police_partner()).open(f"/returned-schedules/{returned.pk}/")
    page.see(ASKS)


def test_why_a_return_was_a_mistake_tells_nothing_either(delivery):
    returned = asked(delivery, ASKS, duties.a_lawyer())

    with pytest.raises(TriageRefused, match="Why it was a mistake repeats"):
        take_back(returned, reason=TELLS, by=duties.a_lawyer(), at=given.NOON)

    returned.refresh_from_db()
    assert returned.taken_back_at is None
