"""Times inside a recording are written as its player shows them, and read as people write them."""

import pytest

from forthright.rules.media_clock import NotATime, clock_words, played_at_most, read_clock


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0:00:00.000"),
        (12.5, "0:00:12.500"),
        (59.9996, "0:01:00.000"),
        (3723.04, "1:02:03.040"),
        (360_000, "100:00:00.000"),
    ],
)
def test_a_time_is_shown_and_read_again(seconds, words):
    assert clock_words(seconds) == words
    assert read_clock(words) == pytest.approx(seconds, abs=0.001)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("12", 12), (" 2:03 ", 123), ("1:02:03.5", 3723.5), ("75:10", 4510), ("90.25", 90.25)],
)
def test_people_write_less(text, seconds):
    assert read_clock(text) == seconds


@pytest.mark.parametrize("text", ["", "soon", "-1", "1:60", "1:75:10", "1:2:3:4", "1.2345", "1,5"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(NotATime, match="like"):
        read_clock(text)


@pytest.mark.parametrize(
    ("said", "lasts", "since", "noted"),
    [
        (60, 90.0, 60, 60),
        (86_400, 90.4, 3600, 92),
        (86_400, None, 30, 121),
        (90, 90.0, 23, 90),
        (500, 600.0, 10, 41),
        (1, None, 0, 1),
        (5, None, 0, 1),
        (5, 0.2, 60, 2),
    ],
)
def test_no_more_is_played_than_a_recording_lasts_nor_than_there_was_time_for(
    said, lasts, since, noted
):
    assert played_at_most(said, lasts=lasts, since=since) == noted
