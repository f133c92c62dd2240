"""The pages of the register, as people use them."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.hard_media.models import Carrier, Hearing, MediaItem, ShareRecord, StockTakeLine
from forthright.hard_media.services import settings
from forthright.hard_media.services.stock import begin_stock_take
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = pytest.mark.django_db
TODAY = given.NOON.date()


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def on(day):
    return {"on_day": day.day, "on_month": day.month, "on_year": day.year}


def test_the_list_begins_with_the_worst_and_says_what_is_next_and_whose_it_is():
    media.a_proved_case()
    late = media.a_hearing(on=TODAY + timedelta(days=1))
    media.an_expected_item(late)

    page = as_(media.a_lawyer()).open("/recordings/")

    assert page.rows()[0][0].startswith(str(late.case))
    page.see("Not ready: red", "tomorrow", "1 of 1 recording not received")
    page.see("Told to: legal manager", "Ready and proved")


def test_the_list_asks_as_often_for_many_cases_as_for_one(count_queries):
    lawyer = media.a_lawyer()
    media.a_ready_case()
    browser = as_(lawyer)
    browser.open("/recordings/")
    with count_queries() as one:
        browser.open("/recordings/")
    for _ in range(4):
        media.a_ready_case(firms=("A", "B"))

    with count_queries() as many:
        browser.open("/recordings/")

    assert len(many) == len(one)


def test_a_case_and_its_recording_walk_from_the_register_to_proved():
    lawyer = media.a_lawyer()
    case = given.a_case(unit=lawyer.unit, urn="20AB7100126")
    page = as_(lawyer).open("/recordings/").follow("Put a case into the register")
    ptph = TODAY + timedelta(days=21)
    page = page.press("Add the case", urn="20 AB 71001 26", **on(ptph))
    page.see("Nothing registered", "None recorded")
    hearing = Hearing.objects.get(case=case)
    defendant = media.a_defendant(hearing)
    page = page.browser.open(page.address).follow(f"Change who represents {defendant}")
    page = page.press("Record it", who="FIRM", firm="Hale LLP", contact="Rosa Hale")
    page = page.follow("Add a recording").press(
        "Add it", exhibit="DM/1", kind="CCTV", named_in="MG12", shows=media.SHOWS, length="12:30"
    )
    page = page.see("12:30").follow("Record that it came").press("It came", source="DEMS")
    page = page.follow("Record that you viewed it").press("I viewed it", how="All of it")
    page = page.follow("Classify it").press("Classify it", classification="RELIED_ON")
    page = page.follow("Back to the case").see("Not ready").follow("Share recordings")
    choices = [box.get("value") for box in page.tree.xpath("//input[@name='parties']")]
    firm = next(choice for choice in choices if choice.startswith("DEFENCE"))
    page = page.press("Share them", parties=["COURT", firm], way="EGRESS")
    page = page.see("2 shares are recorded", "Ready, not proved")

    for share in ShareRecord.objects.all():
        page = page.browser.open(f"/recordings/shares/{share.pk}/opened/")
        page = page.press("Record it", known="RECEIPT")

    page.see("Ready and proved")


def test_of_cases_that_were_split_the_one_is_taken_that_is_named():
    lawyer = media.a_lawyer()
    given.a_case(unit=lawyer.unit, urn="20AB7100126", urn_suffix="(S)/1")
    second = given.a_case(unit=lawyer.unit, urn="20AB7100126", urn_suffix="(S)/2")
    page = as_(lawyer).open("/recordings/register/")
    page = page.press("Add the case", urn="20AB7100126", **on(TODAY + timedelta(days=21)))
    (error,) = page.errors
    assert error.startswith("There is no case 20AB7100126. Do you mean 20AB7100126(S)/1 or")

    page.press("Add the case", urn="20AB7100126 (S)/2")

    assert Hearing.objects.get().case == second


def test_a_hearing_moves_after_a_look_at_what_moves_with_it():
    hearing = media.a_hearing(on=TODAY + timedelta(days=21))
    media.an_expected_item(hearing)
    address = f"/recordings/cases/{hearing.case_id}/"
    new = TODAY + timedelta(days=2)

    page = as_(media.a_lawyer()).open(address).follow("The hearing moved")
    assert page.press("Continue", **on(new)).errors == [
        "Say why the hearing moved, for example: adjourned by the court."
    ]
    page = page.press("Continue", reason="Brought forward by the court", **on(new))
    page.see("Monday 26 October 2026, then Wednesday 7 October 2026", "Amber, unless ready, from")
    page = page.press("Move the hearing")

    page.see("PTPH Wednesday 7 October 2026", "Brought forward by the court")


def test_a_change_of_answers_goes_back_with_nothing_moved():
    hearing = media.a_hearing()
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/hearing/")
    page = page.press("Continue", reason="Adjourned", **on(TODAY + timedelta(days=40)))

    page.press("Change the answers").see("When is the PTPH now?")

    hearing.refresh_from_db()
    assert hearing.on == media.PTPH


def test_a_sensitive_recording_stands_in_no_list_to_share_and_no_trick_shares_it():
    hearing = media.a_hearing()
    secret = media.a_classified_item(hearing, kind="SENSITIVE")
    good = media.a_classified_item(hearing)
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/share/")
    page.not_see(str(secret))

    page = page.press("Share them", items=[good.pk, secret.pk], parties=["COURT"], way="DISC")

    assert page.errors
    assert not ShareRecord.objects.exists()


def test_a_second_classification_asks_why():
    item = media.a_classified_item()
    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/decide/classified/")

    page = page.press("Classify it", classification="SENSITIVE", reason="")

    assert page.errors == ["Say why"]


def test_a_step_that_cannot_be_now_is_refused_in_words():
    item = media.an_expected_item()
    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/decide/viewed/")

    page = page.press("I viewed it", how="All of it")

    assert page.errors[0].startswith("This recording is expected: named, and not held, so it")


@pytest.mark.parametrize(
    ("step", "answers", "state"),
    [
        ("requested", {}, "REQUESTED"),
        ("received", {"source": "DISC"}, "RECEIVED_PHYSICAL"),
        ("withdrawn", {"reason": "A slip."}, "WITHDRAWN"),
    ],
)
def test_each_step_is_recorded(step, answers, state):
    item = media.an_expected_item()
    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/record/{step}/")
    button = page.tree.xpath("//main//form//button")[0].text_content().strip()

    page.press(button, **answers).see("It is recorded.")

    item.refresh_from_db()
    assert item.state == state


def test_a_step_of_another_kind_is_not_found():
    item = media.an_expected_item()
    browser = as_(media.a_lawyer())

    assert browser.try_("GET", f"/recordings/items/{item.pk}/record/classified/") == 404
    assert browser.try_("GET", f"/recordings/items/{item.pk}/decide/requested/") == 404


def test_what_belongs_to_another_unit_is_not_found():
    item = media.an_expected_item()
    disc = media.a_disc()
    browser = as_(media.a_lawyer(unit=given.a_unit(Unit.Kind.RASSO)))

    for address in (f"items/{item.pk}/", f"cases/{item.case_id}/", f"discs/{disc.pk}/"):
        assert browser.try_("GET", f"/recordings/{address}") == 404


def test_an_inspector_reads_and_is_offered_nothing_to_change():
    hearing = media.a_ready_case()
    page = as_(given.a_person(Role.INSPECTOR)).open(f"/recordings/cases/{hearing.case_id}/")

    assert not page.tree.xpath("//main//form")
    assert not page.tree.xpath("//main//*[contains(@class, 'govuk-button')]")


def test_a_disc_is_taken_in_labelled_filled_handed_over_and_returned():
    hearing = media.a_hearing(urn="20AB7200126")
    item = media.an_expected_item(hearing)
    page = as_(media.a_lawyer()).open("/recordings/discs/").follow("Take in a disc or stick")
    page = page.press(
        "Take it in", kind="DISC", received_from="PC 1177", location="Cupboard 2"
    ).see("FM26000001")
    label = page.follow("Print its label")
    codes = label.tree.xpath("//img[starts-with(@src, 'data:image/svg+xml')]/@alt")
    assert [each.split(" ")[0] for each in codes] == ["QR", "Barcode"]
    page = page.follow("Say what is on it").press("Continue", urn="20AB7200126")
    page = page.press("Record it", items=[item.pk]).follow("Hand it over")
    page = page.press("Record the hand-over", to_kind="UNIT", to_place="Courtroom 3")
    page.see("Courtroom 3 (this unit, or its own store)")
    page = page.follow("Return or destroy it").press(
        "Record it", event="RETURN", to_kind="POLICE", to="PC 1177", is_last_copy="on",
        last_copy_because="The police keep the original.",
    )  # fmt: skip
    page.follow("Print the certificate").see("Certificate C", "returned", str(item))

    assert MediaItem.objects.get(pk=item.pk).state == "RECEIVED_PHYSICAL"


def test_a_reader_that_types_a_barcode_and_enter_opens_the_disc():
    disc = media.a_disc(barcode="w-77")
    page = as_(media.a_lawyer()).open("/recordings/discs/")

    assert page.press("Find it", barcode="W-77 ").address == f"/recordings/discs/{disc.pk}/"
    assert page.press("Find it", barcode="W-78").errors == [
        "No disc or stick here has the barcode W-78."
    ]


def test_a_stock_take_is_scanned_and_finished_with_its_discrepancies():
    found, missing = media.a_disc(), media.a_disc()
    page = as_(media.a_lawyer()).open("/recordings/stock-takes/")
    page = page.press("Begin to count", location="Shelf 14").see("Still to find: 2")
    page = page.press("Note it", barcode=found.barcode).see("Still to find: 1")
    page = page.press("Note it", barcode="X-1").see("Not in this unit's register")

    page = page.press("Finish the stock-take").see("1 disc or stick is missing")

    assert Carrier.objects.get(pk=missing.pk).state == "MISSING"
    assert StockTakeLine.objects.count() == 3


def test_the_name_of_a_place_that_was_counted_is_for_who_counts_there():
    lawyer = media.a_lawyer()
    begun = begin_stock_take(lawyer.unit, "Safe of Kestrel", by=lawyer, at=given.NOON)

    for address in ("/recordings/stock-takes/", f"/recordings/stock-takes/{begun.pk}/"):
        as_(lawyer).open(address).see("Safe of Kestrel")
        for role in (Role.INSPECTOR, Role.SENIOR_MANAGER, Role.CHIEF_CROWN_PROSECUTOR):
            page = as_(given.a_person(role)).open(address)
            page.see(f"lace of {lawyer.unit}").not_see("Kestrel")


def test_the_police_are_told_a_reason_and_see_what_they_owe_on_one_page():
    officer = given.a_person(Role.POLICE_PARTNER)
    settings.set_force(officer, "20", by=None, at=given.NOON)
    item = media.a_requested_item(media.a_hearing(urn="20AB7300126"))
    lawyer = as_(media.a_lawyer())
    page = lawyer.open(f"/recordings/items/{item.pk}/").follow("Tell the police what was wrong")
    page.press("Record it", reason="Multi-media CCTV not provided").see("The reason is recorded")

    page = as_(officer).open("/").follow("1 recording that your force is asked for")

    page.see("20AB7300126", "Send it", "Multi-media CCTV not provided: you may dispute it until "
             "12 December 2026, 11:59pm")  # fmt: skip
    lawyer.open("/recordings/feedback/").see("None yet.")


def test_a_police_partner_of_no_force_is_told_whom_to_ask():
    page = as_(given.a_person(Role.POLICE_PARTNER)).open("/owed/")

    page.see("Ask the administrator of the Area")


def test_an_administrator_sets_a_force_and_changes_and_confirms_periods():
    officer = given.a_person(Role.POLICE_PARTNER)
    browser = as_(given.a_person(Role.ADMINISTRATOR))
    page = browser.open("/police-partners/").follow(f"Change the force of {officer}")
    page.press("Record it", force="20").see("Force 20")

    page = browser.open("/recording-periods/").see("Not confirmed by the Area")
    page = page.follow("Change or confirm them")
    page = page.press("Change them", amber_days="9", confirmed=["red_days"],
                      source="The board", reason="A week is too short.")  # fmt: skip

    page.see("A week is too short.", "Source: The board")


def test_the_overview_says_what_needs_whom():
    hearing = media.a_hearing(on=TODAY + timedelta(days=2))
    media.a_received_item(hearing)
    manager = given.a_person(Role.LEGAL_MANAGER)

    page = as_(media.a_lawyer()).open("/")
    page.see("1 recording to view")
    page = as_(manager).open("/").follow("1 case red before its hearing")

    page.see(str(hearing.case))


def test_the_list_is_narrowed_to_units_that_hold_cases():
    media.a_received_item(media.a_hearing())
    for kind in (Unit.Kind.MAGISTRATES, Unit.Kind.VLU, Unit.Kind.POLICE):
        given.a_unit(kind)

    page = as_(given.a_person(Role.SENIOR_MANAGER)).open("/recordings/")

    offered = page.tree.xpath("//input[@name='unit']/@value")
    kinds = Unit.objects.filter(pk__in=offered).values_list("kind", flat=True)
    assert sorted(kinds) == [Unit.Kind.CROWN_COURT, Unit.Kind.MAGISTRATES]


def test_what_takes_a_recording_on_comes_first_and_only_what_is_relied_on_is_ticked_to_share():
    hearing = media.a_hearing()
    relied_on = media.a_classified_item(hearing)
    media.a_classified_item(hearing, kind="UNUSED")
    browser = as_(media.a_lawyer())

    page = browser.open(f"/recordings/items/{relied_on.pk}/")
    buttons = [b.text_content() for b in page.tree.xpath("//main//*[@role='button']")]
    assert buttons[0] == "Share recordings"
    assert "Ask the police for it again" in buttons
    page = page.follow("Share recordings")

    ticked = page.tree.xpath("//input[@name='items'][@checked]")
    assert [box.get("value") for box in ticked] == [str(relied_on.pk)]


def test_a_manager_of_the_victim_liaison_unit_is_told_why_nothing_is_shown():
    media.a_ready_case()
    manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))

    as_(manager).open("/recordings/").see("has no part in recordings").not_see("20AB")


def test_each_figure_opens_its_cases_and_says_of_which_it_is():
    media.a_proved_case()
    late = media.a_hearing(on=TODAY + timedelta(days=1), urn="20AB7100126")
    media.an_expected_item(late)
    page = as_(media.a_lawyer()).open("/recordings/")

    page.see("All of 2 cases that you may see: with a hearing to come", "by edition 2026")
    for words, number in (("red", 1), ("ready and proved", 1), ("amber", 0)):
        shown = page.follow(f"{number} {words}")
        assert len(shown.rows()) == number
        shown.see("All of 2 cases", f"{number} {words}")
    red = page.follow("1 red").rows()
    assert [each[0].startswith(str(late.case)) for each in red] == [True]


def test_a_figure_keeps_what_else_the_list_is_narrowed_to():
    media.a_proved_case()
    media.an_expected_item(media.a_hearing(on=TODAY + timedelta(days=1), urn="20AB7100126"))

    page = as_(media.a_lawyer()).open("/recordings/?words=20AB71&page=1").follow("1 red")

    page.see(
        "0 ready and proved", "All of 1 case that you may see and that the filter lets through"
    )
    assert len(page.rows()) == 1


def test_a_folded_filter_says_that_it_is_on():
    browser = as_(media.a_lawyer())

    folded = "//summary//text()[contains(., 'Choose what is shown')]"
    off = browser.open("/recordings/").tree.xpath(folded)
    on_ = browser.open("/recordings/?words=20AB&show=red").tree.xpath(folded)

    assert (off, on_) == (["Choose what is shown"], ["Choose what is shown: 2 chosen"])
