"""A finding that counts letters by other words of its criterion too says so until it is closed."""

from datetime import date, timedelta

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.calibration.models import SystemicFinding
from forthright.calibration.selectors.findings import editions_behind
from forthright.calibration.selectors.reporting import trust_facts
from forthright.calibration.services.findings import raise_findings
from forthright.rules.weeks import week_of
from tests import given
from tests.client import as_
from tests.standards.a_new_wording import adopt_another

pytestmark = pytest.mark.django_db
LATER = given.NOON + timedelta(hours=1)
AFTER = date(2026, 10, 12)


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(LATER, tick=True):
        yield


def a_finding(**words):
    """Return a finding of three letters of one edition, to which one of another was joined."""
    old = [given.a_marked_letter(levels={"B1": "NOT_MET"}) for _ in range(3)]
    newer = adopt_another(old[0].edition, of=given.NOON.date(), **words)
    new = given.a_marked_letter(levels={"B1": "NOT_MET"})
    assert new.edition == newer
    [found] = raise_findings(new.area, by=None, at=LATER)
    found.criterion = newer.criteria.get(code="B1")
    found.save()
    found.reviews.add(new)
    return found


def the_page(found):
    return as_(given.a_person(Role.LEGAL_MANAGER)).open(f"/findings/{found.pk}/")


def test_its_page_says_by_which_edition_each_letter_was_marked():
    found = a_finding()

    the_page(found).see(
        "counts them together: 3 letters by edition 1 and 1 letter by edition 2.",
        "What edition 1 asks is not what edition 2 does",
        "by edition 1", "by edition 2",
    )  # fmt: skip
    assert sum(each.letters for each in editions_behind(found)) == found.reviews.count()
    assert SystemicFinding.objects.get().words == found.words


def test_the_report_names_the_editions_that_it_counts_together():
    found = a_finding()

    [fact] = trust_facts(found.area, week_of(given.NOON.date()), as_of=AFTER).findings

    assert fact.title == "B1 Offers a telephone call, by editions 1 and 2 together"


def test_editions_of_the_same_words_are_named_by_each_letter_and_nothing_else_is_said():
    found = a_finding(guidance="Look at the second page.")

    the_page(found).see("by edition 1", "by edition 2").not_see("counts them together")
    [fact] = trust_facts(found.area, week_of(given.NOON.date()), as_of=AFTER).findings
    assert fact.title == "B1 Explains this decision"


def test_a_finding_of_one_edition_says_nothing_of_it():
    reviews = [given.a_marked_letter(levels={"B1": "NOT_MET"}) for _ in range(3)]
    [found] = raise_findings(reviews[0].area, by=None, at=LATER)

    the_page(found).not_see("by edition", "counts them together")
