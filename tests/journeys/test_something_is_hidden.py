"""What is to be hidden is drawn on the picture; somebody else looks, and the defence gets that."""

import pytest
import time_machine
from django.core import mail

from forthright.hard_media.models import CutCopy, ShareLink
from forthright.hard_media.selectors.links import ticket_of
from forthright.hard_media.services import cutting, links, playing
from forthright.web import clock
from tests.hard_media import files, media
from tests.journeys.test_from_the_police_to_the_defence import NOW, PLAYED, URN

pytestmark = pytest.mark.journey
BLUR = "All of it, with a part of the picture made unrecognisable"


@pytest.fixture
def cast(served, settings, tmp_path):
    """Return two lawyers, and a recording that is relied on and of which a file plays."""
    settings.RECORDINGS = tmp_path / "recordings"
    item = media.a_requested_item(media.a_hearing(urn=URN), exhibit="DM/1")
    video = files.a_video(tmp_path, "h264.avi").read_bytes()
    sent = files.a_kept_file(item, content=video, name="h264.avi")
    playing.make_playable(sent, by=None, at=media.NOON)
    media.items.view_item(item, how="All of it.", by=None, at=media.NOON)
    media.items.classify_item(item, "RELIED_ON", by=None, at=media.NOON)
    return {"asks": media.a_lawyer().email, "looks": media.a_lawyer().email}


def test_a_face_is_drawn_over_and_the_defence_gets_the_copy(cast, walk):
    with time_machine.travel(NOW, tick=True):
        she_draws_what_is_to_be_hidden(walk(cast["asks"]))
        cutting.make_copy(CutCopy.objects.get(), by=None, at=clock.now())
        him = walk(cast["looks"])
        he_looks_and_shares(him)
        link = ShareLink.objects.get()
        links.tell_party(link, address="the link", by=None, at=clock.now())
        him.go_to("Recordings").follow(URN).see("A copy in its place")
        the_firm_gets_the_copy_and_nothing_else(walk(""), link)


def she_draws_what_is_to_be_hidden(her):
    her.go_to("Recordings").follow(URN).follow("DM/1").follow("h264.avi")
    her.follow("Make a clip or hide something").tick(BLUR)
    video = her.page.locator("video")
    her.wait_until("document.querySelector('video').videoWidth > 0")
    her.page.get_by_role("button", name="Draw it on the picture").click()
    # The picture may stand between bars, so a part of it is drawn and not of the player.
    frame = video.evaluate(
        """(media) => {
          const place = media.getBoundingClientRect();
          const size = Math.min(place.width / media.videoWidth, place.height / media.videoHeight);
          const [wide, high] = [media.videoWidth * size, media.videoHeight * size];
          return [place.x + (place.width - wide) / 2, place.y + (place.height - high) / 2,
                  wide, high];
        }"""
    )
    left, top, wide, high = frame
    mouse = her.page.mouse
    mouse.move(left + wide * 0.255, top + high * 0.255)
    mouse.down()
    mouse.move(left + wide * 0.745, top + high * 0.5)
    mouse.move(left + wide * 0.745, top + high * 0.745)
    mouse.up()
    drawn = [
        int(her.page.locator(f"[name={side}]").input_value())
        for side in ("left", "top", "width", "height")
    ]
    assert drawn == [25, 25, 50, 50]
    her.write("Why?", "The face of a bystander").press("Make the copy")
    her.see("The copy is being made.")


def he_looks_and_shares(him):
    him.go_to("Recordings").follow(URN).follow("DM/1").see("nobody has found it right yet")
    him.follow(BLUR)
    assert him.page.locator("video").evaluate(PLAYED) == "played"
    him.press("I looked at all of it, and it is right").follow("Share recordings")
    copy = CutCopy.objects.get()
    him.tick(f"{copy.file.item}: {copy}").tick("Hale LLP").tick("A link from here, by e-mail")
    for box, said in (("Day", "30"), ("Month", "11"), ("Year", "2026")):
        him.page.get_by_label(box, exact=True).nth(1).fill(said)
    him.press("Share them").see("1 share is recorded.", "The e-mail with its link has not gone")


def the_firm_gets_the_copy_and_nothing_else(them, link):
    copy = CutCopy.objects.get()
    them.page.goto(f"{them.site}/received/{ticket_of(link)}/")
    them.press("Send me a code")
    code = next(each.subject[:6] for each in mail.outbox[::-1] if each.to == [link.email])
    them.write("Your code", code).press("Open the recordings").follow(copy.file_name)
    assert them.page.locator("video").evaluate(PLAYED) == "played"
    assert "h264.avi" not in them.page.content()
    with them.page.expect_download() as download:
        them.press("Take it out")
    assert download.value.suggested_filename == copy.file_name
