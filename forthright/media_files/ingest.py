"""Takes in a file, a folder or a disc from this machine, and goes on where it was cut off."""

import os
import stat
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from forthright.media_files.digests import Hashing
from forthright.media_files.incoming import AlreadyArriving, EmptyFile, Incoming, NoRoom, TooMuch
from forthright.media_files.names import BadName, found_name, is_program, readable, size_words
from forthright.media_files.reading import ReadBackDiffers, differs_at, known, parts_of
from forthright.media_files.scanning import ScannerSilent
from forthright.media_files.sources import FileSource
from forthright.media_files.store import Harmful, NotWhole, Receipt, Store, Verdict, Verified
from forthright.rules.words import date_words, day_of

FROM = "from"  # the note that says which file of which place it is
NAME_BYTES = "name_bytes"  # the note of what it was called there, where that cannot be kept
# What Windows and macOS write by themselves into a folder that somebody opened there.
LITTER = {"thumbs.db", "desktop.ini", ".ds_store"}
BESIDE_EACH_FILE = "._"  # macOS keeps beside each file what the disk has no place for
OF_THE_SYSTEM = (
    "Windows or macOS writes files of this name by itself, so it is none of the recording. To take "
    "it in all the same, name it by itself."
)
IF_INSIDE = "If the recording is inside it, name it by itself: then it is taken in as a recording."
BY_ITSELF = "by itself"  # in the note of where it is from: a program that somebody named
BEGUN_ANEW = (
    "What had come before of a file of this name, size and time begins otherwise, so it is of "
    "another file. It was removed, and this one was taken in from its beginning."
)
REFUSALS = (
    BadName, EmptyFile, NoRoom, TooMuch, AlreadyArriving, ReadBackDiffers, Harmful, ScannerSilent,
)  # fmt: skip
Progress = Callable[[Path, int, int], None]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """One file that was looked at.

    :param receipt: that it is kept, or None where it is not
    :param words: why it is not, or that it was kept before; "" where there is nothing to say
    :param before: what was found of what was kept of it before, where that was read too
    :param is_litter: it was passed over, as it is none of the recording
    """

    path: Path
    receipt: Receipt | None
    words: str = ""
    before: Verified | None = None
    is_litter: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    path: Path
    within: str
    length: int
    changed: int
    is_alone: bool = False

    @property
    def note(self) -> list[Any]:
        """Return which file it is; a program named by itself is another than one that lay beside.

        One of several that are named, as a shell does for "disc/*", is not named by itself.
        """
        is_meant = self.is_alone and is_program(self.path.name)
        return [str(self.path), self.length, self.changed, *([BY_ITSELF] if is_meant else [])]


def take_in(
    store: Store, paths: list[Path], *, at: datetime, notes: dict[str, Any] | None = None,
    over: Collection[str] = (), progress: Progress = lambda path, taken, length: None,
) -> Iterator[TakenIn]:  # fmt: skip
    """Take in each file of these files and folders, and say of each what became of it.

    What a computer wrote into a folder by itself is passed over, unless it is named. A program is
    kept, see `is_no_recording`.

    A file that was taken in before is read, and so is what is kept of it; it is passed over if both
    are the same, and taken in again where what is kept is damaged or gone. One that was cut
    off is gone on with, if it begins with what came of it. So after a crash the same command
    finishes the work. What it is called, how long it is and of when says neither: two discs at one
    place have files that are alike in all three, as a recorder writes them.

    :param notes: what is to be found again with each of them
    :param over: under which names files came that stand for nothing any more: each is taken in anew
    :param progress: is told how many bytes of which file are in, of how many
    """
    taking = _Taking(store, at, notes or {}, over, progress)
    for path in paths:
        root = path.resolve()
        if root.is_dir():
            yield from taking.take_all(root, root)
        else:
            yield from taking.take_all(root, root.parent, is_alone=len(paths) == 1)


def files_in(paths: list[Path]) -> tuple[int, int]:
    """Return how many files there are in these files and folders, and how many bytes."""
    lengths = [
        found.length
        for path in paths
        for found in _files_below(path.resolve(), path.resolve())
        if isinstance(found, _Found)
    ]
    return len(lengths), sum(lengths)


class _Taking:
    """What is known while files are taken in: what came before, and what was cut off."""

    def __init__(
        self, store: Store, at: datetime, notes: dict[str, Any], over: Collection[str],
        progress: Progress,
    ) -> None:  # fmt: skip
        self._store, self._at, self._notes, self._progress = store, at, notes, progress
        self._kept: dict[tuple[Any, ...], list[Receipt]] = {}
        for each in sorted(store.receipts(), key=lambda receipt: receipt.kept_at):
            if self._is_ours(each.notes) and each.incoming not in over:
                self._kept.setdefault(tuple(each.notes.get(FROM, ())), []).append(each)
        self._begun = {
            tuple(about.notes.get(FROM, ())): incoming
            for incoming in store.arriving()
            if self._is_ours((about := incoming.about).notes)
        }

    def _is_ours(self, notes: dict[str, Any]) -> bool:
        """Say whether a file was taken in with the same notes, for the same thing that is."""
        return all(notes.get(name) == value for name, value in self._notes.items())

    def take_all(self, path: Path, root: Path, *, is_alone: bool = False) -> Iterator[TakenIn]:
        for found in _files_below(path, root):
            if isinstance(found, TakenIn):
                yield found
            else:
                yield self._look_at(replace(found, is_alone=is_alone))

    def _look_at(self, found: _Found) -> TakenIn:
        try:
            before = self._kept.get(tuple(found.note), [])
            if not before:
                return self._take_one(found)
            return self._compare(found, before)
        except REFUSALS as refusal:
            return TakenIn(found.path, None, str(refusal))
        except OSError as fault:
            return TakenIn(found.path, None, f"It cannot be read: {fault.strerror or fault}.")

    def _compare(self, found: _Found, before: list[Receipt]) -> TakenIn:
        """Take a file in unless it is one that was taken in before, which only reading it tells."""
        sha256 = self._sha256_of(found)
        same = next((each for each in before if each.sha256 == sha256), None)
        on = date_words(day_of((same or before[-1]).kept_at))
        if same is not None:
            return self._read_both(found, same, on)
        return self._take_one(
            found,
            f"It is another file than the one of this name, size and time that was taken in on "
            f"{on}: read and compared. Both are kept.",
        )

    def _read_both(self, found: _Found, same: Receipt, on: str) -> TakenIn:
        """Take a file in again where what is kept of it is not what came any more."""
        read = self._store.verify(same.sha256)
        if read.verdict is Verdict.SAME:
            words = f"It is the same as what was taken in on {on}: read and compared."
            return TakenIn(found.path, same, words, read)
        if read.verdict is Verdict.UNREADABLE:
            words = (
                f"What was taken in on {on} is {read.verdict.value} where it is kept, so that "
                "nobody can say whether it is the same. Try again later."
            )
            return TakenIn(found.path, None, words)
        again = self._take_one(
            found,
            f"What was taken in on {on} is {read.verdict.value}, so it was taken in again, and "
            "what is kept of it is whole.",
        )
        return replace(again, before=read)

    def _sha256_of(self, found: _Found) -> str:
        hashing = Hashing()
        for part in parts_of(found.path):
            hashing.take(part)
            self._progress(found.path, min(hashing.place, found.length), found.length)
        return known(hashing).sha256

    def _take_one(self, found: _Found, words: str = "") -> TakenIn:
        """Take a file in.

        :param words: what is said of it once it is kept
        """
        incoming = self._begun.get(tuple(found.note)) or self._begin(found)
        if not _goes_on(found, incoming):
            self._store.give_up(incoming.name)
            incoming, words = self._begin(found), f"{words} {BEGUN_ANEW}".strip()
        self._read_in(found, incoming)
        try:
            return TakenIn(found.path, self._store.keep(incoming.name, at=self._at), words)
        except NotWhole:
            words = (
                f"It can be read only up to byte {incoming.offset:,} of {found.length:,}. The disc "
                "or drive may be damaged. What was read is not kept as the recording."
            )
            return TakenIn(found.path, None, words)
        except ReadBackDiffers:
            self._store.give_up(incoming.name)  # gone on with, it would be refused for ever
            raise

    def _begin(self, found: _Found) -> Incoming:
        called = found_name(found.path.name)
        notes = {**self._notes, FROM: found.note, "within": found.within}
        if called.bytes_in_hex:
            notes[NAME_BYTES] = called.bytes_in_hex
        return self._store.begin(called.name, found.length, at=self._at, notes=notes)

    def _read_in(self, found: _Found, incoming: Incoming) -> None:
        offset = incoming.offset
        opened = os.open(found.path, os.O_RDONLY | os.O_NOFOLLOW)
        try:
            os.lseek(opened, offset, os.SEEK_SET)
            source = _Watched(FileSource(opened), found, offset, self._progress)
            if offset < found.length:
                incoming.take(source, offset=offset)
        finally:
            os.close(opened)


def _goes_on(found: _Found, incoming: Incoming) -> bool:
    """Say whether a file begins with what came before of one that is called as it is."""
    return differs_at(found.path, incoming.arrived.segments) is None


class _Watched:
    """A source that tells how far it has come."""

    def __init__(self, source: FileSource, found: _Found, at: int, progress: Progress) -> None:
        self._source, self._found, self._at, self._progress = source, found, at, progress

    def fill(self, into: memoryview) -> int:
        got = self._source.fill(into)
        self._at += got
        self._progress(self._found.path, min(self._at, self._found.length), self._found.length)
        return got


def _files_below(path: Path, root: Path, *, is_named: bool = True) -> Iterator[_Found | TakenIn]:
    """Yield each file, in the order of their names, and what cannot be looked at.

    :param is_named: somebody named it, so that it is what they want, whatever it is called
    """
    try:
        about = path.lstat()
        if stat.S_ISDIR(about.st_mode):
            for each in sorted(path.iterdir()):
                yield from _files_below(each, root, is_named=False)
        elif stat.S_ISREG(about.st_mode) and not is_named and _is_litter(path.name):
            yield TakenIn(path, None, OF_THE_SYSTEM, is_litter=True)
        elif stat.S_ISREG(about.st_mode):
            within = str(path.relative_to(root)) if path != root else path.name
            yield _Found(path, within, about.st_size, about.st_mtime_ns)
        else:
            yield TakenIn(path, None, "It is a link or a device and no file. It is passed over.")
    except OSError as fault:
        yield TakenIn(path, None, f"It cannot be read: {fault.strerror or fault}.")


def _is_litter(name: str) -> bool:
    """Say whether a file in a folder is called as one that a computer writes there by itself."""
    return name.casefold() in LITTER or name.startswith(BESIDE_EACH_FILE)


def is_no_recording(receipt: Receipt) -> bool:
    """Say whether what is kept is a program that came beside a recording, such as its player.

    One that somebody named by itself is the recording: some recorders write one into a program.
    """
    return is_program(receipt.name) and BY_ITSELF not in receipt.notes.get(FROM, ())


def words_of(taken: TakenIn) -> str:
    """Return what became of a file, in a line."""
    path = readable(str(taken.path))
    if taken.is_litter:
        return f"{path}: passed over. {taken.words}"
    if taken.receipt is None:
        return f"{path}: not taken in. {taken.words}"
    said = f"{path}: {size_words(taken.receipt.length)}, SHA-256 {taken.receipt.sha256}"
    more = (taken.words, IF_INSIDE if is_no_recording(taken.receipt) else "")
    return ". ".join(filter(None, (said, " ".join(filter(None, more)))))
