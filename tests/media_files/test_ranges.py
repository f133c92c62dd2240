"""Which part of a file a browser gets."""

import pytest

from forthright.media_files.ranges import NoSuchPart, part_asked_for


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("", None),
        ("bytes=0-", (0, 1000)),
        ("bytes=0-0", (0, 1)),
        ("bytes=200-299", (200, 300)),
        ("bytes=200-99999", (200, 1000)),
        ("bytes=-100", (900, 1000)),
        ("bytes=-5000", (0, 1000)),
        ("bytes=0-1,5-6", None),
        ("bytes=-", None),
        ("lines=1-2", None),
    ],
)
def test_the_part_that_is_asked_for(header, part):
    assert part_asked_for(header, 1000) == part


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=9-3", "bytes=-0"])
def test_a_part_that_is_not_there(header):
    with pytest.raises(NoSuchPart):
        part_asked_for(header, 1000)
