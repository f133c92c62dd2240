"""Changes how long each step of a letter may take in an Area."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.morning_lists import policies
from forthright.morning_lists.models import AllowanceEdition
from forthright.morning_lists.selectors.allowances import (
    allowances_of,
    allowances_stamp,
    editions_of,
)
from forthright.rules.stage_allowances import AllowanceRefused, check_allowances
from forthright.rules.words import day_of, local
from forthright.rules.written import cleaned, reason_in
from forthright.web.meanwhile import by_whom, check_unchanged


@dataclass(frozen=True, kw_only=True)
class NewAllowances:
    """An Area's own numbers by their names, who decided them and why."""

    values: Mapping[str, int]
    source: str
    reason: str


@transaction.atomic
def change_allowances(
    area: Area, new: NewAllowances, *, by: User | None, at: datetime, opened: str | None = None
) -> AllowanceEdition:
    """Add an edition in which these numbers are the Area's own; the edition before is kept.

    A number given again as it is becomes confirmed.

    :raises NotAllowed: if this person may not change the settings
    :raises ChangedMeanwhile: if somebody changed them since the page was opened
    :raises AllowanceRefused: if they do not hold together, or nobody says why or who decided
    """
    policies.check_can_change_allowances(by, area)
    Area.objects.select_for_update().get(pk=area.pk)
    newest = editions_of(area).first()
    check_unchanged(opened, allowances_stamp(newest), by_whom(newest, "morning.allowances_changed"))
    now = allowances_of(area)
    if not cleaned(new.source) or not reason_in(new.reason):
        raise AllowanceRefused("Say why the settings change, and who decided it.")
    check_allowances({name: new.values.get(name, now[name]) for name in now.allowances})
    own = dict(newest.allowances) if newest else {}
    own |= {
        name: {
            "value": value,
            "source": cleaned(new.source),
            "in_force_from": day_of(local(at)).isoformat(),
        }
        for name, value in new.values.items()
    }
    kept = AllowanceEdition.objects.create(
        area=area, version=newest.version + 1 if newest else 2, allowances=own,
        reason=reason_in(new.reason), made_at=at, made_by=by,
    )  # fmt: skip
    audit.record("morning.allowances_changed", kept, by=by, at=at, allowances=dict(new.values))
    return kept
