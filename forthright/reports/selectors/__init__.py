"""Reads what a weekly report is made from, and the reports a person may see."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Q, QuerySet

from forthright.accounts.models import Area, Role, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import within_reach
from forthright.calibration.selectors.reporting import trust_facts
from forthright.disclosure.selectors.weekly import disclosure_of_week
from forthright.hard_media.selectors.backlog import backlog_of
from forthright.panels.selectors.against import panel_facts
from forthright.reports.models import WeeklyReport
from forthright.reports.selectors.disclosures import (
    OF_DISCLOSURE,
    DisclosureRow,
    disclosures_behind,
    standing_of_disclosure,
)
from forthright.reports.selectors.frozen import (
    NotAsMade,
    check_as_made,
    digest_of,
    faults_of,
    what_is_frozen,
)
from forthright.reports.selectors.history import history_of, ways_of_counting
from forthright.reports.selectors.loop import duties_of_loop, loop_of
from forthright.reports.selectors.recordings import (
    REGISTER,
    RegisterRow,
    register_behind,
    standing_of,
    stock_of,
)
from forthright.reports.selectors.records import (
    OF_MARKS,
    RecordRow,
    figures_of_marks,
    number_to_mark_blind,
    outcomes_in,
    records_behind,
)
from forthright.reports.selectors.unsure import warnings_of
from forthright.reports.selectors.weeks import report_before, week_behind
from forthright.reviews.models import Dispute, Mark, Review
from forthright.reviews.selectors.counted import accepted_levels, decided_overalls
from forthright.rules.clock_rules import Measure
from forthright.rules.timeliness import outcome
from forthright.rules.weekly_report.facts import (
    CriterionFact,
    DrawnFact,
    DutyFact,
    FeedbackFact,
    MarkFact,
    RedatedFact,
    ReportFacts,
)
from forthright.rules.weekly_report.marks import POOLED_WEEKS
from forthright.rules.weekly_report.trends import CHARTED_WEEKS
from forthright.rules.weeks import Week, week_of
from forthright.rules.words import list_words
from forthright.rules.working_days import Calendar, working_days_between
from forthright.samples.models import DrawnLetter
from forthright.schemes import selectors as schemes
from forthright.schemes.models import DueChange, Duty
from forthright.schemes.selectors.area_clock import clock_rules_of, rule_sets_of
from forthright.standards.models import Edition, Subject
from forthright.web import clock

__all__ = [
    "OF_DISCLOSURE",
    "OF_MARKS",
    "REGISTER",
    "DisclosureRow",
    "NotAsMade",
    "NothingToReport",
    "RecordRow",
    "RegisterRow",
    "check_as_made",
    "digest_of",
    "disclosures_behind",
    "facts_for_week",
    "faults_of",
    "figures_of_marks",
    "newer_version_of",
    "number_to_mark_blind",
    "outcomes_in",
    "printed_heads",
    "recipients_of",
    "records_behind",
    "register_behind",
    "report_for",
    "reports_visible_to",
    "stock_of",
    "week_behind",
    "what_is_frozen",
]


class NothingToReport(Exception):
    """The Area has no rules or no standard yet; the message says what to do."""


def reports_visible_to(user: User) -> "QuerySet[WeeklyReport]":
    """Return the reports of the person's Area, newest first."""
    return within_reach(user, Permission.REPORT_SEE, WeeklyReport.objects.all())


def report_for(user: User, report_id: int) -> WeeklyReport | None:
    """Return one report, or None where it is absent or hidden from this person."""
    return reports_visible_to(user).filter(pk=report_id).first()


def recipients_of(area: Area) -> "QuerySet[User]":
    """Return the senior managers who are sent the weekly report."""
    return User.objects.filter(
        area=area, is_active=True, role__in=[Role.SENIOR_MANAGER, Role.CHIEF_CROWN_PROSECUTOR]
    )


def facts_for_week(
    area: Area, week: Week, *, as_of: date
) -> tuple[ReportFacts, dict[str, list[str]]]:
    """Return what the week's report is made from, and how each letter owed stood.

    :raises NothingToReport: if the Area has no time limits or no standard in force
    """
    rule_sets = {each.pk: each for each in rule_sets_of(area)}
    in_force = next((r for r in rule_sets.values() if r.in_force_from <= week.sunday), None)
    newest = Edition.objects.filter(
        area=area, subject=Subject.LETTERS, in_force_from__lte=as_of
    ).first()
    if in_force is None or newest is None:
        raise NothingToReport(
            f"{area} has no time limits or no standard for letters in force in that week. "
            "Ask an administrator to set them first."
        )
    measures = {pk: clock_rules_of(each).measure for pk, each in rule_sets.items()}
    of_the_week = Duty.objects.filter(area=area, due_week=week.monday)
    duties, standing = _duties(of_the_week, as_of, measures)
    calendar = schemes.calendar_of(area)
    drawn = _drawn(area, week, as_of)
    edition = _edition_of(drawn, newest, week)
    redated = _redated(area, week, week)
    redated_before = _redated(area, week.plus(1 - CHARTED_WEEKS), week.plus(-1))
    # A letter that left the week is told of here too, so the rules that moved it are named.
    told_of = Q(due_week=week.monday) | Q(pk__in=[each.id for each in redated])
    judged_by = set(Duty.objects.filter(told_of, area=area).values_list("rule_set", flat=True))
    used = sorted((rule_sets[pk] for pk in judged_by), key=lambda each: each.version) or [in_force]
    without = schemes.decisions_with_nobody_to_tell(area, week)
    facts = ReportFacts(
        week=week,
        as_of=as_of,
        rules=f"time limits {list_words([str(each) for each in used])}",
        edition=edition.number,
        duties=duties,
        history=history_of(area, week, as_of, duties, ways_of_counting(rule_sets.values())),
        drawn=drawn,
        criteria=_criteria(edition),
        feedback=_feedback(area, week, as_of, calendar),
        stages=tuple(Duty.Stage.choices),
        warnings=warnings_of(area, used, as_of),
        **_substituted(area, week.plus(-1)),
        redated=redated,
        redated_before=redated_before,
        decided=without.of,
        with_nobody=without.decisions,
        trust=trust_facts(area, week, as_of=as_of, before=report_before(area, week)),
        recordings=backlog_of(area, week, week.plus(1 - CHARTED_WEEKS), as_of=as_of),
        loop=loop_of(area, week, as_of=as_of),
        disclosure=disclosure_of_week(area, week, as_of=as_of),
        panel=panel_facts(area, as_of=as_of),
    )
    behind_trust = facts.trust.reviews if facts.trust else set()
    behind_panel = facts.panel.reviews if facts.panel else ()
    # Letters of other weeks stand behind the figures of samples, feedback and changed dates.
    others = (
        {drawn.duty for drawn in facts.drawn}
        | set(
            DrawnLetter.objects.filter(pk__in=facts.substituted).values_list("duty_id", flat=True)
        )
        | {each.id for each in (*redated, *redated_before)}
        | duties_of_loop(facts.loop)
        | set(
            Review.objects.filter(
                pk__in={each.id for each in facts.feedback} | behind_trust | {*behind_panel}
            ).values_list("drawn_letter__duty_id", flat=True)
        )
    )
    older = Duty.objects.filter(pk__in=others).exclude(due_week=week.monday)
    standing |= _duties(older, as_of, measures)[1]
    standing |= standing_of_disclosure(facts.disclosure)
    return facts, standing | standing_of(facts.recordings)


def _duties(
    duties: "QuerySet[Duty]", as_of: date, measures: Mapping[int, Measure]
) -> tuple[tuple[DutyFact, ...], dict[str, list[str]]]:
    rows = duties.values_list(
        "id", "unit__name", "entitlement", "state", "due_on", "sent_at", "reached_at",
        "late_stage", "drafter_id", "rule_set_id", "not_required_at",
    )  # fmt: skip
    facts, standing = [], {}
    # By number, for a report made twice is to be the same; numbers are one each.
    for row in sorted(rows):
        number, unit, entitlement, state, due, sent, reached, stage, drafter, rules, ended = row
        sent_on, reached_on = _day_before(sent, as_of), _day_before(reached, as_of)
        is_excused = state == Duty.State.NOT_REQUIRED and _day_before(ended, as_of) is not None
        stands = outcome(
            due, sent=sent_on, reached=reached_on, as_of=as_of,
            measure=measures[rules], required=not is_excused,
        )  # fmt: skip
        facts.append(
            DutyFact(
                id=number, unit=unit, entitlement=entitlement, timeliness=stands,
                due_on=due, late_stage=stage, is_drafter_known=drafter is not None,
            )
        )  # fmt: skip
        standing[str(number)] = [stands.value, unit, due.isoformat(), str(sent_on or "")]
    return tuple(facts), standing


def _day_before(moment: datetime | None, as_of: date) -> date | None:
    """Return the day of a moment before a day began, or None; what came later is not known yet.

    A report counts to the end of the day before it was made, whatever the hour it is made at, so
    that each week of a chart, and each version of a report, is counted at the same age.
    """
    day = clock.day_of(moment) if moment is not None else None
    return day if day is not None and day < as_of else None


def _drawn(area: Area, week: Week, as_of: date) -> tuple[DrawnFact, ...]:
    first, end = week.plus(-2 * POOLED_WEEKS).monday, clock.start_of(as_of)
    letters = DrawnLetter.objects.filter(
        area=area, draw__week__gte=first, draw__week__lte=week.monday, disclosure=None
    ).exclude(state=DrawnLetter.State.SUBSTITUTED)
    reviews = {
        review.drawn_letter_id: review
        for review in Review.objects.filter(
            drawn_letter__in=letters,
            kind=Review.Kind.FIRST_LINE,
            marked_at__lt=end,
        ).select_related("edition")
    }
    marked = list(reviews.values())
    marks = _marks(marked, end)
    decided = decided_overalls(marked, before=end)
    facts = []
    for letter in letters.select_related("draw__plan", "duty"):
        review = reviews.get(letter.pk)
        facts.append(
            DrawnFact(
                id=letter.pk,
                duty=letter.owed_id,
                plan=letter.draw.plan.name,
                week=week_of(letter.draw.week),
                part=letter.part,
                was_sent=letter.was_sent,
                is_sent_since=not letter.was_sent
                and _day_before(letter.sent_at, as_of) is not None,
                is_marked=review is not None,
                overall=decided.get(review.pk, review.overall) if review else "",
                edition=review.edition.number if review else 0,
                marks=tuple(marks[letter.pk]),
                marked_at=review.marked_at if review else None,
            )
        )
    return tuple(facts)


def _substituted(area: Area, week: Week) -> dict[str, tuple[int, ...]]:
    """Return the letters that were swapped for another, and those of them that were not sent."""
    letters = DrawnLetter.objects.filter(
        area=area, draw__week=week.monday, state=DrawnLetter.State.SUBSTITUTED, disclosure=None
    ).order_by("pk")
    return {
        "substituted": tuple(letters.values_list("pk", flat=True)),
        "substituted_unsent": tuple(letters.filter(was_sent=False).values_list("pk", flat=True)),
    }


def _redated(area: Area, first: Week, last: Week) -> tuple[RedatedFact, ...]:
    """Return the letters whose due date moved out of some weeks, into them or within them."""
    days = (first.monday, last.sunday)
    changes = DueChange.objects.filter(
        Q(old_due_on__range=days) | Q(new_due_on__range=days), duty__area=area
    )
    moves = changes.order_by("changed_at").values_list("duty_id", "changed_at", "duty__due_on")
    found = {
        duty: RedatedFact(
            id=duty, changed_on=clock.day_of(changed), is_out=not days[0] <= due <= days[1]
        )
        for duty, changed, due in moves
    }
    return tuple(found[duty] for duty in sorted(found))


def _edition_of(drawn: tuple[DrawnFact, ...], newest: Edition, week: Week) -> Edition:
    """Return the newest edition that letters of the pooled weeks were marked under.

    Until a letter has been marked under a new edition, the marks there are speak of the old one.
    """
    first = week.plus(-POOLED_WEEKS)
    numbers = [d.edition for d in drawn if d.is_marked and d.was_sent and d.week >= first]
    if not numbers or max(numbers) == newest.number:
        return newest
    return Edition.objects.get(area=newest.area_id, subject=newest.subject, number=max(numbers))


def _marks(reviews: list[Review], end: datetime) -> dict[int, list[MarkFact]]:
    """Return the marks of each drawn letter; where a dispute was accepted, the new level counts."""
    accepted = accepted_levels(reviews, before=end)
    marks = defaultdict(list)
    for pk, drawn, code, level, is_critical in Mark.objects.filter(review__in=reviews).values_list(
        "pk", "review__drawn_letter_id", "criterion__code", "level", "criterion__is_critical"
    ):
        marks[drawn].append(
            MarkFact(code=code, level=accepted.get(pk, level), is_critical=is_critical)
        )
    return marks


def _criteria(edition: Edition) -> tuple[CriterionFact, ...]:
    return tuple(
        CriterionFact(
            code=each.code, title=each.title, is_critical=each.is_critical,
            is_timeliness=each.is_timeliness,
        )
        for each in edition.criteria.all()
    )  # fmt: skip


def _feedback(area: Area, week: Week, as_of: date, calendar: Calendar) -> tuple[FeedbackFact, ...]:
    """Return all feedback that is outstanding, however old, and all of the pooled weeks."""
    days = (week.plus(1 - POOLED_WEEKS).monday, week.sunday)
    end = clock.start_of(week.plus(1).monday)
    reviews = (
        Review.objects.filter(
            Q(marked_at__gte=clock.start_of(days[0]), marked_at__lt=end)
            | Q(feedback__isnull=True)
            | Q(feedback__acknowledged_at__isnull=True),
            area=area, kind=Review.Kind.FIRST_LINE, drawn_letter__disclosure=None,
            marked_at__lt=clock.start_of(as_of),
        )
        .select_related("feedback")
        .prefetch_related("feedback__disputes")
    )  # fmt: skip
    return tuple(_feedback_fact(review, days, as_of, calendar) for review in reviews)


def _feedback_fact(
    review: Review, days: tuple[date, date], as_of: date, calendar: Calendar
) -> FeedbackFact:
    marked = clock.day_of(review.marked_at or review.started_at)
    feedback = getattr(review, "feedback", None)
    if feedback is None or _day_before(feedback.told_at, as_of) is None:
        return FeedbackFact(id=review.pk, is_told=False, waiting_since=marked)
    told = clock.day_of(feedback.told_at)
    raised = [each for each in feedback.disputes.all() if _day_before(each.raised_at, as_of)]
    # A dispute that was decided since was open then.
    outcomes = {
        each.outcome if _day_before(each.decided_at, as_of) or each.decided_at is None
        else Dispute.Outcome.OPEN.value
        for each in raised
    }  # fmt: skip
    return FeedbackFact(
        id=review.pk,
        is_told=True,
        waiting_since=told,
        # Whoever disputes a mark has answered, whatever came of it.
        is_acknowledged=_day_before(feedback.acknowledged_at, as_of) is not None or bool(outcomes),
        days_to_tell=working_days_between(marked, max(marked, told), calendar)
        if days[0] <= marked <= days[1]
        else None,
        dispute=next((o for o in ("UNANSWERED", "OPEN") if o in outcomes), ""),
    )


def printed_heads() -> list[tuple[int, str]]:
    """Return the head of the record that each weekly report printed."""
    heads = WeeklyReport.objects.order_by("chain_sequence")
    return list(heads.values_list("chain_sequence", "chain_hash"))


def newer_version_of(report: WeeklyReport) -> WeeklyReport | None:
    """Return the newest version of the same week, where this is not it."""
    return (
        WeeklyReport.objects.filter(
            area=report.area_id, week=report.week, version__gt=report.version
        )
        .only("id", "version", "week")
        .first()
    )
