"""Who is away on a day and until when, and who does their work in a unit meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from forthright.accounts.covering import away_until, covers_acting
from forthright.accounts.models import User
from forthright.rules.words import day_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Who of an Area is away on a day, and who stands in for whom."""

    # By who is away, their last day away.
    away: Mapping[int, date]
    # By unit and legal SPOC who is covered, whoever does their work and is here.
    acting: Mapping[tuple[int, int], User]

    def is_away(self, person: User | None) -> bool:
        """Return whether somebody is known to be away."""
        return person is not None and person.pk in self.away

    def stands_in(self, person: User | None, unit_id: int) -> User | None:
        """Return who does somebody's work in a unit while they are away."""
        return self.acting.get((unit_id, person.pk)) if person is not None else None

    def deputies_in(self, unit_id: int) -> list[User]:
        """Return who stands in for a legal SPOC of a unit and is here."""
        return [deputy for (unit, _), deputy in self.acting.items() if unit == unit_id]

    def away_words(self, person: User | None, unit_id: int) -> str:
        """Say until when somebody is away, and who covers for them in a unit; else nothing."""
        if person is None or person.pk not in self.away:
            return ""
        said = f"{person} is away until the end of {day_words(self.away[person.pk])}"
        deputy = self.stands_in(person, unit_id)
        covers = f"{deputy} covers for them" if deputy else "nobody covers for them here"
        return f"{said}, and {covers}"


def presence(area_id: int, day: date) -> Presence:
    """Return who of an Area is away on a day, and who stands in for whom in it."""
    standing = covers_acting(area_id, day)
    deputies = User.objects.in_bulk({each.deputy_id for each in standing})
    return Presence(
        away=away_until(area_id, day),
        acting={(each.unit_id, each.spoc_id): deputies[each.deputy_id] for each in standing},
    )
