"""Whether a letter was on time, and in which stage the time went."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from forthright.rules.clock_rules import Measure
from forthright.rules.words import count_words, local
from forthright.rules.working_days import Calendar, working_days_between

Span = tuple[date, date]


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
    """A letter that was handed over, and given back to be changed: between them others had it.

    Where it had been `approved` by then, it waited from that moment on to be sent.
    """

    handed: datetime
    returned: datetime
    approved: datetime | None = None


@dataclass(frozen=True, slots=True)
class InPost:
    """A letter that went out and did not arrive: nobody here had it until that was `known`."""

    sent: datetime
    known: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTimes:
    """When each step of a letter happened, as far as anybody recorded it.

    It was drafted when it was handed over last; `came_back` has the times before that, in order,
    as `in_post` has each time that it was sent before and did not arrive.
    """

    decided: datetime
    told: datetime | None = None
    explained: datetime | None = None
    drafted: datetime | None = None
    approved: datetime | None = None
    sent: datetime | None = None
    reached: datetime | None = None
    came_back: tuple[CameBack, ...] = ()
    in_post: tuple[InPost, ...] = ()


class StageName(StrEnum):
    TELLING = "TELLING"
    EXPLAINING = "EXPLAINING"
    DRAFTING = "DRAFTING"
    APPROVING = "APPROVING"
    SENDING = "SENDING"
    IN_POST = "IN_POST"
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
            StageName.IN_POST: "in the post, or on its way otherwise, until it came back",
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
    theirs: drafting has what its drafter had it for, each time, approving what it waited
    for approval, and sending the rest. Days in the post are nobody's: they are a stage alone.

    :raises CalendarTooShort: if a day lies outside the calendar
    """
    done: list[Stage] = []
    started = local(times.decided).date()
    unrecorded: list[StageName] = []
    days = _days_here(post := _in_post(times, as_of), calendar)
    before: dict[StageName, Stage] = {}
    for name, step in STEPS:
        moment: datetime | None = getattr(times, step)
        is_over = moment is not None and local(moment).date() <= as_of
        if name is StageName.DRAFTING and (is_over or not unrecorded):
            before, started = _turns_before(times, post, started, as_of, days)
        if moment is None or not is_over:
            unrecorded.append(name)
            continue
        ended = max(started, local(moment).date())
        stage = Stage(
            name=name,
            started=started,
            ended=ended,
            working_days=days(started, ended),
            includes_unrecorded=tuple(unrecorded),
        )
        done.append(_with(stage, [before.pop(each, None) for each in (name, *unrecorded)]))
        started, unrecorded = ended, []
    if post:
        done.append(_all_of(StageName.IN_POST, post, _days_here((), calendar)))
    if unrecorded and not _is_sent(times, as_of):
        until = max(started, as_of)
        waits = Stage(name=unrecorded[0], started=started, ended=None,
                      working_days=days(started, until))  # fmt: skip
        waits = _with(waits, [before.pop(waits.name, None)])
        done += [*before.values(), waits]
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


def _in_post(times: LetterTimes, as_of: date) -> list[Span]:
    """Return from which day to which a letter was out that had come back by a day, none twice."""
    found: list[Span] = []
    for each in times.in_post:
        sent, known = local(each.sent).date(), local(each.known).date()
        if known <= as_of:
            found.append((min(known, max([sent, *(day for _, day in found[-1:])])), known))
    return found


def _days_here(post: Sequence[Span], calendar: Calendar) -> Callable[[date, date], int]:
    """Return what counts the working days between two days in which a letter was not out."""

    def days(start: date, end: date) -> int:
        out = [(max(start, sent), min(end, known)) for sent, known in post]
        return working_days_between(start, end, calendar) - sum(
            working_days_between(sent, known, calendar) for sent, known in out if sent < known
        )

    return days


def _turns_before(
    times: LetterTimes,
    post: Sequence[Span],
    started: date,
    as_of: date,
    days: Callable[[date, date], int],
) -> tuple[dict[StageName, Stage], date]:
    """Return the stages of a letter in the turns before its last, and when that one began."""
    spans: dict[StageName, list[Span]] = {}

    def add(name: StageName, until: datetime) -> None:
        nonlocal started
        ended = max(started, local(until).date())
        spans.setdefault(name, []).append((started, ended))
        started = ended

    for turn in times.came_back:
        if local(turn.returned).date() > as_of:
            continue
        add(StageName.DRAFTING, turn.handed)
        if turn.approved is not None:
            add(StageName.APPROVING, min(turn.approved, turn.returned))
        add(StageName.APPROVING if turn.approved is None else StageName.SENDING, turn.returned)
    if post:
        # It waited to be sent before each time, too; how long is in the last turn or in these.
        spans.setdefault(StageName.SENDING, []).extend((sent, sent) for sent, _ in post)
    return {name: _all_of(name, each, days) for name, each in spans.items()}, started


def _all_of(name: StageName, spans: Sequence[Span], days: Callable[[date, date], int]) -> Stage:
    """Return one stage of all the times that a letter was in it."""
    return Stage(
        name=name,
        started=min(start for start, _ in spans),
        ended=max(end for _, end in spans),
        working_days=sum(days(*each) for each in spans),
        turns=len(spans),
    )


def _with(stage: Stage, before: Sequence[Stage | None]) -> Stage:
    """Return a stage with the days and the turns that it had before."""
    found = [each for each in before if each is not None]
    return replace(
        stage,
        started=min([stage.started, *(each.started for each in found)]),
        working_days=stage.working_days + sum(each.working_days for each in found),
        turns=stage.turns + max((each.turns for each in found), default=0),
    )


def _is_sent(times: LetterTimes, as_of: date) -> bool:
    return times.sent is not None and local(times.sent).date() <= as_of
