"""What a part of a Word file says, in each reading in which somebody may see it.

Words that were taken out, put in, moved or hidden stand among the others in the file, and beside
them a name is no word: “them”, struck out, and “Osei”, put in, are “themOsei” there. So a line is
read with all that it holds, and once for each way of looking at it, without what that leaves out.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple

from forthright.letter_files.reading import FileRefused
from forthright.letter_files.word_pieces import SIGN, TRIMMED, Line, Piece, lines_of
from forthright.letter_files.word_unseen import PLAIN, RAISED

# A letter with changes of three people has less of both. Work is each piece of a line that is read
# in one way, whether or not it says anything new so, and each letter that is to be searched.
MOST_READINGS = 512
MOST_WORK = 10_000_000
TOO_MANY = (
    "Its changes and hidden words can be read in more ways than can be searched. Accept or reject "
    "the changes in Word, take out what is hidden, save it, and search it again."
)
# At their borders no blank is read: “14th”, and what a program wrote beside its own blank.
NO_BORDERS = frozenset((RAISED, TRIMMED, SIGN))


class _Way(NamedTuple):
    """A way to look at a line."""

    # Whose changes are made; None where all is read, what was taken out and what was put in.
    made: frozenset[str] | None
    left_out: frozenset[str]
    # Which of several ways to show one thing.
    shown: int

    def says(self, piece: Piece) -> str:
        """Return what a piece says, seen so."""
        if any(at != min(self.shown, of - 1) for at, of in piece.ways):
            return ""
        if self.made is not None and not (
            piece.put_in <= self.made and self.made.isdisjoint(piece.taken_out)
        ):
            return ""
        gone = self.left_out & piece.marks
        # A sign that is no letter stands between words.
        return piece.words if not gone else " " if gone == {SIGN} else ""


def readings_of(root: Any, hiding: frozenset[str] = PLAIN) -> Iterator[list[str]]:
    """Yield the lines of a part with all that they hold, then those that another reading changes.

    In the second and each further reading a line stands where it stood in the first. Lines beside
    a changed one are there too, as what they say may go on in it; all others are empty.

    :raises FileRefused: if there are more readings than can be searched
    """
    work = 0
    first: list[str] = []
    others: dict[int, dict[int, str]] = {}
    for line in lines_of(root, hiding):
        ways = list(_ways_of(line))
        work = _within(work + len(ways) * len(line))
        readings = _readings_of_line(line, ways)
        if not any(said.strip() for said in readings.values()):
            continue
        for number, said in readings.items():
            if number:
                others.setdefault(number, {})[len(first)] = said
                work = _within(work + len(said))
        first.append(readings[0])
    yield first
    for number in sorted(others):
        reading = _with_neighbours(others[number], first)
        # What was changed in it is counted; its neighbours may be far longer.
        beside = sum(map(len, reading)) - sum(map(len, others[number].values()))
        work = _within(work + beside)
        yield reading


def _within(work: int) -> int:
    if work > MOST_WORK:
        raise FileRefused(TOO_MANY)
    return work


def _with_neighbours(changed: dict[int, str], first: Sequence[str]) -> list[str]:
    shown = {at + by for at in changed for by in (-1, 0, 1)}
    return [
        changed.get(at, said) if at in shown else "\n" * said.count("\n")
        for at, said in enumerate(first)
    ]


def _readings_of_line(line: Line, ways: Sequence[_Way]) -> dict[int, str]:
    """Return each reading of a line by its number; those that say what one before says are out."""
    readings = {0: _read(line, ways[0])}
    if len(ways) == 1 and not any(each.is_border for each in line):
        return readings
    told = {" ".join(readings[0].split())}
    others = [*(_read(line, way) for way in ways[1:]), _read_apart(line)]
    for number, said in enumerate(others, 1):
        words = " ".join(said.split())
        if words and words not in told:
            readings[number] = said
            told.add(words)
    return readings


def _read(line: Line, way: _Way) -> str:
    """Return a line as it is seen so, with as many ends in it as it ever has."""
    said = "".join(map(way.says, line))
    return said + "\n" * (sum(each.words == "\n" for each in line) - said.count("\n"))


def _read_apart(line: Line) -> str:
    """Return all that a line holds, with a blank wherever it begins to be seen otherwise."""
    pieces: list[str] = []
    before: Piece | None = None
    for each in line:
        like = each._replace(words="", marks=each.marks - NO_BORDERS)
        if each.is_border or (before is not None and like != before):
            pieces.append(" ")
        pieces.append(each.words)
        before = before if each.is_border else like
    return "".join(pieces)


def _ways_of(line: Line) -> Iterator[_Way]:
    """Yield each way to look at a line; the first shows all but its second ways to be shown.

    Whoever has made changes sees them made, and others may see theirs alone, or all but theirs.
    """
    marks = frozenset().union(*{each.marks for each in line})
    authors = frozenset().union(*{each.put_in | each.taken_out for each in line})
    shown = max((of for each in line for _, of in each.ways), default=1)
    made: list[frozenset[str] | None] = [None]
    if authors:
        made += [authors, PLAIN]
        by_one = [frozenset((each,)) for each in sorted(authors)]
        made += [each for one in by_one for each in (one, authors - one)]
    made = list(dict.fromkeys(made))
    if len(made) * 2 ** len(marks) * shown > MOST_READINGS:
        raise FileRefused(TOO_MANY)
    left_out = [
        frozenset(each for each, is_out in zip(sorted(marks), out, strict=True) if is_out)
        for out in product((False, True), repeat=len(marks))
    ]
    return (_Way(*way) for way in product(made, left_out, range(shown)))
