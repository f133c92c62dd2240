"""Letters that were marked once, and are or were given to a second marker."""

from datetime import date, timedelta
from itertools import count

from forthright.accounts.models import Role, Unit
from forthright.reviews.models import LetterCheck, SecondMarkSeed
from forthright.reviews.selectors.second_marks import second_marks_to_give
from forthright.reviews.services.second_marking import (
    choose_letters_to_mark_again,
    finish_second_marking,
    open_second_marking,
    save_second_levels,
)
from forthright.rules.second_marks import lot_of
from tests import given

LATER = given.NOON + timedelta(hours=1)
MONDAY = date(2026, 10, 5)


def a_manager(kind=Unit.Kind.MAGISTRATES, **person):
    return given.a_person(Role.LINE_MANAGER, unit=given.a_unit(kind), **person)


def draw_lot(review, *, chosen=True):
    """Make the seed of the week one by which this letter is chosen, or not, as a new marker's.

    Its checks found nothing, so that only the lot decides.
    """
    LetterCheck.objects.filter(review=review).update(fired={})
    seed = next(
        seed
        for seed in count(1)
        if (lot_of(seed, str(review.pk)) < 0.2 if chosen else lot_of(seed, str(review.pk)) > 0.5)
    )
    SecondMarkSeed.objects.create(area=review.area, week=MONDAY, seed=str(seed), made_at=given.NOON)
    return review


def a_second_marking(**letter):
    """Return a letter that waits for the second marks of a manager of another unit."""
    second = a_manager()
    review = draw_lot(given.a_marked_letter(**letter))
    choose_letters_to_mark_again(review.area, by=None, at=LATER)
    return second_marks_to_give(second).get()


def levels_for(marking, changed=None):
    decided = given.answers_for(marking.review)
    return {code: answer.level for code, answer in decided.items()} | (changed or {})


def a_finished_second_marking(changed=None, **letter):
    return mark_again(a_second_marking(**letter), changed)


def mark_again(marking, changed=None):
    """Return a second marking once its marker has gone all the way through it."""
    open_second_marking(marking, by=marking.marker, at=LATER)
    save_second_levels(marking, levels_for(marking, changed), by=marking.marker, at=LATER)
    return finish_second_marking(marking, by=marking.marker, at=LATER)
