"""What the outer parts of a file say of its index and its end, whatever bytes stand in them."""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forthright.media_playing.indexes import Structure, structure_of
from forthright.media_playing.probing import probe
from forthright.media_playing.recording import IndexState

HEADS = [
    b"\0\0\0\x18ftypisom", b"\0\0\0\x08mdat", b"RIFF\0\0\0\x10AVI LIST", b"RIFF\0\0\1\0WAVEfmt ",
    b"RF64\xff\xff\xff\xffWAVEds64", b"\x1a\x45\xdf\xa3\x84webm\x18\x53\x80\x67",
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


@given(head=st.sampled_from(HEADS), rest=st.binary(max_size=400), at=st.integers(0, 15))
@settings(max_examples=300, deadline=None)
def test_whatever_bytes_a_file_begins_with_it_is_looked_into_without_a_crash(
    tmp_path_factory, head, rest, at
):  # fmt: skip
    file = tmp_path_factory.getbasetemp() / "any bytes"
    file.write_bytes(head[:at] + rest + head[at:] + rest)

    assert structure_of(file).missing_bytes >= 0
    file.write_bytes(head + rest)
    assert structure_of(file).missing_bytes >= 0
