"""A fault in several letters raises one finding; somebody puts it right and says how."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit, User
from forthright.accounts.policies import NotAllowed
from forthright.calibration.models import SystemicFinding
from forthright.calibration.services.findings import (
    FindingRefused,
    close_finding,
    raise_findings,
    take_finding,
)
from forthright.home.trust import finding_tasks
from forthright.letters.services.notes import write_note
from forthright.morning_lists.services.covering import NewCover, name_deputy
from forthright.peer_checks.models import PartTold
from forthright.peer_checks.services.telling import decide_part, dispute_part
from forthright.reviews.models import Review
from forthright.reviews.services import (
    accept_dispute,
    dispute_mark,
    finish_review,
    save_marks,
    save_summary,
    tell_drafter,
)
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db
LATER = given.NOON + timedelta(hours=1)
State = SystemicFinding.State


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(LATER, tick=True):
        yield


def failing(number=3):
    """Return as many marked letters, each by another author, that fail B1 for its drafting."""
    return [given.a_marked_letter(levels={"B1": "NOT_MET"}) for _ in range(number)]


def lifted(review, code):
    """Have a dispute of one mark of a letter accepted."""
    feedback = tell_drafter(review, by=review.marker, at=LATER, text="Say why.")
    raised = dispute_mark(
        feedback, review.marks.get(criterion__code=code), reason="It does say so.",
        by=feedback.drafter, at=LATER,
    )  # fmt: skip
    legal = given.a_person(Role.LEGAL_MANAGER)
    accept_dispute(raised, new_level="FULLY", reason="So it does.", by=legal, at=LATER)


def a_finding():
    reviews = failing()
    [found] = raise_findings(reviews[0].area, by=None, at=LATER)
    return found


def test_three_letters_by_two_authors_raise_a_finding_with_its_letters():
    reviews = failing()

    [found] = raise_findings(reviews[0].area, by=None, at=LATER)

    assert (found.criterion.code, found.failed, found.of) == ("B1", 3, 3)
    assert found.remedy == SystemicFinding.Remedy.TRAINING
    assert set(found.reviews.all()) == set(reviews)
    assert found.chance is None


def put_right(finding, *, by):
    """Have somebody take a finding on and close it."""
    take_finding(finding, plan="Tell the team.", by=by, at=LATER)
    close_finding(finding, reason="Told at the team meeting.", by=by, at=LATER)


def of_reasons_disputed(outcome):
    """Have a prosecutor dispute that a fault began with their reasons, and that decided."""
    review, prosecutor = given.a_started_review(), given.a_person(Role.PROSECUTOR)
    duty, marker = review.drawn_letter.duty, review.marker
    write_note(duty, given.REASONS, by=prosecutor, at=given.NOON)
    save_marks(review, given.answers_for(review, {"B1": "NOT_MET"}), by=marker, at=given.NOON)
    save_summary(review, replace(given.SUMMARY, root_cause="EXPLANATION"), by=marker, at=given.NOON)
    tell_drafter(
        finish_review(review, by=marker, at=given.NOON), by=marker, at=given.NOON, text="Say why."
    )
    part = PartTold.objects.get(review_number=review.pk)
    dispute_part(part, reason="The note gave two facts.", by=prosecutor, at=given.NOON)
    legal = given.a_person(Role.LEGAL_MANAGER, unit=given.a_unit(Unit.Kind.RASSO))
    decide_part(part, outcome, reason="It was looked at.", by=legal, at=given.NOON)
    return review


@pytest.mark.parametrize(
    ("outcome", "remedy"),
    [("ACCEPTED", SystemicFinding.Remedy.PROCESS), ("REFUSED", SystemicFinding.Remedy.NOTE)],
)
def test_reasons_that_were_no_fault_are_nothing_to_look_at_first(outcome, remedy):
    reviews = [of_reasons_disputed(outcome) for _ in range(3)]

    [found] = raise_findings(reviews[0].area, by=None, at=LATER)

    assert (found.failed, found.remedy) == (3, remedy)
    assert ("reasons" in found.words.lower()) is (outcome == "REFUSED")


def test_the_cause_of_a_letter_of_which_a_dispute_lifted_a_fault_blames_nobody():
    reviews = [given.a_marked_letter(levels={"B2": "PARTIALLY", "B1": "NOT_MET"}) for _ in range(3)]
    for review in reviews:
        lifted(review, "B2")

    [found] = raise_findings(reviews[0].area, by=None, at=LATER)

    assert (found.criterion.code, found.failed) == ("B1", 3)
    assert found.remedy == SystemicFinding.Remedy.PROCESS


def test_a_finding_says_in_how_many_of_its_letters_the_fault_stands_no_more():
    finding = a_finding()
    review = finding.reviews.first()
    lifted(review, "B1")

    page = as_(given.a_person(Role.SENIOR_MANAGER)).open(f"/findings/{finding.pk}/")

    page.see("3 of 3 letters", "the fault stands no more in 1 of the 3", "a dispute was accepted")
    page.see(f"{review.drawn_letter.duty.reference}, {review.unit}")


def test_two_letters_raise_none():
    reviews = failing(2)

    assert raise_findings(reviews[0].area, by=None, at=LATER) == []


def test_letters_of_one_author_raise_none():
    author = given.a_liaison_officer()
    reviews = [given.a_marked_letter(levels={"B1": "NOT_MET"}, drafter=author) for _ in range(3)]

    assert raise_findings(reviews[0].area, by=None, at=LATER) == []


@pytest.mark.parametrize("state", [State.OPEN, State.MENDING])
def test_it_is_not_raised_twice_while_it_stands(state):
    found = a_finding()
    SystemicFinding.objects.update(state=state)
    failing()

    again = raise_findings(found.area, by=None, at=LATER)

    assert again == []


def test_after_closing_it_is_raised_anew_only_by_letters_marked_since():
    found = a_finding()
    manager = given.a_person(Role.LINE_MANAGER)
    put_right(found, by=manager)
    assert raise_findings(found.area, by=None, at=LATER) == []
    reviews = failing()
    type(reviews[0]).objects.filter(pk__in=[each.pk for each in reviews]).update(
        marked_at=LATER + timedelta(hours=1)
    )

    [again] = raise_findings(found.area, by=None, at=LATER + timedelta(hours=2))

    assert set(again.reviews.all()) == set(reviews)


def test_a_finding_raised_anew_says_of_which_letters_its_counts_are():
    old, good = failing(), [given.a_marked_letter() for _ in range(2)]
    weeks_ago = given.NOON - timedelta(days=21)
    Review.objects.filter(pk__in=[e.pk for e in (*old, *good)]).update(marked_at=weeks_ago)
    [found] = raise_findings(old[0].area, by=None, at=LATER - timedelta(hours=1))
    manager = given.a_person(Role.LINE_MANAGER)
    put_right(found, by=manager)
    new = [each.pk for each in failing()]
    Review.objects.filter(pk__in=new).update(marked_at=LATER + timedelta(hours=1))

    [again] = raise_findings(found.area, by=None, at=LATER + timedelta(hours=2))

    assert (again.failed, again.of, again.marked_from) == (3, 3, LATER.date())
    words = "marked since the finding before this one was closed"
    # Those raised before this was kept so have the days of all letters looked at.
    for first_day in (again.marked_from, weeks_ago.date()):
        SystemicFinding.objects.filter(pk=again.pk).update(marked_from=first_day)
        page = as_(manager).open(f"/findings/{again.pk}/")
        page.see("3 of 3 letters", words).not_see("14 September")
    as_(manager).open(f"/findings/{found.pk}/").see("marked from 14 September").not_see(words)


def test_a_finding_closed_before_what_is_looked_at_begins_is_no_bound_of_its_counts():
    found = a_finding()
    manager = given.a_person(Role.LINE_MANAGER)
    put_right(found, by=manager)
    a_year_ago = LATER - timedelta(weeks=52)
    SystemicFinding.objects.update(found_at=a_year_ago, closed_at=a_year_ago)

    [again] = raise_findings(found.area, by=None, at=LATER)

    first = f"marked from {again.marked_from:%-d} October"
    as_(manager).open(f"/findings/{again.pk}/").see(first).not_see("the finding before this one")


def test_whoever_is_second_to_take_on_or_close_a_finding_keeps_what_they_wrote():
    found = a_finding()
    gone, first, second = (given.a_person(Role.LINE_MANAGER) for _ in range(3))
    take_finding(found, plan="Look into it", by=gone, at=LATER)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    take, close = (as_(second).open(f"/findings/{found.pk}/{what}/") for what in ("take", "close"))
    take_finding(found, plan="Talk about it", by=first, at=LATER)

    page = take.press("Take it on", plan="A long careful plan.")
    page.see(f"{first} has taken this on already", "What you wrote is still on this page")
    assert "A long careful plan." in page.text
    page = close.press("Close it", reason="It was the old wording.")
    page.see(f"{first} has taken this on, and closes it")
    assert "It was the old wording." in page.text
    found.refresh_from_db()
    assert (found.owner, found.state) == (first, State.MENDING)


def on_overview(person):
    """Return what the overview of a person says of each finding."""
    return [each.hint for each in finding_tasks(User.objects.get(pk=person.pk))]


def test_the_overview_says_who_has_left_a_finding_and_who_has_it_now():
    gone, other = (given.a_person(Role.LINE_MANAGER) for _ in range(2))
    found = a_finding()
    assert on_overview(other) == ["Nobody has taken it on yet."]
    take_finding(found, plan="Look into it", by=gone, at=LATER)
    assert on_overview(gone) == ["You have taken it on."]
    User.objects.filter(pk=gone.pk).update(is_active=False)

    left = f"{gone}’s account is closed. You may take it over or close it."
    assert on_overview(other) == [left]

    found.refresh_from_db()
    take_finding(found, plan="Talk about it", by=other, at=LATER)
    assert on_overview(other) == ["You have taken it on."]


def test_a_finding_of_somebody_who_puts_no_faults_right_any_more_waits_again():
    changed, other = (given.a_person(Role.LINE_MANAGER) for _ in range(2))
    found = a_finding()
    take_finding(found, plan="Look into it", by=changed, at=LATER)
    assert on_overview(other) == []

    User.objects.filter(pk=changed.pk).update(role=Role.PROSECUTOR)

    left = f"{changed} puts no faults right any more. You may take it over or close it."
    assert on_overview(other) == [left]
    assert on_overview(given.a_person(Role.SENIOR_MANAGER)) == []


def test_a_finding_of_somebody_who_is_away_waits_for_others_of_their_role():
    found = a_finding()
    SystemicFinding.objects.update(remedy=SystemicFinding.Remedy.NOTE)
    found.refresh_from_db()
    away, other = (given.a_person(Role.LEGAL_SPOC) for _ in range(2))
    legal = given.a_person(Role.LEGAL_MANAGER)
    take_finding(found, plan="Look into it", by=away, at=LATER)
    assert on_overview(other) == []

    today = LATER.date()
    cover = NewCover(spoc=away, deputy=other, first_day=today, last_day=today)
    name_deputy(away.unit, cover, by=legal, at=LATER)

    assert on_overview(other) == [f"{away} is away today. You may take it over or close it."]
    assert on_overview(away) == ["You have taken it on."]


def test_it_is_on_the_overview_of_whose_it_is_until_it_is_closed():
    found = a_finding()
    manager, lawyer = given.a_person(Role.LINE_MANAGER), given.a_person(Role.LEGAL_MANAGER)
    as_(lawyer).open("/").not_see("B1 failed in 3 of 3 letters")
    browser = as_(manager)

    page = browser.open("/").follow(found.words)
    page.see("It is a count, and no test", "Line manager: nobody has taken it on yet")
    taken = browser.post(f"/findings/{found.pk}/take/", plan="A quarter of an hour on reasons.")
    taken.see("This finding is yours to put right.", "Being mended", manager.full_name)
    closed = browser.post(f"/findings/{found.pk}/close/", reason="Done on 5 October.")

    closed.see("The finding is closed.", "Done on 5 October.")
    browser.open("/").not_see("B1 failed in 3 of 3 letters")


def test_nobody_takes_or_closes_what_somebody_has_taken_on():
    found = a_finding()
    first, second = given.a_person(Role.LINE_MANAGER), given.a_person(Role.LINE_MANAGER)
    take_finding(found, plan="Talk about it", by=first, at=LATER)
    found.refresh_from_db()

    with pytest.raises(NotAllowed, match="taken this on already"):
        take_finding(found, plan="Talk about it", by=second, at=LATER)
    with pytest.raises(NotAllowed, match="closes it"):
        close_finding(found, reason="All is well", by=second, at=LATER)


def test_it_is_neither_taken_nor_closed_without_words():
    found = a_finding()
    manager = given.a_person(Role.LINE_MANAGER)

    with pytest.raises(FindingRefused, match="what you are going to do"):
        take_finding(found, plan=".", by=manager, at=LATER)
    with pytest.raises(NotAllowed, match="Nobody has taken this on yet"):
        close_finding(found, reason="All is well", by=manager, at=LATER)
    take_finding(found, plan="Talk about it", by=manager, at=LATER)
    with pytest.raises(FindingRefused, match="what was changed"):
        close_finding(found, reason="-", by=manager, at=LATER)

    found.refresh_from_db()
    assert found.state == State.MENDING


def test_its_letters_open_for_who_may_see_them():
    found = a_finding()
    of_unit, elsewhere = (given.a_person(role) for role in (Role.LINE_MANAGER, Role.LEGAL_SPOC))
    reference = found.reviews.first().drawn_letter.duty.reference

    as_(of_unit).open(f"/findings/{found.pk}/").see(reference)
    as_(elsewhere).open(f"/findings/{found.pk}/").see("3 of them are not yours to see.")


@pytest.mark.parametrize("what", ["", "take/", "close/"])
def test_another_area_and_the_wrong_role_do_not_reach_it(what):
    found = a_finding()
    stranger = given.a_person(Role.LINE_MANAGER, area=given.an_area("Wessex"))

    assert as_(stranger).try_("GET", f"/findings/{found.pk}/{what}") == 404
    assert as_(given.a_liaison_officer()).try_("GET", f"/findings/{found.pk}/{what}") == 403
