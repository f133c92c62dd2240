"""Shows that this worker lives, and notices when another one does not."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from forthright.web.models import WorkerBeat

SECONDS_BETWEEN_BEATS = 3
BEATS_UNTIL_LOST = 10


class TakenOver(Exception):
    """Another worker has taken this one's work, or started under its name."""


@dataclass
class Silence:
    """How many of our own beats have passed since another worker's last."""

    sign: tuple[str, int]
    beats: int = 0


def show_start(executor: str, start: str, *, at: datetime) -> None:
    """Announce a worker that has just started."""
    WorkerBeat.objects.update_or_create(
        executor=executor,
        defaults={
            "start": start,
            "beats": 0,
            "started_at": at,
            "seen_at": at,
            "stopped_at": None,
            "taken_over_at": None,
        },
    )


def show_stop(executor: str, start: str, *, at: datetime) -> None:
    """Announce that a worker has stopped in good order."""
    WorkerBeat.objects.filter(executor=executor, start=start).update(stopped_at=at)


def mark_taken_over(lost: WorkerBeat, *, at: datetime) -> None:
    """Note that a lost worker's work has been taken, so that it stops should it wake."""
    WorkerBeat.objects.filter(pk=lost.pk, start=lost.start).update(taken_over_at=at)


class Watch:
    """Gives this worker's signs of life and counts the others' silence.

    Silence is counted in our own beats, not by the clock: machines' clocks differ, and a long
    import that keeps everyone from writing must not make the living look dead.
    """

    def __init__(self, executor: str, start: str) -> None:
        self.executor = executor
        self.start = start
        self.silences: dict[str, Silence] = {}

    def beat(self, *, at: datetime) -> list[WorkerBeat]:
        """Give one sign of life and return the workers that are lost.

        :raises TakenOver: if this worker must stop at once
        """
        alive = WorkerBeat.objects.filter(
            executor=self.executor, start=self.start, taken_over_at=None
        ).update(beats=F("beats") + 1, seen_at=at)
        if not alive:
            raise TakenOver(f"Another worker has taken over the work of {self.executor}.")
        others = WorkerBeat.objects.exclude(executor=self.executor).filter(taken_over_at=None)
        return [other for other in others if self.is_lost(other)]

    def is_lost(self, other: WorkerBeat) -> bool:
        """Return whether another worker stopped, or has been silent for too long."""
        sign = (other.start, other.beats)
        silence = self.silences.get(other.executor)
        if silence is None or silence.sign != sign:
            self.silences[other.executor] = Silence(sign)
            return other.stopped_at is not None
        silence.beats += 1
        return silence.beats >= BEATS_UNTIL_LOST or other.stopped_at is not None
