"""The stages of one letter: when each happened, how long it took, and what it waits for."""

from dataclasses import dataclass
from datetime import date, datetime

from forthright.rules.timeliness import (
    CameBack,
    InPost,
    LetterTimes,
    Stage,
    stages,
)
from forthright.rules.words import count_words
from forthright.rules.working_days import Calendar, CalendarTooShort
from forthright.schemes.models import Duty

# Each recorded step, in order: the stage it ends, and what happened.
STEPS = {
    "told": (Duty.Stage.TELLING, "Victim Liaison Unit told"),
    "explained": (Duty.Stage.EXPLAINING, "Prosecutor’s explanation arrived"),
    "drafted": (Duty.Stage.DRAFTING, "Letter drafted"),
    "approved": (Duty.Stage.APPROVING, "Letter approved"),
    "sent": (Duty.Stage.SENDING, "Letter sent"),
    "reached": (Duty.Stage.REACHING, "Letter reached the person"),
}


@dataclass(frozen=True)
class StageLine:
    """One step of a letter as its page shows it."""

    step: str
    words: str
    happened_at: datetime | None
    took: str
    is_next: bool


def stage_awaited(duty: Duty) -> Duty.Stage | None:
    """Return the stage a letter waits in: the one after the last that is recorded."""
    step = step_awaited(duty)
    return STEPS[step][0] if step else None


def step_awaited(duty: Duty) -> str | None:
    """Return the step that comes after the last one recorded, or None after the last of all."""
    names = list(STEPS)
    done = [number for number, name in enumerate(names) if getattr(duty, f"{name}_at")]
    following = done[-1] + 1 if done else 0
    return names[following] if following < len(names) else None


def stage_lines(duty: Duty, calendar: Calendar | None, today: date) -> list[StageLine]:
    """Return the six steps of a letter, each with the working days that were used on it.

    Where it was sent before and did not arrive, that stands before them among what was done.
    """
    took = {str(stage.name): stage for stage in _stages(duty, calendar, today)}
    awaited = step_awaited(duty)
    out = took.get(Duty.Stage.IN_POST)
    before = [
        StageLine(
            step="in_post",
            words=Duty.Stage.IN_POST.label,
            happened_at=in_post_of(duty)[-1].known,
            took=_took(out),
            is_next=False,
        )
    ] if out else []  # fmt: skip
    lines = [
        StageLine(
            step=step,
            words=words,
            happened_at=getattr(duty, f"{step}_at"),
            took=_took(took.get(stage.value)),
            is_next=step == awaited and duty.state != Duty.State.NOT_REQUIRED,
        )
        for step, (stage, words) in STEPS.items()
    ]
    place = list(STEPS).index("sent")
    return [*lines[:place], *before, *lines[place:]]


def times_of(duty: Duty) -> LetterTimes:
    """Return the recorded times of a letter as the rules count them."""
    return LetterTimes(
        decided=duty.decided_at,
        told=duty.told_at,
        explained=duty.explained_at,
        drafted=duty.drafted_at,
        approved=duty.approved_at,
        sent=duty.sent_at,
        reached=duty.reached_at,
        came_back=came_back_of(duty),
        in_post=in_post_of(duty),
    )


def came_back_of(duty: Duty) -> tuple[CameBack, ...]:
    """Return each time that a letter was handed over and came back, the first first."""
    return tuple(
        CameBack(
            datetime.fromisoformat(handed),
            datetime.fromisoformat(returned),
            datetime.fromisoformat(approved) if approved else None,
        )
        for handed, returned, approved in duty.came_back
    )


def in_post_of(duty: Duty) -> tuple[InPost, ...]:
    """Return each time that a letter was sent and did not arrive, the first first."""
    return tuple(
        InPost(datetime.fromisoformat(sent), datetime.fromisoformat(known))
        for sent, known in duty.in_post
    )


def reopened_of(duty: Duty) -> tuple[datetime, ...]:
    """Return each time that a letter was opened again which had not been required, in order."""
    return tuple(datetime.fromisoformat(opened) for _, opened in duty.reopened)


def _stages(duty: Duty, calendar: Calendar | None, today: date) -> tuple[Stage, ...]:
    if calendar is None or duty.state == Duty.State.NOT_REQUIRED:
        return ()
    try:
        return stages(times_of(duty), calendar=calendar, as_of=today)
    except CalendarTooShort:
        return ()


def _took(stage: Stage | None) -> str:
    if stage is None:
        return ""
    words = count_words(stage.working_days, "working day")
    if stage.turns > 1:
        days = words if stage.working_days else "Less than a working day"
        words = f"{days}, in {stage.turns} turns"
    elif stage.ended == stage.started:
        words = "Same day"
    if stage.is_open:
        return f"{words} so far"
    return f"{words}, with the steps before it" if stage.includes_unrecorded else words
