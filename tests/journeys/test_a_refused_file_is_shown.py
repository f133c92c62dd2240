"""What is said of files stays within the screen of a telephone, in a real browser."""

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


def test_names_of_files_that_each_party_reads_are_no_wider_either(served, settings, tmp_path, walk):
    settings.RECORDINGS = tmp_path / "recordings"
    hearing, name = media.a_hearing(urn="20AB7100226"), f"{'cam1_' * 30}.mp4"
    item = media.a_requested_item(hearing)
    files.a_kept_file(item, name=name)
    media.items.view_item(item, how="All of it.", by=None, at=given.NOON)
    media.items.classify_item(item, "RELIED_ON", by=None, at=given.NOON)
    with time_machine.travel(given.NOON, tick=True):
        her = walk(media.a_lawyer().email)

        assert width_of(her, f"/recordings/cases/{hearing.case_id}/share/", says=name) <= 360


def width_of(walker, address, says="0" * 64):
    walker.page.set_viewport_size({"width": 360, "height": 740})
    walker.page.goto(f"{walker.site}{address}")
    walker.see(says)
    return walker.page.evaluate("document.documentElement.scrollWidth")
