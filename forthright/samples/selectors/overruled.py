"""Stops that were overruled: whether a sample has taken the letter, and who may not mark it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import within_reach
from forthright.letters.models import Override
from forthright.samples.models import DrawnLetter, OverrideNote, Plan
from forthright.schemes.models import Duty
from forthright.standards.selectors import check_rules_of

LOOKED_AT = OverrideNote.objects.filter(override=OuterRef("pk"), what=OverrideNote.What.LOOKED_AT)
DRAWN = DrawnLetter.objects.filter(duty=OuterRef("letter__duty")).exclude(
    state=DrawnLetter.State.SUBSTITUTED
)


@dataclass(frozen=True, slots=True)
class Overruled:
    """One stop that somebody overruled, with what its rule looks for."""

    override: Override

    @property
    def rule_title(self) -> str:
        """Return what the rule wants."""
        return check_rules_of(self.override.letter.area_id).title_of(self.override.rule)


def overrides_by_letter(duties: Collection[int]) -> dict[int, list[Overruled]]:
    """Return the overruled stops of letters, the oldest first, by letter owed."""
    found: dict[int, list[Overruled]] = defaultdict(list)
    rows = _of_decision_letters(duties).select_related("made_by", "letter")
    for each in rows:
        found[each.letter.duty_id].append(Overruled(each))
    return found


def _of_decision_letters(duties: Collection[int]) -> QuerySet[Override]:
    """Return the overruled stops of the letters that are owed; samples draw no others."""
    return Override.objects.filter(letter__duty__in=duties, letter__number=1)


def overrulers_of(duties: Collection[int]) -> dict[int, set[int]]:
    """Return by letter owed who overruled a stop in it; they never mark it."""
    found: dict[int, set[int]] = {duty: set() for duty in duties}
    rows = _of_decision_letters(duties)
    for duty, person in rows.values_list("letter__duty", "made_by"):
        found[duty].add(person)
    return found


def overrides_offered(area: Area | int) -> QuerySet[Override]:
    """Return the overruled stops of sent letters that nobody looked at and no sample holds."""
    sent = Override.objects.filter(letter__area=area, letter__duty__sent_at__isnull=False)
    return sent.exclude(Exists(LOOKED_AT)).exclude(Exists(DRAWN))


def offered_letters(area: Area, at: datetime) -> dict[int, bool]:
    """Return the letters owed with such a stop, each with whether somebody asked for it."""
    rows = overrides_offered(area).filter(letter__number=1, letter__duty__sent_at__lte=at)
    asked = OverrideNote.objects.filter(override=OuterRef("pk"), what=OverrideNote.What.ASKED_FOR)
    letters: dict[int, bool] = {}
    for duty, is_asked in rows.annotate(is_asked=Exists(asked)).values_list(
        "letter__duty", "is_asked"
    ):
        letters[duty] = letters.get(duty, False) or is_asked
    return letters


def overrides_visible_to(user: User) -> QuerySet[Override]:
    """Return the overruled stops of sent letters that this person may see."""
    reached = within_reach(user, Permission.OVERRIDE_SEE, Duty.objects.all())
    rows = Override.objects.filter(
        letter__duty__in=reached.values("pk"), letter__duty__sent_at__isnull=False
    )
    return rows.select_related("made_by", "letter__duty__case", "letter__duty__unit", "version")


def offered_to(user: User) -> QuerySet[Override]:
    """Return the overruled stops that wait to be looked at and that this person may see."""
    waiting = overrides_offered(user.area_id).values("pk")
    return overrides_visible_to(user).filter(pk__in=waiting)


def override_for(user: User, override_id: int) -> Override:
    """Return an overruled stop that this person may see.

    :raises Http404: if there is none, or it is hidden from them
    """
    override = overrides_visible_to(user).filter(pk=override_id).first()
    if override is None:
        raise Http404
    return override


def note_of(override: Override) -> OverrideNote | None:
    """Return what was decided about an overruled stop, if anything."""
    return OverrideNote.objects.filter(override=override).select_related("noted_by").first()


def notes_of(overrides: Iterable[Override]) -> dict[int, OverrideNote]:
    """Return what was decided about overruled stops, by stop."""
    rows = OverrideNote.objects.filter(override__in=list(overrides)).select_related("noted_by")
    return {row.override_id: row for row in rows}


def draws_of(user: User, override: Override) -> list[DrawnLetter]:
    """Return where samples hold the letter of an overruled stop, as far as a person may see."""
    rows = DrawnLetter.objects.filter(duty=override.letter.duty_id).exclude(
        state=DrawnLetter.State.SUBSTITUTED
    )
    seen = within_reach(user, Permission.SAMPLE_SEE, rows)
    return list(seen.select_related("draw__plan").order_by("draw__week", "pk"))


def plans_that_could_take(duty: Duty) -> list[Plan]:
    """Return the plans in use that draw letters of the unit of this one."""
    plans = Plan.objects.filter(area=duty.area_id, is_active=True)
    return [plan for plan in plans if plan.unit_id in {None, duty.unit_id}]
