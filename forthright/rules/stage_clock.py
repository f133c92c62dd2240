"""Where a letter stands between decision and dispatch: which step, since when, by when, why late.

Each step has the hours it is allowed from when it began, and a last moment counted back from the
hour at which letters go out on the day the letter is due. Whichever comes first is its limit, so
that no step takes the time of those after it. A letter that came back is drafted and checked once
more: each step has its own time, so that nobody is late by what another took. One that was not
required for a time is nobody's for that time: the step it was in begins anew as it is opened again.
So is one that went out and did not arrive: it begins anew as that becomes known.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from forthright.rules.stage_allowances import StageAllowances
from forthright.rules.timeliness import CameBack, InPost
from forthright.rules.words import count_words, day_words, moment_words, time_words
from forthright.rules.working_hours import WorkingHours

MINUTE = timedelta(minutes=1)
# What a step begins with.
CAME_HERE, CAME_BACK = "it came here", "it came back"
NOT_ARRIVED = "it was known not to have arrived"
OPENED_AGAIN = "the letter was opened again"


class Step(StrEnum):
    EXPLANATION = "EXPLANATION"
    DRAFT = "DRAFT"
    CHECK = "CHECK"
    DISPATCH = "DISPATCH"

    @property
    def words(self) -> str:
        """Say the step."""
        return _WORDS[self][0]

    @property
    def began_words(self) -> str:
        """Say what it begins with: "the decision"."""
        return _WORDS[self][1]


_WORDS = {
    Step.EXPLANATION: ("Explanation", "the decision"),
    Step.DRAFT: ("Draft", "the explanation"),
    Step.CHECK: ("Check", "the draft"),
    Step.DISPATCH: ("Dispatch", "the approval"),
}
ALLOWED = {
    Step.EXPLANATION: "explanation_hours",
    Step.DRAFT: "draft_hours",
    Step.CHECK: "check_hours",
    Step.DISPATCH: "dispatch_hours",
}
# What is to be left once a step is over, so that the steps after it can be on time.
LEFT_AFTER = {
    Step.EXPLANATION: ("left_to_draft", "left_to_check", "left_to_send"),
    Step.DRAFT: ("left_to_check", "left_to_send"),
    Step.CHECK: ("left_to_send",),
    Step.DISPATCH: (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """When each step of a letter that has not gone out was over, as far as it is."""

    decided: datetime
    due_on: date
    explained: datetime | None = None
    drafted: datetime | None = None
    approved: datetime | None = None
    # It was handed over before, and came back.
    came_back: tuple[CameBack, ...] = ()
    # It went out before, and did not arrive.
    in_post: tuple[InPost, ...] = ()
    # When it was opened again, each time that it had been said not to be required.
    reopened: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLimit:
    """By when a step is to be over, and the arithmetic."""

    at: datetime
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken:
    """One step of a letter: when it began, when it was over, and its limit."""

    step: Step
    began: datetime
    over: datetime | None
    took: timedelta
    limit: StepLimit
    late_by: timedelta
    # What it began with, where that is not that the step before it was over.
    began_when: str = CAME_HERE

    @property
    def was_late_before(self) -> bool:
        """Say whether the time for it was over before it began: then it is to be done at once."""
        return self.limit.at < self.began

    @property
    def is_late(self) -> bool:
        """Say whether it took, or takes, longer than its limit."""
        return self.late_by >= MINUTE

    @property
    def taken_words(self) -> str:
        """Say how long it took, or has taken so far."""
        if self.over:
            return f"took {hours_words(self.took)}"
        return f"has taken {hours_words(self.took)} so far"

    @property
    def why(self) -> str:
        """Say by when it was to be over and why, and how late it is."""
        due = f"{self.step.words} by {moment_words(self.limit.at)}: {self.limit.because}."
        if self.was_late_before:
            due = (
                f"{self.step.words} at once: it was to be over by {moment_words(self.limit.at)}, "
                f"before {self.began_when}, because {self.limit.because}."
            )
        if not self.is_late:
            return due
        verb = "was" if self.over else "is"
        return f"{due} It {verb} {hours_words(self.late_by)} late."


@dataclass(frozen=True, slots=True)
class StageClock:
    """The steps of a letter up to the one it is in, which is the last."""

    steps: tuple[StepTaken, ...]

    @property
    def now(self) -> StepTaken:
        """Return the step the letter is in."""
        return self.steps[-1]

    @property
    def late_before(self) -> tuple[StepTaken, ...]:
        """Return the steps that are over and were late."""
        return tuple(each for each in self.steps[:-1] if each.is_late)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What limits are counted by: the settings, the hours that count, and what time it is."""

    allowances: StageAllowances
    hours: WorkingHours
    now: datetime


def stage_clock(letter: Steps, by: Reckoning) -> StageClock:
    """Return the steps of a letter up to the one it is in, with what each took.

    A step that nobody recorded is left out; its time is in the step after it.

    :raises CalendarTooShort: if a day lies outside the calendar
    """
    began, taken = letter.decided, []
    began_when = ""
    for turn in _done(letter):
        over = max(began, turn.end)
        taken.append(_taken(turn.step, (began, over), began_when, letter, by))
        began, began_when = max(over, turn.left or over), turn.left_when
    now = _taken(_present(letter), (began, None), began_when, letter, by)
    return StageClock((*taken, now))


def step_limit(
    step: Step, began: datetime, due_on: date, by: Reckoning, *, began_with: str = ""
) -> StepLimit:
    """Return by when a step is to be over: its own hours, or what the steps after it need.

    :param began_with: what its hours begin with, where that is not the end of the step before
    :raises CalendarTooShort: if a day lies outside the calendar
    """
    allowed = by.allowances[ALLOWED[step]]
    own = by.hours.after(began, allowed)
    goes_at = by.hours.at(due_on, by.allowances["goes_out_at"])
    left = sum(by.allowances[name] for name in LEFT_AFTER[step])
    latest = by.hours.before(goes_at, left)
    if own <= latest:
        spent = count_words(allowed, "working hour")
        return StepLimit(at=own, because=f"{spent} from {began_with or step.began_words}")
    goes = f"the letter goes by {time_words(goes_at.time())} on {day_words(due_on)}"
    if not left:
        return StepLimit(at=latest, because=f"{goes}, the day it is due")
    spent = count_words(left, "working hour")
    return StepLimit(at=latest, because=f"{goes}, and the steps after it need {spent}")


def remind_from(limit: StepLimit, by: Reckoning) -> datetime:
    """Return from when a prosecutor is reminded of an explanation with this limit.

    :raises CalendarTooShort: if the day lies outside the calendar
    """
    return by.hours.before(limit.at, by.allowances["remind_before"])


def is_time_to_remind(limit: StepLimit, by: Reckoning) -> bool:
    """Say whether a reminder goes now by itself: in hours that count, from its moment on.

    :raises CalendarTooShort: if the day lies outside the calendar
    """
    return by.hours.are_now(by.now) and by.now >= remind_from(limit, by)


def hours_words(span: timedelta) -> str:
    """Say a span of hours that count: "40 minutes"; from three hours on, the nearest hour."""
    minutes = round(span / MINUTE)
    if minutes < 60:
        return count_words(minutes, "minute")
    hours, rest = divmod(minutes, 60)
    if hours >= 3 or not rest:
        return count_words((minutes + 30) // 60, "working hour")
    return f"{count_words(hours, 'working hour')} {count_words(rest, 'minute')}"


@dataclass(frozen=True, slots=True)
class Turn:
    """One step that is over; the next began with that, or later, as something became known."""

    step: Step
    end: datetime
    left: datetime | None = None
    left_when: str = ""


def _done(letter: Steps) -> list[Turn]:
    """Return each step that is over, with when it was, in their order."""
    done = [Turn(Step.EXPLANATION, letter.explained)] if letter.explained else []
    for each in letter.came_back if letter.explained or letter.drafted else ():
        done.append(Turn(Step.DRAFT, each.handed))
        if each.approved:
            done.append(Turn(Step.CHECK, each.approved))
        last = Step.DISPATCH if each.approved else Step.CHECK
        done.append(Turn(last, each.returned, left_when=CAME_BACK))
    if letter.drafted:
        done.append(Turn(Step.DRAFT, letter.drafted))
    if letter.approved:
        done.append(Turn(Step.CHECK, letter.approved))
    for post in letter.in_post:
        # It was over as the letter went, before whatever was over later.
        place = next(
            (number for number, turn in enumerate(done) if turn.end > post.sent), len(done)
        )
        done.insert(place, Turn(Step.DISPATCH, post.sent, left=post.known, left_when=NOT_ARRIVED))
    return done


def _present(letter: Steps) -> Step:
    """Return the step that a letter is in: the one after the last that is recorded."""
    if letter.approved:
        return Step.DISPATCH
    if letter.drafted:
        return Step.CHECK
    return Step.DRAFT if letter.explained else Step.EXPLANATION


def _taken(
    step: Step, span: tuple[datetime, datetime | None], began_when: str, letter: Steps,
    by: Reckoning,
) -> StepTaken:  # fmt: skip
    came, over = span
    until = over or by.now
    began = max([came, *(each for each in letter.reopened if each <= until)])
    if began > came:
        began_when = OPENED_AGAIN
    began_with = f"when {began_when}" if began_when else ""
    limit = step_limit(step, began, letter.due_on, by, began_with=began_with)
    return StepTaken(
        step=step,
        began=began,
        over=over,
        took=by.hours.between(began, until),
        limit=limit,
        late_by=by.hours.between(max(limit.at, began), until),
        began_when=began_when or CAME_HERE,
    )
