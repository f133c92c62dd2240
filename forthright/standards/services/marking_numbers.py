"""Adopts an Area's own edition of the numbers that second marks and leniency are governed by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.rules.second_mark_numbers import (
    NumbersRefused,
    numbers_adopted,
    numbers_as_kept,
    published_second_mark_numbers,
)
from forthright.rules.words import date_words
from forthright.rules.written import reason_in
from forthright.standards import policies
from forthright.standards.models import MarkingNumbers
from forthright.standards.selectors.marking_numbers import newest_numbers, numbers_of
from forthright.web.meanwhile import by_whom, check_unchanged


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersDraft:
    """The numbers as somebody wants them, from when, who decided it, and why."""

    values: Mapping[str, int]
    in_force_from: date
    source: str
    is_confirmed: bool
    reason: str


@transaction.atomic
def adopt_marking_numbers(
    area: Area, draft: NumbersDraft, *, by: User | None, at: datetime, opened: str | None = None
) -> MarkingNumbers:
    """Add an edition of the numbers; what was chosen or found before it stays as it is.

    `opened` is the edition that the page was made from; without one, nothing is asked.

    :raises NotAllowed: if this person may not change the numbers
    :raises ChangedMeanwhile: if another edition was adopted since the page was opened
    :raises NumbersRefused: if it says no reason, changes nothing, or begins before the last
    """
    area = Area.objects.select_for_update().get(pk=area.pk)
    policies.check_can_change_numbers(by, area)
    last = newest_numbers(area)
    check_unchanged(opened, stamp_of_numbers(last), by_whom(last, "marking_numbers.adopted"))
    if not reason_in(draft.reason) or not reason_in(draft.source):
        raise NumbersRefused("Say why the numbers change, and who decided it.")
    if last is not None and draft.in_force_from < last.in_force_from:
        raise NumbersRefused(
            f"The last edition is in force from {date_words(last.in_force_from)}. A new one "
            "cannot begin before that."
        )
    number = last.number + 1 if last else 1
    numbers = numbers_adopted(
        numbers_of(last) if last else published_second_mark_numbers(), draft.values,
        version=f"the Area’s edition {number}", source=draft.source,
        confirmed=draft.is_confirmed, in_force_from=draft.in_force_from,
    )  # fmt: skip
    kept = MarkingNumbers.objects.create(
        area=area, number=number, in_force_from=draft.in_force_from,
        numbers=numbers_as_kept(numbers), reason=reason_in(draft.reason), made_at=at, made_by=by,
    )  # fmt: skip
    audit.record("marking_numbers.adopted", kept, by=by, at=at, number=number,
                 in_force_from=draft.in_force_from, values=dict(draft.values))  # fmt: skip
    return kept


def stamp_of_numbers(last: MarkingNumbers | None) -> str:
    """Return the stamp of the edition that a page is made from."""
    return str(last.number) if last else "0"
