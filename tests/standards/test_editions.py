"""The standard starts from the published rubric; an edition in force never changes."""

from datetime import date

import pytest

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.rules.rubric import Level, published_rubric
from forthright.rules.scoring import overall
from forthright.standards import selectors, services
from forthright.standards.models import Criterion, Edition
from tests import given
from tests.standards.editions import ADOPTED_ON, a_changed_draft, a_draft, a_standard, reworded

pytestmark = pytest.mark.django_db


def test_the_first_edition_holds_the_published_rubric_whole():
    edition = a_standard()
    published = published_rubric()

    kept = selectors.rubric_of(edition)

    assert kept.criteria == published.criteria
    assert kept.root_causes == published.root_causes
    assert kept.rule == published.rule


def test_starting_twice_gives_the_same_edition():
    assert a_standard() == a_standard()
    assert Event.objects.filter(name="standard.started").count() == 1


def test_the_rubric_of_an_edition_can_be_scored_with():
    rubric = selectors.rubric_of(a_standard())
    marks = {each.code: Level.FULLY for each in rubric.criteria}

    assert overall({**marks, "A1": Level.NOT_MET}, rubric).critical_failures == ("A1",)


def test_every_critical_criterion_says_why_it_is():
    critical = Criterion.objects.filter(edition=a_standard(), is_critical=True)

    assert {each.code for each in critical} == {"A1", "A2", "A6"}
    assert all(each.critical_because for each in critical)


def test_the_edition_in_force_is_the_last_one_begun():
    first = a_standard()
    second = services.adopt_edition(
        a_changed_draft(), by=an_administrator(), at=given.NOON,
        in_force_from=date(2026, 11, 2), reason="Clearer words",
    )  # fmt: skip
    area = given.an_area()

    assert selectors.edition_in_force(area, date(2026, 11, 1)) == first
    assert selectors.edition_in_force(area, date(2026, 11, 2)) == second
    assert selectors.edition_in_force(area, date(2020, 1, 1)) is None


def an_administrator():
    return given.a_person(Role.ADMINISTRATOR)


def test_a_copy_is_a_draft_with_the_same_words():
    draft = a_draft()

    assert draft.is_draft
    assert draft.number == 2
    assert selectors.differences_between(draft.copied_from, draft) == []


def test_there_is_one_draft_at_a_time():
    draft = a_draft()

    with pytest.raises(services.DraftExists, match="Edition 2 is being drafted already"):
        services.copy_edition(draft.copied_from, by=an_administrator(), at=given.NOON)


def test_a_changed_wording_shows_as_a_difference_and_nothing_else_does():
    draft = a_changed_draft()

    [difference] = selectors.differences_between(draft.copied_from, draft)

    assert (difference.code, difference.part) == ("B3", "Question")
    assert difference.after == "Would it be kind to read this alone at home?"


def test_an_edition_in_force_is_never_edited():
    criterion = a_standard().criteria.get(code="B3")

    with pytest.raises(NotAllowed, match="its words never change"):
        services.change_criterion(
            criterion, by=an_administrator(), at=given.NOON, words=reworded(criterion)
        )

    criterion.refresh_from_db()
    assert criterion.question == published_rubric().criterion("B3").question


def test_an_adopted_edition_is_not_thrown_away():
    with pytest.raises(NotAllowed):
        services.discard_draft(a_standard(), by=an_administrator(), at=given.NOON)


def test_a_draft_thrown_away_leaves_a_record():
    draft = a_draft()

    services.discard_draft(draft, by=an_administrator(), at=given.NOON)

    assert Edition.objects.count() == 1
    assert Event.objects.get(name="standard.draft_discarded").detail["number"] == 2


@pytest.mark.parametrize(
    ("first_day", "reason", "words"),
    [
        pytest.param(ADOPTED_ON, " ", "Say why the standard changes", id="no reason"),
        pytest.param(date(2026, 10, 4), "Better", "before today", id="a day gone by"),
    ],
)
def test_a_draft_is_not_adopted_without_reason_or_for_the_past(first_day, reason, words):
    with pytest.raises(services.EditionHasProblems, match=words):
        services.adopt_edition(
            a_changed_draft(), by=an_administrator(), at=given.NOON,
            in_force_from=first_day, reason=reason,
        )  # fmt: skip


def test_a_draft_that_changes_nothing_is_not_adopted():
    with pytest.raises(services.EditionHasProblems, match="breaks every trend"):
        services.adopt_edition(
            a_draft(), by=an_administrator(), at=given.NOON, in_force_from=ADOPTED_ON, reason="Tidy"
        )


def test_a_senior_manager_may_not_change_the_standard():
    with pytest.raises(NotAllowed):
        services.copy_edition(a_standard(), by=given.a_person(Role.SENIOR_MANAGER), at=given.NOON)
