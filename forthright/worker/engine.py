"""Runs jobs durably: each finished step is kept, so that work goes on where it was cut off."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from dbos import DBOS, DBOSPortableJSONSerializer, SetWorkflowID, StepOptions, error
from django.db import connection, connections
from sqlalchemy import URL
from sqlalchemy.exc import SQLAlchemyError

from forthright.web import clock
from forthright.web.jobs import JobRefused
from forthright.web.models import Job
from forthright.worker import records
from forthright.worker.bindings import kind_named
from forthright.worker.kinds import Step, Work

log = logging.getLogger("forthright.worker")

FAULTS = (error.DBOSException, SQLAlchemyError)
QUEUE = "forthright"
JOBS_AT_ONCE = 3
STARTS_UNTIL_GIVEN_UP = 20
# The engine only takes up work of its own version, so this stays the same from one release to
# the next. A job whose steps changed while it ran is refused in words by carry_out.
ENGINE_VERSION = "1"
# Writing down the end of a job matters more than the time it takes.
TO_THE_END = StepOptions(retries_allowed=True, max_attempts=20, interval_seconds=1.0)


class SomeFailed(Exception):
    """A step done for each of several entries failed for some; the message says why."""


def engine_address() -> str:
    """Return where the engine keeps its own tables: our database."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    # Only what libpq itself understands; Django's own options are left out.
    options = {name: value for name, value in settings["OPTIONS"].items() if "ssl" in name}
    return URL.create(
        "postgresql",
        username=settings["USER"] or None,
        password=settings["PASSWORD"] or None,
        host=settings["HOST"] or None,
        port=int(settings["PORT"]) if settings["PORT"] else None,
        database=settings["NAME"],
        query=options,
    ).render_as_string(hide_password=False)


def launch(executor: str) -> None:
    """Start the engine under this worker's name; it takes up what it was doing before."""
    DBOS(
        config={
            "name": "forthright",
            "system_database_url": engine_address(),
            "sys_db_pool_size": 8,
            "executor_id": executor,
            "application_version": ENGINE_VERSION,
            "serializer": DBOSPortableJSONSerializer(),
            "enable_otlp": False,
            "log_level": "WARNING",
        }
    )
    DBOS.launch()
    DBOS.register_queue(QUEUE, worker_concurrency=JOBS_AT_ONCE, polling_interval_sec=0.5)


def stop(*, grace: int) -> None:
    """Stop taking work and give steps under way a few seconds to end."""
    DBOS.destroy(workflow_completion_timeout_sec=grace)


def take_over(executor: str) -> int:
    """Put the unfinished work of a lost worker back in the queue; return how many jobs."""
    # The engine's recovery request. Its public door is a paid service, hence the underscore;
    # the proof in tests/worker fails should it ever change.
    return len(DBOS._recover_pending_workflows([executor]))


def start_asked_jobs() -> None:
    """Hand every job that was asked for to the engine, which runs each key once."""
    for job in Job.objects.filter(state=Job.State.ASKED).order_by("id")[:100]:
        kind = kind_named(job.name)
        # Should we be killed between these two lines, settle_jobs hands the job over.
        records.start_job(job, steps=len(kind.steps) if kind else 0, at=clock.now())
        hand_over(job)


def hand_over(job: Job) -> None:
    """Give one job to the engine; doing so twice changes nothing."""
    facts = {
        "job_id": job.pk,
        "name": job.name,
        "key": job.key,
        "arguments": job.arguments,
        "asked_by_id": job.asked_by_id,
        "area_id": job.area_id,
    }
    queue = DBOS.retrieve_queue(QUEUE)
    if queue is None:
        raise LookupError("The engine has lost its queue.")
    with SetWorkflowID(job.run_key):
        queue.enqueue(carry_out, facts)


def settle_jobs() -> None:
    """Put right the jobs that the engine has given up or, after a restored backup, not heard of."""
    for job in Job.objects.filter(state=Job.State.STARTED):
        status = DBOS.get_workflow_status(job.run_key)
        if status is None:
            hand_over(job)
        elif status.status not in {"ENQUEUED", "PENDING", "DELAYED", "SUCCESS"}:
            words = f"The worker stopped {STARTS_UNTIL_GIVEN_UP} times while doing this job."
            records.fail_job(job.pk, words, at=clock.now())


@DBOS.workflow(name="job", max_recovery_attempts=STARTS_UNTIL_GIVEN_UP)
def carry_out(facts: dict[str, Any]) -> None:
    """Do each step of a job once and write down how it ended."""
    try:
        take_steps(Work(**facts))
    except SomeFailed as fault:
        DBOS.run_step({"name": "failed", **TO_THE_END}, mark_failed, facts, str(fault), "")
    except Exception as fault:
        DBOS.run_step({"name": "failed", **TO_THE_END}, mark_failed, facts, "", words_of(fault))
    else:
        DBOS.run_step({"name": "finished", **TO_THE_END}, mark_finished, facts)


def take_steps(work: Work) -> None:
    """Do the steps of a job in order, each with the answers of those before it."""
    kind = kind_named(work.name)
    if kind is None:
        raise JobRefused(f"This version of Forthright does not know the job “{work.name}”.")
    for place, step in enumerate(kind.steps, start=1):
        if step.each_of:
            work.answers[step.name] = take_step_for_each(step, work, done=place)
        else:
            work.answers[step.name] = take_step(step, work, name=step.name, done=place)


def take_step_for_each(step: Step, work: Work, *, done: int) -> list[Any]:
    """Do one step for each entry; where one entry fails, the others still have theirs.

    :raises SomeFailed: with the words of each failure, once all have been tried
    """
    answers, failures = [], []
    entries = work.answers[step.each_of]
    for number, one in enumerate(entries, start=1):
        name = f"{step.name}, {number} of {len(entries)}"
        try:
            answers.append(take_step(step, replace(work, one=one), name=name, done=done - 1))
        except Exception:
            kept = DBOS.run_step({"name": f"{name}: why", **TO_THE_END}, read_fault, work.job_id)
            failures.append(kept)
    if failures:
        raise SomeFailed(" ".join(failures))
    DBOS.run_step({"name": f"{step.name}, all", **TO_THE_END}, mark_step_done, work.job_id, done)
    return answers


def take_step(step: Step, work: Work, *, name: str, done: int) -> Any:
    """Do one step, again after a pause if it fails, and keep what it answers."""
    options = StepOptions(
        name=name,
        retries_allowed=True,
        max_attempts=step.tries,
        interval_seconds=step.first_wait,
        backoff_rate=step.wait_grows,
        should_retry=lambda fault: not isinstance(fault, JobRefused),
    )
    return DBOS.run_step(options, attempt_step, step, work, name, done)


def attempt_step(step: Step, work: Work, name: str, done: int) -> Any:
    """Try a step once, with database connections of its own."""
    with own_connections():
        records.begin_step(work.job_id, name)
        try:
            answer = json.loads(json.dumps(step.act(work)))
        except Exception as fault:
            log.warning("Job %s, step “%s” failed", work.key, name, exc_info=fault)
            records.note_fault(work.job_id, words_of(fault))
            raise
        records.end_step(work.job_id, done=done)
        return answer


def mark_step_done(job_id: int, done: int) -> None:
    """Write down that a step has been done for each entry."""
    with own_connections():
        records.end_step(job_id, done=done)


def mark_finished(facts: dict[str, Any]) -> None:
    """Write down that a job is finished."""
    with own_connections():
        records.finish_job(facts["job_id"], at=clock.now())


def read_fault(job_id: int) -> str:
    """Read why the step under way failed, before the next one is tried."""
    with own_connections():
        return records.words_of_fault(Job.objects.get(pk=job_id))


def mark_failed(facts: dict[str, Any], words: str, otherwise: str) -> None:
    """Write down that a job has failed, and why."""
    with own_connections():
        job = Job.objects.get(pk=facts["job_id"])
        words = words or records.words_of_fault(job) or otherwise
        records.fail_job(job.pk, words, at=clock.now())


@contextmanager
def own_connections() -> Iterator[None]:
    """Give the engine's thread a fresh database connection and close it afterwards."""
    connections.close_all()
    try:
        yield
    finally:
        connections.close_all()


def words_of(fault: Exception) -> str:
    """Return what went wrong as a sentence for people."""
    words = str(fault).strip() or f"No reason was given ({type(fault).__name__})"
    return words if words.endswith((".", "?", "!")) else f"{words}."
