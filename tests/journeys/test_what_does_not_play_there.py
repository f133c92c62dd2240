"""A party whose browser does not play a recording is told so, and so is whoever shared it."""

import pytest
import time_machine
from django.core import mail

from forthright.hard_media.models import ShareLink, ShareReceipt, ShareRecord
from forthright.hard_media.selectors.links import ticket_of
from tests.hard_media import links, media
from tests.journeys.test_from_the_police_to_the_defence import NOW, URN

pytestmark = pytest.mark.journey
TRY = "(media) => { media.muted = true; media.play().catch(() => {}); }"
NOBODY_PLAYS_THIS = b"no frame of anything " * 40_000


@pytest.fixture
def item(served, settings, tmp_path):
    """Return a recording that is said to play as it came, and does not."""
    settings.RECORDINGS = tmp_path / "recordings"
    hearing = media.a_hearing(urn=URN)
    item = links.that_plays(links.with_a_file(hearing, content=NOBODY_PLAYS_THIS))
    links.shared_by_link(hearing, item)
    return item


def test_it_is_told_there_and_here_and_taken_out_it_is_opened(item, walk):
    link = ShareLink.objects.get()
    with time_machine.travel(NOW, tick=True):
        them = walk("")
        them.page.goto(f"{them.site}/received/{ticket_of(link)}/")
        them.press("Send me a code")
        code = next(each.subject[:6] for each in mail.outbox[::-1] if each.to == [link.email])
        them.write("Your code", code).press("Open the recordings").follow("cctv.mp4")
        with them.page.expect_response("**/watched/"):
            them.page.locator("video").evaluate(TRY)
        them.page.locator("[data-trouble]").wait_for(state="visible")
        assert (told(), opened_on()) == (["NOT_PLAYED"], None)

        her = walk(media.a_lawyer(unit=item.unit).email)
        her.page.goto(f"{her.site}/recordings/items/{item.pk}/")
        her.see("Did not play there: cctv.mp4", "ask them to take it out")

        with them.page.expect_download() as caught:
            them.page.get_by_role("button", name="Take it out").click()
        assert caught.value.suggested_filename == "cctv.mp4"
        caught.value.path()
        her.page.reload()
        her.see("Did not play there: cctv.mp4", "Taken out: cctv.mp4")
        assert her.page.get_by_text("ask them to take it out").count() == 0

    assert (told()[-1], opened_on()) == ("TAKEN_OUT", NOW.date())


def told():
    """Return what the receipts say; what was fetched to look into it may be one before."""
    rows = ShareReceipt.objects.order_by("pk").values_list("what", flat=True)
    return [each for each in rows if each not in ("OPENED", "FETCHED")]


def opened_on():
    return ShareRecord.objects.get().opened_on
