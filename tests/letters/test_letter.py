"""The page of one letter says to whom, by when and why, and what was done."""

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.letters.services import keep_words
from forthright.schemes import services
from forthright.schemes.models import Duty
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db
DAY = given.at("2026-10-14 10:00")


@pytest.fixture(autouse=True)
def a_day_in_october():
    with time_machine.travel(DAY, tick=False):
        yield


def an_officer():
    return given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit(Unit.Kind.VLU))


def a_manager():
    return given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))


def test_a_letter_explains_its_due_date():
    duty = given.a_letter_owed(person={"family_name": "Nowak"})

    page = as_(an_officer()).open(f"/letters/{duty.pk}/")

    page.see(
        "Letter to Amira Nowak",
        "Due Monday 12 October 2026",
        "Overdue by 2 working days",
        "Decided Monday 5 October 2026, midday.",
        "Standard entitlement: 5 working days allowed",
        "Source: CPS Victim Communication and Liaison scheme",
        "Unverified, to be confirmed by the Area: the working day after the decision is the first "
        "day counted. Source: No published definition was found.",
    )


def test_how_to_contact_the_person_safely_stands_at_the_top():
    duty = given.a_letter_owed(
        person={"safe_contact_note": "Only through her sister", "has_opted_out": True}
    )

    page = as_(an_officer()).open(f"/letters/{duty.pk}/")

    page.see("Contact safely: Only through her sister", "asked not to be told")
    assert page.words.index("Contact safely") < page.words.index("Due Monday")


def test_a_bereaved_relative_with_standard_entitlement_is_doubted_until_it_is_corrected():
    duty = given.a_letter_owed(person={"relation": "BEREAVED"})
    doubt = "Close relatives of somebody who died have enhanced entitlement"

    page = as_(an_officer()).open(f"/letters/{duty.pk}/")
    page.see(doubt, "Standard entitlement is recorded, which allows more days.")
    page = page.follow("Correct the entitlement").see(doubt)
    page = page.press(
        "Correct it", entitlement="ENHANCED", because="The mother of the man who died"
    )

    page.see("The entitlement is corrected.").not_see(doubt)


def test_nothing_is_doubted_of_a_victim_with_standard_entitlement():
    duty = given.a_letter_owed()

    as_(an_officer()).open(f"/letters/{duty.pk}/").not_see("Close relatives of somebody")


def test_a_wrong_role_is_refused():
    duty = given.a_letter_owed()

    as_(given.a_person(Role.RESEARCHER)).open(f"/letters/{duty.pk}/", status=403)


@pytest.mark.parametrize("kind", [Unit.Kind.RASSO, None], ids=["another unit", "another area"])
def test_a_letter_out_of_reach_is_not_there(kind):
    duty = given.a_letter_owed()
    unit = given.a_unit(kind) if kind else given.a_unit(area=given.an_area("Wessex"))

    as_(given.a_person(Role.PROSECUTOR, unit=unit)).open(f"/letters/{duty.pk}/", status=404)


def test_a_letter_is_only_read():
    duty = given.a_letter_owed()

    assert as_(an_officer()).try_("POST", f"/letters/{duty.pk}/") == 405


def test_that_it_was_seen_is_recorded():
    duty = given.a_letter_owed()
    officer = an_officer()

    as_(officer).open(f"/letters/{duty.pk}/")

    event = Event.objects.get(name="letter.seen")
    assert (event.by, event.subject_id) == (officer, str(duty.pk))


def test_a_letter_is_walked_from_the_decision_to_the_person():
    duty = given.a_letter_owed()
    drafter, second = an_officer(), a_manager()

    for words, who in (
        ("victim liaison unit told", drafter), ("prosecutor’s explanation arrived", drafter),
        ("letter drafted", drafter), ("letter approved", second), ("letter sent", drafter),
    ):  # fmt: skip
        page = as_(who).open(f"/letters/{duty.pk}/").follow(f"Record: {words}").press("Record it")

    page.see(
        "Recorded: Letter sent.", "Sent late", "Longest stage: Telling the Victim Liaison Unit"
    )
    duty.refresh_from_db()
    assert duty.state == Duty.State.LATE


def test_a_time_before_the_decision_is_refused_in_words():
    duty = given.a_letter_owed()
    page = as_(an_officer()).open(f"/letters/{duty.pk}/record/told/")

    page = page.press("Record it", day_day="1", hour="9am")

    assert page.errors[0].startswith(
        "Thursday 1 October 2026, 9am cannot be when the Victim Liaison Unit was told, because "
        "the decision was made on Monday 5 October 2026, midday."
    )


def test_a_correction_asks_why():
    duty = given.a_letter_owed()
    services.record_stage(duty, "told", given.at("2026-10-06 09:00"), by=None, at=DAY)
    page = as_(an_officer()).open(f"/letters/{duty.pk}/record/told/")

    assert page.press("Change it", day_day="7").errors == ["Say why you are changing it"]
    page.press("Change it", day_day="7", reason="Wrong day").see("7 October 2026, 9am")


def test_a_letter_known_only_by_the_day_it_was_sent_is_recorded_so():
    duty = given.a_letter_owed()
    page = as_(a_manager()).open(f"/letters/{duty.pk}/record/sent/")
    page.see("It is not recorded when the letter was drafted and approved.")
    day = {"day_day": "13", "day_month": "10", "day_year": "2026"}

    page = page.press("Record it", **day)
    assert page.errors == ["Say why it is not known when it was drafted"]
    page = page.press("Record it", **day, reason="Only the day was kept")

    page.see("Sent late", "Stage not known: earlier steps were not recorded", "13 October 2026")
    found = as_(an_officer()).open("/letters/?show=late&late_stage=NOT_KNOWN")
    found.see("Sent late: stage not known", "Not known: steps were not recorded")


def test_a_correction_of_a_day_alone_offers_no_hour():
    duty = given.a_letter_owed()
    services.record_stage(duty, "told", given.at("2026-10-06 00:00"), by=None, at=DAY)

    page = as_(an_officer()).open(f"/letters/{duty.pk}/record/told/")

    page.see("Recorded now: 6 October 2026.").press("Change it", day_day="7", reason="Wrong day")
    duty.refresh_from_db()
    assert duty.told_at == given.at("2026-10-07 00:00")


def test_a_step_that_did_not_happen_is_taken_back():
    duty = given.a_letter_owed()
    services.record_stage(duty, "told", given.at("2026-10-06 09:00"), by=None, at=DAY)
    page = as_(an_officer()).open(f"/letters/{duty.pk}/record/told/")

    page.press("It did not happen: take it back", reason="Another case")

    duty.refresh_from_db()
    assert duty.told_at is None


def test_a_day_without_an_hour_is_shown_without_one():
    duty = given.a_letter_owed()
    page = as_(an_officer()).open(f"/letters/{duty.pk}/record/told/")

    page = page.press("Record it", day_day="6", hour="")

    page.see("Victim Liaison Unit told 6 October 2026 1 working day")


def test_a_letter_not_required_says_why_and_can_be_opened_again():
    duty = given.a_letter_owed()
    page = as_(an_officer()).open(f"/letters/{duty.pk}/").follow("No letter is required")

    assert page.press("Record that none is required").errors
    page = page.press("Record that none is required", reason="OPTED_OUT")
    page.see("Not required", "The person asked not to be told.")
    page = page.follow("Open this letter again").press("Open it again", reason="Changed her mind")

    page.see("The letter is open again.", "Due Monday 12 October 2026")


def test_the_drafter_can_be_named():
    duty = given.a_letter_owed()
    officer = an_officer()
    page = as_(officer).open(f"/letters/{duty.pk}/drafter/")

    page.press("Save", drafter=str(officer.pk)).see(f"Drafter {officer.full_name}")


def test_who_may_see_but_not_record_gets_no_buttons_and_no_pages():
    duty = given.a_letter_owed()
    manager = given.a_person(Role.LEGAL_MANAGER, unit=given.a_unit(Unit.Kind.RASSO))

    page = as_(manager).open(f"/letters/{duty.pk}/")

    page.not_see("Record:")
    as_(manager).open(f"/letters/{duty.pk}/record/told/", status=403)
    as_(manager).open(f"/letters/{duty.pk}/not-required/", status=403)


def test_a_step_that_does_not_exist_is_not_there():
    duty = given.a_letter_owed()

    as_(an_officer()).open(f"/letters/{duty.pk}/record/burned/", status=404)


def test_a_moved_due_date_keeps_the_old_one():
    duty = given.a_letter_owed()
    jubilee = services.NewClosedDay(
        day=given.at("2026-10-08 00:00").date(), name="Jubilee", source="Proclamation"
    )
    services.add_closed_day(duty.area, jubilee, by=None, at=DAY)

    page = as_(an_officer()).open(f"/letters/{duty.pk}/")

    page.see("From Monday 12 October 2026 to Tuesday 13 October 2026: Jubilee")


def test_every_version_of_the_words_can_be_read():
    duty = given.a_letter_owed()
    keep_words(duty, text="Dear Amira, one.", by=None, at=DAY)
    keep_words(duty, text="Dear Amira, two.", by=None, at=DAY)

    page = as_(an_officer()).open(f"/letters/{duty.pk}/")

    page.see("Dear Amira, two.").not_see("Dear Amira, one.")
    page.follow("Version 1").see("Dear Amira, one.")


@pytest.mark.parametrize(
    ("done", "offered"),
    [
        pytest.param([], {"told", "explained", "drafted", "sent"}, id="not started"),
        pytest.param(["drafted"], {"told", "explained", "drafted", "approved", "sent"},
                     id="drafted"),
        pytest.param(["drafted", "approved", "sent"],
                     {"told", "explained", "drafted", "approved", "sent", "reached"}, id="sent"),
    ],
)  # fmt: skip
def test_only_a_step_that_can_be_recorded_is_offered(done, offered):
    duty = given.a_letter_owed()
    for hour, step in enumerate(done, start=9):
        services.record_stage(duty, step, given.at(f"2026-10-08 {hour:02d}:00"), by=None, at=DAY)

    page = as_(a_manager()).open(f"/letters/{duty.pk}/")

    rows = page.tree.xpath('//tbody//a[contains(@href, "/record/")]/@href')
    assert {link.rstrip("/").rpartition("/")[2] for link in rows} == offered
