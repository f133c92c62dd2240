"""An entry of the officer's report without an item number waits until somebody says of what."""

import importlib

import pytest
from django.apps import apps

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.disclosure.models import UnnumberedEntry
from forthright.disclosure.selectors.duties import waiting_for
from forthright.disclosure.selectors.packs import NoPackYet, pack_facts
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.selectors.unnumbered import entries_of, unplaced_of
from forthright.disclosure.services.approving_later import approve_later
from forthright.disclosure.services.endorsing import EndorsementRefused
from forthright.disclosure.services.serving import ServingRefused, approve_duty, serve
from forthright.disclosure.services.serving_then import serve_when_it_was
from forthright.disclosure.services.starting import DutyRefused, close_duty, end_duty
from forthright.disclosure.services.unnumbered import EntryRefused, place_entry
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON = given.NOON
WHY = "It shows that another man, Carl Voss, hired the van that day"
REPORT = duties.a_report(f',,"{WHY}",Yes')
SAYS = r"1 entry of the officer’s report .* MG6E version 1, row 1\. A lawyer"
NONE_BECAUSE = "It is of another investigation, and the police were asked to say so"


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def reported(report=REPORT, **files):
    """A duty of which everything was endorsed, with a report beside its schedules."""
    files = {"mg6c_csv": duties.a_schedule(*duties.OPEN_ITEMS), "mg6e_csv": report} | files
    return duties.endorse_all(duties.adequate(duties.a_duty(), **files), by=duties.a_lawyer())


def placed(duty, *numbers, why="", by=None):
    """The duty once it was said which items the entry that waits is about, or none."""
    [row] = unplaced_of(duty.case_id)
    items = [line.item.pk for line in lines_of(duty) if line.item.number in numbers]
    place_entry(duty, row, "ITEMS" if items else "NONE", items=items, reason=why, by=by, at=NOON)
    return duties.fresh(duty)


def named(duty):
    return [(line.item.number, line.named[0].why) for line in lines_of(duty) if line.named]


def test_it_is_neither_approved_nor_served_past_and_the_pages_lead_to_it():
    duty = reported()
    with pytest.raises(ServingRefused, match=SAYS):
        duties.approve_and_serve(duty)
    manager = as_(duties.a_lawyer(Role.LEGAL_MANAGER))
    manager.open(f"/disclosure/{duty.pk}/approve/").see("Say what each entry is about")
    page = manager.open(f"/disclosure/{duty.pk}/").see("MG6E version 1, row 1")

    page = page.follow("Say what each entry is about").see(WHY)
    page = page.follow("Say what it is about: MG6E version 1, row 1").see(WHY)
    item = next(line.item for line in lines_of(duty) if line.item.number == 1)
    page = page.press("Keep it", outcome="ITEMS", items=[item.pk])

    page.see("about MG6C item 1", "Decide it anew")
    assert named(duty) == [(1, WHY)]
    page = manager.open(f"/disclosure/{duty.pk}/").not_see("row 1")
    manager.open(f"/disclosure/{duty.pk}/record/").see("Said what an entry", "About 1 item")
    with pytest.raises(ServingRefused, match="may undermine"):
        duties.approve_and_serve(duty)  # withheld with no reason
    with pytest.raises(EndorsementRefused, match="the police say that it may"):
        duties.endorse(duty, item, "CND", reason="", by=duties.a_lawyer())
    duties.endorse(duty, item, "D", reason="It helps him", by=duties.a_lawyer())
    assert duties.approve_and_serve(duties.fresh(duty)).state == "SERVED"


def test_about_none_it_waits_no_more_once_somebody_wrote_why():
    duty = reported()
    [row] = unplaced_of(duty.case_id)
    with pytest.raises(EntryRefused, match="Write why the entry is about no item"):
        place_entry(duty, row, "NONE", by=None, at=NOON)

    placed(duty, why=NONE_BECAUSE)

    assert (unplaced_of(duty.case_id), named(duty)) == ([], [])
    assert duties.approve_and_serve(duty).state == "SERVED"
    assert NONE_BECAUSE not in str(list(Event.objects.values_list("detail")))


@pytest.mark.parametrize(
    ("outcome", "items", "says"),
    [("", [], "Choose"), ("ITEMS", [], "Tick the items"), ("ITEMS", [10**9], "Tick only items"),
     ("NONE", [10**9], "You ticked items")],
)  # fmt: skip
def test_what_says_too_little_is_refused(outcome, items, says):
    duty = reported()
    [row] = unplaced_of(duty.case_id)

    with pytest.raises(EntryRefused, match=says):
        place_entry(duty, row, outcome, items=items, reason=NONE_BECAUSE, by=None, at=NOON)


def test_a_statement_that_there_is_nothing_waits_for_it_too():
    duty = duties.adequate(duties.a_duty(), mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS[:1]))
    duty = duties.endorse_all(duty, by=duties.a_lawyer())
    duty = duties.adequate(duty, mg6e_csv=REPORT)
    with pytest.raises(ServingRefused, match=SAYS):
        duties.approve_and_serve_nothing(duty)

    placed(duty, why=NONE_BECAUSE)

    assert duties.approve_and_serve_nothing(duty).state == "SERVED"


def test_what_was_approved_before_entries_waited_is_not_served_past_and_approved_anew():
    duty = reported(duties.a_report("3,MG6C,It helps,Yes"))
    again = [line.item.pk for line in lines_of(duty)]
    approve_duty(duty, looked_again=again, released=again,
                 by=duties.a_lawyer(Role.LEGAL_MANAGER), at=NOON)  # fmt: skip
    report = duties.received(duties.a_duty(), mg6e_csv=REPORT).schedules.get()
    entry = report.items.get()
    UnnumberedEntry.objects.all().delete()
    report.delivery.case = duty.case
    report.delivery.state = "ADEQUATE"
    report.delivery.save(update_fields=["case", "state"])
    made = importlib.import_module("forthright.disclosure.migrations.0018_entries_of_before")
    made.let_them_wait(apps, None)
    duty = duties.fresh(duty)
    assert [row.entry for row in unplaced_of(duty.case_id)] == [entry]

    for keep in (serve, serve_when_it_was):
        with pytest.raises(ServingRefused, match="officer’s report") as refused:
            keep(duty, duties.a_service(duty), by=duties.a_lawyer(), at=NOON)
        assert "take in what came first" not in str(refused.value)
    with pytest.raises(NoPackYet, match="officer’s report"):
        pack_facts(duty)
    as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/serve/").see("Say what each entry is")

    assert placed(duty, 1).state == "ENDORSED"


def test_after_service_it_waits_on_the_overview_and_the_withheld_item_is_decided_anew():
    duty = duties.stated_nothing(duties.court_told())
    lawyer = duties.a_lawyer()
    assert duty not in waiting_for(lawyer, NOON.date())
    duty = duties.adequate(duty, mg6e_csv=REPORT)

    assert duty in waiting_for(lawyer, NOON.date())
    with pytest.raises(DutyRefused, match=SAYS):
        close_duty(duty, reason="Convicted", by=None, at=NOON)
    placed(duty, 2, by=lawyer)

    line = next(each for each in lines_of(duty) if each.item.number == 2)
    assert (line.endorsement.code, line.endorsement.made_by) == ("Q", None)
    duties.endorse(duty, line.item, "ND", reason="It is about his brother", by=lawyer)
    approve_later(duty, looked_again=[line.item.pk], by=duties.a_lawyer(Role.LEGAL_MANAGER),
                  at=NOON)  # fmt: skip
    assert duty not in waiting_for(lawyer, NOON.date())


def test_where_the_case_ends_the_record_counts_it():
    duty = reported()
    duty = duties.adequate(duties.court_told(), mg6e_csv=REPORT)

    end_duty(duty, NOON.date(), reason="Pleaded guilty", by=None, at=NOON)

    assert Event.objects.get(name="disclosure.ended").detail["unplaced"] == 1
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/record/")
    page.see("1 row of the officer’s report of which nobody said what it is about")
    assert duty not in waiting_for(duties.a_lawyer(), NOON.date())


@pytest.mark.parametrize("why", ["None", "N/A", "It does not undermine the prosecution"])
def test_a_row_that_names_nothing_waits_for_nobody(why):
    duty = reported(duties.a_report(f",,{why},No", "2,MG6C,It helps,Yes"))

    assert unplaced_of(duty.case_id) == []


def test_a_new_report_in_the_same_words_keeps_what_was_said_and_others_wait():
    duty = placed(reported(), 2, why="The receipt is item 2")
    more = duties.a_report(f',,"{WHY}",Yes', ",,It gives another day,Yes")

    duty = duties.adequate(duty, mg6e_csv=more)

    assert [row.entry.undermines for row in unplaced_of(duty.case_id)] == ["It gives another day"]
    assert named(duty) == [(2, WHY)]
    [_, known] = entries_of(duty.case_id)
    assert (known.outcome, known.reason) == ("ITEMS", "The receipt is item 2")


def test_the_item_stays_named_in_its_later_versions():
    duty = placed(reported(), 1)
    again = duties.a_schedule(f"{duties.OPEN_ITEMS[0]}, with its back page", *duties.OPEN_ITEMS[1:])

    duty = duties.adequate(duty, mg6c_csv=again)

    assert named(duty) == [(1, WHY)]


def test_it_is_decided_anew_by_whoever_sees_what_stands_and_both_stay_kept():
    duty = reported()
    [row] = unplaced_of(duty.case_id)
    placed(duty, 1)
    with pytest.raises(EntryRefused, match="Somebody decided this meanwhile"):
        place_entry(duty, row, "NONE", reason=NONE_BECAUSE, by=None, at=NOON)

    [stands] = entries_of(duty.case_id)
    place_entry(duty, stands, "NONE", reason=NONE_BECAUSE, by=None, at=NOON)

    assert named(duty) == []
    assert [each.outcome for each in UnnumberedEntry.objects.all()] == ["WAITS", "ITEMS", "NONE"]


def test_each_defendant_of_the_case_has_what_was_said():
    duty = reported()
    other = duties.a_duty(case=duty.case, name="Voss")

    placed(other, 3)

    assert named(duty) == named(other) == [(3, WHY)]


def test_only_the_lawyers_of_the_unit_read_it_or_say_what_it_is_about():
    duty = reported()
    [row] = unplaced_of(duty.case_id)
    manager = given.a_person(Role.LINE_MANAGER)
    page = as_(manager).open(f"/disclosure/{duty.pk}/").see("MG6E version 1, row 1")
    page.not_see("Say what each entry is about", "Voss")
    for role in (Role.LINE_MANAGER, Role.INSPECTOR, Role.SENIOR_MANAGER, Role.POLICE_PARTNER):
        person = given.a_person(role)
        for address in ("entries/", f"entries/{row.pk}/"):
            found = as_(person).client.get(f"/disclosure/{duty.pk}/{address}")
            assert found.status_code in {403, 404}
        with pytest.raises(NotAllowed):
            place_entry(duty, row, "NONE", reason=NONE_BECAUSE, by=person, at=NOON)
    other = duties.a_duty()
    lawyer = as_(duties.a_lawyer())
    assert lawyer.client.get(f"/disclosure/{other.pk}/entries/{row.pk}/").status_code == 404
