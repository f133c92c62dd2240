"""What the weekly report tells of agreement, leniency and faults that come again."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from forthright.accounts.models import Area
from forthright.calibration.models import LeniencyRun, SystemicFinding
from forthright.calibration.selectors.agreement import agreement_in
from forthright.calibration.selectors.comparing import sampled
from forthright.calibration.selectors.findings import editions_behind, last_seen, lifted_since
from forthright.reviews.models import SecondMarking
from forthright.rules.weekly_report.trust import (
    AgreementFact,
    FindingFact,
    LeniencyFact,
    TrustFacts,
    is_new_in,
    new_to,
)
from forthright.rules.weeks import Week
from forthright.rules.wordings import Wording
from forthright.rules.words import day_words, list_words
from forthright.standards.models import Subject
from forthright.standards.selectors.marking_numbers import marking_numbers_of
from forthright.standards.selectors.wordings import wordings_of
from forthright.web import clock


@dataclass(frozen=True, slots=True)
class ReportBefore:
    """The report before one that is made: its week, and the findings that it told of."""

    week: Week
    findings: frozenset[int]


def trust_facts(
    area: Area, week: Week, *, as_of: date, before: ReportBefore | None = None
) -> TrustFacts:
    """Return how far the marks of an Area can be trusted, to the end of the day before.

    A finding is new that the report before did not tell of; without one, that was found in the
    week of this one.
    """
    end = clock.start_of(as_of)
    found = agreement_in(area, until=as_of)
    chosen = SecondMarking.objects.filter(
        area=area, review__edition__subject=Subject.LETTERS,
        chosen_at__gte=clock.start_of(found.since), chosen_at__lt=end,
    )  # fmt: skip
    # A letter that was handed out again, or that two plans drew, has its second marks once nobody
    # is left to give any of them.
    letters = _one_of_each(chosen)
    waiting = _one_of_each(chosen.exclude(marked_at__lt=end)).keys()
    return TrustFacts(
        since=day_words(found.since),
        numbers=found.numbers,
        edition=found.edition,
        new_to=new_to(week),
        before=before.week if before else None,
        agreement=tuple(
            AgreementFact(
                code=each.criterion.code, title=each.criterion.title, said=each.said,
                alike=each.alike, of=each.reviews, others_alike=each.others_alike,
                others=each.others,
            )
            for each in found.lines
        ),
        chosen=tuple(sorted(letters.values())),
        done=tuple(sorted(review for each, review in letters.items() if each not in waiting)),
        leniency=_leniency(area, as_of),
        findings=_findings(area, week, as_of, before),
    )  # fmt: skip


def _one_of_each(chosen: QuerySet[SecondMarking]) -> dict[int, int]:
    """Return by letter the marking of it that was chosen for second marks first."""
    rows = chosen.order_by("-chosen_at", "-pk").values_list("review__drawn_letter__duty", "review")
    return dict(rows)


def _leniency(area: Area, as_of: date) -> LeniencyFact | None:
    # Worked out half an hour before the report of a Monday, from weeks that were over by then.
    end = clock.end_of(as_of)
    run = LeniencyRun.objects.filter(area=area, made_at__lt=end).first()
    if run is None:
        return None
    of = sampled(area, clock.start_of(run.marks_since), run.made_at)
    return LeniencyFact(
        worked_out=day_words(clock.day_of(run.made_at)), words=run.words, method=run.area_method,
        in_common=run.in_common, raw_met=run.raw_met, raw_n=run.raw_n,
        compared=tuple(run.reviews), numbers=run.numbers, adjusted=run.adjusted,
        low=run.adjusted_low, high=run.adjusted_high, since=day_words(run.marks_since),
        sampled=tuple(sorted(of.verdicts)),
        met=tuple(sorted(pk for pk, each in of.verdicts.items() if each.is_met)),
        edition=of.edition, other_editions=of.other_editions,
    )  # fmt: skip


def _findings(
    area: Area, week: Week, as_of: date, before: ReportBefore | None
) -> tuple[FindingFact, ...]:
    end = clock.end_of(as_of)
    rows = SystemicFinding.objects.filter(
        Q(closed_at=None) | Q(closed_at__gte=end), area=area, found_at__lt=end
    ).select_related("area", "criterion").prefetch_related("reviews")  # fmt: skip
    mending, asked = SystemicFinding.State.MENDING, wordings_of(area)
    return tuple(
        FindingFact(
            id=each.pk,
            title=_title(each, asked[each.criterion_id]),
            state=mending.label
            if each.taken_at is not None and each.taken_at < end
            else SystemicFinding.State.OPEN.label,
            is_new=each.pk not in before.findings
            if before
            else is_new_in(week, clock.day_of(each.found_at)),
            of=each.of,
            reviews=tuple(sorted(review.pk for review in each.reviews.all())),
            numbers=each.numbers,
            found_on=clock.day_of(each.found_at),
            lifted=lifted_since(each, before=clock.start_of(as_of)),
            fewest=marking_numbers_of(area, clock.day_of(each.found_at))["systemic_letters"],
            seen=_seen(each, clock.start_of(as_of)),
        )
        for each in rows.order_by("found_at", "pk")
    )


def _title(finding: SystemicFinding, asked: Wording) -> str:
    """Return what failed, and by which editions where it counts several wordings of it."""
    said, behind = asked.label, editions_behind(finding)
    if not all(each.asks_alike for each in behind):
        editions = list_words([str(each.edition) for each in behind])
        said = f"{asked.code} {asked.title}, by editions {editions} together"
    return said + (f", block {finding.block}" if finding.block else "")


def _seen(finding: SystemicFinding, before: datetime) -> tuple[int, date] | None:
    """Return the newest marking in which a fault stands, with its day."""
    review = last_seen(finding, before=before)
    if review is None or review.marked_at is None:
        return None
    return review.pk, clock.day_of(review.marked_at)
