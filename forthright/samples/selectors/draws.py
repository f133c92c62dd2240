"""Draws and drawn letters, as far as a person's permission reaches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404

from forthright.accounts.models import Area, Unit, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import within_reach
from forthright.disclosure.models import DisclosureDuty
from forthright.rules.since_drawn import SinceDrawn, since_drawn
from forthright.rules.weeks import Week, is_old, week_of
from forthright.samples.models import Draw, DrawnLetter, Plan, PlanVersion
from forthright.samples.selectors import disclosures, frames, plans
from forthright.samples.selectors.hands import went_through_its_marker
from forthright.schemes.models import Duty
from forthright.standards.models import Subject
from forthright.web import clock

STANDING = ~Q(letters__state=DrawnLetter.State.SUBSTITUTED)
TOLD = Q(letters__state=DrawnLetter.State.TOLD)
MARKED = Q(letters__state=DrawnLetter.State.MARKED) | TOLD


def draws_visible_to(user: User) -> QuerySet[Draw]:
    """Return the draws this person may see, the newest first, each with its counts.

    Whoever is held to a unit has only its letters counted.
    """
    return with_counts(
        plans.seen_in_samples(user, Draw.objects.all()), unit=plans.unit_held_to(user)
    )


def with_counts(draws: QuerySet[Draw], *, unit: Unit | None = None) -> QuerySet[Draw]:
    """Return draws with how many letters each holds, are marked, and are told to the drafter.

    With a unit, only its letters are counted.
    """
    own = Q() if unit is None else Q(letters__unit=unit)
    return (
        draws.select_related("plan__unit", "area", "frame", "plan_version__marker")
        .annotate(
            letters_count=Count("letters", filter=STANDING & own),
            marked_count=Count("letters", filter=MARKED & own),
            told_count=Count("letters", filter=TOLD & own),
        )
        .defer("frame__rows", "frame__waits")
    )


def draw_for(user: User, draw_id: int) -> Draw:
    """Return a draw this person may see.

    :raises Http404: if there is none, or it is hidden from them
    """
    draw = draws_visible_to(user).filter(pk=draw_id).first()
    if draw is None:
        raise Http404
    return draw


def whole_draw_for(user: User, draw_id: int) -> Draw:
    """Return a draw of which this person may see every letter.

    :raises Http404: if there is none, or some of it is hidden from them
    """
    draw = draw_for(user, draw_id)
    if draw.unit_id is None and plans.unit_held_to(user) is not None:
        raise Http404
    return draw


def draws_of_week(area: Area, week: Week) -> QuerySet[Draw]:
    """Return every draw of an Area's week, for reports."""
    return with_counts(Draw.objects.filter(area=area, week=week.monday))


def letters_of(draw: Draw, *, unit: Unit | None = None) -> QuerySet[DrawnLetter]:
    """Return the letters of a draw in the order they were drawn, replaced ones among them.

    With a unit, only its letters.
    """
    letters = draw.letters.select_related(
        "unit", "marker", "duty__drafter", "duty__case", "disclosure__case", "prosecutor",
        "substituted_by", "substitute__duty__case", "substitute_for__duty__case",
        "substitute__disclosure__case", "substitute_for__disclosure__case",
    )  # fmt: skip
    return (letters if unit is None else letters.filter(unit=unit)).order_by("position", "pk")


def drawn_letters_visible_to(user: User) -> QuerySet[DrawnLetter]:
    """Return the drawn letters this person may see: within their reach, or theirs to mark."""
    letters = DrawnLetter.objects.filter(disclosure=None)
    disclosed = DrawnLetter.objects.filter(duty=None)
    reached = within_reach(user, Permission.SAMPLE_SEE, letters)
    reached |= within_reach(user, Permission.SAMPLE_SEE, disclosed, liaison_reaches_all=False)
    own = Q(area=user.area_id, marker=user.pk)
    visible = DrawnLetter.objects.filter(Q(pk__in=reached.values("pk")) | own)
    return visible.select_related(
        "draw__plan",
        "draw__frame",
        "draw__plan_version",
        "unit",
        "marker",
        "duty__drafter",
        "duty__case",
        "disclosure__case",
        "prosecutor",
    ).defer("draw__frame__rows", "draw__frame__waits")


def drawn_letter_for(user: User, letter_id: int) -> DrawnLetter:
    """Return a drawn letter this person may see.

    :raises Http404: if there is none, or it is hidden from them
    """
    letter = drawn_letters_visible_to(user).filter(pk=letter_id).first()
    if letter is None:
        raise Http404
    return letter


def letters_to_mark(user: User) -> QuerySet[DrawnLetter]:
    """Return the letters that wait for this person's marks, the oldest week first.

    One that they approved since it was drawn waits for somebody else.
    """
    waiting = DrawnLetter.objects.filter(
        ~went_through_its_marker(),
        area=user.area_id, marker=user.pk, state=DrawnLetter.State.TO_MARK,
    )  # fmt: skip
    return waiting.select_related("draw__plan", "unit", "duty", "disclosure").order_by(
        "draw__week", "draw", "position", "pk"
    )


def letters_without_marker(user: User) -> QuerySet[DrawnLetter]:
    """Return the drawn letters that nobody may mark yet, for whoever chooses a marker."""
    drawn = within_reach(user, Permission.SAMPLE_DRAW, DrawnLetter.objects.all())
    waiting = drawn.filter(state=DrawnLetter.State.TO_MARK)
    found = waiting.filter(Q(marker=None) | went_through_its_marker())
    return found.order_by("draw__week", "draw", "position", "pk")


def marked_before(letters: Iterable[DrawnLetter]) -> dict[int, DrawnLetter]:
    """Return, by letter that waits, where its marker marked it already for another plan."""
    waiting = [each for each in letters if each.state == DrawnLetter.State.TO_MARK]
    duties = {each.duty_id for each in waiting} - {None}
    disclosed = {each.disclosure_id for each in waiting} - {None}
    marked = DrawnLetter.objects.filter(
        Q(duty__in=duties) | Q(disclosure__in=disclosed),
        marker__in={each.marker_id for each in waiting if each.marker_id is not None},
        state__in=[DrawnLetter.State.MARKED, DrawnLetter.State.TOLD],
    )
    found = {
        (each.reference, each.marker_id): each
        for each in marked.select_related("draw__plan").order_by("pk")
    }
    return {
        each.pk: found[each.reference, each.marker_id]
        for each in waiting
        if (each.reference, each.marker_id) in found
    }


def since_drawn_of(letter: DrawnLetter) -> SinceDrawn | None:
    """Return what became of a letter's sending since it was drawn, or None where nothing did."""
    return since_drawn(
        was_sent=letter.was_sent,
        sent_on=clock.day_of(letter.sent_at) if letter.sent_at else None,
        is_required=letter.duty is None or letter.duty.state != Duty.State.NOT_REQUIRED,
        sent=letter.words.sent,
    )


@dataclass(frozen=True, slots=True)
class PlanWeek:
    """One plan in one week: its draw, or that there is none yet."""

    plan: Plan
    version: PlanVersion
    draw: Draw | None
    next_to_mark: DrawnLetter | None
    is_to_draw: bool
    # The plan that drew its letters of this week before it was made.
    drawn_instead_by: Plan | None

    @property
    def first_week(self) -> Week:
        """Return the first week that the plan draws in any case."""
        return plans.first_week_of(self.plan)


def last_ended_week(today: date) -> Week:
    """Return the week that ended last, the newest that can be drawn from."""
    return week_of(today - timedelta(weeks=1))


def next_week_to_draw(plan: Plan, today: date) -> Week | None:
    """Return the week that is drawn next: after the last drawn, but no older than may be usual.

    None while every week that has ended has been drawn, by it or before it was made.
    """
    newest = last_ended_week(today)
    last = Draw.objects.filter(plan=plan).order_by("-week").values_list("week", flat=True).first()
    if last is None:
        return None if plans.drawn_instead_by(plan, newest) else newest
    following = week_of(last).plus(1)
    if following > newest:
        return None
    return newest if is_old(following, today) else following


def plans_in_week(user: User, week: Week) -> list[PlanWeek]:
    """Return each plan this person may see with its draw of a week."""
    draws = {each.plan_id: each for each in draws_visible_to(user).filter(week=week.monday)}
    # A plan that was stopped draws no more; what it drew is still to be marked.
    shown = Q(is_active=True) | Q(pk__in=draws)
    seen = list(plans.plans_visible_to(user).filter(shown))
    versions = plans.versions_in_use(seen)
    mine: dict[int, DrawnLetter] = {}
    for letter in letters_to_mark(user).filter(draw__week=week.monday):
        mine.setdefault(letter.draw_id, letter)
    owed = plans_with_letters_owed(seen, week)
    return [
        PlanWeek(
            plan,
            versions[plan.pk],
            draw := draws.get(plan.pk),
            mine.get(draw.pk) if draw else None,
            draw is None and plan.pk in owed,
            plans.drawn_instead_by(plan, week) if draw is None else None,
        )
        for plan in seen
        if plan.pk in versions
    ]


def plans_with_letters_owed(seen: list[Plan], week: Week) -> set[int]:
    """Return the plans that have a letter owed in a week, so that there is something to draw."""
    owed = Duty.objects.filter(area=OuterRef("area"), due_week=week.monday).exclude(
        state=Duty.State.NOT_REQUIRED
    )
    due = disclosures.due_in(DisclosureDuty.objects.filter(area=OuterRef("area")), week, week)
    due = disclosures.owed(due)
    of_letters, of_disclosure = (
        Q(subject=subject)
        & (Q(unit=None) & Exists(rows) | Exists(rows.filter(unit=OuterRef("unit"))))
        for subject, rows in ((Subject.LETTERS, owed), (Subject.DISCLOSURE, due))
    )
    found = Plan.objects.filter(pk__in=[plan.pk for plan in seen])
    return set(found.filter(of_letters | of_disclosure).values_list("pk", flat=True))


def letters_owed_now(draw: Draw) -> int:
    """Return how many letters the draw's list would hold if it were made now."""
    return frames.number_owed(draw.plan, draw.in_week)
