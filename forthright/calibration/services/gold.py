"""Hands out letters marked before among the ordinary second marks: agreed ones, and others.

With each letter with agreed marks one without goes out, of about the same time, so that the age of
a letter tells nobody which it is; where there is none, neither goes. Which of the two is given
first, and so has the lower number, is by lot. Both are marked by an edition of the standard that
asks what that in force asks: nobody is held to what it no longer says.
"""

import secrets
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.calibration import policies
from forthright.calibration.models import (
    GoldGiven,
    GoldLetter,
    HiddenWords,
    RoundMarker,
)
from forthright.calibration.selectors.gold import hidden_words_of
from forthright.calibration.selectors.rounds import (
    letters_held,
    people_offered,
    reasons_against,
)
from forthright.calibration.services.resting import (
    rest_by_themselves,
    take_back_one_marked_before,
)
from forthright.reviews.models import Review, SecondMarking, SecondMarkSeed
from forthright.reviews.selectors.blind_elsewhere import given_to_who_marks_blind
from forthright.reviews.selectors.lists import of_same_letters, reviews_to_mark_blind
from forthright.reviews.selectors.second_marks import (
    left_with_leavers,
    markers_against,
    reviews_of_before,
)
from forthright.reviews.services.second_marking import (
    CHOSEN_FROM,
    give_second_marks_of,
)
from forthright.rules.second_marks import MARKED_BEFORE, lot_of
from forthright.rules.weeks import week_of
from forthright.rules.written import reason_in
from forthright.standards.models import Subject
from forthright.standards.selectors.marking_numbers import marking_numbers_of
from forthright.standards.selectors.wordings import editions_asked_alike
from forthright.web import clock

BECAUSE = MARKED_BEFORE
# A companion was marked within so long of the letter with agreed marks.
ABOUT = timedelta(days=42)


class RetiringRefused(ValueError):
    """A letter that is taken out of the queue, or agreed marks called wrong, without a reason."""


@dataclass(frozen=True, slots=True)
class Old:
    """A letter marked before, whom it goes to, in what words, and its agreed marks if any."""

    review: Review
    marker: User
    words: str
    gold: GoldLetter | None = None


@transaction.atomic
def hand_out_letters_marked_before(
    area: Area, *, by_one_elsewhere: Collection[int] = (), by: User | None, at: datetime
) -> int:
    """Hand out as many letters with agreed marks as the rate asks for; return how many letters.

    Done twice on a day, it hands out none a second time. What somebody never finished who has left,
    or who marks the same letter in a round, is taken back: it is due again, to whom the lot falls
    now. Before, what may not go out as agreed any more is let rest.

    :param by_one_elsewhere: the markings whose letters another room agreed on by the marks of one
    :raises NotAllowed: if this person leads no rounds
    """
    if by is not None:
        policies.check_can_lead(by)
    Area.objects.select_for_update().get(pk=area.pk)
    rest_by_themselves(area, by_one_elsewhere=by_one_elsewhere, by=by, at=at)
    _take_back_unfinished(area, by=by, at=at)
    handed = 0
    for _ in range(_number_due(area, at)):
        pair = _next_pair(area, at=at)
        # Given in one order, the two would be told apart by their numbers and addresses.
        secrets.SystemRandom().shuffle(pair)
        for old in pair:
            _hand_out(old, by=by, at=at)
        handed += len(pair)
    return handed


@transaction.atomic
def retire_gold(
    gold: GoldLetter, *, reason: str, are_marks_wrong: bool = False, by: User, at: datetime
) -> None:
    """Take a letter with agreed marks out of the queue; what was given stays.

    Where the marks themselves are wrong, they are held against nobody from then on.

    :raises NotAllowed: if this person leads no rounds, or it is out already
    :raises RetiringRefused: if no reason is given
    """
    gold = GoldLetter.objects.select_for_update(of=("self",)).select_related("letter__round").get(
        pk=gold.pk
    )  # fmt: skip
    policies.check_can_retire(by, gold)
    if not reason_in(reason):
        raise RetiringRefused("Say why it goes out no more.")
    gold.retired_at, gold.retired_because, gold.retired_by = at, reason_in(reason), by
    gold.save(update_fields=["retired_at", "retired_because", "retired_by"])
    audit.record("gold.retired", gold, by=by, at=at)
    if are_marks_wrong:
        call_marks_wrong(gold, reason=reason, by=by, at=at)


@transaction.atomic
def call_marks_wrong(gold: GoldLetter, *, reason: str, by: User, at: datetime) -> None:
    """Hold the agreed marks of a letter that is out of the queue against nobody from now on.

    They stay to be read, and what was worked out from them before stays as it was.

    :raises NotAllowed: if this person leads no rounds, the letter still goes out, or nothing is
        held against its marks already
    :raises RetiringRefused: if no reason is given
    """
    gold = GoldLetter.objects.select_for_update(of=("self",)).select_related("letter__round").get(
        pk=gold.pk
    )  # fmt: skip
    policies.check_can_call_marks_wrong(by, gold)
    if not reason_in(reason):
        raise RetiringRefused("Say what is wrong with them.")
    gold.marks_wrong_at, gold.marks_wrong_by = at, by
    gold.marks_wrong_because = reason_in(reason)
    gold.save(update_fields=["marks_wrong_at", "marks_wrong_because", "marks_wrong_by"])
    audit.record("gold.marks_wrong", gold, by=by, at=at)


@transaction.atomic
def see_gold(letters: Collection[GoldLetter], *, by: User, at: datetime) -> None:
    """Record that somebody saw which letters have agreed marks."""
    audit.record("gold.listed", by=by, at=at, area=by.area,
                 letters=[each.pk for each in letters],
                 reviews=[each.letter.review_id for each in letters])  # fmt: skip


def _take_back_unfinished(area: Area, *, by: User | None, at: datetime) -> None:
    """Take back what waits for leavers, or for who marks the same letter blind in a round."""
    waiting = left_with_leavers(area) | given_to_who_marks_blind(area)
    for marking in waiting.filter(because=BECAUSE):
        take_back_one_marked_before(marking, by=by, at=at)


def _number_due(area: Area, at: datetime) -> int:
    """Return how many are due for the ordinary second marks of the last days, by their lots.

    Those of disclosure count for nothing: agreed letters go out among second marks of letters.
    """
    percent = marking_numbers_of(area, clock.day_of(at))["gold_percent"]
    recent = SecondMarking.objects.filter(
        area=area, chosen_at__gt=at - CHOSEN_FROM, review__edition__subject=Subject.LETTERS
    )
    seeds = {each.week: int(each.seed) for each in SecondMarkSeed.objects.filter(area=area)}
    due = 0
    for pk, chosen in recent.exclude(because=BECAUSE).values_list("pk", "chosen_at"):
        seed = seeds.get(week_of(clock.day_of(chosen)).monday, 0)
        due += lot_of(seed, f"marked before {pk}") * 100 < percent
    given = GoldGiven.objects.filter(gold__area=area, marking__in=recent.filter(because=BECAUSE))
    return max(0, due - given.count())


def _hand_out(old: Old, *, by: User | None, at: datetime) -> None:
    marking = give_second_marks_of(
        old.review, old.marker, because=BECAUSE, words=old.words, by=by, at=at
    )
    if old.gold is not None:
        GoldGiven.objects.create(gold=old.gold, marking=marking)
        audit.record("gold.given", old.gold, by=by, at=at, marking=marking.pk)


def _next_pair(area: Area, *, at: datetime) -> list[Old]:
    """Return the letter with agreed marks whose turn it is, and its companion; nothing without."""
    editions = editions_asked_alike(area, clock.day_of(at))
    for gold, marker in _by_turn(area, editions):
        if _marks_it_blind(marker, gold.letter.review):
            continue
        companion = _companion_of(gold, editions, at=at)
        if companion is not None:
            review = gold.letter.review
            return [Old(review, marker, hidden_words_of(review), gold), companion]
    return []


def _by_turn(area: Area, editions: set[int]) -> list[tuple[GoldLetter, User]]:
    """Return each letter with who may mark it blind; what has been had least comes first."""
    had = Counter(
        GoldGiven.objects.filter(gold__area=area).values_list("marking__marker", flat=True)
    )
    pairs = []
    letters = GoldLetter.objects.filter(
        area=area, retired_at=None, letter__review__edition__in=editions
    ).select_related(
        "letter__review__area", "letter__review__drawn_letter__duty__drafter",
        "letter__review__marker",
    )  # fmt: skip
    for gold in letters.order_by("pk"):
        inside = set(
            RoundMarker.objects.filter(round=gold.letter.round_id).values_list("person", flat=True)
        )
        times = gold.given.count()
        for person in _who_may(gold.letter.review):
            if person.pk not in inside and str(person.pk) not in gold.letter.left_out:
                pairs.append(((had[person.pk], times, gold.pk, person.pk), gold, person))
    return [(gold, person) for _, gold, person in sorted(pairs, key=lambda each: each[0])]


def _companion_of(gold: GoldLetter, editions: set[int], *, at: datetime) -> Old | None:
    """Return a letter of the same time that has no agreed marks, and whom it goes to, if any."""
    marked = gold.letter.review.marked_at or gold.made_at
    last = min(marked + ABOUT, at - CHOSEN_FROM)
    found = reviews_of_before(gold.area, first=marked - ABOUT, last=last)
    found = found.filter(edition__in=editions)
    # Those of rounds have agreed marks, or will.
    found = found.exclude(of_same_letters(Q(pk__in=letters_held().values("review"))))
    seed = week_of(clock.day_of(at)).monday.toordinal()
    related = ("area", "drawn_letter__duty__drafter", "marker")
    words = dict(HiddenWords.objects.filter(review__in=found).values_list("review", "words"))
    # A letter with its names hidden would be known by that alone, so it goes with one like it.
    is_hidden = bool(hidden_words_of(gold.letter.review))
    alike = [each for each in found.select_related(*related) if (each.pk in words) is is_hidden]
    for review in sorted(alike, key=lambda each: lot_of(seed, str(each.pk))):
        if people := [each for each in _who_may(review) if not _marks_it_blind(each, review)]:
            marker = min(people, key=lambda each: lot_of(seed, f"{review.pk} {each.pk}"))
            return Old(review, marker, words.get(review.pk, ""))
    return None


def _marks_it_blind(person: User, review: Review) -> bool:
    """Return whether somebody still marks the same letter blind, by another marking of it."""
    return reviews_to_mark_blind(person).filter(pk=review.pk).exists()


def _who_may(review: Review) -> list[User]:
    """Return who may mark a letter again and has neither marked it nor seen marks of it."""
    people = list(people_offered(review.area))
    against = reasons_against([review], people)[review.pk]
    second = markers_against(review)
    return [
        each for each in people if not second.get(each.pk, ("",)) and str(each.pk) not in against
    ]
