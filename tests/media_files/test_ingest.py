"""A folder or a disc is taken in as a whole; what cannot be is said, file by file."""

import errno
import hashlib
import os

import pytest

from forthright.media_files import ingest
from forthright.media_files.ingest import files_in, is_no_recording, take_in, words_of
from forthright.media_files.segments import MOST
from tests.media_files.senders import NOON, some_bytes

FIRST, SECOND = some_bytes(2 * MOST + 5), some_bytes(70_000, seed=2)


@pytest.fixture
def disc(tmp_path):
    disc = tmp_path / "disc"
    (disc / "VIDEO_TS").mkdir(parents=True)
    (disc / "VIDEO_TS" / "VTS_01.VOB").write_bytes(FIRST)
    (disc / "menu.bin").write_bytes(SECOND)
    return disc


def taken(store, *paths, **more):
    return list(take_in(store, list(paths), at=NOON, **more))


def test_every_file_of_a_disc_is_kept_with_its_place_on_it(store, disc):
    first, second = taken(store, disc, notes={"exhibit": "ABC/1"})

    assert first.receipt.sha256 == hashlib.sha256(FIRST).hexdigest()
    assert (first.receipt.name, first.receipt.notes["within"]) == (
        "VTS_01.VOB", "VIDEO_TS/VTS_01.VOB",
    )  # fmt: skip
    assert second.receipt.notes["exhibit"] == "ABC/1"
    assert words_of(second) == (
        f"{disc}/menu.bin: 70.0 kB, SHA-256 {hashlib.sha256(SECOND).hexdigest()}"
    )
    assert {each.verdict.name for each in store.verify_all()} == {"SAME"}


def test_a_file_alone_is_kept(store, disc):
    (only,) = taken(store, disc / "menu.bin")

    assert (only.receipt.name, only.receipt.notes["within"]) == ("menu.bin", "menu.bin")


LITTER = ["Thumbs.db", "desktop.ini", ".DS_Store", "._VTS_01.VOB"]


@pytest.mark.parametrize("name", LITTER)
def test_what_a_computer_wrote_there_by_itself_is_passed_over_and_told(store, disc, name):
    litter = disc / "VIDEO_TS" / name
    litter.write_bytes(b"litter")

    found = taken(store, disc)

    (passed,) = [each for each in found if each.is_litter]
    assert (passed.path, passed.receipt) == (litter, None)
    assert words_of(passed).startswith(f"{litter}: passed over. Windows or macOS writes")
    assert len(list(store.receipts())) == 2
    assert files_in([disc])[0] == 2


@pytest.mark.parametrize("name", LITTER)
def test_named_by_itself_it_is_taken_in(store, disc, name):
    (disc / name).write_bytes(b"litter")

    (only,) = taken(store, disc / name)

    assert only.receipt is not None


PROGRAMS = ["player.exe", "Codec.DLL", "setup.msi", "start.bat", "START.CMD", "view.ocx",
            "AutoRun.inf"]  # fmt: skip


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_player_of_the_recorder_is_kept_and_is_no_recording(store, disc, name):
    (disc / name).write_bytes(b"MZ")

    kept = [each.receipt for each in taken(store, disc) if each.receipt]

    assert [each.name for each in kept if is_no_recording(each)] == [name]
    assert len(kept) == 3


@pytest.mark.parametrize("was_beside", [False, True])
def test_a_program_that_is_named_by_itself_is_the_recording(store, disc, was_beside):
    (disc / "footage.exe").write_bytes(b"MZ, with the footage")
    if was_beside:
        taken(store, disc)

    (only,) = taken(store, disc / "footage.exe")
    (again,) = taken(store, disc / "footage.exe")

    assert not is_no_recording(only.receipt)
    assert again.receipt == only.receipt


def test_named_with_others_as_a_shell_does_it_is_a_program_still(store, disc):
    (disc / "player.exe").write_bytes(b"MZ")

    kept = [each.receipt for each in taken(store, *sorted(disc.iterdir()))]

    assert [each.name for each in kept if is_no_recording(each)] == ["player.exe"]


@pytest.mark.parametrize("name", ["cctv.mp4", "exe", "player.exe.mp4", "camera.inf", "a.dav"])
def test_what_is_no_program_by_its_name_is_taken_for_a_recording(store, disc, name):
    (disc / name).write_bytes(b"MZ")

    assert not any(is_no_recording(each.receipt) for each in taken(store, disc))


def test_how_much_there_is_is_known_before(disc):
    assert files_in([disc]) == (2, len(FIRST) + len(SECOND))
    assert files_in([disc / "menu.bin"]) == (1, len(SECOND))


def test_progress_is_told_up_to_the_end(store, disc):
    seen = []
    taken(store, disc / "menu.bin", progress=lambda *told: seen.append(told))

    assert seen[-1] == (disc / "menu.bin", len(SECOND), len(SECOND))


SAME = "It is the same as what was taken in on 2 March 2026: read and compared."


def test_the_same_again_is_passed_over(store, disc):
    receipts = [each.receipt for each in taken(store, disc)]
    again = taken(store, disc)

    assert [each.receipt for each in again] == receipts
    assert {each.words for each in again} == {SAME}


def lay(path, content):
    """Put a disc in whose file is called as that of the one before, is as long and of one time."""
    path.write_bytes(content)
    os.utime(path, (0, 0))


def test_another_file_of_the_same_name_size_and_time_is_taken_in_too(store, tmp_path):
    path = tmp_path / "hiv00000.mp4"
    lay(path, FIRST)
    (one,) = taken(store, path)
    lay(path, some_bytes(len(FIRST), seed=9))

    (two,) = taken(store, path)
    (two_again,) = taken(store, path)
    lay(path, FIRST)
    (one_again,) = taken(store, path)

    assert two.receipt.sha256 != one.receipt.sha256
    assert two.words.startswith("It is another file than the one of this name, size and time")
    assert (two_again.receipt, one_again.receipt) == (two.receipt, one.receipt)
    assert {two_again.words, one_again.words} == {SAME}


@pytest.mark.parametrize("found", ["CHANGED", "GONE"])
def test_what_is_damaged_or_gone_is_taken_in_again_from_its_disc(store, disc, found):
    (first,) = taken(store, disc / "menu.bin")
    kept = store.shelf.path_of(first.receipt.sha256)
    kept.unlink()
    if found == "CHANGED":
        kept.write_bytes(b"x" * len(SECOND))

    (again,) = taken(store, disc / "menu.bin")
    (same,) = taken(store, disc / "menu.bin")

    assert again.before.verdict.name == found
    assert "so it was taken in again" in again.words
    assert store.verify(first.receipt.sha256).verdict.name == "SAME"
    assert same.words == SAME


def test_where_what_is_kept_cannot_be_read_it_is_said_and_nothing_is_taken_in(
    store, disc, monkeypatch
):
    taken(store, disc / "menu.bin")
    monkeypatch.setattr(store.shelf, "digests", scratched)

    (only,) = taken(store, disc / "menu.bin")

    assert (only.receipt, len(list(store.receipts()))) == (None, 1)
    assert "not readable now where it is kept" in only.words


def test_what_was_taken_in_before_and_cannot_be_read_now_is_not_said_to_be_the_same(
    store, disc, monkeypatch
):
    taken(store, disc / "menu.bin")
    monkeypatch.setattr(ingest, "parts_of", scratched)

    (only,) = taken(store, disc / "menu.bin")

    assert only.receipt is None
    assert only.words == "It cannot be read: Input/output error."


def scratched(path):
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_what_came_before_and_stands_for_nothing_is_taken_in_anew(store, disc):
    first, second = taken(store, disc)

    again, same = taken(store, disc, over={first.receipt.incoming})
    later, _ = taken(store, disc, over={first.receipt.incoming})

    assert again.receipt.incoming != first.receipt.incoming
    assert again.receipt.sha256 == first.receipt.sha256
    assert same.receipt == second.receipt
    assert later.receipt == again.receipt


def test_a_file_that_changed_since_is_taken_in_anew(store, disc):
    taken(store, disc)
    (disc / "menu.bin").write_bytes(b"another")

    _, second = taken(store, disc)

    assert second.receipt.sha256 == hashlib.sha256(b"another").hexdigest()


class Killed(BaseException):
    """The power went."""


def test_what_was_cut_off_goes_on(store, disc):
    def cut(path, done, length):
        if done > MOST:
            raise Killed

    path, seen = disc / "VIDEO_TS", []
    with pytest.raises(Killed):
        taken(store, path, progress=cut)
    (only,) = taken(store, path, progress=lambda path, done, length: seen.append(done))

    assert seen[0] > MOST
    assert only.receipt.sha256 == hashlib.sha256(FIRST).hexdigest()
    assert list(store.arriving()) == []


def test_what_the_disk_here_gave_back_otherwise_is_taken_in_anew_when_typed_again(store, disc):
    def cut(path, done, length):
        if done > MOST:
            raise Killed

    with pytest.raises(Killed):
        taken(store, disc / "VIDEO_TS", progress=cut)
    (begun,) = store.arriving()
    with begun.data.open("r+b") as data:
        data.write(bytes([FIRST[0] ^ 1]))

    (refused,) = taken(store, disc / "VIDEO_TS")
    (again,) = taken(store, disc / "VIDEO_TS")

    assert "the disk may be failing" in " ".join(refused.words.split())
    assert again.receipt.sha256 == hashlib.sha256(FIRST).hexdigest()


def test_half_of_a_file_is_not_finished_with_another_of_its_name_size_and_time(store, tmp_path):
    def cut(path, done, length):
        if done > 3 * MOST:
            raise Killed

    path = tmp_path / "VTS_01_1.VOB"
    other = some_bytes(8 * MOST, seed=3)
    for content in (some_bytes(8 * MOST, seed=4), other):
        lay(path, content)
        if content is not other:
            with pytest.raises(Killed):
                taken(store, path, progress=cut)
    (only,) = taken(store, path)

    assert only.receipt.sha256 == hashlib.sha256(other).hexdigest()
    assert "taken in from its beginning" in only.words
    assert list(store.arriving()) == []


def test_half_of_a_file_that_differs_only_at_its_end_is_not_gone_on_with(store, tmp_path):
    def cut(path, done, length):
        if done > 3 * MOST:
            raise Killed

    path, content = tmp_path / "cctv.mp4", bytearray(some_bytes(8 * MOST))
    lay(path, content)
    with pytest.raises(Killed):
        taken(store, path, progress=cut)
    (begun,) = store.arriving()
    content[begun.offset - 1] ^= 1
    lay(path, content)

    (only,) = taken(store, path)

    assert only.receipt.sha256 == hashlib.sha256(content).hexdigest()


def test_what_cannot_be_taken_in_is_said_and_the_rest_is(store, disc):
    (disc / "a empty.avi").touch()
    (disc / "a link.avi").symlink_to(disc / "menu.bin")
    (disc / "a hid\u202eden.avi").write_bytes(b"x")
    os.mkfifo(disc / "a pipe")

    said = {each.path.name: each for each in taken(store, disc)}

    assert "0 bytes" in said["a empty.avi"].words
    assert "link" in said["a link.avi"].words
    assert "device" in said["a pipe"].words
    # Nobody can rename it on a disc, so it is called by what of its name can be seen.
    assert said["a hid\u202eden.avi"].receipt is not None
    assert said["a hid\u202eden.avi"].receipt.name == "a hid%E2%80%AEden.avi"
    assert said["menu.bin"].receipt is not None
    assert words_of(said["a link.avi"]).startswith(f"{disc}/a link.avi: not taken in.")


def test_a_disc_that_gives_only_part_of_a_file_is_said_to_be_damaged(store, disc):
    path = disc / "menu.bin"

    def scratch(path, done, length):
        path.write_bytes(b"")

    path.write_bytes(some_bytes(3 * MOST))
    (only,) = taken(store, path, progress=scratch)

    assert only.receipt is None
    assert "only up to byte" in only.words
    assert list(store.receipts()) == []


def test_a_path_that_is_not_there_is_said(store, tmp_path):
    (only,) = taken(store, tmp_path / "nothing")

    assert only.words == "It cannot be read: No such file or directory."
