"""Changes the Area's periods for recordings, and says which force a police partner is of."""

import re
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import ForcePartner, MediaRules
from forthright.hard_media.selectors.periods import periods_of, rules_of
from forthright.rules.clock_rules import Status
from forthright.rules.written import cleaned, reason_in


class SettingRefused(ValueError):
    """A setting cannot be so; the message says why."""


@transaction.atomic
def change_periods(
    area: Area, values: Mapping[str, int], *, source: str, reason: str, by: User | None,
    at: datetime,
) -> MediaRules:  # fmt: skip
    """Add an edition in which these numbers are the Area's own; the edition before is kept.

    A number given again as it is becomes confirmed.

    :raises NotAllowed: if this person may not change the periods
    :raises SettingRefused: if red comes before amber, or nobody says why or who decided
    """
    policies.check_can_change_periods(by, area)
    Area.objects.select_for_update().get(pk=area.pk)
    now = periods_of(area)
    if not cleaned(source) or not reason_in(reason):
        raise SettingRefused("Say why the periods change, and who decided it.")
    wanted = {name: values.get(name, now[name]) for name in now.periods}
    if wanted["red_days"] > wanted["amber_days"]:
        raise SettingRefused("A case turns amber before it turns red: give amber more days.")
    newest = rules_of(area).first()
    own = dict(newest.periods) if newest else {}
    own |= {
        name: {"value": value, "source": cleaned(source), "status": Status.CONFIRMED}
        for name, value in values.items()
    }
    kept = MediaRules.objects.create(
        area=area, version=newest.version + 1 if newest else 2, periods=own,
        reason=cleaned(reason), made_at=at, made_by=by,
    )  # fmt: skip
    audit.record("media.periods_changed", kept, by=by, at=at, periods=dict(values))
    return kept


@transaction.atomic
def set_force(person: User, force: str, *, by: User | None, at: datetime) -> ForcePartner:
    """Say which force a police partner is of; they see what it is asked for and nothing else.

    :raises NotAllowed: if this person may not change the people of the Area
    :raises SettingRefused: if that is no force's number
    """
    policies.check_can_set_force(by, person)
    if not re.fullmatch(r"[0-9]{2}", force):
        raise SettingRefused("A force is two digits: those its case references begin with.")
    kept, _ = ForcePartner.objects.update_or_create(
        person=person,
        defaults={"area": person.area, "force": force, "set_at": at, "set_by": by},
    )
    audit.record("police_partner.force_set", kept, by=by, at=at, force=force)
    return kept
