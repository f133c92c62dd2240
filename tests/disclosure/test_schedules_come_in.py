import tempfile
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from pypdf import PdfWriter

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.disclosure.models import Delivery, Item, Schedule
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.bringing import (
    DeliveryRefused,
    check_delivery,
    give_up,
    take_in,
)
from forthright.disclosure.services.reading import HandedOver
from forthright.disclosure.services.triage import (
    TriageRefused,
    answer_return,
    find_adequate,
    return_to_police,
)
from forthright.rules.disclosure_duty import DutyState
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db


def test_a_check_changes_nothing_of_the_case():
    duty = duties.a_duty()

    delivery = duties.checked(duty)

    assert delivery.state == Delivery.State.CHECKED
    assert duties.fresh(duty).state == DutyState.TRIGGERED
    assert not Schedule.objects.filter(is_live=True).exists()
    assert Item.objects.count() == 3


def test_a_delivery_is_taken_in_once_and_moves_every_defendant_of_the_case():
    duty = duties.a_duty()
    other = duties.a_duty(case=duty.case, name="Hollis")

    delivery = duties.received(duty)

    assert {duties.fresh(each).state for each in (duty, other)} == {DutyState.RECEIVED}
    with pytest.raises(DeliveryRefused, match="already"):
        take_in(delivery, by=None, at=given.NOON)


def test_a_checked_delivery_can_be_thrown_away_and_one_taken_in_cannot():
    duty = duties.a_duty()
    give_up(duties.checked(duty), by=None, at=given.NOON)

    assert not Delivery.objects.exists()
    with pytest.raises(DeliveryRefused, match="stays in the record"):
        give_up(duties.received(duty), by=None, at=given.NOON)


def test_a_schedule_of_another_case_is_refused():
    duty = duties.a_duty()
    words = "URN: 20ZZ9999926\n" + duties.a_schedule(*duties.OPEN_ITEMS)

    with pytest.raises(DeliveryRefused, match="names another case"):
        duties.checked(duty, mg6c_csv=words)


def test_a_file_that_is_no_schedule_is_refused_with_what_is_wanted():
    with pytest.raises(DeliveryRefused, match="None of these files is a schedule"):
        duties.checked(duties.a_duty(), note_txt="Dear colleague, the schedule follows on Monday.")


def test_adequate_schedules_are_endorsed_next():
    assert duties.adequate(duties.a_duty()).state == DutyState.REVIEWING


def test_what_a_finding_should_stop_needs_a_reason_to_be_called_adequate():
    delivery = duties.received(duties.a_duty(), mg6c_csv=duties.a_schedule("CCTV", "MG11"))
    assert any(each["level"] == "stop" for each in delivery.findings)

    with pytest.raises(TriageRefused, match="should stop this delivery"):
        find_adequate(delivery, by=None, at=given.NOON)


def test_a_return_goes_to_one_unit_of_the_police_with_exact_reasons():
    duty = duties.a_duty()

    returned = duties.returned(duty)

    assert duties.fresh(duty).state == DutyState.RETURNED
    assert returned.unit == duties.a_police_unit()
    assert [each["reason"] for each in returned.requests] == [
        "Schedules of unused material not completed correctly"
    ]


@pytest.mark.parametrize(
    ("requests", "answer_by", "says"),
    [
        pytest.param({}, date(2026, 10, 12), "what the police should mend", id="nothing"),
        pytest.param({"Because": ["Say what item 1 shows."]}, date(2026, 10, 12),
                     "is not a reason", id="no such reason"),
        pytest.param({"Schedules of unused material not provided": ["x" * 251]},
                     date(2026, 10, 12), "250 letters", id="too long"),
        pytest.param({"Schedules of unused material not provided": ["Send the MG6D."]},
                     date(2026, 10, 5), "in the future", id="today"),
        pytest.param({"Schedules of unused material not provided": ["Send the MG6D."]},
                     date(2027, 10, 12), "Choose a nearer day", id="another year"),
    ],
)  # fmt: skip
def test_a_return_that_cannot_be_sent(requests, answer_by, says):
    delivery = duties.received(duties.a_duty())

    with pytest.raises(TriageRefused, match=says):
        return_to_police(
            delivery, requests, unit=duties.a_police_unit(), answer_by=answer_by, by=None,
            at=given.NOON,
        )  # fmt: skip


def test_the_police_answer_once_and_only_for_their_own_unit():
    returned = duties.returned(duties.a_duty())
    officer = duties.a_police_partner()

    answer_return(returned, "Item 1 is described anew.", by=officer, at=given.NOON)

    with pytest.raises(NotAllowed, match="answered already"):
        answer_return(returned, "And again.", by=officer, at=given.NOON)
    with pytest.raises(NotAllowed, match="another unit"):
        answer_return(returned, "Mine?", by=given.a_person(Role.POLICE_PARTNER), at=given.NOON)


def test_a_new_version_closes_the_return_and_says_what_changed():
    duty = duties.a_duty()
    returned = duties.returned(duty)
    first, _, last = duties.OPEN_ITEMS
    log, custody = "Storm incident log 1881: the call, redacted", "Custody record, 2 June 2026"
    words = (first, log, last, custody)

    delivery = duties.received(duty, mg6c_csv=duties.a_schedule(*words))

    returned.refresh_from_db()
    assert returned.mended_by == delivery
    assert duties.fresh(duty).state == DutyState.RECEIVED
    assert delivery.changes == [
        {"form": "MG6C", "goes_on": False, "added": [4], "withdrawn": [],
         "changed": [{"number": 2, "in": ["description"]}], "renumbered": [], "reused": []}
    ]  # fmt: skip


def test_an_endorsement_stands_in_a_new_version_where_every_word_is_the_same():
    duty = duties.endorsed()
    first, _, last = duties.OPEN_ITEMS
    words = (first, "Storm incident log 1881 of 1 June 2026, in full", last)

    duties.adequate(duty, mg6c_csv=duties.a_schedule(*words))

    standing = {line.item.number: line.endorsement for line in lines_of(duty)
                if line.form == "MG6C"}  # fmt: skip
    assert standing[1].code == "CND"
    assert standing[2] is None
    assert standing[3].code == "D"
    assert duties.fresh(duty).state == DutyState.REVIEWING


def test_a_later_schedule_whose_numbers_run_on_replaces_nothing():
    duty = duties.endorsed()

    duties.adequate(duty, mg6c_csv=duties.a_schedule("Diary of Mr Hall for May 2026", first=4))

    assert [line.item.number for line in lines_of(duty) if line.form == "MG6C"] == [1, 2, 3, 4]


def test_who_may_not_bring_schedules_is_told_why():
    duty = duties.a_duty()
    stranger = given.a_person(Role.PROSECUTOR, unit=given.a_unit("RASSO"))

    with pytest.raises(NotAllowed, match="another unit"):
        check_delivery(duty, duties.written(mg6c_csv=duties.a_schedule("Diary")), police_unit=None,
                       is_whole=False, by=stranger, at=given.NOON)  # fmt: skip


def test_no_event_names_what_is_on_a_schedule():
    duties.stated()

    said = " ".join(str(each) for each in Event.objects.values_list("detail", flat=True))

    assert "Heronsgate" not in said
    assert "Oduya" not in said


def a_picture() -> HandedOver:
    folder = Path(tempfile.mkdtemp(prefix="schedules-", dir=settings.HOME))
    path = folder / "charges.pdf"
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.write(path)
    return HandedOver(path.name, path)


def test_a_paper_that_cannot_be_read_is_named_and_the_schedules_come_in():
    duty = duties.a_duty()
    files = [*duties.written(mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS)), a_picture()]

    delivery = check_delivery(duty, files, police_unit=None, is_whole=False, by=None, at=given.NOON)

    assert [bool(each["unread"]) for each in delivery.files] == [False, True]
    take_in(delivery, by=None, at=given.NOON)
    with pytest.raises(TriageRefused, match="a file that could not be read"):
        find_adequate(delivery, by=None, at=given.NOON)


def test_a_report_that_came_and_could_not_be_read_is_not_said_to_be_missing():
    duty, picture = duties.a_duty(), a_picture()
    files = [*duties.written(mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS)),
             HandedOver("MG6E.pdf", picture.path)]  # fmt: skip

    delivery = check_delivery(duty, files, police_unit=None, is_whole=True, by=None, at=given.NOON)

    assert {"R6f", "R6j"} & {each["rule"] for each in delivery.findings} == {"R6j"}
    page = as_(duties.a_lawyer()).open(f"/disclosure/deliveries/{delivery.pk}/")
    page.see("The MG6E came with it and could not be read").not_see("No MG6E came")


def test_rows_that_may_be_items_and_were_not_read_stop_a_delivery():
    words = duties.a_schedule(*duties.OPEN_ITEMS) + (
        ',"Sensitive material, see separate schedule",\n'
        '9,"999 call of Mrs Oduya, who says that it was another man",Property store\n'
    )
    delivery = check_delivery(
        duties.a_duty(), duties.written(mg6c_csv=words), police_unit=None, is_whole=False, by=None,
        at=given.NOON,
    )  # fmt: skip
    assert not [each for each in delivery.findings if each["level"] == "stop"]

    page = as_(duties.a_lawyer()).open(f"/disclosure/deliveries/{delivery.pk}/").text
    assert "1 row from here on that may be items" in page
    take_in(delivery, by=None, at=given.NOON)

    with pytest.raises(TriageRefused, match="in which items may stand"):
        find_adequate(delivery, by=None, at=given.NOON)


def test_a_delivery_of_nothing_but_a_picture_is_refused_with_the_way_out():
    with pytest.raises(DeliveryRefused, match=r"charges.pdf: .*picture"):
        check_delivery(
            duties.a_duty(), [a_picture()], police_unit=None, is_whole=False, by=None, at=given.NOON
        )


def test_why_an_item_is_sensitive_is_kept_under_a_plain_heading_too():
    words = 'MG6D SCHEDULE\nItem No.,Description,Reason\n1,"Debrief of a source","It names him"\n'

    duties.checked(duties.a_duty(), mg6d_csv=words)

    assert Item.objects.get().sensitive_reason == "It names him"


def test_a_returned_schedule_that_does_not_come_again_is_endorsed_all_the_same():
    duty = duties.a_duty()
    duties.returned(
        duty, mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS),
        mg6d_csv=duties.a_schedule(duties.SECRET, form="MG6D"),
    )  # fmt: skip

    again = duties.adequate(duty, mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS))

    assert [line.form for line in lines_of(again)] == ["MG6C"] * 3 + ["MG6D"]


def test_a_returned_schedule_that_a_later_one_only_goes_on_from_is_still_waited_for():
    duty = duties.a_duty()
    duties.returned(duty)

    more = duties.adequate(duty, mg6c_csv=duties.a_schedule("Hire of a second van", first=4))

    assert more.state == DutyState.RETURNED
    again = duties.adequate(duty, mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS))
    assert sorted(line.item.number for line in lines_of(again)) == [1, 2, 3, 4]
    assert again.state == DutyState.REVIEWING


def test_what_was_returned_twice_and_came_in_part_the_third_time_is_not_lost():
    duty = duties.a_duty()
    open_one = duties.a_schedule(*duties.OPEN_ITEMS)
    duties.returned(duty, mg6c_csv=open_one, mg6d_csv=duties.a_schedule(duties.SECRET, form="MG6D"))
    duties.returned(duty, mg6c_csv=open_one)

    third = duties.adequate(duty, mg6c_csv=open_one)

    assert [line.form for line in lines_of(third)] == ["MG6C"] * 3 + ["MG6D"]


def test_a_new_version_without_a_schedule_that_was_returned_needs_a_reason():
    duty = duties.a_duty()
    duties.returned(
        duty, mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS),
        mg6d_csv=duties.a_schedule(duties.SECRET, form="MG6D"),
    )  # fmt: skip
    again = duties.received(duty, mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS))
    Delivery.objects.filter(pk=again.pk).update(findings=[])

    with pytest.raises(TriageRefused, match="MG6D version 1 went back to the police"):
        find_adequate(again, by=None, at=given.NOON)
