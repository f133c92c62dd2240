"""What the outer parts of a file say of its index and its end, whatever bytes stand in them."""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forthright.media_playing.indexes import MOST_BYTES, Structure, structure_of
from forthright.media_playing.probing import probe
from forthright.media_playing.recording import IndexState

HEADS = [
    b"\0\0\0\x18ftypisom", b"\0\0\0\x08mdat", b"RIFF\0\0\0\x10AVI LIST", b"RIFF\0\0\1\0WAVEfmt ",
    b"RF64\xff\xff\xff\xffWAVEds64", b"\x1a\x45\xdf\xa3\x84webm\x18\x53\x80\x67",
    b"\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x01mdat\xff\xff\xff",
    b"\x1a\x45\xdf\xa3\x84webm\x18\x53\x80\x67\x01\xff\xff\xff", b"\x1a\x45\xdf\xa3\x01\xff\xff",
]  # fmt: skip


@pytest.mark.parametrize("length", range(1, 8))
def test_an_mp4_whose_first_part_has_no_length_that_can_be_is_told_in_words(tmp_path, length):
    file = tmp_path / "film.mp4"
    file.write_bytes(struct.pack(">I", length) + b"ftypisom")

    assert structure_of(file) == Structure(IndexState.BROKEN)
    assert "Its index is missing or broken" in probe(file).faults[0]


@pytest.mark.parametrize("behind", [b"DVR mark of its own: 2026-10-05, camera 3", b"\xff" * 40])
@pytest.mark.parametrize("name", ["plain.mp4", "index at the end.mp4", "fragments.mp4"])
def test_of_an_mp4_with_a_mark_behind_its_last_part_nothing_is_said_to_be_missing(
    corpus, tmp_path, name, behind
):  # fmt: skip
    marked = tmp_path / name
    marked.write_bytes(corpus(name).read_bytes() + behind)

    assert structure_of(marked) == structure_of(corpus(name))
    assert probe(marked).faults == probe(corpus(name)).faults == ()


def mp4(length: int) -> bytes:
    head = struct.pack(">I", 20) + b"ftypisom\0\0\0\0isom" + struct.pack(">I", 1)
    return head + b"mdat" + struct.pack(">Q", length) + b"x" * 100


def rf64(length: int) -> bytes:
    sizes = b"ds64" + struct.pack("<IQQQI", 28, length, length, 0, 0)
    fmt = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16)
    head = b"RF64\xff\xff\xff\xffWAVE" + sizes + fmt
    return head + b"data\xff\xff\xff\xff" + b"\0\1" * 8000


def avi(start: int) -> bytes:
    index = b"indx" + struct.pack("<IHBBI16xQII", 40, 4, 0, 0, 1, start, 8, 1)
    return b"RIFF" + struct.pack("<I", 4 + len(index)) + b"AVI " + index


def matroska(length: int) -> bytes:
    segment = b"\x18\x53\x80\x67\x01" + length.to_bytes(7)
    return b"\x1a\x45\xdf\xa3\x84webm" + segment + b"\xec\x01" + length.to_bytes(7) + b"x" * 40


@pytest.mark.parametrize("length", [1 << 45, 1 << 62, (1 << 63) + 10, (1 << 64) - 1])
def test_an_mp4_that_ends_at_a_length_that_no_disk_holds_is_said_to_lack_its_end(tmp_path, length):
    file = tmp_path / "film.mp4"
    file.write_bytes(mp4(length))

    found = structure_of(file)

    lost = 20 + length - file.stat().st_size
    assert found.index is IndexState.MISSING
    assert found.missing_bytes == min(lost, MOST_BYTES)


@pytest.mark.parametrize(
    ("made", "length", "is_lost"),
    [
        (rf64, 1 << 45, True), (rf64, 1 << 62, False), (rf64, (1 << 64) - 1, False),
        (avi, 1 << 45, True), (avi, 1 << 62, False), (avi, (1 << 64) - 1, False),
        (matroska, 1 << 45, True), (matroska, (1 << 56) - 2, True),
        (matroska, (1 << 56) - 1, False),
    ],
)  # fmt: skip
def test_of_a_length_that_cannot_be_no_number_is_made(tmp_path, made, length, is_lost):
    file = tmp_path / "recording"
    file.write_bytes(made(length))

    lost = structure_of(file).missing_bytes

    assert bool(lost) is is_lost
    assert lost <= MOST_BYTES


@given(head=st.sampled_from(HEADS), rest=st.binary(max_size=400), at=st.integers(0, 15))
@settings(max_examples=300, deadline=None)
def test_whatever_bytes_a_file_begins_with_it_is_looked_into_without_a_crash(
    tmp_path_factory, head, rest, at
):  # fmt: skip
    file = tmp_path_factory.getbasetemp() / "any bytes"
    file.write_bytes(head[:at] + rest + head[at:] + rest)

    assert 0 <= structure_of(file).missing_bytes <= MOST_BYTES
    file.write_bytes(head + rest)
    assert 0 <= structure_of(file).missing_bytes <= MOST_BYTES
