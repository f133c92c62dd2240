"""The list a sample is drawn from, as facts for the rules; no name is ever among them."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from forthright.accounts.models import Area
from forthright.cases.models import Decision, PersonToTell
from forthright.letters.models import LetterVersion
from forthright.rules.frame import FrameHasProblems, FrameRow
from forthright.rules.sampling import ASKED_FOR, OVERRULED
from forthright.rules.weeks import Week, week_of
from forthright.samples.models import Condition, Draw, Frame, Plan
from forthright.samples.selectors import disclosures
from forthright.samples.selectors.hands import WRITTEN
from forthright.samples.selectors.overruled import offered_letters
from forthright.schemes.models import Duty
from forthright.standards.models import Subject

# What stands before the number in a reference: a letter owed, or a duty to disclose.
KINDS = {"L": "duty_id", "D": "disclosure_id"}
NOT_REQUIRED = "Recorded as not required"
OF_ANOTHER_WEEK = "Due in another week: asked for because a stop was overruled"
# Somebody whose first letter in the Area was due within this time counts as new.
NEW_FOR = timedelta(weeks=12)
TEXTS = ("reference", "unit", "letter_type", "entitlement", "drafter", "excluded_because",
         "police_unit")  # fmt: skip
FACTS = (
    "pk", "unit__name", "decision__kind", "entitlement", "state", "sent_at", "drafter_id",
    "drafter_name", "case__is_rasso", "case__is_domestic_abuse", "case__involves_child",
    "person__is_child", "due_week",
)  # fmt: skip


def reference_of(duty_id: int) -> str:
    """Return the reference of a letter owed in frames and draws; it names nobody."""
    return f"L{duty_id}"


def owed_as(reference: str) -> dict[str, int]:
    """Return what a reference stands for, as the field of a drawn one and its value."""
    return {KINDS[reference[:1]]: int(reference[1:])}


def drafter_code(drafter_id: int | None, drafter_name: str, area_id: int) -> str:
    """Return the code that stands for a drafter in every frame of an Area.

    A drafter known only by the name in an extract gets a keyed digest of it, so that the frame
    can be handed on without telling who it is.
    """
    if drafter_id is not None:
        return f"P{drafter_id}"
    name = " ".join(drafter_name.lower().split())
    if not name:
        return ""
    return "N" + salted_hmac("forthright.samples.drafter", f"{area_id} {name}").hexdigest()[:12]


def duties_of_plan(plan: Plan) -> QuerySet[Duty]:
    """Return every letter owed that a plan looks at, in any week."""
    duties = Duty.objects.filter(area=plan.area_id)
    return duties if plan.unit_id is None else duties.filter(unit=plan.unit_id)


def frame_rows(plan: Plan, week: Week, at: datetime) -> list[FrameRow]:
    """Return a row for all that was owed in a week as it stands at a moment, sent or not.

    Letters of other weeks stand beside them where somebody asked to have an overruled stop looked
    at; they are left out of the lot, so that it is drawn from the same letters as without them.
    """
    offered = offered_letters(plan.area, at)
    asked = Q(pk__in=[duty for duty, is_asked in offered.items() if is_asked])
    if plan.subject == Subject.DISCLOSURE:
        return disclosures.rows_of_week(plan, week, at)
    wanted = duties_of_plan(plan).filter(Q(due_week=week.monday) | asked)
    facts = list(wanted.values(*FACTS).order_by("pk"))
    new = new_drafters(plan.area, week, {row["drafter_id"] for row in facts})
    return [
        _frame_row(
            row, plan.area_id, at, (*_flags(row, new), *_overruled(row["pk"], offered)), week
        )
        for row in facts
    ]


def new_drafters(area: Area, week: Week, drafters: Iterable[int | None]) -> set[int]:
    """Return who has drafted nothing older than twelve weeks.

    Nobody is new where the Area's own records do not go back that far.
    """
    known = {drafter for drafter in drafters if drafter is not None}
    before = week.monday - NEW_FOR
    older = Duty.objects.filter(area=area, due_week__lt=before)
    if not known or not older.exists():
        return set()
    return known - set(older.filter(drafter__in=known).values_list("drafter", flat=True).distinct())


def weekly_numbers(plan: Plan, before: date, *, weeks: int) -> list[int]:
    """Return how many were owed in each of the weeks before a Monday, oldest first."""
    mondays = [before - timedelta(weeks=back) for back in range(weeks, 0, -1)]
    counts = dict.fromkeys(mondays, 0)
    for monday in _weeks_owed(plan, mondays):
        counts[monday] += 1
    return list(counts.values())


def _weeks_owed(plan: Plan, mondays: list[date]) -> list[date]:
    """Return the Monday of the week of each thing that a plan's units owed in some weeks."""
    if plan.subject == Subject.DISCLOSURE:
        duties = disclosures.owed(disclosures.duties_of_plan(plan))
        days = disclosures.due_in(duties, week_of(mondays[0]), week_of(mondays[-1]))
        return [week_of(day).monday for day in days.values_list("due_on", flat=True)]
    duties_owed = duties_of_plan(plan).filter(due_week__in=mondays)
    duties_owed = duties_owed.exclude(state=Duty.State.NOT_REQUIRED)
    return list(duties_owed.values_list("due_week", flat=True))


def number_owed(plan: Plan, week: Week) -> int:
    """Return how many the list of a week would hold if it were made now."""
    return len(_weeks_owed(plan, [week.monday]))


def rows_of(frame: Frame) -> list[FrameRow]:
    """Return the rows of a frozen frame as the rules read them.

    :raises FrameHasProblems: if somebody changed them so that they cannot be read
    """
    return rows_kept(frame.rows)


def rows_kept(rows: Any) -> list[FrameRow]:
    """Return rows that were kept as JSON as the rules read them.

    :raises FrameHasProblems: if somebody changed them so that they cannot be read
    """
    if not isinstance(rows, list):
        raise FrameHasProblems("The frame is no list of letters.")
    return [_row_of(place, kept) for place, kept in enumerate(rows, start=1)]


def _row_of(place: int, kept: Any) -> FrameRow:
    """Return one row of a frozen frame; every part of it must be of the kind it was frozen as.

    :raises FrameHasProblems: if it is not
    """
    try:
        row = FrameRow(**{**kept, "flags": tuple(kept["flags"])})
        "".join([*row.flags, *(getattr(row, name) for name in TEXTS)]).encode()
        is_row = type(row.is_sent) is type(row.is_late) is bool
    except (KeyError, TypeError, UnicodeEncodeError):
        is_row = False
    if not is_row:
        raise FrameHasProblems(f"Row {place:,} of the frame cannot be read.")
    return row


def left_out_of(draw: Draw) -> Counter[str]:
    """Return how many letters a draw left out for each reason; none where nobody can read them."""
    kept = draw.exclusions if isinstance(draw.exclusions, list) else []
    pairs = [each for each in kept if isinstance(each, list) and len(each) == 2]
    return Counter(str(reason) for _, reason in pairs)


def drafters_in(rows: Collection[FrameRow]) -> set[int]:
    """Return who drafted letters of a frame or wrote words of one, or endorsed an item of it."""
    drafters = {int(row.drafter[1:]) for row in rows if row.drafter.startswith("P")}
    held: dict[str, list[int]] = {field: [] for field in KINDS.values()}
    for row in rows:
        for field, pk in owed_as(row.reference).items():
            held[field].append(pk)
    if held["disclosure_id"]:
        return drafters.union(*disclosures.endorsers_of(held["disclosure_id"]).values())
    wrote = LetterVersion.objects.filter(
        letter__duty__in=held["duty_id"], made_how__in=WRITTEN, added_by__isnull=False
    )
    return drafters | set(wrote.values_list("added_by", flat=True))


def _frame_row(
    facts: Mapping[str, Any], area_id: int, at: datetime, flags: tuple[str, ...], week: Week
) -> FrameRow:
    is_sent = facts["sent_at"] is not None and facts["sent_at"] <= at
    return FrameRow(
        reference=reference_of(facts["pk"]),
        unit=facts["unit__name"],
        letter_type=str(Decision.Kind(facts["decision__kind"]).label),
        entitlement=str(PersonToTell.Entitlement(facts["entitlement"]).label),
        drafter=drafter_code(facts["drafter_id"], facts["drafter_name"], area_id),
        is_sent=is_sent,
        is_late=is_sent and facts["state"] == Duty.State.LATE,
        flags=tuple(sorted(flags)),
        excluded_because=_left_out_because(facts, week),
    )


def _left_out_because(facts: Mapping[str, Any], week: Week) -> str:
    if facts["due_week"] != week.monday:
        return OF_ANOTHER_WEEK
    return NOT_REQUIRED if facts["state"] == Duty.State.NOT_REQUIRED else ""


def _overruled(duty_id: int, offered: Mapping[int, bool]) -> tuple[str, ...]:
    if duty_id not in offered:
        return ()
    return (OVERRULED, ASKED_FOR) if offered[duty_id] else (OVERRULED,)


def _flags(facts: Mapping[str, Any], new: set[int]) -> tuple[str, ...]:
    holds = {
        Condition.RASSO: facts["case__is_rasso"],
        Condition.DOMESTIC_ABUSE: facts["case__is_domestic_abuse"],
        Condition.CHILD: facts["case__involves_child"] or facts["person__is_child"],
        Condition.NEW_DRAFTER: facts["drafter_id"] in new,
    }
    return tuple(str(condition) for condition, holding in holds.items() if holding)
