"""Our own client gets a file across, whatever happens to the line or the server."""

import hashlib
import threading
import time

import pytest

from forthright.media_files import upload
from forthright.media_files.line import UploadRefused
from forthright.media_files.store import Store
from forthright.media_files.upload import FileChanged, LineLost, Uploader
from tests.media_files.senders import PATIENCE, some_bytes
from tests.media_files.served import CutLine, Receiver

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


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch):
    monkeypatch.setattr(upload, "SHORTEST_PAUSE", 0.01)


def is_kept_once(receiver):
    store = Store(receiver.root)
    assert [each.sha256 for each in store.receipts()] == [SHA256]
    assert [each.verdict.name for each in store.verify_all()] == ["SAME"]


@pytest.mark.parametrize("after", [1, 3_000_000, 9_000_000])
def test_it_goes_on_after_lost_connections(receiver, recording, after):
    seen = []
    with CutLine(receiver.port, after=after, times=6) as line:
        uploaded = Uploader(line.address).send(
            recording, progress=lambda sent, length: seen.append(sent)
        )

    assert line.cuts == (6 if after < 9_000_000 else 2)
    assert (uploaded.sha256, uploaded.length) == (SHA256, len(CONTENT))
    assert seen == sorted(seen)
    assert seen[-1] == len(CONTENT)
    is_kept_once(receiver)


def test_it_goes_on_after_the_server_was_killed_and_came_back(receiver, recording):
    def kill_once(sent, length):
        if not killed.is_set() and sent > 0:
            killed.set()
            receiver.kill()
            threading.Thread(target=come_back).start()

    def come_back():
        time.sleep(0.3)
        receiver.start()
        back.set()

    killed, back = threading.Event(), threading.Event()
    Uploader(receiver.address).send(recording, progress=kill_once)

    assert back.wait(PATIENCE)
    is_kept_once(receiver)


class Stopped(Exception):
    """The person pressed Ctrl-C."""


def test_a_later_start_goes_on_where_the_first_was_stopped(receiver, recording, tmp_path):
    def stop(sent, length):
        if sent:
            raise Stopped

    begun, seen = tmp_path / "state" / "begun.json", []
    with pytest.raises(Stopped):
        Uploader(receiver.address, remember_in=begun).send(recording, progress=stop)
    Uploader(receiver.address, remember_in=begun).send(
        recording, progress=lambda sent, length: seen.append(sent)
    )

    assert seen[0] == upload.PART
    assert begun.read_text() == "{}"
    is_kept_once(receiver)


def test_one_that_ends_first_lets_the_others_go_on_later(receiver, recording, tmp_path):
    begun, small = tmp_path / "begun.json", tmp_path / "small.mp4"
    small.write_bytes(some_bytes(1000, 3))
    other = Uploader(receiver.address, remember_in=begun)  # before anything is remembered

    def stop(sent, length):
        if sent == upload.PART:
            other.send(small)
        if sent > upload.PART:
            raise Stopped

    seen = []
    with pytest.raises(Stopped):
        Uploader(receiver.address, remember_in=begun).send(recording, progress=stop)
    Uploader(receiver.address, remember_in=begun).send(
        recording, progress=lambda sent, length: seen.append(sent)
    )

    assert seen[0] == 2 * upload.PART
    assert begun.read_text() == "{}"


@pytest.mark.parametrize("spoilt", ["", "{", "[]", "\x00\x00", '{"a": 1}', "null"])
def test_a_spoilt_note_of_what_was_begun_ends_no_upload(receiver, tmp_path, spoilt):
    begun, small = tmp_path / "begun.json", tmp_path / "small.mp4"
    small.write_bytes(b"recording")
    begun.write_text(spoilt)

    Uploader(receiver.address, remember_in=begun).send(small)

    assert begun.read_text() == "{}"


def test_what_the_server_forgot_is_begun_anew(receiver, recording, tmp_path):
    begun = tmp_path / "begun.json"
    begun.write_text(f'{{"{receiver.address} {SHA256}": "{receiver.address}{"0" * 32}"}}')

    Uploader(receiver.address, remember_in=begun).send(recording)

    is_kept_once(receiver)


def test_a_server_that_is_not_there_is_given_up_in_words(recording):
    with pytest.raises(LineLost, match="it goes on from where it stopped"):
        Uploader("http://127.0.0.1:9/upload/", patience=0.1).send(recording)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://127.0.0.1:9/upload/", "nothing takes files at that address now"),
        ("http://nosuch.invalid/upload/", "no machine of that name is known here"),
    ],
)
def test_an_address_that_never_answered_is_told_at_once_and_given_up_soon(
    recording, monkeypatch, address, why
):
    monkeypatch.setattr(upload, "FIRST_PATIENCE", 0.6)
    told = []

    with pytest.raises(LineLost, match=f"{why}. Look whether the address is right"):
        Uploader(address).send(recording, waits=told.append)

    assert told == [why]


def test_what_was_begun_is_waited_for_as_long_as_was_said(recording, tmp_path, monkeypatch):
    monkeypatch.setattr(upload, "FIRST_PATIENCE", 0.0)
    address, begun = "http://127.0.0.1:9/upload/", tmp_path / "begun.json"
    begun.write_text(f'{{"{address} {SHA256}": "{address}{"0" * 32}"}}')
    told = []

    with pytest.raises(LineLost):
        Uploader(address, remember_in=begun, patience=1.2).send(recording, waits=told.append)

    assert told
    assert "0" * 32 in begun.read_text()


@pytest.mark.parametrize("address", ["ftp://example.org/", "example.org/upload", ""])
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(ValueError, match="begins with https"):
        Uploader(address)


def test_what_the_server_refuses_is_told_in_its_words(receiver, tmp_path):
    (tmp_path / "empty.mp4").touch()

    with pytest.raises(UploadRefused, match="The file is empty"):
        Uploader(receiver.address).send(tmp_path / "empty.mp4")


def test_a_name_that_hides_what_it_is_leaves_as_one_that_can_be_read(receiver, tmp_path):
    path = tmp_path / "cctv\u202e4pm.exe"
    path.write_bytes(b"recording")

    Uploader(receiver.address).send(path)

    assert [each.name for each in Store(receiver.root).receipts()] == ["cctv%E2%80%AE4pm.exe"]


def test_another_server_is_told_apart(receiver, recording):
    with pytest.raises(UploadRefused, match="does not speak tus"):
        Uploader(receiver.address.removesuffix("upload/") + "page").send(recording)


def test_a_file_that_changes_while_it_is_sent_is_not_kept(receiver, recording):
    def change(sent, length):
        if not sent:
            recording.write_bytes(CONTENT[:-1] + b"?")

    with pytest.raises(FileChanged):
        Uploader(receiver.address).send(recording, progress=change)

    assert list(Store(receiver.root).receipts()) == []
