"""Faults that come again: what is looked at, what was found, and whose it is to put right."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from forthright.accounts.covering import away_until
from forthright.accounts.models import Area, Role, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.calibration.models import SystemicFinding
from forthright.letters.selectors.checking import composed_of
from forthright.reviews.models import Mark, Review
from forthright.reviews.selectors.counted import accepted_levels
from forthright.reviews.selectors.lists import (
    number_to_mark_blind,
    reviews_to_mark_blind,
    reviews_visible_to,
)
from forthright.reviews.selectors.states import effective_level
from forthright.rules.marking import FAULTS
from forthright.rules.rubric import Level
from forthright.rules.systemic import MarkedLetter
from forthright.rules.wordings import Wording
from forthright.rules.words import count_words, list_words
from forthright.samples.models import DrawnLetter
from forthright.standards.selectors.marking_numbers import marking_numbers_of
from forthright.standards.selectors.wordings import wordings_of
from forthright.web import clock

Remedy, State = SystemicFinding.Remedy, SystemicFinding.State
# Who is told of a finding, by what is to be put right.
OWNERS: dict[str, tuple[str, ...]] = {
    Remedy.TEMPLATE: (Role.LEGAL_MANAGER,),
    Remedy.NOTE: (Role.LEGAL_SPOC,),
    Remedy.TRAINING: (Role.LINE_MANAGER,),
    Remedy.PROCESS: (Role.SENIOR_MANAGER,),
}


def findings_visible_to(user: User) -> QuerySet[SystemicFinding]:
    """Return the findings of a person's Area, the newest first."""
    if not has_permission(user, Permission.FINDING_SEE):
        return SystemicFinding.objects.none()
    rows = SystemicFinding.objects.filter(area=user.area_id)
    return rows.select_related("area", "criterion__edition", "owner", "closed_by")


def finding_for(user: User, systemic_id: int) -> SystemicFinding:
    """Return one finding.

    :raises Http404: if there is none, or it is hidden from them
    """
    found = findings_visible_to(user).filter(pk=systemic_id).first()
    if found is None:
        raise Http404
    return found


def closed_before(finding: SystemicFinding) -> SystemicFinding | None:
    """Return the finding of the same fault that was closed last before this one was raised.

    Only letters marked after that are counted in this one. One that was closed before the weeks
    that were looked at is none: what was marked before them is not counted either.
    """
    numbers = marking_numbers_of(finding.area, clock.day_of(finding.found_at))
    since = first_day(finding.found_at, numbers["systemic_weeks"])
    same = SystemicFinding.objects.filter(
        area=finding.area_id, criterion__in=_alike(finding), block=finding.block,
        closed_at__gte=clock.start_of(since), closed_at__lt=finding.found_at,
    ).exclude(pk=finding.pk)  # fmt: skip
    return same.order_by("-closed_at").first()


def letters_behind(finding: SystemicFinding, user: User) -> tuple[list[Review], int]:
    """Return the marked letters behind a finding that this person may see, and all there are.

    They are shown none while they have yet to mark one that it was counted from blind.
    """
    if number_blind(finding, user):
        return [], finding.reviews.count()
    visible = reviews_visible_to(user).filter(pk__in=finding.reviews.values("pk"))
    rows = visible.select_related("edition").order_by("marked_at", "pk")
    return list(rows), finding.reviews.count()


def lifted_since(finding: SystemicFinding, *, before: datetime | None = None) -> tuple[int, ...]:
    """Return the numbers of the letters behind a finding in which its fault stands no more.

    A dispute was accepted after the finding was raised; what it counted stays as it was counted.

    :param before: by what was accepted before a moment; without one, by what is accepted now
    """
    moment = before or clock.now()
    behind = finding.reviews.order_by("pk")
    levels = accepted_levels(list(behind), before=moment)
    marks = Mark.objects.filter(review__in=behind, criterion__code=finding.criterion.code)
    return tuple(
        mark.review_id
        for mark in marks.order_by("review")
        if levels.get(mark.pk, mark.level) != Level.NOT_MET
    )


@dataclass(frozen=True, slots=True)
class MarkedBy:
    """How many letters behind a finding were marked by an edition, and whether it has its words."""

    edition: int
    letters: int
    asks_alike: bool


def editions_behind(finding: SystemicFinding) -> list[MarkedBy]:
    """Return by which editions the letters behind a finding were marked, the oldest first.

    A finding that was raised when editions were still joined by the code of a criterion alone may
    have letters of which another was asked.
    """
    asked = wordings_of(finding.area)
    own = asked[finding.criterion_id].key
    marks = Mark.objects.filter(
        review__in=finding.reviews.values("pk"), criterion__code=finding.criterion.code
    )
    rows = marks.values_list("criterion", "criterion__edition__number")
    found = rows.annotate(number=Count("review", distinct=True)).order_by(
        "criterion__edition__number"
    )
    return [
        MarkedBy(edition, number, criterion in asked and asked[criterion].key == own)
        for criterion, edition, number in found
    ]


def joined_words(finding: SystemicFinding, behind: Sequence[MarkedBy]) -> str:
    """Say that a finding counts letters by other words of its criterion too, or nothing.

    :param behind: by which editions its letters were marked
    """
    if all(each.asks_alike for each in behind):
        return ""
    counted = list_words(
        [f"{count_words(each.letters, 'letter')} by edition {each.edition}" for each in behind]
    )
    other = list_words([str(each.edition) for each in behind if not each.asks_alike])
    return (
        f"This was found before editions that word {finding.criterion.code} otherwise were kept "
        f"apart, and counts them together: {counted}. What edition {other} asks is not what "
        f"edition {finding.criterion.edition.number} does, so look at each letter by its own. Once "
        "this is closed, a fault is found by each wording apart."
    )


def last_seen(finding: SystemicFinding, *, before: datetime) -> Review | None:
    """Return the newest marking before a moment in which the fault of a finding stands.

    It may be of a letter that was marked after the finding was raised. Where a dispute was accepted
    before the moment, the level that was decided counts.
    """
    failed = Mark.objects.filter(criterion__in=_alike(finding)).filter(
        Q(level=Level.NOT_MET) | Q(disputes__new_level=Level.NOT_MET)
    )
    marked = Review.objects.filter(
        area=finding.area_id, marked_at__lt=before, letter_version__isnull=False,
        pk__in=failed.values("review"),
    ).exclude(drawn_letter__state=DrawnLetter.State.SUBSTITUTED)  # fmt: skip
    related = ("letter_version", "edition")
    for review in marked.select_related(*related).order_by("-marked_at", "-pk").iterator(20):
        if _stands_in(review, finding, before):
            return review
    return None


def _alike(finding: SystemicFinding) -> list[int]:
    """Return the criterion of a finding in every edition that words it alike."""
    asked = wordings_of(finding.area)
    own = asked[finding.criterion_id]
    return [pk for pk, each in asked.items() if each.key == own.key]


def _stands_in(review: Review, finding: SystemicFinding, before: datetime) -> bool:
    if finding.block and finding.block not in _blocks_of(review):
        return False
    mark = review.marks.get(criterion__code=finding.criterion.code)
    level = accepted_levels([review], before=before).get(mark.pk, mark.level)
    return level == Level.NOT_MET


def number_blind(finding: SystemicFinding, user: User) -> int:
    """Return how many letters that a finding was counted from a person has yet to mark blind."""
    return number_to_mark_blind(user, counted_in(finding))


def counted_in(finding: SystemicFinding) -> Q:
    """Return the condition of the reviews that a finding was counted from.

    Those in which the fault was not found are among them: that they are not listed says so.
    """
    of_its_time = Q(
        area=finding.area_id, letter_version__isnull=False,
        marked_at__gte=clock.start_of(finding.marked_from),
        marked_at__lt=clock.end_of(finding.marked_until),
    )  # fmt: skip
    return of_its_time | Q(pk__in=finding.reviews.values("pk"))


def findings_to_mark_blind(user: User, found: Sequence[SystemicFinding]) -> set[int]:
    """Return which findings count a letter that a person has yet to mark blind, by number.

    How many of how many failed tells of that letter too: where all did, whether it did.
    """
    if not found:
        return set()
    waiting = reviews_to_mark_blind(user).filter(letter_version__isnull=False)
    marked = list(waiting.filter(marked_at__isnull=False).values_list("marked_at", flat=True))
    return {
        each.pk
        for each in found
        if any(
            clock.start_of(each.marked_from) <= at < clock.end_of(each.marked_until)
            for at in marked
            if at is not None
        )
    }


def findings_waiting(user: User) -> dict[SystemicFinding, str]:
    """Return the findings that this person has, or that wait for somebody of their role.

    What somebody took on who does not put it right now waits again, with why they do not.
    """
    if not has_permission(user, Permission.FINDING_TAKE):
        return {}
    remedies = [remedy for remedy, roles in OWNERS.items() if user.role in roles]
    rows = SystemicFinding.objects.filter(area=user.area_id).select_related("criterion", "owner")
    theirs = rows.filter(state__in=[State.OPEN, State.MENDING], remedy__in=remedies)
    own = rows.filter(state=State.MENDING, owner=user.pk)
    found = list((theirs | own).order_by("found_at", "pk"))
    by_others = {each.pk for each in found if each.owner_id not in {None, user.pk}}
    # Of many findings the database is asked once who is away.
    away = away_until(user.area_id, clock.today()) if by_others else {}
    left = {each: left_by(each, away) if each.pk in by_others else "" for each in found}
    return {each: why for each, why in left.items() if why or each.pk not in by_others}


def left_by(finding: SystemicFinding, away: Collection[int] | None = None) -> str:
    """Say why whoever has a finding does not put it right now; blank: they do, or nobody has it.

    :param away: who is away today, where that is known already
    """
    owner = finding.owner
    if owner is None or finding.state != State.MENDING:
        return ""
    if not owner.is_active:
        return f"{owner}’s account is closed"
    if not has_permission(owner, Permission.FINDING_TAKE):
        return f"{owner} puts no faults right any more"
    if away is None:
        away = away_until(finding.area_id, clock.today())
    if owner.pk in away:
        return f"{owner} is away today"
    return ""


def owner_words(finding: SystemicFinding) -> str:
    """Return who puts it right: by name, or by the roles that are told."""
    if finding.owner is not None:
        return str(finding.owner)
    return " or ".join(Role(role).label.lower() for role in OWNERS[finding.remedy])


def letters_looked_at(area: Area, *, since: date, until: datetime) -> dict[str, Review]:
    """Return the markings finished since a day, a letter once by the marking finished first."""
    found = Review.objects.filter(
        area=area, marked_at__gte=clock.start_of(since), marked_at__lte=until,
        letter_version__isnull=False,
    ).exclude(drawn_letter__state=DrawnLetter.State.SUBSTITUTED)  # fmt: skip
    related = ("drawn_letter__duty", "letter_version", "root_cause", "edition")
    marks = ("marks__criterion", "marks__disputes")
    by_duty: dict[int, Review] = {}
    rows = found.select_related(*related).prefetch_related(*marks).order_by("marked_at", "pk")
    for review in rows:
        by_duty.setdefault(review.drawn_letter.owed_id, review)
    return {str(each.pk): each for each in by_duty.values()}


def as_marked(
    review: Review, asked: Mapping[int, Wording], cleared: Collection[int]
) -> MarkedLetter:
    """Return a marking as the rules for faults read it, after any dispute.

    :param asked: by the number of a criterion how it is worded, over all editions
    :param cleared: the markings whose one cause, the reasons, was found to be no fault
    """
    drawn = review.drawn_letter
    levels = {asked[mark.criterion_id].name: effective_level(mark) for mark in review.marks.all()}
    is_lifted = review.pk in cleared or _is_lifted(review)
    return MarkedLetter(
        reference=str(review.pk),
        author=str(drawn.author_id or drawn.author_name or ""),
        levels={name: level for name, level in levels.items() if level is not None},
        blocks=_blocks_of(review),
        cause=review.root_cause.code if review.root_cause and not is_lifted else "",
    )


def _is_lifted(review: Review) -> bool:
    """Say whether a dispute lifted a fault of a letter: its one cause may have been of that."""
    return any(
        mark.level in FAULTS and effective_level(mark) not in FAULTS for mark in review.marks.all()
    )


def first_day(until: datetime, weeks: int) -> date:
    """Return the first day of so many weeks that end now."""
    return clock.day_of(until) - timedelta(weeks=weeks)


def _blocks_of(review: Review) -> tuple[str, ...]:
    version = review.letter_version
    if version is None or version.composed is None:
        return ()
    runs = [run for part in composed_of(version).paragraphs for run in part.runs]
    return tuple(sorted({run.block for run in runs if run.block}))
