"""Shares and medians of what comes by case, as duties to the defendants of one case do.

Co-defendants share the schedules, the lawyer and mostly the day of service, so the duties to five
defendants of one case are nearer to one answer than to five. As soon as a case has more than one of
what is counted, the interval goes by case; where none has, each stands by itself. In simulation of
months with 10 to 120 cases of one to twelve defendants the interval held the truth in 91 of 100 or
more (tests/rules/test_by_case.py); with each duty by itself it did so in as few as 72.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence

from forthright.rules.clustered import WAY, Clustered
from forthright.rules.figures import Proportion
from forthright.rules.weekly_report.pieces import Ledger

METHOD_BY_CASE = (
    "Where a case has more than one of what is counted, as a duty to each defendant, or several "
    "recordings, they are not "
    "independent: the number of cases stands beside, below ten cases no share is given, and the "
    f"interval goes by case: {WAY.format(groups='cases')}; in simulation it held the truth in 91 "
    "of 100 or more, and it is wide where one case has most. Of a median it is that of as many "
    "values as the cases are worth by their sizes."
)


def counts_by_case(met: Iterable[int], of: Iterable[int]) -> Counter[tuple[int, int]]:
    """Return how many cases have so many met of so many, from the case of each."""
    held = Counter(met)
    return Counter((held[case], size) for case, size in Counter(of).items())


def kinds_by_case(case_and_kind: Iterable[tuple[int, int]]) -> Counter[tuple[int, ...]]:
    """Return how many cases have things of these kinds, each kind as often as it comes.

    Of a hundred thousand things there are few kinds, so that a share asks each of them once.
    """
    found: defaultdict[int, list[int]] = defaultdict(list)
    for case, kind in case_and_kind:
        found[case].append(kind)
    return Counter(tuple(sorted(kinds)) for kinds in found.values())


def counts_of_kinds(
    kinds: Mapping[tuple[int, ...], int], met: Container[int], of: Container[int]
) -> Counter[tuple[int, int]]:
    """Return how many cases have so many met of so many, by the kinds that met and that count."""
    counts: Counter[tuple[int, int]] = Counter()
    for each, cases in kinds.items():
        counts[sum(kind in met for kind in each), sum(kind in of for kind in each)] += cases
    return counts


def by_case(
    counts: Proportion, shared: Mapping[tuple[int, int], int], *, things: str
) -> Clustered | None:
    """Return a share with its interval by case, or None where each is of a case of its own.

    :param counts: how many met of how many, all together
    :param shared: by so many met of so many, how many cases have that, of those that may have
        more than one; what is left of the counts is of cases that have one
    :param things: what is counted is called
    """
    alike = Counter({pair: cases for pair, cases in shared.items() if pair[1]})
    if all(size == 1 for _, size in alike):
        return None
    alone = counts.n - sum(size * cases for (_, size), cases in alike.items())
    alone_met = counts.met - sum(met * cases for (met, _), cases in alike.items())
    alike[1, 1] += alone_met
    alike[0, 1] += alone - alone_met
    return Clustered.of_counts(alike, group="case", things=things)


def keep_rate(
    ledger: Ledger, called: tuple[str, str], records: tuple[Sequence[int], Sequence[int]],
    share: Clustered | None, *, population: str, record_kind: str,
) -> None:  # fmt: skip
    """Keep a share of some records, those that met and all, by case where one has several.

    :param called: its key and its label
    """
    (key, label), (met, of) = called, records
    if share is None:
        ledger.rate(key, label, met, of=of, population=population, record_kind=record_kind)
    else:
        ledger.clustered(key, label, share, records, population=population, record_kind=record_kind)
