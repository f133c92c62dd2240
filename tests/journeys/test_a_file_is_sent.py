"""A police partner sends a file over lines that are cut; the lawyer finds it kept."""

import hashlib

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.hard_media.models import SentFile
from forthright.hard_media.services import receiving, settings
from tests import given
from tests.hard_media import media
from tests.media_files.senders import some_bytes
from tests.media_files.served import CutLine

pytestmark = pytest.mark.journey
URN = "20AB7000126"
CONTENT = some_bytes(20 * 1024 * 1024 + 321)
NOW = given.at("2026-10-05 14:00")


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


@pytest.fixture
def recording(tmp_path):
    path = tmp_path / "cctv.mp4"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def cut_line(served):
    with CutLine(int(served.rpartition(":")[2]), after=6_000_000, times=2) as line:
        yield line


def to_the_page(him):
    return him.follow("1 recording that your force is asked for").follow("Send the file")


def is_kept(walk, cast):
    sent = SentFile.objects.exclude(state="GIVEN_UP").get()
    receiving.keep_file(sent, by=None, at=NOW)
    her = walk(cast["lawyer"])
    her.go_to("Recordings").follow(URN).follow("DM/1").see("Stored and read back")
    her.see(hashlib.sha256(CONTENT).hexdigest(), "cctv.mp4, 21.0 MB: kept")


def test_a_file_is_sent_over_lines_that_are_cut(cast, walk, recording, cut_line):
    with time_machine.travel(NOW, tick=True):
        him = walk(cast["officer"])
        to_the_page(him)
        address = him.page.url
        site = cut_line.address.removesuffix("/upload/").replace("127.0.0.1", "localhost")
        him.page.goto(site + address[address.index("/recordings") :])
        him.page.set_input_files("#id_file", str(recording))
        him.press("Send it").see("It is read back now, and then kept.")
        assert him.page.url.endswith("/owed/")

        assert cut_line.cuts == 2
        is_kept(walk, cast)


def cut_off(him, recording):
    """Send the first part of a file, and load the page anew."""
    to_the_page(him)
    address = him.page.url
    him.page.set_input_files("#id_file", str(recording))
    him.page.route("**/parts/*", let_the_first_part_through)
    him.press("Send it")
    him.page.get_by_text("% of cctv.mp4 has been sent").wait_for()
    him.press("Stop").see("Stopped.")
    him.page.unroute_all()
    him.page.goto(address)
    him.see("cctv.mp4 has not come as a whole: 8.4 MB of 21.0 MB are here")


def test_a_page_that_was_closed_goes_on_with_the_same_file(cast, walk, recording):
    with time_machine.travel(NOW, tick=True):
        him = walk(cast["officer"])
        cut_off(him, recording)

        him.page.set_input_files("#id_file", str(recording))
        him.press("Send it").see("It is read back now, and then kept.")

        assert SentFile.objects.count() == 1
        is_kept(walk, cast)


@pytest.mark.parametrize("place", [3 * 1024 * 1024, 8 * 1024 * 1024 - 1])
def test_with_a_copy_that_differs_in_what_came_it_does_not_go_on(cast, walk, recording, place):
    with time_machine.travel(NOW, tick=True):
        him = walk(cast["officer"])
        other = bytearray(CONTENT)
        other[place] ^= 1
        recording.write_bytes(other)
        cut_off(him, recording)

        recording.write_bytes(CONTENT)
        him.page.set_input_files("#id_file", str(recording))
        him.press("Send it").see("It is read back now, and then kept.")

        SentFile.objects.get(state="ARRIVING").delete()
        is_kept(walk, cast)


def test_stopped_before_anything_was_sent_it_begins_again(cast, walk, recording):
    with time_machine.travel(NOW, tick=True):
        him = walk(cast["officer"])
        to_the_page(him).heading("Send")
        him.page.wait_for_load_state("load")
        him.page.evaluate(HELD_AT_FIRST)
        him.page.set_input_files("#id_file", str(recording))
        him.press("Send it").press("Stop").see("Stopped.")
        him.page.evaluate("window.goOn()")

        him.press("Send it").see("It is read back now, and then kept.")

        assert SentFile.objects.count() == 1


# The first look into a file takes as long as it is told to.
HELD_AT_FIRST = """() => {
  const digest = SubtleCrypto.prototype.digest;
  const held = new Promise((goOn) => { window.goOn = goOn; });
  SubtleCrypto.prototype.digest = async function (...said) {
    SubtleCrypto.prototype.digest = digest;
    await held;
    return digest.apply(this, said);
  };
}"""


def let_the_first_part_through(route):
    if route.request.headers.get("upload-offset", "0") == "0":
        route.continue_()
    else:
        route.abort()


def test_a_file_is_sent_without_script(cast, walk, recording):
    with time_machine.travel(NOW, tick=True):
        him = walk(cast["officer"], has_script=False)
        to_the_page(him).see("Without JavaScript a file is sent in one go")
        him.page.set_input_files("#id_file", str(recording))
        him.press("Send it").see("It is read back now, and then kept.")

        is_kept(walk, cast)
