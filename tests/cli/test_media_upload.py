"""`forthright media upload` sends a file to a real server, and goes on where it ended."""

import hashlib
import http.client

import pytest
from typer.testing import CliRunner

from forthright.cli.main import run
from forthright.media_files.store import Store
from tests.media_files.senders import some_bytes
from tests.media_files.served import Receiver

CONTENT = some_bytes(9 * 1024 * 1024 + 7)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(autouse=True)
def state(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "forthright" / "uploads.json"


@pytest.fixture
def recording(tmp_path):
    path = tmp_path / "cctv.mp4"
    path.write_bytes(CONTENT)
    return path


def type_(*words: object):
    return CliRunner().invoke(run, ["media", "upload", *map(str, words)])


# Slow: a web server is started.
@pytest.mark.slow
def test_a_file_arrives_and_nothing_is_remembered_of_it(recording, tmp_path, state):
    with Receiver(tmp_path / "media") as receiver:
        done = type_(receiver.address, recording, "--header", "X-Who: PC 1177")

    assert (done.exit_code, done.stderr.strip()) == (0, "")
    assert done.stdout == f"cctv.mp4 has arrived: 9.4 MB, SHA-256 {SHA256}\n"
    assert [each.sha256 for each in Store(tmp_path / "media").receipts()] == [SHA256]
    assert state.read_text() == "{}"


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("ftp://here/", "cctv.mp4"), 2, "begins with https:// or http://"),
        (("http://here/", "cctv.mp4", "--header", "nothing"), 2, "like “Name: value”"),
        (("http://here/", "another.mp4"), 2, "does not exist"),
    ],
)
def test_wrong_use_is_said(recording, monkeypatch, words, status, said):
    monkeypatch.chdir(recording.parent)

    done = type_(*words)

    assert (done.exit_code, said in done.stderr) == (status, True)


# Slow: a web server is started.
@pytest.mark.slow
def test_a_server_that_does_not_take_it_is_quoted(tmp_path):
    (tmp_path / "empty.mp4").touch()
    with Receiver(tmp_path / "media") as receiver:
        done = type_(receiver.address, tmp_path / "empty.mp4")

    assert (done.exit_code, "empty" in done.stderr) == (1, True)
    assert http.client.responses[400] not in done.stderr
