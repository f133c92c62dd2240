"""Which unit a thing belongs to, however far it stands from it.

What became of a letter on its way is of the message, that of the letter, and that of the letter
owed, which has a unit.
"""

from collections import deque
from collections.abc import Iterator
from functools import cache

from django.db import models

from forthright.accounts.models import Area, Unit, User

# A person has a unit of their own, which says nothing of a thing that they did something to.
NOT_BY = (Area, Unit, User)
FARTHEST = 5  # links


def unit_of(subject: models.Model | None) -> int | None:
    """Return the unit of a thing by the shortest way on which every link is kept, or nothing."""
    if isinstance(subject, Unit):
        return subject.pk
    # Whoever asks may be given as what stands for them until they are looked up.
    for way in ways_to_unit(subject._meta.model) if subject is not None else ():
        if (unit := _at_end(subject, way)) is not None:
            return unit
    return None


@cache
def ways_to_unit(model: type[models.Model]) -> tuple[tuple[str, ...], ...]:
    """Return the links by which a thing of a kind has a unit, the shortest way first."""
    return tuple(_ways(model))


def _ways(model: type[models.Model]) -> Iterator[tuple[str, ...]]:
    waiting: deque[tuple[type[models.Model], tuple[str, ...]]] = deque([(model, ())])
    while waiting:
        at, way = waiting.popleft()
        links = [each for each in at._meta.concrete_fields if isinstance(each, models.ForeignKey)]
        for link in links:
            if link.related_model is Unit and link.name == "unit":
                yield (*way, "unit_id")
        for link in links if len(way) < FARTHEST else ():
            to = link.related_model
            if isinstance(to, type) and not issubclass(to, (*NOT_BY, at)):
                waiting.append((to, (*way, link.name)))


def _at_end(subject: models.Model | None, way: tuple[str, ...]) -> int | None:
    found: object = subject
    for link in way:
        if found is None:
            return None
        found = getattr(found, link)
    return found if isinstance(found, int) else None
