"""Letters that two plans drew and two people marked: each counts once, and the report says so."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from forthright.rules.weekly_report.facts import DrawnFact
from forthright.rules.weekly_report.pieces import Ledger, Table
from forthright.rules.words import count_words

TWICE = "Marked under two plans"
DIFFERENTLY = "Of which the markings differ"
_EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class OneOfEach:
    """One marking of each letter, the one finished first, and the letters that have another."""

    counted: list[DrawnFact]
    twice: list[int]
    differently: list[int]


def one_of_each(marked: Sequence[DrawnFact]) -> OneOfEach:
    """Return one marking for each letter, and which letters were marked alike or differently.

    The marking finished first counts: nobody can choose it by what the other says.
    """
    of_letter: dict[int, list[DrawnFact]] = defaultdict(list)
    for each in sorted(marked, key=lambda d: (d.marked_at or _EARLIEST, d.id)):
        of_letter[each.duty].append(each)
    several = [each for each in of_letter.values() if len(each) > 1]
    return OneOfEach(
        counted=[each[0] for each in of_letter.values()],
        twice=[each[0].id for each in several],
        differently=[each[0].id for each in several if len({_judged(d) for d in each}) > 1],
    )


def say_twice(
    letters: OneOfEach, ledger: Ledger, *, population: str
) -> tuple[list[str], list[Table]]:
    """Return the sentences and the table on letters marked twice, none where there are none."""
    if not letters.twice:
        return [], []
    keys = [
        ledger.count(key, label, ids, n=len(letters.counted), population=population,
                     record_kind="drawn")
        for key, label, ids in (
            ("marked-twice", TWICE, letters.twice),
            ("marked-differently", DIFFERENTLY, letters.differently),
        )
    ]  # fmt: skip
    were = "was" if len(letters.twice) == 1 else "were"
    differ = len(letters.differently)
    said = (
        f"{count_words(len(letters.twice), 'letter')} {were} drawn under two plans and marked "
        f"twice; the markings differ on {differ or 'none'} of them. Here each counts once, by the "
        "marking that was finished first; the pages of the markings show both."
    )
    rows = ((TWICE, (keys[0],)), (DIFFERENTLY, (keys[1],)))
    return [said], [Table(caption="Letters marked twice", columns=("Letters",), rows=rows)]


def _judged(drawn: DrawnFact) -> tuple[str, frozenset[tuple[str, str]]]:
    return drawn.overall, frozenset((mark.code, mark.level) for mark in drawn.marks)
