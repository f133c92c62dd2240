"""What a job is made of: a name and a list of steps, each done once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from forthright.accounts.models import Area, User


@dataclass(frozen=True)
class Work:
    """What a step is told: what was asked, by whom, and what earlier steps answered."""

    job_id: int
    name: str
    key: str
    arguments: dict[str, Any]
    asked_by_id: int | None
    area_id: int | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    one: Any = None

    def asked_by(self) -> User | None:
        """Return the person who asked, or None for the calendar."""
        return User.objects.get(pk=self.asked_by_id) if self.asked_by_id else None

    def area(self) -> Area:
        """Return the Area the work is for."""
        if self.area_id is None:
            raise LookupError(f"The job {self.name} was asked for without an Area.")
        return Area.objects.get(pk=self.area_id)


@dataclass(frozen=True)
class Step:
    """One part of a job; it may be repeated after a crash, so it must be safe to repeat.

    What it answers is kept as JSON and handed to later steps under its name. With `each_of`, the
    step is done once for each entry of that earlier step's answer, with the entry as `work.one`;
    where one entry fails the others are still done, and then the job fails.
    """

    name: str
    act: Callable[[Work], Any]
    each_of: str = ""
    tries: int = 5
    first_wait: float = 2.0
    wait_grows: float = 3.0


@dataclass(frozen=True)
class Kind:
    """A sort of job: its name and its steps in order."""

    name: str
    steps: tuple[Step, ...]


def kind(name: str, *steps: Step) -> Kind:
    """Return a sort of job, refusing one whose steps cannot be told apart."""
    names = [step.name for step in steps]
    if not names or len(set(names)) != len(names):
        raise ValueError(f"The job {name} needs at least one step, each with a name of its own.")
    return Kind(name, steps)
