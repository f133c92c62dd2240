"""How well a check of schedules finds the faults of the corpus, and how often it cries wolf.

python -m tests.corpus.schedule_measure
"""

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from forthright.rules.schedules.bundle import Bundle
from forthright.rules.schedules.engine import ScheduleFinding, check_schedules
from forthright.rules.schedules.rule import shipped_schedule_rules
from forthright.rules.schedules.schedule import Schedule
from forthright.schedule_files.reading import read_schedules

FOLDER = Path(__file__).parent / "schedules"
DAY = date(2026, 12, 31)


@dataclass(frozen=True)
class ScheduleFault:
    """A fault: the rule that should find it, and the item it is in, if it is in one."""

    rule: str
    item: int | None
    # Other rules under which a careful reader could file it.
    or_rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class CorpusSchedule:
    name: str
    path: Path
    is_good: bool
    faults: tuple[ScheduleFault, ...]

    def read(self) -> tuple[Schedule, ...]:
        """Return the schedules of the file."""
        return read_schedules(self.path)


@dataclass
class ScheduleMeasure:
    """What came of measuring, as counts."""

    seeded: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    alarms: Counter[str] = field(default_factory=Counter)
    alarms_told: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    good: int = 0
    bad: int = 0

    @property
    def recall(self) -> float:
        """Return the share of seeded faults that were found."""
        return self.found.total() / self.seeded.total()


def corpus_schedules() -> list[CorpusSchedule]:
    """Return the schedules of the corpus in the order of their names."""
    return [_listed(path) for path in sorted(FOLDER.glob("*.csv"))]


def _listed(path: Path) -> CorpusSchedule:
    told = tomllib.loads(path.with_suffix(".faults.toml").read_text())
    faults = [
        ScheduleFault(row["rule"], row.get("item"), tuple(row.get("rule_any", ())))
        for row in told.get("fault", [])
    ]
    return CorpusSchedule(path.stem, path, told["good"], tuple(faults))


def findings_in(schedules: tuple[Schedule, ...]) -> list[ScheduleFinding]:
    """Return what the shipped rules find; advice is left out, as it stops and warns of nothing."""
    return check_schedules(Bundle(schedules=schedules), shipped_schedule_rules(), as_of=DAY)


def finds(finding: ScheduleFinding, fault: ScheduleFault) -> bool:
    """Say whether a finding is of the fault: the same rule, and the same item if it is in one."""
    is_of_rule = finding.rule in (fault.rule, *fault.or_rules)
    return is_of_rule and (fault.item is None or finding.item == fault.item)


def measure_schedules(schedules: list[CorpusSchedule]) -> ScheduleMeasure:
    """Check schedules and count what was found, missed and made up."""
    measured = ScheduleMeasure()
    for schedule in schedules:
        read = schedule.read()
        findings = findings_in(read)
        serious = [each for each in findings if each.level != "advise"]
        if schedule.is_good:
            measured.good += 1
            unread = [one for each in read for one in each.unread if one.may_hide_items]
            measured.alarms[schedule.name] = len(serious) + len(unread)
            measured.alarms_told += [_told(schedule, each) for each in serious]
            measured.alarms_told += [f"{schedule.name}: not read, {each.what}" for each in unread]
            continue
        measured.bad += 1
        _count(measured, schedule, findings)
    return measured


def _count(
    measured: ScheduleMeasure, schedule: CorpusSchedule, findings: list[ScheduleFinding]
) -> None:
    for fault in schedule.faults:
        measured.seeded[fault.rule] += 1
        if any(finds(each, fault) for each in findings):
            measured.found[fault.rule] += 1
        else:
            measured.missed.append(f"{schedule.name}: {fault.rule}, item {fault.item}")
    measured.elsewhere += [
        _told(schedule, each)
        for each in findings
        if each.level != "advise" and not any(finds(each, fault) for fault in schedule.faults)
    ]


def _told(schedule: CorpusSchedule, finding: ScheduleFinding) -> str:
    return f"{schedule.name}: {finding.rule}, {finding.named}: {finding.words[:60]}"


def schedule_table(measured: ScheduleMeasure) -> str:
    """Return what was measured as people read it."""
    lines = [f"{'rule':<6}{'seeded':>7}{'found':>7}"]
    lines += [f"{rule:<6}{seeded:>7}{measured.found[rule]:>7}"
              for rule, seeded in sorted(measured.seeded.items())]  # fmt: skip
    seeded, found = measured.seeded.total(), measured.found.total()
    alarms, most = measured.alarms.total(), max(measured.alarms.values())
    lines.append(f"{'all':<6}{seeded:>7}{found:>7}{measured.recall:>8.1%}")
    lines.append(f"good schedules: {measured.good}; bad schedules: {measured.bad}")
    lines.append(f"false alarms on good ones: {alarms}, at most {most} in one")
    for name, told in (("missed", measured.missed), ("false alarms", measured.alarms_told),
                       ("elsewhere in bad ones", measured.elsewhere)):  # fmt: skip
        lines += [f"{name}:", *(f"  {each}" for each in told)]
    return "\n".join(lines)


if __name__ == "__main__":
    print(schedule_table(measure_schedules(corpus_schedules())))  # noqa: T201
