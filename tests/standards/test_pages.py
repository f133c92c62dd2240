"""The pages of the standards."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forthright.accounts.models import Role
from forthright.standards.models import Edition
from tests import given
from tests.client import as_
from tests.standards.editions import a_changed_draft, a_draft, a_standard

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(given.NOON, tick=False):
        yield


@pytest.fixture
def administrator():
    return given.a_person(Role.ADMINISTRATOR)


def test_a_line_manager_reads_each_criterion_with_its_levels_side_by_side():
    edition = a_standard()

    page = as_(given.a_person(Role.LINE_MANAGER)).open("/standards/").follow("Read edition 1")

    page.see("A1 The right person", "Critical", "Why it is critical:", "Fully meets",
             "Partly meets", "Does not meet", "Where a fault began")  # fmt: skip
    assert page.address == f"/standards/{edition.pk}/"


def test_the_list_says_why_figures_never_run_on():
    a_standard()

    page = as_(given.a_person(Role.LINE_MANAGER)).open("/standards/")

    page.see("Why figures never run on from one edition to the next", "the same letter can get")
    page.not_see("Make a new edition")


def test_a_panel_member_may_not_open_the_standards():
    assert as_(given.a_person(Role.PANEL_MEMBER)).try_("GET", "/standards/") == 403


def test_a_person_of_another_area_finds_nothing(administrator):
    draft = a_draft()
    stranger = as_(given.a_person(Role.ADMINISTRATOR, area=given.an_area("Wessex")))

    for part in ("", "differences/", "adopt/"):
        assert stranger.try_("GET", f"/standards/{draft.pk}/{part}") == 404


def test_a_draft_is_hidden_from_those_who_may_not_change_it():
    draft = a_draft()
    browser = as_(given.a_person(Role.LINE_MANAGER))

    assert browser.try_("GET", f"/standards/{draft.pk}/") == 404
    browser.open("/standards/").not_see("Draft")


def test_acts_are_not_done_by_looking(administrator):
    edition = a_standard()

    assert as_(administrator).try_("GET", f"/standards/{edition.pk}/copy/") == 405
    assert as_(administrator).try_("GET", f"/standards/{edition.pk}/discard/") == 405


def test_many_criteria_cost_as_many_queries_as_one(administrator):
    edition = a_standard()
    browser = as_(administrator)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            browser.open(f"/standards/{edition.pk}/")
        counts.append(len(queries))
        edition.criteria.exclude(code="A1").delete()

    assert counts[0] == counts[1]


def test_an_administrator_starts_copies_changes_and_adopts(administrator):
    given.an_area()
    page = as_(administrator).open("/standards/").press("Start with the product’s wording")
    page.see("Edition 1 is in force")

    page = page.press("Make a new edition from this one").see("Edition 2 is a draft")
    page = page.follow("Change B3 Kind and respectful")
    page = page.press("Save", question="Would it be kind to read alone?").see("B3 changed")
    page = page.follow("Check and adopt")
    page.see("1 wording changed from edition 1 to edition 2", "Would it be kind to read alone?")
    refused = page.press("Adopt edition 2")
    page = page.press("Adopt edition 2", reason="Markers asked for plainer words")

    assert refused.errors == ["Enter why the standard changes"]
    page.see("Edition 2 adopted", "Markers asked for plainer words", "In force")
    assert not Edition.objects.get(number=2).is_draft


def test_an_edition_in_force_has_no_form_to_change_it(administrator):
    criterion = a_standard().criteria.first()

    page = as_(administrator).open(f"/standards/criteria/{criterion.pk}/change/", status=403)

    page.see("its words never change")


def test_a_critical_criterion_needs_its_reason(administrator):
    criterion = a_draft().criteria.get(code="B3")
    page = as_(administrator).open(f"/standards/criteria/{criterion.pk}/change/")

    page = page.press("Save", is_critical="on")

    assert page.errors == ["Enter why failing this fails the letter"]


def test_a_draft_that_changes_nothing_is_refused_in_words(administrator):
    draft = a_draft()

    page = as_(administrator).open(f"/standards/{draft.pk}/adopt/")
    page = page.press("Adopt edition 2", reason="Tidy")

    assert "Nothing differs from edition 1" in page.errors[0]


def test_a_draft_is_thrown_away(administrator):
    draft = a_draft()

    page = as_(administrator).open(f"/standards/{draft.pk}/").press("Throw the draft away")

    page.see("The draft of edition 2 was thrown away")
    assert Edition.objects.count() == 1


def test_a_second_draft_is_refused(administrator):
    draft = a_changed_draft()

    page = as_(administrator).post(f"/standards/{draft.copied_from_id}/copy/")

    page.see("is being drafted already")


def test_what_changed_is_shown_side_by_side(administrator):
    draft = a_changed_draft()

    page = as_(administrator).open(f"/standards/{draft.pk}/differences/")

    assert page.rows()[0][2] == "Would it be kind to read this alone at home?"
