"""Where an address stands on the sheet, worked out from the measures of the envelope."""

from datetime import date

import pytest

from forthright.rules.contact_lock import Way
from forthright.rules.envelopes import shown_at, window_for

TODAY = date(2026, 11, 26)


def test_a_dl_window_shows_these_parts_of_a_folded_sheet():
    low, high = shown_at(TODAY)

    assert (low.top, low.bottom, high.top, high.bottom) == (46, 81, 57, 92)
    assert (low.left, low.right) == (20, 100)


def test_the_address_stands_in_what_is_shown_with_two_millimetres_kept_clear():
    ours, notify = window_for(Way.PRINT, TODAY), window_for(Way.NOTIFY_LETTER, TODAY)

    assert (ours.top, ours.bottom, ours.right, ours.most_lines) == (48, 79, 98, 8)
    assert (notify.top, notify.bottom, notify.right, notify.most_lines) == (39.5, 66.3, 120, 7)
    assert ours.first_line(8) >= 48
    assert ours.first_line(5) >= 59
    assert notify.first_line(2) == 39.5


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("4 Quarry Close", 1),
        ("The Victim Support and Advice Centre, Lower Ground Floor", 2),
        ("WWWWWWWWWWWWW MMMMMMMMMMMMMM", 2),
        ("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", 1),
    ],
)
def test_a_line_that_is_too_long_is_cut_between_words(line, count):
    cut = window_for(Way.PRINT, TODAY).fitted([line])

    assert len(cut) == count
    assert " ".join(cut) == line
