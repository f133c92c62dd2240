import pytest

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.cases.models import Case, Decision, Defendant, PersonToTell
from forthright.extracts import services
from forthright.extracts.imports.checking import import_planned
from forthright.extracts.models import ImportRun
from forthright.extracts.plans import ImportRefused
from forthright.letters.models import Letter
from forthright.morning_lists.selectors.morning import decisions_with_nobody
from forthright.rules.weeks import week_of
from forthright.samples.services import PlanSettings, draw_sample, make_plan
from forthright.schemes.models import DueChange, Duty
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


def test_undoing_takes_back_a_defendant_named_for_a_decision_that_was_held(tmp_path):
    area = an_area()
    imported(area, a_csv(tmp_path / "first.csv", HEADER, ROW))
    header, row = [*HEADER, "Defendant"], [*ROW, "John Doe"]
    second = imported(area, a_csv(tmp_path / "second.csv", header, row))
    assert Decision.objects.get().defendant is not None

    undo(second)

    assert Decision.objects.get().defendant is None
    assert not Defendant.objects.exists()


def test_what_was_already_there_is_left_when_the_rest_of_its_import_goes(tmp_path):
    area = an_area()
    imported(area, a_csv(tmp_path / "first.csv", HEADER, ROW))
    rows = [a_row(Victim_name="Tom Jones"), a_row(URN="20AB0123526")]
    second = imported(area, a_csv(tmp_path / "second.csv", HEADER, *rows))
    assert (Case.objects.count(), Duty.objects.count()) == (2, 3)

    undo(second)

    assert (Case.objects.count(), Duty.objects.count()) == (1, 1)
    assert PersonToTell.objects.get().family_name == "Smith"


def test_a_decision_waits_for_somebody_to_tell_again_when_the_only_person_told_goes(tmp_path):
    area = an_area()
    imported(area, a_csv(tmp_path / "first.csv", HEADER, a_row(Victim_name="", Enhanced="")))
    decision = Decision.objects.get()
    assert not decision.who_is_told_is_known
    second = imported(area, a_csv(tmp_path / "second.csv", HEADER, ROW))
    decision.refresh_from_db()
    assert (Duty.objects.get().decision, decision.who_is_told_is_known) == (decision, True)

    undo(second)

    decision.refresh_from_db()
    assert not decision.who_is_told_is_known
    assert list(decisions_with_nobody(decision.case.unit)) == [decision]


def test_that_somebody_is_told_is_noted_as_a_new_case_is_imported(tmp_path):
    rows = [ROW, a_row(URN="20AB0123526", Victim_name="", Enhanced="")]
    imported(an_area(), a_csv(tmp_path / "week.csv", HEADER, *rows))

    assert list(
        Decision.objects.order_by("case__urn").values_list("case__urn", "who_is_told_is_known")
    ) == [("20AB0123426", True), ("20AB0123526", False)]


def test_a_moved_due_date_of_an_added_letter_goes_with_it(tmp_path):
    run = imported(an_area(), a_csv(tmp_path / "week.csv", HEADER, ROW))
    duty = Duty.objects.get()
    DueChange.objects.create(
        duty=duty, old_due_on=duty.due_on, new_due_on=duty.due_on, reason="x", changed_at=given.NOON
    )

    undo(run)

    assert not Duty.objects.exists()
    assert not DueChange.objects.exists()


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

    says = f"worked on 1 record that it added or changed, in case {Case.objects.get()}, and"
    with pytest.raises(ImportRefused, match=says):
        undo(run)

    assert Duty.objects.exists()


def test_a_letter_written_since_is_not_lost(tmp_path):
    area = an_area()
    run = imported(area, a_csv(tmp_path / "week.csv", HEADER, ROW))
    Letter.objects.create(duty=Duty.objects.get(), area=area)

    with pytest.raises(ImportRefused, match="1 letter has been written"):
        undo(run)


def test_an_import_is_not_offered_for_undoing_once_a_letter_of_it_was_drawn(tmp_path):
    run = imported(an_area(), a_csv(tmp_path / "week.csv", HEADER, ROW))
    duty = Duty.objects.get()
    settings = PlanSettings(
        marker=given.a_person(Role.LINE_MANAGER, unit=duty.case.unit),
        random_size=5,
        cycle_weeks=None,
    )
    plan = make_plan(
        duty.area, by=None, at=given.NOON, name="Weekly", unit=duty.case.unit, settings=settings
    )
    draw_sample(plan, week_of(duty.due_on), by=None, at=given.NOON)

    why = services.why_not_undone(run)
    assert f"1 letter of this import, in case {duty.case}, was drawn in a sample" in why
    assert "can be corrected on their pages" in why
    with pytest.raises(ImportRefused, match="was drawn in a sample"):
        undo(run)
    with pytest.raises(ImportRefused, match="was drawn in a sample"):
        services.ask_for_undo(run, by=given.a_person(Role.ADMINISTRATOR), at=given.NOON)


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
