"""The examples that schedule rules carry, and whether each rule does as they say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from forthright.rules.schedules.bundle import Bundle, Paper
from forthright.rules.schedules.engine import check_schedules
from forthright.rules.schedules.rule import Example, ScheduleRule
from forthright.rules.schedules.schedule import Form, Line, Place, Schedule, ScheduleItem

EXAMPLE_DAY = date(2026, 4, 8)
HERE = Place(file="example")
COLUMNS = dict.fromkeys(
    ("number", "description", "location", "endorsed", "reason", "undermines", "copy"), ""
)


@dataclass(frozen=True, slots=True)
class Disagreed:
    """An example that a rule does not treat as it says it does."""

    rule: str
    place: str
    reason: str


def schedule_disagreements(rules: Sequence[ScheduleRule]) -> list[Disagreed]:
    """Return every example that its rule does not treat as it says, and rules without any."""
    found = []
    for rule in rules:
        for name in ("must_fire", "must_not_fire"):
            rows: tuple[Example, ...] = getattr(rule, name)
            if not rows:
                found.append(Disagreed(rule.id, rule.place, f"it has no example under {name}"))
            for number, example in enumerate(rows, start=1):
                if reason := _reason(rule, example, must_fire=name == "must_fire"):
                    found.append(Disagreed(rule.id, rule.place, f"{name} {number}: {reason}"))
    return found


def _reason(rule: ScheduleRule, example: Example, *, must_fire: bool) -> str:
    day = max(EXAMPLE_DAY, rule.in_force_from)
    findings = check_schedules(example_bundle(example), [rule], as_of=day)
    if not must_fire:
        return f"it must not fire, and did on “{findings[0].words}”" if findings else ""
    if not findings:
        return "it must fire, and did not"
    marked = [each.words for each in findings]
    if example.words is not None and example.words not in marked:
        return f"it must mark “{example.words}”, and marked “{'”, “'.join(marked)}”"
    return ""


def example_bundle(example: Example) -> Bundle:
    """Return the schedules of an example."""
    schedules = [_schedule(example.form, example.items, example.head, example.certificate)]
    if example.report:
        schedules.append(_schedule(Form.MG6E, example.report, "", ""))
    if example.sensitive:
        schedules.append(_schedule(Form.MG6D, example.sensitive, "", ""))
    before = example.earlier_form or example.form
    earlier = (_schedule(before, example.earlier, "", ""),) if example.earlier else ()
    papers = tuple(Paper(name="paper", text=text) for text in example.papers)
    return Bundle(
        schedules=tuple(schedules), papers=papers, earlier=earlier, is_whole=example.is_whole,
        unread=example.unread,
    )  # fmt: skip


def _schedule(
    form: Form, rows: Sequence[str | Mapping[str, Any]], head: str, certificate: str
) -> Schedule:
    tables = [{"description": row} if isinstance(row, str) else dict(row) for row in rows]
    return Schedule(
        form=form,
        place=HERE,
        items=tuple(_item(table, number) for number, table in enumerate(tables, start=1)),
        head=_lines(head),
        certificate=_lines(certificate),
        columns=COLUMNS,
    )


def _item(table: Mapping[str, Any], number: int) -> ScheduleItem:
    code = str(table.get("code", ""))
    usual: dict[str, Any] = {
        "number": number,
        "numbered": str(table.get("number", number)),
        "location": "Exhibits store",
        "endorsed": code,
    }
    given = {**usual, **table}
    if not isinstance(given["number"], int):
        given["number"] = None
    return ScheduleItem(**given, place=HERE)


def _lines(text: str) -> tuple[Line, ...]:
    return tuple(Line(place=HERE, text=line) for line in text.splitlines() if line.strip())
