"""Kills whoever begins or receives a file: python -m tests.media_files.killing FOLDER

It is a process of its own because it forks for each kill, which is quick only where little was
loaded before.
"""

import hashlib
import mmap
import os
import random
import shutil
import signal
import struct
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from forthright.media_files.pipeline import MOST_AT_RISK
from forthright.media_files.shelves import NotThere
from forthright.media_files.sources import ReadSource
from forthright.media_files.store import Store, Verdict
from tests.media_files.senders import NOON, sender_of, some_bytes

CONTENT = some_bytes(12 * 1024 * 1024)
SHA256 = hashlib.sha256(CONTENT).hexdigest()
KILLS = 1_000
KILLS_AT_BEGINNING = 100
WEEK = timedelta(days=7)
# Said by who is to be killed: a fork may take longer than what is then to be interrupted.
BEGAN = b"\n"


def kill_a_thousand_times(folder):
    """Fail where anything that was noted is lost, or more than may be of what came."""
    store, chance = Store(folder), random.Random(20261126)
    given, kills, while_keeping = mmap.mmap(-1, 8), 0, 0
    waits = longest_waits(Store(folder / "unharmed"))
    while kills < KILLS:
        name, at, tries = store.begin("cctv.mp4", len(CONTENT), at=NOON).name, 0, 0
        while kills < KILLS and not is_kept(store, name):
            # Beside other work each try comes less far; one after another has longer, so that each
            # file is received in the end and kept.
            wait = chance.uniform(0, waits[at == len(CONTENT)]) * (1 + tries / 10)
            tries += 1
            kills += receive_and_be_killed(store, name, at, given, wait)
            while_keeping += at == len(CONTENT)
            at = checked_offset(store, name, at, given)
        assert store.keep(finished(store, name), at=NOON).sha256 == SHA256
        assert [each.verdict for each in store.verify_all()] == [Verdict.SAME]
        assert list(store.arriving()) == []
        shutil.rmtree(store.root / "kept")
        shutil.rmtree(store.root / "receipts")

    assert while_keeping > KILLS / 20


def kill_at_beginning(folder):
    """Fail where a file that was begun is not there, or half of one is shown or stays for good."""
    store, chance, halves, told = Store(folder), random.Random(20261127), 0, 0
    longest = 5 * seconds_to_begin(Store(folder.with_name("unharmed-beginning")))
    for _ in range(KILLS_AT_BEGINNING):
        names = begin_and_be_killed(store, chance.uniform(0, longest))
        shown = {each.name for each in store.arriving()}
        assert set(names) <= shown
        for name in shown:
            begun = store.incoming(name)
            assert (begun.about.length, begun.offset) == (len(CONTENT), 0)
            assert begun.data.stat().st_size == len(CONTENT)
        for name in sorted(shown)[:1]:
            store.incoming(name).take(sender_of(CONTENT), offset=0)
            assert store.keep(name, at=NOON).sha256 == SHA256
        halves += sum(1 for each in lying_in(folder) if each not in shown)
        told += len(names)
        store.give_up_old(at=datetime.now(UTC) + 3 * WEEK, after=WEEK)
        assert lying_in(folder) == []

    assert halves > KILLS_AT_BEGINNING / 20
    assert told > KILLS_AT_BEGINNING / 20


def lying_in(folder):
    """Return the names of what lies there, begun as a whole or in half.

    Whoever was killed before anything was made left no folder either.
    """
    arriving = folder / "arriving"
    return [each.name for each in arriving.iterdir()] if arriving.is_dir() else []


def begin_and_be_killed(store, wait):
    """Begin one file after another until killed; return what those were called that were told."""
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(told, BEGAN)
        while True:
            os.write(told, f"{store.begin('cctv.mp4', len(CONTENT), at=NOON).name}\n".encode())
    os.close(told)
    assert os.read(heard, len(BEGAN)) == BEGAN
    time.sleep(wait)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(heard) as names:
        return names.read().split()


def seconds_to_begin(store):
    """Return how long it takes to begin one file with nobody killed."""
    began = time.perf_counter()
    for _ in range(5):
        store.begin("cctv.mp4", len(CONTENT), at=NOON)
    return (time.perf_counter() - began) / 5


def longest_waits(store):
    """Return how long receiving and keeping take here: a third of the one, all of the other.

    A disk may be five times as quick as another; kills after a fixed time would then all fall
    before the file is kept, or after it.
    """
    taken = [seconds_of_one(store) for _ in range(3)]
    return min(received for received, _ in taken) / 3, min(kept for _, kept in taken)


def seconds_of_one(store):
    """Return how long one file takes to be received, and then to be kept, with nobody killed."""
    name, began = store.begin("cctv.mp4", len(CONTENT), at=NOON).name, time.perf_counter()
    store.incoming(name).take(sender_of(CONTENT), offset=0)
    received = time.perf_counter()
    store.keep(name, at=NOON)
    return received - began, time.perf_counter() - received


def is_kept(store, name):
    """Say whether it is shown as kept; then it is there as a whole, and the same."""
    is_there = SHA256 in store.shelf.kept()
    if is_there:  # seen from its first moment on, so never in part
        assert b"".join(store.shelf.parts(SHA256)) == CONTENT
    try:
        return is_there and store.receipt(name).sha256 == SHA256
    except NotThere:
        return False


def checked_offset(store, name, before, given):
    """Return how much has arrived: no less than before, all of it right, little of it lost."""
    try:
        arrived, data = store.incoming(name).offset, store.incoming(name).data
    except NotThere:
        assert is_kept(store, name)
        return len(CONTENT)
    (came,) = struct.unpack("q", given[:8])
    assert before <= arrived <= came <= arrived + MOST_AT_RISK
    with data.open("rb") as file:
        file.seek(before)
        assert file.read(arrived - before) == CONTENT[before:arrived]
    return arrived


def receive_and_be_killed(store, name, at, given, wait):
    """Receive and keep in a process that is killed after some seconds; return whether it was."""
    given[:8] = struct.pack("q", at)
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(told, BEGAN)
        place, chance = at, random.Random(wait)

        def read(number):
            nonlocal place
            part = CONTENT[place : place + min(number, chance.randrange(1, 400_000))]
            place += len(part)
            given[:8] = struct.pack("q", place)
            return part

        if at < len(CONTENT):
            store.incoming(name).take(ReadSource(read), offset=at)
        store.keep(name, at=NOON)
        os._exit(0)
    os.close(told)
    with os.fdopen(heard, "rb") as begun:
        assert begun.read(len(BEGAN)) == BEGAN
    time.sleep(wait)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def finished(store, name):
    """Send what is still to come, if the kills came to an end before it did."""
    try:
        begun = store.incoming(name)
    except NotThere:
        return name
    if begun.offset < len(CONTENT):
        begun.take(sender_of(CONTENT[begun.offset :]), offset=begun.offset)
    return name


if __name__ == "__main__":
    kill_at_beginning(Path(sys.argv[1]) / "beginning")
    kill_a_thousand_times(Path(sys.argv[1]) / "receiving")
