"""The standard that disclosure is marked by, beside the one for letters."""

from datetime import date

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.rules.rubric import Level, published_rubric
from forthright.rules.sampled import Subject
from forthright.standards import selectors, services
from forthright.standards.models import Edition
from tests import given
from tests.client import as_
from tests.standards.editions import a_standard

pytestmark = pytest.mark.django_db


def test_each_criterion_says_what_it_rests_on_and_has_its_levels():
    rubric = published_rubric(Subject.DISCLOSURE)

    without = [each.code for each in rubric.criteria if "Rests on:" not in each.guidance]
    levels = {frozenset(each.levels) for each in rubric.criteria}

    assert [each for each in without if each != "D2"] == []
    assert levels == {frozenset({Level.FULLY, Level.PARTIALLY, Level.NOT_MET})}
    assert [each.code for each in rubric.criteria if each.is_timeliness] == ["D2"]


def test_the_standards_of_letters_and_of_disclosure_are_counted_by_themselves():
    letters = a_standard()
    disclosure = services.start_area_standards(
        letters.area, Subject.DISCLOSURE, by=None, at=given.NOON
    )

    assert (letters.number, disclosure.number) == (1, 1)
    assert str(disclosure) == "disclosure edition 1"
    today = date(2026, 10, 5)
    assert selectors.edition_in_force(letters.area, today) == letters
    assert selectors.edition_in_force(letters.area, today, Subject.DISCLOSURE) == disclosure


def test_a_draft_of_each_may_be_made_at_the_same_time():
    letters = a_standard()
    disclosure = services.start_area_standards(
        letters.area, Subject.DISCLOSURE, by=None, at=given.NOON
    )
    administrator = given.a_person(Role.ADMINISTRATOR)
    services.copy_edition(letters, by=administrator, at=given.NOON)

    draft = services.copy_edition(disclosure, by=administrator, at=given.NOON)

    assert (draft.subject, draft.number) == ("DISCLOSURE", 2)


def test_an_administrator_starts_it_on_the_page_of_standards():
    a_standard()
    with time_machine.travel(given.NOON, tick=False):
        page = as_(given.a_person(Role.ADMINISTRATOR)).open("/standards/")
        page = page.press("Start with the product’s wording for disclosures")

    page.see("Disclosure edition 1 is in force", "D3 The test applied rightly")
    assert Edition.objects.filter(subject="DISCLOSURE").count() == 1
