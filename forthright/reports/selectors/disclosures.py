"""The duties and deliveries behind a figure of disclosure, as they stood when it was made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from forthright.accounts.models import User
from forthright.disclosure.models import Delivery, DisclosureDuty
from forthright.disclosure.selectors.duties import deliveries_visible_to, duties_visible_to
from forthright.reports.models import WeeklyReport
from forthright.rules.disclosure_judged import DutyFacts
from forthright.rules.weekly_report.disclosure_facts import DisclosureFacts
from forthright.rules.weekly_report.pieces import population_key
from forthright.rules.words import count_words, date_words
from forthright.web import clock

DUTY, DELIVERY = "disclosure", "delivery"
OF_DISCLOSURE = (DUTY, DELIVERY)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureRow:
    """One duty or delivery behind a figure: its case, and how it stood then; no name is in it.

    `day` is when initial disclosure was due, or when a delivery was decided on.
    """

    id: int
    case: str
    unit: str
    police: str
    day: date | None
    stood: str
    is_counted: bool


def standing_of_disclosure(found: DisclosureFacts | None) -> dict[str, list[str]]:
    """Return how each duty and delivery stood, to be frozen beside the letters."""
    return dict(_standing(found)) if found else {}


def _standing(found: DisclosureFacts) -> Iterator[tuple[str, list[str]]]:
    duties = DisclosureDuty.objects.filter(pk__in=[each.key for each in found.duties])
    units = dict(duties.values_list("pk", "unit__name"))
    for each in found.duties:
        yield f"{DUTY}-{each.key}", [_stood(each), units[each.key], each.due_on.isoformat(), ""]
    came = {each.key: each for each in found.deliveries}
    deliveries = Delivery.objects.filter(pk__in=came).order_by("pk").select_related("unit")
    deliveries = deliveries.prefetch_related("police_returns")
    for delivery in deliveries:
        pk, unit, decided = delivery.pk, delivery.unit.name, delivery.triaged_at
        stood = "Adequate"
        if came[pk].is_returned:
            days = came[pk].days
            mended = "not mended" if days is None else f"mended after {count_words(days, 'day')}"
            if came[pk].is_over:
                mended = "not mended before the case ended"
            stood = f"Returned, {mended}"
            if came[pk].is_accepted and (back := delivery.police_return):
                stood, decided = "Returned, and stands as the police answered", back.sent_at
        day = clock.day_of(decided).isoformat() if decided else ""
        yield f"{DELIVERY}-{pk}", [stood, unit, day, came[pk].unit]


def _stood(duty: DutyFacts) -> str:
    if duty.served_on is None:
        ended = f"; the case ended on {date_words(duty.ended_on)}" if duty.ended_on else ""
        return f"Not given{ended}"
    late = duty.days_late or 0
    way = f", {count_words(late, 'day')} late" if late > 0 else ""
    kind = "Nothing to disclose, said" if duty.is_nil else "Given"
    return (
        f"{kind} on {date_words(duty.served_on)}{way}; {duty.items_endorsed:,} of "
        f"{count_words(duty.items_total, 'item')} decided"
    )


def disclosures_behind(
    report: WeeklyReport, key: str, user: User
) -> tuple[list[DisclosureRow], int]:
    """Return what is behind a figure of disclosure that this person may open, and how many.

    Of a share these are all that it is of, those counted marked so.
    """
    kind = report.figures["figures"][key]["record_kind"]
    counted = set(report.records.get(key, []))
    ids = counted | set(report.records.get(population_key(key), []))
    rows = deliveries_visible_to(user) if kind == DELIVERY else duties_visible_to(user)
    seen = rows.filter(pk__in=ids).order_by("case__urn", "pk")
    return [
        _row(report, kind, each.pk, str(each.case), is_counted=each.pk in counted)
        for each in seen
    ], len(ids)  # fmt: skip


def _row(report: WeeklyReport, kind: str, pk: int, case: str, *, is_counted: bool) -> DisclosureRow:
    kept = report.standing.get(f"{kind}-{pk}") or ["Not kept in this version", "", "", ""]
    stood, unit, day, police = kept
    return DisclosureRow(
        id=pk, case=case, unit=unit, police=police, stood=stood, is_counted=is_counted,
        day=date.fromisoformat(day) if day else None,
    )  # fmt: skip
