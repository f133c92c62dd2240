"""The pages of the duty, each as the person who works on it walks through it."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.disclosure.models import Delivery, DisclosureDuty, PoliceReturn
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services import triage
from forthright.rules.disclosure_duty import DutyState
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def page_of(duty, what=""):
    return f"/disclosure/{duty.pk}/{what}"


def a_file(words: str, name: str = "mg6c.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, words.encode())


def test_a_lawyer_begins_a_duty_from_the_urn():
    given.a_started_area()
    defendant = duties.a_defendant()

    page = as_(duties.a_lawyer()).open("/disclosure/start/", urn=defendant.case.urn)
    day = {"triggered_on_day": "1", "triggered_on_month": "9", "triggered_on_year": "2026"}
    page = page.press(
        "Begin the duty", defendant=defendant.pk, court="CROWN", remand="CUSTODY", **day
    )

    page.see("Initial disclosure is due by Wednesday 21 October 2026", "50 days after that day is")


def test_a_case_of_another_unit_is_not_found():
    defendant = duties.a_defendant(given.a_case(unit=given.a_unit("RASSO")))

    page = as_(duties.a_lawyer()).open("/disclosure/start/", urn=defendant.case.urn)

    page.see("Your unit holds no case with this URN")


def test_schedules_are_checked_taken_in_and_found_adequate():
    duty = duties.a_duty()
    lawyer = as_(duties.a_lawyer())

    page = lawyer.open(page_of(duty, "schedules/"))
    page = page.press("Check them", schedules=a_file(duties.a_schedule(*duties.OPEN_ITEMS)))
    page.see("Checked, not yet taken in", "What the check found", "Receipt for the hire of a van")
    page = page.press("Take it in").see("Taken in", "Is it adequate?")
    reason = {"reason": "It is enough for this case"} if page.tree.xpath("//textarea") else {}
    page.press("It is adequate", **reason).see("Adequate. Its items can be endorsed.")

    assert duties.fresh(duty).state == DutyState.REVIEWING


def test_whose_a_delivery_is_is_asked_before_it_is_adequate():
    police = duties.a_police_unit()
    duty = duties.a_duty()
    lawyer = as_(duties.a_lawyer())
    page = lawyer.open(page_of(duty, "schedules/"))
    page = page.press("Check them", schedules=a_file(duties.a_schedule(*duties.OPEN_ITEMS)))
    page = page.press("Take it in").see("Which unit of the police sent it?")

    page = page.press("It is adequate", reason="It is enough for this case")
    page.see("Choose the unit of the police that sent it.")
    page = page.press("It is adequate", reason="It is enough for this case", unit=police.pk)

    page.see("Adequate. Its items can be endorsed.")
    assert Delivery.objects.get().police_unit == police
    assert Event.objects.get(name="delivery.adequate").detail["unit"] == police.pk


def test_a_file_that_is_no_schedule_is_said_beside_the_box():
    duty = duties.a_duty()

    page = as_(duties.a_lawyer()).open(page_of(duty, "schedules/"))
    page = page.press("Check them", schedules=a_file("Dear colleague, nothing yet.", "note.txt"))

    assert "None of these files is a schedule" in page.errors[0]
    assert not Delivery.objects.exists()


def test_what_is_returned_reaches_the_police_and_their_answer_comes_back():
    duty = duties.a_duty()
    delivery = duties.received(duty, mg6c_csv=duties.a_schedule("CCTV", "Pocket book"))
    lawyer = as_(duties.a_lawyer())
    page = lawyer.open(f"/disclosure/deliveries/{delivery.pk}/return/")
    page.see("Schedules of unused material not completed correctly")

    page = page.press("Return it", unit=duties.a_police_unit().pk, answer_by_day="12",
                      answer_by_month="10", answer_by_year="2026")  # fmt: skip
    page.see("Returned to Mercia Police", "Not answered yet")
    officer = as_(given.a_person(Role.POLICE_PARTNER, unit=duties.a_police_unit()))
    page = officer.open("/returned-schedules/").follow(f"{duty.case}, returned 5 October 2026")
    page.press("Send the answer", text="Item 1 is described anew.").see("Answered.")

    lawyer.open(f"/disclosure/deliveries/{delivery.pk}/").see("Item 1 is described anew.")
    assert PoliceReturn.objects.get().answered_at == given.NOON


def test_what_was_asked_about_a_sensitive_item_is_for_the_lawyers():
    duty = duties.a_duty()
    delivery = duties.received(
        duty, mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS),
        mg6d_csv=duties.a_schedule(duties.SECRET, form="MG6D"),
    )  # fmt: skip
    asked = {"Schedules of unused material not completed correctly": ["Say when it was."]}
    triage.return_to_police(delivery, asked, unit=duties.a_police_unit(),
                            answer_by=date(2026, 10, 12), by=None, at=given.NOON)  # fmt: skip
    # As one stands that was sent before such words were refused.
    requests = [{"reason": reason, "requests": ["Say when Heronsgate met."]} for reason in asked]
    PoliceReturn.objects.update(requests=requests)

    address = f"/disclosure/deliveries/{delivery.pk}/"
    page = as_(given.a_person(Role.LINE_MANAGER)).open(address)
    page.not_see("Heronsgate").see("Schedules of unused material not completed correctly")
    as_(duties.a_lawyer()).open(address).see("Say when Heronsgate met.")


def test_a_manager_sees_no_sensitive_item_on_any_page():
    duty = duties.reviewing()
    manager = as_(given.a_person(Role.LINE_MANAGER))

    for what in ("", "serve/"):
        manager.open(page_of(duty, what)).not_see("Heronsgate")
    page = manager.open(f"/disclosure/deliveries/{Delivery.objects.get().pk}/")
    page.not_see("Heronsgate").see("It lists sensitive material")
    lawyer = as_(duties.a_lawyer())
    lawyer.open(f"/disclosure/deliveries/{Delivery.objects.get().pk}/").see("Heronsgate")


def test_the_plain_form_endorses_many_and_keeps_what_was_refused():
    duty = duties.reviewing()
    first, log, account, secret = (line.item.pk for line in lines_of(duty))
    answers = {
        f"code_{first}": "CND", f"code_{log}": "CND",
        f"code_{account}": "D", f"reason_{account}": "She saw two men",
        f"code_{secret}": "SN", f"reason_{secret}": "It names a source",
    }  # fmt: skip

    page = as_(duties.a_lawyer()).open(page_of(duty, "endorse/"))
    page = page.press("Keep these endorsements", **answers)

    page.see("3 endorsements kept", "presumed to be disclosed, so the reason must stand")
    assert page.tree.xpath(f"//select[@name='code_{log}']/option[@selected]/@value") == ["CND"]
    page = page.press("Keep these endorsements", **{f"reason_{log}": "Another address"})
    page.see("1 endorsement kept", "0 of 4 items wait")
    assert duties.fresh(duty).state == DutyState.ENDORSED


def test_of_two_who_endorse_at_once_the_second_is_shown_what_stands():
    duty = duties.reviewing()
    item = lines_of(duty)[0].item.pk
    mine, theirs = (as_(duties.a_lawyer()).open(page_of(duty, "endorse/")) for _ in range(2))
    theirs.press("Keep these endorsements", **{f"code_{item}": "CND"})

    page = mine.press("Keep these endorsements", **{f"code_{item}": "E"})

    page.see("This was changed after you opened the page")
    assert lines_of(duty)[0].endorsement.code == "CND"


def test_the_quick_grid_reads_and_keeps_one_item_at_a_time():
    duty = duties.reviewing()
    browser = as_(duties.a_lawyer())
    items = json.loads(browser.client.get(page_of(duty, "endorse/items/")).content)["items"]
    item = items[0]
    keep = page_of(duty, f"endorse/{item['id']}/keep/")
    said = {f"code_{item['id']}": "CND", f"opened_{item['id']}": item["opened"]}

    kept = browser.client.post(keep, said)
    again = browser.client.post(keep, said)

    assert [each["number"] for each in items] == [1, 2, 3, 1]
    assert json.loads(kept.content)["item"]["code"] == "CND"
    assert again.status_code == 409
    # The list, and the item as it stands that the refusal shows.
    assert Event.objects.filter(name="items.seen").count() == 2
    assert "changed after you opened" in json.loads(again.content)["refusal"]


def test_obvious_items_are_endorsed_together_after_they_were_ticked():
    duty = duties.reviewing()
    page = as_(duties.a_lawyer()).open(page_of(duty, "endorse/obvious/"))
    page.see("Receipt for the hire of a van").not_see("Storm incident log", "Heronsgate")

    page.press("Endorse the ticked items CND").see("Tick at least one item")
    page.press("Endorse the ticked items CND", item=[lines_of(duty)[0].item.pk]).see(
        "1 item endorsed as clearly not disclosable"
    )


def test_a_decision_is_not_taken_away_and_a_reason_alone_decides_nothing():
    duty = duties.reviewing()
    first, second, *_ = (line.item.pk for line in lines_of(duty))
    page = as_(duties.a_lawyer()).open(page_of(duty, "endorse/"))
    page = page.press("Keep these endorsements", **{f"code_{first}": "CND"}).see("1 endorsement")

    page = page.press(
        "Keep these endorsements", **{f"code_{first}": "", f"reason_{second}": "It is far off"}
    )

    page.see("was decided, and what was decided is not taken away here", "take the decision back")
    page.see("Stands now: CND", "Choose an endorsement: what is written beside it alone")
    page = page.press("Keep these endorsements", **{f"code_{second}": "ND"})
    page.see("1 endorsement kept").not_see("what was decided is not taken away")
    assert duty.endorsements.get(code="ND").reason == "It is far off"


def test_an_item_shows_its_history_and_can_be_set_aside_by_name():
    duty = duties.reviewing()
    item = lines_of(duty)[1].item.pk
    page = as_(duties.a_lawyer()).open(page_of(duty, f"endorse/{item}/"))

    page = page.press("Set it aside in my name", reason="The log is still with the force",
                      decide_by_day="9", decide_by_month="10", decide_by_year="2026")  # fmt: skip

    page.see("Set aside. Your name", "To be decided by Friday 9 October 2026")


def test_a_second_person_approves_and_ticks_what_is_withheld():
    duty = duties.endorsed()
    page = as_(duties.a_lawyer(Role.LEGAL_MANAGER)).open(page_of(duty, "approve/"))

    page.press("Approve").see("1 item to look at again")
    again = page.tree.xpath("//input[@name='looked_again']/@value")
    page.press("Approve", looked_again=again).see("Approved. It can be served.")


def test_an_approver_sends_a_duty_back_with_words():
    duty = duties.endorsed()
    page = as_(duties.a_lawyer(Role.LEGAL_MANAGER)).open(page_of(duty, "approve/"))

    page.press("Send it back", reason="").see("Write what should be looked at again")
    page = page.press("Send it back", reason="Look at item 2")
    page.see("Sent back by Legal manager", "Look at item 2")
    lawyer = as_(duties.a_lawyer())
    lawyer.open(page_of(duty, "endorse/")).see("Look at item 2")

    assert duties.fresh(duty).state == DutyState.REVIEWING


def test_service_leads_to_the_court_and_then_to_the_defence():
    duty = duties.approved()
    page = as_(given.a_person(Role.LINE_MANAGER)).open(page_of(duty, "serve/"))
    page.see("First account of Mrs Oduya")

    page = page.press("Record service on Mr Dean Marsden", method="DCS", proof="Receipt 4471")
    page.see("Served. Now tell the court")
    page.press("Keep it").see("Kept that the court was told", "waiting for the defence statement")


def test_a_statement_is_answered_request_by_request():
    duty = duties.court_told()
    page = as_(duties.a_lawyer()).open(page_of(duty, "statement/"))
    day = {"received_on_day": "5", "received_on_month": "10", "received_on_year": "2026"}
    asked = "The CCTV of the yard\nThe notes of PC Khan"
    page = page.press("Keep the statement", requests=asked, **day)

    page.see("Answer each request by itself")
    for number in (1, 2):
        page = page.follow(f"Answer request {number}")
        page = page.press("Answer it", outcome="NOT_HELD", answer="There is no such material.")
    page.see("Not held by the prosecution")
    assert duties.fresh(duty).state == DutyState.CONTINUING


def test_a_duty_ends_with_the_trial():
    duty = duties.court_told()
    lawyer = as_(duties.a_lawyer())
    lawyer.open(page_of(duty, "statement/")).press(
        "Keep the statement", received_on_day="5", received_on_month="10", received_on_year="2026"
    )
    look = lawyer.open(page_of(duty, "statement/look/"))
    look.press("Keep that I looked again", outcome="NOTHING_MORE", why="It says nothing new.")

    page = lawyer.open(page_of(duty)).follow("Close the duty")
    page.press("Close the duty", reason="Found guilty on 4 October").see("The duty is closed")


def test_a_date_of_the_court_moves_the_others_and_says_why():
    duty = duties.a_duty()
    page = as_(duties.a_lawyer()).open(page_of(duty, "date/"))

    page = page.press("Set the date", key="stage_1", day_day="2", day_month="11", day_year="2026",
                      reason="Ordered on 5 October")  # fmt: skip

    page.see("4 dates moved", "21 October 2026 to 2 November 2026", "Ordered on 5 October")
    page = as_(duties.a_lawyer()).open(page_of(duty, "trigger/"))
    page = page.press("Correct it", remand="BAIL", reason="Bailed today", changed_on_day="5",
                      changed_on_month="10", changed_on_year="2026")  # fmt: skip
    page.see("1 date moved", "on bail since Monday 5 October 2026")


def test_a_date_of_the_court_on_christmas_day_is_asked_about():
    duty = duties.a_duty()
    page = as_(duties.a_lawyer()).open(page_of(duty, "date/"))

    page = page.press("Set the date", key="hearing", day_day="25", day_month="12",
                      day_year="2026", reason="Adjourned on 5 October")  # fmt: skip
    assert "It is a bank holiday: Christmas Day" in page.errors[0]
    page = page.press("Set the date", odd_because="The notice of the court says so")

    page.see("The notice of the court says so")


def test_an_administrator_changes_a_time_limit():
    duty = duties.a_duty()
    page = as_(given.a_person(Role.ADMINISTRATOR)).open("/disclosure/limits/")
    page.see("Unverified")
    page = page.browser.open("/disclosure/limits/2/change/")

    page.press("Change it", days="40", reason="Agreed with the court", is_confirmed="on").see(
        "What began before keeps the limit that applied then", "In force from 5 October 2026"
    )
    assert duties.fresh(duty).due_on == duty.due_on


def test_the_list_says_what_needs_whom():
    duty = duties.endorsed()

    as_(duties.a_lawyer(Role.LEGAL_MANAGER)).open("/disclosure/").see("Needs you now")
    page = as_(duties.a_lawyer()).open("/disclosure/")
    page.not_see("Needs you now").see(str(duty.case))


def test_the_list_asks_the_database_as_often_for_many_as_for_one(count_queries):
    browser = as_(duties.a_lawyer())
    duties.a_duty()
    browser.open("/disclosure/")
    with count_queries() as one:
        browser.open("/disclosure/")
    for _ in range(4):
        duties.a_duty()

    with count_queries() as many:
        browser.open("/disclosure/")

    assert len(many) == len(one)
    assert DisclosureDuty.objects.count() == 5


def test_no_answer_about_a_sensitive_item_reaches_a_lawyer_of_another_unit():
    duty = duties.reviewing()
    secret = lines_of(duty)[-1].item.pk
    elsewhere = given.a_person(Role.LEGAL_MANAGER, unit=given.a_unit("RASSO"))
    client = as_(elsewhere).client
    one = f"endorse/{secret}/"
    places = ("", "endorse/", "endorse/items/", one, "approve/", "serve/", "record/")

    answers = [
        client.post(page_of(duty, f"{one}keep/"), {f"code_{secret}": "SN"}),
        *(client.get(page_of(duty, what)) for what in places),
        client.get(f"/disclosure/deliveries/{Delivery.objects.get().pk}/"),
    ]  # fmt: skip

    assert [each.status_code for each in answers] == [403, 200, 403, 403, 403, 403, 403, 200, 200]
    assert not any(b"Heronsgate" in each.content for each in answers)


def test_no_page_that_an_outsider_may_open_says_what_is_sensitive():
    duty = duties.served()
    duties.returned(duties.a_duty(case=duty.case, name="Hollis"),
                    mg6d_csv=duties.a_schedule(duties.SECRET, form="MG6D"))  # fmt: skip
    delivery = Delivery.objects.order_by("pk").last()
    places = ["/", "/disclosure/", page_of(duty), page_of(duty, "record/"), "/record/",
              "/disclosure/compliance/", "/returned-schedules/", f"/letters/?words={duty.case}",
              f"/returned-schedules/{PoliceReturn.objects.get().pk}/",
              f"/disclosure/deliveries/{delivery.pk}/", page_of(duty, "pack/")]  # fmt: skip
    outsiders = [
        given.a_person(Role.POLICE_PARTNER, unit=duties.a_police_unit()),
        given.a_person(Role.INSPECTOR), given.a_person(Role.LINE_MANAGER),
        given.a_person(Role.VICTIM_LIAISON_OFFICER), given.a_person(Role.PANEL_MEMBER),
    ]  # fmt: skip

    said = [as_(person).client.get(place).content for person in outsiders for place in places]

    assert not any(b"Heronsgate" in each for each in said)
