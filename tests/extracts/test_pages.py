"""The pages of imports: who may open them, and what they say."""

import csv
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.cases.models import Case
from forthright.extracts import services
from forthright.extracts.exports import problems_csv
from forthright.extracts.imports import checking
from forthright.extracts.models import ImportRun, WaitingFile
from forthright.extracts.plans import Kind
from forthright.extracts.services import undoing
from forthright.extracts.services import waiting as waiting_services
from forthright.table_files.problems import Problem
from forthright.web.models import Job
from forthright.worker import bindings, steps
from forthright.worker.kinds import Work
from tests import given
from tests.client import as_
from tests.extracts.files import HEADER, ROW, a_csv, a_row, an_area, imported

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_monday(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    with time_machine.travel(given.NOON, tick=False):
        yield


@pytest.fixture
def area():
    return an_area()


@pytest.fixture
def manager(area):
    return given.a_person(Role.LINE_MANAGER, area=area)


def the_file(tmp_path: Path, *rows, name: str = "week 40.csv") -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    path = a_csv(tmp_path / "sent.csv", HEADER, *rows)
    return SimpleUploadedFile(name, path.read_bytes())


def handed_over(person, tmp_path: Path, *rows) -> WaitingFile:
    """Return a file that was handed over and checked."""
    file = the_file(tmp_path, *rows)
    waiting = services.hand_over(
        file.name, file.chunks(), kind=Kind.AUTO, unit=None, by=person, at=given.NOON
    )
    return checking.check_waiting(waiting, at=given.NOON)


def addresses(waiting: WaitingFile, run: ImportRun) -> list[str]:
    return [
        "/imports/",
        "/imports/columns/",
        "/imports/hand-over/",
        f"/imports/files/{waiting.pk}/",
        f"/imports/{run.pk}/",
        f"/imports/{run.pk}/undo/",
    ]


@pytest.fixture
def both(area, manager, tmp_path):
    run = imported(area, a_csv(tmp_path / "first.csv", HEADER, ROW))
    return handed_over(manager, tmp_path, a_row(URN="20AB0123526")), run


def test_each_page_opens_for_a_line_manager(both, manager):
    browser = as_(manager)

    headings = [browser.open(address).heading for address in addresses(*both)]

    assert headings == [
        "Imports",
        "Which columns are read",
        "Import a file",
        "Check week 40.csv",
        "Import of first.csv",
        "Undo the import of first.csv",
    ]


def test_no_page_opens_for_a_prosecutor(both, area):
    browser = as_(given.a_person(Role.PROSECUTOR, area=area))

    assert {browser.try_("GET", address) for address in addresses(*both)} == {403}


def test_an_inspector_sees_what_was_imported_but_hands_over_and_undoes_nothing(both, area):
    waiting, run = both
    browser = as_(given.a_person(Role.INSPECTOR, area=area))

    page = browser.open("/imports/")

    page.see("first.csv").not_see("week 40.csv", "Import a file")
    browser.open(f"/imports/{run.pk}/").not_see("Undo this import")
    assert browser.try_("GET", f"/imports/files/{waiting.pk}/") == 403
    assert browser.try_("POST", f"/imports/{run.pk}/undo/") == 403


def test_a_manager_of_another_area_finds_none_of_it(both):
    browser = as_(given.a_person(Role.LINE_MANAGER, area=given.an_area("Wessex")))

    assert [browser.try_("GET", address) for address in addresses(*both)] == [
        200, 200, 200, 404, 404, 404,
    ]  # fmt: skip
    browser.open("/imports/").not_see("first.csv", "week 40.csv")


def test_what_changes_something_is_only_asked_for_by_post(both, manager):
    waiting, _ = both
    browser = as_(manager)
    acts = [f"/imports/files/{waiting.pk}/{act}/" for act in ("confirm", "check-again", "give-up")]

    assert {browser.try_("GET", address) for address in acts} == {405}


def test_many_rows_and_imports_need_no_more_queries_than_one(
    area, manager, tmp_path, count_queries
):
    one = handed_over(manager, tmp_path, ROW)
    browser = as_(manager)
    browser.open("/imports/")
    with count_queries() as few:
        browser.open("/imports/")
        browser.open(f"/imports/files/{one.pk}/")
    many = handed_over(manager, tmp_path, *[a_row(URN=f"20AB{n:05d}26") for n in range(1, 41)])
    for number in range(3):
        row = a_row(URN=f"21AB{number:05d}26")
        imported(area, a_csv(tmp_path / f"{number}.csv", HEADER, row))

    with count_queries() as more:
        browser.open("/imports/")
        browser.open(f"/imports/files/{many.pk}/")

    assert len(more) == len(few)


def test_a_file_is_handed_over_looked_at_imported_and_undone(manager, tmp_path):
    browser = as_(manager)

    page = browser.open("/imports/").follow("Import a file")
    page = page.press("Check the file", file=the_file(tmp_path, ROW))
    page.see("Nothing has been imported yet", "Adds Jane Smith", "due 7 April 2026")
    assert not Case.objects.exists()
    page = page.press("Import these rows")
    page.see("week 40.csv imported", "New letters owed 1")
    page = page.follow("Undo this import").press("Undo the import")
    page.see("was undone", "undone on 5 October 2026, midday")

    assert not Case.objects.exists()


def test_whether_a_name_that_stands_twice_is_one_person_is_asked_and_answered(manager, tmp_path):
    waiting = handed_over(manager, tmp_path, ROW, ROW)
    page = as_(manager).open(f"/imports/files/{waiting.pk}/")
    page.see("One person, or two of one name?", "1 row of this file names somebody again")

    page = page.press("I have looked: each is one person. Check again")

    page.see("They were read as one person, as was said.").not_see("One person, or two")
    answered = Event.objects.get(name="import.answered")
    assert (answered.by, answered.detail["repeats_are_one"]) == (manager, True)
    page.press("Import these rows").see("New letters owed 1")


def test_each_question_is_asked_and_answering_one_keeps_the_answers_to_the_others(
    manager, tmp_path, area
):
    imported(area, a_csv(tmp_path / "first.csv", HEADER, ROW))
    near = a_row(Victim_name="Jane Smyth", Decision_date="01/04/2026")
    waiting = handed_over(manager, tmp_path, near, near)
    page = as_(manager).open(f"/imports/files/{waiting.pk}/")
    page.see("One person, or two of one name?", "1 row of this file gives a decision of the same")
    page.see("1 row of this file names somebody whose name differs by a letter or two")

    page = page.press("I have looked: each is one person. Check again")
    page = page.press("I have looked: each is held and was corrected. Check again")
    page = page.press("I have looked: each is held and the name was corrected. Check again")

    page.see("Nothing has been imported yet", "surname from Smith to Smyth of Jane Smyth")
    page.see("is due 2 April 2026 instead of 7 April 2026").not_see("I have looked")
    last = Event.objects.filter(name="import.answered").latest("pk")
    assert last.detail == {
        "repeats_are_one": True, "near_decisions": "corrected", "near_names": "corrected",
    }  # fmt: skip
    page.press("Import these rows").see("imported")


def test_the_file_is_removed_once_it_is_imported(manager, tmp_path):
    waiting = handed_over(manager, tmp_path, ROW)
    folder = waiting_services.folder_of(waiting)
    assert folder.exists()

    as_(manager).open(f"/imports/files/{waiting.pk}/").press("Import these rows")

    assert not folder.exists()


def test_the_file_is_removed_when_it_is_given_up(
    manager, tmp_path, django_capture_on_commit_callbacks
):
    waiting = handed_over(manager, tmp_path, ROW)

    with django_capture_on_commit_callbacks(execute=True):
        page = as_(manager).open(f"/imports/files/{waiting.pk}/").press("Give the file up")

    page.see("Nothing of it was imported")
    assert not waiting_services.folder_of(waiting).exists()
    assert not WaitingFile.objects.exists()


def test_a_refused_row_keeps_the_whole_file_out_and_says_how_to_mend_it(manager, tmp_path):
    waiting = handed_over(manager, tmp_path, ROW, a_row(Decision_date="01/01/1900"))

    page = as_(manager).open(f"/imports/files/{waiting.pk}/")

    page.see("1 problem stops this file", "Row 3, column Decision date", "cannot be meant")
    page.see("1 of 2 rows refused. No row was added or changed.")
    page.not_see("Import these rows")
    assert as_(manager).try_("POST", f"/imports/files/{waiting.pk}/confirm/") == 302
    assert not Case.objects.exists()


def test_rows_can_be_looked_at_by_their_outcome(manager, tmp_path):
    waiting = handed_over(manager, tmp_path, ROW, a_row(URN="wrong"))

    page = as_(manager).open(f"/imports/files/{waiting.pk}/").follow("1 Add")

    assert [row[0] for row in page.rows() if row[-1].startswith("Adds")] == ["2"]


def test_the_list_of_problems_opens_safely_in_a_spreadsheet(manager, tmp_path):
    waiting = handed_over(manager, tmp_path, a_row(Unit="=HYPERLINK(1)"))

    answer = as_(manager).client.get(f"/imports/files/{waiting.pk}/problems/")

    text = answer.content.decode("utf-8-sig")
    assert "“=HYPERLINK(1)” is a formula" in text
    assert not any(cell.startswith("=") for line in text.splitlines() for cell in line.split(","))


@pytest.mark.parametrize("begins", ["=1+1", " =1+1", "+1", "-1", "@SUM(1)", "\t=1", "\n=1", "＝1"])
def test_text_that_a_spreadsheet_would_work_out_is_shown_as_text(begins):
    [line] = list(csv.reader(StringIO(problems_of(begins).splitlines(keepends=True)[1])))[:1]

    assert line[0].startswith("'")


def problems_of(sheet: str) -> str:
    return problems_csv([Problem(sheet=sheet, message="No", mend="Yes")]).decode("utf-8-sig")


def test_a_file_that_cannot_be_read_says_why(manager, tmp_path):
    file = SimpleUploadedFile("letter.csv", b"%PDF-1.7 something")

    page = as_(manager).open("/imports/hand-over/").press("Check the file", file=file)

    page.see("This file cannot be imported", "is a PDF, not a .csv file", "Nothing was imported")


def test_nothing_handed_over_is_a_mistake_in_the_form(manager):
    page = as_(manager).open("/imports/hand-over/").press("Check the file")

    assert page.errors == ["Choose the file to hand over."]


def test_the_very_same_file_says_when_it_was_imported(manager, tmp_path):
    browser = as_(manager)
    first = handed_over(manager, tmp_path, ROW)
    browser.open(f"/imports/files/{first.pk}/").press("Import these rows")
    again = handed_over(manager, tmp_path, ROW)

    page = browser.open(f"/imports/files/{again.pk}/")

    page.see("This very file was imported on 5 October 2026", "There is nothing to import")
    page.not_see("Import these rows")


def test_large_counts_are_written_with_commas(both, manager):
    _, run = both
    run.added, run.unchanged, run.records = 50_000, 1_234, {"cases": 12_345}
    run.save()
    browser = as_(manager)

    browser.open("/imports/").see("50,000", "1,234").not_see("50000")
    browser.open(f"/imports/{run.pk}/").see("50,000", "1,234", "12,345")


def test_looking_at_rows_that_name_people_is_recorded(manager, tmp_path):
    waiting = handed_over(manager, tmp_path, ROW)

    as_(manager).open(f"/imports/files/{waiting.pk}/")

    assert Event.objects.get(name="import.seen").detail == {"rows": 1}


def test_a_large_file_is_checked_and_imported_in_the_background(manager, tmp_path, monkeypatch):
    monkeypatch.setattr(checking, "CHECK_NOW_BYTES", 10)
    monkeypatch.setattr(checking, "IMPORT_NOW_ROWS", 0)
    browser = as_(manager)

    page = browser.open("/imports/hand-over/")
    page = page.press("Check the file", file=the_file(tmp_path, ROW))
    page.see("The file is being checked", "You can leave this page")
    work(Job.objects.get(name="extracts.check"))
    page = browser.open(page.address).press("Import these rows")
    page.see("The file is being imported")
    work(Job.objects.get(name="extracts.import"))
    browser.open(page.address).see("New letters owed 1")


def test_the_background_import_of_one_file_is_done_once(manager, tmp_path, monkeypatch):
    monkeypatch.setattr(checking, "IMPORT_NOW_ROWS", 0)
    waiting = handed_over(manager, tmp_path, ROW)
    as_(manager).open(f"/imports/files/{waiting.pk}/").press("Import these rows")
    job = Job.objects.get(name="extracts.import")

    work(job)
    work(job)

    assert ImportRun.objects.count() == 1


def test_thousands_of_rows_are_written_alike_on_the_page_that_undoes_them(manager, tmp_path, area):
    run = imported(area, a_csv(tmp_path / "week.csv", HEADER, ROW))
    ImportRun.objects.filter(pk=run.pk).update(added=20_000, changed=1_500)

    page = as_(manager).open(f"/imports/{run.pk}/undo/")

    page.see("20,000 rows added and 1,500 changed")


def test_a_large_import_is_undone_in_the_background(manager, tmp_path, monkeypatch, area):
    monkeypatch.setattr(undoing, "UNDO_NOW_CHANGES", 2)
    run = imported(area, a_csv(tmp_path / "week.csv", HEADER, ROW))
    browser = as_(manager)

    page = browser.open(f"/imports/{run.pk}/undo/").press("Undo the import")
    page.see("It is being undone in the background")
    assert Case.objects.exists()
    work(Job.objects.get(name="extracts.undo"))

    browser.open(f"/imports/{run.pk}/").see("This import was undone")
    assert not Case.objects.exists()


def test_a_file_nobody_imported_is_removed_after_a_week(manager, tmp_path):
    waiting = handed_over(manager, tmp_path, ROW)

    with time_machine.travel(given.at("2026-10-13 02:45"), tick=False):
        removed = steps.remove_forgotten_files(Work(1, "extracts.tidy", "tidy", {}, None))

    assert removed == 1
    assert not WaitingFile.objects.filter(pk=waiting.pk).exists()


def work(job: Job) -> None:
    """Do the steps of a job, as the worker would."""
    asked = Work(job.pk, job.name, job.key, job.arguments, job.asked_by_id)
    for step in bindings.kind_named(job.name).steps:
        step.act(asked)
