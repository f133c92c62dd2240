"""A video goes all the way: from the police over a caseworker to the defence, and it is proved."""

import pytest
import time_machine
from django.core import mail

from forthright.accounts.models import Role
from forthright.hard_media.models import SentFile, ShareLink, ShareReceipt
from forthright.hard_media.selectors.links import ticket_of
from forthright.hard_media.services import links, playing, receiving, settings
from forthright.web import clock
from tests import given
from tests.hard_media import files, media

pytestmark = pytest.mark.journey
URN = "20AB7000126"
NOW = given.at("2026-10-05 14:00")
PLAYED = """(media) => new Promise((tell) => {
  media.addEventListener("ended", () => tell("played"));
  media.muted = true;
  media.play().catch((fault) => tell(String(fault)));
})"""
NOT_HELD = "No: it had been put off before that day, or the day was entered wrongly"


@pytest.fixture
def cast(served, settings, tmp_path):
    """Return the people, and a recording that the police are asked for."""
    settings.RECORDINGS = tmp_path / "recordings"
    media.a_requested_item(media.a_hearing(urn=URN), exhibit="DM/1")
    return {"lawyer": media.a_lawyer().email, "officer": an_officer().email}


def an_officer():
    officer = given.a_person(Role.POLICE_PARTNER)
    settings.set_force(officer, "20", by=None, at=given.NOON)
    return officer


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
def test_a_video_reaches_the_defence_and_that_is_proved(cast, walk, tmp_path, has_script):
    video = files.a_video(tmp_path, "h264.avi")
    with time_machine.travel(NOW, tick=True):
        the_police_send_it(walk(cast["officer"], has_script=has_script), video)
        the_worker_keeps_it()
        her = walk(cast["lawyer"], has_script=has_script)
        the_lawyer_views_and_shares(her)
        the_worker_tells_the_parties()
        for link in ShareLink.objects.all():
            a_party_opens_it(walk, link, has_script=has_script)
        the_receipt_appears_and_the_ladder_moves(her)


def the_police_send_it(him, video):
    him.follow("1 recording that your force is asked for").follow("Send the file")
    him.page.set_input_files("#id_file", str(video))
    him.press("Send it").see("It is read back now, and then kept.", "being read back")


def the_worker_keeps_it():
    sent = receiving.keep_file(SentFile.objects.get(), by=None, at=clock.now())
    playing.make_playable(sent, by=None, at=clock.now())


def the_lawyer_views_and_shares(her):
    her.go_to("Recordings").follow(URN).follow("DM/1").see("Readable in a copy made here")
    her.follow("h264.avi").see("each frame and its time were compared")
    her.follow("Back to the recording").follow("Record that you viewed it")
    her.write("How much did you see", "All of it").press("I viewed it")
    her.follow("Classify it").tick("Relied on").press("Classify it")
    her.follow("Share recordings").tick("The court").tick("Hale LLP").tick(
        "A link from here, by e-mail"
    )
    for box, said in (("Day", "30"), ("Month", "11"), ("Year", "2026")):
        her.page.get_by_label(box, exact=True).nth(1).fill(said)
    her.write("E-mail address of the court", "court@court.example").press("Share them")
    her.see("2 shares are recorded. Each party is sent its link now.", "has not gone", "Not ready")


def the_worker_tells_the_parties():
    for link in ShareLink.objects.select_related("area", "representation"):
        links.tell_party(link, address="the link", by=None, at=clock.now())


def a_party_opens_it(walk, link, *, has_script):
    them = walk("", has_script=has_script)
    them.page.goto(f"{them.site}/received/{ticket_of(link)}/")
    them.see("Recordings shared with you").press("Send me a code")
    code = next(each.subject[:6] for each in mail.outbox[::-1] if each.to == [link.email])
    them.write("Your code", code).press("Open the recordings").follow("h264.avi")
    # Whoever only looks at the page has opened nothing yet, whatever a browser likes to fetch.
    them.page.wait_for_timeout(1_000)
    assert not ShareReceipt.objects.filter(link=link).exists()
    if has_script:
        assert them.page.locator("video").evaluate(PLAYED) == "played"
        them.see(link.email)
    else:
        # The browser's own control plays it.
        them.page.locator("video").press("Space")
        them.page.wait_for_timeout(2_000)
    with them.page.expect_download() as download:
        them.press("Take it out")
    assert download.value.suggested_filename == "h264.avi"
    assert download.value.path().stat().st_size  # all of it came, so a receipt stands


def the_receipt_appears_and_the_ladder_moves(her):
    her.go_to("Recordings").see("Ready and proved").follow(URN).follow("DM/1")
    her.see("Opened: h264.avi", "Taken out: h264.avi")
    her.follow("Back to the case")
    # Shared and opened today: too late for a hearing today, in time for one on Friday.
    the_hearing_moves(her, day="5", why="Brought forward by the court")
    her.see("PTPH Monday 5 October 2026", "Not ready by the hearing", "Shared too late")
    # Its day has come, so she is asked whether it took place.
    the_hearing_moves(her, day="9", why="Put back by the court", was_held=NOT_HELD)
    her.see("PTPH Friday 9 October 2026", "Ready and proved")
    assert not her.page.get_by_text("Not ready by the hearing").count()


def the_hearing_moves(her, *, day, why, was_held=""):
    her.follow("The hearing moved")
    for box, said in (("Day", day), ("Month", "10"), ("Year", "2026")):
        her.page.get_by_label(box, exact=True).fill(said)
    her.write("Why did it move?", why)
    if was_held:
        her.tick(was_held)
    her.press("Continue")
    her.see("Ready and proved", "Not ready by the hearing").press("Move the hearing")
