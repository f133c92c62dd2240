"""Where a person can be reached, corrected by hand, is not put back by the next extract."""

import pytest

from forthright.accounts.models import Role
from forthright.letters.services.details import Details, change_details
from forthright.schemes.models import Duty
from tests import given
from tests.extracts.files import HEADER, ROW, a_csv, a_plan, an_area, imported, notes, problems

pytestmark = pytest.mark.django_db
REACHED = [*HEADER, "E-mail", "Telephone", "Address"]
FIRST = ("jane@example.org", "07700 900111", "1 Old Road")


def an_extract(tmp_path, name, *reached):
    return a_csv(tmp_path / f"{name}.csv", REACHED, [*ROW, *reached])


@pytest.fixture
def person(tmp_path):
    """Return somebody of an extract whose e-mail and address were then corrected by hand."""
    area = an_area()
    imported(area, an_extract(tmp_path, "first", *FIRST))
    duty = Duty.objects.get()
    officer = given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit("VLU", area=area))
    new = Details(email="jane.new@example.org", phone=FIRST[1], address="9 Safe Street")
    change_details(duty, new, reason="Her adviser rang on 6 October", by=officer, at=given.NOON)
    return duty.person


def reached(person):
    person.refresh_from_db()
    return person.email, person.phone, person.address


def test_the_same_extract_again_puts_nothing_back_and_says_so(person, tmp_path):
    plan = a_plan(person.case.area, an_extract(tmp_path, "again", *FIRST))

    assert problems(plan) == []
    [note] = notes(plan)
    assert note.startswith("The e-mail address and address of “Jane Smith” were corrected by hand")
    assert note.endswith("and the file gives others. Those that are held stay.")
    assert [each.column for each in plan.file.problems()] == ["E-mail"]
    assert plan.counts.changes_nothing
    imported(person.case.area, an_extract(tmp_path, "again", *FIRST))
    assert reached(person) == ("jane.new@example.org", FIRST[1], "9 Safe Street")


def test_what_was_not_corrected_by_hand_still_follows_the_extract(person, tmp_path):
    imported(person.case.area, an_extract(tmp_path, "new", FIRST[0], "07700 900222", FIRST[2]))

    assert reached(person) == ("jane.new@example.org", "07700 900222", "9 Safe Street")


def test_an_extract_that_gives_what_was_corrected_is_no_news(person, tmp_path):
    again = an_extract(tmp_path, "right", "jane.new@example.org", FIRST[1], "9 Safe Street")

    assert notes(a_plan(person.case.area, again)) == []


def test_an_address_taken_away_by_hand_stays_away(person, tmp_path):
    duty = Duty.objects.get()
    none = Details(email="", phone=FIRST[1], address="9 Safe Street")
    officer = given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit("VLU"))
    change_details(duty, none, reason="It is not safe any more", by=officer, at=given.NOON)

    imported(person.case.area, an_extract(tmp_path, "again", *FIRST))

    assert reached(person)[0] == ""
