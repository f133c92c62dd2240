"""Over a real server and real lines: what is cut off goes on, whoever wrote the client."""

import hashlib
import http.client
import random
import threading
import time

import pytest
from playwright.sync_api import sync_playwright
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError

from forthright.media_files.store import Store
from scripts import debian
from tests.media_files.senders import some_bytes
from tests.media_files.served import ADDRESS, SCRIPT, CutLine, Receiver

pytestmark = pytest.mark.slow  # a web server is started for each
CONTENT = some_bytes(24 * 1024 * 1024 + 321)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def receiver(tmp_path):
    with Receiver(tmp_path / "media") as receiver:
        yield receiver


@pytest.fixture
def recording(tmp_path):
    path = tmp_path / "cctv.mp4"
    path.write_bytes(CONTENT)
    return path


def is_kept_once(receiver):
    store = Store(receiver.root)
    assert [each.sha256 for each in store.receipts()] == [SHA256]
    assert [each.verdict.name for each in store.verify_all()] == ["SAME"]


@pytest.mark.parametrize("checks", [False, True], ids=["plain", "with checksums"])
def test_the_python_client_goes_on_after_lost_connections(receiver, recording, checks):
    with (
        CutLine(receiver.port, after=7_000_000, times=3) as line,
        recording.open("rb") as file,
    ):
        uploader = TusClient(line.address).uploader(
            file_stream=file, chunk_size=5_000_000, retries=20, retry_delay=0,
            metadata={"filename": "cctv.mp4"}, upload_checksum=checks,
        )  # fmt: skip
        while uploader.offset < len(CONTENT):
            try:
                uploader.upload()
            except TusCommunicationError:
                uploader.offset = uploader.get_offset()

    is_kept_once(receiver)


@pytest.mark.parametrize("chunk", ["Infinity", "5_000_000"])
def test_a_browser_goes_on_after_lost_connections(receiver, recording, chunk):
    program = debian.browser()
    if not program:
        pytest.skip("there is no Chromium on this machine")
    assert SCRIPT.exists()
    with (
        CutLine(receiver.port, after=6_000_000, times=3) as line,
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=str(program), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(line.address.removesuffix("upload/"))
        page.set_input_files("#file", str(recording))
        page.evaluate(
            """([address, chunkSize]) => {
              const file = document.querySelector("#file").files[0];
              const said = document.querySelector("#said");
              new tus.Upload(file, {
                endpoint: address, chunkSize, retryDelays: [0, 200, 500, 1000, 3000],
                metadata: {filename: file.name, filetype: file.type},
                onSuccess: () => { said.textContent = "sent"; },
                onError: (error) => { said.textContent = String(error); },
              }).start();
            }""",
            [ADDRESS, float("inf") if chunk == "Infinity" else int(chunk)],
        )
        page.wait_for_function("document.querySelector('#said').textContent", timeout=60_000)
        said = page.text_content("#said")
        browser.close()

    assert said == "sent"
    assert line.cuts == 3
    is_kept_once(receiver)


def test_the_server_is_killed_while_it_receives_and_little_is_sent_again(receiver):
    name, offset, again, chance = begin(receiver), 0, 0, random.Random(4)
    for _ in range(5):
        sender = Sender(receiver, name, offset)
        sender.start()
        time.sleep(chance.uniform(0.02, 0.2))
        receiver.kill()
        sender.join()
        receiver.start()
        there = offset_of(receiver, name)
        assert offset <= there
        again = max(again, sender.sent - there)
        offset = there
    last = Sender(receiver, name, offset)
    last.start()
    last.join()

    # What stands in the buffers of the system on both sides of the line had not come in.
    assert again <= (8 + 8) * 1024 * 1024
    is_kept_once(receiver)


class Sender(threading.Thread):
    """Sends the rest of a recording and counts what the system took of it."""

    def __init__(self, receiver, name, offset):
        super().__init__()
        self.receiver, self.name_there, self.offset = receiver, name, offset
        self.sent = offset

    def run(self):
        rest = CONTENT[self.offset :]
        connection = http.client.HTTPConnection("127.0.0.1", self.receiver.port, timeout=30)
        try:
            connection.putrequest("PATCH", ADDRESS + self.name_there)
            for header, value in {
                "Tus-Resumable": "1.0.0", "Upload-Offset": self.offset,
                "Content-Type": "application/offset+octet-stream", "Content-Length": len(rest),
            }.items():  # fmt: skip
                connection.putheader(header, value)
            connection.endheaders()
            for place in range(0, len(rest), 65536):
                part = rest[place : place + 65536]
                connection.send(part)
                self.sent += len(part)
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            return
        finally:
            connection.close()


def ask(receiver, method, address, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", receiver.port, timeout=30)
    said = {name.replace("_", "-"): str(value) for name, value in headers.items()}
    connection.request(method, address, headers={"Tus-Resumable": "1.0.0", **said})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


def begin(receiver):
    begun = ask(
        receiver, "POST", ADDRESS, Upload_Length=len(CONTENT),
        Upload_Metadata="filename Y2N0di5tcDQ=",
    )  # fmt: skip
    return begun.headers["Location"].rpartition("/")[2]


def offset_of(receiver, name):
    return int(ask(receiver, "HEAD", ADDRESS + name).headers["Upload-Offset"])


def test_a_half_dead_connection_does_not_keep_its_sender_out(receiver):
    name = begin(receiver)
    dead = http.client.HTTPConnection("127.0.0.1", receiver.port)
    dead.putrequest("PATCH", ADDRESS + name)
    for header, value in {
        "Tus-Resumable": "1.0.0", "Upload-Offset": 0, "Content-Length": len(CONTENT),
        "Content-Type": "application/offset+octet-stream",
    }.items():  # fmt: skip
        dead.putheader(header, str(value))
    dead.endheaders()
    dead.send(CONTENT[:1_000_000])  # then nothing, and no end either

    time.sleep(0.5)
    refused = Sender(receiver, name, 0)
    refused.start()
    refused.join()
    there = offset_of(receiver, name)
    last = Sender(receiver, name, there)
    last.start()
    last.join()

    assert there == 1_000_000
    is_kept_once(receiver)
    dead.close()


def test_a_refusal_comes_back_in_words_over_the_line(receiver):
    connection = http.client.HTTPConnection("127.0.0.1", receiver.port)
    connection.request(
        "POST", ADDRESS,
        headers={"Tus-Resumable": "1.0.0", "Upload-Length": "0",
                 "Upload-Metadata": "filename Y2N0di5tcDQ="},
    )  # fmt: skip
    response = connection.getresponse()

    assert response.status == 400
    assert response.read().decode() == (
        "The file is empty: it has 0 bytes. Look at where it came from."
    )
    connection.close()


def test_gunicorn_still_hands_over_the_connection_itself(receiver):
    """The quick way leans on gunicorn's own parts: this fails when a new one changes them."""
    import socket

    from gunicorn.http.body import Body, LengthReader
    from gunicorn.http.unreader import SocketUnreader

    from forthright.media_files.wsgi import SocketSource, source_of

    near, far = socket.socketpair()
    with near, far:
        unreader = SocketUnreader(near)
        unreader.unread(b"abcdeNEXT")
        environ = {
            "wsgi.input": Body(LengthReader(unreader, 5)), "gunicorn.socket": near,
        }  # fmt: skip
        with source_of(environ) as source:
            assert isinstance(source, SocketSource)
            into = memoryview(bytearray(100))
            assert (source.fill(into), bytes(into[:5])) == (5, b"abcde")
            assert source.fill(into) == 0
        assert unreader.take_buffered() == b"NEXT"
        assert environ["wsgi.input"].read(10) == b""
