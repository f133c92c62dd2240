"""Checks schedules by rules: what they find, each with its place, reason, source and mend."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from forthright.rules.letter_checks.rule import Level
from forthright.rules.schedules.bundle import Bundle, Hit
from forthright.rules.schedules.kinds import Finder, finder_of
from forthright.rules.schedules.reported import is_known_open
from forthright.rules.schedules.rule import ScheduleRule, When
from forthright.rules.schedules.schedule import Form, Schedule

LONGEST_SHOWN = 70
# How a finding names what it is about, where that is no item.
WHOLE = "the whole schedule"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleFinding:
    """One thing to mend or to weigh; a finding with a return reason goes back to the police."""

    rule: str
    level: Level
    form: Form
    place: str
    item: int | None
    named: str
    words: str
    message: str
    suggestion: str
    ask: str
    source: str
    source_address: str
    status: str
    return_reason: str
    holds_back: bool = False
    # Its words are those of another paper, and are asked of nobody.
    is_of_paper: bool = False

    def as_table(self) -> dict[str, Any]:
        """Return the finding as it is written to JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class PreparedRules:
    """Rules made ready to be used on many schedules."""

    rules: tuple[tuple[ScheduleRule, Finder], ...]


def prepare_schedule_rules(rules: Sequence[ScheduleRule]) -> PreparedRules:
    """Make rules ready, which takes longer than using them."""
    return PreparedRules(tuple((rule, finder_of(rule)) for rule in rules))


def check_schedules(
    bundle: Bundle, rules: Sequence[ScheduleRule] | PreparedRules, *, as_of: date
) -> list[ScheduleFinding]:
    """Return what the rules find in schedules, in the order in which they stand."""
    prepared = rules if isinstance(rules, PreparedRules) else prepare_schedule_rules(rules)
    findings: list[tuple[tuple[int, int, str], ScheduleFinding]] = []
    for order, schedule in enumerate(bundle.schedules):
        places = {id(item): number for number, item in enumerate(schedule.items)}
        for rule, hit in _hits(bundle, schedule, prepared, as_of):
            row = places.get(id(hit.item), len(places))
            findings.append(((order, row, rule.id), _finding(rule, hit, bundle)))
    return [finding for _, finding in sorted(findings, key=lambda each: each[0])]


def _hits(
    bundle: Bundle, schedule: Schedule, prepared: PreparedRules, as_of: date
) -> Iterator[tuple[ScheduleRule, Hit]]:
    """Yield what rules find, but for what another rule has said of the same item already.

    Of a schedule whose form is not known one thing is asked: which it is; and of one none of whose
    rows could be read, that it be sent so that they can.
    """
    if schedule.is_guessed or schedule.is_unread:
        return
    spoken: dict[str, set[int]] = {}
    for rule, finder in prepared.rules:
        if not rule.is_in_force(as_of) or not _applies(rule.when, schedule):
            continue
        quiet = {item for other in rule.unless_rule for item in spoken.get(other, ())}
        for hit in finder(bundle, schedule):
            if hit.item is not None and id(hit.item) in quiet:
                continue
            spoken.setdefault(rule.id, set()).add(id(hit.item))
            yield rule, hit


def _applies(when: When, schedule: Schedule) -> bool:
    if schedule.form not in when.forms:
        return False
    if when.is_endorsed is not None and when.is_endorsed is not schedule.is_endorsed:
        return False
    return when.is_first is None or when.is_first is _is_first(schedule)


def _is_first(schedule: Schedule) -> bool:
    return not schedule.items or any(item.number in (1, None) for item in schedule.items[:3])


def _finding(rule: ScheduleRule, hit: Hit, bundle: Bundle) -> ScheduleFinding:
    # What is sensitive is not repeated: a finding and a note go where the schedule must not.
    words = "" if _may_be_sensitive(hit, bundle) else hit.words
    said = {"words": shown(words) or "…", **hit.said}
    place = hit.place or (hit.item.place if hit.item else hit.schedule.place)
    return ScheduleFinding(
        rule=rule.id,
        level=rule.level,
        form=hit.schedule.form,
        place=place.words,
        item=hit.item.number if hit.item else None,
        named=hit.item.named if hit.item else WHOLE,
        words=words,
        message=_filled(rule.message, said),
        suggestion=_filled(rule.suggestion, said),
        ask=_filled(rule.ask or rule.suggestion, said),
        source=rule.source,
        source_address=rule.source_address,
        status=rule.status.value,
        return_reason=rule.return_reason,
        holds_back=rule.holds_back,
        is_of_paper=hit.is_of_paper,
    )


def _may_be_sensitive(hit: Hit, bundle: Bundle) -> bool:
    """Say whether the words of a hit may be about sensitive material; a number by itself is not."""
    if hit.schedule.form is not Form.MG6E:
        return hit.schedule.form is Form.MG6D
    is_number = hit.words.isdecimal()
    return hit.item is not None and not is_number and not is_known_open(bundle, hit.item)


def shown(words: str) -> str:
    """Return words as a sentence repeats them: on one line, and cut where they are long."""
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= LONGEST_SHOWN else one_line[: LONGEST_SHOWN - 1] + "…"


def _filled(sentence: str, said: Mapping[str, str]) -> str:
    for gap, words in said.items():
        sentence = sentence.replace(f"{{{gap}}}", words)
    return " ".join(sentence.split())
