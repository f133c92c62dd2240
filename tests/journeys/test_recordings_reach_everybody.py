"""A recording is asked for, comes, is viewed and shared; then the hearing moves."""

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.hard_media.services import settings
from tests import given
from tests.hard_media import media

pytestmark = pytest.mark.journey
URN = "20AB7000126"


@pytest.fixture
def cast(served):
    """Return the people, and a case whose PTPH is three weeks away."""
    media.a_hearing(urn=URN)
    officer = given.a_person(Role.POLICE_PARTNER)
    settings.set_force(officer, "20", by=None, at=given.NOON)
    return {"lawyer": media.a_lawyer().email, "officer": officer.email}


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
def test_a_recording_reaches_everybody_before_the_hearing(cast, walk, has_script):
    with time_machine.travel(given.at("2026-10-05 14:00"), tick=True):
        her = walk(cast["lawyer"], has_script=has_script)
        the_lawyer_registers_and_asks(her)
        the_police_see_what_they_owe(walk(cast["officer"], has_script=has_script))
        the_disc_comes_and_is_scanned(her)
        the_lawyer_views_classifies_and_shares(her)
        the_hearing_moves_forward(her)
        everybody_opens_it(her)


def the_lawyer_registers_and_asks(her):
    her.go_to("Recordings").follow(URN).see("Nothing registered")
    her.follow("Add a recording").write("Exhibit reference", "DM/1").tick("CCTV").tick("PTPH form")
    her.write("What does it show?", media.SHOWS).press("Add it").see("It is expected")
    her.follow("Record that the police were asked").press("The police were asked")
    her.follow("Tell the police what was wrong").tick("Multi-media CCTV not provided")
    her.press("Record it").see("The reason is recorded")


def the_police_see_what_they_owe(him):
    him.follow("1 recording that your force is asked for").see(URN, "Send it")
    him.see("you may dispute it until 12 December 2026, 11:59pm")


def the_disc_comes_and_is_scanned(her):
    her.go_to("Recordings").follow("Discs and sticks").follow("Take in a disc or stick")
    her.tick("Disc (CD, DVD, Blu-ray)").write("Who brought it?", "PC 2841")
    her.write("Where is it kept?", "Shelf 14").press("Take it in").see("FM26000001")
    her.follow("Say what is on it").write("URN of the case", URN).press("Continue")
    her.tick("DM/1, CCTV").press("Record it").see("have come")
    her.go_to("Recordings").follow("Discs and sticks").write("Barcode", "fm26000001")
    her.page.get_by_label("Barcode").press("Enter")
    her.heading("FM26000001").follow("DM/1").see("Received on a disc or stick")


def the_lawyer_views_classifies_and_shares(her):
    her.follow("Record that you viewed it").write("How much did you see", "All of it")
    her.press("I viewed it").follow("Classify it").tick("Relied on").press("Classify it")
    her.follow("Share recordings").tick("The court").tick("Hale LLP").tick("Egress")
    her.press("Share them").see("2 shares are recorded", "Ready, not proved")


def the_hearing_moves_forward(her):
    her.follow("The hearing moved")
    for box, said in (("Day", "5"), ("Month", "10"), ("Year", "2026")):
        her.page.get_by_label(box, exact=True).fill(said)
    her.write("Why did it move?", "Brought forward by the court").press("Continue")
    her.see("Ready, not proved", "Not ready by the hearing").press("Change the answers")
    for box, said in (("Day", "9"), ("Month", "10"), ("Year", "2026")):
        her.page.get_by_label(box, exact=True).fill(said)
    her.press("Continue").press("Move the hearing").see("PTPH Friday 9 October 2026")


def everybody_opens_it(her):
    for _ in range(2):
        her.follow("Opened?").tick("The system shows that it was opened").press("Record it")
    her.see("Ready and proved")
