"""The morning list comes by e-mail once on each working day, at the time the person chose."""

from datetime import time

import pytest
import time_machine
from django.core import mail

from forthright.accounts.models import Role, Unit, User
from forthright.morning_lists.models import Digest
from forthright.morning_lists.services.digests import (
    ChoiceRefused,
    ask_for_digests,
    choose_digest,
    send_digest,
)
from forthright.schemes.services import NewClosedDay, add_closed_day
from forthright.web.models import Job
from tests import given
from tests.client import as_
from tests.morning_lists import mornings
from tests.morning_lists.mornings import MORNING, a_cover, a_letter

pytestmark = pytest.mark.django_db
SITE = "https://here.test"
BEFORE = given.at("2026-10-02 12:00")


@pytest.fixture
def area():
    return given.a_started_area()


@pytest.fixture
def spoc(area):
    return mornings.a_spoc()


def wants_it(person, hour=time(8)):
    return choose_digest(is_wanted=True, hour=hour, by=person, at=BEFORE)


def send_all(at=MORNING):
    for digest in Digest.objects.filter(sent_at=None):
        send_digest(digest, site=SITE, by=None, at=at)
    return mail.outbox


def test_nobody_gets_an_e_mail_who_did_not_ask_for_one(spoc):
    assert ask_for_digests(spoc.area, by=None, at=MORNING) == 0


@pytest.mark.parametrize(
    ("now", "number"),
    [
        pytest.param("2026-10-05 07:59", 0, id="before the time"),
        pytest.param("2026-10-05 08:00", 1, id="at the time"),
        pytest.param("2026-10-05 15:00", 1, id="late, where the worker was down"),
        pytest.param("2026-10-04 08:00", 0, id="not on a Sunday"),
    ],
)
def test_it_is_asked_for_at_the_time_on_working_days(now, number, spoc):
    wants_it(spoc)

    assert ask_for_digests(spoc.area, by=None, at=given.at(now)) == number

    assert Job.objects.filter(name="morning_lists.digest").count() == number


def test_it_is_not_sent_on_a_day_on_which_the_office_is_closed(spoc):
    wants_it(spoc)
    closed = NewClosedDay(day=mornings.TODAY, name="Moving day", kind="OFFICE_CLOSURE", source="Us")
    add_closed_day(spoc.area, closed, by=None, at=BEFORE)

    assert ask_for_digests(spoc.area, by=None, at=MORNING) == 0


def test_asked_again_in_the_day_nobody_gets_a_second(spoc):
    wants_it(spoc)
    ask_for_digests(spoc.area, by=None, at=MORNING)

    assert ask_for_digests(spoc.area, by=None, at=given.at("2026-10-05 10:00")) == 0

    assert len(send_all()) == 1


def test_on_the_next_day_it_comes_again(spoc):
    wants_it(spoc)
    ask_for_digests(spoc.area, by=None, at=MORNING)

    assert ask_for_digests(spoc.area, by=None, at=given.at("2026-10-06 08:00")) == 1


def test_one_that_was_not_sent_in_its_day_is_not_sent_beside_that_of_the_next(spoc):
    wants_it(spoc)
    ask_for_digests(spoc.area, by=None, at=MORNING)
    next_day = given.at("2026-10-06 08:00")
    ask_for_digests(spoc.area, by=None, at=next_day)

    assert len(send_all(at=next_day)) == 1
    assert [each.on.day for each in Digest.objects.exclude(sent_at=None)] == [6]


def test_whoever_ended_it_gets_no_more(spoc):
    wants_it(spoc)
    choose_digest(is_wanted=False, hour=time(8), by=spoc, at=BEFORE)

    assert ask_for_digests(spoc.area, by=None, at=MORNING) == 0


def test_it_says_how_much_waits_with_links_and_names_nobody_of_a_case(spoc):
    wants_it(spoc)
    duty = a_letter()
    ask_for_digests(spoc.area, by=None, at=MORNING)

    (letter,) = send_all()

    assert letter.subject == "Your morning list, Monday 5 October 2026"
    assert letter.to == [spoc.email]
    said = f"Mercia Crown Court: 1 thing waits\n- Due today: 1\n{SITE}/morning/{spoc.unit_id}/"
    assert said in letter.body
    assert not [
        words for words in (duty.person.family_name, str(duty.case)) if words in letter.body
    ]


def test_with_nothing_waiting_it_says_so(spoc):
    wants_it(spoc)
    ask_for_digests(spoc.area, by=None, at=MORNING)

    (letter,) = send_all()

    assert "Mercia Crown Court: nothing waits\n" in letter.body


def test_a_deputy_gets_the_list_of_the_unit_they_cover_on_those_days(area):
    spoc, deputy = mornings.a_spoc(), mornings.a_prosecutor(given.a_unit(Unit.Kind.RASSO))
    a_cover(spoc, deputy)
    wants_it(deputy)
    for now in ("2026-10-05 08:00", "2026-10-06 08:00"):
        ask_for_digests(area, by=None, at=given.at(now))
        send_all(given.at(now))

    (letter,) = mail.outbox

    assert "Mercia Crown Court" in letter.body


def test_a_deputy_who_chose_nothing_gets_it_at_the_time_of_whom_they_cover(area):
    spoc, deputy = mornings.a_spoc(), mornings.a_prosecutor(given.a_unit(Unit.Kind.RASSO))
    a_cover(spoc, deputy)
    wants_it(spoc, time(9))

    asked = [
        (now, ask_for_digests(area, by=None, at=given.at(now)))
        for now in ("2026-10-05 08:30", "2026-10-05 09:00", "2026-10-06 09:00")
    ]

    assert [number for _, number in asked] == [0, 2, 1]
    assert Digest.objects.filter(person=deputy).count() == 1
    with time_machine.travel(MORNING, tick=False):
        as_(deputy).open(f"/morning/{spoc.unit_id}/").see(f"While you cover for {spoc}", "9am")


def test_a_deputy_who_ended_the_e_mail_gets_none_of_whom_they_cover(area):
    spoc, deputy = mornings.a_spoc(), mornings.a_prosecutor(given.a_unit(Unit.Kind.RASSO))
    a_cover(spoc, deputy)
    wants_it(spoc)
    choose_digest(is_wanted=False, hour=time(8), by=deputy, at=BEFORE)

    ask_for_digests(area, by=None, at=MORNING)

    assert [each.person for each in Digest.objects.all()] == [spoc]


def test_whoever_left_since_it_was_asked_for_gets_none(spoc):
    wants_it(spoc)
    ask_for_digests(spoc.area, by=None, at=MORNING)
    User.objects.filter(pk=spoc.pk).update(is_active=False)

    assert send_all() == []


def test_it_goes_once_and_a_copy_after_a_crash_has_the_same_name(spoc):
    wants_it(spoc)
    ask_for_digests(spoc.area, by=None, at=MORNING)
    send_all()
    # As after a crash between the mail server's answer and the record of it.
    Digest.objects.update(sent_at=None)
    send_all()
    send_all()

    first, second = mail.outbox

    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_nobody_is_asked_for_in_another_area(spoc):
    wants_it(spoc)

    assert ask_for_digests(given.a_started_area("Wessex"), by=None, at=MORNING) == 0


def test_only_a_time_at_which_something_is_sent_is_kept(spoc):
    with pytest.raises(ChoiceRefused):
        choose_digest(is_wanted=True, hour=time(8, 10), by=spoc, at=BEFORE)


class TestPage:
    @pytest.fixture(autouse=True)
    def in_the_morning(self):
        with time_machine.travel(MORNING, tick=False):
            yield

    def test_the_time_is_chosen(self, spoc):
        page = as_(spoc).open("/morning/").follow("Choose when it comes by e-mail")

        page = page.see("Last sent: never so far").press("Save", is_wanted="yes", hour="07:30")

        page.see("This list comes to you by e-mail at 7:30am on working days. Last sent: never")

    def test_the_list_says_when_it_was_last_sent(self, spoc):
        wants_it(spoc)
        ask_for_digests(spoc.area, by=None, at=MORNING)
        send_all()

        as_(spoc).open("/morning/").see("Last sent: 5 October 2026, 9:30am")

    def test_it_must_be_said_whether_it_is_wanted(self, spoc):
        page = as_(spoc).open("/morning/e-mail/").press("Save")

        assert page.errors == ["Choose whether you want it by e-mail"]

    def test_another_time_is_refused(self, spoc):
        page = as_(spoc).post("/morning/e-mail/", is_wanted="yes", hour="08:10")

        assert page.errors == ["Choose one of the times in the list."]

    def test_another_role_is_refused(self, area):
        as_(given.a_person(Role.PROSECUTOR)).open("/morning/e-mail/", status=403)

    def test_it_answers_no_other_method(self, spoc):
        assert as_(spoc).try_("PUT", "/morning/e-mail/") == 405
