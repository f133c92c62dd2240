"""What is sent of a recording, as a table after RFC 9110, section 14."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from forthright.media_playing.ranges import Slice, answer_range

HOURS = 90 * 1024**3  # bytes of a recording of many hours
TAG = '"5f2c"'


@pytest.mark.parametrize(
    ("size", "asked", "status", "slices"),
    [
        pytest.param(1000, None, 200, [(0, 1000)], id="nothing asked"),
        pytest.param(1000, "", 200, [(0, 1000)], id="an empty header"),
        pytest.param(1000, "bytes=0-499", 206, [(0, 500)], id="the first half"),
        pytest.param(1000, "bytes=500-999", 206, [(500, 1000)], id="the second half"),
        pytest.param(1000, "bytes=500-", 206, [(500, 1000)], id="from a place on"),
        pytest.param(1000, "bytes=0-", 206, [(0, 1000)], id="what players ask first"),
        pytest.param(1000, "bytes=-500", 206, [(500, 1000)], id="the last bytes"),
        pytest.param(1000, "bytes=-5000", 206, [(0, 1000)], id="more last bytes than there are"),
        pytest.param(1000, "bytes=0-0", 206, [(0, 1)], id="one byte"),
        pytest.param(1000, "bytes=-1", 206, [(999, 1000)], id="the last byte"),
        pytest.param(1000, "bytes=900-5000", 206, [(900, 1000)], id="past the end"),
        pytest.param(1000, "bytes=1000-", 416, [], id="behind the end"),
        pytest.param(1000, "bytes=1000-2000", 416, [], id="all behind the end"),
        pytest.param(1000, "bytes=-0", 416, [], id="the last no bytes"),
        pytest.param(0, "bytes=0-", 416, [], id="of an empty file"),
        pytest.param(0, None, 200, [(0, 0)], id="all of an empty file"),
        pytest.param(1000, "bytes=5-4", 200, [(0, 1000)], id="backwards is no range"),
        pytest.param(1000, "bytes=a-b", 200, [(0, 1000)], id="no numbers"),
        pytest.param(1000, "bytes=-", 200, [(0, 1000)], id="no number at all"),
        pytest.param(1000, "bytes=+1-5", 200, [(0, 1000)], id="a sign"),
        pytest.param(1000, "bytes=1-5-9", 200, [(0, 1000)], id="three numbers"),
        pytest.param(1000, "bytes", 200, [(0, 1000)], id="a unit alone"),
        pytest.param(1000, "seconds=0-5", 200, [(0, 1000)], id="another unit"),
        pytest.param(1000, "BYTES=0-4", 206, [(0, 5)], id="units in capitals"),
        pytest.param(1000, "bytes= 0-4 , 9-9", 206, [(0, 5), (9, 10)], id="two, with spaces"),
        pytest.param(1000, "bytes=0-4,,9-9,", 206, [(0, 5), (9, 10)], id="empty ones between"),
        pytest.param(1000, "bytes=9-9,0-4", 206, [(9, 10), (0, 5)], id="in the order asked for"),
        pytest.param(1000, "bytes=0-4,2-9", 206, [(0, 10)], id="two that overlap are one"),
        pytest.param(1000, "bytes=0-4,5-9", 206, [(0, 10)], id="two that touch are one"),
        pytest.param(1000, "bytes=0-4,2000-", 206, [(0, 5)], id="one of two behind the end"),
        pytest.param(1000, "bytes=2000-,3000-", 416, [], id="both behind the end"),
        pytest.param(1000, "bytes=0-4,x", 200, [(0, 1000)], id="one of two is none"),
        pytest.param(1000, "bytes=" + "0-," * 9, 200, [(0, 1000)], id="too many"),
        pytest.param(1000, "bytes=" + "9" * 5000 + "-", 200, [(0, 1000)], id="a number to do harm"),
        pytest.param(HOURS, "bytes=85899345920-", 206, [(85899345920, HOURS)], id="many hours in"),
        pytest.param(1000, "bytes=٠-٩", 200, [(0, 1000)], id="digits of another script"),
    ],
)
def test_what_is_sent(size, asked, status, slices):
    answer = answer_range(size, asked)

    assert (answer.status, [(each.start, each.end) for each in answer.slices]) == (status, slices)


@pytest.mark.parametrize(
    ("if_range", "status"),
    [
        pytest.param(None, 206, id="not asked"),
        pytest.param(TAG, 206, id="the same recording"),
        pytest.param('"other"', 200, id="another recording"),
        pytest.param(f"W/{TAG}", 200, id="a weak tag never matches"),
        pytest.param("Mon, 02 Mar 2026 12:00:00 GMT", 200, id="a date says nothing to us"),
    ],
)
def test_a_part_is_sent_only_of_the_recording_that_is_meant(if_range, status):
    assert answer_range(1000, "bytes=0-4", if_range=if_range, etag=TAG).status == status


def test_the_headers_of_one_part():
    said = answer_range(1000, "bytes=500-").headers("video/mp4")

    assert said == {
        "Accept-Ranges": "bytes",
        "Content-Type": "video/mp4",
        "Content-Range": "bytes 500-999/1000",
        "Content-Length": "500",
    }


def test_the_headers_of_nothing_say_how_long_it_is():
    said = answer_range(1000, "bytes=1000-").headers("video/mp4")

    assert said["Content-Range"] == "bytes */1000"
    assert said["Content-Length"] == "0"


def test_several_parts_are_told_apart_and_their_length_is_true():
    whole = bytes(range(256)) * 4
    answer = answer_range(len(whole), "bytes=0-4,100-109")

    body = b"".join(
        part if isinstance(part, bytes) else whole[part.start : part.end]
        for part in answer.parts("video/mp4", "xyz")
    )
    said = answer.headers("video/mp4", "xyz")
    assert said["Content-Type"] == "multipart/byteranges; boundary=xyz"
    assert int(said["Content-Length"]) == len(body)
    assert body.count(b"--xyz\r\n") == 2
    assert b"Content-Range: bytes 100-109/1024\r\n\r\n" + whole[100:110] in body
    assert body.endswith(b"--xyz--\r\n")


@given(some.integers(0, HOURS), some.text("0123456789-,= bytes", max_size=40))
def test_no_header_leads_past_the_file_or_sends_a_byte_twice(size, rest):
    answer = answer_range(size, f"bytes={rest}")

    places = sorted((each.start, each.end) for each in answer.slices)
    assert all(0 <= start <= end <= size for start, end in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))
    assert answer.slices == (Slice(0, size),) or answer.status != 200
