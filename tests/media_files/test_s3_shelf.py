"""The same holds of a real S3-compatible server (rclone's) as of a folder."""

import hashlib
import http.client
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from forthright.media_files.reading import ReadBackDiffers, digests_of
from forthright.media_files.s3_shelf import LEAST_PART, S3Shelf
from forthright.media_files.shelves import NotThere
from forthright.media_files.store import Store, Verdict, Verified
from tests.media_files.senders import NOON, PATIENCE, sender_of, some_bytes

pytestmark = pytest.mark.slow  # a server is started, and takes files in several parts

CONTENT = some_bytes(2 * LEAST_PART + 12_345)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(scope="module")
def bucket(tmp_path_factory):
    """Return the folder behind the bucket, and the address of the server."""
    root = tmp_path_factory.mktemp("s3")
    (root / "media").mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    rclone = Path(sys.executable).with_name("rclone")
    command = [rclone, "serve", "s3", "--addr", f"127.0.0.1:{port}", "--auth-key", "key,secret"]
    # Files are changed behind its back here; it may neither object nor remember. Told to remember
    # for no time at all it does nothing but forget, and keeps both cores busy with that.
    command += ["--dir-cache-time", "1ms", "--local-no-check-updated"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([*command, "--vfs-cache-mode", "off", root], **quiet) as server:
        wait_for(port)
        yield root / "media", f"http://127.0.0.1:{port}"
        server.kill()


def wait_for(port):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()


@pytest.fixture
def shelf(bucket):
    return S3Shelf("media", address=bucket[1], key="key", secret="secret")


@pytest.fixture
def kept(shelf, tmp_path):
    """Return a store whose shelf is the bucket, with one recording on it."""
    store = Store(tmp_path / "media", shelf)
    begun = store.begin("cctv.mp4", len(CONTENT), at=NOON)
    begun.take(sender_of(CONTENT), offset=0)
    store.keep(begun.name, at=NOON)
    return store


def file_of(bucket):
    return bucket[0] / "recordings" / SHA256[:2] / SHA256[2:4] / SHA256


def test_a_recording_is_kept_in_the_bucket_and_no_more_on_the_disk(kept, shelf, bucket):
    assert file_of(bucket).read_bytes() == CONTENT
    assert shelf.size(SHA256) == len(CONTENT)
    assert list(shelf.kept()) == [SHA256]
    assert list(kept.verify_all()) == [Verified(SHA256, Verdict.SAME)]
    assert [each for each in kept.root.rglob("*") if each.stat().st_size > LEAST_PART] == []


@pytest.mark.parametrize(
    ("start", "end"), [(0, 1), (LEAST_PART - 3, LEAST_PART + 3), (len(CONTENT) - 5, None), (9, 9)]
)
def test_a_part_of_a_recording_is_read(kept, shelf, start, end):
    assert b"".join(shelf.parts(SHA256, start, end)) == CONTENT[start:end]


def test_the_same_recording_again_changes_nothing(kept, shelf, bucket, tmp_path):
    (tmp_path / "again").write_bytes(CONTENT)
    before = file_of(bucket).stat()

    shelf.put(tmp_path / "again", digests_of(tmp_path / "again")[0])

    assert file_of(bucket).stat() == before


def test_a_recording_that_changed_or_went_is_found_out(kept, bucket):
    file_of(bucket).write_bytes(b"?" + CONTENT[1:])
    assert list(kept.verify_all()) == [Verified(SHA256, Verdict.CHANGED)]

    file_of(bucket).write_bytes(b"short")
    assert kept.verify(SHA256).verdict in {Verdict.CHANGED, Verdict.UNREADABLE}
    file_of(bucket).unlink()
    assert list(kept.verify_all()) == [Verified(SHA256, Verdict.GONE)]


def test_a_recording_that_is_written_to_has_another_stamp(kept, shelf, bucket):
    before = shelf.stamp(SHA256)
    assert shelf.stamp(SHA256) == before

    file_of(bucket).write_bytes(CONTENT + b"?")

    assert shelf.stamp(SHA256) != before


def test_storage_that_does_not_answer_is_not_taken_for_a_loss(tmp_path):
    nobody = S3Shelf("media", address="http://127.0.0.1:9", key="key", secret="secret")

    found = Store(tmp_path, nobody).verify(SHA256)

    assert found.verdict == Verdict.UNREADABLE


def test_storage_that_gives_back_something_else_keeps_nothing(shelf, tmp_path, bucket):
    (tmp_path / "other").write_bytes(b"another recording")
    other, _ = digests_of(tmp_path / "other")
    (tmp_path / "spoilt").write_bytes(b"another recordin?")

    with pytest.raises(ReadBackDiffers, match="does not give back"):
        shelf.put(tmp_path / "spoilt", other)

    with pytest.raises(NotThere):
        shelf.size(other.sha256)


@pytest.mark.parametrize("sha256", ["0" * 64, "../../secret", ""])
def test_what_is_not_there_is_said_to_be_gone(shelf, sha256):
    for ask in (shelf.size, shelf.digests, lambda each: next(shelf.parts(each))):
        with pytest.raises(NotThere):
            ask(sha256)
