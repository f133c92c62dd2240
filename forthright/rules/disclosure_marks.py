"""A month's disclosure as marked by a person, to stand beside what the record counts.

Only what was drawn at random gives a share; what was looked for on purpose is not in it. Quality
and being in time stay apart, and marks of two editions of the standard are never joined.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from forthright.rules.disclosure_compliance import Month
from forthright.rules.rubric import Level
from forthright.rules.timeliness import Timeliness
from forthright.rules.weekly_report.pieces import Figure, Ledger
from forthright.rules.words import count_words

VERSION = "disclosure-marks 2026.1"
# By criterion, the figure of the record that asks the same kind of question.
BESIDE = {"D1": "q1", "D2": "q2", "D5": "q3", "D7": "document"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedDisclosure:
    """One disclosure that was drawn at random and whose marks are finished."""

    # The drawn one, which its marks are opened by.
    key: int
    edition: int
    overall: str
    timeliness: str
    levels: Mapping[str, str]
    failing: str = ""

    @property
    def has_quality(self) -> bool:
        """Say whether there was anything served to mark for quality."""
        return self.overall != Level.NOT_APPLICABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A criterion of the edition that marks are counted by."""

    code: str
    title: str
    is_timeliness: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ByPeople:
    """A month as marked by people: its figures, failings, and how many marks there are."""

    figures: tuple[Figure, ...]
    failings: tuple[tuple[str, int], ...]
    drawn: int
    marked: int
    other_editions: int

    @property
    def sentence(self) -> str:
        """Say how much of what was drawn has been marked."""
        said = (
            f"{count_words(self.drawn, 'disclosure')} due in the month "
            f"{'was' if self.drawn == 1 else 'were'} drawn at random, and {self.marked:,} of them "
            f"{'has' if self.marked == 1 else 'have'} been marked."
        )
        if self.other_editions:
            said += (
                f" {self.other_editions:,} more were marked by an older edition of the standard "
                "and are not counted with these."
            )
        return said


def by_people(
    month: Month, marked: Sequence[MarkedDisclosure], *, drawn: int, asked: Sequence[Asked],
    edition: int,
) -> ByPeople:  # fmt: skip
    """Count what people's marks came to, by the newest edition that any was made by."""
    own = [each for each in marked if each.edition == edition]
    ledger = Ledger(f"disclosure edition {edition} of the standard; {VERSION}")
    of = f"disclosures due in {month.words}, drawn at random and marked"
    served = [each for each in own if each.has_quality]
    ledger.rate(
        "overall", "Fully meets the standard as a whole",
        _keys(served, lambda each: each.overall == Level.FULLY), of=_keys(served),
        population=f"{of}, served when marked", record_kind="drawn",
    )  # fmt: skip
    for each in asked:
        _count(ledger, each, own, of)
    chosen = Counter(each.failing for each in own if each.failing)
    return ByPeople(
        figures=tuple(ledger.figures.values()),
        failings=tuple(sorted(chosen.items(), key=lambda pair: (-pair[1], pair[0]))),
        drawn=drawn,
        marked=len(own),
        other_editions=len(marked) - len(own),
    )


def _count(ledger: Ledger, asked: Asked, own: Sequence[MarkedDisclosure], population: str) -> None:
    if asked.is_timeliness:
        due = [each for each in own if Timeliness(each.timeliness).is_counted]
        ledger.rate(
            asked.code.lower(), f"{asked.code} {asked.title}, by the record",
            _keys(due, lambda each: Timeliness(each.timeliness).is_met), of=_keys(due),
            population=population, record_kind="drawn",
        )  # fmt: skip
        return
    levels = [
        each for each in own
        if each.has_quality and each.levels.get(asked.code, Level.NOT_APPLICABLE)
        != Level.NOT_APPLICABLE
    ]  # fmt: skip
    ledger.rate(
        asked.code.lower(), f"{asked.code} {asked.title}: fully",
        _keys(levels, lambda each: each.levels[asked.code] == Level.FULLY), of=_keys(levels),
        population=f"{population}, where it applies", record_kind="drawn",
    )  # fmt: skip


def _keys(
    rows: Sequence[MarkedDisclosure], holds: Callable[[MarkedDisclosure], bool] = lambda _: True
) -> list[int]:
    return sorted(each.key for each in rows if holds(each))
