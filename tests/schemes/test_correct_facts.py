"""A wrong fact is corrected on the page, and the due date is worked out again."""

import pytest

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.schemes import services
from forthright.schemes.models import Duty
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db
LATER = given.at("2026-10-20 12:00")


def test_a_corrected_entitlement_counts_every_letter_to_the_person_again():
    duty = given.a_letter_owed()  # decided Monday 5 October 2026, standard: due on the 12th
    services.record_stage(duty, "drafted", given.at("2026-10-06 09:00"), by=None, at=LATER)
    services.record_stage(duty, "approved", given.at("2026-10-06 10:00"), by=None, at=LATER)
    services.record_stage(duty, "sent", given.at("2026-10-07 09:00"), by=None, at=LATER)
    officer = given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit("VLU"))

    moved = services.correct_entitlement(
        duty, "ENHANCED", because="Recorded as vulnerable", by=officer, at=LATER
    )

    duty = Duty.objects.select_related("person").get(pk=duty.pk)
    assert moved == 1
    assert (str(duty.due_on), duty.state) == ("2026-10-06", Duty.State.LATE)
    assert duty.person.entitlement_because == "Recorded as vulnerable"
    change = duty.due_changes.get()
    assert (str(change.old_due_on), change.changed_by) == ("2026-10-12", officer)
    event = Event.objects.get(name="person_to_tell.entitlement_corrected")
    assert (event.by, event.detail) == (officer, {"was": "STANDARD", "now": "ENHANCED"})


def test_a_corrected_time_of_the_decision_moves_the_due_date():
    duty = given.a_letter_owed()

    moved = services.correct_decision_time(
        duty, given.at("2026-10-02 16:55"), reason="The court’s record", by=None, at=LATER
    )

    duty.refresh_from_db()
    assert (moved, str(duty.due_on)) == (1, "2026-10-09")
    assert duty.due_because[0] == "Decided Friday 2 October 2026, 4:55pm."


@pytest.mark.parametrize(
    ("made_at", "says"),
    [
        pytest.param("2026-10-06 09:30", "because the decision was made on", id="after a step"),
        pytest.param("2026-10-21 09:00", "has not come yet", id="in the future"),
    ],
)
def test_a_time_that_cannot_be_right_changes_nothing(made_at, says):
    duty = given.a_letter_owed()
    if "because" in says:
        services.record_stage(duty, "told", given.at("2026-10-06 09:00"), by=None, at=LATER)
    before = Event.objects.count()

    with pytest.raises(services.TimeRefused, match=says):
        services.correct_decision_time(
            duty, given.at(made_at), reason="As it was", by=None, at=LATER
        )

    duty.refresh_from_db()
    assert str(duty.due_on) == "2026-10-12"
    assert Event.objects.count() == before


def test_nobody_corrects_a_letter_of_another_unit():
    duty = given.a_letter_owed()
    other = given.a_person(Role.PROSECUTOR, unit=given.a_unit("RASSO"))

    with pytest.raises(NotAllowed):
        services.correct_entitlement(duty, "ENHANCED", because="As it was", by=other, at=LATER)
    with pytest.raises(NotAllowed):
        services.correct_decision_time(duty, LATER, reason="As it was", by=other, at=LATER)
    assert as_(other).try_("GET", f"/letters/{duty.pk}/entitlement/") == 404


def test_an_officer_corrects_both_from_the_letter():
    duty = given.a_letter_owed()
    officer = given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit("VLU"))
    letter = as_(officer).open(f"/letters/{duty.pk}/")

    page = letter.follow("Correct the entitlement")
    page = page.press("Correct it", entitlement="ENHANCED", because="Needs assessment")
    page.see("1 due date moved", "Due Tuesday 6 October 2026", "Needs assessment")
    page = page.follow("Correct when the decision was made")
    page.press("Correct it", reason="").see("Say why you are changing it")
    page = page.press("Correct it", day_day="2", reason="The court’s record")
    page.see("1 due date moved", "Due Monday 5 October 2026", "Changes of the due date")


def two_officers(address):
    unit = given.a_unit("VLU")
    people = [given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=unit) for _ in range(2)]
    return people[0], *(as_(person).open(address) for person in people)


def test_of_two_who_correct_the_entitlement_at_once_the_second_is_asked():
    duty = given.a_letter_owed()
    first, theirs, mine = two_officers(f"/letters/{duty.pk}/entitlement/")
    theirs.press("Correct it", entitlement="ENHANCED", because="Recorded as vulnerable")

    page = mine.press("Correct it", entitlement="UNKNOWN", because="No assessment")

    said = page.errors[0]
    assert f"corrected after you opened the page by {first}" in said
    assert "Now it says Enhanced, because: Recorded as vulnerable." in said
    duty.person.refresh_from_db()
    assert duty.person.entitlement == "ENHANCED"
    assert Event.objects.filter(name="person_to_tell.entitlement_corrected").count() == 1
    page.see("No assessment", "Recorded now: Enhanced")
    page.press("Correct it")
    duty.person.refresh_from_db()
    assert (duty.person.entitlement, duty.person.entitlement_because) == (
        "UNKNOWN", "No assessment",
    )  # fmt: skip


def test_of_two_who_correct_the_time_of_a_decision_at_once_the_second_is_asked():
    duty = given.a_letter_owed()
    first, theirs, mine = two_officers(f"/letters/{duty.pk}/decided/")
    theirs.press("Correct it", day_day="2", reason="The court’s record")

    page = mine.press("Correct it", day_day="1", reason="A note")

    said = page.errors[0]
    assert f"corrected after you opened the page by {first}" in said
    assert "Now it says Friday 2 October 2026" in said
    duty.refresh_from_db()
    assert str(duty.due_on) == "2026-10-09"
    page.press("Correct it")
    duty.refresh_from_db()
    assert str(duty.due_on) == "2026-10-08"


def test_a_form_that_does_not_know_what_stood_is_asked_too():
    duty = given.a_letter_owed()
    officer = given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit("VLU"))

    page = as_(officer).post(
        f"/letters/{duty.pk}/entitlement/", entitlement="ENHANCED", because="Vulnerable"
    )

    assert "Now it says Standard" in page.errors[0]
    duty.person.refresh_from_db()
    assert duty.person.entitlement == "STANDARD"
