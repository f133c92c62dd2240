"""What of the schedules of a period went back to the police, all and by unit of the police."""

from collections.abc import Sequence
from dataclasses import dataclass

from forthright.rules.by_case import by_case, counts_by_case, keep_rate
from forthright.rules.clustered import Clustered
from forthright.rules.figures import Proportion
from forthright.rules.medians import median_words
from forthright.rules.weekly_report.pieces import Ledger

UNIT_NOT_KNOWN = "unit not known"
# Said in each population: what was taken back is no decision, until it is decided on again.
TAKEN_BACK = "without returns that were taken back as a mistake"


@dataclass(frozen=True, slots=True)
class ReturnFacts:
    """One delivery that was decided on in the month; the days until it was mended, if it was."""

    key: int
    case: int
    unit: str
    is_returned: bool
    days: int | None = None
    # The police answered it so that the schedules stand as they came: nothing was to be mended.
    is_accepted: bool = False
    # The case ended for every defendant before it was mended: nobody waits for it any more.
    is_over: bool = False


def count_returns(ledger: Ledger, period: str, deliveries: Sequence[ReturnFacts]) -> None:
    """Count for all, and for each unit of the police, what went back and until when."""
    of = f"deliveries of schedules decided on in {period}, {TAKEN_BACK}"
    _count_returned(ledger, 0, "", deliveries, of)
    units = sorted({each.unit for each in deliveries if each.unit})
    unknown = [each for each in deliveries if not each.unit]
    for place, unit in enumerate(units, 1):
        rows = [each for each in deliveries if each.unit == unit]
        population = f"deliveries of schedules of {unit} decided on in {period}, {TAKEN_BACK}"
        _count_returned(ledger, place, unit, rows, population, others=len(unknown))
    if unknown:
        population = f"{of} of which nobody recorded the police unit"
        _count_returned(
            ledger, len(units) + 1, UNIT_NOT_KNOWN, unknown, population, others=len(unknown)
        )


def _count_returned(
    ledger: Ledger, place: int, unit: str, rows: Sequence[ReturnFacts], of: str, *, others: int = 0
) -> None:
    """Keep how many deliveries went back, and the days until they were mended.

    A return names a unit and what was adequate may not have, so where the unit of some deliveries
    is not known no unit has a share: it would be that of those returned alone.

    What nobody waits for any more, as the case ended first, is neither quick nor slow: counted as
    the latest it would be held against a unit for good, and with its days so far it would look
    mended. It is left out of the days, which the population says; so it is taken that cases do not
    end because schedules are mended late.
    """
    back = [each for each in rows if each.is_returned]
    name = f": {unit}" if unit else ""
    key, label = f"returned_{place}", f"Returned to the police{name}"
    if others:
        why = f"no share: the unit of {others:,} is not known"
        ledger.told(
            key, label, f"{len(back):,} of {len(rows):,} ({why})", [each.key for each in back],
            population=of, record_kind="delivery",
        )  # fmt: skip
    else:
        keep_rate(
            ledger, (key, label), ([each.key for each in back], [each.key for each in rows]),
            _by_case(back, rows), population=of, record_kind="delivery",
        )  # fmt: skip
    to_mend = [each for each in back if not each.is_accepted and not each.is_over]
    over = sum(each.is_over for each in back)
    stand = len(back) - len(to_mend) - over
    less = f", without {stand:,} that stand as the police answered" if stand else ""
    if over:
        less += f", without {over:,} whose case ended for everybody before they were mended"
    days = [each.days for each in to_mend if each.days is not None]
    ledger.told(
        f"turnaround_{place}", f"Days until it was mended, the median{name}",
        median_words(days, by=_by_case((), to_mend), waiting=len(to_mend) - len(days),
                     not_yet="not mended"),
        [each.key for each in to_mend],
        population=f"{of}, returned{less}; a new version counts from when the police handed it in, "
        "or the unit had it checked that brought it in",
        record_kind="delivery",
    )  # fmt: skip


def _by_case(met: Sequence[ReturnFacts], of: Sequence[ReturnFacts]) -> Clustered | None:
    """Return the share by case: a new version of what went back is of the same case."""
    shared = counts_by_case(*([each.case for each in rows] for rows in (met, of)))
    return by_case(Proportion(len(met), len(of)), shared, things="deliveries")
