"""Lines of the overview about calibration rounds, a new figure of leniency, and faults."""

from django.urls import reverse

from forthright.accounts.models import User
from forthright.calibration.models import SystemicFinding
from forthright.calibration.selectors.findings import (
    findings_to_mark_blind,
    findings_waiting,
)
from forthright.calibration.selectors.leading import rounds_to_lead, why_to_close
from forthright.calibration.selectors.leniency import own_figure_not_seen
from forthright.calibration.selectors.rounds import waiting_rounds
from forthright.home.task import Task
from forthright.rules.words import day_words


def round_tasks(user: User) -> list[Task]:
    """Return the rounds to mark or to lead, and a figure that this person has not seen yet."""
    tasks = [
        Task(
            words=f"Calibration round “{each}” to mark",
            address=reverse("calibration:round", args=[each.pk]),
            hint=f"Until {day_words(each.mark_by)}. Nobody sees your marks before it closes.",
        )
        for each in waiting_rounds(user)
    ]
    tasks += [
        Task(
            words=f"Calibration round “{each}” to "
            + ("close" if each.is_open else "agree the marks of"),
            address=reverse("calibration:round", args=[each.pk]),
            hint=why_to_close(each, user),
        )
        for each in rounds_to_lead(user)
    ]
    if own_figure_not_seen(user):
        tasks.append(
            Task(
                words="A new figure of how lenient your marks are",
                address=reverse("calibration:leniency"),
                hint="You see it before anybody else.",
            )
        )
    return tasks


def finding_tasks(user: User) -> list[Task]:
    """Return the faults that this person has taken on or that wait for somebody of their role.

    In how many letters one failed is left out while they have yet to mark one that it counts.
    """
    waiting = findings_waiting(user)
    blind = findings_to_mark_blind(user, list(waiting))
    return [
        Task(
            words=f"{each.criterion.code} {each.criterion.title} failed again"
            if each.pk in blind
            else each.words,
            address=reverse("calibration:finding", args=[each.pk]),
            hint=_who_has_it(each, user, left_by=why),
        )
        for each, why in waiting.items()
    ]


def _who_has_it(finding: SystemicFinding, user: User, *, left_by: str) -> str:
    if finding.owner_id is None:
        return "Nobody has taken it on yet."
    if finding.owner_id == user.pk:
        return "You have taken it on."
    return f"{left_by}. You may take it over or close it."
