"""Opens the letters that decisions make the Area owe: each decision, each person to be told."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.cases.models import Case, Decision, PersonToTell
from forthright.rules.words import local
from forthright.rules.working_days import CalendarTooShort
from forthright.schemes.models import Duty
from forthright.schemes.selectors.area_clock import AreaClock, NoRulesInForce, area_clock
from forthright.schemes.services.judging import judge
from forthright.schemes.services.saving import MANY, count_rows_anew, in_chunks
from forthright.schemes.services.stage_times import StageTimes, put_times
from forthright.web.writing import insert_many

TimesOf = Callable[[Duty], StageTimes | None]


@dataclass(frozen=True)
class Refusal:
    """A decision that no due date can be worked out for, and why."""

    decision_id: int
    message: str


class DutiesRefused(Exception):
    """Some decisions could not be given a due date, so nothing was opened."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        """Keep each refusal beside the sentence for people."""
        more = f" {len(refusals) - 1} more were refused." if len(refusals) > 1 else ""
        super().__init__(refusals[0].message + more)
        self.refusals = tuple(refusals)


@dataclass
class Opened:
    """What opening letters did."""

    ids: list[int] = field(default_factory=list)
    already: int = 0
    not_qualifying: int = 0
    nobody_to_tell: list[int] = field(default_factory=list)  # decisions that nobody is told of
    refusals: list[Refusal] = field(default_factory=list)


@dataclass
class InCases:
    """What stands in the cases of some decisions, each by the case's id."""

    units: Mapping[int, int]
    people: Mapping[int, Sequence[PersonToTell]]
    # The decision and the person of each letter that is owed already.
    owed: Collection[tuple[int, int]] = ()
    # The number of the last letter owed.
    numbers: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))


def duty_for(
    decision: Decision, person: PersonToTell, *, clock: AreaClock, unit_id: int, number: int = 1
) -> Duty | None:
    """Return the letter that a decision makes the Area owe a person, or None if it makes none.

    The letter is not saved. Asked for in a dry run, it says when the letter would be due.

    :raises NoRulesInForce: if no rule set covers the day of the decision
    :raises CalendarTooShort: if the calendar does not reach the due date
    """
    if not is_qualifying(decision, clock):
        return None
    due, rule_set = clock.due(decision.made_at, person.entitlement)
    return Duty(
        area_id=decision.area_id,
        unit_id=unit_id,
        case_id=decision.case_id,
        number=number,
        decision=decision,
        person=person,
        entitlement=person.entitlement,
        decided_at=decision.made_at,
        due_on=due.day,
        due_week=due.day - timedelta(days=due.day.weekday()),
        due_because=list(due.arithmetic),
        rule_set=rule_set,
    )


def is_qualifying(decision: Decision, clock: AreaClock) -> bool:
    """Return whether the rules of its day make a decision one that people are told of.

    :raises NoRulesInForce: if no rule set covers the day of the decision
    """
    rule_set = clock.rule_set_on(local(decision.made_at).date())
    return decision.kind in rule_set.qualifying_kinds


@transaction.atomic
def open_duties(
    decisions: Iterable[Decision],
    *,
    by: User | None,
    at: datetime,
    times: TimesOf | None = None,
) -> Opened:
    """Open the letters owed for decisions of one Area; those already open are left as they are.

    `times` may give what is already known of a letter's stages, so that a
    letter long sent is written once.

    :raises DutiesRefused: if a due date cannot be worked out; then nothing is opened
    """
    opened = Opened()
    area: Area | None = None
    clock: AreaClock | None = None
    for chunk in in_chunks(decisions):
        if area is None or clock is None:
            area = lock_area(chunk[0].area_id)
            clock = area_clock(area)
        new = _letters_for(chunk, clock, _held_in_cases(chunk), opened)
        if times is not None:
            _put_known_times(new, times, clock)
        insert_many(new)
        _keep_that_somebody_is_told(new)
        opened.ids += [duty.pk for duty in new]
    if opened.refusals:
        raise DutiesRefused(opened.refusals)
    if len(opened.ids) >= MANY:
        count_rows_anew()
    if area is not None and opened.ids:
        span = opened.ids[0], opened.ids[-1]
        record_opened(area, len(opened.ids), span, already=opened.already, by=by, at=at)
    return opened


def _keep_that_somebody_is_told(letters: Sequence[Duty]) -> None:
    """Note on decisions that letters are owed for them, so that no list looks there again."""
    told_of = {letter.decision_id for letter in letters}
    Decision.objects.filter(pk__in=told_of).update(who_is_told_is_known=True)


def letters_of_new_cases(
    decisions: Sequence[Decision],
    cases: InCases,
    *,
    clock: AreaClock,
    times: TimesOf,
) -> list[Duty]:
    """Return the letters owed for the decisions of cases that nobody has written yet.

    Nothing is saved: a large import works its letters out before it locks anything. The decisions
    that are given are marked as those of which somebody is told.

    :raises DutiesRefused: if a due date cannot be worked out
    """
    opened = Opened()
    new = _letters_for(decisions, clock, cases, opened)
    if opened.refusals:
        raise DutiesRefused(opened.refusals)
    _put_known_times(new, times, clock)
    for letter in new:
        letter.decision.who_is_told_is_known = True
    return new


def lock_area(area_id: int) -> Area:
    """Return the Area locked: letters are opened and re-dated by one writer at a time.

    Otherwise a bank holiday added while letters are opened would miss them. Its key is not
    locked, so that others may go on adding what only names the Area, as every event does.
    """
    return Area.objects.select_for_update(no_key=True).get(pk=area_id)


def _held_in_cases(chunk: list[Decision]) -> InCases:
    cases = {decision.case_id for decision in chunk}
    return InCases(
        units=dict(Case.objects.filter(pk__in=cases).values_list("pk", "unit_id")),
        people=_people_of(cases),
        owed=_already_owed(chunk),
        numbers=_last_numbers(cases),
    )


def _letters_for(
    decisions: Sequence[Decision], clock: AreaClock, cases: InCases, opened: Opened
) -> list[Duty]:
    new: list[Duty] = []
    for decision in decisions:
        case_id = decision.case_id
        people = cases.people.get(case_id, ())
        try:
            if not is_qualifying(decision, clock):
                opened.not_qualifying += 1
                continue
            for person in people:
                if (decision.pk, person.pk) in cases.owed:
                    opened.already += 1
                    continue
                cases.numbers[case_id] += 1
                new += _one_letter(decision, person, clock, cases)
        except (NoRulesInForce, CalendarTooShort) as refusal:
            opened.refusals.append(Refusal(decision.pk, str(refusal)))
        if not people:
            opened.nobody_to_tell.append(decision.pk)
    return new


def _one_letter(
    decision: Decision, person: PersonToTell, clock: AreaClock, cases: InCases
) -> list[Duty]:
    unit_id, number = cases.units[decision.case_id], cases.numbers[decision.case_id]
    duty = duty_for(decision, person, clock=clock, unit_id=unit_id, number=number)
    return [duty] if duty else []


def _people_of(cases: set[int]) -> defaultdict[int, list[PersonToTell]]:
    people: defaultdict[int, list[PersonToTell]] = defaultdict(list)
    for person in PersonToTell.objects.filter(case__in=cases).order_by("pk"):
        people[person.case_id].append(person)
    return people


def _already_owed(chunk: list[Decision]) -> set[tuple[int, int]]:
    owed = Duty.objects.filter(decision__in=[decision.pk for decision in chunk])
    return set(owed.values_list("decision_id", "person_id"))


def _last_numbers(cases: set[int]) -> defaultdict[int, int]:
    rows = Duty.objects.filter(case__in=cases).values_list("case_id").annotate(Max("number"))
    return defaultdict(int, rows)


def _put_known_times(new: list[Duty], times: TimesOf, clock: AreaClock) -> None:
    for duty in new:
        if (stages := times(duty)) is not None:
            put_times(duty, stages)
            judge(duty, measure=duty.rule_set.measure, calendar=clock.calendar)


def record_opened(
    area: Area,
    opened: int,
    span: tuple[int, int],
    *,
    already: int = 0,
    by: User | None,
    at: datetime,
) -> None:
    """Record that so many letters became owed, the first and the last of them by their ids."""
    audit.record(
        "letters.owed",
        by=by,
        at=at,
        area=area,
        opened=opened,
        already_open=already,
        first=span[0],
        last=span[1],
    )
