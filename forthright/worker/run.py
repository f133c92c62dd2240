"""Keeps one worker going: starts what was asked, reads the calendar, watches the others."""

import fcntl
import logging
import os
import re
import signal
import socket
import threading
import time
import uuid
from pathlib import Path
from typing import IO, NoReturn

from django.conf import settings
from django.db import Error, close_old_connections

from forthright.audit import services as audit
from forthright.web import clock
from forthright.web.work_folders import remove_left_folders
from forthright.worker import beats, engine, records
from forthright.worker.bindings import all_schedules

log = logging.getLogger("forthright.worker")

SECONDS_BETWEEN_ROUNDS = 1.0
SECONDS_BETWEEN_SETTLINGS = 15
SECONDS_BETWEEN_HEADS = 60
SECONDS_OF_GRACE = 5
STOPPED, REPLACED = 0, 3


class NameInUse(Exception):
    """A worker of the same name already runs on this machine."""


def executor_name() -> str:
    """Return the name under which this worker's unfinished work is found again."""
    if settings.EXECUTOR:
        return re.sub(r"[^A-Za-z0-9._-]", "-", settings.EXECUTOR)[:80]
    kept = Path(settings.HOME) / "worker_name"
    if not kept.exists():
        kept.write_text(re.sub(r"[^A-Za-z0-9._-]", "-", socket.gethostname())[:80] + "\n")
    return kept.read_text().strip()


def hold_name(executor: str) -> IO[str]:
    """Hold the name while this process lives; the system lets go of it however we die.

    :raises NameInUse: if another process holds it
    """
    held = (Path(settings.HOME) / f"worker-{executor}.lock").open("w")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held.close()
        raise NameInUse(
            f"A worker called {executor} already runs here. To run a second one, give it a name "
            "of its own in FORTHRIGHT_EXECUTOR."
        ) from None
    return held


def run_worker() -> NoReturn:
    """Do background work until told to stop, then end the process.

    :raises NameInUse: if a worker of the same name already runs here
    """
    executor = executor_name()
    held = hold_name(executor)
    remove_left_folders()
    stopping = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stopping.set())
    worker = Worker(executor)
    worker.start()
    try:
        worker.work_until(stopping)
    except beats.TakenOver as reason:
        # Steps under way must not go on beside the worker that has them now.
        log.error("%s Stopping at once.", reason)
        os._exit(REPLACED)
    worker.stop()
    logging.shutdown()
    held.flush()
    # Python would wait for a step under way to end; it goes on at the next start instead.
    os._exit(STOPPED)


class Worker:
    """One running worker."""

    def __init__(self, executor: str) -> None:
        self.executor = executor
        self.start_mark = uuid.uuid4().hex
        self.watch = beats.Watch(executor, self.start_mark)
        self.next_beat = 0.0
        self.next_settling = 0.0
        self.next_head = 0.0

    def start(self) -> None:
        """Announce the worker and start the engine."""
        beats.show_start(self.executor, self.start_mark, at=clock.now())
        engine.launch(self.executor)
        log.info("Worker %s is ready", self.executor)

    def work_until(self, stopping: threading.Event) -> None:
        """Go round until told to stop.

        :raises TakenOver: if another worker has this one's work
        """
        while not stopping.is_set():
            try:
                self.go_round()
            except (Error, *engine.FAULTS) as fault:
                # The database is away or busy: what we do is safe to repeat, so wait for it.
                log.warning("The database did not answer, trying again: %s", fault)
            stopping.wait(SECONDS_BETWEEN_ROUNDS)

    def go_round(self) -> None:
        """Give a sign of life, read the calendar, start what was asked, keep the record's head."""
        close_old_connections()
        if time.monotonic() >= self.next_beat:
            self.next_beat = time.monotonic() + beats.SECONDS_BETWEEN_BEATS
            self.watch_others()
            for schedule in all_schedules():
                records.ask_scheduled(schedule, at=clock.now())
        engine.start_asked_jobs()
        if time.monotonic() >= self.next_settling:
            self.next_settling = time.monotonic() + SECONDS_BETWEEN_SETTLINGS
            engine.settle_jobs()
        if time.monotonic() >= self.next_head:
            self.next_head = time.monotonic() + SECONDS_BETWEEN_HEADS
            audit.keep_head(at=clock.now())

    def watch_others(self) -> None:
        """Give a sign of life and take over from the workers that gave none."""
        for lost in self.watch.beat(at=clock.now()):
            taken = engine.take_over(lost.executor)
            beats.mark_taken_over(lost, at=clock.now())
            log.warning("Took over %s jobs of worker %s, which is gone", taken, lost.executor)

    def stop(self) -> None:
        """Stop in good order: finished steps are kept, the rest goes on at the next start."""
        log.info("Worker %s is stopping", self.executor)
        engine.stop(grace=SECONDS_OF_GRACE)
        beats.show_stop(self.executor, self.start_mark, at=clock.now())
        log.info("Worker %s has stopped", self.executor)
