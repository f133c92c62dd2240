import pytest

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.cases.models import Case, Decision, PersonToTell
from forthright.extracts import services
from forthright.extracts.imports.checking import import_planned
from forthright.extracts.models import ImportRun
from forthright.extracts.plans import ImportRefused
from forthright.letters.models import Letter
from forthright.schemes.models import Duty
from forthright.schemes.services import record_stage
from tests import given
from tests.extracts.files import HEADER, ROW, a_csv, a_plan, a_row, an_area, imported

pytestmark = pytest.mark.django_db


def undo(run):
    """Undo an import as the command line would."""
    return services.undo_import(run, by=None, at=given.NOON)


def test_undoing_removes_everything_that_the_import_added(tmp_path):
    run = imported(an_area(), a_csv(tmp_path / "week.csv", HEADER, ROW))

    undo(run)

    assert not Case.objects.exists()
    assert not PersonToTell.objects.exists()
    assert not Decision.objects.exists()
    assert not Duty.objects.exists()
    run.refresh_from_db()
    assert (run.state, run.undone_at) == (ImportRun.State.UNDONE, given.NOON)
    assert Event.objects.filter(name="import.undone").exists()


def test_undoing_puts_back_what_the_import_changed(tmp_path):
    area = an_area()
    imported(area, a_csv(tmp_path / "first.csv", HEADER, ROW))
    before = Duty.objects.values().get()
    header = [*HEADER, "Sent", "Lead offence"]
    row = [*a_row(Enhanced="No", Unit="Magistrates"), "09/04/2026", "Theft"]
    second = imported(area, a_csv(tmp_path / "second.csv", header, row))
    assert Duty.objects.values().get() != before

    undo(second)

    assert Duty.objects.values().get() == before
    assert PersonToTell.objects.get().entitlement == "ENHANCED"
    assert Case.objects.get().lead_offence == ""


def test_an_import_can_be_undone_once(tmp_path):
    run = undo(imported(an_area(), a_csv(tmp_path / "week.csv", HEADER, ROW)))

    with pytest.raises(ImportRefused, match="undone already"):
        undo(run)


def test_the_file_can_be_imported_again_after_it_was_undone(tmp_path):
    area = an_area()
    path = a_csv(tmp_path / "week.csv", HEADER, ROW)
    undo(imported(area, path))

    again = imported(area, path)

    assert again.added == 1
    assert Duty.objects.count() == 1


def test_a_later_import_of_the_same_records_must_be_undone_first(tmp_path):
    area = an_area()
    first = imported(area, a_csv(tmp_path / "first.csv", HEADER, ROW))
    second = imported(area, a_csv(tmp_path / "second.csv", HEADER, a_row(Enhanced="No")))

    with pytest.raises(ImportRefused, match=r"“second\.csv”"):
        undo(first)

    undo(second)
    undo(first)
    assert not Case.objects.exists()


def test_a_person_added_since_to_the_same_case_is_not_lost(tmp_path):
    area = an_area()
    first = imported(area, a_csv(tmp_path / "first.csv", HEADER, ROW))
    imported(area, a_csv(tmp_path / "second.csv", HEADER, a_row(Victim_name="Tom Jones")))

    with pytest.raises(ImportRefused, match="did not add"):
        undo(first)


def test_what_somebody_recorded_since_is_not_lost(tmp_path):
    area = an_area()
    run = imported(area, a_csv(tmp_path / "week.csv", HEADER, ROW))
    officer = given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=Case.objects.get().unit)
    record_stage(
        Duty.objects.get(), "told", given.at("2026-04-03 09:00"), by=officer, at=given.NOON
    )

    with pytest.raises(ImportRefused, match="worked on 1 record"):
        undo(run)

    assert Duty.objects.exists()


def test_a_letter_written_since_is_not_lost(tmp_path):
    area = an_area()
    run = imported(area, a_csv(tmp_path / "week.csv", HEADER, ROW))
    Letter.objects.create(duty=Duty.objects.get(), area=area)

    with pytest.raises(ImportRefused, match="1 letter has been written"):
        undo(run)


def test_records_that_moved_after_the_check_stop_the_import_whole(tmp_path):
    area = an_area()
    imported(area, a_csv(tmp_path / "first.csv", HEADER, ROW))
    path = a_csv(tmp_path / "second.csv", HEADER, a_row(Enhanced="No"), a_row(URN="20AB0123526"))
    plan = a_plan(area, path)
    PersonToTell.objects.update(entitlement="UNKNOWN")

    with pytest.raises(ImportRefused, match="changed after the file was checked"):
        import_planned(area, plan, path.name, by=None, at=given.NOON)

    assert Case.objects.count() == 1
    assert ImportRun.objects.count() == 1


def test_a_case_that_appeared_after_the_check_stops_the_import_whole(tmp_path):
    area = an_area()
    path = a_csv(tmp_path / "week.csv", HEADER, ROW)
    plan = a_plan(area, path)
    given.a_case(urn="20AB0123426")

    with pytest.raises(ImportRefused, match="changed after the file was checked"):
        import_planned(area, plan, path.name, by=None, at=given.NOON)

    assert not ImportRun.objects.exists()


def test_an_import_leaves_one_event_with_counts_and_the_fingerprint_of_the_file(tmp_path):
    run = imported(an_area(), a_csv(tmp_path / "week.csv", HEADER, ROW))

    event = Event.objects.get(name="import.done")
    assert event.subject_id == str(run.pk)
    assert event.detail["sha256"] == run.sha256
    assert event.detail["rows_added"] == 1
    assert "Smith" not in str(event.detail)
