"""Gives letters to second markers, and keeps their marks beside the first without showing these."""

import secrets
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.reviews import policies
from forthright.reviews.models import BlindFor, Review, SecondLevel, SecondMarking, SecondMarkSeed
from forthright.reviews.selectors import marked_once, second_marks
from forthright.reviews.selectors.looks import PAPERS_SEEN, WORDS_SEEN
from forthright.reviews.selectors.offered import not_offered
from forthright.reviews.selectors.pairs import pairs_before
from forthright.reviews.selectors.second_marks import BlindSheet
from forthright.reviews.selectors.second_urgent import found_by_these_alone
from forthright.rules import scoring
from forthright.rules.rubric import Level
from forthright.rules.second_marks import MARKED_BEFORE, choose_second_marks, give_second_marks
from forthright.rules.weeks import week_of
from forthright.standards.models import Subject
from forthright.standards.selectors import rubric_of
from forthright.standards.selectors.marking_numbers import marking_numbers_of
from forthright.web import clock

# Marks finished longer ago than this are not looked at again.
CHOSEN_FROM = timedelta(days=14)


class NoSuchLevel(ValueError):
    """A criterion that the standard has not, or a level that it may not have."""


@transaction.atomic
def choose_letters_to_mark_again(area: Area, *, by: User | None, at: datetime) -> int:
    """Choose by lot which finished markings get a second one, share them out, return how many.

    `by` is None for the scheduler. Done twice, it chooses nothing else: the lots of a week do not
    change. A letter that nobody may mark again is kept without a marker, and offered anew; so is
    one whose marks somebody who has left, or who marks no more, never finished.

    :raises NotAllowed: if this person draws no samples
    """
    if by is not None:
        policies.check_can_choose_second_marks(by)
    Area.objects.select_for_update().get(pk=area.pk)
    reviews = second_marks.reviews_to_choose_from(area, since=at - CHOSEN_FROM)
    by_week: dict[SecondMarkSeed, list[Review]] = defaultdict(list)
    for review in reviews:
        if review.marked_at is not None:
            by_week[_seed_of(area, review.marked_at, at)].append(review)
    numbers = marking_numbers_of(area, clock.day_of(at))
    chosen = 0
    for seed, of_week in by_week.items():
        of_reference = {str(each.pk): each for each in of_week}
        lots = choose_second_marks(
            marked_once.first_marks(of_week), seed=int(seed.seed), numbers=numbers
        )
        for lot in lots:
            review = of_reference[lot.reference]
            marking = SecondMarking.objects.create(
                review=review, area_id=review.area_id, unit_id=review.unit_id,
                because=lot.because, numbers=numbers.version, chosen_at=at,
            )  # fmt: skip
            audit.record("second_marking.chosen", marking, by=by, at=at, review=review.pk,
                         because=lot.because, numbers=numbers.version)  # fmt: skip
        chosen += len(lots)
    _share_out(area, by=by, at=at)
    return chosen


@transaction.atomic
def give_second_marks_of(
    review: Review, marker: User, *, because: str, words: str = "", by: User | None, at: datetime
) -> SecondMarking:
    """Give a letter that was marked before to one more marker, in the same way as any other.

    With `words`, these are shown to them and neither the letter nor anything of its case.

    :raises NotAllowed: if this marker had to do with the letter, is of its unit, or still marks it
        elsewhere without its first marks
    """
    marking = SecondMarking(review=review, area_id=review.area_id, unit_id=review.unit_id,
                            marker=marker, because=because, words=words, chosen_at=at)  # fmt: skip
    policies.check_can_be_given_second(marker, marking)
    marking.numbers = marking_numbers_of(review.area, clock.day_of(at)).version
    marking.save()
    audit.record("second_marking.chosen", marking, by=by, at=at, review=review.pk,
                 because=because, numbers=marking.numbers)  # fmt: skip
    audit.record("second_marking.given", marking, by=by, at=at, marker=marker.pk,
                 because=because)  # fmt: skip
    return marking


@transaction.atomic
def take_back(marking: SecondMarking, *, by: User | None, at: datetime) -> None:
    """Take a letter that is not wholly marked back from its second marker, with what they gave."""
    audit.record("second_marking.taken_back", marking, by=by, at=at, review=marking.review_id,
                 marker=marking.marker_id)  # fmt: skip
    marking.delete()


@transaction.atomic
def hide_marks(review: Review, person: User, *, by: User | None, at: datetime) -> BlindFor:
    """Hide all marks of a letter from somebody who is to mark it without them."""
    hidden = BlindFor.objects.create(review=review, person=person, since=at)
    audit.record("marks.hidden", review, by=by, at=at, person=person.pk)
    return hidden


@transaction.atomic
def show_marks(review: Review, person: User, *, by: User | None, at: datetime) -> None:
    """Let somebody who marked a letter blind see the other marks of it again."""
    shown = BlindFor.objects.filter(review=review, person=person, until=None).update(until=at)
    if shown:
        audit.record("marks.shown", review, by=by, at=at, person=person.pk)


@transaction.atomic
def open_second_marking(marking: SecondMarking, *, by: User, at: datetime) -> BlindSheet:
    """Open a letter to mark it a second time, without anything of the first marks.

    :raises NotAllowed: if it is not this person's to mark, or is done
    """
    policies.check_can_mark_second(by, marking)
    if marking.opened_at is None:
        marking.opened_at = at
        marking.save(update_fields=["opened_at"])
    if marking.words:
        audit.record("letter.hidden_words_seen", marking, by=by, at=at)
        return second_marks.blind_sheet(marking)
    marked = marking.review.letter_version or marking.review.drawn_letter
    name = WORDS_SEEN if marking.review.letter_version else PAPERS_SEEN
    audit.record(name, marked, by=by, at=at, area=marking.area,
                 second_marking=marking.pk)  # fmt: skip
    return second_marks.blind_sheet(marking)


@transaction.atomic
def save_second_levels(
    marking: SecondMarking, levels: Mapping[str, str], *, by: User, at: datetime
) -> None:
    """Keep the levels that a second marker gives, as far as they have come.

    :raises NotAllowed: if it is not this person's to mark, or is done
    :raises NoSuchLevel: if a criterion or a level is not of the standard, or the record rules the
        level out for this letter
    """
    marking = _locked(marking, by)
    criteria = {each.code: each for each in marking.review.edition.criteria.filter(
        code__in=levels, is_timeliness=False
    )}  # fmt: skip
    for code, level in levels.items():
        if code not in criteria or level not in set(Level):
            raise NoSuchLevel(f"This version of the standard has no level {level} of {code}.")
    if ruled_out := not_offered(marking.review, levels):
        raise NoSuchLevel(" ".join(ruled_out))
    for code, level in levels.items():
        kept, _ = SecondLevel.objects.update_or_create(
            marking=marking, criterion=criteria[code], defaults={"level": level, "saved_at": at}
        )
        audit.record("second_level.saved", kept, by=by, at=at, area=marking.area,
                     second_marking=marking.pk, criterion=code, level=level)  # fmt: skip


@transaction.atomic
def finish_second_marking(marking: SecondMarking, *, by: User, at: datetime) -> SecondMarking:
    """Lock the second marks and keep the level that the rule makes of them; the first stay.

    :raises NotAllowed: if it is not this person's to mark, or is done
    :raises MarksHaveProblems: if a mark is missing or not allowed
    """
    marking = _locked(marking, by)
    levels = second_marks.second_levels(marking)
    overall = scoring.overall(levels, rubric_of(marking.review.edition))
    if ruled_out := not_offered(marking.review, levels):
        raise scoring.MarksHaveProblems(ruled_out)
    marking.overall, marking.overall_because = overall.level, list(overall.because)
    marking.marked_at = at
    found = found_by_these_alone(marking, levels)
    marking.found = " ".join(each.code for each in found)
    marking.save(update_fields=["overall", "overall_because", "marked_at", "found"])
    audit.record("second_marking.finished", marking, by=by, at=at, review=marking.review_id,
                 rule=overall.rule_version, overall=overall.level, found=marking.found)  # fmt: skip
    return marking


def see_second_marking(marking: SecondMarking, *, by: User, at: datetime) -> None:
    """Record that somebody saw both marks of a letter."""
    audit.record("second_marking.seen", marking, by=by, at=at, review=marking.review_id)


def _locked(marking: SecondMarking, by: User) -> SecondMarking:
    """Return a second marking as it stands now, locked, once this person may mark it."""
    SecondMarking.objects.select_for_update().get(pk=marking.pk)
    marking = SecondMarking.objects.select_related(*second_marks.SHOWN).get(pk=marking.pk)
    policies.check_can_mark_second(by, marking)
    return marking


def _seed_of(area: Area, marked_at: datetime, at: datetime) -> SecondMarkSeed:
    week = week_of(clock.day_of(marked_at)).monday
    seed, _ = SecondMarkSeed.objects.get_or_create(
        area=area, week=week, defaults={"seed": str(secrets.randbits(63)), "made_at": at}
    )
    return seed


def _share_out(area: Area, *, by: User | None, at: datetime) -> None:
    """Give all that waits for a second marker to somebody who may mark it, letters first."""
    for subject in Subject.values:
        _take_back(second_marks.left_with_leavers(area), subject, by=by, at=at)
        _take_back(second_marks.given_to_who_saw(area, subject), subject, by=by, at=at)
        _share_out_of(area, subject, by=by, at=at)


def _take_back(
    held: QuerySet[SecondMarking], subject: str, *, by: User | None, at: datetime
) -> None:
    """Free what waits for somebody; the next marker begins with nothing of theirs.

    Letters marked before go to whom their own room chooses, which takes them back itself.
    """
    held = held.filter(review__edition__subject=subject)
    for marking in held.exclude(because=MARKED_BEFORE):
        dropped, _ = marking.levels.all().delete()
        audit.record("second_marking.taken_back", marking, by=by, at=at, review=marking.review_id,
                     marker=marking.marker_id, levels_dropped=dropped)  # fmt: skip
        marking.marker = marking.opened_at = None
        marking.save(update_fields=["marker", "opened_at"])


def _share_out_of(area: Area, subject: str, *, by: User | None, at: datetime) -> None:
    rest = list(second_marks.without_marker(area, subject))
    while rest:
        # What two plans drew goes to two people: the second is found once the first is known.
        first: dict[str, SecondMarking] = {}
        for each in rest:
            first.setdefault(each.review.drawn_letter.reference, each)
        _share_out_these(area, subject, list(first.values()), by=by, at=at)
        rest = [each for each in rest if each not in first.values()]


def _share_out_these(
    area: Area, subject: str, chosen: list[SecondMarking], *, by: User | None, at: datetime
) -> None:
    waiting = {str(each.review_id): each for each in chosen}
    people = second_marks.second_markers(area, subject)
    given = give_second_marks(
        marked_once.letters_to_give([each.review for each in waiting.values()], people),
        people,
        seed=int(_seed_of(area, at, at).seed),
        had_before=pairs_before(area),
    )
    for each in given:
        if each.person:
            marking = waiting[each.reference]
            marking.marker_id = int(each.person)
            marking.save(update_fields=["marker"])
            audit.record("second_marking.given", marking, by=by, at=at, marker=marking.marker_id,
                         because=each.because)  # fmt: skip
