"""Who had to have what is relied on, on days of the past, as it was recorded by a moment."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from forthright.cases.models import Defendant
from forthright.hard_media.models import Representation
from forthright.hard_media.selectors.defendants import firm_key
from forthright.hard_media.selectors.ended import with_end
from forthright.rules.firm_days import day_by
from forthright.rules.media_ended import is_out, is_owed_no_more
from forthright.rules.media_facts import COURT
from forthright.rules.media_history import Known, known_by
from forthright.rules.media_parties import present_on


@dataclass(frozen=True, slots=True)
class FirmThen:
    """Who represents a defendant from a day on, or that nobody does."""

    id: int
    key: str
    starts_on: date
    is_alone: bool
    recorded_at: datetime
    # When its first day was put right, with the day that stood before.
    changes: Sequence[tuple[datetime, date]] = ()
    # When it was said to be recorded by mistake.
    mistake_at: datetime | None = None

    def starts_by(self, moment: datetime) -> date:
        """Return since when it had the case, as it was recorded by a moment."""
        return day_by(self.starts_on, self.changes, moment)


@dataclass(frozen=True, slots=True)
class DefendantThen:
    """A defendant: when it came into the record, if that was kept, and who ever represents it."""

    added_at: datetime | None
    firms: Sequence[FirmThen]
    # The day on which the case ended for them, as it was recorded by the end of what is counted.
    ended_on: date | None = None

    def firms_by(self, moment: datetime) -> list[Known[FirmThen]]:
        """Return who was recorded by a moment, since and until when as it was known then."""
        return known_by(self.firms, moment, started=lambda firm: firm.starts_by(moment))


def defendants_then(cases: Collection[int], end: datetime) -> dict[int, list[DefendantThen]]:
    """Return the defendants of some cases, by the case, with who ever represents each.

    :param end: the end of what is counted; who became a defendant later is not among them
    """
    rows = Representation.everything.filter(defendant__case__in=cases).values_list(
        "pk", "defendant_id", "starts_on", "is_unrepresented", "recorded_at", "mistake_at",
        "start_changes__changed_at", "start_changes__old_day",
    )  # fmt: skip
    changes: dict[int, list[tuple[datetime, date]]] = defaultdict(list)
    known: dict[int, tuple[int, FirmThen]] = {}
    for pk, defendant, starts, is_alone, recorded, mistake, changed_at, old in rows:
        if changed_at:
            changes[pk].append((changed_at, old))
        firm = FirmThen(pk, firm_key(pk), starts, is_alone, recorded, changes.get(pk, ()), mistake)
        known[pk] = defendant, firm
    firms: dict[int, list[FirmThen]] = defaultdict(list)
    for defendant, firm in known.values():
        firms[defendant].append(firm)
    found: dict[int, list[DefendantThen]] = {case: [] for case in cases}
    by_then = Q(added_at=None) | Q(added_at__lt=end)
    everybody = with_end(Defendant.objects.filter(by_then, case__in=cases), end)
    for pk, case, added, ended in everybody.values_list("pk", "case_id", "added_at", "ended_on"):
        found[case].append(DefendantThen(added, firms.get(pk, ()), ended))
    return found


def there_by(defendants: Sequence[DefendantThen], moment: datetime) -> list[DefendantThen]:
    """Return who was a defendant by a moment; of one whose day nobody kept it is taken so."""
    return [each for each in defendants if each.added_at is None or each.added_at < moment]


def parties_then(
    defendants: Sequence[DefendantThen], day: date, moment: datetime, end: datetime,
    *, at_hearing: bool,
) -> list[str]:  # fmt: skip
    """Return the keys of who must have what is relied on; nobody known is an empty one.

    It is who was recorded by a moment, or where nobody was, by the end of what is counted; whoever
    became a defendant only after that moment had nobody who must have had it, and so had one whose
    case had ended before the day.

    :param at_hearing: the day is that of a hearing, at which whoever's case ended on it was there;
        on any other day nothing was owed to them from the day on which it ended
    """
    there = there_by(defendants, moment)
    firms = [
        present_on(each.firms_by(moment) or each.firms_by(end), day)
        for each in there
        if not (is_out(each.ended_on, day) if at_hearing else is_owed_no_more(each.ended_on, day))
    ]
    return [
        COURT,
        *(each.firm.key if each else "" for each in firms if not (each and each.firm.is_alone)),
        *([] if there else [""]),
    ]
