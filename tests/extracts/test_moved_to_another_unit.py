"""What belongs to a case goes with it where an import moves it to another unit."""

from datetime import timedelta

import pytest

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.cases.models import Case
from forthright.disclosure.models import Delivery, DisclosureDuty
from forthright.extracts import services
from forthright.extracts.imports.checking import import_planned
from forthright.hard_media.models import Hearing, MediaItem, PoliceFeedback, SentFile
from forthright.hard_media.selectors.backlog import backlog_of
from forthright.hard_media.services import feedback, hearings
from forthright.rules.media_periods import failure_reasons
from forthright.rules.weeks import week_of
from forthright.worker.bindings import all_kinds
from forthright.worker.kinds import Work
from forthright.worker.steps import follow_units
from tests import given
from tests.client import as_
from tests.disclosure import duties
from tests.extracts.files import HEADER, ROW, a_csv, a_plan, a_row, an_area, imported
from tests.hard_media import files, media

pytestmark = pytest.mark.django_db
NOON = given.NOON


@pytest.fixture
def case(settings, tmp_path):
    """Return a case of the Crown Court unit with a recording, its file, and disclosure begun."""
    settings.RECORDINGS = tmp_path / "recordings"
    imported(an_area(), a_csv(tmp_path / "first.csv", HEADER, ROW))
    found = Case.objects.get()
    listed = hearings.Listed(on=media.PTPH, court="Worcester")
    item = media.a_requested_item(hearings.register_case(found, listed, by=None, at=NOON))
    files.a_kept_file(item)
    feedback.give_feedback(item, failure_reasons()[0], by=None, at=NOON)
    duties.received(duties.a_duty(case=found), mg6c_csv=duties.a_schedule("A note"))
    return found


def moved(case, folder, *, at=NOON):
    again = a_csv(folder / "second.csv", HEADER, a_row(Unit="Magistrates"))
    run = import_planned(case.area, a_plan(case.area, again), again.name, by=None, at=at)
    case.refresh_from_db()
    return run


def units():
    kinds = (Hearing, MediaItem, SentFile, PoliceFeedback, DisclosureDuty, Delivery)
    return {each.__name__: each.objects.get().unit for each in kinds}


def addresses(case):
    item, sent, duty = MediaItem.objects.get(), SentFile.objects.get(), DisclosureDuty.objects.get()
    return [f"/recordings/cases/{case.pk}/", f"/recordings/items/{item.pk}/",
            f"/recordings/files/{sent.pk}/", f"/disclosure/{duty.pk}/"]  # fmt: skip


def answers(unit, paths):
    browser = as_(given.a_person(Role.PROSECUTOR, unit=unit))
    return {browser.try_("GET", each) for each in paths}


def test_recordings_and_disclosure_are_the_new_units_at_once_and_no_longer_the_old_ones(
    case, tmp_path
):
    old = case.unit

    moved(case, tmp_path)

    assert case.unit != old
    assert set(units().values()) == {case.unit}
    assert answers(case.unit, addresses(case)) == {200}
    assert answers(old, addresses(case)) == {404}
    told = Event.objects.get(name="hearing.unit_moved").detail
    assert (told["of_unit"], told["to_unit"]) == (old.pk, case.unit_id)
    assert told["recordings"] == [MediaItem.objects.get().pk]
    about = Event.objects.get(name="disclosure.unit_moved")
    assert about.subject_id == str(DisclosureDuty.objects.get().pk)


def test_they_come_back_where_the_import_is_undone(case, tmp_path):
    old, run = case.unit, moved(case, tmp_path)

    services.undo_import(run, by=None, at=NOON)

    assert set(units().values()) == {old}
    assert Event.objects.filter(name="hearing.unit_moved").count() == 2


def test_an_import_that_moves_nothing_leaves_no_such_event(case, tmp_path):
    header, row = [*HEADER, "Lead offence"], [*ROW, "Theft"]

    imported(case.area, a_csv(tmp_path / "third.csv", header, row))

    assert not Event.objects.filter(name__endswith="unit_moved").exists()


def test_what_was_left_with_a_former_unit_follows_by_itself(case):
    there = given.a_unit(Unit.Kind.MAGISTRATES, area=case.area)
    Case.objects.filter(pk=case.pk).update(unit=there)
    work = Work(1, "cases.follow_units", "", {}, None)

    assert "cases.follow_units" in all_kinds()
    assert (follow_units(work), follow_units(work)) == (2, 0)
    assert set(units().values()) == {there}


def test_a_week_that_is_over_counts_for_the_unit_that_held_the_case_then(case, tmp_path):
    old, week = case.unit, week_of(NOON.date())

    moved(case, tmp_path, at=NOON + timedelta(days=7))

    def counted(in_week):
        found = backlog_of(case.area, in_week, week, as_of=week.plus(4).monday)
        return [each.unit for each in found.recordings]

    assert counted(week) == [old.name]
    assert counted(week.plus(1)) == [case.unit.name]
