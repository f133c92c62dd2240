"""A party is told when its code ends while it watches, and what it watched was told by then."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from forthright.hard_media.models import ShareLink, ShareReceipt
from forthright.hard_media.selectors.links import ticket_of
from forthright.hard_media.services import playing
from tests.hard_media import links, media
from tests.journeys.test_from_the_police_to_the_defence import NOW, URN
from tests.media_playing.videos import AAC, FAST, H264, ffmpeg

pytestmark = pytest.mark.journey
FAST_FORWARD = "(media) => { media.muted = true; media.playbackRate = 16; return media.play(); }"

UNTIL_ITS_END = """(media) => media.ended
  || new Promise((tell) => media.addEventListener("ended", tell, { once: true }))"""
# As for bytes that the browser has not fetched yet: none of these are kept in it.
MORE = "(media) => { media.src += '?more'; media.play().catch(() => {}); }"


@pytest.fixture
def link(served, settings, tmp_path):
    """Return a link to a recording of two minutes that plays."""
    settings.RECORDINGS = tmp_path / "recordings"
    video = tmp_path / "two minutes.mp4"
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=160x120:r=5:d=120", "-f", "lavfi", "-i",
           "sine=f=440:d=120", *H264, *AAC, *FAST, video)  # fmt: skip
    hearing = media.a_hearing(urn=URN)
    item = links.with_a_file(hearing, content=video.read_bytes())
    playing.make_playable(item.files.get(), by=None, at=media.NOON)
    links.shared_by_link(hearing, item)
    return ShareLink.objects.get()


def test_it_says_that_the_code_ended_and_not_that_the_browser_is_at_fault(link, walk):
    with time_machine.travel(NOW, tick=True) as traveller:
        them = walk("")
        them.page.goto(f"{them.site}/received/{ticket_of(link)}/")
        them.see("for 4 hours in this browser").press("Send me a code")
        code = next(each.subject[:6] for each in mail.outbox[::-1] if each.to == [link.email])
        them.write("Your code", code).press("Open the recordings").follow("cctv.mp4")
        with them.page.expect_request("**/watched/"):
            them.page.locator("video").evaluate(FAST_FORWARD)
        them.page.locator("video").evaluate(UNTIL_ITS_END)
        traveller.shift(timedelta(hours=4, minutes=1))
        them.page.locator("video").evaluate(MORE)
        them.page.locator("[data-ended]").wait_for(state="visible")

        them.see("the time for which your code opened this page is over")
        assert them.page.locator("[data-trouble]").is_hidden()
        them.follow("Have a new code sent").see("Send me a code")

    (row,) = ShareReceipt.objects.filter(what="WATCHED")
    assert row.seconds > 0
