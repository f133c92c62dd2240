"""Which bytes of a file were fetched, piece by piece, and whether that is all of it."""

from collections.abc import Iterable, Sequence

# More pieces than a player that is led to and fro leaves; beyond, the shortest are forgotten.
MOST_PIECES = 200


def fetched_with(known: Iterable[Sequence[int]], start: int, end: int) -> list[list[int]]:
    """Return the pieces that were fetched with one more, from its first byte to behind its last.

    Pieces that touch are one. Where there are very many, the shortest are left out, so that less is
    said to have been fetched than was, and never more.
    """
    pieces: list[list[int]] = []
    for first, behind in sorted([*((each[0], each[1]) for each in known), (start, end)]):
        if behind <= first:
            continue
        if pieces and first <= pieces[-1][1]:
            pieces[-1][1] = max(pieces[-1][1], behind)
        else:
            pieces.append([first, behind])
    longest = sorted(pieces, key=lambda each: each[0] - each[1])[:MOST_PIECES]
    return sorted(longest)


# So much of it shows or lets hear something; less is what a player looks into to see how it plays.
BEGINS_TO_PLAY = 256 * 1024


def has_begun_to_play(pieces: Sequence[Sequence[int]], size: int) -> bool:
    """Say whether so many bytes went out that something can have been seen or heard.

    Of less than `BEGINS_TO_PLAY` bytes it is all of them.
    """
    return bytes_of(pieces) >= min(size, BEGINS_TO_PLAY)


def percent_of(pieces: Sequence[Sequence[int]], size: int) -> int:
    """Return how much of a file pieces are, in whole parts of a hundred, rounded down."""
    return 100 * bytes_of(pieces) // size if size else 0


def bytes_of(pieces: Sequence[Sequence[int]]) -> int:
    """Return how many bytes pieces are that nowhere lie over each other."""
    return sum(behind - first for first, behind in pieces)


def is_all_of_it(pieces: Sequence[Sequence[int]], size: int) -> bool:
    """Say whether pieces are every byte of a file of a size."""
    return any(first <= 0 and behind >= size for first, behind in pieces)
