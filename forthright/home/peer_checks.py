"""The lines of the overview about letters that colleagues look at before they go."""

from datetime import datetime

from django.urls import reverse

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.home.task import Task
from forthright.peer_checks import selectors as checks
from forthright.peer_checks.models import PartTold
from forthright.rules.words import count_words, day_of, day_words, local, moment_words

MOST = 5


def peer_check_tasks(user: User, now: datetime) -> list[Task]:
    """Return what came back to this person, what they are to look at, and what nobody has."""
    tasks = []
    if has_permission(user, Permission.LETTER_CHECK):
        came_back = checks.came_back_to(user).count()
        if came_back:
            words = count_words(came_back, "letter of yours", "letters of yours")
            verb = "has" if came_back == 1 else "have"
            tasks.append(
                Task(
                    words=f"{words} {verb} changes asked for", address=reverse("peer_checks:checks")
                )
            )
        tasks += _to_do(user, now)
    if has_permission(user, Permission.CHECKS_GIVE):
        tasks += _of_the_unit(user, now)
    return tasks


def told_tasks(user: User) -> list[Task]:
    """Return what this person was told of their letters and reasons and has not read."""
    return [
        Task(
            words=f"Feedback on {_what(each)}, given {day_words(local(each.told_at).date())}",
            address=reverse("peer_checks:part", args=[each.pk]),
            hint=f"From {each.told_by}, who looked at it before it goes"
            if each.check_of_id
            else f"From {each.told_by}, who marked the letter",
        )
        for each in checks.parts_to_read(user).select_related(None).select_related("told_by")[:MOST]
    ]


def told_dispute_tasks(user: User) -> list[Task]:
    """Return the disputes of what colleagues found that wait for this person."""
    number = checks.disputes_waiting(user).count()
    if not number:
        return []
    words = f"{count_words(number, 'dispute')} of what a colleague found"
    return [Task(words=words, address=reverse("peer_checks:disputes"))]


def _to_do(user: User, now: datetime) -> list[Task]:
    due = list(checks.checks_to_do(user).values_list("pk", "due_at"))
    if not due:
        return []
    late = sum(at < now for _, at in due)
    return [
        Task(
            words=f"{count_words(len(due), 'letter')} of colleagues to look at",
            address=reverse("peer_checks:check", args=[due[0][0]])
            if len(due) == 1
            else reverse("peer_checks:checks"),
            hint=f"{late} late" if late else f"The first by {moment_words(due[0][1])}",
        )
    ]


def _of_the_unit(user: User, now: datetime) -> list[Task]:
    open_checks = checks.checks_visible_to(user).filter(answer="")
    late = open_checks.filter(due_at__lt=now).count()
    nobody = open_checks.filter(checker=None).count()
    lines = (
        (late, "is late to be looked at", "are late to be looked at"),
        (nobody, "has nobody to look at it", "have nobody to look at them"),
    )
    tasks = [
        Task(
            words=f"{count_words(number, 'letter')} {one if number == 1 else many}",
            address=reverse("peer_checks:unit"),
        )
        for number, one, many in lines
        if number
    ]
    return tasks + _with_somebody_away(user, now)


def _with_somebody_away(user: User, now: datetime) -> list[Task]:
    """Return the looks of somebody away, which this person may give on, a deputy too."""
    rows = checks.with_somebody_away(user, day_of(local(now)))
    found = list(rows.values_list("pk", flat=True))
    if not found:
        return []
    waits = "waits" if len(found) == 1 else "wait"
    return [
        Task(
            words=f"{count_words(len(found), 'letter')} {waits} for the look of somebody who is "
            "away",
            address=reverse("peer_checks:give_on", args=[found[0]]),
            hint="Give it to somebody else"
            if len(found) == 1
            else "Give them to somebody else; this opens the most urgent",
        )
    ]


def _what(part: PartTold) -> str:
    return "your reasons" if part.about == PartTold.About.REASONS else "a letter of yours"
