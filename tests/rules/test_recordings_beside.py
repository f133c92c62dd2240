"""Everyday words right beside a reference say that it is a recording; further off they do not."""

import pytest

from forthright.rules.exhibits_named import exhibits_in


def read(text):
    return [(e.reference, e.kind) if e.looks_recorded else e.reference for e in exhibits_in(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Miss Hall rang 999; the recording is exhibit CAD/3.", [("CAD/3", "OTHER")]),
        ("PC Lowe produces the recording as exhibit PL/9", [("PL/9", "OTHER")]),
        ("CAD/3: the recording", [("CAD/3", "OTHER")]),
        ("The recording is exhibit no CAD/3.", [("CAD/3", "OTHER")]),
        ("Ring doorbell (exhibit no PL/4)", [("PL/4", "CCTV")]),
        ("The recording is exhibit CAD/3, which PC N Hall produced", [("CAD/3", "OTHER")]),
        ("The clip by PC Lowe is exhibit AA/2", [("AA/2", "OTHER")]),
        ("A neighbour's Ring doorbell (exhibit PL/4) shows them leaving.", [("PL/4", "CCTV")]),
        ("Ring doorbell at 14 Elm Row (exhibit PL/4) shows it", [("PL/4", "CCTV")]),
        ("Dash cam footage from Mr Patel (exhibit RP/25) and second clip RP/26",
         [("RP/25", "DASHCAM"), ("RP/26", "OTHER")]),
        ("The Cellebrite download of the iPhone is exhibit KH/18.", [("KH/18", "PHONE")]),
        ("KH/18 Cellebrite download of the iPhone", [("KH/18", "PHONE")]),
        ("The download of her phone is exhibit KL/9", [("KL/9", "PHONE")]),
    ],
)  # fmt: skip
def test_right_beside_it_they_say_what_it_is(text, found):
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The photograph of the Ring doorbell (exhibit PL/4)", ["PL/4"]),
        ("There is no recording, exhibit JS/1 is a knife", ["JS/1"]),
        ("No recording was made; exhibit AB/8 is his note", ["AB/8"]),
        ("The recording log is exhibit CAD/3", ["CAD/3"]),
        ("Transcript of the recording is exhibit AB/4", ["AB/4"]),
        ("Stills from the recording JS/9", ["JS/9"]),
        ("A still as AJT/2, recording at noon", ["AJT/2"]),
        ("She filmed him with the knife, exhibit JS/7", ["JS/7"]),
        ("PC Khan seized the clip and the knife JS/10", ["JS/10"]),
        ("JS/12 is the knife seen in the recording", ["JS/12"]),
        ("A magazine clip AB/7 and a tie clip AB/9", ["AB/7", "AB/9"]),
        ("KH/18 Cellebrite extraction report", ["KH/18"]),
        ("CCTV clip AB/1 and knife JS/7", [("AB/1", "CCTV"), "JS/7"]),
        ("The recording is on a disc; the disc is exhibit AA/1", ["AA/1"]),
        ("Recording AB/1: N", ["AB/1"]),
        ("Recording AB/1: not obtained", ["AB/1"]),
        ("There was no second recording, exhibit AB/3", ["AB/3"]),
        ("AB/1 recording sheet", ["AB/1"]),
        ("Notes of the recording AB/1", ["AB/1"]),
        ("Report on the recording exhibited as AB/9", ["AB/9"]),
        ("The gun and its clip, AB/7", ["AB/7"]),
        ("AB/4, a clip board", ["AB/4"]),
    ],
)
def test_of_a_paper_of_nothing_and_further_off_they_do_not(text, found):
    assert read(text) == found
