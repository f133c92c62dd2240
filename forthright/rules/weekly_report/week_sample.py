"""The tables of one week's sample; levels of different editions are never added."""

from collections.abc import Sequence
from dataclasses import dataclass

from forthright.rules.weekly_report.facts import DrawnFact, ReportFacts
from forthright.rules.weekly_report.pieces import Ledger, Table

LEVELS = (
    ("FULLY", "Fully meeting"),
    ("PARTIALLY", "Partially meeting"),
    ("NOT_MET", "Not meeting"),
)
# A marking that found no letter sent has none of these, and no quality to pool.
MARKED_LEVELS = frozenset(code for code, _ in LEVELS)
PARTS = (
    ("RANDOM", "Random part"),
    ("TARGETED", "Targeted part"),
    ("COVER", "Cover of drafters"),
)


def editions_of_the_week(facts: ReportFacts) -> list[int]:
    """Return the editions that the sample told of was given levels under."""
    return _editions([each for each in facts.drawn if each.week == facts.sampled])


def _editions(drawn: Sequence[DrawnFact]) -> list[int]:
    return sorted({each.edition for each in drawn if each.overall in MARKED_LEVELS})


def week_tables(week: Sequence[DrawnFact], facts: ReportFacts, ledger: Ledger) -> list[Table]:
    """Return the sample told of; where editions differ, a table of levels for each of them."""
    parts = [
        _WeekPart(code, label, [d for d in week if d.part == code], drawn_for(facts), ledger)
        for code, label in PARTS
        if code != "COVER" or any(d.part == code for d in week)
    ]
    caption = f"Sample of the {facts.sampled.short_words}"
    drawn = ("Drawn", "Not sent when drawn", "Marked")
    levels = tuple(label for _, label in LEVELS)
    editions = _editions(week)
    if len(editions) < 2:
        under = f", marked under edition {editions[0]}" if editions else ""
        rows = tuple((part.label, (*part.drawn(under), *part.levels(under))) for part in parts)
        return [Table(caption=caption, columns=drawn + levels, rows=rows)]
    rows = tuple((part.label, part.drawn()) for part in parts)
    return [
        Table(caption=caption, columns=drawn, rows=rows),
        *(
            Table(
                caption=f"Levels under edition {edition} of the standard",
                columns=("Given a level", *levels),
                rows=tuple((part.label, part.levels_of(edition)) for part in parts),
            )
            for edition in editions
        ),
    ]


def drawn_for(facts: ReportFacts) -> str:
    """Return the population of the sample told of, in words."""
    return f"letters drawn for the {facts.sampled.short_words}"


@dataclass(frozen=True, slots=True)
class _WeekPart:
    """One part of the week's sample, whose letters are counted into the ledger."""

    code: str
    label: str
    letters: list[DrawnFact]
    drawn_for: str
    ledger: Ledger

    def drawn(self, under: str = "") -> tuple[str, ...]:
        """Count how many were drawn, not sent when drawn, and marked."""
        found = (
            ("drawn", "drawn", self.letters),
            ("unsent", "not sent when drawn", [d for d in self.letters if not d.was_sent]),
            ("marked", "marked", [d for d in self.letters if d.is_marked]),
        )
        of = f"{self.drawn_for}, {self.label.lower()}{under}"
        return tuple(self._count(*each, of=of, n=len(self.letters)) for each in found)

    def levels(self, under: str) -> tuple[str, ...]:
        """Count the levels given under the one edition that the week was marked under."""
        of = f"{self.drawn_for}, {self.label.lower()}{under}"
        return tuple(
            self._count(
                code, words.lower(), [d for d in self.letters if d.overall == code],
                of=of, n=len(self.letters),
            )
            for code, words in LEVELS
        )  # fmt: skip

    def levels_of(self, edition: int) -> tuple[str, ...]:
        """Count the letters given a level under one edition of several, and each level."""
        judged = [
            d for d in self.letters if d.edition == edition and d.overall in MARKED_LEVELS
        ]  # fmt: skip
        of = f"{self.drawn_for}, {self.label.lower()}, given a level under edition {edition}"
        found = [("judged", "given a level", judged)]
        found += [
            (code, words.lower(), [d for d in judged if d.overall == code])
            for code, words in LEVELS
        ]  # fmt: skip
        return tuple(
            self._count(
                f"{key}-edition-{edition}", f"{words}, edition {edition}", ids,
                of=of, n=len(judged),
            )
            for key, words, ids in found
        )  # fmt: skip

    def _count(self, key: str, words: str, found: list[DrawnFact], *, of: str, n: int) -> str:
        return self.ledger.count(
            f"sample-{self.code}-{key}", f"{self.label}: {words}", [d.id for d in found], n=n,
            population=of, record_kind="drawn",
        )  # fmt: skip
