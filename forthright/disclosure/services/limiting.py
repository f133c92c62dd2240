"""Changes a time limit from a day on, or corrects one that was wrong already, and says which."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from pydantic import ValidationError

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.disclosure.models import DisclosureDuty, LimitEdition
from forthright.disclosure.selectors import limits
from forthright.disclosure.services.judging import judge_anew
from forthright.disclosure.services.moving import locked
from forthright.disclosure.services.reckoning import DateRefused, is_judged, reckon
from forthright.rules.disclosure_duty import DutyState
from forthright.rules.disclosure_limits import DisclosureLimit
from forthright.rules.marking import said_stamp
from forthright.rules.words import day_words
from forthright.rules.written import reason_in
from forthright.schemes.policies import check_can_change_scheme
from forthright.web import clock
from forthright.web.meanwhile import by_whom, check_unchanged

CHANGED = "disclosure_limits.changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitChange:
    """What becomes of one time limit.

    :param changes: its fields that change, as the shipped file writes them
    :param applies_from: the duties that began on that day or later are counted so
    :param is_correction: whether the limit was wrong already, so that what is over is counted anew
    """

    changes: dict[str, Any]
    applies_from: date
    reason: str
    is_correction: bool = False


def limit_stamp(limit: DisclosureLimit) -> str:
    """Return the stamp of one time limit as it stands."""
    return said_stamp(limit.model_dump_json())


@transaction.atomic
def change_limit(
    area: Area, place: int, change: LimitChange, *, by: User | None, at: datetime,
    opened: str | None = None,
) -> LimitEdition:  # fmt: skip
    """Make the Area a new edition with one limit changed, and count every open duty anew.

    Duties that began before the day from which it applies keep what applied then. Only a correction
    moves by when something was due whose day is over or that was served; the figures say so.

    :raises NotAllowed: if this person may not change time limits
    :raises DateRefused: if the limit cannot be kept so, or there is no reason
    :raises ChangedMeanwhile: if it was changed since the page was opened
    """
    check_can_change_scheme(by, area)
    if not reason_in(change.reason):
        raise DateRefused("Write why the limit is changed.")
    Area.objects.select_for_update().get(pk=area.pk)
    known = limits.limits_of_area(area).limits
    rows = [limit.model_dump(mode="json") for limit in known]
    if not 0 <= place < len(rows):
        raise DateRefused("There is no such limit.")
    check_unchanged(opened, limit_stamp(known[place]), lambda: _who_changed(area, place))
    _check_day(known[place], change, clock.day_of(at))
    if change.applies_from > known[place].in_force_from:
        # What applied until then stays in force for what began before.
        until = change.applies_from - timedelta(days=1)
        rows.append(rows[place] | {"in_force_until": until.isoformat()})
    rows[place] |= change.changes | {"in_force_from": change.applies_from.isoformat()}
    try:
        for row in rows:
            DisclosureLimit.model_validate(row)
    except ValidationError as fault:
        raise DateRefused(f"The limit cannot be kept so: {fault.errors()[0]['msg']}.") from fault
    before = limits.edition_of(area)
    edition = LimitEdition.objects.create(
        area=area, number=before.number + 1 if before else 1, rows=rows,
        applies_from=change.applies_from, is_correction=change.is_correction,
        reason=reason_in(change.reason), made_at=at, made_by=by,
    )  # fmt: skip
    audit.record(CHANGED, edition, by=by, at=at, number=edition.number, key=rows[place]["key"],
                 day=change.applies_from, is_correction=change.is_correction)  # fmt: skip
    _count_anew(area, edition, by=by, at=at)
    return edition


def _check_day(limit: DisclosureLimit, change: LimitChange, today: date) -> None:
    day = change.applies_from
    if day < limit.in_force_from:
        raise DateRefused(
            f"This limit applies from {day_words(limit.in_force_from)}, so it changes then or "
            "later."
        )
    if limit.in_force_until is not None and day > limit.in_force_until:
        raise DateRefused(
            f"This limit applied until {day_words(limit.in_force_until)}. Change the one that "
            "followed it."
        )
    if day < today and not change.is_correction:
        raise DateRefused(
            "A limit that changes applies from today or a later day: what began before keeps the "
            "limit that applied then, and so does a month that is over. Where it was wrong "
            "already, say that this corrects it; the figures of those months then say so."
        )
    if change.is_correction and day > today:
        raise DateRefused("A correction is of a limit that applied already: until today.")


def _count_anew(area: Area, edition: LimitEdition, *, by: User | None, at: datetime) -> None:
    why = f"Time limits changed: {edition.reason}"[:300]
    duties = DisclosureDuty.objects.filter(area=area, triggered_on__gte=edition.applies_from)
    if not edition.is_correction:
        duties = duties.exclude(state=DutyState.CLOSED)
    for found in duties.order_by("pk"):
        duty = locked(found)
        was_judged = is_judged(duty, at)
        if duty.stands is not DutyState.CLOSED:
            reckon(duty, why, by=by, at=at)
        if edition.is_correction and was_judged:
            said = f"A time limit was corrected: {edition.reason}"[:300]
            # Who may change limits serves nothing, so what becomes better is no act of theirs.
            judge_anew(duty, said, recorded_by=(), by=None, at=at)


def _who_changed(area: Area, place: int) -> str:
    """Say who changed a limit last, and when; another limit may have been changed since."""
    editions = list(LimitEdition.objects.filter(area=area).order_by("-number"))
    # Nothing stands before the first edition but what ships, so the first counts as a change.
    pairs = zip(editions, [*editions[1:], None], strict=True)
    changed = (
        each
        for each, before in pairs
        # A limit may be of a later edition alone.
        if not before or each.rows[place : place + 1] != before.rows[place : place + 1]
    )
    return by_whom(next(changed, None), CHANGED)()
