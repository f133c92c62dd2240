"""Of a letter that was not late nobody says that it is sorry for that, and no watch counts it."""

from datetime import timedelta

import pytest
import time_machine

from forthright.letters.models import Letter
from forthright.peer_checks.models import PeerCheck, PeerLevel
from forthright.peer_checks.services.checking import (
    AnswerRefused,
    Found,
    FoundOf,
    answer_check,
    open_check,
    save_found,
)
from forthright.schemes.models import Duty
from forthright.watches.selectors.watching import watches_of
from tests import given
from tests.client import as_
from tests.peer_checks.looked_at import LATER, a_check, all_met, changes_asked
from tests.watches.faults import another_letter

pytestmark = pytest.mark.django_db
SOON = given.NOON + timedelta(days=9)


def due(check, days):
    """Have the letter of a look due so many days after its colleague looks."""
    day = LATER.date() + timedelta(days=days)
    Duty.objects.filter(pk=check.letter.duty_id).update(due_on=day)
    return PeerCheck.objects.get(pk=check.pk)


def told_of_a5(days=-1):
    """Return the look at a late letter by which its author was told that it does not say sorry."""
    return changes_asked(due(a_check(), days), but="A5")


def watches(asked):
    return [each.watch for each in watches_of(asked.area, now=SOON)]


def says(check, level):
    """Have a look say this of A5, as it could be said before the record was asked."""
    PeerLevel.objects.filter(check_of=check, criterion__code="A5").update(level=level)


def lateness_of(check, days):
    """Have the letter of an answered look due so many days after the look."""
    day = check.answered_at.date() + timedelta(days=days)
    Duty.objects.filter(pk=check.letter.duty_id).update(due_on=day)


@pytest.mark.parametrize("level", ["FULLY", "NOT_MET"])
def test_a_letter_looked_at_in_time_says_nothing_of_whether_its_author_is_sorry(level):
    asked = told_of_a5()
    for days, of in ((1, 0), (2, -1)):
        check = another_letter(asked, days=days)
        says(check, level)
        lateness_of(check, of)

    [watch] = watches(asked)

    assert len(watch.seen) == 1
    assert len(watch.again) == (level == "NOT_MET")


def test_a_letter_that_the_record_now_says_went_in_time_is_passed_over():
    asked = told_of_a5()
    check = another_letter(asked, days=3)
    says(check, "NOT_MET")
    lateness_of(check, -1)
    assert watches(asked)[0].again
    Duty.objects.filter(pk=check.letter.duty_id).update(
        sent_at=check.answered_at - timedelta(days=1)
    )

    assert watches(asked)[0].seen == ()


def test_a_fault_told_of_a_letter_in_time_is_not_watched():
    asked = told_of_a5()
    assert len(watches(asked)) == 1

    due(asked, 0)

    assert watches(asked) == []


def test_of_another_letter_than_the_one_owed_the_colleague_says_it():
    asked = told_of_a5()
    check = another_letter(asked, days=1)
    says(check, "FULLY")
    lateness_of(check, 0)
    Letter.objects.filter(pk=check.letter_id).update(kind="HOLDING", number=2)

    assert len(watches(asked)[0].seen) == 1


@pytest.mark.parametrize(
    ("days", "sees", "levels"),
    [
        (0, "It is not late, so this does not apply.", ["NOT_APPLICABLE"]),
        (-1, "It is late, so this applies.", ["FULLY", "NOT_MET"]),
    ],
)
def test_the_page_of_a_look_says_what_the_record_says(days, sees, levels):
    check = due(a_check(), days)

    with time_machine.travel(LATER, tick=False):
        page = as_(check.checker).open(f"/checks/{check.pk}/")
        page.see(sees)
        wrong = {"NOT_APPLICABLE", "FULLY", "NOT_MET"} - set(levels)
        for level in wrong:
            page = as_(check.checker).post(f"/checks/{check.pk}/", A5_level=level)
            page.see("A5: this cannot be said of it")

    offered = [value for value in ("FULLY", "NOT_MET", "NOT_APPLICABLE")
               if f'name="A5_level" value="{value}"' in page.text]  # fmt: skip
    assert offered == levels


def test_what_was_kept_while_a_letter_was_in_time_is_asked_again_once_it_is_late():
    check = due(a_check(), 0)
    open_check(check, by=check.checker, at=LATER)
    save_found(check, Found(levels=all_met(check)), by=check.checker, at=LATER)
    next_day = LATER + timedelta(days=1)

    with pytest.raises(AnswerRefused, match=r"A5: The record says: .* It is late, so this applies"):
        answer_check(check, "PASSED", by=check.checker, at=next_day)
    said = Found(levels={"A5": FoundOf(level="FULLY")})
    save_found(check, said, by=check.checker, at=next_day)

    assert answer_check(check, "PASSED", by=check.checker, at=next_day).answer == "PASSED"
