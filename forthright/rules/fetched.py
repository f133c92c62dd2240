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


def is_all_of_it(pieces: Sequence[Sequence[int]], size: int) -> bool:
    """Say whether pieces are every byte of a file of a size."""
    return any(first <= 0 and behind >= size for first, behind in pieces)
