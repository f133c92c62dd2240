"""Who wants the morning list by e-mail and when, and what the e-mail says."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Q
from django.urls import reverse

from forthright.accounts.covering import let_cover
from forthright.accounts.models import Area, Unit, User
from forthright.morning_lists.models import Digest, DigestChoice
from forthright.morning_lists.selectors.covers import (
    acting_on,
    covering_on,
    own_units,
    units_with_list,
)
from forthright.morning_lists.selectors.morning import MorningList, morning_list
from forthright.rules.words import day_of, day_words, local, time_words

# The worker looks each half hour.
HOURS = tuple(time(hour, minute) for hour in range(6, 12) for minute in (0, 30))
USUAL_HOUR = time(8)


@dataclass(frozen=True, slots=True)
class Covered:
    """A deputy, and what whoever they cover chose about the e-mail."""

    deputy_id: int
    choice: DigestChoice


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestWords:
    """An e-mail about a person's morning lists: counts and links, and nobody's name but theirs."""

    subject: str
    body: str


def choice_of(user: User) -> DigestChoice | None:
    """Return what a person chose about the e-mail, or None while they chose nothing."""
    return DigestChoice.objects.filter(person=user.pk).first()


def choice_words(choice: DigestChoice | None) -> str:
    """Say what a person chose."""
    if choice is None or not choice.is_wanted:
        return "This list does not come to you by e-mail."
    return f"This list comes to you by e-mail at {time_words(choice.hour)} on working days."


def email_words(user: User, now: datetime) -> str:
    """Say when the list comes to a person: as they chose, or while they cover as it was chosen."""
    choice = choice_of(user)
    for covered in [] if choice else _chosen_by_covered(user.area_id, now):
        if covered.deputy_id == user.pk:
            return (
                f"While you cover for {covered.choice.person}, this list comes to you by e-mail at "
                f"{time_words(covered.choice.hour)}, as it does to them."
            )
    return choice_words(choice)


def last_sent(user: User) -> Digest | None:
    """Return the newest e-mail that went to a person."""
    return Digest.objects.filter(person=user.pk, sent_at__isnull=False).first()


def wanting_now(area: Area, now: datetime) -> list[User]:
    """Return who is to have the e-mail of today by now and was not asked for it yet.

    A deputy who chose nothing has it at the time of whom they cover, on the days of the cover.
    """
    here = local(now)
    rows = User.objects.filter(area=area, is_active=True).exclude(
        pk__in=Digest.objects.filter(on=day_of(here)).values("person")
    )
    wanted = DigestChoice.objects.filter(is_wanted=True, hour__lte=here.time())
    deputies = {
        each.deputy_id
        for each in _chosen_by_covered(area.pk, now)
        if each.choice.hour <= here.time()
    } - set(DigestChoice.objects.filter(person__area=area).values_list("person", flat=True))
    is_due = Q(pk__in=wanted.values("person")) | Q(pk__in=deputies)
    return list(rows.filter(is_due).order_by("pk"))


def units_of_list(user: User) -> list[Unit]:
    """Return the units whose lists a person works with: their own work, or their own unit."""
    own = own_units(user)
    if own or user.unit_id is None:
        return own
    return list(units_with_list(user).filter(pk=user.unit_id).select_related("area"))


def digest_words(user: User, now: datetime, site: str) -> DigestWords | None:
    """Return the e-mail for a person as it stands now; None where they have no list today."""
    let_cover(user, covering_on(user, day_of(local(now))))
    units = units_of_list(user)
    if not units:
        return None
    today = day_words(day_of(local(now)))
    lists = [_words_of(morning_list(unit, now), site) for unit in units]
    choose = f"{site}{reverse('morning_lists:digest')}"
    return DigestWords(
        subject=f"Your morning list, {today}",
        body=f"Hello {user},\n\n{''.join(lists)}Change when this comes, or end it:\n{choose}\n\n"
        "Forthright\n",
    )


def _words_of(found: MorningList, site: str) -> str:
    address = f"{site}{reverse('morning_lists:unit', args=[found.unit.pk])}"
    parts = [f"- {part.heading}: {part.number_words}\n" for part in found.sections if part.number]
    return f"{found.unit}: {found.waits_words}\n{''.join(parts)}{address}\n\n"


def _chosen_by_covered(area_id: int, now: datetime) -> list[Covered]:
    """Return today's deputies, each with what whom they cover chose, who wants the e-mail.

    Where a deputy is away too, it is whoever does their work in the unit.
    """
    covers = acting_on(area_id, day_of(local(now)))
    chosen = DigestChoice.objects.filter(
        person__in=[each.spoc_id for each in covers], is_wanted=True
    )
    by_spoc = {each.person_id: each for each in chosen.select_related("person")}
    return [
        Covered(each.deputy_id, by_spoc[each.spoc_id]) for each in covers if each.spoc_id in by_spoc
    ]
