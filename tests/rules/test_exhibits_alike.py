"""Two recordings of a kind without a reference are told apart by what is told of them."""

import pytest

from forthright.rules.exhibits_named import exhibits_in, not_read_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ABE interview of Karen Adams\nABE interview of Chloe Barnes",
         ["ABE interview", "ABE interview (2)"]),
        ("999 call from Mrs Okafor\n999 call from Mr Khan", ["999 call", "999 call (2)"]),
        ("Mrs Adams gave an ABE interview on 3 May. Her sister gave an ABE interview on 5 May.",
         ["ABE interview", "ABE interview (2)"]),
        ("ABE RMK-1\nABE RMK-2", ["ABE", "ABE (2)"]),
        # The same once more, or less of it, is one.
        ("ABE interview of Karen Adams\nABE interview of Karen Adams", ["ABE interview"]),
        ("ABE interview: yes\nABE interview of Karen Adams", ["ABE interview"]),
        ("The ABE interview of Karen Adams. Adams gave an ABE interview.", ["ABE interview"]),
        ("There is an ABE interview. The ABE interview shows that Marsden ran.",
         ["ABE interview"]),
        # "(2)" counts on from what a form before it named.
        ("ABE interview of Ann Lee\nABE interview of Jo Fox\nABE interview of Bo Orr",
         ["ABE interview", "ABE interview (2)", "ABE interview (3)"]),
        # A log of a viewing is of one recording.
        ("CCTV from the shop\n20:59 CCTV camera 1 shows Marsden\n21:03 CCTV camera 3 shows Khan",
         ["CCTV from the shop"]),
        ("BWV at 21:10\nBWV at 21:14\nBWV at 21:20", ["BWV"]),
        ("ABE of Ms Adams is outstanding.\nABE interview of Ms Barnes has been taken.",
         ["ABE", "ABE interview"]),
        ("ABE interview of Ms Adams and ABE interview of Ms Barnes",
         ["ABE interview", "ABE interview (2)"]),
    ],
)  # fmt: skip
def test_two_without_a_reference_are_told_apart_by_what_is_told_of_them(text, found):
    assert [each.reference for each in exhibits_in(text)] == found


def test_another_than_the_register_has_is_one_more():
    (known,) = exhibits_in("ABE interview of Karen Adams")

    (again,) = exhibits_in("Karen Adams’s ABE interview", [known])
    (other,) = exhibits_in("ABE interview of Chloe Barnes", [known])

    assert (again.key, again.like) == (known.key, "")
    assert (other.reference, other.like) == ("ABE interview (2)", "ABE interview")


@pytest.mark.parametrize(
    ("text", "found", "lines"),
    [
        ("CCTV: High Street\nCCTV footage: Low Road", ["CCTV footage"], ("CCTV: High Street",)),
        # By the same number, or none, nobody can tell.
        ("CCTV camera 1, Elm Road\nCCTV camera 1, Oak Road",
         ["CCTV"], ("CCTV camera 1, Oak Road",)),
        ("CCTV shows Marsden\nCCTV shows Khan", ["CCTV"], ("CCTV shows Khan",)),
        # A line that tells what is seen is named once for each camera that is not known.
        ("CCTV camera 1 at 21:00\nCCTV camera 2 at 21:00\nCCTV camera 2 at 21:05",
         ["CCTV"], ("CCTV camera 2 at 21:00",)),
        ("CCTV camera 1\nCCTV camera 2: a man enters",
         ["CCTV"], ("CCTV camera 2: a man enters",)),
        ("CCTV camera 1\nCCTV camera 1: a man enters", ["CCTV"], ()),
        ("CCTV camera 1\nCCTV camera 2 was not working", ["CCTV"], ()),
        ("CCTV shows Marsden\nThe CCTV shows Khan", ["CCTV"], ()),
    ],
)  # fmt: skip
def test_a_line_that_may_be_of_another_camera_is_named(text, found, lines):
    assert [each.reference for each in exhibits_in(text)] == found
    assert not_read_in(text).lines == lines


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("CCTV camera 1\nCCTV camera 2, front door", ["CCTV", "CCTV (2)"]),
        ("CCTV camera 1 and CCTV camera 2", ["CCTV", "CCTV (2)"]),
        ("CCTV 1\nCCTV 2 – rear", ["CCTV", "CCTV (2)"]),
        ("Camera 1 CCTV\nCam 02 of the CCTV", ["CCTV", "CCTV (2)"]),
        ("CCTV camera no. 1\nCCTV camera number 2", ["CCTV", "CCTV (2)"]),
        ("CCTV camera A\nCCTV camera B", ["CCTV", "CCTV (2)"]),
        ("CCTV No 1\nCCTV No 2\nCCTV no. 2", ["CCTV", "CCTV (2)"]),
        ("CCTV front\nCCTV rear\nRear CCTV", ["CCTV", "CCTV (2)"]),
        ("CCTV channel 1\nCCTV ch 1", ["CCTV"]),
        ("CCTV camera 1, 20:00-21:00\nCCTV camera 2, 20:00-21:00", ["CCTV", "CCTV (2)"]),
        ("CCTV front door\nCCTV rear entrance\nCCTV back door", ["CCTV", "CCTV (2)"]),
        ("CCTV: 14 High Street\nCCTV: 16 High Street", ["CCTV", "CCTV (2)"]),
        ("CCTV: 14 High Street\nCCTV footage: 16 Low Road", ["CCTV", "CCTV footage"]),
        ("CCTV from Boots camera 1\nCCTV from Boots camera 2",
         ["CCTV from Boots", "CCTV from Boots (2)"]),
        # What a line before left open may be the first of them.
        ("CCTV: yes\nCCTV camera 1\nCCTV camera 2", ["CCTV", "CCTV (2)"]),
        # The same once more, or some of it, is one.
        ("CCTV camera 1\nCCTV camera 1, front door", ["CCTV"]),
        ("CCTV camera 1\nCCTV cam 01", ["CCTV"]),
        ("CCTV cameras 1-4\nCCTV camera 3", ["CCTV"]),
        ("CCTV cameras 1, 2 and 5\nCCTV camera 2", ["CCTV"]),
        ("CCTV: 14 High Street\nCCTV: 14 High St", ["CCTV"]),
        ("CCTV camera 2\nCCTV front door", ["CCTV"]),
        # Numbers of something else, and what tells of a viewing or of nothing.
        ("CCTV 2 discs\nCCTV 3 discs", ["CCTV"]),
        ("CCTV 12/05/2026\nCCTV 13/05/2026", ["CCTV"]),
        ("CCTV camera 1\nCCTV camera 2 shows a man", ["CCTV"]),
        ("CCTV camera 1\n21:03 CCTV camera 2", ["CCTV"]),
        ("CCTV camera 1\nCCTV camera 2 was not working", ["CCTV"]),
        ("CCTV camera 1\nCCTV camera 2: a man enters", ["CCTV"]),
    ],
)  # fmt: skip
def test_another_camera_or_place_that_is_listed_is_one_more(text, found):
    assert [each.reference for each in exhibits_in(text)] == found


def test_another_camera_than_the_register_has_is_one_more():
    (known,) = exhibits_in("CCTV camera 1")

    (again,) = exhibits_in("CCTV camera 1, rear", [known])
    (other,) = exhibits_in("CCTV camera 2, front door", [known])

    assert (again.key, again.like) == (known.key, "")
    assert (other.reference, other.like) == ("CCTV (2)", "CCTV")


def test_of_very_many_ten_are_told_apart_and_twenty_lines_are_named():
    text = "\n".join(
        f"999 call from Ms {'ABCDEFGHIJ'[i % 10]}a{'bcdefgh'[i // 10]}" for i in range(60)
    )

    assert len(exhibits_in(text)) == 10
    assert len(not_read_in(text).lines) == 20
