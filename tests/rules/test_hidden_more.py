"""Hidden more is more than before, and nothing less."""

import pytest

from forthright.rules.hidden_more import hidden_since, shown_again

TEXT = "Rose saw it on 3 May 2026, in Elm Row."
ROSE, DAY, ROW = (0, 4), (15, 25), (30, 37)


@pytest.mark.parametrize(
    ("before", "now", "again", "since"),
    [
        ([ROSE, DAY], [ROSE, DAY], [], []),
        ([ROSE, DAY], [ROSE, DAY, ROW], [], ["Elm Row"]),
        ([ROSE, DAY], [ROSE, ROW], ["3 May 2026"], ["Elm Row"]),
        ([ROSE, DAY], [ROSE], ["3 May 2026"], []),
        # A place that grew hides all that it hid, one that shrank does not.
        ([DAY], [(12, 25)], [], ["on"]),
        ([DAY], [(17, 25)], ["3"], []),
        # Two places joined into one, and one cut in two at a blank.
        ([(15, 16), (17, 20)], [(15, 20)], [], []),
        ([(15, 20)], [(15, 16), (17, 20)], [], []),
        # A stop or a blank more is nothing more.
        ([DAY], [(14, 26)], [], []),
        ([], [ROSE], [], ["Rose"]),
        ([], [], [], []),
        # A place past the end of the words hides nothing.
        ([], [(36, 90)], [], ["w"]),
    ],
)
def test_what_is_shown_again_and_what_is_hidden_since(before, now, again, since):
    assert shown_again(TEXT, before, now) == again
    assert hidden_since(TEXT, before, now) == since
