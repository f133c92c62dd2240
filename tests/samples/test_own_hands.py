"""Whoever drafted, wrote, approved or let go a letter never marks it."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.letters.models import Letter, LetterVersion, LookPassed, LookWaived
from forthright.letters.selectors.letter import latest_words
from forthright.letters.services.approving import approve
from forthright.letters.services.checks import note_checked, waive_look
from forthright.letters.services.drafting import hand_over, keep_edit
from forthright.reviews.services import open_review
from forthright.samples import services
from forthright.samples.models import DrawnLetter
from forthright.samples.selectors import letters_to_mark, letters_without_marker
from forthright.schemes.models import Duty
from tests import given
from tests.client import as_
from tests.samples import weeks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(given.NOON, tick=False):
        yield


def a_manager():
    return given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))


def approved_by(manager, **letter) -> Duty:
    return given.an_approved_letter(approver=manager, decided_at=weeks.DECIDED, **letter)


def edited_by(manager) -> Duty:
    version = given.a_draft(decided_at=weeks.DECIDED)
    duty = version.letter.duty
    text = version.text.replace("Dear Ms Osei", "Dear Ms Amira Osei")
    keep_edit(duty, text, based_on=version.number, by=manager, at=given.NOON)
    return duty


def approved(duty, *, by) -> None:
    newest = latest_words(duty)
    hand_over(duty, by=newest.added_by, at=given.NOON)
    approve(Duty.objects.get(pk=duty.pk), newest.number, by=by, at=given.NOON)


def let_go_by(manager, **letter) -> Duty:
    duty = given.an_approved_letter(decided_at=weeks.DECIDED, **letter)
    letter = Letter.objects.get(duty=duty, number=1)
    letter.check_is_required = True
    letter.save()
    waive_look(letter, 1, reason="Both who look are ill today.", by=manager, at=given.NOON)
    return duty


def passed_by(manager) -> Duty:
    """Return a letter whose look was given by somebody who manages and marks since."""
    duty = given.an_approved_letter(decided_at=weeks.DECIDED)
    letter = Letter.objects.get(duty=duty, number=1)
    note_checked(letter, latest_words(letter), by=manager, at=given.NOON)
    return duty


def passed_before_another_by(manager) -> Duty:
    """Return a letter that somebody passed before it was changed and another passed it."""
    duty = passed_by(manager)
    letter = Letter.objects.get(duty=duty, number=1)
    note_checked(letter, latest_words(letter), by=a_manager(), at=given.NOON)
    return duty


def drawn_for(marker) -> DrawnLetter:
    return weeks.a_draw(weeks.a_plan(marker=marker), of=0).letters.get()


@pytest.mark.parametrize(
    ("touched", "did"),
    [
        pytest.param(approved_by, "approved", id="approved it"),
        pytest.param(edited_by, "wrote words of", id="edited it"),
        pytest.param(let_go_by, "waived the look at", id="let it go without its look"),
        pytest.param(passed_by, "passed", id="looked at it before it went"),
        pytest.param(passed_before_another_by, "passed", id="looked at it before another did"),
    ],
)
def test_a_letter_is_not_drawn_for_whoever_had_a_hand_in_it(touched, did):
    manager, other = a_manager(), a_manager()
    duty = touched(manager)

    letter = drawn_for(manager)

    assert letter.marker is None
    planner = weeks.a_planner()
    page = as_(planner).open("/").follow("1 drawn letter has nobody to mark it")
    page.see(f"Nobody yet: the marker of the plan {did} it.")
    page = page.follow(f"Choose a marker for {duty.reference}")
    assert str(manager) not in page.text
    page.press("Give the letter to them", marker=other.pk).see(f"given to {other}")
    as_(planner).open("/").not_see("nobody to mark it")
    with pytest.raises(NotAllowed, match=f"{manager} {did} this letter"):
        services.give_letter(letter, marker=manager, by=planner, at=given.NOON)


def test_a_letter_approved_after_it_was_drawn_is_not_marked_by_its_approver():
    manager = a_manager()
    version = given.a_draft(decided_at=weeks.DECIDED)
    duty = version.letter.duty
    letter = drawn_for(manager)
    assert letter.marker == manager
    approved(duty, by=manager)

    with pytest.raises(NotAllowed, match="You approved this letter"):
        open_review(letter, by=manager, at=given.NOON)

    assert not letters_to_mark(manager).exists()
    as_(manager).open("/").not_see("1 drawn letter to mark")
    address = f"/samples/draws/{letter.draw_id}/"
    as_(manager).open(address).see(f"Nobody yet: {manager} approved it.")
    as_(weeks.a_planner()).open(address).follow(f"Choose a marker for {duty.reference}")


@pytest.mark.parametrize(
    ("touched", "did"),
    [
        pytest.param(let_go_by, "waived the look at", id="let it go without its look"),
        pytest.param(passed_by, "passed", id="looked at it before it went"),
    ],
)
def test_a_letter_let_go_after_it_was_drawn_is_not_marked_by_whoever_did(touched, did):
    manager = a_manager()
    duty = touched(a_manager())
    letter = drawn_for(manager)
    LookWaived.objects.filter(letter__duty=duty).update(made_by=manager)
    LookPassed.objects.filter(letter__duty=duty).update(made_by=manager)

    with pytest.raises(NotAllowed, match=f"You {did} this letter"):
        open_review(letter, by=manager, at=given.NOON)

    assert not letters_to_mark(manager).exists()
    assert list(letters_without_marker(weeks.a_planner())) == [letter]


def test_whoever_let_a_letter_go_without_its_look_gives_it_but_does_not_replace_it():
    planner, marker, other = weeks.a_planner(), a_manager(), a_manager()
    let_go_by(planner, approver=marker)
    letter = drawn_for(marker)

    with pytest.raises(NotAllowed, match="You waived the look at this letter"):
        services.substitute_letter(letter, by=planner, at=given.NOON, reason="Sealed by the court")

    assert services.give_letter(letter, marker=other, by=planner, at=given.NOON).marker == other


def test_a_letter_marked_before_it_was_approved_is_finished_by_its_marker():
    manager = a_manager()
    version = given.a_draft(decided_at=weeks.DECIDED)
    letter = drawn_for(manager)
    services.record_marked(letter, by=manager, at=given.NOON)
    duty = version.letter.duty
    approved(duty, by=manager)

    services.record_told(letter, by=manager, at=given.NOON)

    letter.refresh_from_db()
    assert letter.state == DrawnLetter.State.TOLD


def test_whoever_only_pastes_a_sent_letter_may_mark_it():
    marker = weeks.a_marker()
    letter = given.a_drawn_letter(marker=marker)

    review = open_review(letter, by=marker, at=given.NOON)

    assert review.marker == marker


def test_whoever_approved_a_letter_gives_it_but_does_not_replace_it():
    planner, marker, other = weeks.a_planner(), a_manager(), a_manager()
    duty = edited_by(marker)
    approved(duty, by=planner)
    letter = drawn_for(marker)

    with pytest.raises(NotAllowed, match="You approved this letter"):
        services.substitute_letter(letter, by=planner, at=given.NOON, reason="Sealed by the court")
    page = as_(planner).open(f"/samples/draws/{letter.draw_id}/")
    page.not_see(f"Replace {duty.reference}")
    page = page.follow(f"Choose a marker for {duty.reference}")
    page.press("Give the letter to them", marker=other.pk)

    assert DrawnLetter.objects.get(pk=letter.pk).marker == other


def test_whoever_wrote_words_of_a_letter_does_not_draw_from_its_list():
    plan = weeks.a_plan()
    planner = weeks.a_planner()
    edited = edited_by(a_manager())
    LetterVersion.objects.filter(letter__duty=edited, made_how="EDITED").update(added_by=planner)

    with pytest.raises(NotAllowed, match="Letters you drafted are in this frame"):
        services.draw_sample(plan, weeks.W40, by=planner, at=weeks.MONDAY_AFTER)


def test_a_replacement_is_not_given_to_its_approver_either():
    manager = a_manager()
    for _ in range(3):
        approved_by(manager)
    drawn = weeks.a_draw(weeks.a_plan(marker=manager, random_size=1), of=0)

    taken = services.substitute_letter(
        drawn.letters.get(), by=weeks.a_planner(), at=given.NOON, reason="Sealed by the court"
    )

    assert taken.marker is None


def test_many_approved_letters_cost_as_many_queries_as_one():
    manager, planner = a_manager(), weeks.a_planner()
    counts = []
    for _ in range(2):
        approved_by(manager)
        drawn = weeks.a_draw(weeks.a_plan(f"Plan {len(counts)}", marker=manager), of=0)
        with CaptureQueriesContext(connection) as queries:
            as_(planner).open(f"/samples/draws/{drawn.pk}/")
        counts.append(len(queries))

    assert counts[0] == counts[1]
