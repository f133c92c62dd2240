"""Names deputies for the days on which a legal SPOC is away, and ends what was named."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from forthright.accounts.models import Unit, User
from forthright.audit import services as audit
from forthright.morning_lists import policies
from forthright.morning_lists.models import Cover
from forthright.morning_lists.selectors.covers import covers_of, people_to_cover, spocs_of
from forthright.rules.words import count_words, date_words, day_of, local

# Longer than any leave: whoever is away for longer has a successor, who gets the role.
LONGEST = timedelta(days=92)


class CoverRefused(ValueError):
    """A cover that cannot be; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCover:
    """Who stands in for whom, from which day until which."""

    spoc: User
    deputy: User
    first_day: date
    last_day: date


@transaction.atomic
def name_deputy(unit: Unit, new: NewCover, *, by: User | None, at: datetime) -> Cover:
    """Let one person do a legal SPOC's work on the letters of a unit, for some days.

    :raises NotAllowed: if this person names no deputy for that SPOC
    :raises CoverRefused: if the days or the people cannot be so
    """
    policies.check_can_name_deputy(by, unit, new.spoc)
    units = {unit.pk, new.deputy.unit_id or unit.pk}
    list(Unit.objects.select_for_update().filter(pk__in=units).order_by("pk"))
    _check_people(unit, new)
    _check_days(new, day_of(local(at)))
    _check_is_first(unit, new)
    _check_deputy_is_here(new)
    cover = Cover.objects.create(
        area=unit.area, unit=unit, spoc=new.spoc, deputy=new.deputy, first_day=new.first_day,
        last_day=new.last_day, named_at=at, named_by=by,
    )  # fmt: skip
    audit.record(
        "cover.named", cover, by=by, at=at, spoc=new.spoc.pk, deputy=new.deputy.pk,
        first_day=new.first_day, last_day=new.last_day,
    )  # fmt: skip
    return cover


@transaction.atomic
def end_cover(cover: Cover, *, by: User | None, at: datetime) -> Cover:
    """End a cover now: from this moment the deputy may do no more than their own role allows.

    :raises NotAllowed: if it is not their own, and this person names no deputy for that SPOC
    :raises CoverRefused: if it has ended already
    """
    cover = Cover.objects.select_for_update(of=("self",)).select_related(
        "unit", "spoc", "deputy", "ended_by"
    ).get(pk=cover.pk)  # fmt: skip
    policies.check_can_end_cover(by, cover)
    if cover.ended_at:
        who = f" {cover.ended_by} ended it." if cover.ended_by else ""
        raise CoverRefused(f"This cover has ended already.{who}")
    if cover.last_day < day_of(local(at)):
        raise CoverRefused(f"This cover ended by itself after {date_words(cover.last_day)}.")
    cover.ended_at, cover.ended_by = at, by
    cover.save(update_fields=["ended_at", "ended_by"])
    audit.record("cover.ended", cover, by=by, at=at, deputy=cover.deputy_id)
    return cover


def _check_people(unit: Unit, new: NewCover) -> None:
    if new.spoc.pk == new.deputy.pk:
        raise CoverRefused("Nobody covers for themselves. Choose another person.")
    if not spocs_of(unit).contains(new.spoc):
        raise CoverRefused(f"{new.spoc} is no legal SPOC of {unit}, so nobody covers for them.")
    if not people_to_cover(unit).contains(new.deputy):
        raise CoverRefused(
            f"{new.deputy} cannot be a deputy: that is for the prosecutors, legal SPOCs, line "
            "managers and legal managers of the Area."
        )


def _check_days(new: NewCover, today: date) -> None:
    if new.last_day < new.first_day:
        raise CoverRefused("The last day is before the first day.")
    if new.first_day < today:
        raise CoverRefused(f"{date_words(new.first_day)} has passed. Begin today or later.")
    if new.last_day - new.first_day > LONGEST:
        days = count_words(LONGEST.days, "day")
        raise CoverRefused(
            f"A cover lasts {days} at most. Whoever does the work for longer needs the role of "
            "legal SPOC: ask an administrator."
        )


def _check_is_first(unit: Unit, new: NewCover) -> None:
    """Refuse a second deputy on a day; what was named in a unit that they left does not hold."""
    if stands := covers_of(new.spoc, new.first_day, new.last_day).filter(unit=unit).first():
        raise CoverRefused(
            f"{stands.deputy} covers from {date_words(stands.first_day)} to "
            f"{date_words(stands.last_day)} already. End that first, or choose other days."
        )


def _check_deputy_is_here(new: NewCover) -> None:
    if away := covers_of(new.deputy, new.first_day, new.last_day).first():
        raise CoverRefused(
            f"{new.deputy} is away from {date_words(away.first_day)} to "
            f"{date_words(away.last_day)}, when {away.deputy} covers for them. Choose somebody "
            "else, or other days."
        )
