"""What is kept is what came, stays what it was, and says so when it does not."""

import hashlib
import os
from datetime import timedelta

import pytest
from blake3 import blake3

from forthright.media_files.digests import Digests
from forthright.media_files.names import BadName, fitting, size_words
from forthright.media_files.reading import ReadBackDiffers
from forthright.media_files.segments import MOST
from forthright.media_files.shelves import NotThere
from forthright.media_files.store import NotWhole, Store, Verdict, Verified, WrongDigest
from tests.media_files.senders import NOON, sender_of, some_bytes

CONTENT = some_bytes(2 * MOST + 12_345)
SHA256 = hashlib.sha256(CONTENT).hexdigest()
LATER = NOON + timedelta(minutes=1)


@pytest.fixture
def whole(begin):
    """Return a file that has arrived and is not kept yet."""
    begun = begin(len(CONTENT), exhibit="ABC/1")
    begun.take(sender_of(CONTENT), offset=0)
    return begun


def files_on(shelf):
    return [each for each in shelf.root.rglob("*") if each.is_file()]


def test_a_file_is_kept_under_its_digest_and_nobody_may_write_to_it(store, whole):
    receipt = store.keep(whole.name, at=LATER)

    assert receipt.sha256 == SHA256
    assert receipt.blake3 == blake3(CONTENT).hexdigest()
    assert (receipt.name, receipt.length) == ("cctv.mp4", len(CONTENT))
    assert (receipt.begun_at, receipt.kept_at) == (NOON, LATER)
    assert receipt.notes == {"exhibit": "ABC/1"}
    place = store.shelf.path_of(SHA256)
    assert place.read_bytes() == CONTENT
    assert not place.stat().st_mode & 0o222
    assert list(store.arriving()) == []
    assert Store(store.root).receipt(whole.name) == receipt


def test_less_than_was_said_is_not_kept(store, begin):
    begun = begin(len(CONTENT) + 10)
    begun.take(sender_of(CONTENT), offset=0)

    with pytest.raises(NotWhole, match="10 bytes of the file are still to come"):
        store.keep(begun.name, at=NOON)

    assert files_on(store.shelf) == []


def test_a_file_that_is_not_what_its_sender_said_is_not_kept(store):
    begun = store.begin("cctv.mp4", len(CONTENT), at=NOON, sha256="0" * 64)
    begun.take(sender_of(CONTENT), offset=0)

    with pytest.raises(WrongDigest, match=f"comes to the SHA-256 {SHA256}"):
        store.keep(begun.name, at=NOON)

    assert files_on(store.shelf) == []
    assert list(store.receipts()) == []


def test_a_file_that_is_what_its_sender_said_is_kept(store):
    begun = store.begin("cctv.mp4", len(CONTENT), at=NOON, sha256=SHA256.upper())
    begun.take(sender_of(CONTENT), offset=0)

    assert store.keep(begun.name, at=NOON).sha256 == SHA256


def test_a_disk_that_gives_back_something_else_is_found_out(store, whole):
    with whole.data.open("r+b") as file:
        file.seek(MOST + 17)
        file.write(b"\0\0\0\0")

    with pytest.raises(ReadBackDiffers, match="From byte 2,097,152 on the disk does not"):
        store.keep(whole.name, at=NOON)

    assert files_on(store.shelf) == []
    assert list(store.receipts()) == []


def test_the_same_recording_is_kept_once_with_two_receipts(store, begin):
    for name in ("cctv.mp4", "copy of cctv.mp4"):
        begun = begin(len(CONTENT), name)
        begun.take(sender_of(CONTENT), offset=0)
        store.keep(begun.name, at=NOON)

    assert files_on(store.shelf) == [store.shelf.path_of(SHA256)]
    assert {each.name for each in store.receipts()} == {"cctv.mp4", "copy of cctv.mp4"}


def test_the_same_recording_sent_again_mends_one_that_changed(store, begin, whole):
    store.keep(whole.name, at=NOON)
    spoil(store.shelf.path_of(SHA256))
    again = begin(len(CONTENT))
    again.take(sender_of(CONTENT), offset=0)

    store.keep(again.name, at=NOON)

    assert store.verify(SHA256).verdict == Verdict.SAME


def test_keeping_goes_on_after_a_crash_between_its_steps(store, whole):
    place = store.shelf.path_of(SHA256)
    place.parent.mkdir(parents=True)
    os.link(whole.data, place)

    receipt = store.keep(whole.name, at=NOON)

    assert store.keep(whole.name, at=LATER) == receipt
    assert place.read_bytes() == CONTENT
    assert list(store.arriving()) == []


def spoil(path):
    path.chmod(0o600)
    path.write_bytes(CONTENT[:-1] + b"?")


def test_a_kept_recording_that_changed_or_went_is_found_out(store, whole):
    store.keep(whole.name, at=NOON)
    assert list(store.verify_all()) == [Verified(SHA256, Verdict.SAME)]

    spoil(store.shelf.path_of(SHA256))
    assert list(store.verify_all()) == [Verified(SHA256, Verdict.CHANGED)]
    store.shelf.path_of(SHA256).unlink()
    assert list(store.verify_all()) == [Verified(SHA256, Verdict.GONE)]


@pytest.mark.parametrize(
    ("start", "end"), [(0, None), (0, 1), (MOST - 3, MOST + 3), (len(CONTENT) - 5, None), (9, 9)]
)
def test_a_part_of_a_recording_is_read(store, whole, start, end):
    store.keep(whole.name, at=NOON)

    assert b"".join(store.shelf.parts(SHA256, start, end)) == CONTENT[start:end]


@pytest.mark.parametrize("name", ["", "..", "../kept", "a/b", "a\0b", ".", "é", "none"])
def test_a_name_never_leads_out_of_the_folder(store, name):
    for ask in (store.incoming, store.receipt, store.give_up, store.shelf.size):
        with pytest.raises(NotThere):
            ask(name)


@pytest.mark.parametrize(
    ("name", "why"),
    [("", "no name"), ("  ", "no name"), ("..", "no name"), ("../cctv.mp4", "folders"),
     ("C:\\cctv.mp4", "folders"), ("/cctv.mp4", "folders"), ("a" * 201, "longer than 200"),
     ("cctv\u202e4pm.exe", "cannot be seen"), ("a\nb", "cannot be seen")],
)  # fmt: skip
def test_a_name_that_leads_astray_is_refused_in_words(begin, name, why):
    with pytest.raises(BadName, match=why):
        begin(10, name)


def test_what_was_begun_long_ago_is_given_up_and_what_has_arrived_is_not(store, begin, whole):
    begin(10, "half.mp4").take(sender_of(b"half"), offset=0)
    (store.root / "arriving" / "0orphan").mkdir()
    os.utime(store.root / "arriving" / "0orphan", (0, 0))
    for_a_week = {"after": timedelta(days=7)}

    assert store.give_up_old(at=NOON + timedelta(days=7), **for_a_week) == []
    old = store.give_up_old(at=NOON + timedelta(days=7, seconds=1), **for_a_week)

    assert [each.name for each in old] == ["half.mp4"]
    assert [each.name for each in store.arriving()] == [whole.name]
    assert not (store.root / "arriving" / "0orphan").exists()


def test_a_place_that_does_not_hold_digests_gives_none(store, whole):
    assert list(store.shelf.kept()) == []
    with pytest.raises(NotThere):
        store.shelf.put(whole.data, Digests("../../etc", ""))


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 bytes"), (999, "999 bytes"), (1_000, "1.0 kB"), (4_294_967_296, "4.3 GB")],
)
def test_sizes_are_said_in_words(number, words):
    assert size_words(number) == words


@pytest.mark.parametrize(
    ("name", "most", "fits"),
    [
        ("door.mp4", 255, "door.mp4"),
        ("Дверь.mp4", 14, "Дверь.mp4"),
        ("Дверь.mp4", 13, "Две….mp4"),
        ("Дверь.mp4", 12, "Дв….mp4"),
        ("a" * 20, 10, "aaaaaaa…"),
        ("a.bcdefghijkl", 10, "a.bcdef…"),
    ],
)
def test_a_name_that_a_disk_does_not_take_is_cut_in_its_middle(name, most, fits):
    assert fitting(name, most) == fits
    assert len(fits.encode()) <= most
