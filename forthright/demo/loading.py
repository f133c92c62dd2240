"""Loads a whole made-up Area, or fourteen; the same seed and day give the same data."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

from django.conf import settings
from django.db import transaction

from forthright.accounts.models import Area, Role, Unit, User
from forthright.audit import services as audit
from forthright.demo.casework import Casework, mondays, written
from forthright.demo.letters import write_letters
from forthright.demo.names import AREAS
from forthright.demo.people import make_area, make_people
from forthright.demo.progress import Progress
from forthright.letter_templates.services import start_letter_templates
from forthright.rules.words import LONDON, local
from forthright.schemes.models import Duty
from forthright.schemes.selectors import calendar_of
from forthright.schemes.services import open_duties, start_area_scheme
from forthright.schemes.services.saving import count_rows_anew
from forthright.standards.services import start_area_standards

WEEKS = 78  # eighteen months
AREA_CASES_A_WEEK = 26
LettersAndFaults = dict[int, set[str]]
Tell = Callable[[str, int, int], None]


class NotEmpty(Exception):
    """Demonstration data is never mixed with an Area's own; the message says so."""


@dataclass(frozen=True, kw_only=True)
class Scale:
    """How much to load."""

    areas: int
    cases_a_week: int
    has_letters: bool


SCALES = {
    "area": Scale(areas=1, cases_a_week=AREA_CASES_A_WEEK, has_letters=True),
    "national": Scale(areas=14, cases_a_week=800, has_letters=False),
}


@dataclass
class Loaded:
    """One Area as it was loaded, for the parts that come after."""

    area: Area
    units: dict[str, Unit]
    people: dict[str, list[User]]
    faults: LettersAndFaults


def check_is_empty() -> None:
    """Refuse to load where an Area is held, or where one is to be.

    :raises NotEmpty: with the reason
    """
    if settings.IS_FOR_REAL:
        raise NotEmpty(
            f"The data folder {settings.HOME} was prepared for real people and cases (./run "
            "--empty), so no demonstration data was loaded: anybody could sign in as the made-up "
            "people. Name another folder for the demonstration: FORTHRIGHT_HOME=/some/folder ./run"
        )
    if Area.objects.exists():
        raise NotEmpty(
            "This database already holds an Area, so no demonstration data was loaded. "
            "Start with an empty data folder: set FORTHRIGHT_HOME to a new one."
        )


def load_areas(scale: Scale, *, seed: int, until: datetime, tell: Tell) -> list[Loaded]:
    """Load so many Areas, each in one transaction of its own.

    :raises NotEmpty: if the database already holds an Area
    """
    check_is_empty()
    return [
        load_area(name, scale, seed=seed, until=until, tell=tell) for name in AREAS[: scale.areas]
    ]


@transaction.atomic
def load_area(name: str, scale: Scale, *, seed: int, until: datetime, tell: Tell) -> Loaded:
    """Load one Area: people, rules, standard, cases, letters owed and letters."""
    chance = Random(f"{seed} {name}")
    area, units = make_area(name)
    people = make_people(area, units, chance)
    weeks = list(mondays(local(until).date(), WEEKS))
    began = datetime.combine(weeks[0], time(8), LONDON)
    start_area_scheme(area, by=None, at=began)
    start_area_standards(area, by=None, at=began)
    start_letter_templates(area, by=None, at=began)
    casework = Casework(area, units, people[Role.PROSECUTOR], chance)
    progress = Progress(people[Role.VICTIM_LIAISON_OFFICER], calendar_of(area), chance, until=until)
    faults: LettersAndFaults = {}
    for number, monday in enumerate(weeks, start=1):
        decisions = written(casework.week(monday, scale.cases_a_week, until=until))
        week_over = datetime.combine(monday + timedelta(days=5), time(18), LONDON)
        opened = open_duties(decisions, by=None, at=min(week_over, until), times=progress.of)
        if scale.has_letters:
            duties = list(
                Duty.objects.filter(pk__in=opened.ids)
                .select_related("person", "case", "decision__defendant", "drafter")
                .order_by("pk")
            )
            faults |= write_letters(duties, chance)
        tell(name, number, WEEKS)
    count_rows_anew()
    audit.record("demo.loaded", area, by=None, at=until, seed=seed)
    return Loaded(area, units, people, faults)
