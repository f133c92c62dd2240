"""Writes how each job is getting on, where pages can see it."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from forthright.accounts.models import Area
from forthright.audit import services as audit
from forthright.web import jobs
from forthright.web.models import Job, JobSchedule
from forthright.worker.schedules import Schedule


def start_job(job: Job, *, steps: int, at: datetime) -> None:
    """Note that the engine has the job."""
    Job.objects.filter(pk=job.pk, turn=job.turn, state=Job.State.ASKED).update(
        state=Job.State.STARTED, started_at=at, steps_total=steps
    )


def begin_step(job_id: int, step: str) -> None:
    """Note that a step is being tried, and which try it is."""
    again = Job.objects.filter(pk=job_id, step=step).update(attempts=F("attempts") + 1)
    if not again:
        Job.objects.filter(pk=job_id).update(step=step, attempts=1, last_error="")


def note_fault(job_id: int, words: str) -> None:
    """Keep the words of the last fault while the step is tried again."""
    Job.objects.filter(pk=job_id).update(last_error=words)


def end_step(job_id: int, *, done: int) -> None:
    """Note how many steps are done."""
    Job.objects.filter(pk=job_id).update(steps_done=done, last_error="")


@transaction.atomic
def finish_job(job_id: int, *, at: datetime) -> None:
    """Mark a job finished, once."""
    changed = Job.objects.filter(pk=job_id, state=Job.State.STARTED).update(
        state=Job.State.FINISHED, ended_at=at, last_error=""
    )
    if changed:
        job = Job.objects.get(pk=job_id)
        audit.record("job.finished", job, by=None, at=at, job=job.name, key=job.key)


def words_of_fault(job: Job) -> str:
    """Return which step last failed, after how many tries and why; nothing if none did."""
    if not job.last_error:
        return ""
    tries = "at the first try" if job.attempts == 1 else f"after {job.attempts} tries"
    return f"“{job.step}” failed {tries}: {job.last_error}"


@transaction.atomic
def fail_job(job_id: int, words: str, *, at: datetime) -> None:
    """Mark a job failed, once, with the reason in words."""
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.state not in {Job.State.ASKED, Job.State.STARTED}:
        return
    job.state, job.ended_at, job.last_error = Job.State.FAILED, at, words
    job.save(update_fields=["state", "ended_at", "last_error"])
    audit.record("job.failed", job, by=None, at=at, job=job.name, key=job.key, step=job.step)


def ask_scheduled(schedule: Schedule, *, at: datetime) -> None:
    """Ask for every run of a schedule that has come due since it was last read."""
    mark, is_new = JobSchedule.objects.get_or_create(
        name=schedule.name, defaults={"asked_up_to": at}
    )
    # Most rounds end here, without writing.
    if is_new or not schedule.moments(mark.asked_up_to, at):
        return
    with transaction.atomic():
        mark = JobSchedule.objects.select_for_update().get(pk=mark.pk)
        for moment in schedule.moments(mark.asked_up_to, at):
            for area in Area.objects.order_by("pk") if schedule.for_each_area else [None]:
                jobs.ask(
                    schedule.job,
                    key=schedule.key(moment, area.pk if area else None),
                    args=schedule.arguments(moment),
                    area=area,
                    by=None,
                    at=at,
                )
            mark.asked_up_to = moment
        mark.save(update_fields=["asked_up_to"])
