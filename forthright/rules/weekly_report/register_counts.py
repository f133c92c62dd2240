"""What of the register is counted, and how each count gets into the ledger of the report."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from forthright.rules.burn_down import WEEKS_COUNTED
from forthright.rules.by_case import by_case, counts_by_case, keep_rate
from forthright.rules.figures import FEWEST_FOR_A_RATE, Proportion
from forthright.rules.media_backlog import BacklogFacts, Left, RecordingFact
from forthright.rules.medians import median_words
from forthright.rules.weekly_report.facts import ReportFacts
from forthright.rules.weekly_report.pieces import Ledger
from forthright.rules.weeks import Week, week_of, weeks_between
from forthright.rules.words import date_words

POOLED_WEEKS = 12
RECORDING, DISC = "recording", "disc"
TOO_FEW = "too few to say"


def once(facts: Iterable[RecordingFact]) -> list[RecordingFact]:
    """Return each recording once: of several days on which its hearing was held, the first."""
    found: dict[int, RecordingFact] = {}
    for each in facts:
        found.setdefault(each.id, each)
    return list(found.values())


def shared_by_case(
    met: Sequence[int], of: Sequence[RecordingFact]
) -> Counter[tuple[int, int]]:  # fmt: skip
    """Return how many cases have so many met of so many recordings.

    Recordings of one case have the court, the defendants, the lawyer and mostly the day of sharing
    in common, so they are nearer to one answer than to several.
    """
    # No case has the number of a recording below nought: those without one are apart.
    cases = {each.id: -each.id if each.case is None else each.case for each in of}
    return counts_by_case((cases[each] for each in met), cases.values())


@dataclass(frozen=True)
class RegisterCounts:
    """The register beside the week of a report, counted into a ledger."""

    facts: ReportFacts
    register: BacklogFacts
    ledger: Ledger

    @property
    def week(self) -> Week:
        """Return the week of the report."""
        return self.facts.week

    @property
    def last_whole_week(self) -> Week:
        """Return the newest week that is over."""
        return self.week if self.facts.is_over else self.week.plus(-1)

    @cached_property
    def whole_weeks(self) -> tuple[Week, ...]:
        """Return the weeks that a forecast goes by: without that in which the register began."""
        last = self.last_whole_week
        first = week_of(self.register.begun_on or self.register.until).plus(1)
        return weeks_between(max(first, last.plus(1 - WEEKS_COUNTED)), last)

    @cached_property
    def stock(self) -> list[RecordingFact]:
        """Return the recordings not yet with everybody at the end of the last day counted."""
        return [each for each in self.register.recordings if each.is_in_stock(self.register.until)]

    @property
    def of_stock(self) -> str:
        """Return the population of what is said of the stock."""
        return f"recordings not yet with everybody at the end of {date_words(self.register.until)}"

    @cached_property
    def held(self) -> dict[Week, list[RecordingFact]]:
        """Return the recordings relied on whose hearing is over, by the week of the hearing."""
        return self._by_week([each for each in self._beside if each.is_relied_on])

    @cached_property
    def unassessed(self) -> dict[Week, list[RecordingFact]]:
        """Return what nobody had assessed though its hearing is over, by that hearing's week."""
        return self._by_week([each for each in self._beside if each.is_unassessed])

    @cached_property
    def _beside(self) -> list[RecordingFact]:
        """Return each recording beside each day on which its hearing was held."""
        return [fact for each in self.register.recordings for fact in each.beside_each()]

    def _by_week(self, facts: Sequence[RecordingFact]) -> dict[Week, list[RecordingFact]]:
        weeks: dict[Week, list[RecordingFact]] = defaultdict(list)
        for each in facts:
            if each.held_on:
                weeks[week_of(each.held_on)].append(each)
        return {week: once(those) for week, those in weeks.items()}

    @cached_property
    def tried(self) -> list[RecordingFact]:
        """Return the recordings received in the pooled weeks of which it is known if they play."""
        return [
            each for each in self.register.recordings
            if self._plays(each) is not None and each.left_how is not Left.WITHDRAWN
        ]  # fmt: skip

    def unplayable(self, tried: Iterable[RecordingFact]) -> list[int]:
        """Return those of which a copy that came in the pooled weeks does not play.

        What came once more, because that one does not play, takes none away.
        """
        return [each.id for each in tried if self._plays(each) is False]

    def _plays(self, fact: RecordingFact) -> bool | None:
        return fact.plays_of(self.week.plus(1 - POOLED_WEEKS).monday, self.register.until)

    @property
    def of_tried(self) -> str:
        """Return the population of what is said of those."""
        return f"recordings received in {POOLED_WEEKS} weeks of which it is known if they play"

    def count(
        self, key: str, label: str, ids: Sequence[int], *, n: int, of: str, kind: str = RECORDING
    ) -> str:
        """Keep a count and return its key."""
        return self.ledger.count(
            f"recordings-{key}", label, ids, n=n, population=of, record_kind=kind
        )

    def say(self, key: str, label: str, words: str, ids: Sequence[int], *, of: str = "") -> str:
        """Keep what is said of some recordings and return its key."""
        return self.ledger.told(
            f"recordings-{key}", label, words, ids, population=of or self.of_stock,
            record_kind=RECORDING,
        )  # fmt: skip

    def rate(
        self, key: str, label: str, met: Sequence[int], *, of: Sequence[RecordingFact],
        population: str,
    ) -> str:  # fmt: skip
        """Keep a share, by case where one has several, and return its key."""
        key = f"recordings-{key}"
        share = by_case(
            Proportion(len(met), len(of)), shared_by_case(met, of), things="recordings"
        )  # fmt: skip
        keep_rate(
            self.ledger, (key, label), (met, [each.id for each in of]), share,
            population=population, record_kind=RECORDING,
        )  # fmt: skip
        return key

    def middle_age(self, those: Sequence[RecordingFact]) -> str:
        """Say how long half of some recordings have been registered."""
        ages = [each.age(self.register.until) for each in those]
        if len(ages) < FEWEST_FOR_A_RATE:
            return TOO_FEW
        return median_words(ages, lambda each: f"{each:g} days")
