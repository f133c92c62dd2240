"""A kept recording is read as a whole once for its many parts, and anew when it may differ."""

import hashlib
from threading import Barrier, Thread

import pytest

from forthright.media_files import proved
from forthright.media_files.shelves import DiskShelf
from forthright.media_files.store import Store, Verdict
from tests.media_files.senders import NOON, sender_of, some_bytes

CONTENT = some_bytes(100_000, seed=8)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


class Counting(DiskShelf):
    """Counts how often a recording is read as a whole."""

    reads = 0

    def digests(self, sha256):
        self.reads += 1
        return super().digests(sha256)


@pytest.fixture
def store(tmp_path):
    kept = Store(tmp_path, Counting(tmp_path / "kept"))
    begun = kept.begin("cctv.mp4", len(CONTENT), at=NOON)
    begun.take(sender_of(CONTENT), offset=0)
    kept.keep(begun.name, at=NOON)
    return kept


def change(store, content=CONTENT[:-1] + b"?"):
    place = store.shelf.path_of(SHA256)
    place.chmod(0o600)
    place.write_bytes(content)


def test_for_many_parts_it_is_read_once(store):
    assert all(store.is_as_it_came(SHA256) for _ in range(20))

    assert store.shelf.reads == 1


def test_what_was_read_when_it_was_asked_for_is_not_read_again_for_its_parts(store):
    assert store.verify(SHA256).verdict is Verdict.SAME
    assert store.is_as_it_came(SHA256)

    assert store.shelf.reads == 1


def test_a_check_that_is_asked_for_reads_it_however_lately_it_was_read(store):
    store.is_as_it_came(SHA256)
    store.verify(SHA256)

    assert store.shelf.reads == 2


def test_whoever_writes_to_it_has_it_read_anew(store):
    assert store.is_as_it_came(SHA256)

    change(store)

    assert not store.is_as_it_came(SHA256)
    change(store, CONTENT)
    assert store.is_as_it_came(SHA256)


def test_what_is_put_in_its_place_has_it_read_anew(store, tmp_path):
    assert store.is_as_it_came(SHA256)
    other = tmp_path / "other"
    other.write_bytes(CONTENT[:-1] + b"?")

    other.replace(store.shelf.path_of(SHA256))

    assert not store.is_as_it_came(SHA256)


def test_what_is_gone_is_not_as_it_came(store):
    assert store.is_as_it_came(SHA256)

    store.shelf.path_of(SHA256).unlink()

    assert not store.is_as_it_came(SHA256)
    assert not store.is_as_it_came("no digest")


def test_after_an_hour_it_is_read_anew(store, monkeypatch):
    monkeypatch.setattr(proved, "LASTS", 0.0)

    assert all(store.is_as_it_came(SHA256) for _ in range(3))

    assert store.shelf.reads == 3


def test_many_who_ask_at_once_wait_for_one_reading(store):
    together, found = Barrier(16), []

    def ask():
        together.wait()
        found.append(store.is_as_it_came(SHA256))

    asking = [Thread(target=ask) for _ in range(16)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()

    assert found == [True] * 16
    assert store.shelf.reads == 1


def test_no_more_are_remembered_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(proved, "MOST", 2)
    for each in "abc":
        proved.keep_proved(each, "stamp")

    assert [proved.is_proved(each, "stamp") for each in "abc"] == [False, True, True]
