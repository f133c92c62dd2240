"""Second marks: who may see them and when, what waits, and both marks side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from forthright.accounts.models import Area, Unit, User
from forthright.reviews.models import Review, SecondMarking
from forthright.reviews.selectors.blind_elsewhere import marked_blind_elsewhere
from forthright.reviews.selectors.lists import reviews_visible_to
from forthright.reviews.selectors.marked_once import (
    first_levels,
    letters_to_give,
    marked_letters,
)
from forthright.reviews.selectors.offered import levels_offered_for
from forthright.reviews.selectors.saw_marks import saw_marks
from forthright.reviews.selectors.screen import text_marked
from forthright.rules.leniency import GivenLevel
from forthright.rules.marking import said_stamp
from forthright.rules.rubric import Criterion, Level
from forthright.rules.second_marks import (
    SecondMarker,
    reasons_against_giving,
)
from forthright.samples.models import DrawnLetter
from forthright.samples.selectors.plans import roles_to_mark
from forthright.standards.models import Subject
from forthright.standards.selectors import rubric_of

SHOWN = ("review__drawn_letter__duty__drafter", "review__drawn_letter__disclosure__case",
         "review__drawn_letter__prosecutor", "review__edition", "review__letter_version",
         "review__papers", "review__area", "review__marker", "marker", "area")  # fmt: skip


@dataclass(frozen=True, slots=True)
class BlindSheet:
    """What a blind marker sees: the words, the criteria and their own levels so far."""

    text: str
    criteria: tuple[Criterion, ...]
    levels: dict[str, Level]
    # By code, the levels that a criterion may have for this letter.
    offered: dict[str, list[Level]]


@dataclass(frozen=True, slots=True)
class WaitingForNobody:
    """How many letters wait for second marks that nobody may give.

    Of these `because_seen` have somebody who could, had they not seen how the letter was marked.
    """

    number: int
    because_seen: int


@dataclass(frozen=True, slots=True)
class BothLevels:
    """What both markers gave on one criterion."""

    criterion: Criterion
    first: Level
    second: Level


def second_marks_to_give(user: User) -> QuerySet[SecondMarking]:
    """Return the letters that wait for this person's second marks, the longest waiting first."""
    waiting = SecondMarking.objects.filter(marker=user.pk, area=user.area_id, marked_at=None)
    related = (*SHOWN, "unit", "review__drawn_letter__duty__case")
    return waiting.select_related(*related).order_by("chosen_at", "pk")


def left_with_leavers(area: Area) -> QuerySet[SecondMarking]:
    """Return what waits for the second marks of somebody who cannot give them any more.

    They have left, they mark no more, or something stands between them and the letter by now: they
    are of its unit since they moved.
    """
    waiting = SecondMarking.objects.filter(area=area, marked_at=None, marker__isnull=False)
    gone = Q(marker__is_active=False)
    for subject in Subject.values:
        roles = roles_to_mark(subject)
        gone |= Q(review__edition__subject=subject) & ~Q(marker__role__in=roles)
    return waiting.filter(gone | Q(pk__in=_refused(waiting))).order_by("chosen_at", "pk")


def _refused(waiting: QuerySet[SecondMarking]) -> list[int]:
    """Return which of what waits may not be marked by who has it; what they saw is not asked."""
    held = list(waiting.select_related(
        "marker", "review__drawn_letter__duty__drafter", "review__drawn_letter__disclosure",
        "review__drawn_letter__prosecutor", "review__marker",
    ))  # fmt: skip
    letters = {each.reference: each for each in marked_letters([each.review for each in held])}
    return [
        each.pk
        for each in held
        if each.marker is not None
        and reasons_against_giving(
            SecondMarker(name=str(each.marker_id), unit=str(each.marker.unit_id), waiting=0),
            letters[str(each.review_id)],
        )
    ]


def given_to_who_saw(area: Area, subject: str) -> QuerySet[SecondMarking]:
    """Return what waits, not begun, for somebody who had seen how it was marked before."""
    found = SecondMarking.objects.filter(
        area=area, marked_at=None, opened_at=None, marker__isnull=False,
        review__edition__subject=subject,
    )  # fmt: skip
    waiting = list(found.select_related("review__drawn_letter"))
    people = [each.marker_id for each in waiting if each.marker_id]
    saw = saw_marks([each.review for each in waiting], people)
    gone = [each.pk for each in waiting if (each.review_id, each.marker_id) in saw]
    return SecondMarking.objects.filter(pk__in=gone)


def second_marking_for(user: User, marking_id: int) -> SecondMarking:
    """Return a second marking that is this person's, or that is done and within their reach.

    :raises Http404: if there is none, or it is hidden from them
    """
    done = Q(marked_at__isnull=False, review__in=reviews_visible_to(user).values("pk"))
    own = Q(area=user.area_id, marker=user.pk)
    found = SecondMarking.objects.filter(done | own, pk=marking_id).select_related(*SHOWN).first()
    if found is None:
        raise Http404
    return found


def finished_second(review: Review) -> SecondMarking | None:
    """Return the first second marking of a review that somebody may see, once it is done."""
    done = SecondMarking.objects.filter(review=review, marked_at__isnull=False)
    return done.order_by("marked_at", "pk").first()


def blind_sheet(marking: SecondMarking) -> BlindSheet:
    """Return what a second marker sees of a letter; nothing of the first marks is in it."""
    sheet = sheet_without_marks(marking.review, second_levels(marking))
    return replace(sheet, text=marking.words) if marking.words else sheet


def sheet_without_marks(review: Review, own: dict[str, Level]) -> BlindSheet:
    """Return what somebody sees of what was marked before: nobody's levels but their own."""
    return BlindSheet(
        text=text_marked(review),
        criteria=rubric_of(review.edition).quality_criteria,
        levels=own,
        offered=levels_offered_for(review),
    )


def second_levels(marking: SecondMarking) -> dict[str, Level]:
    """Return the levels that the second marker has given so far, by code."""
    rows = marking.levels.values_list("criterion__code", "level")
    return {code: Level(level) for code, level in rows}


def levels_stamp(levels: Mapping[str, str]) -> str:
    """Return the stamp of what a blind marker has given so far."""
    return said_stamp(*(f"{code} {levels[code]}" for code in sorted(levels)))


def both_levels(marking: SecondMarking) -> list[BothLevels]:
    """Return both markers' levels side by side, in the order of the standard.

    Asked before both are done, it says nothing.
    """
    if marking.marked_at is None:
        return []
    first = first_levels(marking.review)
    second = second_levels(marking)
    return [
        BothLevels(each, first[each.code], second[each.code])
        for each in rubric_of(marking.review.edition).quality_criteria
        if each.code in first and each.code in second
    ]


def levels_to_compare(
    area: Area, *, since: datetime, subject: str = Subject.LETTERS.value
) -> list[GivenLevel]:
    """Return every level of what was marked twice in an Area since a moment.

    Letters and disclosure are never compared together: their criteria have nothing in common.
    What was marked more often than twice has its first marks once.
    """
    done = finished_seconds(area, since, subject)
    firsts = {each.review_id: each.review for each in done}
    given = [(each.marker_id, each.review, levels_given(each)) for each in done]
    given += [(each.marker_id, each, marks_given(each)) for each in firsts.values()]
    return [
        GivenLevel(marker, review.drawn_letter.owed_id, code, level)
        for marker, review, levels in given
        for code, level in levels.items()
    ]


def finished_seconds(
    area: Area, since: datetime, subject: str = Subject.LETTERS.value
) -> list[SecondMarking]:
    """Return the second markings of an Area finished since a moment, with all their levels."""
    done = SecondMarking.objects.filter(
        area=area, marked_at__gte=since, review__edition__subject=subject
    )
    return list(
        done.select_related("review__drawn_letter__duty__case", "review__edition", "marker")
        .prefetch_related("levels__criterion", "review__marks__criterion")
        .order_by("marked_at", "pk")
    )


def levels_given(marking: SecondMarking) -> dict[str, Level]:
    """Return the levels of a second marking by code, from what was fetched with it."""
    return {each.criterion.code: Level(each.level) for each in marking.levels.all()}


def marks_given(review: Review) -> dict[str, Level]:
    """Return the levels of a first marking by code, from what was fetched with it."""
    return {each.criterion.code: Level(each.level) for each in review.marks.all() if each.level}


def markers_against(review: Review) -> dict[int, tuple[str, ...]]:
    """Return by marker of the Area why each may not mark a letter again; nothing: they may."""
    [letter] = marked_letters([review])
    return {
        int(each.name): reasons_against_giving(each, letter) for each in second_markers(review.area)
    }


def reviews_of_before(area: Area, *, first: datetime, last: datetime) -> QuerySet[Review]:
    """Return the finished markings of letters of a time past, without a second one."""
    found = Review.objects.filter(
        area=area, marked_at__gte=first, marked_at__lt=last, letter_version__isnull=False,
        seconds=None,
    )  # fmt: skip
    return found.exclude(drawn_letter__state=DrawnLetter.State.SUBSTITUTED).exclude(
        marked_blind_elsewhere()
    )


def reviews_to_choose_from(area: Area, *, since: datetime) -> list[Review]:
    """Return the finished markings of what was sent or served, without a second one, by time."""
    found = Review.objects.filter(
        Q(letter_version__isnull=False) | Q(papers__isnull=False),
        area=area, marked_at__gte=since, seconds=None,
    ).exclude(drawn_letter__state=DrawnLetter.State.SUBSTITUTED)  # fmt: skip
    found = found.exclude(marked_blind_elsewhere())
    # A disclosure that was marked as not served has no quality, whatever papers were kept since.
    found = found.exclude(drawn_letter__duty=None, overall=Level.NOT_APPLICABLE)
    related = ("drawn_letter__duty__drafter", "drawn_letter__disclosure",
               "drawn_letter__prosecutor", "marker", "edition",
               "letter_check__check_set")  # fmt: skip
    return list(found.select_related(*related).order_by("marked_at", "pk"))


def waiting_for_nobody(area: Area) -> WaitingForNobody:
    """Return how many letters chosen for second marks nobody may be given, and why."""
    number = because_seen = 0
    for subject in Subject.values:
        people = second_markers(area, subject)
        reviews = [each.review for each in without_marker(area, subject)]
        for letter in letters_to_give(reviews, people):
            may = [
                person for person in people
                if not reasons_against_giving(person, replace(letter, readers=()))
            ]  # fmt: skip
            # One that somebody may be given waits only until letters are shared out next.
            if all(person.name in letter.readers for person in may):
                number += 1
                because_seen += bool(may)
    return WaitingForNobody(number, because_seen)


def without_marker(area: Area, subject: str) -> QuerySet[SecondMarking]:
    """Return what was chosen for second marks of a subject and is with nobody."""
    found = SecondMarking.objects.filter(area=area, marker=None, review__edition__subject=subject)
    return found.select_related(
        "review__drawn_letter__duty__drafter", "review__drawn_letter__disclosure",
        "review__drawn_letter__prosecutor", "review__marker",
    )  # fmt: skip


def second_markers(area: Area, subject: str = Subject.LETTERS.value) -> list[SecondMarker]:
    """Return who marks letters, or disclosure, with how many second marks wait for each.

    Whoever writes letters for every unit has no part in disclosure.
    """
    roles = roles_to_mark(subject)
    people = User.objects.filter(area=area, role__in=roles, is_active=True, unit__isnull=False)
    if subject == Subject.DISCLOSURE:
        people = people.exclude(unit__kind=Unit.Kind.VLU)
    waiting = dict(
        SecondMarking.objects.filter(area=area, marked_at=None, marker__isnull=False)
        .values_list("marker")
        .annotate(number=Count("pk"))
    )
    return [
        SecondMarker(name=str(each.pk), unit=str(each.unit_id), waiting=waiting.get(each.pk, 0))
        for each in people.order_by("pk")
    ]
