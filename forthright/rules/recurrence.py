"""Did feedback work? An author's next letters, watched for the fault they were told of.

When an author has been told that a criterion was not met, or only partly, their next five letters
that were looked at for it are watched: those written after they were told, by a marking or a check
before sending, in the order in which they were written. A letter that was drafted or sent elsewhere
was not written on the day on which its words were put in here. A letter to which the criterion does
not apply says nothing and is passed over. The fault came again when one of the five does not meet
the same criterion, or only partly. Told again of the same criterion, a new watch begins, and the
old one goes on.

A watch is complete when its author has been told of five, and no letter written before the last of
them is marked while its author is not told yet: whoever tells could else leave it out by telling of
others first. Whatever that marking found, the watch waits for it, so that waiting tells nothing of
it; for one that cannot be told any more it does not wait. What is found after a watch is complete,
in these letters or in others, changes nothing of it: the author has seen it, and others see what
they saw.
As many letters are watched as the numbers said when its author was told, whatever they say later.
Only a dispute that is accepted later takes a fault away.

The repeat-fault rate of a criterion is how many of the watches that have all five letters saw the
fault again. Watches of one author that share letters are one answer and are counted once, by the
first of them; the others are said beside it. Those that share none still tell of the same author,
so the interval goes by author (rules/clustered.py), and below ten authors no share is given.
Watches that are still open are counted beside it and never in it, or the rate would look the better
the fewer letters there were to see. So are those whose author has yet to see the outcome first.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from forthright.rules.clustered import Clustered
from forthright.rules.marking import FAULTS
from forthright.rules.rubric import Level
from forthright.rules.words import count_words, is_day_only

# What came of it would be that person's own.
OF_ONE = "all that is complete is one author’s"
WAITS = "It is not complete: it waits for feedback on letters that were written before the last."


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One author, told at a moment that one letter did not, or only partly, meet one criterion.

    A criterion of two editions is one only where its words are (rules/wordings.py).
    """

    author: str
    criterion: str
    letter: str
    told_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """A letter by an author, when it was written, and the level of each criterion looked at.

    `known_at` is when its author was told what was found; `after` has the levels that accepted
    disputes changed.
    """

    author: str
    letter: str
    written_at: datetime
    known_at: datetime
    levels: dict[str, Level]
    after: dict[str, Level] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """A time in which a letter by an author was marked and its author was to be told of it.

    `criteria` are those that it was marked by, whatever was found. `until` is when the author was
    told, or from when nobody could tell them; None while that is to come.
    """

    author: str
    letter: str
    criteria: frozenset[str]
    written_at: datetime
    since: datetime
    until: datetime | None

    def waits_at(self, at: datetime) -> bool:
        """Say whether its author was to be told at a moment."""
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What became of one piece of feedback: the letters seen since, and where the fault was."""

    told: Told
    seen: tuple[str, ...]
    again: tuple[str, ...]
    wanted: int
    # When its author had been told of its letters, and of all that were written before the last.
    complete_at: datetime | None = None

    @property
    def is_complete(self) -> bool:
        """Say whether all the letters to be watched have been seen, and it waits for no other."""
        return self.complete_at is not None

    @property
    def waits_words(self) -> str:
        """Say that it waits for a letter that was written before its last; else nothing.

        Of a letter whose author is not told yet it says no more than that there is one.
        """
        return "" if self.is_complete or len(self.seen) < self.wanted else WAITS

    @property
    def words(self) -> str:
        """Say it for the author and for whoever gave the feedback alike."""
        if not self.seen:
            return f"None of the next {self.wanted} letters has been looked at yet."
        of = f"{len(self.seen)} of the next {count_words(self.wanted, 'letter')} looked at"
        far = "so far " if self.waits_words else ""
        came = f"came again in {len(self.again)}" if self.again else "has not come again"
        return f"{of}: {far}the fault {came}. {self.waits_words}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatRate:
    """How often a fault came again after feedback, by criterion."""

    criterion: str
    repeated: Clustered
    still_open: int
    # Those that share letters with one that is counted.
    told_again: int = 0
    # Complete ones whose author has yet to see the outcome before anybody else.
    for_author_first: int = 0
    # Of each watch that is in the rate, how many letters it is of.
    letters_watched: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """Say the rate, its interval, and how many watches are not in it, or not yet."""
        colon = ":" if self.is_of_one else ""
        said = f"came again after{colon} {self.rate_words}"
        if self.still_open:
            said += f"; {count_words(self.still_open, 'watch is', 'watches are')} still open"
        if self.for_author_first:
            first = count_words(self.for_author_first, "complete watch is", "complete watches are")
            said += f"; {first} for the author to see first"
        if self.told_again:
            more = count_words(self.told_again, "watch shares", "watches share")
            said += f"; {more} letters with one that is counted"
        return said

    @property
    def rate_words(self) -> str:
        """Say the rate with its counts, authors and interval; of one author alone nothing."""
        return f"not said: {OF_ONE}" if self.is_of_one else self.repeated.words()

    @property
    def is_of_one(self) -> bool:
        """Say whether all that is complete is of one author."""
        return self.repeated.groups == 1


def written_by(
    kept_at: datetime, *, is_written_here: bool, drafted_at: datetime | None,
    sent_at: datetime | None,
) -> datetime:  # fmt: skip
    """Return by when the words of a letter were written, by what is known of it.

    Words that were put in as they are may be as old as their draft; in doubt they are, so that
    nobody is said to repeat a fault in what they wrote before they were told of it. Words that were
    written here are as old as they say, unless the letter had gone by then. Of a sending of which
    only the day is known, that may be the last moment of the day.

    :param kept_at: when these very words were first kept here
    :param is_written_here: whether they were written here, or only put in
    """
    if not is_written_here:
        return min(each for each in (kept_at, drafted_at, sent_at) if each is not None)
    if sent_at is None:
        return kept_at
    return min(kept_at, sent_at + timedelta(days=1) if is_day_only(sent_at) else sent_at)


def watch_recurrence(
    told: Sequence[Told], looked_at: Sequence[LookedAt], untold: Sequence[Untold] = (), *,
    letters_watched: int | Sequence[int],
) -> tuple[Watch, ...]:  # fmt: skip
    """Return a watch for each piece of feedback, in the order given.

    A letter looked at more than once counts once, and fails if any of those who looked found so.

    :param letters_watched: how many letters are watched: one number for all, or one for each
    """
    wanted = [letters_watched] * len(told) if isinstance(letters_watched, int) else letters_watched
    of_author: dict[tuple[str, str], _Looks] = defaultdict(_Looks)
    for each in sorted(looked_at, key=lambda each: (each.known_at, each.written_at, each.letter)):
        for criterion, level in each.levels.items():
            # A dispute takes a fault away, and puts no other letter in the place of this one.
            if level is not Level.NOT_APPLICABLE:
                failed = each.after.get(criterion, level) in FAULTS
                of_author[each.author, criterion].add(each, failed=failed)
    for waits in untold:
        for criterion in waits.criteria:
            of_author[waits.author, criterion].untold.append(waits)
    return tuple(_watch(each, of_author, number) for each, number in zip(told, wanted, strict=True))


def counted_once(watches: Sequence[Watch]) -> list[bool]:
    """Return of each watch whether it counts, in the order given.

    One that shares letters with an earlier one of the same author and criterion, or was begun
    while that waits for its letters, is the same answer and does not.
    """
    counts = [False] * len(watches)
    last: dict[tuple[str, str], Watch] = {}
    by_time = sorted(range(len(watches)), key=lambda each: (watches[each].told.told_at, each))
    for place in by_time:
        watch = watches[place]
        key = (watch.told.author, watch.told.criterion)
        before = last.get(key)
        if before is None or (before.is_complete and not set(before.seen) & set(watch.seen)):
            counts[place], last[key] = True, watch
    return counts


def by_author(watches: Iterable[tuple[str, bool]]) -> Clustered:
    """Return the share of watches that saw the fault again: the author of each, and whether."""
    return Clustered.of(watches, group="author", things="watches")


def repeat_rates(watches: Sequence[Watch], shown: Sequence[bool]) -> tuple[RepeatRate, ...]:
    """Return the repeat-fault rate of each criterion that was fed back, by its code.

    :param shown: of each watch whether others than its author may see its outcome
    """
    of_criterion: dict[str, list[tuple[Watch, bool, bool]]] = defaultdict(list)
    for each, counts, is_shown in zip(watches, counted_once(watches), shown, strict=True):
        of_criterion[each.told.criterion].append((each, counts, is_shown))
    return tuple(
        RepeatRate(
            criterion=criterion,
            repeated=by_author(
                (each.told.author, bool(each.again))
                for each, counts, is_shown in found
                if counts and each.is_complete and is_shown
            ),
            still_open=sum(counts and not each.is_complete for each, counts, _ in found),
            told_again=sum(not counts for _, counts, _ in found),
            for_author_first=sum(
                counts and each.is_complete and not is_shown for each, counts, is_shown in found
            ),
            letters_watched=tuple(
                len(each.seen)
                for each, counts, is_shown in found
                if counts and each.is_complete and is_shown
            ),
        )
        for criterion, found in sorted(of_criterion.items())
    )


@dataclass(slots=True)
class _Looks:
    """The looks at one author's letters by one criterion, in the order the author was told."""

    known_at: list[datetime] = field(default_factory=list)
    # Of each: the letter, when its words were written, and whether the criterion failed.
    found: list[tuple[str, datetime, bool]] = field(default_factory=list)
    untold: list[Untold] = field(default_factory=list)

    def add(self, look: LookedAt, *, failed: bool) -> None:
        """Add a look, of which the author was told no earlier than of those before."""
        self.known_at.append(look.known_at)
        self.found.append((look.letter, look.written_at, failed))

    def moments_after(self, at: datetime) -> list[datetime]:
        """Return when the author was told of each, or was to be told of one no longer."""
        ended = {each.until for each in self.untold if each.until is not None}
        return sorted(each for each in {*self.known_at, *ended} if each > at)


def _watch(told: Told, of_author: Mapping[tuple[str, str], _Looks], wanted: int) -> Watch:
    looks = of_author.get((told.author, told.criterion), _Looks())
    waiting = [
        each
        for each in looks.untold
        if each.written_at > told.told_at and each.letter != told.letter
    ]
    place = bisect_right(looks.known_at, told.told_at)
    # Of each letter by when it was written, and whether the fault was in it.
    known: dict[str, tuple[datetime, bool]] = {}
    complete_at = None
    for at in looks.moments_after(told.told_at):
        until = bisect_right(looks.known_at, at)
        for letter, written_at, failed in looks.found[place:until]:
            if letter != told.letter and written_at > told.told_at:
                before, is_again = known.get(letter, (written_at, False))
                known[letter] = (min(before, written_at), is_again or failed)
        place = until
        if len(known) >= wanted:
            last = sorted(written_at for written_at, _ in known.values())[wanted - 1]
            if not any(each.written_at <= last and each.waits_at(at) for each in waiting):
                complete_at = at
                break
    seen = tuple(sorted(known, key=lambda letter: (known[letter][0], letter))[:wanted])
    again = tuple(letter for letter in seen if known[letter][1])
    return Watch(told=told, seen=seen, again=again, wanted=wanted, complete_at=complete_at)
