"""What the scanner finds is put aside, and what it does not answer is not taken for clean."""

import os
import shutil
import socket
import struct
import subprocess
import threading
import time
from pathlib import Path

import pytest

from forthright.media_files.scanning import (
    Finding,
    Found,
    ScannerSilent,
    clamd_scan,
    finding_in,
)
from forthright.media_files.store import Harmful, Store
from tests.media_files.senders import NOON, PATIENCE, sender_of

# The test file that all scanners know; written apart so that none takes this file for it.
HARMFUL = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CLAMD = os.environ.get("CLAMD") or shutil.which("clamd", path="/usr/sbin:/usr/bin")
LIMIT = 1024 * 1024


class StandIn:
    """Speaks clamd's INSTREAM as clamd does, and knows one piece of malware."""

    def __init__(self, listener=None):
        self.listener = listener or socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def address(self):
        return f"127.0.0.1:{self.listener.getsockname()[1]}"

    def _serve(self):
        while True:
            try:
                line, _ = self.listener.accept()
            except OSError:
                return
            with line, line.makefile("rb") as asked:
                assert asked.read(10) == b"zINSTREAM\0"
                line.sendall(self._answer(asked))

    @staticmethod
    def _answer(asked):
        content = b""
        while length := struct.unpack("!I", asked.read(4))[0]:
            content += asked.read(length)
            if len(content) > LIMIT:
                return b"INSTREAM size limit exceeded. ERROR\0"
        return b"stream: Eicar-Test-Signature FOUND\0" if HARMFUL in content else b"stream: OK\0"


def a_stand_in(_):
    stand_in = StandIn()
    yield stand_in.address
    stand_in.listener.close()


def a_stand_in_at_a_path(folder):
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(folder / "socket"))
    listener.listen()
    StandIn(listener)
    yield str(folder / "socket")
    listener.close()


def a_clamd(folder):
    """Run the real one, with a list of its own that holds the one test file."""
    if not CLAMD:
        pytest.skip("there is no clamd on this machine")
    (folder / "db").mkdir()
    (folder / "db" / "test.ndb").write_text(f"Eicar-Test-Signature:0:*:{HARMFUL.hex()}\n")
    (folder / "clamd.conf").write_text(
        f"LocalSocket {folder}/socket\nDatabaseDirectory {folder}/db\nForeground yes\n"
        f"StreamMaxLength {LIMIT}\nPidFile {folder}/pid\n"
    )
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([CLAMD, "-c", folder / "clamd.conf"], **quiet) as running:
        deadline = time.monotonic() + PATIENCE
        while not (folder / "socket").exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        yield str(folder / "socket")
        running.kill()


@pytest.fixture(
    params=[a_stand_in, a_stand_in_at_a_path, a_clamd], ids=["stand-in", "at a path", "clamd"]
)
def scan(request, tmp_path_factory):
    # Sockets have short names: the folder of the test itself may be too deep.
    folder = Path(tmp_path_factory.mktemp("c"))
    for address in request.param(folder):
        yield clamd_scan(address)


def arrived(store, content):
    begun = store.begin("cctv.mp4", len(content), at=NOON, notes={"exhibit": "ABC/1"})
    begun.take(sender_of(content), offset=0)
    return begun.name


def test_what_is_clean_is_kept_and_says_so(scan, tmp_path):
    store = Store(tmp_path / "media", scan=scan)

    receipt = store.keep(arrived(store, b"a recording" * 10_000), at=NOON)

    assert receipt.scanned == "nothing harmful found"
    assert store.receipt(receipt.incoming) == receipt


def test_what_is_harmful_lies_in_quarantine(scan, tmp_path):
    store = Store(tmp_path / "media", scan=scan)

    with pytest.raises(Harmful, match="scanner found Eicar-Test-Signature"):
        store.keep(arrived(store, HARMFUL), at=NOON)

    assert list(store.receipts()) == list(store.arriving()) == list(store.shelf.kept()) == []
    ((about, finding),) = store.quarantined()
    assert about.notes == {"exhibit": "ABC/1"}
    assert finding.startswith("harmful: Eicar-Test-Signature")


def test_what_the_scanner_does_not_take_is_kept_and_says_that_nobody_looked(scan, tmp_path):
    store = Store(tmp_path / "media", scan=scan)

    receipt = store.keep(arrived(store, bytes(3 * LIMIT)), at=NOON)

    assert receipt.scanned == "not looked at: the file is longer than the scanner takes"


def test_without_an_answer_nothing_is_kept(tmp_path):
    store = Store(tmp_path / "media", scan=clamd_scan(str(tmp_path / "nobody")))
    name = arrived(store, b"a recording")

    with pytest.raises(ScannerSilent, match="not kept yet"):
        store.keep(name, at=NOON)

    assert [each.name for each in store.arriving()] == [name]
    assert list(store.shelf.kept()) == []


class Broken(StandIn):
    """Takes the call as clamd does, and then goes wrong in one of the ways in which it can."""

    def __init__(self, answers):
        self.answers = answers
        super().__init__()

    def _answer(self, asked):
        return self.answers(asked)


def hangs_up_at_once(_):
    return b""


def hangs_up_in_the_middle_of_a_word(asked):
    StandIn._answer(asked)
    return b"stream: O"


def says_that_it_has_no_memory(asked):
    StandIn._answer(asked)
    return b"stream: Can't allocate memory ERROR\0"


def never_answers(asked):
    StandIn._answer(asked)
    asked.read(1)  # until the other side has lost patience and hangs up
    return b""


@pytest.mark.parametrize(
    "goes_wrong",
    [hangs_up_at_once, hangs_up_in_the_middle_of_a_word, says_that_it_has_no_memory,
     never_answers],
)  # fmt: skip
def test_a_scanner_that_goes_wrong_keeps_nothing_and_once_it_is_well_the_file_is_kept(
    goes_wrong, tmp_path
):
    broken, well = Broken(goes_wrong), StandIn()
    store = Store(tmp_path / "media", scan=clamd_scan(broken.address, patience=0.2))
    name = arrived(store, b"a recording" * 10_000)

    with pytest.raises(ScannerSilent):
        store.keep(name, at=NOON)

    assert list(store.shelf.kept()) == list(store.receipts()) == []
    mended = Store(tmp_path / "media", scan=clamd_scan(well.address))
    assert mended.keep(name, at=NOON).scanned == "nothing harmful found"
    for each in (broken, well):
        each.listener.close()


def test_a_scanner_that_reads_nothing_is_silent_and_holds_nobody_up_for_ever(tmp_path):
    # It takes the call into its queue and reads nothing, as a clamd does that is stuck.
    with socket.create_server(("127.0.0.1", 0)) as stuck:
        address = f"127.0.0.1:{stuck.getsockname()[1]}"
        store = Store(tmp_path / "media", scan=clamd_scan(address, patience=0.2))
        name = arrived(store, bytes(16 * LIMIT))

        with pytest.raises(ScannerSilent, match="does not answer"):
            store.keep(name, at=NOON)

    assert [each.name for each in store.arriving()] == [name]


def test_a_scanner_that_takes_no_calls_is_silent(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as gone:
        address = f"127.0.0.1:{gone.getsockname()[1]}"
    store = Store(tmp_path / "media", scan=clamd_scan(address))

    with pytest.raises(ScannerSilent, match="does not answer"):
        store.keep(arrived(store, b"a recording"), at=NOON)


@pytest.mark.parametrize(
    ("answer", "finding"),
    [("stream: OK\0", Finding(Found.CLEAN)),
     ("stream: Win.Test FOUND\0", Finding(Found.HARMFUL, "Win.Test"))],
)  # fmt: skip
def test_answers_are_understood(answer, finding):
    assert finding_in(answer) == finding


@pytest.mark.parametrize("answer", ["", "stream: Can't allocate memory ERROR\0", "UNKNOWN\0"])
def test_an_answer_that_says_neither_is_none(answer):
    with pytest.raises(ScannerSilent):
        finding_in(answer)
