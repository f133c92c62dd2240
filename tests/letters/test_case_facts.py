"""What the record says of a case when its letter is written."""

from datetime import date

import pytest

from forthright.accounts.models import Role, Unit
from forthright.cases.models import Defendant
from forthright.letters.models import ContactPoint, ContactWishes
from forthright.letters.selectors.case_facts import case_file_for
from forthright.letters.services.facts import (
    FactRefused,
    NewContact,
    Wishes,
    add_contact,
    retire,
    set_wishes,
)
from forthright.rules.case_file import AccusedStatus, Channel
from tests import given

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 7)


def test_the_case_file_says_what_the_record_says():
    officer = given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit(Unit.Kind.VLU))
    duty = given.an_explained_letter(is_domestic_abuse=True)

    case = case_file_for(duty, TODAY, writer=officer)

    assert case.urn == duty.case.urn
    assert case.recipient.address == ("4 Quarry Close", "Worcester", "WR5 3XX")
    assert [each.family_name for each in case.accused] == ["Marsden"]
    assert case.accused[0].status is AccusedStatus.DEFENDANT
    assert case.letter.signatory == officer.full_name
    assert officer.full_name in [each.name for each in case.area.staff]
    assert case.note.facts == given.REASONS.facts
    assert case.review_right.qualifies
    assert case.review_right.ask_by == date(2026, 10, 21)
    assert not case.letter.is_late


def test_the_day_after_the_due_day_the_letter_is_late():
    duty = given.an_explained_letter()

    assert not case_file_for(duty, duty.due_on).letter.is_late
    assert case_file_for(duty, date(2026, 10, 13)).letter.is_late


def test_everybody_in_another_case_of_the_week_is_known_and_nobody_of_a_far_one():
    duty = given.an_explained_letter()
    near = given.a_letter_owed(person={"family_name": "Ashdown"})
    Defendant.objects.create(case=near.case, key="d", family_name="Pugh")
    given.a_letter_owed(decided_at=given.at("2026-08-03 10:00"), person={"family_name": "Marsh"})

    week = case_file_for(duty, TODAY).week

    assert [each.urn for each in week] == [near.case.urn]
    assert [each.family_name for each in week[0].people] == ["Ashdown", "Pugh"]


def test_another_victim_of_the_same_case_may_not_be_named():
    duty = given.an_explained_letter()
    given.a_person_to_tell(duty.case, family_name="Carter")

    others = case_file_for(duty, TODAY).others

    assert [(each.family_name, each.may_be_named) for each in others] == [("Carter", False)]


def test_how_a_person_can_be_reached_is_sorted_by_what_it_is():
    duty = given.an_explained_letter()
    unsafe = ("12 Old Street, Worcester", "07700 900 123", "old@example.test", " ")
    wishes = Wishes(channel=ContactWishes.Channel.EMAIL, unsafe=unsafe, no_voicemail=True)
    set_wishes(duty, wishes, by=None, at=given.NOON)

    reader = case_file_for(duty, TODAY).recipient

    assert reader.channel is Channel.EMAIL
    assert reader.safe_contact.unsafe_addresses == ("12 Old Street, Worcester",)
    assert reader.safe_contact.unsafe_phones == ("07700 900 123",)
    assert reader.safe_contact.unsafe_emails == ("old@example.test",)
    assert reader.safe_contact.no_voicemail


def test_a_letter_through_an_adviser_names_the_adviser():
    duty = given.an_explained_letter()

    with pytest.raises(FactRefused, match="who passes the letter on"):
        set_wishes(duty, Wishes(channel="VIA_ADVISER"), by=None, at=given.NOON)


def test_a_contact_serves_from_its_day_and_stays_known_when_it_is_retired():
    area = given.an_area_that_writes()
    later = NewContact(kind="PHONE", value="01632 960 555")
    add_contact(area, later, used_from=date(2026, 11, 1), by=None, at=given.NOON)
    old = ContactPoint.objects.get(value="01632 960 101")
    retire(old, on=date(2026, 10, 6), by=None, at=given.NOON)

    contacts = case_file_for(given.a_letter_owed(), TODAY).area.contacts

    assert [(each.value, each.retired_on) for each in contacts] == [
        ("victims.mercia@cps.example", None),
        ("01632 960 101", date(2026, 10, 6)),
    ]


def test_a_contact_is_not_retired_before_it_was_used():
    given.an_area_that_writes()
    contact = ContactPoint.objects.first()

    with pytest.raises(FactRefused, match="before the day"):
        retire(contact, on=date(2025, 12, 31), by=None, at=given.NOON)
