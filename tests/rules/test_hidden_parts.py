"""No piece that somebody holds shows what another piece of the same recording hides."""

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from forthright.rules.hidden_parts import Covering, Part, Piece, first_laid_bare, laid_bare

ONE = frozenset({"one"})
OTHER = frozenset({"other"})
BLANK, BLUR, MUTE = Covering


def hidden(how=BLUR, start=1.0, end=3.0, *box):
    return Part(how, start, end, *box)


def piece(*hides, of=ONE, **span):
    return Piece(of, hides, **span)


FACE = (0.1, 0.1, 0.4, 0.4)
COPY = piece(hidden(BLUR, 1, 3, *FACE))


@pytest.mark.parametrize(
    ("other", "is_shown"),
    [
        (piece(), True),
        (piece(start=1, end=3), True),
        (piece(start=0, end=1.5), True),
        (piece(start=2.9, end=9), True),
        (piece(start=3, end=9), False),
        (piece(start=0, end=1), False),
        (piece(of=OTHER), False),
        (piece(of=ONE | OTHER), True),
        (piece(hidden(MUTE, 1, 3)), True),
        (piece(hidden(BLUR, 1, 3, *FACE)), False),
        (piece(hidden(BLUR, 0, 9, 0, 0, 1, 1)), False),
        (piece(hidden(BLANK, 1, 3, *FACE)), False),
        (piece(hidden(BLUR, 1, 2.5, *FACE)), True),
        (piece(hidden(BLUR, 1, 3, 0.1, 0.1, 0.3, 0.4)), True),
        (piece(hidden(BLUR, 1, 2, *FACE), hidden(BLANK, 2, 3, *FACE)), False),
        (piece(hidden(BLUR, 1, 3, 0.1, 0.1, 0.2, 0.4), hidden(BLUR, 1, 3, 0.3, 0, 0.2, 1)), False),
        (piece(hidden(BLUR, 1, 3, *FACE), start=2, end=9), False),
        (piece(hidden(BLUR, 2, 3, *FACE), start=2, end=9), False),
        (piece(hidden(BLUR, 2.5, 3, *FACE), start=2, end=9), True),
    ],
    ids=[
        "all of it", "a clip of just that", "a clip that ends in it", "a clip that begins in it",
        "a clip after it", "a clip before it", "another recording", "the same bytes elsewhere",
        "a copy that is only silent", "the same copy", "a copy that hides more", "black over it",
        "hidden for less long", "a narrower part", "two that follow", "two side by side",
        "a clip of the copy", "a clip that hides what it shows of it", "a clip that hides less",
    ],
)  # fmt: skip
def test_what_another_piece_shows_of_what_is_hidden(other, is_shown):
    assert (laid_bare(COPY, other) is not None) is is_shown


def test_patches_do_not_hide_what_is_black():
    assert laid_bare(piece(hidden(BLANK, 1, 3, *FACE)), COPY) is not None


def test_silence_is_of_the_sound_wherever_in_the_picture_it_says():
    silent = piece(hidden(MUTE, 1, 3))

    assert laid_bare(silent, piece(hidden(MUTE, 1, 3, *FACE))) is None
    assert laid_bare(silent, piece(hidden(BLANK, 1, 3))) is not None


def test_it_says_which_piece_shows_what_and_when():
    clip = piece(start=2, end=9)

    found = first_laid_bare([clip], [COPY])

    assert (found.hiding, found.showing) == (COPY, clip)
    assert (found.part, found.start, found.end) == (COPY.hides[0], 2, 3)


@pytest.mark.parametrize(
    ("held", "new"),
    [([COPY], [piece()]), ([piece()], [COPY]), ([], [COPY, piece(start=1, end=3)]),
     ([], [piece(start=1, end=3), COPY]), ([COPY], [piece(hidden(MUTE, 1, 3))])],
)  # fmt: skip
def test_it_is_asked_both_ways_round_and_within_one_act(held, new):
    assert first_laid_bare(held, new) is not None


def test_what_somebody_holds_already_stands_in_the_way_of_nothing_else():
    assert first_laid_bare([COPY, piece(start=1, end=3)], [piece(of=OTHER)]) is None


# Everything on a grid of whole numbers and quarters, so that each cell is hidden or shown as one.
TIMES, SIDES = range(6), [0.0, 0.25, 0.5, 0.75, 1.0]


@st.composite
def parts(draw):
    start, end = sorted(draw(st.lists(st.sampled_from(TIMES), min_size=2, max_size=2, unique=True)))
    sides = st.lists(st.sampled_from(SIDES), min_size=2, max_size=2, unique=True)
    (left, right), (top, bottom) = sorted(draw(sides)), sorted(draw(sides))
    return Part(draw(st.sampled_from(Covering)), start, end, left, top, right - left, bottom - top)


@st.composite
def pieces(draw):
    hides = tuple(draw(st.lists(parts(), max_size=3)))
    if draw(st.booleans()):
        return Piece(ONE, hides)
    start, end = sorted(draw(st.lists(st.sampled_from(TIMES), min_size=2, max_size=2, unique=True)))
    return Piece(ONE, hides, start, end)


def how_hidden(one, moment, x, y):
    """Return how strongly a piece hides picture and sound of one moment; none that it lacks."""
    if not one.start <= moment <= one.end:
        return None
    over = [each for each in one.hides if each.start <= moment <= each.end]
    here = {
        each.how for each in over
        if each.left <= x <= each.left + each.width and each.top <= y <= each.top + each.height
    }  # fmt: skip
    picture = 2 if BLANK in here else int(BLUR in here)
    return picture, int(any(each.how is MUTE for each in over))


@given_any(st.lists(pieces(), min_size=1, max_size=6))
def test_whatever_is_given_the_pieces_together_show_nothing_that_one_of_them_hides(offered):
    held = []
    for each in offered:
        if first_laid_bare(held, [each]) is None:
            held.append(each)

    for moment in (each + 0.5 for each in TIMES[:-1]):
        for x in (0.125, 0.375, 0.625, 0.875):
            for y in (0.125, 0.375, 0.625, 0.875):
                said = [how_hidden(each, moment, x, y) for each in held]
                shown = [each for each in said if each is not None]
                assert len(set(shown)) <= 1


@given_any(pieces(), pieces())
def test_two_pieces_are_refused_only_where_one_shows_what_the_other_hides(one, other):
    points = [
        (how_hidden(one, moment + 0.5, x, y), how_hidden(other, moment + 0.5, x, y))
        for moment in TIMES[:-1]
        for x in (0.125, 0.375, 0.625, 0.875)
        for y in (0.125, 0.375, 0.625, 0.875)
    ]
    differ = any(a != b for a, b in points if a is not None and b is not None)
    # What a clip hides of the seconds that it leaves out is hidden as well.
    beyond = any(
        part.start < each.start or part.end > each.end for each in (one, other)
        for part in each.hides
    )  # fmt: skip

    assert beyond or (first_laid_bare([one], [other]) is not None) is differ
