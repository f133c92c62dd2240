"""A large import is worked out before it locks anything, and written in one short step."""

from datetime import date, time

import pytest
from django.db import DatabaseError, connection, transaction

from forthright.accounts.models import User
from forthright.audit.models import Head
from forthright.cases.models import Case, Decision, Defendant, PersonToTell
from forthright.extracts import services
from forthright.extracts.imports.checking import import_planned
from forthright.extracts.models import ImportChange, ImportRun
from forthright.extracts.plans import Counts, ImportRefused, Kind
from forthright.extracts.services.added_records import AddedRecords
from forthright.extracts.services.prepared_rows import reserve_ids
from forthright.extracts.services.preparing import prepared
from forthright.schemes.models import Duty, RuleSet, TimeLimit
from forthright.schemes.services import NewClosedDay, add_closed_day
from tests import given
from tests.extracts.files import HEADER, ROW, a_csv, a_plan, a_row, an_area, imported

pytestmark = pytest.mark.django_db

TABLES = ["cases_case", "cases_persontotell", "cases_defendant", "cases_decision", "schemes_duty"]
SOURCE = services.Source("week.csv", Kind.DECISIONS, "0" * 64, Counts(added=1))
WIDE = [
    *HEADER,
    "Defendant",
    "VLU told",
    "Sent",
    "Drafter",
    "Letter required",
    "Reason not required",
]
ROWS = {
    "sent late": [*ROW, "John Doe", "03/04/2026 09:00", "20/04/2026 10:00", "Ann Lee", "", ""],
    "not required": [*ROW, "", "", "", "", "No", "The victim has died"],
    "open": [*ROW, "John Doe", "03/04/2026", "", "", "", ""],
    "not qualifying": [*a_row(Decision="Charged"), "John Doe", "", "", "", "", ""],
    "not known": [*a_row(Enhanced=""), "", "", "", "", "", ""],
}


def test_nothing_is_written_or_locked_while_rows_are_worked_out(tmp_path, count_queries):
    area = an_area()
    plan = a_plan(area, a_csv(tmp_path / "week.csv", HEADER, ROW))

    with count_queries() as asked, prepared(area, plan.file, by=None, at=given.NOON) as ready:
        assert ready.added.counts()["letters owed"] == 1
        assert not Case.objects.exists()
        assert not Duty.objects.exists()

    said = [query["sql"] for query in asked.captured_queries]
    assert not [sql for sql in said if "FOR UPDATE" in sql]
    assert not [sql for sql in said for table in TABLES if sql.startswith(f'INSERT INTO "{table}"')]


def test_the_chain_of_the_record_is_not_locked_before_everything_is_written(tmp_path):
    area = an_area()
    heads = []

    def told(stage, done, total):
        if stage.startswith("Writing"):
            heads.append(Head.objects.get().sequence)

    imported(area, a_csv(tmp_path / "first.csv", HEADER, ROW))
    before = Head.objects.get().sequence
    path = a_csv(tmp_path / "second.csv", HEADER, a_row(Enhanced="No"), a_row(URN="20AB0123526"))
    import_planned(area, a_plan(area, path), path.name, by=None, at=given.NOON, told=told)

    assert set(heads) == {before}
    assert Head.objects.get().sequence > before


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_a_new_case_becomes_the_same_records_as_when_its_case_is_held_already(tmp_path, row):
    """Both ways of writing give the same: whole at once, or into a case that is there."""
    mercia, wessex = an_area(), given.a_started_area("Wessex")
    given.a_case(unit=given.a_unit("CROWN_COURT", area=wessex), urn=row[0], lead_offence="")

    imported(mercia, a_csv(tmp_path / "whole.csv", WIDE, row))
    imported(wessex, a_csv(tmp_path / "held.csv", WIDE, row))

    for model in (PersonToTell, Defendant, Decision, Duty):
        assert values_in(model, mercia) == values_in(model, wessex)


def values_in(model, area):
    """Return what the records of an Area say, without what differs between two Areas."""
    links = {"id", "area_id", "unit_id", "case_id", "person_id", "decision_id", "rule_set_id",
             "defendant_id"}  # fmt: skip
    rows = model.objects.filter(case__area=area).order_by("pk").values()
    return [{name: row[name] for name in row.keys() - links} for row in rows]


@pytest.mark.parametrize("moved", ["a closed day", "a time limit", "a new rule set"])
def test_rules_that_move_while_rows_are_worked_out_stop_the_import_whole(tmp_path, moved):
    area = an_area()
    plan = a_plan(area, a_csv(tmp_path / "week.csv", HEADER, ROW))

    with prepared(area, plan.file, by=None, at=given.NOON) as ready:
        MOVES[moved](area)
        with pytest.raises(ImportRefused, match="time limits or the calendar changed"):
            services.apply_plan(area, ready, SOURCE, by=None, at=given.NOON)

    assert not Case.objects.exists()
    assert not ImportRun.objects.exists()


def close_a_day(area):
    day = NewClosedDay(day=date(2026, 10, 8), name="Jubilee", source="Proclamation")
    add_closed_day(area, day, by=None, at=given.NOON)


MOVES = {
    "a closed day": close_a_day,
    "a time limit": lambda area: TimeLimit.objects.update(working_days=3),
    "a new rule set": lambda area: RuleSet.objects.filter(area=area).update(cut_off=time(12)),
}


def test_ids_that_were_set_aside_go_to_no_other_record():
    unit = given.a_unit()

    first = list(reserve_ids(Case, 3))
    between = given.a_case(unit=unit)
    second = list(reserve_ids(Case, 2))
    after = given.a_case(unit=unit)

    ids = [*first, between.pk, *second, after.pk]
    assert len(set(ids)) == len(ids)
    assert first == sorted(first)


def test_nothing_of_an_import_stays_in_the_connection(tmp_path):
    imported(an_area(), a_csv(tmp_path / "week.csv", HEADER, ROW))

    with (
        pytest.raises(DatabaseError, match="prepared_cases_case"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM prepared_cases_case")


def test_added_records_are_noted_by_the_first_and_last_in_a_row(tmp_path):
    rows = [a_row(URN=f"20AB{number:05d}26") for number in range(1, 41)]

    run = imported(an_area(), a_csv(tmp_path / "week.csv", HEADER, *rows))

    notes = ImportChange.objects.filter(run=run, record_kind="cases.Case")
    ids = Case.objects.order_by("pk").values_list("pk", flat=True)
    assert sum(last - first + 1 for first, last in notes.values_list("record_id", "last_id")) == 40
    assert (notes.order_by("pk")[0].record_id, notes.order_by("-pk")[0].last_id) == (
        ids.first(), ids.last(),
    )  # fmt: skip
    assert ImportChange.objects.filter(run=run).count() < 10


@pytest.mark.parametrize(
    ("ids", "rows"),
    [
        ([], []),
        ([4], [(4, 4)]),
        ([4, 5, 6], [(4, 6)]),
        ([4, 6, 7], [(4, 4), (6, 7)]),
        ([8, 9, 4, 5], [(4, 5), (8, 9)]),
        ([6, 7, 4, 5], [(4, 7)]),
    ],
)
def test_ids_are_kept_as_rows_in_their_order(ids, rows):
    added = AddedRecords()
    added.note(Case, ids)

    assert added.rows(Case) == rows
    assert added.counts()["cases"] == len(ids)


def test_who_says_that_a_letter_is_not_required_is_kept(tmp_path):
    area = an_area()
    by: User = given.a_person("LINE_MANAGER", area=area)
    path = a_csv(tmp_path / "week.csv", WIDE, ROWS["not required"])

    import_planned(area, a_plan(area, path), path.name, by=by, at=given.NOON)

    duty = Duty.objects.get()
    assert (duty.state, duty.not_required_by, duty.not_required_at) == (
        Duty.State.NOT_REQUIRED, by, given.NOON,
    )  # fmt: skip
