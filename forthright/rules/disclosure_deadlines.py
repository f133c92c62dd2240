"""When each step of disclosure is due, each date with its arithmetic in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from forthright.rules.clock_rules import Status
from forthright.rules.custody_limits import closed_words, custody_words, expires, is_broken
from forthright.rules.disclosure_limits import (
    CUSTODY_LIMIT,
    DISCLOSED,
    HEARING,
    INITIAL,
    STATEMENT,
    Counted,
    Court,
    DisclosureLimit,
    DisclosureLimits,
    SentCase,
    in_order,
)
from forthright.rules.words import capitalised, count_words, day_words
from forthright.rules.working_days import Calendar, is_working_day, this_or_working_day_before

STAGE_2 = "stage_2"
# What the defence has until: its own last day, which nobody may bring forward.
OF_THE_DEFENCE = frozenset({STATEMENT, STAGE_2})
# What a closed last day does, of the one date by which disclosure is judged and of every other.
_JUDGED = ", by which this is judged. Tasks aim at the last working day before it, "
_NOT_JUDGED = ". The last working day before it is "


class NoLimitInForce(LookupError):
    """No time limit for initial disclosure is in force on the day of sending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One date: by when, and how it was worked out.

    `day` is the last day of the period, by which disclosure is judged. `serve_by` is the last
    working day on or before it, at which tasks aim: few work on a Sunday. What the defence has
    until is the day itself for both, and so is what a court ordered.
    """

    key: str
    title: str
    day: date
    serve_by: date
    arithmetic: tuple[str, ...]
    source: str
    source_address: str
    # The weakest of what it rests on.
    status: Status
    # What it rests on and nobody has confirmed, by its source.
    unverified: tuple[str, ...] = ()

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
class Stood:
    """What a duty began with, as it counted at some time: its day, the court, custody or bail."""

    day: date
    court: str
    remand: str


def disclosure_steps(
    case: SentCase, *, limits: DisclosureLimits, calendar: Calendar
) -> tuple[Step, ...]:
    """Return every date of a case that can be worked out, in the order of the rules.

    :raises NoLimitInForce: if none for initial disclosure was in force on the day of sending
    :raises CalendarTooShort: if the calendar of bank holidays does not reach a date
    """
    events = {"sent" if case.court is Court.CROWN else "plea": case.sent}
    # What the day of an event rests on and nobody has confirmed.
    unsure: dict[str, tuple[str, ...]] = {}
    if case.disclosed:
        events[DISCLOSED], unsure[DISCLOSED] = case.disclosed, case.deemed_unverified
    steps: list[Step] = []
    for limit in in_order(limits.limits):
        # Of a date that nobody has yet, what follows cannot be counted.
        if limit.applies(case) and limit.event in events:
            step = _step(limit, case, events, calendar, unsure.get(limit.event, ()))
            steps.append(step)
            events[limit.key] = step.day
            # A day that a court ordered, or on which it listed the hearing, rests on nothing else.
            unsure[limit.key] = () if _of_the_court(limit, case) == step.day else step.unverified
            if limit.key == INITIAL:
                events.setdefault(DISCLOSED, step.day)
                unsure.setdefault(DISCLOSED, unsure[INITIAL])
    if INITIAL not in events:
        raise NoLimitInForce(
            f"No time limit for initial disclosure was in force on {day_words(case.sent)}, in "
            f"version {limits.version} of the rules. Add one, with its source."
        )
    return tuple(_with_the_other_day(step, steps, case) for step in steps)


def _with_the_other_day(step: Step, steps: Sequence[Step], case: SentCase) -> Step:
    """Say beside Stage 2 by which other day the defence statement is due, and which one binds.

    Stage 2 runs from the end of Stage 1, whatever was given by then; the time for the statement
    runs from the day on which disclosure was given. Where a court ordered Stage 2 alone, that is
    the day for both, but where disclosure was given after it.
    """
    statement = next((each for each in steps if each.key == STATEMENT), None)
    if step.key == "stage_3" and statement is not None and step.day < statement.day:
        early = (
            f"That is before the defence statement is due, {day_words(statement.day)}, which "
            "Stage 3 follows from: ask the court for a later day."
        )
        return replace(step, arithmetic=(*step.arithmetic, early))
    if step.key != STAGE_2 or statement is None or statement.day == step.day:
        return step
    if statement.day in _orders(STATEMENT, case).values():
        binds = f"{day_words(statement.day)} binds for the statement, because the court ordered it."
    elif STAGE_2 in (case.ordered or {}):
        binds = (
            f"{day_words(statement.day)} binds for the statement, because disclosure was given "
            "after the day that the court had ordered; the court may order another."
        )
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


def said_of(arithmetic: Sequence[str], *, is_judged_by: bool) -> list[str]:
    """Return how a date of initial disclosure is worked out, as one by which it is judged or not.

    What changed since a service, or once the day was over, moves the date and not the judgement.
    """
    before, after = (_NOT_JUDGED, _JUDGED) if is_judged_by else (_JUDGED, _NOT_JUDGED)
    return [each.replace(before, after) for each in arithmetic]


def initial_step(steps: Iterable[Step]) -> Step:
    """Return the date by which initial disclosure is due."""
    return next(step for step in steps if step.key == INITIAL)


def _step(
    limit: DisclosureLimit, case: SentCase, events: Mapping[str, date], calendar: Calendar,
    unsure: tuple[str, ...],
) -> Step:  # fmt: skip
    """Return one date.

    :param unsure: what the day of its event rests on and nobody has confirmed
    """
    is_custody = limit.key == CUSTODY_LIMIT
    start = case.in_custody_since or case.sent if is_custody else events[limit.event]
    late = case.stated if limit.like_period and case.stated and case.stated > start else None
    ordered = _of_the_court(limit, case)
    like = _like_period(limit, case, start, late)
    day = like or ordered or _counted(limit, late or start)
    said = [*_said(limit, case, start, late), *_uncounted(limit, case)]
    if is_custody:
        day, before_closed = expires(day, calendar)
        said += before_closed
    is_open, is_theirs = is_working_day(day, calendar), limit.key in OF_THE_DEFENCE
    # A day that a court ordered is what it says, whatever day of the week it is.
    is_whole = is_open or is_theirs or day == ordered
    serve_by = day if is_whole else this_or_working_day_before(day, calendar)
    if not is_open:
        then = _then(limit, case, day, serve_by)
        said.append(f"That is {closed_words(day, calendar)}{then}")
    is_unsure = limit.status is Status.TO_BE_CONFIRMED or (is_custody and is_broken(case))
    own = (limit.source,) if is_unsure else ()
    # Counted from the statement, or ordered, it does not rest on the event.
    unverified = tuple(dict.fromkeys(own if late or day == ordered else (*own, *unsure)))
    return Step(
        key=limit.key,
        # Once disclosure is given its day is known, and "if it is given on its last day" is over.
        title=limit.title.partition(",")[0] if _is_settled(limit, case) else limit.title,
        day=day,
        serve_by=serve_by,
        arithmetic=tuple(said),
        source=limit.source,
        source_address=limit.source_address,
        status=Status.TO_BE_CONFIRMED if unverified else limit.status,
        unverified=unverified,
    )


def _then(limit: DisclosureLimit, case: SentCase, day: date, serve_by: date) -> str:
    """Return what follows where a last day is no working day."""
    if limit.key in OF_THE_DEFENCE:
        return (
            "; the defence has all of it. Whether it then has until the next working day is to be "
            "confirmed."
        )
    if day == _of_the_court(limit, case):
        how = "ordered" if _binding(limit, case) else "listed the hearing on"
        return f", and it is the last day, because the court {how} that day."
    by = _JUDGED if limit.key == INITIAL else _NOT_JUDGED
    return f", and it stays the last day{by}{day_words(serve_by)}."


def _said(limit: DisclosureLimit, case: SentCase, start: date, late: date | None) -> list[str]:
    """Return how a day is counted, in sentences, but for what a closed day does to it."""
    ordered = _binding(limit, case)
    like = _like_period(limit, case, start, late)
    deemed = case.deemed if _is_settled(limit, case) else ()
    said = [*deemed, f"{_event_words(limit, case)} {day_words(start)}."]
    if limit.key == CUSTODY_LIMIT and case.turns:
        said = custody_words(case)
    came = f"The defence statement came after that, on {day_words(late)}, so a " if late else ""
    if like and ordered:
        days = count_words((ordered - start).days, "day")
        said.append(f"The court ordered {day_words(ordered)}, {days} after that day.")
        before = f"because the court ordered it before: {days} after it is {day_words(like)}."
        return [*said, f"{came}like period counts from it, {before}"]
    if late:
        said.append(f"{came}like period counts from it.")
    said.append(_count_words(limit, _counted(limit, late or start)))
    if ordered and ordered != (case.ordered or {}).get(limit.key):
        said.append(
            f"The court ordered {day_words(ordered)} for Stage 2, the defence response, and no "
            "other day for the statement, which is part of it: a court’s date wins."
        )
    elif ordered:
        said.append(f"The court ordered {day_words(ordered)}, and a court’s date wins.")
    elif listed := _listed(limit, case):
        said.append(_listed_words(listed, was_done=case.was_done))
    elif passed := max(_orders(limit.key, case).values(), default=None):
        said.append(
            f"The court had ordered {day_words(passed)}, which was before disclosure was given, so "
            "the time runs from then; the court may order another day."
        )
    return said


def _listed_words(on: date, *, was_done: bool) -> str:
    if was_done:
        return (
            f"The register of recordings says that it took place on {day_words(on)} and was done "
            "with; what is listed since is another hearing."
        )
    return f"The register of recordings has it listed on {day_words(on)}, and a court’s date wins."


def _orders(key: str, case: SentCase) -> dict[str, date]:
    """Return the days that a court ordered for a step, the one that counts first, by their step.

    The defence answers by Stage 2, and its statement is part of that answer: where the court
    ordered a day for Stage 2, it is the day for the statement as well, unless it ordered another.
    """
    ordered = case.ordered or {}
    as_well = (STAGE_2,) if key == STATEMENT and case.court is Court.CROWN else ()
    found = {each: ordered[each] for each in (key, *as_well) if each in ordered}
    # Nothing is due before the case was sent.
    return {each: day for each, day in found.items() if day >= case.sent}


def _uncounted(limit: DisclosureLimit, case: SentCase) -> list[str]:
    """Say which orders of a step do not count."""
    said = list((case.outdated or {}).get(limit.key, ()))
    early = (case.ordered or {}).get(limit.key)
    if early is not None and early < case.sent:
        said.append(
            f"It is recorded that the court ordered {day_words(early)}, which is before the duty "
            "began, so it does not count: correct that order, or take it back."
        )
    return said


def ordered_for_statement(case: SentCase) -> date | None:
    """Return the day that a court ordered for the defence statement; nothing where none binds."""
    return _in_time(STATEMENT, case, case.disclosed)


def _binding(limit: DisclosureLimit, case: SentCase) -> date | None:
    """Return the day that a court ordered, but where what it is counted from came after that day.

    Nobody answers what was not given yet.
    """
    return _in_time(limit.key, case, case.disclosed if limit.event == DISCLOSED else None)


def _listed(limit: DisclosureLimit, case: SentCase) -> date | None:
    return case.listed if limit.key == HEARING and case.court is Court.CROWN else None


def _of_the_court(limit: DisclosureLimit, case: SentCase) -> date | None:
    """Return the day that a court ordered; where it ordered none, that on which it listed it."""
    return _binding(limit, case) or _listed(limit, case)


def _in_time(key: str, case: SentCase, given: date | None) -> date | None:
    days = _orders(key, case).values()
    return next((day for day in days if given is None or day >= given), None)


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
        f"Unverified, to be confirmed by the Area: {step.title}. "
        f"Source: {'; '.join(step.unverified)}."
        for step in steps
        if step.status is Status.TO_BE_CONFIRMED
    )
