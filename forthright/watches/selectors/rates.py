"""The repeat-fault rate of each criterion: how often a fault came again after feedback."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission, Reach, reach_of
from forthright.accounts.policies import is_of_liaison_unit
from forthright.reviews.models import Feedback
from forthright.reviews.selectors.lists import number_to_mark_blind, reviews_visible_to
from forthright.rules.recurrence import RepeatRate, repeat_rates
from forthright.rules.recurrence_by_chance import ByChance, share_failing
from forthright.watches.selectors.facts import Source, Whose
from forthright.watches.selectors.watching import (
    WATCHED_FOR,
    Watched,
    failing_in,
    rules_of_watches,
    watches_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """The rates within a person's reach, and what they are counted from."""

    rates: tuple[RepeatRate, ...]
    labels: dict[str, str]
    watched: list[Watched]
    # Of which letters or authors, as the end of a sentence.
    whose: str
    rules: str
    weeks: int
    # Of each criterion with a share, what is expected by chance, from letters of the whole Area.
    chances: dict[str, ByChance]


def rates_for(user: User, now: datetime) -> Rates:
    """Return the repeat-fault rates that a person may see: of their unit, or of the Area.

    Those of a unit are of its authors and of its letters: the Victim Liaison Unit writes for all.
    They are by criterion, as one edition of the standard or several word it, and never by person.
    """
    watched = _within_reach(user, now)
    rates = repeat_rates(
        [each.watch for each in watched], [each.is_open_to_others(now) for each in watched]
    )
    return Rates(
        rates=rates,
        labels={each.of.told.criterion: each.of.asked.label for each in watched},
        watched=watched,
        whose=_of_whom(user),
        rules=f"the {rules_of_watches(user.area, watched, now)}",
        weeks=WATCHED_FOR.days // 7,
        chances=_chances(user, watched, rates, now),
    )


def rates_to_mark_blind(user: User, found: Rates) -> int:
    """Return how many letters that may be behind the rates this person has yet to mark blind.

    While there is one, they see no rate and no letter. Those are the letters of authors who are
    watched, and each within reach whose author was told of its marks: that no rate counts it tells
    that it has no fault. What is expected by chance counts those of the whole Area.
    """
    told = Q(feedback__drafter__isnull=False)
    if not (_sees_area(user) or found.chances):
        told &= Q(feedback__unit=user.unit_id) | Q(feedback__drafter__unit=user.unit_id)
    authors = {each.of.author_id for each in found.watched}
    return number_to_mark_blind(user, told | Q(drawn_letter__duty__drafter__in=authors))


def watches_of_criterion(found: Rates, criterion: str) -> list[Watched]:
    """Return the watches behind one rate, those that are complete first."""
    behind = [each for each in found.watched if each.of.told.criterion == criterion]
    return sorted(behind, key=lambda each: not each.is_complete)


def may_be_listed(user: User, watched: Sequence[Watched]) -> list[Watched]:
    """Return of some watches those whose letter a person may be told of, in the order given.

    That a marking found a fault in a letter is for whoever sees that marking, its author and
    whoever told them; of others only the number counts. What a check found is for all who see how
    letters are looked at.
    """
    of_markings = {each.of.number for each in watched if each.of.source == Source.REVIEW}
    visible = reviews_visible_to(user).values("pk")
    feedback = Feedback.objects.filter(pk__in=of_markings, review__in=visible)
    seen = set(feedback.values_list("pk", flat=True))
    return [
        each
        for each in watched
        if each.of.source != Source.REVIEW
        or each.of.number in seen
        or user.pk in {each.of.author_id, each.of.told_by_id}
    ]


def _chances(
    user: User, watched: Sequence[Watched], rates: Sequence[RepeatRate], now: datetime
) -> dict[str, ByChance]:
    failing = failing_in(user.area, watched, now=now)
    found = {
        each.criterion: ByChance(
            came_again=each.repeated, failing=share_failing(failing[each.criterion]),
            watched=each.letters_watched,
        )
        for each in rates
        if each.criterion in failing
    }  # fmt: skip
    return {criterion: each for criterion, each in found.items() if each.is_enough}


def _within_reach(user: User, now: datetime) -> list[Watched]:
    if _sees_area(user):
        return watches_of(user.area, now=now)
    if user.unit_id is None:
        return []
    whose = Whose(author_unit_id=user.unit_id, unit_id=user.unit_id)
    return watches_of(user.area, now=now, whose=whose)


def _sees_area(user: User) -> bool:
    return reach_of(user.role, Permission.CHECKS_SEE) is Reach.AREA


def _of_whom(user: User) -> str:
    if _sees_area(user):
        return f"in {user.area}"
    unit = "the Victim Liaison Unit" if is_of_liaison_unit(user) else str(user.unit)
    return f"in letters of {unit} or of authors who work there"
