"""Where a letter stands between decision and dispatch: which step, since when, by when, why late.

Each step has the hours it is allowed from when it began, and a last moment counted back from the
hour at which letters go out on the day the letter is due. Whichever comes first is its limit, so
that no step takes the time of those after it. A letter that came back is drafted and checked once
more: each step has its own time, so that nobody is late by what another took. One that was not
required for a time is nobody's for that time: the step it was in begins anew as it is opened again.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from forthright.rules.stage_allowances import StageAllowances
from forthright.rules.timeliness import CameBack
from forthright.rules.words import count_words, day_words, moment_words, time_words
from forthright.rules.working_hours import WorkingHours

MINUTE = timedelta(minutes=1)


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
    # Whether it began anew, because the letter had not been required for a time.
    is_reopened: bool = False

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
            before = "the letter was opened again" if self.is_reopened else "it came here"
            due = (
                f"{self.step.words} at once: it was to be over by {moment_words(self.limit.at)}, "
                f"before {before}, because {self.limit.because}."
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
    done, present = _done(letter), _present(letter)
    began, taken = letter.decided, []
    for turn, end in done:
        over = max(began, end)
        taken.append(_taken(turn, (began, over), letter, by))
        began = over
    is_again = present is Step.DRAFT and any(turn.step is Step.DRAFT for turn, _ in done)
    now = _taken(Turn(present, is_again=is_again), (began, None), letter, by)
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
    """One step, and whether it is one that came back."""

    step: Step
    is_again: bool = False


def _done(letter: Steps) -> list[tuple[Turn, datetime]]:
    """Return each step that is over, with when it was, in their order."""
    came_back = letter.came_back if letter.explained or letter.drafted else ()
    done = [(Turn(Step.EXPLANATION), letter.explained)]
    for number, each in enumerate(came_back):
        done += [(Turn(Step.DRAFT, is_again=number > 0), each.handed),
                 (Turn(Step.CHECK), each.returned)]  # fmt: skip
    done += [(Turn(Step.DRAFT, is_again=bool(came_back)), letter.drafted),
             (Turn(Step.CHECK), letter.approved)]  # fmt: skip
    return [(turn, end) for turn, end in done if end]


def _present(letter: Steps) -> Step:
    """Return the step that a letter is in: the one after the last that is recorded."""
    if letter.approved:
        return Step.DISPATCH
    if letter.drafted:
        return Step.CHECK
    return Step.DRAFT if letter.explained else Step.EXPLANATION


def _taken(
    turn: Turn, span: tuple[datetime, datetime | None], letter: Steps, by: Reckoning
) -> StepTaken:
    came, over = span
    until = over or by.now
    began = max([came, *(each for each in letter.reopened if each <= until)])
    is_reopened = began > came
    began_with = "when it came back" if turn.is_again else ""
    if is_reopened:
        began_with = "when the letter was opened again"
    limit = step_limit(turn.step, began, letter.due_on, by, began_with=began_with)
    return StepTaken(
        step=turn.step,
        began=began,
        over=over,
        took=by.hours.between(began, until),
        limit=limit,
        late_by=by.hours.between(max(limit.at, began), until),
        is_reopened=is_reopened,
    )
