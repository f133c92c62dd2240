"""Whoever sent a file reads what to send, and what an archive is; nobody is told to ask for it."""

import inspect
import re

import pytest

from forthright.media_playing import indexes, making, probing
from forthright.media_playing.for_senders import TO_SEND, as_sender_reads
from forthright.media_playing.probing import probe

WRITTEN = " ".join(inspect.getsource(each) for each in (indexes, making, probing))
# As a reader sees them: several pieces of a text stand in quotes on lines of their own.
JOINED = re.sub(r'"\s+f?"', "", WRITTEN)


def test_every_word_that_asks_for_something_is_said_otherwise_to_whoever_sends_it():
    for asked in TO_SEND:
        assert asked in JOINED

    assert not re.search(r"\b[Aa]sk for\b", as_sender_reads(JOINED))


@pytest.mark.parametrize(
    ("begins", "words"),
    [
        (b"PK\x03\x04" + bytes(26) + b"clip.mp4", "This is an archive (ZIP)"),
        (b"PK\x05\x06" + bytes(18), "This is an archive (ZIP)"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(40), "This is an archive (7z)"),
        (b"Rar!\x1a\x07\x01" + bytes(40), "This is an archive (RAR)"),
        (b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml", "no recording that we can read"),
        (b"PK\x03\x04" + bytes(26) + b"docProps/app.xml", "no recording that we can read"),
        (b"PK, not packed" * 9, "no recording that we can read"),
    ],
)
def test_an_archive_is_known_by_how_it_begins(tmp_path, begins, words):
    file = tmp_path / "sent"
    file.write_bytes(begins)

    found = probe(file)

    assert words in " ".join(found.faults)
    assert not found.streams
