"""The facts of a month's duties, read in a few questions however many there are."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    When,
)
from django.db.models.functions import Cast, Greatest

from forthright.disclosure.models import Delivery, DisclosureDuty, PoliceReturn, Serving
from forthright.disclosure.selectors.ended import ended_on
from forthright.disclosure.selectors.mended import first_hand_ins
from forthright.disclosure.selectors.over import over_on
from forthright.rules.disclosure_compliance import (
    Compliance,
    Month,
    comply,
)
from forthright.rules.disclosure_judged import DutyFacts
from forthright.rules.disclosure_returns import ReturnFacts
from forthright.web import clock

COUNTED = ("items_total", "items_endorsed", "presumed_total", "presumed_given", "sensitive_total",
           "sensitive_settled")  # fmt: skip
# A month has few days: as text each is read once, and not once for each duty.
DAYS = {"due_on": "duty__due_on", "served_on": "served_on", "court_told_on": "court_told_on"}
READ = ("duty", "duty__case", "due_on_text", "served_on_text", "kind", *COUNTED,
        "court_told_on_text", "management")  # fmt: skip
ITEMS_TOTAL = READ.index("items_total")


def compliance_of(
    duties: "QuerySet[DisclosureDuty]", deliveries: "QuerySet[Delivery]", month: Month, today: date
) -> Compliance:
    """Return how the disclosure of a month complied, among some duties and deliveries.

    What is due on a day that is not over yet is not judged, served or not.
    """
    return comply(
        month, duty_facts(duties, month.first, month.last, today),
        return_facts(deliveries, month.first, month.last),
    )  # fmt: skip


def duty_facts(
    duties: "QuerySet[DisclosureDuty]", first: date, last: date, today: date,
    *, ended: Mapping[int, date] | None = None,
) -> Iterator[DutyFacts]:  # fmt: skip
    """Yield the duties due on some days that are over, with what came of each.

    One that was served before its day is over does not count until then either: counting the
    early ones alone would make a month look better while it runs.

    :param ended: by duty the day on which its case ended, where that is not asked as of now
    """
    due = _due(duties, first, last, today)
    ended = ended_on(due) if ended is None else ended
    for pk, case, due_on in due.filter(served_at=None).values_list("pk", "case", "due_on"):
        yield DutyFacts(key=pk, case=case, due_on=due_on, ended_on=ended.get(pk))
    yield from _served(due, Serving.objects.order_by())


def duty_facts_as_of(
    duties: "QuerySet[DisclosureDuty]", first: date, last: date, as_of: date
) -> list[DutyFacts]:
    """Return the duties due on some days as they stood before a day: what came later is unknown.

    A service that was taken back on that day or later still stands as of it.
    """
    ended = ended_on(_due(duties, first, last, as_of), known_before=as_of)
    found = {each.key: each for each in duty_facts(duties, first, last, as_of, ended=ended)}
    since = Serving.everything.filter(taken_back_at__gte=clock.start_of(as_of))
    stood = _served(_due(duties, first, last, as_of), since.order_by("-taken_back_at"))
    found.update({each.key: each for each in stood if each.key in found})
    return sorted(_as_of(each, as_of, ended.get(each.key)) for each in found.values())


def _due(
    duties: "QuerySet[DisclosureDuty]", first: date, last: date, before: date
) -> "QuerySet[DisclosureDuty]":
    return duties.filter(due_on__range=(first, last), due_on__lt=before).order_by()


def _as_of(facts: DutyFacts, as_of: date, ended: date | None) -> DutyFacts:
    if facts.served_on is None:
        return facts
    if facts.served_on >= as_of:
        return DutyFacts(key=facts.key, case=facts.case, due_on=facts.due_on, ended_on=ended)
    is_told = facts.court_told_on is not None and facts.court_told_on < as_of
    return facts if is_told else facts._replace(court_told_on=None)


def _served(
    of_month: "QuerySet[DisclosureDuty]", servings: "QuerySet[Serving]"
) -> Iterator[DutyFacts]:  # fmt: skip
    first = servings.filter(
        duty__in=of_month.values("pk"), kind__in=[Serving.Kind.INITIAL, Serving.Kind.NIL]
    )
    # By when it was due is asked of the duty: a day that was typed wrong may be corrected since.
    written = {f"{name}_text": Cast(field, CharField()) for name, field in DAYS.items()}
    rows = first.annotate(**written)
    # A month has many duties and few ways in which they went: each way is read once, and its days.
    facts_of = cache(_facts_of)
    blank = []
    for row in rows.values_list(*READ).iterator(chunk_size=2_000):
        if row[ITEMS_TOTAL]:
            yield DutyFacts._make((*row[:2], *facts_of(*row[2:-1], row[-1] is not None, True)))
        else:
            blank.append(row)
    # Items come from schedules that were taken in; only where none is counted it is asked.
    empty_sheets = _empty_sheets(first) if blank else set()
    for row in blank:
        came = row[0] in empty_sheets
        yield DutyFacts._make((*row[:2], *facts_of(*row[2:-1], row[-1] is not None, came)))


def _empty_sheets(servings: "QuerySet[Serving]") -> set[int]:
    """Return the duties of which the schedules that came before it was served list nothing."""
    came = Delivery.objects.filter(case=OuterRef("duty__case"), received_at__isnull=False)
    nothing_listed = servings.filter(items_total=0).filter(Exists(came))
    return set(nothing_listed.order_by().values_list("duty", flat=True))


def _facts_of(due: str, served: str, kind: str, *rest: Any) -> tuple[Any, ...]:
    """Return what is known of a served duty after its key and case, in the order of the facts."""
    *counts, told, has_document, has_receipt = rest
    told_on = date.fromisoformat(told) if told else None
    days = date.fromisoformat(due), date.fromisoformat(served)
    return (*days, kind == Serving.Kind.NIL, *counts, told_on, has_document, has_receipt, None)


def return_facts(
    deliveries: "QuerySet[Delivery]", first: date, last: date, *, as_of: date | None = None
) -> list[ReturnFacts]:
    """Return the deliveries decided on in some days; what came on a day or later is unknown.

    A return that was taken back on that day or later still stands as of it.
    """
    begin = clock.start_of(first)
    end = clock.start_of(min(last + timedelta(days=1), as_of or date.max))
    rows = with_decisions(deliveries).filter(decided_at__gte=begin, decided_at__lt=end)
    # The police answer for the days until they handed it in, or the unit had it and brought it in,
    # not for those until it was taken in, if ever: what waits for a prosecutor is none of theirs.
    handed_in = first_hand_ins(
        PoliceReturn.objects.filter(
            delivery__in=deliveries.order_by().values("pk"), taken_back_at=None,
            sent_at__gte=begin, sent_at__lt=end,
        )
    )  # fmt: skip
    mended = "standing__mended_by"
    # Of what the unit brought in it is known only once it is taken in that it mends anything.
    is_known = Q(**{f"{mended}__answers__isnull": False})
    if as_of:
        # What went back without being taken in was decided on then.
        begun = clock.start_of(as_of)
        is_known |= Q(**{f"{mended}__received_at__lt": begun})
        is_known |= Q(**{f"{mended}__received_at": None, f"{mended}__triaged_at__lt": begun})
    else:
        is_known |= Q(**{f"{mended}__isnull": False})
    # It may have been here before the return was sent, which it mends once it is taken in.
    came = Greatest(F(f"{mended}__checked_at"), F("standing__sent_at"))
    rows = rows.order_by("pk").annotate(mended_at=Case(When(is_known, then=came)))
    day = cache(clock.day_of)
    known = [
        (*row[:-2], *(None if as_of and at and day(at) >= as_of else at for at in row[-2:]))
        for *about, returned, mended_at, accepted_at in rows.values_list(
            "pk", "case", "police_unit__name", "went_back", "standing__sent_at", "standing",
            "mended_at", "standing__accepted_at",
        )
        for row in [(*about, _earliest(handed_in.get(returned), mended_at), accepted_at)]
    ]  # fmt: skip
    # Of what was not mended: whether anybody waits for it still.
    unmended = {case for _, case, _, went_back, *_, at, accepted in known
                if went_back and not at and not accepted}  # fmt: skip
    over = over_on(unmended, known_before=as_of)
    return _stood_then(deliveries, begin, end, as_of) + [
        ReturnFacts(
            key=pk,
            case=case,
            unit=unit or "",
            is_returned=went_back,
            days=(day(mended) - day(sent)).days if mended and sent else None,
            is_accepted=accepted is not None,
            is_over=went_back and mended is None and case in over and over[case].ends(sent),
        )
        for pk, case, unit, went_back, sent, mended, accepted in known
    ]


def _earliest(*moments: datetime | None) -> datetime | None:
    return min((each for each in moments if each), default=None)


def with_decisions(deliveries: "QuerySet[Delivery]") -> "QuerySet[Any]":
    """Return deliveries that say when each was decided on, and whether it went back.

    One whose return the police answered so that it stands as it came went back all the same.
    """
    stands = FilteredRelation("police_returns", condition=Q(police_returns__taken_back_at=None))
    is_accepted = Q(standing__accepted_at__isnull=False)
    return deliveries.annotate(standing=stands).annotate(
        decided_at=Case(When(is_accepted, then=F("standing__sent_at")), default=F("triaged_at")),
        went_back=ExpressionWrapper(
            is_accepted | Q(state=Delivery.State.RETURNED), output_field=BooleanField()
        ),
    )


def _stood_then(
    deliveries: "QuerySet[Delivery]", begin: datetime, end: datetime, as_of: date | None
) -> list[ReturnFacts]:
    """Return the returns that were taken back only on a day or later, and stood before it.

    One stands at a time, and what was decided since it was taken back is later still.
    """
    if as_of is None:
        return []
    since = PoliceReturn.objects.filter(
        delivery__in=deliveries.order_by().values("pk"), sent_at__gte=begin, sent_at__lt=end,
        taken_back_at__gte=clock.start_of(as_of),
    )  # fmt: skip
    rows = since.order_by("delivery").values_list("delivery", "delivery__case", "unit__name")
    return [ReturnFacts(key=pk, case=case, unit=unit, is_returned=True) for pk, case, unit in rows]
