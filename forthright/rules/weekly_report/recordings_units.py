"""Recordings by unit of the Area and by police unit: the stock with its forecast, and shares."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from forthright.rules.burn_down import burn_down
from forthright.rules.figures import FEWEST_FOR_A_RATE
from forthright.rules.media_backlog import RecordingFact, flow_of
from forthright.rules.weekly_report.pieces import Table
from forthright.rules.weekly_report.recordings_reach import is_before
from forthright.rules.weekly_report.register_counts import (
    POOLED_WEEKS,
    TOO_FEW,
    RegisterCounts,
    once,
)
from forthright.rules.weeks import weeks_between


@dataclass(frozen=True, slots=True)
class Grouping:
    """One way to part the recordings: the word for a part, and which one a recording is of."""

    key: str
    words: str
    of: Callable[[RecordingFact], str]

    def parted(self, recordings: Iterable[RecordingFact]) -> dict[str, list[RecordingFact]]:
        """Return the recordings of each part."""
        found: dict[str, list[RecordingFact]] = defaultdict(list)
        for each in recordings:
            found[self.of(each)].append(each)
        return found

    def key_of(self, name: str) -> str:
        """Return what the figures of a part are kept under; it stands in addresses."""
        return f"{self.key}-{re.sub(r'[^0-9A-Za-z]+', '-', name).strip('-')}"


UNITS = Grouping("unit", "unit", lambda each: each.unit)
POLICE = Grouping("police", "police unit", lambda each: each.police)


def unit_tables(counts: RegisterCounts) -> list[Table]:
    """Return the stock and the shares of each unit of the Area, then of each police unit."""
    return [table for parts in (UNITS, POLICE) for table in _tables(counts, parts)]


def _tables(counts: RegisterCounts, parts: Grouping) -> list[Table]:
    """Return two tables, the part with most in stock first."""
    weeks = weeks_between(counts.week.plus(1 - POOLED_WEEKS), counts.week)
    every = parts.parted(counts.register.recordings)
    stock, tried = parts.parted(counts.stock), parts.parted(counts.tried)
    held = parts.parted(once(each for week in weeks for each in counts.held.get(week, [])))
    unsaid = parts.parted(once(each for week in weeks for each in counts.unassessed.get(week, [])))
    names = sorted(
        {*stock, *tried, *held, *unsaid}, key=lambda name: (-len(stock.get(name, [])), name)
    )
    return [
        Table(
            caption=f"Not yet with everybody, by {parts.words}",
            columns=("Recordings", "Not received", "Median age", "Change a week",
                     "All with everybody"),
            rows=tuple(
                (name, _stock(counts, parts, name, stock.get(name, []), every[name]))
                for name in names
            ),
        ),
        Table(
            caption=f"By {parts.words}, over {POOLED_WEEKS} weeks",
            columns=("Not in playable format", "With everybody before the hearing",
                     "Hearing over, not assessed"),
            rows=tuple(
                (name, (
                    *_shares(counts, parts, name, tried.get(name, []), held.get(name, [])),
                    _never_assessed(counts, parts, name, unsaid.get(name, []), held.get(name, [])),
                ))
                for name in names
            ),
        ),
    ]  # fmt: skip


def _stock(
    counts: RegisterCounts, parts: Grouping, name: str, stock: list[RecordingFact],
    every: Sequence[RecordingFact],
) -> tuple[str, ...]:  # fmt: skip
    of = f"{counts.of_stock}, of {parts.words} {name}"
    ids = [each.id for each in stock]
    waited = [each.id for each in stock if each.received_on is None]
    key, label = parts.key_of(name), f"{parts.words.capitalize()} {name}"
    weeks = counts.whole_weeks
    # Of fewer none is forecast, so their coming and going is not counted.
    is_enough = len(stock) >= FEWEST_FOR_A_RATE
    changes = [flow_of(every, week).change for week in weeks] if is_enough else []
    ahead = burn_down(len(stock), changes)
    over = f"{of}, and how they came and went in {len(weeks)} whole weeks"
    return (
        counts.count(f"{key}-stock", f"{label}: not yet with everybody", ids, n=len(ids), of=of),
        counts.count(f"{key}-waited", f"{label}: not received", waited, n=len(ids), of=of),
        counts.say(f"{key}-age", f"{label}: median age", counts.middle_age(stock), ids, of=of),
        counts.say(
            f"{key}-change", f"{label}: average change a week",
            f"{ahead.change:+.1f}" if ahead else TOO_FEW, ids, of=over,
        ),
        counts.say(
            f"{key}-cleared", f"{label}: all with everybody",
            ahead.words if ahead else TOO_FEW, ids, of=over,
        ),
    )  # fmt: skip


def _shares(
    counts: RegisterCounts, parts: Grouping, name: str, tried: list[RecordingFact],
    relied: list[RecordingFact],
) -> tuple[str, str]:  # fmt: skip
    key, label = parts.key_of(name), f"{parts.words.capitalize()} {name}"
    before = [each.id for each in relied if is_before(each, counts.register.early_days)]
    return (
        counts.rate(
            f"{key}-unplayable", f"{label}: not in playable format",
            counts.unplayable(tried), of=tried,
            population=f"{counts.of_tried}, of {parts.words} {name}",
        ),
        counts.rate(
            f"{key}-before", f"{label}: with everybody before the hearing", before, of=relied,
            population=f"recordings relied on, hearings of {POOLED_WEEKS} weeks, of {parts.words} "
            f"{name}",
        ),
    )  # fmt: skip


def _never_assessed(
    counts: RegisterCounts, parts: Grouping, name: str, unsaid: list[RecordingFact],
    relied: list[RecordingFact],
) -> str:  # fmt: skip
    ids = [each.id for each in unsaid]
    return counts.count(
        f"{parts.key_of(name)}-unassessed",
        f"{parts.words.capitalize()} {name}: hearing over, not assessed", ids,
        n=len(ids) + len(relied),
        of=f"recordings relied on or not assessed, hearings of {POOLED_WEEKS} weeks, of "
        f"{parts.words} {name}",
    )  # fmt: skip
