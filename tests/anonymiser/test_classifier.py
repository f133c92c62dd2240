"""Windows that the model reads: whole paragraphs where they may stand apart, laid over else."""

from itertools import pairwise

import pytest

from forthright.anonymiser.classifier import SHORT, Window, breaks_in, classifier, windows

MOST, OVERLAP = 254, 32


def told(size, breaks=()):
    return list(windows(size, breaks, most=MOST, overlap=OVERLAP))


@pytest.mark.parametrize(
    ("size", "breaks", "expected"),
    [
        (0, [], []),
        (10, [], [Window(0, 10, 0, 10)]),
        (10, [4], [Window(0, 10, 0, 10)]),
        (SHORT + 1, [40, 100], [Window(0, 100, 0, 100), Window(100, 127, 100, 127)]),
        # A paragraph that is too long to stand beside others stands by itself.
        (300, [20, 220], [Window(0, 20, 0, 20), Window(20, 220, 20, 220),
                          Window(220, 300, 220, 300)]),
        # What is not to be read apart is read as long windows.
        (254, [], [Window(0, 254, 0, 254)]),
        (255, [], [Window(0, 254, 0, 238), Window(222, 255, 238, 255)]),
        (600, [10], [Window(0, 10, 0, 10), Window(10, 264, 10, 248), Window(232, 486, 248, 470),
                     Window(454, 600, 470, 600)]),
    ],
)  # fmt: skip
def test_windows_hold_whole_paragraphs(size, breaks, expected):
    assert told(size, breaks) == expected


@pytest.mark.parametrize("size", [1, 126, 127, 253, 254, 255, 476, 477, 1_001])
@pytest.mark.parametrize("step", [7, 90, 300, 5_000])
def test_each_piece_is_answered_for_once(size, step):
    found = told(size, range(step, size, step))

    assert found[0].first == 0
    assert found[-1].last == size
    assert all(before.last == after.first for before, after in pairwise(found))
    assert all(each.start <= each.first < each.last <= each.end for each in found)
    assert all(each.end - each.start <= MOST for each in found)


def test_a_paragraph_ends_where_a_line_is_left_empty():
    text = "Dear Ms Okafor\n\nHe pleaded\nguilty.\n \nYours"
    places = classifier().vocabulary.cut(text).places
    begins = [text[places[number][0] :].split(maxsplit=1)[0] for number in breaks_in(text, places)]

    assert begins == ["He", "Yours"]


def test_a_paragraph_that_is_read_apart_is_read_as_if_it_were_alone():
    first = "He pleaded guilty at court. " * 12
    second = "Ms Okafor of Wrexley told us so."
    whole = f"{first}\n\n{'They rang twice. ' * 40}\n\n{second}"
    alone = [(each.kind, round(each.chance, 5)) for each in classifier().pieces(second, least=0.3)]

    apart = list(classifier().pieces(whole, least=0.3, apart=True))[-len(alone) :]

    assert alone
    assert [(each.kind, round(each.chance, 5)) for each in apart] == alone
