"""Whether a letter was on time, and in which stage the time went."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from forthright.rules.clock_rules import Measure
from forthright.rules.words import count_words, local
from forthright.rules.working_days import Calendar, working_days_between


class Timeliness(StrEnum):
    """How a duty to send a letter stands on a day.

    A duty past its date with nothing sent is NEVER_SENT from that day on; it
    counts as due and not met, and turns LATE if the letter goes out after all.
    """

    NOT_REQUIRED = "NOT_REQUIRED"
    OPEN = "OPEN"
    MET = "MET"
    LATE = "LATE"
    NEVER_SENT = "NEVER_SENT"

    @property
    def words(self) -> str:
        """Say the outcome as a person reads it."""
        return {
            Timeliness.NOT_REQUIRED: "No letter required",
            Timeliness.OPEN: "Not due yet",
            Timeliness.MET: "On time",
            Timeliness.LATE: "Late",
            Timeliness.NEVER_SENT: "Late: no letter sent",
        }[self]

    def words_of(self, sent: str) -> str:
        """Say the outcome of what is sent, or served."""
        if sent != "sent" and self is Timeliness.NEVER_SENT:
            return f"Late: not {sent}"
        return self.words

    @property
    def is_counted(self) -> bool:
        """Say whether the duty belongs in the number that rates are taken of."""
        return self in {Timeliness.MET, Timeliness.LATE, Timeliness.NEVER_SENT}

    @property
    def is_met(self) -> bool:
        """Say whether the duty was met."""
        return self is Timeliness.MET


@dataclass(frozen=True, slots=True)
class CameBack:
    """A letter that was handed over, and given back to be changed: between them others had it."""

    handed: datetime
    returned: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTimes:
    """When each step of a letter happened, as far as anybody recorded it.

    It was drafted when it was handed over last; `came_back` has the times before that, in order.
    """

    decided: datetime
    told: datetime | None = None
    explained: datetime | None = None
    drafted: datetime | None = None
    approved: datetime | None = None
    sent: datetime | None = None
    reached: datetime | None = None
    came_back: tuple[CameBack, ...] = ()


class StageName(StrEnum):
    TELLING = "TELLING"
    EXPLAINING = "EXPLAINING"
    DRAFTING = "DRAFTING"
    APPROVING = "APPROVING"
    SENDING = "SENDING"
    REACHING = "REACHING"

    @property
    def words(self) -> str:
        """Say what the stage covers."""
        return {
            StageName.TELLING: "from the decision until the Victim Liaison Unit was told",
            StageName.EXPLAINING: "waiting for the prosecutor’s explanation",
            StageName.DRAFTING: "drafting the letter",
            StageName.APPROVING: "waiting for approval",
            StageName.SENDING: "from approval until the letter was sent",
            StageName.REACHING: "from sending until it reached the person",
        }[self]


STEPS = (
    (StageName.TELLING, "told"),
    (StageName.EXPLAINING, "explained"),
    (StageName.DRAFTING, "drafted"),
    (StageName.APPROVING, "approved"),
    (StageName.SENDING, "sent"),
    (StageName.REACHING, "reached"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage; when steps before it were not recorded their time is counted here."""

    name: StageName
    started: date
    ended: date | None
    working_days: int
    includes_unrecorded: tuple[StageName, ...] = ()
    # How often the letter was in it: it may have come back.
    turns: int = 1

    @property
    def is_open(self) -> bool:
        """Say whether the letter still waits in this stage."""
        return self.ended is None

    @property
    def words(self) -> str:
        """Say the stage and the working days it took."""
        took = count_words(self.working_days, "working day")
        so_far = " so far" if self.is_open else ""
        note = " (earlier steps were not recorded)" if self.includes_unrecorded else ""
        return f"{took}{so_far} {self.name.words}{note}"


def outcome(
    due: date,
    *,
    sent: date | None,
    as_of: date,
    reached: date | None = None,
    measure: Measure = Measure.SENT,
    required: bool = True,
) -> Timeliness:
    """Return how a duty stands at the end of a day, ignoring what happened after that day."""
    if not required:
        return Timeliness.NOT_REQUIRED
    went = sent if sent and sent <= as_of else None
    stopped = went
    if measure is Measure.REACHED:
        stopped = reached if reached and reached <= as_of else None
    if stopped:
        return Timeliness.MET if stopped <= due else Timeliness.LATE
    if as_of <= due:
        return Timeliness.OPEN
    return Timeliness.LATE if went else Timeliness.NEVER_SENT


def stages(times: LetterTimes, *, calendar: Calendar, as_of: date) -> tuple[Stage, ...]:
    """Split a letter's time into its stages, the last one open if it still waits.

    A step recorded before the one in front of it takes no days rather than
    fewer than none. While a letter that came back was with others, its time is
    theirs: drafting has what its drafter had it for, each time, and approving the rest.

    :raises CalendarTooShort: if a day lies outside the calendar
    """
    done: list[Stage] = []
    started = local(times.decided).date()
    unrecorded: list[StageName] = []
    back, elsewhere = _came_back(times, as_of), 0
    for name, step in STEPS:
        moment: datetime | None = getattr(times, step)
        if moment is None or local(moment).date() > as_of:
            unrecorded.append(name)
            continue
        ended = max(started, local(moment).date())
        stage = _stage(name, started, ended, unrecorded, calendar)
        if name is StageName.DRAFTING and back:
            stage, elsewhere = _shared(stage, back, ended, calendar)
        elif elsewhere:
            days, turns = stage.working_days + elsewhere, 1 + len(back)
            stage, elsewhere = replace(stage, working_days=days, turns=turns), 0
        done.append(stage)
        started, unrecorded = stage.ended or ended, []
    if unrecorded and not _is_sent(times, as_of):
        done += _waiting(unrecorded[0], started, back, elsewhere, as_of, calendar)
    return tuple(done)


def late_stage(stages_taken: Sequence[Stage]) -> Stage | None:
    """Return the stage up to sending that took the most working days, the earliest if equal.

    None where nobody can say: steps were not recorded within the longest stretch,
    so the time may have gone in any of them.
    """
    before_sent = [
        stage
        for stage in stages_taken
        if stage.name is not StageName.REACHING or stage.includes_unrecorded
    ]
    longest = max(before_sent, key=_days_then_certainty, default=None)
    return None if longest is None or longest.includes_unrecorded else longest


def _days_then_certainty(stage: Stage) -> tuple[int, bool]:
    return stage.working_days, not stage.includes_unrecorded


def _came_back(times: LetterTimes, as_of: date) -> list[tuple[date, date]]:
    """Return from which day to which others had a letter that came back by a day."""
    days = [(local(each.handed).date(), local(each.returned).date()) for each in times.came_back]
    return [(handed, returned) for handed, returned in days if returned <= as_of]


def _shared(
    drafting: Stage, back: Sequence[tuple[date, date]], until: date, calendar: Calendar
) -> tuple[Stage, int]:
    """Return drafting without the days in which others had the letter, and how many these are."""
    day, own, others = drafting.started, 0, 0
    for handed, returned in back:
        gone = max(day, handed)
        own += working_days_between(day, gone, calendar)
        day = max(gone, returned)
        others += working_days_between(gone, day, calendar)
    last = max(day, until)
    own += working_days_between(day, last, calendar)
    ended = None if drafting.ended is None else last
    return replace(drafting, ended=ended, working_days=own, turns=1 + len(back)), others


def _waiting(
    name: StageName,
    started: date,
    back: Sequence[tuple[date, date]],
    elsewhere: int,
    as_of: date,
    calendar: Calendar,
) -> list[Stage]:
    """Return the stage that a letter waits in, after what others had it for before it came back."""
    until = max(started, as_of)
    days = working_days_between(started, until, calendar)
    stage = Stage(name=name, started=started, ended=None, working_days=days)
    if name is StageName.DRAFTING and back:
        stage, others = _shared(stage, back, until, calendar)
        looked = Stage(name=StageName.APPROVING, started=back[0][0], ended=back[-1][1],
                       working_days=others, turns=len(back))  # fmt: skip
        return [looked, stage]
    if elsewhere:
        stage = replace(stage, working_days=days + elsewhere, turns=1 + len(back))
    return [stage]


def _stage(
    name: StageName, started: date, ended: date, unrecorded: list[StageName], calendar: Calendar
) -> Stage:
    return Stage(
        name=name,
        started=started,
        ended=ended,
        working_days=working_days_between(started, ended, calendar),
        includes_unrecorded=tuple(unrecorded),
    )


def _is_sent(times: LetterTimes, as_of: date) -> bool:
    return times.sent is not None and local(times.sent).date() <= as_of
