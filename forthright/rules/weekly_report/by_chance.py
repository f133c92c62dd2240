"""What would come again by chance, beside the repeat-fault rate: the share of letters that fail."""

from collections.abc import Mapping, Sequence

from forthright.rules.recurrence import by_author
from forthright.rules.recurrence_by_chance import FEW, ByChance, share_failing
from forthright.rules.weekly_report.facts import ReportFacts
from forthright.rules.weekly_report.loop_facts import LetterToldFact, WatchFact
from forthright.rules.weekly_report.pieces import Ledger, Section, Table

# As the watched, they open as letters of which no list says how they were marked.
RECORDS = "watched"


def add_what_is_by_chance(
    section: Section, ledger: Ledger, facts: ReportFacts,
    rates: Mapping[str, Sequence[WatchFact]], told: Sequence[LetterToldFact],
) -> None:  # fmt: skip
    """Put beside each share what is expected by chance, or say that there are too few authors.

    :param rates: by the key of each rate the complete watches that it is of
    """
    rows = []
    for rate, complete in rates.items():
        of = [each for each in told if complete and each.criterion == complete[0].criterion]
        if keys := _by_chance(ledger, facts, complete, of):
            rows.append((complete[0].label, (rate, *keys)))
    if not rows:
        section.sentences.append(FEW)
        return
    columns = ("Came again", "Letters that fail it", "Expected by chance")
    section.tables.append(
        Table(caption="Beside what is expected by chance", columns=columns, rows=tuple(rows))
    )


def _by_chance(
    ledger: Ledger, facts: ReportFacts, complete: Sequence[WatchFact],
    told: Sequence[LetterToldFact],
) -> tuple[str, str] | None:  # fmt: skip
    """Keep the share of letters that fail a criterion, and what is expected by it, with their keys.

    Where there are too few authors it keeps nothing.
    """
    chance = ByChance(
        came_again=by_author((each.author, each.is_again) for each in complete),
        failing=share_failing({(each.author, each.letter): each.is_failed for each in told}),
        watched=tuple(each.letters for each in complete),
    )
    if not chance.is_enough:
        return None
    key, label = complete[0].criterion, complete[0].label
    every = [each.duty for each in told]
    failing = ledger.clustered(
        f"failing-{key}", f"{label}: letters that fail it", chance.failing,
        ([each.duty for each in told if each.is_failed], every),
        population=(
            f"letters of all authors of the Area who were told of them by {label} in the year to "
            f"the {facts.week.short_words}"
        ),
        record_kind=RECORDS,
    )  # fmt: skip
    expected = ledger.told(
        f"by-chance-{key}", f"{label}: expected to come again by chance", chance.expected_words,
        [each.duty for each in complete],
        population=(
            f"complete watches by {label}, had each of their letters failed it as letters of the "
            "Area do"
        ),
        record_kind=RECORDS,
    )  # fmt: skip
    return failing, expected
