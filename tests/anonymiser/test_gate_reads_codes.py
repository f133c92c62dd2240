"""The gate reads what a program writes by its number, and names with their middle left out."""

import pytest

from forthright.anonymiser.gate import decoded, left_in
from forthright.anonymiser.known import Known, KnownPerson, KnownWords
from forthright.anonymiser.spans import Kind

KNOWN = Known(
    people=(KnownPerson("the defendant", "Robert", "Baker"),
            KnownPerson("the witness", "Una", "Featherstonehaugh")),
    words=(KnownWords(Kind.ADDRESS, "DY10 2AB"), KnownWords(Kind.PLACE, "Kidderminster"),
           KnownWords(Kind.PLACE, "Westhill")),
)  # fmt: skip
HELD = [
    "&#66;aker", "&#x42;aker", "&amp;#66;aker", "%42aker", "%2542aker", "\\u0042aker", "\\x42aker",
    "B&shy;aker", "Kidder&#109;inster", "D Y 1 0 2 A B", "D.Y.1.0. 2.A.B", "DY 10 2 AB",
    "K'minster", "K’minster", "Kidd'ster’s", "F'haugh",
]  # fmt: skip
STAYS = [
    "100% of 5%20 cases", "AT&T, R&D; and 5 &gt; 3", "\\user\\xylophone", "I’m here and you’re not",
    "D Y", "O’Brien’s ministers", "We’ll", "&nbsp;&amp;",
]  # fmt: skip


@pytest.mark.parametrize("said", HELD)
def test_the_gate_stops_at_what_reads_as_something_known(said):
    assert left_in([("the letter", f"I spoke to {said} about it.")], KNOWN)


@pytest.mark.parametrize("said", STAYS)
def test_the_gate_stops_at_nothing_else(said):
    assert left_in([("the letter", f"I wrote {said} on it.")], KNOWN) == []


def test_what_stands_plainly_is_told_once():
    left = left_in([("the letter", "Baker &amp; Baker")], KNOWN)

    assert [each.words for each in left] == ["Baker", "Baker"]


def test_no_text_makes_the_reading_fall_over():
    assert decoded("%zz &#xffffffff; \\ud800 &#0;") is not None
    assert left_in([("the letter", "%zz &#xffffffff; \\ud800 &#0; \\uD83D")], KNOWN) == []
