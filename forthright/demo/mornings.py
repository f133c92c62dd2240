"""This morning in the made-up Area: who covers, who was reminded, what came in with nobody to tell.

Everything but the new decisions is done through the product.
"""

from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from forthright.accounts.models import Role, Unit, User
from forthright.cases.models import Case, Decision, Defendant
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
from forthright.schemes.selectors import calendar_of

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
    for number in range(WITHOUT_ANYBODY):
        _decide_with_nobody_to_tell(loaded, unit, prosecutors[number], chance, until)
    today = local(until).date()
    cover = NewCover(spoc=away, deputy=prosecutors[-1], first_day=today, last_day=today + AWAY)
    name_deputy(unit, cover, by=away, at=until)
    choose_digest(is_wanted=True, hour=USUAL_HOUR, by=here, at=until)
    _work(unit, here, loaded.people[Role.VICTIM_LIAISON_OFFICER], until)


def _work(unit: Unit, spoc: User, officers: list[User], until: datetime) -> None:
    """Remind of some explanations, and hand some letters over to an officer who has time."""
    rows = not_sent(unit).select_related("area", "unit").order_by("-due_on", "pk")
    waiting = unexplained(rows).filter(decision__made_by__isnull=False)
    decisions: set[int] = set()
    for duty in waiting:
        if len(decisions) < REMINDED and duty.decision_id not in decisions:
            remind_of_explanation(duty, by=spoc, at=until)
            decisions.add(duty.decision_id)
    to_draft = rows.filter(explained_at__isnull=False, drafted_at=None, approved_at=None)
    for number, duty in enumerate(to_draft[:HANDED_OVER]):
        hand_over_letter(duty, officers[-1 - number], by=spoc, at=until)


def _decide_with_nobody_to_tell(
    loaded: Loaded, unit: Unit, prosecutor: User, chance: Random, until: datetime
) -> None:
    """Add a decision of the last working day for which no victim is recorded."""
    area = loaded.area
    day = days_around(local(until).date(), calendar_of(area)).before
    number = Case.objects.filter(area=area, urn__startswith="20ZZ").count() + 1
    case = Case.objects.create(
        area=area, unit=unit, urn=f"20ZZ{number:05}{day:%y}", lead_offence="Criminal damage"
    )
    defendant = Defendant.objects.create(
        case=case, key="1", given_names=chance.choice(GIVEN), family_name=chance.choice(FAMILY)
    )
    Decision.objects.create(
        area=area, case=case, defendant=defendant, key="1", kind=Decision.Kind.DISCONTINUED,
        made_at=moment_at(day, None) + timedelta(hours=chance.randint(10, 16)),
        made_by=prosecutor, made_by_name=prosecutor.full_name,
    )  # fmt: skip
