"""When each step of disclosure is due, each date with its arithmetic in words."""

import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from forthright.rules.clock_rules import Status
from forthright.rules.words import capitalised, count_words, day_words
from forthright.rules.working_days import Calendar, is_working_day

INITIAL = "stage_1"
DISCLOSED = "disclosed"
SERVED = "served"
# What the defence has until: its own last day, which nobody may bring forward.
OF_THE_DEFENCE = frozenset({"defence_statement", "stage_2"})


class Remand(StrEnum):
    CUSTODY = "CUSTODY"
    BAIL = "BAIL"

    @property
    def words(self) -> str:
        """Say where the defendant waits for trial."""
        return "in custody" if self is Remand.CUSTODY else "on bail"


class Court(StrEnum):
    CROWN = "CROWN"
    MAGISTRATES = "MAGISTRATES"

    @property
    def trigger_words(self) -> str:
        """Say what begins the duty to disclose."""
        return {
            Court.CROWN: "sent to the Crown Court",
            Court.MAGISTRATES: "not-guilty plea in the magistrates’ court",
        }[self]


class Counted(StrEnum):
    """Whether the day of the event counts, and in which direction."""

    AFTER = "AFTER"
    WITH = "WITH"
    BEFORE = "BEFORE"


class LimitsRefused(ValueError):
    """A file of time limits cannot be used; the message names the row and the field."""


class NoLimitInForce(LookupError):
    """No time limit for initial disclosure is in force on the day of sending."""


class DisclosureLimit(BaseModel):
    """One dated time limit, and where it comes from."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    key: str
    title: str
    event: str = Field(alias="from")
    days: int = Field(gt=0)
    counted: Counted
    source: str = Field(min_length=1)
    status: Status
    court: Court = Court.CROWN
    remand: Remand | None = None
    # Whether a defence statement that came after the event moves the day by as long: the same
    # period is counted from the day on which it came.
    like_period: bool = False
    # Until which hour of a working day what is served counts on that day; of service alone.
    until_hour: int | None = Field(default=None, ge=1, le=23)
    source_address: str = ""
    in_force_from: date
    in_force_until: date | None = None
    confirmed_by: str = ""

    def applies(self, case: "SentCase") -> bool:
        """Say whether the limit counts for a case that began on a day."""
        is_over = self.in_force_until is not None and case.sent > self.in_force_until
        return (
            self.court is case.court
            and self.in_force_from <= case.sent
            and not is_over
            and self.remand in (None, case.remand)
        )


@dataclass(frozen=True, slots=True)
class DisclosureLimits:
    version: str
    limits: tuple[DisclosureLimit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One date: by when, and how it was worked out.

    `serve_by` is the last working day on or before it: nobody serves on a Sunday. What the defence
    has until is the day itself, and so is what a court ordered.
    """

    key: str
    title: str
    day: date
    serve_by: date
    arithmetic: tuple[str, ...]
    source: str
    source_address: str
    status: Status

    def as_table(self) -> dict[str, Any]:
        """Return the date as it is written to JSON."""
        return {
            "key": self.key,
            "title": self.title,
            "day": self.day.isoformat(),
            "serve_by": self.serve_by.isoformat(),
            "arithmetic": list(self.arithmetic),
            "source": self.source,
            "source_address": self.source_address,
            "status": self.status.value,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SentCase:
    """A case of one defendant; `ordered` are the dates that a court has set, by step.

    `sent` is the day of sending to the Crown Court, or of the not-guilty plea before magistrates.
    """

    sent: date
    remand: Remand
    court: Court = Court.CROWN
    disclosed: date | None = None
    # Why it counts as given on that day, where it was served at another moment; in words.
    deemed: tuple[str, ...] = ()
    # The day on which the first defence statement came.
    stated: date | None = None
    ordered: Mapping[str, date] | None = None
    # The steps that a court ordered once that statement had come.
    ordered_since: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """What a duty began with, as it counted at some time: its day, the court, custody or bail."""

    day: date
    court: str
    remand: str


@cache
def published_disclosure_limits() -> DisclosureLimits:
    """Return the time limits that ship with the product."""
    text = files("forthright.rules").joinpath("data/disclosure_limits.toml").read_text("utf-8")
    return limits_of(text, "disclosure_limits.toml")


def limits_of(text: str, name: str) -> DisclosureLimits:
    """Return the time limits of a file.

    :raises LimitsRefused: naming the row and the field that is not right
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise LimitsRefused(f"{name}: the file is not TOML: {fault}.") from fault
    rows = table.get("limit")
    if not isinstance(rows, list) or not rows:
        raise LimitsRefused(f"{name}: the file holds no [[limit]].")
    limits = tuple(_limit(row, f"{name}, limit {place}") for place, row in enumerate(rows, 1))
    return DisclosureLimits(str(table.get("version", "without a version")), limits)


def _limit(row: Any, place: str) -> DisclosureLimit:
    try:
        return DisclosureLimit.model_validate(row)
    except ValidationError as fault:
        first = fault.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise LimitsRefused(f"{place}, field {field}: {first['msg']}.") from fault


def disclosure_steps(
    case: SentCase, *, limits: DisclosureLimits, calendar: Calendar
) -> tuple[Step, ...]:
    """Return every date of a case that can be worked out, in the order of the rules.

    :raises NoLimitInForce: if none for initial disclosure was in force on the day of sending
    :raises CalendarTooShort: if the calendar of bank holidays does not reach a date
    """
    events = {"sent" if case.court is Court.CROWN else "plea": case.sent}
    if case.disclosed:
        events[DISCLOSED] = case.disclosed
    steps: list[Step] = []
    for limit in in_order(limits.limits):
        # Of a date that nobody has yet, what follows cannot be counted.
        if limit.applies(case) and limit.event in events:
            step = _step(limit, case, events, calendar)
            steps.append(step)
            events[limit.key] = step.day
            if limit.key == INITIAL:
                events.setdefault(DISCLOSED, step.day)
    if INITIAL not in events:
        raise NoLimitInForce(
            f"No time limit for initial disclosure was in force on {day_words(case.sent)}, in "
            f"version {limits.version} of the rules. Add one, with its source."
        )
    return tuple(_with_the_other_day(step, steps, case) for step in steps)


def in_order(limits: Sequence[DisclosureLimit]) -> list[DisclosureLimit]:
    """Return limits in the order of their steps: what applied before is beside its successor."""
    kinds = list(dict.fromkeys((each.key, each.court, each.remand) for each in limits))
    return sorted(limits, key=lambda each: kinds.index((each.key, each.court, each.remand)))


def _with_the_other_day(step: Step, steps: Sequence[Step], case: SentCase) -> Step:
    """Say beside Stage 2 by which other day the defence statement is due, and which one binds.

    Stage 2 runs from the end of Stage 1, whatever was given by then; the time for the statement
    runs from the day on which disclosure was given.
    """
    statement = next((each for each in steps if each.key == "defence_statement"), None)
    if step.key == "stage_3" and statement is not None and step.day < statement.day:
        early = (
            f"That is before the defence statement is due, {day_words(statement.day)}, which "
            "Stage 3 follows from: ask the court for a later day."
        )
        return replace(step, arithmetic=(*step.arithmetic, early))
    if step.key != "stage_2" or statement is None or statement.day == step.day:
        return step
    ordered = case.ordered or {}
    if step.key in ordered or statement.key in ordered:
        binds = "A day that a court ordered binds."
    else:
        binds = (
            f"{day_words(statement.day)} binds for the statement, because a regulation sets it; "
            "Stage 2 is practice, and the court may be asked to move it."
        )
    given_on = "was given" if case.disclosed else "is due"
    said = (
        f"The defence statement is due by another day, {day_words(statement.day)}: its time runs "
        f"from the day on which initial disclosure {given_on}, and Stage 2 from the end of Stage 1."
    )
    return replace(step, arithmetic=(*step.arithmetic, said, binds))


def initial_step(steps: Iterable[Step]) -> Step:
    """Return the date by which initial disclosure is due."""
    return next(step for step in steps if step.key == INITIAL)


def _step(
    limit: DisclosureLimit, case: SentCase, events: Mapping[str, date], calendar: Calendar
) -> Step:
    start = events[limit.event]
    late = case.stated if limit.like_period and case.stated and case.stated > start else None
    ordered = _binding(limit, case)
    like = _like_period(limit, case, start, late)
    day = like or ordered or _counted(limit, late or start)
    is_open, is_theirs = is_working_day(day, calendar), limit.key in OF_THE_DEFENCE
    # A day that a court ordered is what it says, whatever day of the week it is.
    is_whole = is_open or is_theirs or day == ordered
    serve_by = day if is_whole else _working_day_before(day, calendar)
    said = _said(limit, case, start, late)
    if not is_open:
        if is_theirs:
            then = (
                "; the defence has all of it. Whether it then has until the next working day is to "
                "be confirmed."
            )
        elif day == ordered:
            then = ", and it is the last day, because the court ordered that day."
        else:
            then = f", so the last working day is {day_words(serve_by)}."
        said.append(f"That is {calendar.closed.get(day) or f'a {day:%A}'}{then}")
    return Step(
        key=limit.key,
        # Once disclosure is given its day is known, and "if it is given on its last day" is over.
        title=limit.title.partition(",")[0] if _is_settled(limit, case) else limit.title,
        day=day,
        serve_by=serve_by,
        arithmetic=tuple(said),
        source=limit.source,
        source_address=limit.source_address,
        status=limit.status,
    )


def _said(limit: DisclosureLimit, case: SentCase, start: date, late: date | None) -> list[str]:
    """Return how a day is counted, in sentences, but for what a closed day does to it."""
    ordered = _binding(limit, case)
    like = _like_period(limit, case, start, late)
    deemed = case.deemed if _is_settled(limit, case) else ()
    said = [*deemed, f"{_event_words(limit, case)} {day_words(start)}."]
    came = f"The defence statement came after that, on {day_words(late)}, so a " if late else ""
    if like and ordered:
        days = count_words((ordered - start).days, "day")
        said.append(f"The court ordered {day_words(ordered)}, {days} after that day.")
        before = f"because the court ordered it before: {days} after it is {day_words(like)}."
        return [*said, f"{came}like period counts from it, {before}"]
    if late:
        said.append(f"{came}like period counts from it.")
    said.append(_count_words(limit, _counted(limit, late or start)))
    if ordered:
        said.append(f"The court ordered {day_words(ordered)}, and a court’s date wins.")
    elif passed := (case.ordered or {}).get(limit.key):
        said.append(
            f"The court had ordered {day_words(passed)}, which was before disclosure was given, so "
            "the time runs from then; the court may order another day."
        )
    return said


def _binding(limit: DisclosureLimit, case: SentCase) -> date | None:
    """Return the day that a court ordered, but where what it is counted from came after that day.

    Nobody answers what was not given yet.
    """
    ordered = (case.ordered or {}).get(limit.key)
    given = case.disclosed if limit.event == DISCLOSED else None
    return None if ordered and given and ordered < given else ordered


def _like_period(
    limit: DisclosureLimit, case: SentCase, start: date, late: date | None
) -> date | None:
    """Return the day to which a late statement moves one that a court had ordered before it came.

    The period is as the court left it: from the end of the stage before to the day it ordered.
    """
    ordered = (case.ordered or {}).get(limit.key)
    if late is None or ordered is None or limit.key in case.ordered_since or ordered <= start:
        return None
    return late + (ordered - start)


def _is_settled(limit: DisclosureLimit, case: SentCase) -> bool:
    return limit.event == DISCLOSED and case.disclosed is not None


def _counted(limit: DisclosureLimit, start: date) -> date:
    if limit.counted is Counted.BEFORE:
        return start - timedelta(days=limit.days)
    first = 1 if limit.counted is Counted.WITH else 0
    return start + timedelta(days=limit.days - first)


def _working_day_before(day: date, calendar: Calendar) -> date:
    while not is_working_day(day, calendar):
        day -= timedelta(days=1)
    return day


def _event_words(limit: DisclosureLimit, case: SentCase) -> str:
    if limit.event == "sent":
        return f"Sent to the Crown Court, {case.remand.words}, on"
    if limit.event == "plea":
        return f"{capitalised(case.court.trigger_words)} on"
    if limit.event == DISCLOSED:
        return "Initial disclosure given on" if case.disclosed else "Initial disclosure due on"
    return {
        "hearing": "Plea and trial preparation hearing on",
        "stage_1": "Stage 1 ends on",
        "stage_2": "Stage 2 ends on",
    }.get(limit.event, f"{limit.event.replace('_', ' ').capitalize()} on")


def _count_words(limit: DisclosureLimit, day: date) -> str:
    days = count_words(limit.days, "day")
    how = {
        Counted.AFTER: f"{days} after that day",
        Counted.WITH: f"{days} beginning with that day",
        Counted.BEFORE: f"{days} before that day",
    }[limit.counted]
    ends = "end on" if limit.counted is Counted.WITH else "is"
    return f"{how} {ends} {day_words(day)}."


def unconfirmed_of(steps: Sequence[Step]) -> tuple[str, ...]:
    """Say which of the limits behind some dates nobody has confirmed, each with its source."""
    return tuple(
        f"Unverified, to be confirmed by the Area: {step.title}. Source: {step.source}."
        for step in steps
        if step.status is Status.TO_BE_CONFIRMED
    )
