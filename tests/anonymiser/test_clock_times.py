"""Times by the clock stay in a letter, and days beside them do not."""

import pytest

from forthright.anonymiser.letters import anonymise


def of_letter(said):
    return anonymise(f"Dear reader\n\n{said}\n\nYours sincerely").text.split("\n\n")[1]


@pytest.mark.parametrize(
    "said",
    [
        "He came at 2.30 pm.",
        "He came at 2.30pm.",
        "He came at 2:30 pm.",
        "It was between 4.15 pm and 4.45 pm.",
        "It was between 4.15 and 4.45 pm.",
        "It was from 10.15-11.00 a.m. that day.",
        "The door was shut at 3.10 a.m. and 3.10a.m. by the clock.",
        "You rang at 9.05\u00a0am and 7 p.m. that day.",
        "He came at 14.30 hrs and at 1430 hours.",
        "He came at 2.30 in the afternoon.",
        "He came at 12 noon.",
        "You rang at ten to five.",
    ],
)
def test_a_time_by_the_clock_stays(said):
    assert of_letter(said) == said


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ("He came at 2.30 pm on 4 May 2025.", "4 May 2025"),
        ("He came on 12.05.25 pm.", "12.05.25"),
        ("He came on Monday 12 May at 2.30 pm.", "Monday 12 May"),
        ("Ring 01632 960 101 at 2.30 pm.", "01632 960 101"),
        ("He is 31 and came at 9 pm.", "31"),
    ],
)
def test_what_stands_beside_a_time_is_hidden(said, hidden):
    assert hidden in said
    assert hidden not in of_letter(said)
