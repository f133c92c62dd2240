"""Hands out letters marked before among the ordinary second marks: agreed ones, and others.

For each letter with agreed marks one without goes out, of about the same time, so that the age of
a letter tells nobody which it is.
"""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.calibration import policies
from forthright.calibration.models import GoldGiven, GoldLetter, HiddenWords, RoundMarker
from forthright.calibration.selectors.gold import hidden_words_of
from forthright.calibration.selectors.rounds import people_offered, reasons_against
from forthright.reviews.models import Review, SecondMarking, SecondMarkSeed
from forthright.reviews.selectors.second_marks import markers_against, reviews_of_before
from forthright.reviews.services.second_marking import CHOSEN_FROM, give_second_marks_of
from forthright.rules.second_marks import lot_of
from forthright.rules.weeks import week_of
from forthright.rules.written import reason_in
from forthright.standards.selectors.marking_numbers import marking_numbers_of
from forthright.web import clock

BECAUSE = "by lot, among letters marked before"
# A companion was marked within so long of the letter with agreed marks.
ABOUT = timedelta(days=42)


class RetiringRefused(ValueError):
    """A letter that is taken out of the queue without a reason."""


@transaction.atomic
def hand_out_letters_marked_before(area: Area, *, by: User | None, at: datetime) -> int:
    """Hand out as many letters with agreed marks as the rate asks for; return how many letters.

    Done twice on a day, it hands out none a second time.

    :raises NotAllowed: if this person leads no rounds
    """
    if by is not None:
        policies.check_can_lead(by)
    Area.objects.select_for_update().get(pk=area.pk)
    handed = 0
    for _ in range(_number_due(area, at)):
        pair = _next_gold(area)
        if pair is None:
            break
        gold, marker = pair
        review = gold.letter.review
        words = hidden_words_of(review)
        marking = give_second_marks_of(review, marker, because=BECAUSE, words=words, by=by, at=at)
        GoldGiven.objects.create(gold=gold, marking=marking)
        audit.record("gold.given", gold, by=by, at=at, marking=marking.pk)
        handed += 1 + _hand_out_companion(gold, by=by, at=at)
    return handed


@transaction.atomic
def retire_gold(gold: GoldLetter, *, reason: str, by: User, at: datetime) -> None:
    """Take a letter with agreed marks out of the queue; what was given stays.

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


@transaction.atomic
def see_gold(letters: Collection[GoldLetter], *, by: User, at: datetime) -> None:
    """Record that somebody saw which letters have agreed marks."""
    audit.record("gold.listed", by=by, at=at, area=by.area,
                 letters=[each.pk for each in letters])  # fmt: skip


def _number_due(area: Area, at: datetime) -> int:
    """Return how many are due for the ordinary second marks of the last days, by their lots."""
    percent = marking_numbers_of(area, clock.day_of(at))["gold_percent"]
    recent = SecondMarking.objects.filter(area=area, chosen_at__gt=at - CHOSEN_FROM)
    seeds = {each.week: int(each.seed) for each in SecondMarkSeed.objects.filter(area=area)}
    due = 0
    for pk, chosen in recent.exclude(because=BECAUSE).values_list("pk", "chosen_at"):
        seed = seeds.get(week_of(clock.day_of(chosen)).monday, 0)
        due += lot_of(seed, f"marked before {pk}") * 100 < percent
    given = GoldGiven.objects.filter(gold__area=area, marking__in=recent.filter(because=BECAUSE))
    return max(0, due - given.count())


def _next_gold(area: Area) -> tuple[GoldLetter, User] | None:
    """Return the letter and the marker that have had least, where somebody may mark it blind."""
    had = Counter(
        GoldGiven.objects.filter(gold__area=area).values_list("marking__marker", flat=True)
    )
    pairs = []
    letters = GoldLetter.objects.filter(area=area, retired_at=None).select_related(
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
    return min(pairs, key=lambda each: each[0])[1:] if pairs else None


def _hand_out_companion(gold: GoldLetter, *, by: User | None, at: datetime) -> int:
    """Hand out a letter of the same time that has no agreed marks; return 1, or 0 without one."""
    marked = gold.letter.review.marked_at or gold.made_at
    last = min(marked + ABOUT, at - CHOSEN_FROM)
    found = reviews_of_before(gold.area, first=marked - ABOUT, last=last)
    # Those of rounds have agreed marks, or will.
    found = found.exclude(pk__in=GoldLetter.objects.values("letter__review"))
    seed = week_of(clock.day_of(at)).monday.toordinal()
    related = ("area", "drawn_letter__duty__drafter", "marker")
    words = dict(HiddenWords.objects.filter(review__in=found).values_list("review", "words"))
    # A letter with its names hidden would be known by that alone, so it goes with one like it.
    is_hidden = bool(hidden_words_of(gold.letter.review))
    for review in sorted(
        found.select_related(*related),
        key=lambda e: ((e.pk in words) is not is_hidden, lot_of(seed, str(e.pk))),
    ):
        if people := _who_may(review):
            marker = min(people, key=lambda each: lot_of(seed, f"{review.pk} {each.pk}"))
            give_second_marks_of(
                review, marker, because=BECAUSE, words=words.get(review.pk, ""), by=by, at=at
            )
            return 1
    return 0


def _who_may(review: Review) -> list[User]:
    """Return who may mark a letter again and has neither marked it nor seen marks of it."""
    people = list(people_offered(review.area))
    against = reasons_against([review], people)[review.pk]
    second = markers_against(review)
    return [
        each for each in people if not second.get(each.pk, ("",)) and str(each.pk) not in against
    ]
