"""One day: a legal SPOC, her deputy, a prosecutor, a liaison officer and a second marker.

A decision nobody explained in the morning is a letter on its way in the afternoon. The deputy
approves it while the officer still changes it, and nothing of either is lost.
"""

import pytest
import time_machine
from playwright.sync_api import expect

from forthright.accounts.models import Unit
from forthright.audit.models import Event
from forthright.cases.models import Decision
from forthright.letters.models import Letter
from forthright.letters.services.facts import Wishes, set_wishes
from forthright.morning_lists.models import Cover, Reminder
from forthright.reviews.models import Review, SecondMarking
from forthright.worker import steps
from forthright.worker.kinds import Work
from tests import given
from tests.fakes import mail
from tests.journeys.writing import the_officer_sends, the_worker_hands_over
from tests.morning_lists import mornings
from tests.reviews import twice

pytestmark = pytest.mark.journey
SIGNED, KINDER = "Yours sincerely", "With kind regards, yours sincerely"


@pytest.fixture
def post_office():
    with mail.post_office() as server:
        yield server


@pytest.fixture
def cast(served):
    """Return the five people, the letter due today, and one of last week that was marked once."""
    second = twice.a_manager(Unit.Kind.MAGISTRATES)
    marked = twice.draw_lot(given.a_marked_letter())
    prosecutor = mornings.a_prosecutor()
    duty = given.a_letter_to_write(decided_at=given.at("2026-09-28 10:00"))
    Decision.objects.filter(pk=duty.decision_id).update(made_by=prosecutor)
    set_wishes(duty, Wishes(channel="EMAIL"), by=None, at=given.at("2026-09-28 11:00"))
    return {
        "duty": duty,
        "marked": marked,
        "prosecutor": prosecutor,
        "spoc": mornings.a_spoc(),
        "deputy": mornings.a_prosecutor(given.a_unit(Unit.Kind.RASSO)),
        "officer": given.a_liaison_officer(),
        "second": second,
    }


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without script"])
def test_a_day_of_five_people(cast, walk, post_office, has_script):
    def comes(name):
        return walk(cast[name].email, has_script=has_script)

    with time_machine.travel(given.at("2026-10-05 09:00"), tick=True) as clock:
        the_spoc_reminds_and_goes(comes("spoc"), cast)
        clock.move_to(given.at("2026-10-05 10:00"))
        the_prosecutor_explains(comes("prosecutor"), cast)
        clock.move_to(given.at("2026-10-05 11:00"))
        deputy, officer = comes("deputy"), comes("officer")
        the_deputy_hands_the_letter_over(deputy, cast)
        the_officer_drafts(officer)
        clock.move_to(given.at("2026-10-05 13:00"))
        the_deputy_approves_while_the_officer_changes_it(deputy, officer, cast)
        clock.move_to(given.at("2026-10-05 14:00"))
        the_officer_sends(officer)
        _, message = the_worker_hands_over(post_office)
        assert KINDER in message.get_payload(decode=True).decode()
        the_second_marker_marks_blind(comes, cast)
        nothing_waits_any_more(deputy, cast)
    everything_says_who_did_it(cast)


def the_spoc_reminds_and_goes(her, cast):
    her.follow("Your morning list: 1 thing").see("Due today")
    her.press(f"Remind {cast['prosecutor']} of letter {cast['duty'].reference}")
    her.see(f"{cast['prosecutor']} is reminded by e-mail")
    her.follow("Name a deputy for days away").choose("Who covers?", str(cast["deputy"]))
    for name in ("first_day", "last_day"):
        for box, words in zip(("day", "month", "year"), ("5", "10", "2026"), strict=True):
            her.page.locator(f"#id_{name}_{box}").fill(words)
    her.press("Name the deputy").see(f"{cast['deputy']} covers for {cast['spoc']} from 5 October")


def the_prosecutor_explains(him, cast):
    him.follow("decision waits for your reasons").follow(cast["duty"].case.urn)
    him.heading("Write the reasons").write("What was decided?", "to stop the case of burglary")
    him.tick("There was not enough evidence")
    him.write("Which facts decided it?", "The camera on Foundry Street was off that night.\n"
              "The neighbour could not say whom she saw.")  # fmt: skip
    him.press("Keep these reasons").see("Your reasons are kept")


def the_deputy_hands_the_letter_over(him, cast):
    him.follow("Your morning list: 1 thing").see(f"You cover for {cast['spoc']}")
    him.follow(f"Hand over letter {cast['duty'].reference}").heading("Hand over letter")
    him.choose("Who drafts it from now on?", str(cast["officer"])).press("Hand it over")
    him.see(f"Handed over to {cast['officer']} by {cast['deputy']} for {cast['spoc']}")


def the_officer_drafts(her):
    her.go_to("Overview").follow("1 letter is yours to draft").follow("Amira Osei")
    her.follow("Draft the letter").press("Put the letter together")
    her.press("Keep it and hand over for approval").see("waits for a second person")


def the_deputy_approves_while_the_officer_changes_it(him, her, cast):
    duty = cast["duty"]
    him.page.goto(f"{him.site}/letters/{duty.pk}/approve/")
    him.heading("Approve the letter").see("Version 1", SIGNED).tick("Approve it")

    her.page.goto(f"{her.site}/letters/{duty.pk}/draft/")
    box = her.page.get_by_label("The letter", exact=True)
    box.fill(box.input_value().replace(SIGNED, KINDER))
    her.press("Keep it and hand over for approval").see("waits for a second person")

    him.press("Record your decision")
    him.see("Version 2 was kept while you read version 1.", KINDER)
    expect(him.page.get_by_label("Approve it", exact=True)).to_be_checked()
    letter = Letter.objects.get(duty=duty)
    assert letter.approved_at is None
    assert [SIGNED in each.text for each in letter.versions.all()] == [True, False]

    him.press("Record your decision").see("The letter is approved")
    assert Letter.objects.get(duty=duty).approved_version.number == 2


def the_second_marker_marks_blind(comes, cast):
    marked = cast["marked"]
    work = Work(1, "reviews.choose_second_marks", "a", {}, None, marked.area_id)
    assert steps.choose_second_marks(work) == 1
    before = {each.criterion_id: each.level for each in marked.marks.all()}
    him = comes("second")
    him.go_to("Marking").follow(f"Give second marks to letter {marked.drawn_letter.duty.reference}")
    him.see("Somebody of another unit has marked this letter.")
    for card in him.each(".app-card"):
        label = "Partly meets" if card.get_attribute("id") == "B1" else "Fully meets"
        if not card.get_by_label(label, exact=True).count():
            label = "Does not apply"
        card.get_by_label(label, exact=True).check()
    him.press("Finish second marks").see("Both marks stay as they are.")
    marked = Review.objects.get(pk=marked.pk)
    assert {each.criterion_id: each.level for each in marked.marks.all()} == before
    second = SecondMarking.objects.get(review=marked)
    assert second.levels.get(criterion__code="B1").level == "PARTIALLY"


def nothing_waits_any_more(him, cast):
    him.page.goto(f"{him.site}/morning/{cast['duty'].unit_id}/")
    him.see("No letter is due today", "No letter is overdue", f"You cover for {cast['spoc']}")


def everything_says_who_did_it(cast):
    """See in the record who did what, and for whom the deputy did."""
    spoc, deputy, officer, second = (cast[name] for name in ("spoc", "deputy", "officer", "second"))
    assert Reminder.objects.get().asked_by == spoc
    assert Cover.objects.get().deputy == deputy
    for name in ("letter.drafting_handed_over", "letter.version_approved"):
        event = Event.objects.get(name=name)
        assert (event.by, event.detail["deputy_for"]) == (deputy, [spoc.pk])
    by = {each.name: each.by for each in Event.objects.order_by("pk")}
    assert by["letter.dispatch_asked"] == officer
    assert by["second_marking.finished"] == second
