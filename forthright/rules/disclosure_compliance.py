"""How a month's disclosure complied: the inspectors' kinds of question, case by case, and shares.

Quality and timeliness are marked apart and never joined. The exact words of the inspectors'
questions could not be found in public, so the questions here are ours, of the same kinds.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import chain, islice

from forthright.rules.by_case import by_case, counts_of_kinds, keep_rate, kinds_by_case
from forthright.rules.clustered import Clustered
from forthright.rules.disclosure_judged import Alike, DutyFacts, MarkedDuty, worst_first
from forthright.rules.disclosure_returns import ReturnFacts, count_returns
from forthright.rules.figures import Proportion
from forthright.rules.medians import median_words
from forthright.rules.rubric import Level
from forthright.rules.weekly_report.pieces import Figure, Ledger
from forthright.rules.words import count_words

RULES = "disclosure-compliance 2026.8"
# Years of which the days before and after a month can be named.
YEARS = range(1900, 2200)
# How many of the cases with several duties have them in these groups, by the groups’ places.
Several = Counter[tuple[int, ...]]
PATTERN = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


class NotAMonth(ValueError):
    """The text does not name a month."""


@dataclass(frozen=True, slots=True, order=True)
class Month:
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        """Return the month in which a day lies."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02d}"

    @property
    def words(self) -> str:
        """Say the month: "October 2026"."""
        return f"{self.first:%B %Y}"

    @property
    def first(self) -> date:
        """Return its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Return its last day."""
        after = self.first + timedelta(days=32)
        return after.replace(day=1) - timedelta(days=1)

    @property
    def is_counted(self) -> bool:
        """Say whether it lies in a year that can be asked for."""
        return self.year in YEARS

    @property
    def before(self) -> "Month":
        """Return the month before it."""
        return Month.of(self.first - timedelta(days=1))


def read_month(text: str) -> Month:
    """Return the month that a text names.

    :raises NotAMonth: if it names none
    """
    found = PATTERN.fullmatch(text.strip())
    if not found or int(found[1]) not in YEARS:
        raise NotAMonth(
            f"“{text[:20]}” is no month. Write it like 2026-10 (year, month), with a year from "
            f"{YEARS[0]} to {YEARS[-1]}."
        )
    return Month(int(found[1]), int(found[2]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    code: str
    words: str
    mark: Callable[[DutyFacts], Level]


def _quality(duty: DutyFacts) -> Level:
    if duty.is_spared:
        return Level.NOT_APPLICABLE
    if duty.served_on is None:
        return Level.NOT_MET
    return Level.FULLY if duty.items_endorsed == duty.items_total else Level.PARTIALLY


def _timeliness(duty: DutyFacts) -> Level:
    if duty.is_spared:
        return Level.NOT_APPLICABLE
    if duty.served_on is None or (duty.days_late or 0) > 0:
        return Level.NOT_MET
    return Level.FULLY


def _sensitive(duty: DutyFacts) -> Level:
    if duty.served_on is None or not duty.sensitive_total:
        return Level.NOT_APPLICABLE
    if duty.sensitive_settled == duty.sensitive_total:
        return Level.FULLY
    return Level.PARTIALLY if duty.sensitive_settled else Level.NOT_MET


def _notice(duty: DutyFacts) -> Level:
    if duty.served_on is None:
        return Level.NOT_APPLICABLE
    if duty.court_told_on is None:
        return Level.NOT_MET
    return Level.FULLY if duty.court_told_on == duty.served_on else Level.PARTIALLY


QUESTIONS = (
    Question(code="Q1", mark=_quality, words="Was initial disclosure given, every item of the "
             "schedules endorsed (whatever the day)?"),
    Question(code="Q2", mark=_timeliness, words="Was initial disclosure given by its day?"),
    Question(code="Q3", mark=_sensitive, words="Was sensitive material decided on before it?"),
    Question(code="Q4", mark=_notice, words="Was the court told on the same day?"),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Compliance:
    """A month: its figures, and its duties with their marks."""

    month: Month
    figures: tuple[Figure, ...]
    groups: tuple[Alike, ...]
    rules: str = RULES

    @property
    def n(self) -> int:
        """Return how many duties there are."""
        return sum(len(group.keys) for group in self.groups)

    @cached_property
    def duties(self) -> tuple[MarkedDuty, ...]:
        """Return every duty with its marks, the worst first."""
        return tuple(worst_first(self.groups))

    def worst(self, number: int) -> tuple[MarkedDuty, ...]:
        """Return the duties with a failing, the worst first, at most so many."""
        failing = worst_first(group for group in self.groups if group.failing)
        return tuple(islice(failing, number))


def comply(
    month: Month, duties: Iterable[DutyFacts], deliveries: Sequence[ReturnFacts] = ()
) -> Compliance:
    """Mark each duty of a month and count what came of them."""
    groups, several = _grouped(duties)
    figures = _counted(month.words, groups, several, deliveries)
    return Compliance(month=month, figures=figures, groups=tuple(groups))


def figures_of(
    period: str, duties: Iterable[DutyFacts], deliveries: Sequence[ReturnFacts] = ()
) -> tuple[Figure, ...]:
    """Return the figures of duties due in a period, named as it is said: "October 2026"."""
    return _counted(period, *_grouped(duties), deliveries)


def _counted(
    period: str, groups: Sequence[Alike], several: Several, deliveries: Sequence[ReturnFacts]
) -> tuple[Figure, ...]:
    ledger = Ledger(RULES)
    _count_marks(ledger, period, groups, several)
    _count_services(ledger, period, groups, several)
    count_returns(ledger, period, deliveries)
    return tuple(ledger.figures.values())


def _grouped(duties: Iterable[DutyFacts]) -> tuple[list[Alike], Several]:
    groups: dict[tuple[object, ...], Alike] = {}
    for duty in duties:
        alike = duty[2:]
        group = groups.get(alike)
        if group is None:
            marks = tuple(question.mark(duty) for question in QUESTIONS)
            group = groups[alike] = Alike(duty, marks, _failing(duty, marks), [], [], len(groups))
        group.keys.append(duty[0])
        group.cases.append(duty[1])
    found = list(groups.values())
    of_case = Counter(chain.from_iterable(each.cases for each in found))
    several = (
        (case, each.place) for each in found for case in each.cases if of_case[case] > 1
    )  # fmt: skip
    return found, kinds_by_case(several)


def _keys(groups: Iterable[Alike]) -> list[int]:
    return sorted(chain.from_iterable(group.keys for group in groups))


def _failing(duty: DutyFacts, marks: tuple[Level, ...]) -> str:
    """Return the one failing that weighs most: what was not done before what was late."""
    quality, _, sensitive, notice = marks
    left = duty.items_total - duty.items_endorsed
    late = duty.days_late or 0
    bad = {Level.PARTIALLY, Level.NOT_MET}
    failings = (
        (duty.served_on is None and not duty.is_spared, "No initial disclosure"),
        (quality in bad, f"{count_words(left, 'item')} not endorsed"),
        (sensitive in bad, "Sensitive material not decided on"),
        (late > 0, f"{count_words(late, 'day')} late"),
        (notice in bad, "Court not told the same day"),
    )
    return next((words for is_one, words in failings if is_one), "")


def _keep(
    ledger: Ledger, called: tuple[str, str], groups: tuple[Sequence[Alike], Sequence[Alike]],
    several: Several, population: str,
) -> None:  # fmt: skip
    """Keep the share of some duties, those that met and all, with its interval by case."""
    met, of = groups
    records = _keys(met), _keys(of)
    keep_rate(ledger, called, records, _by_case(met, of, several), population=population,
              record_kind="disclosure")  # fmt: skip


def _by_case(met: Sequence[Alike], of: Sequence[Alike], several: Several) -> Clustered | None:
    counts = Proportion(*(sum(len(each.keys) for each in groups) for groups in (met, of)))
    shared = counts_of_kinds(several, *({each.place for each in groups} for groups in (met, of)))
    return by_case(counts, shared, things="duties")


def _count_marks(
    ledger: Ledger, period: str, groups: Sequence[Alike], several: Several
) -> None:  # fmt: skip
    due = f"duties whose initial disclosure was due in {period}"
    for place, question in enumerate(QUESTIONS):
        applies = [each for each in groups if each.marks[place] is not Level.NOT_APPLICABLE]
        fully = [each for each in applies if each.marks[place] is Level.FULLY]
        _keep(
            ledger, (question.code.lower(), f"{question.code}: {question.words} Fully"),
            (fully, applies), several,
            due if len(applies) == len(groups) else f"{due}, where it applies",
        )  # fmt: skip


def _count_services(
    ledger: Ledger, period: str, groups: Sequence[Alike], several: Several
) -> None:  # fmt: skip
    served = [each for each in groups if each.facts.served_on]
    of = f"duties due in {period} and served"
    nil = [each for each in served if each.facts.is_nil]
    _keep(ledger, ("nil", "Statements that there is nothing to disclose"), (nil, served),
          several, of)  # fmt: skip
    presumed = [each for each in served if each.facts.presumed_total]
    whole = [each for each in presumed
             if each.facts.presumed_given == each.facts.presumed_total]  # fmt: skip
    _keep(
        ledger, ("presumed", "All material that is presumed to be disclosed was"),
        (whole, presumed), several, f"{of}, with such material on a schedule",
    )  # fmt: skip
    with_document = [each for each in served if each.facts.has_document]
    _keep(
        ledger, ("document", "A disclosure management document went with it"),
        (with_document, served), several, of,
    )  # fmt: skip
    whole_sheet = [each for each in served if each.facts.has_whole_sheet]
    _keep(
        ledger,
        ("sheet", "The record sheet shows that schedules came and a decision on every item"),
        (whole_sheet, served), several, of,
    )  # fmt: skip
    owed = [each for each in groups if not each.facts.is_spared]
    days = [each.facts.days_late or 0 for each in served for _ in each.keys]
    never = sum(len(each.keys) for each in owed if not each.facts.served_on)
    ledger.told(
        "days", "Days early or late, the median",
        median_words(days, _days_words, _by_case((), owed, several), waiting=never,
                     not_yet="not served"),
        _keys(owed), population=f"duties due in {period}, where it applies",
        record_kind="disclosure",
    )  # fmt: skip


def _days_words(days: float) -> str:
    """Say how early or late something was, by its days late."""
    if not days:
        return "on the day"
    many = "day" if abs(days) == 1 else "days"
    return f"{abs(days):g} {many} {'late' if days > 0 else 'early'}"


def counts_by_level(found: Compliance) -> list[tuple[str, dict[Level, int]]]:
    """Return for each question how many duties of a month have each mark."""
    said = []
    for place, question in enumerate(QUESTIONS):
        counts = dict.fromkeys(Level, 0)
        for group in found.groups:
            counts[group.marks[place]] += len(group.keys)
        said.append((f"{question.code}: {question.words}", counts))
    return said
