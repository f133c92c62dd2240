"""Looks, without ffmpeg, whether a file has its index and its end: MP4, AVI, WAV and Matroska.

Only the heads of the outer boxes are read, so that a file of a hundred gigabytes takes no longer
than a short one, and nothing in a file can lead to more than a bounded number of reads.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from forthright.media_playing.recording import IndexState

MOST_BOXES = 200_000
MATROSKA, SEGMENT, CUES = 0x1A45DFA3, 0x18538067, 0x1C53BB6B
MP4_BOXES = {b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"moof", b"pnot", b"uuid"}
# Those that stand further on only. Whatever is called otherwise and ends past the end of the file
# is no box: some recorders and programs write a mark of their own behind the last one.
LATER_BOXES = {b"styp", b"sidx", b"ssix", b"mfra", b"meta", b"prft", b"emsg", b"pdin"}
WAVES = {b"RIFF", b"RF64", b"BW64"}  # the last two hold more than 4 GiB
# What a recorder writes into the head of a WAV while it does not know yet how long it becomes: all
# bits, or all but the first, or nearly so many.
NOT_COUNTED = (range(1), range(0x7FFF0000, 0x80000001), range(0xFFFF0000, 0x100000000))
# So few bytes lack where a program counted the head of a WAV as sound, or filled no odd byte up.
MISCOUNTED = 64
# No recording and no file is so long (a pebibyte). What says that it is longer is broken, so that
# no more is ever said to be missing.
MOST_BYTES = 1 << 50


@dataclass(frozen=True, slots=True)
class Box:
    """One outer part of a file; it may say that it ends past the end of the file."""

    name: bytes | int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Structure:
    """What the outer parts of a file say."""

    index: IndexState = IndexState.NOT_KNOWN
    missing_bytes: int = 0
    # Whether more than those are missing, of which what was copied does not tell how many.
    lacks_more: bool = False
    brand: str = ""
    plays_without_index: bool = False
    # How many recordings stand in it one behind the other, each with a head of its own.
    pieces: int = 1

    @property
    def faults(self) -> tuple[str, ...]:
        """Return what is wrong, each in a sentence."""
        found = []
        if self.index is IndexState.MISSING and self.plays_without_index:
            found.append("Its index is missing, so jumping in it is slow. A copy mends that.")
        elif self.index in {IndexState.MISSING, IndexState.BROKEN}:
            found.append(
                "Its index is missing or broken: the recording or the copying of it was cut off. "
                "Ask for the file again, or for it to be repaired by whoever holds the device."
            )
        if self.pieces > 1:
            found.append(
                f"{self.pieces} recordings stand in it, one behind the other, and players stop "
                "after the first. Ask for each in a file of its own."
            )
        if self.missing_bytes:
            least = "at least " if self.lacks_more else ""
            found.append(
                f"Its end is missing: {least}{self.missing_bytes:,} bytes were not copied."
            )
        return tuple(found)


def structure_of(path: Path) -> Structure:
    """Return what the outer parts of a file say; nothing of a kind that has no such parts.

    :raises OSError: if the file cannot be read
    """
    with path.open("rb") as file:
        found = _outer_parts(file, os.fstat(file.fileno()).st_size)
    if found.missing_bytes <= MOST_BYTES:
        return found
    return replace(found, missing_bytes=MOST_BYTES, lacks_more=True)


def _outer_parts(file: BinaryIO, size: int) -> Structure:
    head = file.read(16)
    if head[4:8] in MP4_BOXES:
        return _of_mp4(file, size)
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return _of_avi(file, size)
    if head[:4] in WAVES and head[8:12] == b"WAVE":
        return _of_wav(file, size)
    if int.from_bytes(head[:4]) == MATROSKA:
        return _of_matroska(file, size)
    return Structure()


def _of_mp4(file: BinaryIO, size: int) -> Structure:
    boxes = list(_mp4_boxes(file, size))
    if not boxes:
        return Structure(IndexState.BROKEN)
    names = [box.name for box in boxes]
    lost = max(0, *(box.end - size for box in boxes))
    brand = ""
    if names[0] == b"ftyp":
        file.seek(8)
        brand = file.read(4).decode("latin-1").strip()
    if b"moov" not in names:
        # The index came after what broke off, and nothing says how long it was.
        return Structure(IndexState.MISSING, lost, lacks_more=True, brand=brand)
    moov = boxes[names.index(b"moov")]
    if moov.end > size:
        lacks_pictures = b"mdat" not in names
        return Structure(IndexState.BROKEN, lost, lacks_more=lacks_pictures, brand=brand)
    is_late = b"mdat" in names and names.index(b"mdat") < names.index(b"moov")
    state = IndexState.AT_THE_END if is_late else IndexState.PRESENT
    # Of a file in fragments only the one that broke says how long it was.
    return Structure(state, lost, lacks_more=b"moof" in names, brand=brand)


def _mp4_boxes(file: BinaryIO, size: int) -> Iterator[Box]:
    place = 0
    for _ in range(MOST_BOXES):
        file.seek(place)
        head = file.read(16)
        if len(head) < 8:
            return
        length, name = int.from_bytes(head[:4]), head[4:8]
        if length == 1 and len(head) == 16:
            length = int.from_bytes(head[8:])
        elif length == 0:
            length = size - place
        if length < 8 or (place + length > size and name not in MP4_BOXES | LATER_BOXES):
            return
        yield Box(name, place, place + length)
        place += length
        if place > size:
            return


def _of_avi(file: BinaryIO, size: int) -> Structure:
    file.seek(0)
    head = file.read(64 * 1024)
    state = IndexState.PRESENT if b"indx" in head else IndexState.MISSING
    lost, end, place = 0, 8 + int.from_bytes(head[4:8], "little"), 12
    for _ in range(MOST_BOXES):
        file.seek(place)
        box = file.read(12)
        if place >= end:
            # More than a GiB stands in further parts, one behind the other (OpenDML).
            if box[:4] != b"RIFF" or box[8:] != b"AVIX":
                break
            end, place = place + 8 + int.from_bytes(box[4:8], "little"), place + 12
            continue
        if len(box) < 8:
            break
        if box[:4] == b"idx1":
            state = IndexState.PRESENT
        length = int.from_bytes(box[4:8], "little")
        place += 8 + length + length % 2
    if end > size and place > size:
        lost = end - size
    if indexed := _indexed_behind(max(size, end), head):
        # Parts that its index leads to were not copied at all, and it does not say where they end.
        return Structure(state, indexed - size, lacks_more=True, plays_without_index=True)
    return Structure(state, lost, plays_without_index=True)


def _indexed_behind(end: int, head: bytes) -> int:
    """Return where the last piece of index ends to which the head of an AVI leads behind an end.

    It is 0 where every piece begins before that end.
    """
    last, place = 0, head.find(b"indx")
    while place >= 0:
        longs, kind = head[place + 8 : place + 10], head[place + 11 : place + 12]
        count = int.from_bytes(head[place + 12 : place + 16], "little")
        entries = head[place + 32 : place + 32 + 16 * count]
        if longs == b"\x04\x00" and kind == b"\x00":  # an index of indexes
            for at in range(0, len(entries) - 15, 16):
                start = int.from_bytes(entries[at : at + 8], "little")
                length = int.from_bytes(entries[at + 8 : at + 12], "little")
                last = max(last, start + length if end <= start < MOST_BYTES else 0)
        place = head.find(b"indx", place + 4)
    return last


def _of_wav(file: BinaryIO, size: int) -> Structure:
    file.seek(4)
    told, sound, place = _counted(file.read(4)), 0, 12
    for _ in range(MOST_BOXES):
        file.seek(place)
        head = file.read(8)
        if len(head) < 8:
            break
        length = int.from_bytes(head[4:], "little")
        if head[:4] == b"ds64":
            told, sound = _counted(file.read(8)), _counted(file.read(8))
        if head[:4] == b"data":
            sound = _counted(head[4:]) or sound
            # What stands behind the sound is not looked at: programs count it, or do not.
            end = place + 8 + sound if sound else size
            return Structure(missing_bytes=_cut_off(end, told, size))
        place += 8 + length + length % 2
    # A file that ends where one of its parts ends lacks nothing that anybody can tell.
    return Structure(missing_bytes=_cut_off(place, told, size))


def _cut_off(end: int, told: int, size: int) -> int:
    """Return how many bytes a WAV lacks, where both its own length and its sound say that."""
    ends = [end, 8 + told] if told else [end]
    return ends[-1] - size if min(ends) - size > MISCOUNTED else 0


def _counted(written: bytes) -> int:
    """Return a length of a WAV; 0 where it was written before it was known, or cannot be."""
    length = int.from_bytes(written, "little")
    return 0 if length > MOST_BYTES or any(length in each for each in NOT_COUNTED) else length


def _of_matroska(file: BinaryIO, size: int) -> Structure:
    head = _element(file, 0, size)
    segment = _element(file, head.end, size) if head else None
    if head is None or segment is None or segment.name != SEGMENT:
        return Structure(IndexState.BROKEN)
    file.seek(head.start)
    brand = "webm" if b"webm" in file.read(min(head.end - head.start, 256)) else ""
    state = IndexState.MISSING
    ends, place = [segment.end], segment.start
    for _ in range(MOST_BOXES):
        element = _element(file, place, size)
        if element is None:
            break
        if element.name == CUES:
            state = IndexState.PRESENT
        if element.name == SEGMENT:
            ends.append(element.end)
        place = element.end
    lost = max(max(ends) - size, 0)
    return Structure(state, lost, brand=brand, plays_without_index=True, pieces=len(ends))


def _element(file: BinaryIO, place: int, size: int) -> Box | None:
    """Return an element of Matroska: its name, where its content starts and where it ends.

    One of unknown length, as a camera writes that streams, ends where its content starts: what
    follows it is then looked at as if it stood beside it.
    """
    if place >= size:
        return None
    file.seek(place)
    head = file.read(12)
    if len(head) < 2 or not head[0]:
        return None
    wide = 9 - head[0].bit_length()
    if wide > 4 or len(head) <= wide or not head[wide]:
        return None
    long = 9 - head[wide].bit_length()
    length = int.from_bytes(head[wide : wide + long]) & ((1 << (7 * long)) - 1)
    start = place + wide + long
    is_unknown = length == (1 << (7 * long)) - 1
    return Box(int.from_bytes(head[:wide]), start, start if is_unknown else start + length)
