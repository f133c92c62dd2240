"""The product as it is served: killed while it receives and keeps, and busy with fifty senders."""

import hashlib
import http.client
import random
import socket
import threading
import time

import pytest

from forthright.media_files.store import Store, Verdict
from tests.hard_media.site import Site
from tests.media_files.senders import some_bytes

pytestmark = pytest.mark.slow  # web servers and workers are started
CONTENT = some_bytes(40 * 1024 * 1024 + 321)
SHA256 = hashlib.sha256(CONTENT).hexdigest()
MOST_SENT_AGAIN = (8 + 8) * 1024 * 1024  # what had come in, and what the system held in between


@pytest.fixture
def site(workplace):
    with Site(workplace) as site:
        yield site


class Sender(threading.Thread):
    """Sends the rest of a file and counts what the system took of it."""

    def __init__(self, site: Site, place: str, offset: int) -> None:
        super().__init__()
        self.site, self.place, self.offset = site, place, offset
        self.sent = offset

    def run(self) -> None:
        rest = CONTENT[self.offset :]
        line = http.client.HTTPConnection("127.0.0.1", self.site.port)
        line.connect()
        # What waits on this side was never sent; the system would let megabytes wait here.
        line.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 128 * 1024)
        try:
            self.site.begin_on(
                line, "PATCH", self.place, Upload_Offset=self.offset, Content_Length=len(rest)
            )
            for at in range(0, len(rest), 65536):
                part = rest[at : at + 65536]
                line.send(part)
                self.sent += len(part)
            line.getresponse().read()
        except (OSError, http.client.HTTPException):
            return
        finally:
            line.close()


def states(site):
    return [row[0] for row in site.place.rows("SELECT state FROM hard_media_sentfile")]


def state_of_recording(site):
    return site.place.rows("SELECT state FROM hard_media_mediaitem")[0][0]


def test_killed_while_it_receives_and_while_it_keeps_it_loses_little_and_shows_nothing_half(site):
    place, offset, again, chance = site.begin(len(CONTENT)), 0, 0, random.Random(4)
    for _ in range(6):
        sender = Sender(site, place, offset)
        sender.start()
        time.sleep(chance.uniform(0.005, 0.1))
        site.kill()
        sender.join()
        site.start()
        assert states(site) in (["ARRIVING"], ["WHOLE"])
        there = site.offset(place)
        assert there >= offset
        again = max(again, sender.sent - there)
        offset = there
    if states(site) == ["ARRIVING"]:
        last = Sender(site, place, offset)
        last.start()
        last.join()

    assert again <= MOST_SENT_AGAIN
    assert state_of_recording(site) == "REQUESTED"
    keep_and_be_killed(site, chance)
    rows = site.place.rows("SELECT sha256, length FROM hard_media_sentfile")
    assert rows == [(SHA256, len(CONTENT))]
    assert state_of_recording(site) == "VERIFIED"
    steps = site.place.rows("SELECT event FROM hard_media_mediastep ORDER BY id")
    assert [row[0] for row in steps] == ["REQUEST", "UPLOAD", "STORE", "VERIFY"]
    assert [each.verdict for each in Store(site.store).verify_all()] == [Verdict.SAME]


def keep_and_be_killed(site, chance):
    """Let workers keep what came, each killed a moment after it took the work up."""
    for _ in range(6):
        worker = site.place.start_worker("one")
        site.place.wait_until(lambda: "STARTED" in jobs(site) or "DONE" in jobs(site))
        time.sleep(chance.uniform(0, 0.06))
        site.place.kill(worker)
        (state,) = states(site)
        assert (state == "KEPT") == (state_of_recording(site) == "VERIFIED")
    site.place.start_worker("one")
    site.place.wait_until(lambda: states(site) == ["KEPT"])


def jobs(site):
    found = site.place.rows("SELECT state FROM web_job WHERE name = 'hard_media.keep'")
    return [row[0] for row in found]


def test_fifty_who_send_at_once_leave_the_pages_open_and_all_finish(site):
    places = [site.begin(200_000, f"cctv{number}.mp4") for number in range(50)]
    lines = [site.open("PATCH", place, Upload_Offset=0, Content_Length=200_000) for place in places]
    for line in lines:
        line.send(CONTENT[:100_000])  # and then nothing for a while

    answers = [site.ask("GET", f"/recordings/items/{site.item}/").status for _ in range(5)]
    for line in lines:
        line.send(CONTENT[100_000:200_000])
    statuses = {line.getresponse().status for line in lines}
    for line in lines:
        line.close()

    assert answers == [200] * 5
    assert statuses == {204}
    assert states(site) == ["WHOLE"] * 50


def test_a_file_that_goes_on_after_its_length_is_refused_and_never_kept(site):
    place = site.begin(1000)
    line = site.open("PATCH", place, Upload_Offset=0, Transfer_Encoding="chunked")
    for part in (b"V" * 1000, b"V" * 500, b""):
        line.send(b"%x\r\n%s\r\n" % (len(part), part))
    answer = line.getresponse()

    assert answer.status == 413
    assert b"so what came is not the file" in answer.read()
    line.close()
    assert states(site) == ["GIVEN_UP"]
    assert state_of_recording(site) == "REQUESTED"
