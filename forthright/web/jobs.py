"""Asks for background work by name, and says how it is getting on."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404

from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import check_has_permission, has_permission
from forthright.audit import services as audit
from forthright.web.models import Job, WorkerBeat

QUIET_FOR = timedelta(minutes=2)


class JobRefused(Exception):
    """A step cannot be done and trying again would not help; the message is for people."""


class JobStillRunning(Exception):
    """A job was asked for again before it had failed."""


@transaction.atomic
def ask(
    name: str,
    *,
    key: str,
    by: User | None,
    at: datetime,
    args: dict[str, Any] | None = None,
    area: Area | None = None,
) -> Job:
    """Ask for a job within the transaction of the act that needs it.

    The same key asked twice is one job. Arguments are identifiers, weeks and counts: they are
    kept as long as the job is, and are not a place for names. `by` is None for the calendar.
    """
    job, is_new = Job.objects.get_or_create(
        key=key,
        defaults={
            "name": name,
            "arguments": args or {},
            "area": area or (by.area if by is not None else None),
            "asked_by": by,
            "asked_at": at,
        },
    )
    if is_new:
        audit.record("job.asked", job, by=by, at=at, job=name, key=key)
    return job


@transaction.atomic
def ask_again(job: Job, *, by: User, at: datetime) -> Job:
    """Ask once more for a job that failed; its steps run from the first.

    :raises NotAllowed: if this person may not
    :raises JobStillRunning: if it has not failed
    """
    check_has_permission(by, Permission.WORK_ASK_AGAIN)
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.state != Job.State.FAILED:
        raise JobStillRunning(f"This job has not failed: it is {job.get_state_display().lower()}.")
    job.state = Job.State.ASKED
    job.turn += 1
    job.step, job.last_error = "", ""
    job.attempts = job.steps_done = 0
    job.started_at = job.ended_at = None
    job.save()
    audit.record("job.asked_again", job, by=by, at=at, job=job.name, key=job.key, turn=job.turn)
    return job


def job_with_key(key: str) -> Job | None:
    """Return the job asked for under this key, if any."""
    return Job.objects.filter(key=key).first()


def jobs_visible_to(user: User) -> "QuerySet[Job]":
    """Return the jobs of the person's Area and those of no Area."""
    if not has_permission(user, Permission.WORK_SEE):
        return Job.objects.none()
    return Job.objects.filter(Q(area=user.area_id) | Q(area=None)).select_related("asked_by")


def job_for(user: User, job_id: int) -> Job:
    """Return one job that this person may see.

    :raises Http404: if there is none, or it is hidden
    """
    job = jobs_visible_to(user).filter(pk=job_id).first()
    if job is None:
        raise Http404
    return job


def is_work_stalled(at: datetime) -> bool:
    """Return whether something waits and no worker has shown a sign of life for two minutes."""
    waiting = Job.objects.filter(
        state__in=[Job.State.ASKED, Job.State.STARTED], asked_at__lt=at - QUIET_FOR
    )
    lively = WorkerBeat.objects.filter(seen_at__gte=at - QUIET_FOR, stopped_at=None)
    return waiting.exists() and not lively.exists()


def last_beat() -> WorkerBeat | None:
    """Return the latest sign of life of any worker."""
    return WorkerBeat.objects.order_by("-seen_at").first()
