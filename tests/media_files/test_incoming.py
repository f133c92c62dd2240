"""A file that arrives in parts is all there, or says how much is."""

import hashlib
import resource
import threading

import pytest

from forthright.media_files import incoming as arriving
from forthright.media_files import memory
from forthright.media_files.buffers import IN_STOCK
from forthright.media_files.incoming import (
    AlreadyArriving,
    BrokenOnTheWay,
    EmptyFile,
    Incoming,
    NoRoom,
    TooMuch,
    WrongPlace,
)
from forthright.media_files.segments import MOST, Arrived, Segment, read_arrived, start_of_machine
from forthright.media_files.sources import ReadSource, Silence
from forthright.media_files.store import NotWhole
from tests.media_files.senders import NOON, PATIENCE, sender_of, some_bytes

CONTENT = some_bytes(3 * MOST + 12_345)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


class Said:
    """A checksum as the sender gave it."""

    def __init__(self, content):
        self.wanted, self.found = hashlib.sha256(content), hashlib.sha256()

    def take(self, part):
        self.found.update(part)

    def is_right(self):
        return self.found.digest() == self.wanted.digest()


@pytest.fixture
def begun(begin):
    return begin(len(CONTENT))


def kept(store, begun):
    return store.keep(begun.name, at=NOON)


@pytest.mark.parametrize("cut", [1, 4096, MOST - 1, MOST, MOST + 1, 2 * MOST + 7, len(CONTENT) - 1])
def test_it_goes_on_where_it_was_cut_off(store, begun, cut):
    assert begun.take(sender_of(CONTENT[:cut]), offset=0) == cut
    assert store.incoming(begun.name).offset == cut

    assert begun.take(sender_of(CONTENT[cut:]), offset=cut) == len(CONTENT)

    assert kept(store, begun).sha256 == SHA256


@pytest.mark.parametrize("at_once", [700, 65_536, MOST])
def test_it_does_not_matter_how_the_bytes_are_handed_over(store, begun, at_once):
    begun.take(sender_of(CONTENT, at_once=at_once), offset=0)

    assert kept(store, begun).sha256 == SHA256


def test_after_a_restart_the_digests_are_taken_from_the_disk(store, begun):
    begun.take(sender_of(CONTENT[:1000]), offset=0)
    memory.forget_all()
    begun.take(sender_of(CONTENT[1000:]), offset=1000)

    assert kept(store, begun).sha256 == SHA256


@pytest.mark.parametrize("offset", [1, 5_000, len(CONTENT)])
def test_bytes_that_do_not_go_on_from_the_last_are_refused(begun, offset):
    begun.take(sender_of(CONTENT[:4_999]), offset=0)

    with pytest.raises(WrongPlace, match="up to byte 4,999") as refusal:
        begun.take(sender_of(CONTENT), offset=offset)

    assert refusal.value.offset == begun.offset == 4_999


@pytest.mark.parametrize("cut", [0, 5_000, len(CONTENT) - 1])
def test_a_file_of_which_more_came_than_was_said_is_refused_and_not_whole(store, begun, cut):
    begun.take(sender_of(CONTENT[:cut]), offset=0)

    with pytest.raises(TooMuch, match="More came than the"):
        begun.take(sender_of(CONTENT[cut:] + b"more"), offset=cut)

    assert cut <= begun.offset < len(CONTENT)
    assert (begun.is_whole, begun.digests_as_sent) == (False, None)
    with pytest.raises(NotWhole):
        kept(store, begun)
    rest = CONTENT[begun.offset :]
    assert begun.take(sender_of(rest), offset=begun.offset) == len(CONTENT)
    assert kept(store, begun).sha256 == SHA256


def test_what_follows_a_whole_file_is_refused_and_changes_nothing(store, begun):
    begun.take(sender_of(CONTENT), offset=0)

    with pytest.raises(TooMuch):
        begun.take(sender_of(b"more"), offset=len(CONTENT))

    assert kept(store, begun).sha256 == SHA256


def test_more_than_was_said_is_refused_before_its_checksum_is_asked_for(begun):
    with pytest.raises(TooMuch):
        begun.take(sender_of(CONTENT + b"more"), offset=0, checksum=Said(CONTENT))

    assert begun.offset == 0


def test_bytes_that_come_to_their_checksum_are_kept(store, begun):
    begun.take(sender_of(CONTENT), offset=0, checksum=Said(CONTENT))

    assert kept(store, begun).sha256 == SHA256


def test_none_of_the_bytes_that_broke_on_the_way_is_kept(store, begun):
    begun.take(sender_of(CONTENT[:500]), offset=0)

    with pytest.raises(BrokenOnTheWay, match="checksum differs"):
        begun.take(sender_of(b"?" + CONTENT[501:]), offset=500, checksum=Said(CONTENT[500:]))

    assert begun.offset == 500
    begun.take(sender_of(CONTENT[500:]), offset=500)
    assert kept(store, begun).sha256 == SHA256


def test_two_who_send_at_once_do_not_mix(store, begun, monkeypatch):
    monkeypatch.setattr(arriving, "MOST_WAIT", 0)
    other = sender_of(CONTENT)
    good = sender_of(CONTENT)
    refusals = []

    class WhileAnotherTries:
        def fill(self, into):
            try:
                Incoming(begun.folder).take(other, offset=0)
            except AlreadyArriving as refusal:
                refusals.append(str(refusal))
            except WrongPlace:
                assert store.incoming(begun.name).is_whole
            return good.fill(into)

    begun.take(WhileAnotherTries(), offset=0)

    assert set(refusals) == {"This file is being sent already. Wait a moment."}
    assert kept(store, begun).sha256 == SHA256


class FallsSilent:
    """Sends a little, then nothing, with the line still open, as half-dead connections do."""

    def __init__(self, content):
        self.content = content
        self.is_silent = threading.Event()

    def fill(self, into):
        if self.content:
            into[: len(self.content)], got = self.content, len(self.content)
            self.content = b""
            return got
        self.is_silent.set()
        threading.Event().wait(0.02)
        raise Silence


def test_a_sender_that_fell_silent_is_let_go_for_one_that_sends(store, begun):
    silent = FallsSilent(CONTENT[:777])
    first = threading.Thread(target=begun.take, args=(silent,), kwargs={"offset": 0})
    first.start()
    assert silent.is_silent.wait(PATIENCE)

    with pytest.raises(WrongPlace) as refusal:
        store.incoming(begun.name).take(sender_of(CONTENT), offset=0)
    first.join(PATIENCE)
    store.incoming(begun.name).take(sender_of(CONTENT[777:]), offset=777)

    assert refusal.value.offset == 777
    assert kept(store, begun).sha256 == SHA256


def test_a_sender_that_stays_silent_counts_as_gone(begun, monkeypatch):
    monkeypatch.setattr(arriving, "PATIENCE", 2)

    assert begun.take(FallsSilent(CONTENT[:777]), offset=0) == 777


def test_a_lost_connection_keeps_what_had_come(begun):
    def read(number):
        if number < MOST:
            raise ConnectionResetError
        return CONTENT[:321]

    assert begun.take(ReadSource(read), offset=0) == 321
    assert begun.offset == 321


def test_an_empty_file_is_refused(begin, store):
    with pytest.raises(EmptyFile, match="0 bytes"):
        begin(0)

    assert list(store.arriving()) == []


def test_a_file_that_the_disk_cannot_hold_is_refused_before_any_of_it_is_sent(begin, store):
    with pytest.raises(NoRoom, match=r"needs 1152921.5 TB and there is room for"):
        begin(2**60)

    assert list(store.arriving()) == []
    assert list((store.root / "arriving").iterdir()) == []


def test_a_disk_that_fills_up_keeps_what_came_before(store, begun):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST, hard))  # the system itself refuses the rest
    try:
        with pytest.raises(NoRoom, match="What had arrived is kept"):
            begun.take(sender_of(CONTENT), offset=0)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert begun.offset == MOST
    begun.take(sender_of(CONTENT[MOST:]), offset=MOST)
    assert kept(store, begun).sha256 == SHA256


@pytest.mark.parametrize(("settled", "there"), [(2, 2 * MOST), (1, MOST), (0, 0)])
def test_after_a_power_cut_only_what_was_settled_counts(store, begun, settled, there):
    begun.take(sender_of(CONTENT[: 2 * MOST]), offset=0)
    notes = begun.folder / "arrived"
    started, *parts, _ = notes.read_text().splitlines(keepends=True)
    mark = f"settled {settled * MOST}\n" if settled else ""
    before = "started another\n", *parts[:settled], mark, *parts[settled:]

    notes.write_text("".join((started, *before[1:])))
    assert begun.offset == 2 * MOST
    notes.write_text("".join(before))
    assert begun.offset == there

    begun.take(sender_of(CONTENT[there:]), offset=there)
    assert kept(store, begun).sha256 == SHA256


def test_many_at_once_share_the_memory_and_all_arrive(store, begin):
    contents = {begin(2 * MOST): some_bytes(2 * MOST, seed=number) for number in range(60)}
    assert len(contents) > IN_STOCK
    threads = [
        threading.Thread(target=each.take, args=(sender_of(content),), kwargs={"offset": 0})
        for each, content in contents.items()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [kept(store, each).sha256 for each in contents] == [
        hashlib.sha256(content).hexdigest() for content in contents.values()
    ]


@pytest.mark.parametrize(
    "written",
    [b"7 5", b"7 5 %s 0", b"8 5 %s 0\n", b"0 5 %s 0\n", b"7 5 short 0\n", b"\xff\xfe\n",
     b"7 0 %s 0\n", b"7 9999999 %s 0\n", b"7 5 %s 8\n", b"7 5 %s\n", b"settled 3\n",
     b"settled 7", b"started\n"],
)  # fmt: skip
def test_a_note_that_was_cut_short_or_spoilt_counts_only_up_to_there(tmp_path, written):
    first = Segment(0, 7, "b" * 64, 0)
    good = f"started {start_of_machine()}\n{first.line()}".encode()

    (tmp_path / "notes").write_bytes(good + written.replace(b"%s", b"a" * 64))

    assert read_arrived(tmp_path / "notes") == Arrived((first,), len(good))
