"""Freezes the list of what was owed in a week and draws a sample from it, once."""

import secrets
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from forthright.accounts.models import Area, Unit, User
from forthright.audit import services as audit
from forthright.disclosure.models import DisclosureDuty
from forthright.rules import sampling
from forthright.rules.frame import FrameRow
from forthright.rules.sampling import DrawResult, Pick
from forthright.rules.weeks import Week
from forthright.rules.words import day_words, local
from forthright.samples import policies
from forthright.samples.models import Draw, DrawnLetter, Frame, Plan, PlanVersion
from forthright.samples.selectors import coverage, disclosures, frames, frozen, plans
from forthright.samples.selectors.frozen import DRAWN
from forthright.samples.selectors.hands import Hands, hands_by_reference
from forthright.schemes.models import Duty
from forthright.standards.models import Subject

# Named in every draw, so that a later method is never mistaken for this one.
METHOD = "sha256-order-2"


class SampleRefused(Exception):
    """A sample cannot be drawn; the message says why and what to do."""


class WeekHasNotEnded(SampleRefused):
    """The list of a week cannot be frozen while letters can still be added to it."""


class AlreadyDrawn(SampleRefused):
    """A plan has one sample a week, so that nobody draws until they like what they get."""


class NothingOwed(SampleRefused):
    """No letter was owed, so there is nothing to draw from."""


class PlanIsStopped(SampleRefused):
    """The plan is no longer drawn by."""


@dataclass(frozen=True, slots=True)
class WeeklyDraws:
    """What was drawn for a week, and each plan that was not, with the reason."""

    made: list[Draw]
    left_out: list[tuple[Plan, SampleRefused]]


@transaction.atomic
def draw_sample(
    plan: Plan,
    week: Week,
    *,
    seed: int | None = None,
    for_demo: bool = False,
    by: User | None,
    at: datetime,
) -> Draw:
    """Freeze a week's list of letters owed, or of duties to disclose, and draw from it.

    `by` is None for the scheduler. Without a seed the system makes one.

    :raises NotAllowed: if this person marks the sample or drafted a letter in the list
    :raises SampleRefused: if the week has not ended, nothing was owed, or it was drawn already
    """
    plan = _locked_with_others(plan)
    version = plans.version_in_use(plan)
    check_is_to_draw(plan, week, at)
    rows = frames.frame_rows(plan, week, at)
    if by is not None:
        policies.check_can_draw(by, version, frames.drafters_in(rows))
    if not any(not row.excluded_because for row in rows):
        raise NothingOwed(_nothing_owed(plan, week))
    used_seed = secrets.randbits(63) if seed is None else seed
    waits = coverage.weeks_since_sampled(plan, week)
    drawn = sampling.draw(rows, plans.rule_plan(version), seed=used_seed, weeks_since_sampled=waits)
    frame = _freeze(plan, week, rows, drawn, waits=waits, at=at)
    made = Draw.objects.create(
        frame=frame,
        plan=plan,
        plan_version=version,
        area=plan.area,
        unit=plan.unit,
        week=week.monday,
        seed=str(used_seed),
        seed_from=_seed_from(seed, for_demo=for_demo),
        method=METHOD,
        exclusions=[[each.reference, each.reason] for each in drawn.exclusions],
        drawn_at=at,
        drawn_by=by,
    )
    _keep_letters(made, version, drawn, {row.reference: row for row in rows})
    audit.record(
        DRAWN,
        made,
        by=by,
        at=at,
        **frozen.recorded(made),
    )
    return made


def _nothing_owed(plan: Plan, week: Week) -> str:
    if plan.subject == Subject.DISCLOSURE:
        return (
            f"No initial disclosure of {plans.scope_words(plan)} was due in the "
            f"{week.short_words}, so there is nothing to draw. If that is wrong, see that each "
            "duty to disclose was begun, and that its day is right."
        )
    return (
        f"No letter was owed by {plans.scope_words(plan)} in the {week.short_words}, so there "
        "is nothing to draw. If that is wrong, import the week’s decisions first."
    )


def _seed_from(seed: int | None, *, for_demo: bool) -> Draw.SeedFrom:
    if seed is None:
        return Draw.SeedFrom.PRODUCT
    return Draw.SeedFrom.DEMO if for_demo else Draw.SeedFrom.PERSON


def draw_weekly_samples(
    area: Area, week: Week, *, by: User | None, at: datetime, unit: Unit | None = None,
    seed: int | None = None,
) -> WeeklyDraws:  # fmt: skip
    """Draw every plan of an Area for a week, each by itself; what is drawn already stays."""
    made: list[Draw] = []
    left_out: list[tuple[Plan, SampleRefused]] = []
    for plan in plans.active_plans(area, unit):
        try:
            made.append(draw_sample(plan, week, seed=seed, by=by, at=at))
        except SampleRefused as refusal:
            left_out.append((plan, refusal))
    return WeeklyDraws(made, left_out)


def check_is_to_draw(plan: Plan, week: Week, at: datetime) -> None:
    """Refuse a plan that is stopped, a week that has not ended, and a second draw of its letters.

    :raises SampleRefused: with the reason
    """
    if not plan.is_active:
        raise PlanIsStopped(f"“{plan}” has been stopped. Start it again to draw by it.")
    if local(at).date() <= week.sunday:
        raise WeekHasNotEnded(
            f"The {week.short_words} ends on {day_words(week.sunday)}. Until then letters can "
            f"still become due in it, so its list cannot be closed. Draw from "
            f"{day_words(week.plus(1).monday)} on."
        )
    if Draw.objects.filter(plan=plan, week=week.monday).exists():
        raise AlreadyDrawn(
            f"“{plan}” was drawn already for the {week.short_words}. A week is drawn once, so "
            "that nobody can draw again until they like what they get."
        )
    other = plans.drawn_instead_by(plan, week)
    if other is not None:
        first = plans.first_week_of(plan)
        raise AlreadyDrawn(
            f"“{other}” drew these letters for the {week.short_words}, which had ended when "
            f"“{plan}” was made. Letters of a week before a plan was made are drawn once, by "
            "whichever plan comes first, so that nobody can draw until they like what they get. "
            f"“{plan}” draws from the {first.short_words} on, "
            f"which can be drawn from {day_words(first.plus(1).monday)}."
        )


def _locked_with_others(plan: Plan) -> Plan:
    """Return a plan with every plan of its Area locked: whether it draws hangs on theirs too."""
    locked = Plan.objects.select_for_update(of=("self",)).select_related("area", "unit")
    return {each.pk: each for each in locked.filter(area=plan.area_id).order_by("pk")}[plan.pk]


def _freeze(
    plan: Plan,
    week: Week,
    rows: list[FrameRow],
    drawn: DrawResult,
    *,
    waits: dict[str, int],
    at: datetime,
) -> Frame:
    return Frame.objects.create(
        plan=plan,
        area=plan.area,
        unit=plan.unit,
        week=week.monday,
        population=_population(plan, week),
        size=len(rows) - len(drawn.exclusions),
        rows=[row.kept for row in rows],
        waits=waits,
        digest=drawn.frame_digest,
        frozen_at=at,
    )


def _population(plan: Plan, week: Week) -> str:
    """Say what the list of a week is of; of disclosure with the way it was counted."""
    if plan.subject == Subject.DISCLOSURE:
        return (
            f"Every duty to disclose of {plans.scope_words(plan)} whose initial disclosure was "
            f"due {week.words}, served or not (by {disclosures.COUNTED_BY})"
        )
    return f"Every letter owed by {plans.scope_words(plan)}, due {week.words}"


def _keep_letters(
    made: Draw, version: PlanVersion, drawn: DrawResult, rows: dict[str, FrameRow]
) -> None:
    """Keep what was drawn, each given to the plan's marker where they had no hand in it."""
    owed = owed_by([pick.reference for pick in drawn.picks])
    letters = [
        drawn_letter(made, owed[pick.reference], pick, rows[pick.reference]) for pick in drawn.picks
    ]
    through = hands_by_reference(letters)
    for letter in letters:
        letter.marker_id = marker_of(version, through[letter.reference])
    DrawnLetter.objects.bulk_create(letters)


def owed_by(references: Collection[str]) -> dict[str, Duty | DisclosureDuty]:
    """Return by reference the letters owed, and the duties to disclose, that they stand for."""
    held: dict[str, list[int]] = defaultdict(list)
    for reference in references:
        for field, pk in frames.owed_as(reference).items():
            held[field].append(pk)
    letters = Duty.objects.in_bulk(held["duty_id"]) if held["duty_id"] else {}
    disclosed = held["disclosure_id"]
    duties = DisclosureDuty.objects.in_bulk(disclosed) if disclosed else {}
    return {
        **{f"L{pk}": duty for pk, duty in letters.items()},
        **{f"D{pk}": duty for pk, duty in duties.items()},
    }


def marker_of(version: PlanVersion, hands: Hands) -> int | None:
    """Return the plan's marker, or nobody where they had a hand in it."""
    return None if hands.acts_of(version.marker_id) else version.marker_id


def drawn_letter(draw: Draw, owed: Duty | DisclosureDuty, pick: Pick, row: FrameRow) -> DrawnLetter:
    """Return a drawn letter or disclosure, given to nobody yet."""
    return DrawnLetter(
        draw=draw,
        area_id=owed.area_id,
        unit_id=owed.unit_id,
        **what_is_owed(owed, row),
        part=str(pick.part),
        first_part=str(pick.part),
        stratum=pick.stratum,
        position=pick.position,
        because=pick.because,
        was_sent=row.is_sent,
    )


def what_is_owed(owed: Duty | DisclosureDuty, row: FrameRow) -> dict[str, Any]:
    """Return what a drawn one is of; of a disclosure also who is told of its marks."""
    if isinstance(owed, Duty):
        return {"duty": owed}
    prosecutor = int(row.drafter[1:]) if row.drafter else None
    return {"disclosure": owed, "prosecutor_id": prosecutor}
