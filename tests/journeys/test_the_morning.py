"""A morning in a unit: a legal SPOC works the list, a deputy acts for her, two act at once."""

from datetime import date

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.morning_lists.models import HandOver, Reminder
from forthright.schemes.models import Duty
from tests import given
from tests.morning_lists import mornings

pytestmark = pytest.mark.journey

SCRIPT = pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without script"])


@pytest.fixture
def cast(served):
    """Return the people of the morning, whose letters wait."""
    given.a_started_area()
    return {
        "spoc": mornings.a_spoc(),
        "colleague": mornings.a_spoc(),
        "deputy": mornings.a_prosecutor(given.a_unit(Unit.Kind.RASSO)),
        "prosecutor": mornings.a_prosecutor(),
        "officer": given.a_liaison_officer(),
        "other": given.a_person(
            Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit(Unit.Kind.VLU)
        ),
    }  # fmt: skip


@pytest.fixture
def letters(cast):
    """Return a letter that waits to be explained, and one that waits to be drafted."""
    return (
        mornings.a_letter(by=cast["prosecutor"]),
        mornings.with_steps(mornings.a_letter(), explained="2026-10-01 10:00"),
    )


@SCRIPT
def test_a_morning_with_a_deputy(cast, letters, walk, has_script):
    waits, to_draft = letters
    with time_machine.travel(mornings.MORNING, tick=True) as clock:
        her = walk(cast["spoc"].email, has_script=has_script)
        she_works_her_list(her, cast, waits, to_draft)
        she_names_a_deputy(her, cast)

        clock.move_to(given.at("2026-10-06 09:30"))
        the_deputy_acts_for_her(walk(cast["deputy"].email, has_script=has_script), cast, waits)

        clock.move_to(given.at("2026-10-07 09:30"))
        afterwards_the_deputy_may_not(walk(cast["deputy"].email, has_script=has_script), waits)


def she_works_her_list(her, cast, waits, to_draft):
    her.see("This morning").follow("Your morning list: 2 things")
    her.heading("Morning list: Mercia Crown Court").see("2 things wait", "Due today")
    her.press(f"Remind {cast['prosecutor']} of letter {waits.reference}")
    her.see(f"{cast['prosecutor']} is reminded by e-mail", f"by {cast['spoc']}")
    her.follow(f"Hand over letter {to_draft.reference}").heading("Hand over letter")
    her.choose("Who drafts it from now on?", str(cast["officer"])).press("Hand it over")
    her.see(f"is handed over to {cast['officer']}", f"Handed over to {cast['officer']}")


def she_names_a_deputy(her, cast):
    her.follow("Name a deputy for days away").heading("Deputies in Mercia Crown Court")
    her.choose("Who covers?", str(cast["deputy"]))
    for name in ("first_day", "last_day"):
        for box, words in zip(("day", "month", "year"), ("6", "10", "2026"), strict=True):
            her.page.locator(f"#id_{name}_{box}").fill(words)
    her.press("Name the deputy").see(f"{cast['deputy']} covers for {cast['spoc']} from 6 October")


def the_deputy_acts_for_her(him, cast, waits):
    him.see(f"Mercia Crown Court, for {cast['spoc']}").follow("Your morning list")
    him.see(f"You cover for {cast['spoc']}").press(
        f"Remind {cast['prosecutor']} of letter {waits.reference}"
    )
    him.see(f"by {cast['deputy']} for {cast['spoc']}")
    newest = Reminder.objects.get(on=date(2026, 10, 6))
    assert (newest.asked_by, newest.asked_for) == (cast["deputy"], cast["spoc"])


def afterwards_the_deputy_may_not(him, waits):
    assert him.page.get_by_role("link", name="Your morning list").count() == 0
    him.page.goto(f"{him.site}/morning/{waits.unit_id}/")
    him.heading("You may not do that")


@SCRIPT
def test_two_people_act_on_one_letter_at_once_and_nothing_is_lost(cast, letters, walk, has_script):
    waits, to_draft = letters
    with time_machine.travel(mornings.MORNING, tick=True):
        her, him = (
            walk(cast[who].email, has_script=has_script).follow("Your morning list")
            for who in ("spoc", "colleague")
        )
        words = f"Remind {cast['prosecutor']} of letter {waits.reference}"
        her.press(words).see("is reminded by e-mail")
        him.press(words).see(f"by {cast['spoc']}", "Nobody is reminded twice")

        her.follow(f"Hand over letter {to_draft.reference}").heading("Hand over letter")
        him.follow(f"Hand over letter {to_draft.reference}").heading("Hand over letter")
        her.choose("Who drafts it from now on?", str(cast["officer"])).press("Hand it over")
        her.see(f"is handed over to {cast['officer']}")
        him.choose("Who drafts it from now on?", str(cast["other"])).press("Hand it over")
        him.see(f"by {cast['spoc']}", f"now it says “{cast['officer']}”")
        assert Duty.objects.get(pk=to_draft.pk).drafter == cast["officer"]

        him.press("Hand it over").see(f"is handed over to {cast['other']}")

    assert [each.now for each in HandOver.objects.all()] == [cast["officer"], cast["other"]]
    assert Reminder.objects.count() == 1
