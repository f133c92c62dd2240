"""Fills the database with letters owed, quickly: plain SQL, no services, for measuring only."""

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from forthright.accounts.models import Area, Role, Unit, User
from forthright.cases.models import Case, Decision
from forthright.letters.models import Dispatch, Letter, LetterVersion, ReasonsNote
from forthright.rules.words import LONDON
from forthright.schemes.models import Duty, RuleSet
from forthright.schemes.services import start_area_scheme

AREAS, UNITS, DRAFTERS, DAYS_BACK, DAYS_AHEAD = 14, 5, 20, 540, 8
# Rows take days, units and people in turn. As a prime, so many working days meet every unit and
# everybody on whichever day of the week it is measured; 392 would meet a unit on each fourteenth.
WORKING_DAYS = 389
CHUNK = 500
OFFICER = Role.VICTIM_LIAISON_OFFICER
SURNAMES = ["Smith", "Jones", "Khan", "Taylor", "Begum", "Williams", "Brown", "Patel", "Davies",
            "Evans", "Wilson", "Thomas", "Ali", "Roberts", "Johnson", "Walker", "Wright", "Hussain",
            "Robinson", "Thompson", "White", "Hughes", "Edwards", "Green", "Hall", "Singh",
            "Clarke", "Jackson", "Wood", "Harris", "O'Neill", "Nowak"]  # fmt: skip


def start(today: date) -> None:
    """Make the Areas, their units, people and rules, once."""
    moment = datetime.combine(today, time(8), tzinfo=LONDON)
    for number in range(AREAS):
        area = Area.objects.create(name=f"Area {number + 1}")
        units = [Unit.objects.create(area=area, name=kind.label, kind=kind) for kind in Unit.Kind]
        start_area_scheme(area, by=None, at=moment)
        for person in range(DRAFTERS):
            User.objects.create(
                email=f"officer{number}.{person}@example.test",
                full_name=f"Officer {person}",
                role=OFFICER,
                area=area,
                unit=units[-1],
            )
        User.objects.create(
            email=f"manager{number}@example.test",
            full_name="A manager",
            role=Role.LEGAL_MANAGER,
            area=area,
            unit=units[0],
        )


@transaction.atomic
def fill_to(count: int, today: date, areas: Sequence[Area] = ()) -> None:
    """Add cases, people, decisions and letters owed until there are so many of each.

    Those that are added are spread evenly over some Areas; over all where none is named.
    """
    areas = areas or list(Area.objects.order_by("pk"))
    first = Duty.objects.count() + 1
    numbers = (
        f"WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {count}) "
    )
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA cache_size = -1000000")
        _make_day_picks(cursor, today)
        _make_picks(cursor, areas)
        for statement in STATEMENTS:
            cursor.execute(statement.format(numbers=numbers, **_spread(areas)))
        for name in ("pick_day", "pick_unit", "pick_drafter", "pick_name"):
            cursor.execute(f"DROP TABLE {name}")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA cache_size = -65536")


def _spread(areas: Sequence[Area]) -> dict[str, int]:
    """Return over how many Areas, units, drafters and surnames the rows are spread."""
    return {
        "areas": len(areas), "units": UNITS * len(areas), "drafters": DRAFTERS * len(areas),
        "surnames": len(SURNAMES),
    }  # fmt: skip


def _make_day_picks(cursor: CursorWrapper, today: date) -> None:
    """Make the table that a row's number picks its day from."""
    stamp = "timestamp with time zone" if connection.vendor == "postgresql" else "datetime"
    cursor.execute(
        "CREATE TABLE pick_day (k integer PRIMARY KEY, due_on date, due_week date, "
        f"decided_at {stamp}, sent_at {stamp}, is_past integer)"
    )
    days = [today + timedelta(days=ahead) for ahead in range(-DAYS_BACK, DAYS_AHEAD)]
    weekdays = [day for day in days if day.weekday() < 5][-WORKING_DAYS:]
    rows = [
        (
            number,
            str(day),
            str(day - timedelta(days=day.weekday())),
            f"{day - timedelta(days=7)} 10:00:00",
            f"{day} 11:00:00",
            int(day < today),
        )
        for number, day in enumerate(weekdays)
    ]
    cursor.executemany("INSERT INTO pick_day VALUES (%s, %s, %s, %s, %s, %s)", rows)


def _make_picks(cursor: CursorWrapper, areas: Sequence[Area]) -> None:
    """Make the tables that a row's number picks its surname, unit and drafter from."""
    rules = dict(RuleSet.objects.values_list("area_id", "pk"))
    units = {area.pk: list(area.units.exclude(kind=Unit.Kind.VLU)) for area in areas}
    people = {area.pk: list(area.people.filter(role=OFFICER)) for area in areas}
    _pick(cursor, "pick_name", [(name,) for name in SURNAMES])
    _pick(
        cursor,
        "pick_unit",
        [(a.pk, units[a.pk][number].pk, rules[a.pk]) for number in range(UNITS) for a in areas],
    )
    _pick(
        cursor,
        "pick_drafter",
        [(people[a.pk][number].pk,) for number in range(DRAFTERS) for a in areas],
    )


def _pick(cursor: CursorWrapper, name: str, rows: Sequence[tuple[Any, ...]]) -> None:
    columns = ", ".join(
        f"c{number} {'integer' if isinstance(value, int) else 'varchar(100)'}"
        for number, value in enumerate(rows[0])
    )
    cursor.execute(f"CREATE TABLE {name} (k integer PRIMARY KEY, {columns})")
    marks = ", ".join(["%s"] * (len(rows[0]) + 1))
    cursor.executemany(
        f"INSERT INTO {name} VALUES ({marks})", [(k, *row) for k, row in enumerate(rows)]
    )


BECAUSE = json.dumps(
    [
        "Decided Thursday 2 April 2026, 4:55pm.",
        "Standard entitlement: 5 working days allowed (CPS VCL scheme, updated 15 October 2024).",
        "The working day after the decision is the first day counted.",
        "Due Thursday 9 April 2026.",
    ]
)
IS_OPEN = "(is_past = 0 OR i % 199 = 0)"
# Row i belongs to Area i mod so many, so that each of them holds as many letters.
STATEMENTS = [
    """INSERT INTO cases_case (id, area_id, unit_id, urn, urn_suffix, lead_offence,
        is_domestic_abuse, is_rasso, is_hate_crime, involves_child, involves_death)
    {numbers} SELECT i, c0, c1, '20AB' || substr('0000000' || i, length('0000000' || i) - 6), '',
        'Burglary', i % 5 = 0, i % 9 = 0, i % 11 = 0, i % 13 = 0, i % 97 = 0
    FROM n JOIN pick_unit ON k = i % {units}""",
    """INSERT INTO cases_persontotell (id, case_id, reference, key, relation, title, given_names,
        family_name, preferred_name, email, phone, address, entitlement, entitlement_because,
        is_child, has_opted_out, safe_contact_note, language)
    {numbers} SELECT i, i, '', 'p', 'VICTIM', '', 'Amira',
        CASE WHEN i % 20 = 0 THEN c0
            ELSE c0 || substr('abcdefghijklmnopqrstuvwxyz', CAST(1 + (i / 64) % 26 AS integer), 1)
                || substr('aeiou', CAST(1 + (i / 1664) % 5 AS integer), 1) END,
        '', '', '', '', CASE WHEN i % 3 = 0 THEN 'ENHANCED' ELSE 'STANDARD' END, '',
        i % 13 = 0, i % 50 = 0, '', 'English'
    FROM n JOIN pick_name ON k = (i / {areas}) % {surnames}""",
    """INSERT INTO cases_decision (id, area_id, case_id, reference, key, kind, made_at,
        made_by_name, is_after_withdrawal, was_made_in_court, who_is_told_is_known)
    {numbers} SELECT i, c0, i, '', 'd', 'DISCONTINUED', decided_at, '', i % 17 = 0, i % 2 = 0, 1 = 1
    FROM n JOIN pick_unit u ON u.k = i % {units}
        JOIN pick_day d ON d.k = (i / {areas}) % (SELECT count(*) FROM pick_day)""",
    f"""INSERT INTO schemes_duty (id, area_id, unit_id, case_id, number, decision_id, person_id,
        drafter_id, drafter_name, state, entitlement, decided_at, due_on, due_week, due_because,
        rule_set_id, told_at, sent_at, came_back, in_post, reopened, late_stage,
        not_required_reason)
    {{numbers}} SELECT i, u.c0, u.c1, i, 1, i, i, p.c0, '',
        CASE WHEN {IS_OPEN} THEN 'OPEN' WHEN i % 12 = 0 THEN 'LATE' ELSE 'MET' END,
        CASE WHEN i % 3 = 0 THEN 'ENHANCED' ELSE 'STANDARD' END, decided_at, due_on, due_week,
        '{BECAUSE}', u.c2, decided_at, CASE WHEN {IS_OPEN} THEN NULL ELSE sent_at END,
        '[]', '[]', '[]',
        CASE WHEN {IS_OPEN} OR i % 12 > 0 THEN '' WHEN i % 5 = 0 THEN 'EXPLAINING'
            WHEN i % 5 < 3 THEN 'DRAFTING' ELSE 'APPROVING' END, ''
    FROM n JOIN pick_unit u ON u.k = i % {{units}} JOIN pick_drafter p ON p.k = i % {{drafters}}
        JOIN pick_day d ON d.k = (i / {{areas}}) % (SELECT count(*) FROM pick_day)""",
]


def keep_house() -> None:
    """Do what the database does by itself in time once so much has been written."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


@transaction.atomic
def make_overdue(count: int, today: date) -> int:
    """Unsend letters of the first Area until so many are overdue; return how many there are."""
    owed = Duty.objects.filter(area=Area.objects.order_by("pk")[0], due_on__lt=today)
    sent = owed.exclude(state=Duty.State.OPEN).order_by("-due_on", "pk")
    wanted = count - owed.filter(state=Duty.State.OPEN).count()
    chosen = list(sent.values_list("pk", flat=True)[: max(wanted, 0)])
    for first in range(0, len(chosen), CHUNK):
        part = Duty.objects.filter(pk__in=chosen[first : first + CHUNK])
        part.update(state=Duty.State.OPEN, sent_at=None, late_stage="")
    return owed.filter(state=Duty.State.OPEN).count()


@transaction.atomic
def decide_with_nobody(unit: Unit, count: int, moment: datetime) -> None:
    """Add so many decisions of a unit, a quarter of an hour apart, with nobody to tell."""
    cases = Case.objects.bulk_create(
        (
            Case(area=unit.area, unit=unit, urn=f"20AC{number:07}", lead_offence="Burglary")
            for number in range(count)
        ),
        batch_size=CHUNK,
    )
    Decision.objects.bulk_create(
        (
            Decision(area=unit.area, case=case, key="d", kind=Decision.Kind.DISCONTINUED,
                     made_at=moment - number * timedelta(minutes=15))
            for number, case in enumerate(cases)
        ),
        batch_size=CHUNK,
    )  # fmt: skip


def write_some(moment: datetime, *, open_alone: bool = False) -> None:
    """Explain every second letter of the first Area, write every third, and send what was sent.

    Of those that went out one in fifty came back; asked for open ones alone, they are left out.
    """
    area = Area.objects.order_by("pk")[0]
    written = Letter.objects.filter(area=area).values("duty")
    rows = Duty.objects.filter(area=area).exclude(pk__in=written).order_by("pk")
    if open_alone:
        rows = rows.filter(state=Duty.State.OPEN)
    chosen = list(rows.only("pk", "unit_id", "decision_id", "sent_at"))
    ReasonsNote.objects.bulk_create(
        [
            ReasonsNote(area=area, unit_id=each.unit_id, decision_id=each.decision_id, number=1,
                        written_at=moment)
            for each in chosen
            if each.pk % 2 == 0
        ],
        batch_size=CHUNK, ignore_conflicts=True,
    )  # fmt: skip
    for first in range(0, len(chosen), CHUNK):
        _write([each for each in chosen[first : first + CHUNK] if each.pk % 3 == 0], area, moment)


def _write(duties: list[Duty], area: Area, moment: datetime) -> None:
    letters = Letter.objects.bulk_create([Letter(duty=each, area=area) for each in duties])
    versions = LetterVersion.objects.bulk_create(
        LetterVersion(letter=each, number=1, text="Dear Ms Begum", composed={}, added_at=moment)
        for each in letters
    )
    for letter, version in zip(letters, versions, strict=True):
        letter.approved_version = version
    Letter.objects.bulk_update(letters, ["approved_version"])
    Dispatch.objects.bulk_create(
        Dispatch(area=area, duty=each, version=version, channel="POST", to_what="", asked_at=moment,
                 key=f"bench{each.pk}", state="RETURNED" if each.pk % 50 == 0 else "DELIVERED")
        for each, version in zip(duties, versions, strict=True)
        if each.sent_at
    )  # fmt: skip
