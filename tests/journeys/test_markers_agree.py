"""Three people mark without one another's marks, agree, and mark an agreed letter unknowingly."""

from pathlib import Path

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.calibration.models import GoldGiven, GoldLetter
from forthright.calibration.services.gold import hand_out_letters_marked_before
from forthright.reviews.services.second_marking import choose_letters_to_mark_again
from tests import given
from tests.calibration.rounds_given import a_companion, adopt
from tests.reviews import twice

pytestmark = pytest.mark.journey


@pytest.fixture
def cast(served):
    """Return the leader, two markers of a round, one who is not in it, and the letter."""
    review = given.a_marked_letter()
    people = {
        "leader": given.a_person(Role.LEGAL_MANAGER, unit=given.a_unit()),
        "first": twice.a_manager(Unit.Kind.MAGISTRATES),
        "second": twice.a_manager(Unit.Kind.VLU),
        "later": twice.a_manager(Unit.Kind.FRAUD),
    }
    adopt(review.area, gold_percent=100, share_percent=100, new_marker_percent=100)
    return review, {name: (each.email, each.full_name) for name, each in people.items()}


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without script"])
def test_markers_agree(cast, walk, has_script):
    review, people = cast

    def comes(name):
        return walk(people[name][0], has_script=has_script)

    with time_machine.travel(given.at("2026-10-05 14:00"), tick=True):
        leader = comes("leader")
        the_leader_makes_a_round(leader, review, people)
        first = comes("first")
        marks_the_letter(first, "Partly meets")
        second = comes("second")
        peeks_and_is_led_back(second, first.page.url, review)
        marks_the_letter(second, "Fully meets")
        the_leader_closes_and_agrees(leader)
        sees_the_spread(second)
        an_agreed_letter_goes_out(review)
        later = comes("later")
        marks_it_unknowingly(later, review)
        takes_out_their_own_marks(later)


def the_leader_makes_a_round(her, review, people):
    her.go_to("Calibration").follow("Make a round").write("Name of the round", "Reasons")
    for name in ("first", "second"):
        her.page.get_by_role("checkbox", name=people[name][1]).check()
    her.page.get_by_role("checkbox", name=review.drawn_letter.duty.reference).check()
    for box, words in (("Day", "9"), ("Month", "10"), ("Year", "2026")):
        her.page.get_by_label(box, exact=True).fill(words)
    her.press("Open the round").heading("Reasons").see("Nobody sees the marks of others")


def marks_the_letter(him, reason_level):
    him.follow("Calibration round “Reasons” to mark").follow("Mark letter 1")
    him.heading("Letter 1 of “Reasons”")
    for card in him.each(".app-card"):
        label = reason_level if card.get_attribute("id") == "B1" else "Fully meets"
        if not card.get_by_label(label, exact=True).count():
            label = "Does not apply"
        card.get_by_label(label, exact=True).check()
    him.press("Save and go on").see("14 of 14 criteria marked")
    him.press("Finish my marks").see("Your marks are finished.")


def peeks_and_is_led_back(her, round_address, review):
    start = her.page.url
    her.page.goto(f"{her.site}/reviews/{review.drawn_letter_id}/")
    her.heading("Page not found")
    her.page.goto(round_address)
    her.see("1 of 1").follow("Mark letter 1")
    her.page.goto(her.page.url.removesuffix("mark/"))
    her.see("Nobody sees the marks of others before the round is closed.")
    her.page.goto(start)


def the_leader_closes_and_agrees(her):
    her.page.reload()
    her.follow("Close the round").press("Close the round").see("The round is closed.")
    her.see("More than one level was given on B1.", "too few to say more").follow("Letter 1")
    her.see("Marked differently").follow("Write down what was said")
    her.write("What was said", "The second paragraph gives the test and not the reason.")
    her.press("Keep it").follow("Agree the marks")
    her.choose("Agreed level of B1", "Partly meets")
    her.write("Why, for B1", "The test alone is no reason.")
    her.press("Keep the agreed marks").see("are agreed.", "The test alone is no reason.")


def sees_the_spread(her):
    her.go_to("Calibration").follow("Reasons").see("1 fully met, 1 partly met").follow("Letter 1")
    her.see("The second paragraph gives the test and not the reason.")


def an_agreed_letter_goes_out(review):
    given.a_marked_letter(marker=review.marker)
    at = given.at("2026-10-05 15:00")
    a_companion(GoldLetter.objects.get())
    choose_letters_to_mark_again(review.area, by=None, at=at)
    hand_out_letters_marked_before(review.area, by=None, at=at)
    assert GoldGiven.objects.count() == 1


def marks_it_unknowingly(him, review):
    him.go_to("Marking").follow(f"Give second marks to letter {review.drawn_letter.duty.reference}")
    him.see("Somebody of another unit has marked this letter.")
    for card in him.each(".app-card"):
        label = "Fully meets"
        if not card.get_by_label(label, exact=True).count():
            label = "Does not apply"
        card.get_by_label(label, exact=True).check()
    him.press("Finish second marks").see("Both marks stay as they are.")
    assert "agreed" not in him.page.locator("main").inner_text().lower()


def takes_out_their_own_marks(him):
    him.go_to("Calibration").follow("All that is held about your marks")
    him.see("You gave 14 marks.")
    assert Path(him.take("Download as spreadsheet").path()).stat().st_size > 1000
