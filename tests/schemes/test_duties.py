"""The list of letters owed says what is overdue and what is due, and how many."""

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.cases.models import PersonToTell
from forthright.schemes import services
from forthright.schemes.models import Duty
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(given.NOON, tick=False):
        yield


def an_officer():
    return given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit(Unit.Kind.VLU))


def owed(decided, **more):
    return given.a_letter_owed(decided_at=given.at(decided), **more)


def test_letters_stand_under_headings_with_their_counts():
    owed("2026-09-25 10:00", person={"family_name": "Overdue"})
    owed("2026-09-28 10:00", person={"family_name": "Duetoday"})
    owed("2026-09-29 10:00", person={"family_name": "Duetomorrow"})
    owed("2026-10-05 10:00", person={"family_name": "Duelater"})

    page = as_(an_officer()).open("/letters/")

    page.see("1 Overdue: not sent", "1 Due today", "1 Due tomorrow", "1 Due later", "0 Sent late")
    names = [row[0] for row in page.rows()]
    assert [name.split()[1] for name in names] == ["Overdue", "Duetoday", "Duetomorrow", "Duelater"]


def test_each_count_opens_the_letters_it_counts():
    owed("2026-09-25 10:00", person={"family_name": "Overdue"})
    owed("2026-10-05 10:00", person={"family_name": "Duelater"})

    page = as_(an_officer()).open("/letters/").follow("1 Overdue: not sent")

    page.see("Amira Overdue").not_see("Amira Duelater")


def test_on_a_friday_the_next_working_day_is_named():
    with time_machine.travel(given.at("2026-10-02 12:00"), tick=False):
        owed("2026-09-28 10:00")

        as_(an_officer()).open("/letters/").see("1 Due Monday 5 October")


def test_a_person_out_of_reach_is_not_told_of_letters():
    as_(given.a_person(Role.RESEARCHER)).open("/letters/", status=403)


def test_letters_of_another_unit_and_area_are_not_listed():
    owed("2026-10-01 10:00", unit=given.a_unit(Unit.Kind.RASSO))
    owed("2026-10-01 10:00", unit=given.a_unit(area=given.an_area("Wessex")))
    here = owed("2026-10-01 10:00", person={"family_name": "Here"})

    page = as_(given.a_person(Role.PROSECUTOR)).open("/letters/")

    assert [row[0] for row in page.rows()] == [f"Amira Here {here.reference}"]


def test_the_list_is_only_read():
    assert as_(an_officer()).try_("POST", "/letters/") == 405


@pytest.mark.parametrize(
    "words", ["Ó Ne", "ó ne", "20AB7777726", "20 ab 77777 26", "20AB777", "20AB7777726-1"]
)
def test_a_letter_is_found_by_surname_urn_or_reference(words):
    owed("2026-10-01 10:00", urn="20AB7777726", person={"family_name": "Ó Neill"})
    owed("2026-10-01 10:00", person={"family_name": "Nowak"})

    page = as_(an_officer()).open("/letters/", words=words)

    page.see("Amira Ó Neill").not_see("Nowak")


def test_a_search_finds_what_was_sent_too():
    duty = owed("2026-10-01 10:00", person={"family_name": "Nowak"})
    Duty.objects.filter(pk=duty.pk).update(state=Duty.State.MET)

    as_(an_officer()).open("/letters/", words="nowak").see("Amira Nowak", "Sent in time")


def namesakes(count, case):
    PersonToTell.objects.bulk_create(
        PersonToTell(case=case, key=f"namesake {number}", family_name="Smith")
        for number in range(count)
    )


def test_the_commonest_of_surnames_is_found_and_more_must_be_typed_only_past_5_000():
    duty = owed("2026-10-01 10:00", person={"family_name": "Smith"})
    namesakes(4_999, duty.case)
    her = as_(an_officer())

    her.open("/letters/", words="smith").see("Amira Smith")
    namesakes(1, given.a_case(urn="20AB7777726"))

    page = her.open("/letters/", words="smith").not_see("Amira Smith")
    page.see("More than 5,000 people have a surname that begins with “smith”. Type more of it.")


@pytest.mark.parametrize(
    "filters",
    [
        pytest.param({"entitlement": "ENHANCED"}, id="entitlement"),
        pytest.param({"show": "late", "late_stage": "DRAFTING"}, id="late stage"),
        pytest.param({"show": "late", "late_stage": "NOT_KNOWN"}, id="stage not known"),
        pytest.param({"week": "2026-W41"}, id="week"),
    ],
)
def test_a_filter_narrows_the_list(filters):
    wanted = owed("2026-10-05 09:00", person={"family_name": "Wanted", "entitlement": "ENHANCED"})
    owed("2026-10-05 09:00", person={"family_name": "Other"})
    if "late_stage" in filters:
        stage = filters["late_stage"].replace("NOT_KNOWN", "")
        Duty.objects.filter(pk=wanted.pk).update(state="LATE", late_stage=stage)

    page = as_(an_officer()).open("/letters/", **filters)

    page.see("Amira Wanted").not_see("Amira Other")


def test_a_filter_that_makes_no_sense_is_told():
    page = as_(an_officer()).open("/letters/", entitlement="nonsense")

    assert page.errors


def test_what_was_listed_is_recorded():
    duty = owed("2026-10-01 10:00")

    as_(an_officer()).open("/letters/")

    assert Event.objects.get(name="letters.listed").detail == {"letters": [duty.pk]}


def test_a_long_list_turns_its_pages_without_losing_a_letter():
    for _ in range(27):
        owed("2026-10-01 10:00")

    first = as_(an_officer()).open("/letters/")
    second = first.follow("Next page")

    assert len(first.rows()) == 25
    assert len(second.rows()) == 2
    assert second.follow("Previous page").rows() == first.rows()


def test_many_letters_take_no_more_queries_than_one(django_assert_max_num_queries):
    browser = as_(an_officer())
    for _ in range(12):
        owed("2026-10-01 10:00")

    with django_assert_max_num_queries(24):
        browser.open("/letters/")


def test_the_calendar_warns_on_the_list_before_it_runs_out():
    area = given.a_started_area()
    services.open_duties([], by=None, at=given.NOON)
    officer = an_officer()

    with time_machine.travel(given.at("2028-11-01 12:00"), tick=False):
        as_(officer).open("/letters/").see("The calendar of bank holidays ends on")
    assert area
