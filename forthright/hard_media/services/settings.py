"""Changes the Area's periods for recordings, and says which force a police partner is of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import Area, Unit, User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import ForcePartner, MediaRules, UnitMailbox
from forthright.hard_media.selectors.periods import periods_of, periods_stamp, rules_of
from forthright.rules.clock_rules import Status
from forthright.rules.marking import said_stamp
from forthright.rules.written import cleaned, reason_in
from forthright.web.meanwhile import by_whom, check_unchanged


class SettingRefused(ValueError):
    """A setting cannot be so; the message says why."""


@dataclass(frozen=True, kw_only=True)
class NewPeriods:
    """An Area's own numbers by their names, who decided them and why."""

    values: Mapping[str, int]
    source: str
    reason: str


@transaction.atomic
def change_periods(
    area: Area, new: NewPeriods, *, by: User | None, at: datetime, opened: str | None = None
) -> MediaRules:
    """Add an edition in which these numbers are the Area's own; the edition before is kept.

    A number given again as it is becomes confirmed.

    :raises NotAllowed: if this person may not change the periods
    :raises ChangedMeanwhile: if somebody changed them since the page was opened
    :raises SettingRefused: if red comes before amber, or nobody says why or who decided
    """
    policies.check_can_change_periods(by, area)
    Area.objects.select_for_update().get(pk=area.pk)
    newest = rules_of(area).first()
    check_unchanged(opened, periods_stamp(newest), by_whom(newest, "media.periods_changed"))
    now = periods_of(area)
    if not cleaned(new.source) or not reason_in(new.reason):
        raise SettingRefused("Say why the periods change, and who decided it.")
    wanted = {name: new.values.get(name, now[name]) for name in now.periods}
    if wanted["red_days"] > wanted["amber_days"]:
        raise SettingRefused("A case turns amber before it turns red: give amber more days.")
    own = dict(newest.periods) if newest else {}
    own |= {
        name: {"value": value, "source": cleaned(new.source), "status": Status.CONFIRMED}
        for name, value in new.values.items()
    }
    kept = MediaRules.objects.create(
        area=area, version=newest.version + 1 if newest else 2, periods=own,
        reason=reason_in(new.reason), made_at=at, made_by=by,
    )  # fmt: skip
    audit.record("media.periods_changed", kept, by=by, at=at, periods=dict(new.values))
    return kept


@transaction.atomic
def set_mailbox(
    unit: Unit, email: str, *, by: User | None, at: datetime, opened: str | None = None
) -> UnitMailbox:
    """Say at which address a unit is written to by whoever got a link from it; empty: at none.

    :raises NotAllowed: if this person may not change the people of the Area
    :raises ChangedMeanwhile: if somebody set another since the page was opened
    """
    policies.check_can_set_mailbox(by, unit.area)
    present = UnitMailbox.objects.select_for_update().filter(unit=unit).first()
    stands = said_stamp(present.email if present else "")
    check_unchanged(opened, stands, by_whom(present, "unit_mailbox.set"))
    kept, _ = UnitMailbox.objects.update_or_create(
        unit=unit, defaults={"area": unit.area, "email": email, "set_at": at, "set_by": by}
    )
    audit.record("unit_mailbox.set", kept, by=by, at=at, is_set=bool(email))
    return kept


@transaction.atomic
def set_force(
    person: User, force: str, *, by: User | None, at: datetime, opened: str | None = None
) -> ForcePartner:
    """Say which force a police partner is of; they see what it is asked for and nothing else.

    :raises NotAllowed: if this person may not change the people of the Area
    :raises ChangedMeanwhile: if somebody set another since the page was opened
    :raises SettingRefused: if that is no force's number
    """
    policies.check_can_set_force(by, person)
    present = ForcePartner.objects.select_for_update().filter(person=person).first()
    stands = present.force if present else ""
    check_unchanged(opened, stands, by_whom(present, "police_partner.force_set"))
    if not re.fullmatch(r"[0-9]{2}", force):
        raise SettingRefused("A force is two digits: those its case references begin with.")
    kept, _ = ForcePartner.objects.update_or_create(
        person=person,
        defaults={"area": person.area, "force": force, "set_at": at, "set_by": by},
    )
    audit.record("police_partner.force_set", kept, by=by, at=at, force=force)
    return kept
