"""The lines of the overview about disclosure."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.urls import reverse

from forthright.accounts.models import User
from forthright.accounts.policies import is_of_liaison_unit
from forthright.disclosure.selectors import duties as disclosure
from forthright.disclosure.selectors.after_service import next_steps
from forthright.disclosure.selectors.answered import with_answers
from forthright.disclosure.selectors.closed_since import with_new_since_closed
from forthright.disclosure.selectors.not_begun import to_begin_for
from forthright.disclosure.selectors.promises import waits_for_look_into
from forthright.home.sent_days import sent_day_tasks
from forthright.home.task import Task
from forthright.morning_lists.selectors.covers import covers_of_unit, own_units
from forthright.morning_lists.selectors.morning import things_waiting, things_words
from forthright.rules.disclosure_after_service import AfterService, next_words
from forthright.rules.disclosure_duty import (
    ANSWERED_WORDS,
    BEFORE_SERVING,
    DUTY,
    LATE_WORDS,
    NEW_WORDS,
    TOLD_WORDS,
    DutyState,
)
from forthright.rules.words import count_words, day_of, day_words, list_words, local, uncapitalised
from forthright.schemes.selectors import AreaNotStarted

# A duty that waits: its id, state, last day, last working day, whether the police answered, since
# when they are late to, whether an answer told the defence of what is sensitive, whether something
# new came since it was closed, and whether schedules came that nobody has taken in.
_Waiting = tuple[int, str, date, date, bool, date | None, bool, bool, bool]
# Which steps wait of the duties that were served, by their ids.
_Steps = Mapping[int, Sequence[AfterService]]


def disclosure_tasks(user: User, today: date) -> list[Task]:
    """Return the duties that need this person, by what they wait for; the overdue are counted.

    Before them stand the cases of which two pages have another day of sending.
    """
    # What waits is long to ask, and the Victim Liaison Unit has mostly no duties at all.
    if not disclosure.duties_visible_to(user).exists():
        return [] if is_of_liaison_unit(user) else _not_begun(user)
    waiting = list(
        with_new_since_closed(with_answers(disclosure.waiting_for(user, today), today))
        .annotate(is_told=waits_for_look_into())
        .values_list(
            "pk",
            "state",
            "due_on",
            "serve_by",
            "is_answered",
            "late_since",
            "is_told",
            "is_new",
            "is_untaken",
        )
    )
    tasks = [*sent_day_tasks(user), *_not_begun(user)]
    steps = next_steps(user, [each[0] for each in waiting], today)
    # One that waits for nothing but the police waits for a lawyer once they answered.
    told = [each for each in waiting if each[6]]
    groups = [(TOLD_WORDS, told), (ANSWERED_WORDS, [each for each in waiting if each[4]])]
    silent = [each for each in waiting if each[5]]
    for state in DutyState:
        of_state = [each for each in waiting if each[1] == state]
        if state is DutyState.RETURNED:
            of_state = [each for each in of_state if not each[4] and each not in silent]
        if state is DutyState.CLOSED:
            of_state = [each for each in of_state if each[7]]
        # One that waits for nothing else stands above.
        of_state = [each for each in of_state if not _is_told_alone(each, steps)]
        words = NEW_WORDS if state is DutyState.CLOSED else DUTY.state_words[state]
        groups.append((words, of_state))
    late = [_late_task(silent)] if silent else []
    by_step = (_of_group(words, rows, today, steps) for words, rows in groups if rows)
    return [*tasks, *late, *by_step]


def _is_told_alone(duty: _Waiting, steps: _Steps) -> bool:
    """Say whether a duty waits for nothing but that an answer which told is looked into."""
    return duty[1] == DutyState.CONTINUING and steps.get(duty[0]) == [AfterService.TOLD]


def _late_task(silent: list[_Waiting]) -> Task:
    since = min(each[5] for each in silent if each[5])
    return Task(
        words=f"{count_words(len(silent), 'duty', 'duties')} {LATE_WORDS}",
        address=_address_of(silent),
        hint=f"The longest was to be answered by {day_words(since)}"
        if len(silent) > 1
        else f"To be answered by {day_words(since)}",
    )


def _address_of(rows: list[_Waiting]) -> str:
    if len(rows) > 1:
        return reverse("disclosure:duties")
    return reverse("disclosure:duty", args=[rows[0][0]])


def _of_group(words: str, rows: list[_Waiting], today: date, steps: _Steps) -> Task:
    to_serve = [each for each in rows if each[1] in BEFORE_SERVING]
    late = sum(due_on < today for _, _, due_on, *_ in to_serve)
    # After a service the state alone does not say what waits, nor whose it is.
    hint = next_words(step for each in rows for step in steps.get(each[0], ()))
    if to_serve:
        hint = f"{late:,} overdue" if late else _aim(to_serve)
    return Task(
        words=f"{count_words(len(rows), 'duty', 'duties')} {words}",
        address=_address_of(rows),
        hint=". ".join(filter(None, (_untaken(rows), hint))),
    )


def _untaken(rows: list[_Waiting]) -> str:
    """Say that schedules that came wait to be taken in before what the duties wait for."""
    number = sum(each[8] and each[1] != DutyState.CLOSED for each in rows)
    if not number:
        return ""
    said = "First the schedules that came are taken in, which stand on a line of their own"
    return said if number == len(rows) else f"Of {number:,} of them: {uncapitalised(said)}"


def _not_begun(user: User) -> list[Task]:
    """Return the defendants of this person's unit for whom nobody began a duty, as one line."""
    number = to_begin_for(user).count()
    if not number:
        return []
    has = "has" if number == 1 else "have"
    return [
        Task(
            words=f"{count_words(number, 'defendant')} sent to the Crown Court {has} no duty begun",
            address=reverse("disclosure:not_begun"),
            hint="By the day that their case was sent. Begin each, so that its days are counted",
        )
    ]


def morning_tasks(user: User, now: datetime) -> list[Task]:
    """Return the morning lists that are this person's work, each with how much stands on it."""
    tasks = []
    for unit in own_units(user):
        try:
            number = things_waiting(unit, now)
        except AreaNotStarted:
            continue
        if not number:
            continue
        stood_for = covers_of_unit(unit, day_of(local(now))).filter(deputy=user.pk)
        names = list_words([str(each.spoc) for each in stood_for])
        tasks.append(
            Task(
                words=f"Your morning list: {things_words(number)}",
                address=reverse("morning_lists:unit", args=[unit.pk]),
                hint=f"{unit}, for {names}" if names else str(unit),
            )
        )
    return tasks


def new_version_tasks(user: User) -> list[Task]:
    """Return the schedules that came, or were brought in, and nobody of this unit has taken in."""
    rows = list(disclosure.untaken_for(user).values_list("pk", "answers"))
    handed = [pk for pk, answers in rows if answers is not None]
    brought = [pk for pk, answers in rows if answers is None]
    to_take_in = count_words(len(brought), "delivery", "deliveries")
    groups = (
        (f"{count_words(len(handed), 'new version')} of schedules from the police", handed),
        (f"{to_take_in} of schedules to take in or throw away", brought),
    )
    return [
        Task(
            words=words,
            address=reverse("disclosure:delivery", args=found)
            if len(found) == 1
            else reverse("disclosure:duties"),
        )
        for words, found in groups
        if found
    ]


def return_tasks(user: User, today: date) -> list[Task]:
    """Return what was returned to this person's unit of the police and waits for an answer."""
    rows = disclosure.returns_waiting_for(user)
    days = sorted(rows.values_list("answer_by", flat=True))
    if not days:
        return []
    late = sum(day < today for day in days)
    return [
        Task(
            words=f"{count_words(len(days), 'delivery', 'deliveries')} of schedules to mend",
            address=reverse("disclosure:returns"),
            hint=f"{late:,} overdue" if late else f"The first by {day_words(days[0])}",
        )
    ]


def _aim(to_serve: list[_Waiting]) -> str:
    """Say the last working day for the first, and its last day where that is another."""
    serve_by, due_on = min((serve_by, due_on) for _, _, due_on, serve_by, *_ in to_serve)
    if serve_by == due_on:
        return f"The first is due by {day_words(due_on)}"
    return f"The first by {day_words(serve_by)}, the last working day; due {day_words(due_on)}"
