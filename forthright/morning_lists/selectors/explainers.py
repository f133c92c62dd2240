"""Who can explain a decision in a unit now: who writes reasons there, or stands in for them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from forthright.accounts.models import Unit, User
from forthright.accounts.permissions import TABLE, Permission
from forthright.morning_lists.models import Cover
from forthright.morning_lists.selectors.covers import acting_on, away_on
from forthright.rules.words import day_words

# Whose role writes the reasons for a decision; each of them in their own unit.
EXPLAINERS = frozenset(role for role in TABLE if Permission.REASONS_WRITE in TABLE[role])


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Which of some people are away on a day, and who stands in for whom in an Area."""

    # By who is away, the cover that lets them.
    away: dict[int, Cover]
    # By unit and legal SPOC who is covered, whoever does their work and is here.
    acting: dict[tuple[int, int], User]

    def can_explain(self, person: User | None, unit_id: int) -> bool:
        """Return whether somebody can open the letters of a unit now to write the reasons."""
        if person is None or not person.is_active:
            return False
        writes_there = person.role in EXPLAINERS and person.unit_id == unit_id
        return writes_there or any(
            unit == unit_id and deputy == person for (unit, _), deputy in self.acting.items()
        )

    def is_to_remind(self, person: User | None, unit_id: int) -> bool:
        """Return whether somebody can explain a decision of a unit now and is not away."""
        return self.can_explain(person, unit_id) and not self.is_away(person)

    def is_away(self, person: User | None) -> bool:
        """Return whether somebody is known to be away."""
        return person is not None and person.pk in self.away

    def stands_in(self, person: User | None, unit_id: int) -> User | None:
        """Return who does somebody's work in a unit while they are away."""
        return self.acting.get((unit_id, person.pk)) if person is not None else None

    def away_words(self, person: User | None, unit_id: int) -> str:
        """Say until when somebody is away, and who covers for them in a unit; else nothing."""
        if person is None or person.pk not in self.away:
            return ""
        said = f"{person} is away until the end of {day_words(self.away[person.pk].last_day)}"
        deputy = self.stands_in(person, unit_id)
        covers = f"{deputy} covers for them" if deputy else "nobody covers for them here"
        return f"{said}, and {covers}"


def presence(area_id: int, people: Collection[int | None], day: date) -> Presence:
    """Return which of these people are away on a day, and who stands in for whom in the Area."""
    away = away_on({each for each in people if each is not None}, day)
    standing = acting_on(area_id, day)
    deputies = User.objects.in_bulk({each.deputy_id for each in standing})
    return Presence(
        away=away,
        acting={(each.unit_id, each.spoc_id): deputies[each.deputy_id] for each in standing},
    )


def can_be_reminded(unit: Unit, day: date) -> "QuerySet[User]":
    """Return who can explain decisions of a unit: its people who write reasons, and deputies."""
    deputies = {each.deputy_id for each in acting_on(unit.area_id, day) if each.unit_id == unit.pk}
    theirs = Q(unit=unit, role__in=EXPLAINERS) | Q(pk__in=deputies)
    return User.objects.filter(theirs, is_active=True).select_related("unit")
