"""What the record holds of the cases of several letters, each kind of row read once for all."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from operator import attrgetter
from typing import TypeVar

from django.db.models import Q, QuerySet

from forthright.accounts.models import Area, User
from forthright.cases.models import Defendant, PersonToTell
from forthright.letters.models import (
    CallAttempt,
    ContactPoint,
    ContactWishes,
    Letter,
    ReasonsNote,
    SupportService,
)
from forthright.letters.selectors.which import Which, duty_of, letter_among, letters_of
from forthright.rules.working_days import Calendar
from forthright.schemes.models import Duty
from forthright.schemes.selectors.area_clock import calendar_of
from forthright.schemes.services.recording import DRAFTERS

# Cases worked in the same week: those with a letter due so near to the day.
NEAR = timedelta(days=7)


ROW = TypeVar("ROW")
OF_CASE, OF_AREA = attrgetter("case_id"), attrgetter("area_id")


@dataclass
class CaseReads:
    """The rows from which the cases of some letters are told, as they stood when first asked for.

    It lives as long as one act. One letter and a hundred ask the database equally often.
    """

    days: Sequence[tuple[Which, date]]
    _calendars: dict[int, Calendar] = field(default_factory=dict)

    @cached_property
    def duties(self) -> list[Duty]:
        """Return the duties whose cases are told."""
        return [duty_of(each) for each, _ in self.days]

    @cached_property
    def _cases(self) -> set[int]:
        return {each.case_id for each in self.duties}

    @cached_property
    def _areas(self) -> set[int]:
        return {each.area_id for each in self.duties}

    @cached_property
    def _letters(self) -> dict[int, Letter]:
        return letters_of(each for each, _ in self.days)

    def letter_of(self, which: Which) -> Letter:
        """Return the letter that is meant; one of which nothing is kept yet is not kept by this."""
        return letter_among(self._letters, which)

    @cached_property
    def notes(self) -> dict[int, ReasonsNote]:
        """Return the newest reasons by the number of their decision."""
        rows = ReasonsNote.objects.filter(decision__in={each.decision_id for each in self.duties})
        rows = rows.select_related("written_by").prefetch_related("against")
        return {each.decision_id: each for each in rows.order_by("number")}

    @cached_property
    def wishes(self) -> dict[int, ContactWishes]:
        """Return how each person of the cases wants to be reached, where that is recorded."""
        people = {each.pk for rows in self.people.values() for each in rows}
        people |= {each.person_id for each in self.duties}
        rows = ContactWishes.objects.filter(person__in=people).select_related("changed_by")
        return {each.person_id: each for each in rows.order_by("-pk")}

    @cached_property
    def people(self) -> dict[int, list[PersonToTell]]:
        """Return everybody to be told, by the number of their case."""
        return _grouped(PersonToTell.objects.filter(case__in=self._cases).order_by("pk"), OF_CASE)

    @cached_property
    def defendants(self) -> dict[int, list[Defendant]]:
        """Return the accused, by the number of their case."""
        return _grouped(Defendant.objects.filter(case__in=self._cases).order_by("pk"), OF_CASE)

    @cached_property
    def contacts(self) -> dict[int, list[ContactPoint]]:
        """Return where each Area is reached, at any time."""
        return _grouped(ContactPoint.objects.filter(area__in=self._areas), OF_AREA)

    @cached_property
    def support(self) -> dict[int, list[SupportService]]:
        """Return who supports people of each Area, at any time."""
        return _grouped(SupportService.objects.filter(area__in=self._areas), OF_AREA)

    @cached_property
    def staff(self) -> dict[int, list[User]]:
        """Return who writes letters in each Area."""
        return _grouped(User.objects.filter(area__in=self._areas, role__in=DRAFTERS), OF_AREA)

    @cached_property
    def calls(self) -> dict[int, list[CallAttempt]]:
        """Return the calls in which somebody was reached, by the number of their letter."""
        letters = [self.letter_of(each).pk for each, _ in self.days]
        rows = CallAttempt.objects.filter(
            letter__in=[each for each in letters if each], outcome=CallAttempt.Outcome.REACHED
        )
        return _grouped(rows, attrgetter("letter_id"))

    def calendar_of(self, area: Area) -> Calendar:
        """Return the calendar of an Area.

        :raises AreaNotStarted: if it has none yet
        """
        if area.pk not in self._calendars:
            self._calendars[area.pk] = calendar_of(area)
        return self._calendars[area.pk]

    def _rows_near(self) -> "QuerySet[Duty]":
        spans = Q(pk__in=())
        for first, last in _joined((day - NEAR, day + NEAR) for _, day in self.days):
            spans |= Q(due_on__range=(first, last))
        return Duty.objects.filter(spans, area__in=self._areas)

    @cached_property
    def _due_near(self) -> list[tuple[int, date, int, str]]:
        """Return each letter due near to one of the days: its Area, its day and its case."""
        rows = self._rows_near().values_list("area_id", "due_on", "case_id", "case__urn")
        return list(rows.distinct())

    @cached_property
    def _people_near(self) -> dict[int, list[PersonToTell | Defendant]]:
        cases = self._rows_near().values("case")
        people = PersonToTell.objects.filter(case__in=cases).order_by("pk")
        accused = Defendant.objects.filter(case__in=cases).order_by("pk")
        rows: Iterable[PersonToTell | Defendant] = (*people, *accused)
        return _grouped(rows, OF_CASE)

    def near(self, duty: Duty, day: date) -> list[tuple[str, list[PersonToTell | Defendant]]]:
        """Return the reference of each other case worked in the week, with everybody in it."""
        cases = {
            case: urn
            for area, due_on, case, urn in self._due_near
            if area == duty.area_id and abs(due_on - day) <= NEAR and case != duty.case_id
        }
        return [(urn, self._people_near[case]) for case, urn in sorted(cases.items())]


def _grouped(rows: Iterable[ROW], number: Callable[[ROW], int]) -> dict[int, list[ROW]]:
    found: dict[int, list[ROW]] = defaultdict(list)
    for each in rows:
        found[number(each)].append(each)
    return found


def _joined(spans: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Return spans of days with those that meet made one, so that few are asked for."""
    found: list[tuple[date, date]] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + timedelta(days=1):
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found
