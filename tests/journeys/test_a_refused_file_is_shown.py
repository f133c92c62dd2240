"""What is said of a refused file stays within the screen of a telephone, in a real browser."""

import pytest
import time_machine

from forthright.hard_media import storing
from forthright.hard_media.models import SentFile
from forthright.hard_media.services import receiving
from tests import given
from tests.hard_media import files, media

pytestmark = pytest.mark.journey


@pytest.fixture
def refused(served, settings, tmp_path):
    """Return a file that was not what its sender said it was."""
    settings.RECORDINGS = tmp_path / "recordings"
    item = media.a_requested_item(media.a_hearing(urn="20AB7100126"))
    incoming = storing.store().begin("cctv.mp4", 4, at=given.NOON, sha256="0" * 64)
    sent = receiving.begin_file(item, incoming, by=None, at=given.NOON)
    incoming.take(files.ReadSource(files.io.BytesIO(b"four").read), offset=0)
    receiving.note_whole(sent, by=None, at=given.NOON)
    return receiving.keep_file(sent, by=None, at=given.NOON)


def test_its_page_is_no_wider_than_the_screen(refused, walk):
    assert refused.state == SentFile.State.REFUSED
    with time_machine.travel(given.NOON, tick=True):
        her = walk(media.a_lawyer().email)

        assert width_of(her, f"/recordings/items/{refused.item_id}/") <= 360


def width_of(walker, address):
    walker.page.set_viewport_size({"width": 360, "height": 740})
    walker.page.goto(f"{walker.site}{address}")
    walker.see("0" * 64)
    return walker.page.evaluate("document.documentElement.scrollWidth")
