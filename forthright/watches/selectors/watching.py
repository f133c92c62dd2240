"""The watches of people: what became of the faults they were told of, and who may see that."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from django.http import Http404

from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission, Reach, reach_of
from forthright.accounts.policies import within_reach
from forthright.letters.models import Letter
from forthright.reviews.selectors.lists import reviews_to_mark_blind
from forthright.reviews.selectors.second_marks import second_marks_to_give
from forthright.rules.recurrence import LookedAt, Untold, Watch, repeat_rates, watch_recurrence
from forthright.rules.recurrence_by_chance import Letters, failing_letters
from forthright.rules.second_mark_numbers import SecondMarkNumbers
from forthright.rules.words import list_words
from forthright.schemes.models import Duty
from forthright.standards.selectors.marking_numbers import marking_numbers_of, marking_numbers_when
from forthright.watches.models import OutcomeSeen
from forthright.watches.selectors.facts import (
    ANYBODY,
    Between,
    ToldOf,
    Whose,
    looks_at,
    looks_at_all,
    told_of,
)
from forthright.watches.selectors.untold import untold_of
from forthright.web import clock

# Faults told of longer ago are not watched any more, whatever became of them.
WATCHED_FOR = timedelta(weeks=52)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One watch, when it was complete, and whether its author has seen what came of it."""

    of: ToldOf
    watch: Watch
    complete_at: datetime | None
    seen_at: datetime | None
    # Days for which it is the author's alone.
    first_days: int
    # The edition of the numbers that was in force when its author was told.
    numbers: str

    @property
    def is_complete(self) -> bool:
        """Say whether all the letters to be watched were looked at."""
        return self.watch.is_complete

    def is_open_to_others(self, now: datetime) -> bool:
        """Say whether others than the author see it: once they have, or some days later."""
        if self.complete_at is None or self.seen_at is not None:
            return self.complete_at is not None
        return now >= self.complete_at + timedelta(days=self.first_days)


class Lists(NamedTuple):
    """A person's own watches, those of what they told others, and those of their unit.

    `blind` are the authors of letters that this person has yet to mark without the marks of others.
    """

    own: list[Watched]
    told: list[Watched]
    unit: list[Watched]
    blind: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSeen:
    """One of the letters that are watched, and whether the fault was in it."""

    duty: Duty
    letter: Letter
    is_again: bool
    may_open: bool


def watches_of(
    area: Area, *, now: datetime, whose: Whose = ANYBODY, known: datetime | None = None
) -> list[Watched]:
    """Return the watches of an Area, or of some of its people, the newest first.

    :param known: by when a dispute was accepted that takes a fault away, where that is not now
    """
    when = Between(since=now - WATCHED_FOR, until=now, known=known or now)
    told = told_of(area, when, whose=whose)
    # What was looked at before the first was told says nothing of any.
    since = replace(when, since=told[0].told.told_at) if told else when
    looks = looks_at(area, told, since) if told else []
    untold = untold_of(area, told, since) if told else []
    numbers = marking_numbers_when(area, [each.told.told_at for each in told])
    return list(reversed(joined(told, looks, untold, numbers, now)))


def failing_in(
    area: Area, watched: Sequence[Watched], *, now: datetime, known: datetime | None = None
) -> Mapping[str, Letters]:
    """Return by criterion which letters of an Area fail it, where these watches give a share of it.

    They are those that its authors were told of in the time in which faults are watched, whosever
    the watches are: what is to be expected by chance is told beside their share.
    """
    rates = repeat_rates(
        [each.watch for each in watched], [each.is_open_to_others(now) for each in watched]
    )
    criteria = {each.criterion for each in rates if each.repeated.is_enough}
    if not criteria:
        return {}
    when = Between(since=now - WATCHED_FOR, until=now, known=known or now)
    return failing_letters(looks_at_all(area, criteria, when), criteria)


def joined(
    told: Sequence[ToldOf], looks: Sequence[LookedAt], untold: Sequence[Untold],
    numbers: Mapping[datetime, SecondMarkNumbers], now: datetime,
) -> list[Watched]:  # fmt: skip
    """Return a watch for each fault told of, in the order given.

    An author's look counts as one at the outcome where the watch was complete by then.

    :param numbers: by the moment of telling, those in force then: a later edition changes no
        outcome that somebody has seen
    """
    of_each = [numbers[each.told.told_at] for each in told]
    watches = watch_recurrence(
        [each.told for each in told],
        looks,
        untold,
        letters_watched=[each["letters_watched"] for each in of_each],
    )
    seen = {
        (each.source, each.source_number, each.criterion): each.seen_at
        for each in OutcomeSeen.objects.filter(
            source_number__in={each.number for each in told}, seen_at__lte=now
        )
    }
    return [
        Watched(
            of=of,
            watch=watch,
            complete_at=watch.complete_at,
            seen_at=_seen_since(watch.complete_at, seen.get(of.key)),
            first_days=own["author_first_days"],
            numbers=own.version,
        )
        for of, watch, own in zip(told, watches, of_each, strict=True)
    ]


def rules_of_watches(area: Area, watched: Collection[Watched], now: datetime) -> str:
    """Say how many letters are watched by which numbers, each set that counts for some of these.

    Where there is no watch, those in force now are said.
    """
    used = {each.numbers: each.watch.wanted for each in watched}
    if not used:
        numbers = marking_numbers_of(area, clock.day_of(now))
        used = {numbers.version: numbers["letters_watched"]}
    said = [f"next {number} letters, numbers {version}" for version, number in used.items()]
    when = ", by what was in force when each was told" if len(said) > 1 else ""
    return list_words(said) + when


def _seen_since(complete_at: datetime | None, seen_at: datetime | None) -> datetime | None:
    if complete_at is None or seen_at is None or seen_at < complete_at:
        return None
    return seen_at


def watches_for(user: User, now: datetime) -> Lists:
    """Return a person's own watches, those of what they told others, and those of their unit.

    What became of another's letters is shown once its author has seen it, or some days later. A
    manager sees their own unit alone, and nobody a list by person. Of an author whose letter they
    have yet to mark without the marks of others they see no fault that another told of.
    """
    managed = user.unit_id if _manages_unit(user) else None
    whose = Whose(author_id=user.pk, told_by_id=user.pk, author_unit_id=managed)
    everything = watches_of(user.area, now=now, whose=whose)
    own = [each for each in everything if each.of.author_id == user.pk]
    others = [each for each in everything if each.of.author_id != user.pk]
    told = [each for each in others if each.of.told_by_id == user.pk]
    blind = authors_to_mark_blind(user)
    unit = [
        each
        for each in others
        if each.of.told_by_id != user.pk
        and may_see_as_manager(user, each)
        and each.is_open_to_others(now)
        and each.of.author_id not in blind
    ]
    return Lists(own, told, unit, blind)


def authors_to_mark_blind(user: User) -> frozenset[int]:
    """Return the authors of the letters that a person has yet to mark without others' marks.

    What became of a fault tells of each later letter of its author how it was marked: of those
    listed whether the fault was in them, and of any other that it did not apply. While one of the
    letters has its names hidden it is everybody: what is held back of one alone would name them.
    """
    if marks_with_names_hidden(user):
        return frozenset(User.objects.filter(area=user.area_id).values_list("pk", flat=True))
    waiting = reviews_to_mark_blind(user).filter(drawn_letter__duty__drafter__isnull=False)
    return frozenset(waiting.values_list("drawn_letter__duty__drafter", flat=True))


def marks_with_names_hidden(user: User) -> bool:
    """Return whether a person has yet to mark a letter of which they are not to know the author."""
    return second_marks_to_give(user).exclude(words="").exists()


def may_see_as_manager(user: User, watched: Watched) -> bool:
    """Return whether a person manages the unit of a watch's author."""
    return _manages_unit(user) and watched.of.author_unit_id == user.unit_id


def _manages_unit(user: User) -> bool:
    is_of_unit = reach_of(user.role, Permission.REVIEW_SEE) is Reach.UNIT
    return is_of_unit and user.unit_id is not None


def watch_for(user: User, key: tuple[str, int, str], now: datetime) -> Watched:
    """Return one watch that this person may see.

    :raises Http404: if there is none, or it is hidden from them, or not shown to them yet, as
        while they have yet to mark a letter of its author without the marks of others
    """
    for each in watches_of(user.area, now=now, whose=Whose(told_in=key[:2])):
        if each.of.key != key:
            continue
        is_own = each.of.author_id == user.pk
        is_blind = not is_own and each.of.author_id in authors_to_mark_blind(user)
        if may_see_outcome(user, each, now) and not is_blind:
            return each
    raise Http404("No such watch")


def may_see_outcome(user: User, watched: Watched, now: datetime) -> bool:
    """Return whether a person sees what became of one fault, where no letter waits for them.

    Its author does, and once they have or some days later whoever told them and their own manager:
    nobody further off, however many units they reach.
    """
    if watched.of.author_id == user.pk:
        return True
    is_theirs = watched.of.told_by_id == user.pk or may_see_as_manager(user, watched)
    return is_theirs and watched.is_open_to_others(now)


def may_see_letters(user: User, watched: Watched) -> bool:
    """Return whether a person sees in which of the watched letters the fault was.

    Marks are for the author, whoever gave them and the author's managers. Whoever told of the
    fault may have marked none of the letters since, and sees in how many it came again.
    """
    return watched.of.author_id == user.pk or may_see_as_manager(user, watched)


def letters_of(user: User, watched: Watched) -> list[LetterSeen]:
    """Return the letters that were watched, in the order in which they were written.

    For whoever may not see which they were it says nothing.
    """
    if not may_see_letters(user, watched):
        return []
    letters = Letter.objects.filter(pk__in=[int(each) for each in watched.watch.seen])
    rows = {str(each.pk): each for each in letters.select_related("duty__case", "duty__person")}
    duties = Duty.objects.filter(pk__in=[each.duty_id for each in rows.values()])
    reached = set(within_reach(user, Permission.DUTY_SEE, duties).values_list("pk", flat=True))
    return [
        LetterSeen(
            duty=rows[each].duty, letter=rows[each], is_again=each in watched.watch.again,
            may_open=rows[each].duty_id in reached,
        )
        for each in watched.watch.seen
        if each in rows
    ]  # fmt: skip
