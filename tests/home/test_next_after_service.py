"""The overview and the list of duties say what waits after a service, and whose it is."""

from datetime import timedelta

import pytest

from forthright.accounts.models import Role
from forthright.disclosure.services.bringing import check_delivery, take_in
from forthright.disclosure.services.serving import serve, tell_court
from forthright.disclosure.services.taking_back import ask_to_take_back
from forthright.disclosure.services.triage import find_adequate
from forthright.rules.disclosure_after_service import AfterService, next_words
from forthright.rules.words import day_words
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db

LATER = given.NOON + timedelta(days=1)
MORE = "Diary of Mr Hall for May 2026, noting who hired the van"
SERVED = "1 duty served, and waiting for the defence statement"


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(LATER, tick=False)


def see(*sentences):
    """Ask of the overview and the list of a lawyer and of a legal manager that both say it."""
    for role in (Role.PROSECUTOR, Role.LEGAL_MANAGER):
        person = as_(duties.a_lawyer(role))
        person.open("/").see(SERVED, *sentences)
        person.open("/disclosure/").see("Needs you now", *sentences)


def test_each_step_of_what_comes_after_a_service_is_said_with_whose_it_is():
    duty = duties.court_told()
    files = duties.written(mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS, MORE))
    came = check_delivery(
        duty, files, police_unit=duties.a_police_unit(), is_whole=False, by=None, at=LATER
    )

    take_in(came, by=None, at=LATER)
    see("Next: somebody of the unit looks through the schedules that came")

    find_adequate(came, reason="Enough for this case", by=None, at=LATER)
    see("Next: a lawyer endorses what is not decided")

    [new] = [each.item for each in duties.lines_of(duty) if each.item.number == 4]
    duties.endorse(duty, new, "D", reason="It names who hired it", by=duties.a_lawyer())
    see("Next: a legal SPOC or legal manager who decided none of it approves",
        "; somebody of the unit serves what is to be disclosed")  # fmt: skip

    duty = duties.approve_since(duty)
    see("Next: somebody of the unit serves what is to be disclosed")

    serving = serve(duty, duties.a_service(duty, served_at=LATER), by=duties.a_lawyer(), at=LATER)
    see("Next: somebody of the unit tells the court of a service")

    tell_court(serving, LATER, by=duties.a_lawyer(), at=LATER)
    as_(duties.a_lawyer()).open("/").not_see("1 duty")


def test_a_promised_day_that_has_passed_is_said(time_machine):
    duty = duties.with_an_item_set_aside()
    tell_court(duty.servings.get(), given.NOON, by=None, at=given.NOON)
    rows = duties.a_schedule(*duties.OPEN_ITEMS).replace("Property store", "Exhibits room 2")
    duties.adequate(duty, mg6c_csv=rows)
    as_(duties.a_lawyer()).open("/").not_see("1 duty")

    time_machine.move_to(given.at("2026-10-12 12:00"), tick=False)

    see("Next: a lawyer decides what was set aside until a day that has passed")


def test_that_somebody_else_confirms_a_taking_back_is_said_to_everybody_but_who_asked():
    duty, asker = duties.court_told(), duties.a_lawyer()
    ask_to_take_back(duty, f"service-{duty.servings.get().pk}", reason="It went to another firm",
                     by=asker, at=LATER)  # fmt: skip

    see("Next: somebody else of the unit says whether something recorded is taken back")

    as_(asker).open("/").not_see("1 duty")


def test_the_passed_day_of_the_defence_statement_is_said_with_what_is_done_then(time_machine):
    duty = duties.court_told()
    last = duty.statement_due_on
    time_machine.move_to(given.at(f"{last} 12:00"), tick=False)
    as_(duties.a_lawyer()).open("/").not_see("1 duty")

    time_machine.move_to(given.at(f"{last + timedelta(days=1)} 12:00"), tick=False)

    see("Next: the day of the defence statement has passed: somebody of the unit records what")
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/")
    page.see(f"Due {day_words(last)}, which has passed: record what came, or keep that none did")
    page.follow("Defence statement").press("Keep that none came").see("Kept that none came")
    as_(duties.a_lawyer()).open("/").not_see("the day of the defence statement has passed")


def test_the_page_of_a_duty_links_its_items_only_once_they_may_be_endorsed():
    duty, lawyer = duties.a_duty(), as_(duties.a_lawyer())
    address = f"/disclosure/{duty.pk}/"
    assert "Endorsed item by item" not in lawyer.open(address).links
    came = duties.received(duty)
    assert "Endorsed item by item" not in lawyer.open(address).links

    find_adequate(came, reason="Enough for this case", by=None, at=LATER)

    assert lawyer.open(address).links["Endorsed item by item"] == f"{address}endorse/"


def test_nothing_is_said_where_nothing_waits():
    assert next_words([]) == ""
    assert next_words([AfterService.LOOK]).startswith("Next: somebody of the unit looks through")
