"""Whoever receives a file may be killed at any moment: what was noted is there."""

import hashlib
import mmap
import os
import random
import signal
import struct
import time

import pytest

from forthright.media_files.pipeline import MOST_AT_RISK
from forthright.media_files.sources import ReadSource
from forthright.media_files.store import Store
from tests.media_files.senders import NOON, sender_of, some_bytes

pytestmark = pytest.mark.slow  # a thousand kills

CONTENT = some_bytes(12 * 1024 * 1024)
KILLS = 1_000


def test_a_thousand_kills_lose_nothing_that_was_noted_and_at_most_8_mib_of_what_came(tmp_path):
    store, chance = Store(tmp_path), random.Random(20261126)
    given = mmap.mmap(-1, 8)
    kills = 0
    while kills < KILLS:
        name = store.begin("cctv.mp4", len(CONTENT), at=NOON).name
        at = 0
        while at < len(CONTENT) and kills < KILLS:
            kills += receive_and_be_killed(store, name, at, given, chance)
            (came,) = struct.unpack("q", given[:8])
            arrived = store.incoming(name).offset
            assert at <= arrived <= came <= arrived + MOST_AT_RISK
            with store.incoming(name).data.open("rb") as file:
                file.seek(at)
                assert file.read(arrived - at) == CONTENT[at:arrived]
            at = arrived
        begun = store.incoming(name)
        begun.take(sender_of(CONTENT[begun.offset :]), offset=begun.offset)
        assert store.keep(name, at=NOON).sha256 == hashlib.sha256(CONTENT).hexdigest()


def receive_and_be_killed(store, name, at, given, chance):
    """Receive in a process of its own that is killed after a moment; return whether it was."""
    given[:8] = struct.pack("q", at)
    child = os.fork()
    if child == 0:
        place = at

        def read(number):
            nonlocal place
            part = CONTENT[place : place + min(number, chance.randrange(1, 400_000))]
            place += len(part)
            given[:8] = struct.pack("q", place)
            return part

        store.incoming(name).take(ReadSource(read), offset=at)
        os._exit(0)
    time.sleep(chance.uniform(0, 0.015))
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
