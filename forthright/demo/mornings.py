"""This morning in the made-up Area: who covers, who was reminded, what came in with nobody to tell.

Everything but the new decisions is done through the product.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from forthright.accounts.models import Role, Unit, User
from forthright.cases.models import Case, Decision, Defendant, PersonToTell
from forthright.demo.loading import Loaded
from forthright.demo.names import FAMILY, GIVEN
from forthright.demo.writing import write_todays_letters
from forthright.morning_lists.selectors.awaiting import (
    days_around,
    not_sent,
    unexplained,
)
from forthright.morning_lists.selectors.digests import USUAL_HOUR
from forthright.morning_lists.services.covering import NewCover, name_deputy
from forthright.morning_lists.services.digests import choose_digest
from forthright.morning_lists.services.handing_over import hand_over_letter
from forthright.morning_lists.services.reminding import remind_of_explanation
from forthright.rules.words import local, moment_at
from forthright.schemes.models import Duty
from forthright.schemes.selectors import calendar_of
from forthright.schemes.services import StageTimes, open_duties

# Of a standard letter's five working days so many are over, so that some are due today.
WORKING_DAYS_BACK = (5, 5, 5, 4, 4, 3, 2)
WITHOUT_ANYBODY, REMINDED, HANDED_OVER = 2, 2, 2
AWAY = timedelta(days=4)


@transaction.atomic
def begin_the_day(loaded: Loaded, *, seed: int, until: datetime) -> None:
    """Write today's letters, let one legal SPOC be away and covered, and another work the list."""
    write_todays_letters(loaded, seed=seed, until=until)
    chance = Random(f"morning {seed}")
    unit = loaded.units[Unit.Kind.CROWN_COURT]
    spocs = [each for each in loaded.people[Role.LEGAL_SPOC] if each.unit_id == unit.pk]
    prosecutors = [each for each in loaded.people[Role.PROSECUTOR] if each.unit_id == unit.pk]
    here, away = spocs
    decided = Decided(loaded, unit, chance, until)
    for number in range(WITHOUT_ANYBODY):
        decided.decide(1, prosecutors[number])
    owed = [
        decided.with_victim(decided.decide(back, chance.choice(prosecutors)))
        for back in WORKING_DAYS_BACK
    ]
    open_duties(owed, by=None, at=until, times=_times)
    today = local(until).date()
    cover = NewCover(spoc=away, deputy=prosecutors[-1], first_day=today, last_day=today + AWAY)
    name_deputy(unit, cover, by=away, at=until)
    choose_digest(is_wanted=True, hour=USUAL_HOUR, by=here, at=until)
    _work(unit, here, loaded.people[Role.VICTIM_LIAISON_OFFICER], until)


def _work(unit: Unit, spoc: User, officers: list[User], until: datetime) -> None:
    """Remind of some explanations, and hand some letters over to an officer who has time."""
    rows = not_sent(unit).select_related("area", "unit").order_by("-due_on", "pk")
    # Whoever decided and works elsewhere cannot open the letter, so nobody reminds them of it.
    waiting = unexplained(rows).filter(
        decision__made_by__unit=unit, decision__made_by__is_active=True
    )
    decisions: set[int] = set()
    for duty in waiting:
        if len(decisions) < REMINDED and duty.decision_id not in decisions:
            remind_of_explanation(duty, by=spoc, at=until)
            decisions.add(duty.decision_id)
    to_draft = rows.filter(explained_at__isnull=False, drafted_at=None, approved_at=None)
    for number, duty in enumerate(to_draft[:HANDED_OVER]):
        hand_over_letter(duty, officers[-1 - number], by=spoc, at=until)


def _times(duty: Duty) -> StageTimes:
    """Say that the Victim Liaison Unit was told, and of every second decision why it was made."""
    told = duty.decided_at + timedelta(minutes=40)
    is_explained = duty.case_id % 2 == 0
    return StageTimes(
        told_at=told, explained_at=told + timedelta(hours=1) if is_explained else None
    )


@dataclass
class Decided:
    """Adds decisions of the last working days to a unit."""

    loaded: Loaded
    unit: Unit
    chance: Random
    until: datetime

    def decide(self, back: int, prosecutor: User) -> Decision:
        """Add a decision of so many working days ago, in a new case."""
        area, chance = self.loaded.area, self.chance
        day = local(self.until).date()
        for _ in range(back):
            day = days_around(day, calendar_of(area)).before
        number = Case.objects.filter(area=area, urn__startswith="20ZZ").count() + 1
        case = Case.objects.create(
            area=area, unit=self.unit, urn=f"20ZZ{number:05}{day:%y}",
            lead_offence="Criminal damage",
        )  # fmt: skip
        defendant = Defendant.objects.create(
            case=case, key="1", given_names=chance.choice(GIVEN),
            family_name=chance.choice(FAMILY),
        )  # fmt: skip
        return Decision.objects.create(
            area=area, case=case, defendant=defendant, key="1", kind=Decision.Kind.DISCONTINUED,
            made_at=moment_at(day, None) + timedelta(hours=chance.randint(10, 15)),
            made_by=prosecutor, made_by_name=prosecutor.full_name,
        )  # fmt: skip

    def with_victim(self, decision: Decision) -> Decision:
        """Add somebody who is to be told of a decision."""
        PersonToTell.objects.create(
            case=decision.case, key="1", given_names=self.chance.choice(GIVEN),
            family_name=self.chance.choice(FAMILY), entitlement="STANDARD",
            entitlement_because="Recorded in the extract", address="12 Mill Lane, Worcester",
        )  # fmt: skip
        return decision
