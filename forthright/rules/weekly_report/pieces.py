"""The pieces a report is built of; each figure carries what is needed to judge it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from forthright.rules.clustered import Clustered
from forthright.rules.figures import Proportion


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number: its words, what it is of, its interval, and the records it opens."""

    key: str
    label: str
    count: int
    n: int
    words: str
    population: str
    rules: str
    rate: float | None = None
    low: float | None = None
    high: float | None = None
    record_kind: str = "duty"
    records: tuple[int, ...] = ()
    # All that a share is of, those counted among them; a count has none.
    counted_from: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose cells name figures by key."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekValue:
    """One week on a control chart: so many of so many, and what the chart makes of it.

    `value` is None for a week with too few to give a rate: it stands in the table and is not
    drawn. `cases` is of how many cases these are, where several are of one. The interval is that of
    a share. `meaning` and `why` are empty where there is no signal.
    """

    label: str
    week: str
    count: int
    n: int
    words: str
    cases: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    meaning: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlSegment:
    """Weeks counted in one way, under one set of limits; without limits where none is drawn.

    `weeks` and `n` say what the average is made of: so many weekly values, each counting the
    same, of so many records.
    """

    rules: str
    values: tuple[WeekValue, ...]
    weeks: int = 0
    n: int = 0
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlChart:
    """A run of weekly shares, from 0 to 1, with their limits and what they say."""

    key: str
    title: str
    segments: tuple[ControlSegment, ...]
    sentence: str
    population: str
    rules: str
    noun: str = "letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Counts side by side, each with the number it is out of."""

    key: str
    title: str
    bars: tuple[tuple[str, int, int], ...]
    sentence: str


@dataclass(slots=True, kw_only=True)
class Section:
    """One part of the report: sentences first, then tables, then charts."""

    key: str
    title: str
    sentences: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    control_charts: list[ControlChart] = field(default_factory=list)
    bars: list[Bars] = field(default_factory=list)


class Ledger:
    """Keeps every figure of a report under its own key."""

    def __init__(self, rules: str) -> None:
        """Start with the version of the rules that every figure is made under."""
        self.rules = rules
        self.figures: dict[str, Figure] = {}

    def under(self, rules: str) -> "Ledger":
        """Return a ledger that keeps its figures among these, made under other rules."""
        own = Ledger(rules)
        own.figures = self.figures
        return own

    def count(
        self, key: str, label: str, of: Sequence[int], *, n: int, population: str,
        record_kind: str = "duty",
    ) -> str:  # fmt: skip
        """Keep a count of records and return its key."""
        self.figures[key] = Figure(
            key=key, label=label, count=len(of), n=n, words=f"{len(of):,}",
            population=population, rules=self.rules, record_kind=record_kind, records=tuple(of),
        )  # fmt: skip
        return key

    def told(
        self, key: str, label: str, words: str, of: Sequence[int], *, population: str,
        record_kind: str,
    ) -> str:  # fmt: skip
        """Keep what is said in words of some records, as a median, and return its key."""
        self.figures[key] = Figure(
            key=key, label=label, count=len(of), n=len(of), words=words, population=population,
            rules=self.rules, record_kind=record_kind, records=tuple(of),
        )  # fmt: skip
        return key

    def unsaid(
        self, key: str, label: str, words: str, of: Sequence[int], *, population: str,
        record_kind: str,
    ) -> str:  # fmt: skip
        """Keep why nothing is said of what came of some records, and these, and return its key."""
        self.told(key, label, words, of, population=population, record_kind=record_kind)
        self.figures[key] = replace(self.figures[key], records=(), counted_from=tuple(of))
        return key

    def rate(
        self, key: str, label: str, met: Sequence[int], *, of: Sequence[int], population: str,
        record_kind: str = "duty",
    ) -> str:  # fmt: skip
        """Keep a share with its interval, as counts only when there are fewer than ten."""
        share = Proportion(len(met), len(of))
        is_enough = share.is_enough
        interval = share.wilson() if is_enough else None
        self.figures[key] = Figure(
            key=key, label=label, count=len(met), n=len(of), words=share.words(),
            population=population, rules=self.rules,
            rate=share.rate if is_enough else None,
            low=interval.low if interval else None,
            high=interval.high if interval else None,
            record_kind=record_kind, records=tuple(met), counted_from=tuple(of),
        )  # fmt: skip
        return key

    def clustered(
        self, key: str, label: str, share: Clustered, records: tuple[Sequence[int], Sequence[int]],
        *, population: str, record_kind: str,
    ) -> str:  # fmt: skip
        """Keep a share of what comes in groups, with its interval by group, and return its key.

        `records` are those that met and all that they are of.
        """
        met, of = records
        interval = share.interval() if share.is_enough else None
        self.figures[key] = Figure(
            key=key, label=label, count=share.counts.met, n=share.counts.n, words=share.words(),
            population=population, rules=self.rules,
            rate=share.counts.rate if interval else None,
            low=interval.low if interval else None,
            high=interval.high if interval else None,
            record_kind=record_kind, records=tuple(met), counted_from=tuple(of),
        )  # fmt: skip
        return key


def as_plain(sections: Iterable[Section], ledger: Ledger, **heading: Any) -> dict[str, Any]:
    """Return the whole report as plain values that can be frozen; records are kept apart."""
    figures = {}
    for key, figure in ledger.figures.items():
        # Without its records first: there are thousands, and each would be copied.
        plain = asdict(replace(figure, records=(), counted_from=()))
        del plain["records"], plain["counted_from"]
        figures[key] = plain
    return {**heading, "sections": [asdict(part) for part in sections], "figures": figures}


def records_of(ledger: Ledger) -> dict[str, list[int]]:
    """Return the records behind each figure, and beside those of a share all that it is of."""
    records = {}
    for key, figure in ledger.figures.items():
        records[key] = list(figure.records)
        if figure.counted_from:
            records[population_key(key)] = list(figure.counted_from)
    return records


def population_key(key: str) -> str:
    """Return the key under which all that a share is of is kept; no figure has it."""
    return f"{key}:counted-from"
