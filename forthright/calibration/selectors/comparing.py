"""Every level that several people gave the same letter, gathered to be compared."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Q

from forthright.accounts.models import Area
from forthright.calibration.models import (
    GoldGiven,
    GoldLetter,
    RoundLetter,
    RoundMarker,
)
from forthright.reviews.models import Review, SecondMarking
from forthright.reviews.selectors.counted import decided_overalls
from forthright.reviews.selectors.second_marks import (
    finished_seconds,
    levels_given,
    marks_given,
)
from forthright.rules import scoring
from forthright.rules.leniency import GivenLevel, markings_of
from forthright.rules.leniency_area import Verdict
from forthright.rules.leniency_model import Marking
from forthright.rules.leniency_watch import Drift, new_since
from forthright.rules.rubric import Level, Rubric
from forthright.rules.second_marks import is_by_chance
from forthright.rules.weeks import week_of
from forthright.rules.words import date_words
from forthright.samples.models import DrawnLetter
from forthright.standards.models import Edition, Subject
from forthright.standards.selectors import rubric_of
from forthright.web import clock

FULLY = Level.FULLY.value


@dataclass(frozen=True, slots=True)
class Told:
    """A signal of a change in words, with the second markings and the letters of rounds behind it.

    Those are what is to be looked at together, and the signal stays while one of them is compared.
    """

    words: str
    look_at: list[int]
    look_at_rounds: list[int]


class MarksOf(NamedTuple):
    """The marks of one letter that are compared with one another.

    Those of a letter that chance chose are first marks and second ones by lot. Once somebody who
    could read these picked it for a round, what is given since is compared apart: first marks that
    were picked for being high would make whoever gave them seem lenient, however they mark.
    """

    owed: int
    is_picked: bool = False


@dataclass
class Compared:
    """What was given, by letter and by whom; agreed marks are given by nobody."""

    # By letter, marker (None: agreed) and code.
    levels: dict[MarksOf, dict[int | None, dict[str, Level]]] = field(default_factory=dict)
    editions: dict[MarksOf, Edition] = field(default_factory=dict)
    reviews: dict[MarksOf, Review] = field(default_factory=dict)
    # By letter and marker: when this marker gave their marks.
    given_at: dict[tuple[MarksOf, int | None], datetime] = field(default_factory=dict)
    # By the same: from when on these marks could be compared; those of a round, once it closed.
    known_at: dict[tuple[MarksOf, int | None], datetime] = field(default_factory=dict)
    seconds: list[SecondMarking] = field(default_factory=list)
    rounds: list[RoundLetter] = field(default_factory=list)
    # The second markings that are of letters with agreed marks.
    of_agreed: set[int] = field(default_factory=set)
    # How many letters have marks that were kept as agreed and that one alone had finished.
    by_one: int = 0
    # How many have agreed marks that somebody found wrong.
    wrong: int = 0

    def add(
        self, review: Review, marker: int | None, levels: dict[str, Level], at: datetime,
        known: datetime | None = None, *, is_picked: bool = False,
    ) -> None:  # fmt: skip
        """Add what somebody gave a letter; what they gave it first counts."""
        letter = MarksOf(review.drawn_letter.owed_id, is_picked)
        self.reviews.setdefault(letter, review)
        self.editions.setdefault(letter, review.edition)
        # Marks of two editions are never compared, not even of one letter.
        if self.editions[letter].pk == review.edition_id:
            self.levels.setdefault(letter, {}).setdefault(marker, levels)
            self.given_at.setdefault((letter, marker), at)
            self.known_at.setdefault((letter, marker), known or at)

    def reviews_compared(self) -> list[int]:
        """Return a marking of each letter of which several marks are compared, by its number."""
        found: dict[int, int] = {}
        for letter, of_each in self.levels.items():
            if len(of_each) > 1:
                found.setdefault(letter.owed, self.reviews[letter].pk)
        return sorted(found.values())

    def markings_before(self, since: datetime) -> int:
        """Return how many of the markings were given before a moment; agreed marks are none."""
        return sum(at < since for (_, marker), at in self.given_at.items() if marker is not None)

    def given(self) -> list[GivenLevel]:
        """Return every level as the rules of leniency read it."""
        return [
            GivenLevel(marker, letter, code, level)
            for letter, of_each in self.levels.items()
            for marker, levels in of_each.items()
            for code, level in levels.items()
        ]

    def verdicts(self) -> list[Verdict]:
        """Return what each marking of these letters says of the letter as a whole."""
        rubrics: dict[int, Rubric] = {}
        found = []
        for letter, of_each in self.levels.items():
            edition = self.editions[letter]
            rubric = rubrics.setdefault(edition.pk, rubric_of(edition))
            for marker, levels in of_each.items():
                try:
                    overall = scoring.overall(levels, rubric)
                except scoring.MarksHaveProblems:
                    continue
                is_met = overall.level == FULLY
                found.append(Verdict(marker=marker, letter=letter, is_met=is_met, of=letter.owed))
        return found

    def drifts(self, until: datetime, told: datetime | None = None) -> dict[Hashable, Told]:
        """Return by marker the newest signal of a change, in words, and what to look at together.

        Once somebody was told at a moment, only signals are returned that what could be compared
        by then did not give yet.

        Each mark counts in the week in which it was given, and in no other: when a letter goes out
        again, nothing that was given before becomes new.
        """
        if not self.given_at:
            return {}
        first = week_of(clock.day_of(min(self.given_at.values()))).monday
        last = (clock.day_of(until) - first).days // 7
        number: dict[tuple[Hashable, Hashable], int] = {
            key: min((clock.day_of(moment) - first).days // 7, last)
            for key, moment in self.given_at.items()
        }
        weeks: list[list[Marking]] = [[] for _ in range(last + 1)]
        before: list[list[Marking]] = [[] for _ in range(last + 1)]
        known: set[tuple[Hashable, Hashable]] = {
            key for key, moment in self.known_at.items() if told is not None and moment < told
        }
        for marking in markings_of(self.given()):
            if marking.marker is not None:
                key = marking.letter, marking.marker
                weeks[number[key]].append(marking)
                if key in known:
                    before[number[key]].append(marking)
        newest = {signal.marker: signal for signal in new_since(weeks, before)}
        return {
            marker: self._told(
                signal,
                number,
                f"about the week of {date_words(first + timedelta(weeks=signal.since))}",
            )
            for marker, signal in newest.items()
        }

    def still_compares(self, marker: int, told: Told) -> bool:
        """Say whether a letter is compared in which a change in how somebody marks was seen."""
        of_others = {each.pk for each in self.seconds if each.marker_id != marker}
        seconds = {each.pk for each in self.seconds} - (of_others & self.of_agreed)
        in_rounds = {each.pk for each in self.rounds if marker in _markers_of(each)}
        return bool(seconds & {*told.look_at} or in_rounds & {*told.look_at_rounds})

    def _told(self, signal: Drift, number: dict[tuple[Hashable, Hashable], int], when: str) -> Told:
        """Return a signal with the letters that its marker marked in its weeks."""

        def is_of_its_weeks(review: Review, *, is_picked: bool) -> bool:
            letter = MarksOf(review.drawn_letter.owed_id, is_picked)
            week = number.get((letter, signal.marker), -1)
            return signal.since <= week <= signal.seen

        return Told(
            words=signal.words_since(when),
            look_at=[
                each.pk
                for each in self.seconds
                if signal.marker in {each.marker_id, each.review.marker_id}
                and is_of_its_weeks(each.review, is_picked=each.pk in self.of_agreed)
            ],
            # Nobody is led to a round for having marked its letter elsewhere.
            look_at_rounds=[
                each.pk
                for each in self.rounds
                if signal.marker in _markers_of(each)
                and is_of_its_weeks(each.review, is_picked=True)
            ],
        )


def compared_in(area: Area, since: datetime) -> Compared:
    """Return all that several people gave those letters of an Area that were marked again since.

    Marks of disclosure are none of it: its criteria have nothing in common with those of letters.
    The marks that such a letter had before are among them, whenever they were given: without them
    there would be nothing to compare with. A letter that went to a second marker because its first
    marker had passed it in doubt is not: it was chosen by what is to be compared, so whoever marked
    it first would seem lenient, however they mark. For the same reason the first marks of a letter
    of a round are not held against what was given there, nor against its agreed marks.
    """
    done = finished_seconds(area, since)
    found = Compared(seconds=[each for each in done if is_by_chance(each.because)])
    went_out = dict(
        GoldGiven.objects.filter(marking__in=found.seconds).values_list("marking", "gold__letter")
    )
    found.of_agreed = set(went_out)
    for marking in found.seconds:
        at = marking.marked_at or since
        review, is_picked = marking.review, marking.pk in went_out
        if not is_picked:
            found.add(review, review.marker_id, marks_given(review), review.marked_at or at)
        found.add(review, marking.marker_id, levels_given(marking), at, is_picked=is_picked)
    # A letter that went out again with its agreed marks is held against these, however old.
    letters = RoundLetter.objects.filter(
        Q(round__closed_at__gte=since) | Q(pk__in=went_out.values()),
        round__area=area, round__is_given_up=False, round__edition__subject=Subject.LETTERS,
    ).select_related(
        "round", "gold", "review__drawn_letter", "review__edition"
    ).prefetch_related(
        "marks__criterion", "marks__marker", "agreed__criterion"
    )  # fmt: skip
    for letter in letters:
        _add_round_letter(found, letter)
    return found


@dataclass(frozen=True, slots=True)
class Sampled:
    """Whether letters of the random samples meet the standard, by the number of the marking."""

    verdicts: dict[int, Verdict]
    # The newest edition by which one of them was marked, and how many by others are left out.
    edition: int = 0
    other_editions: int = 0


def sampled(area: Area, since: datetime, until: datetime) -> Sampled:
    """Return whether each letter of the random samples marked in a time meets the standard.

    It is by the number of the marking that counts, the first of each letter, and of those by one
    edition of the standard alone. Where a dispute was accepted in that time, a letter counts as
    decided, as it does in the weekly report; where that changed whether it meets the standard, the
    verdict is nobody's, and no leniency is taken off.
    """
    rows = Review.objects.filter(
        area=area, marked_at__gte=since, marked_at__lte=until, letter_version__isnull=False,
        drawn_letter__part=DrawnLetter.Part.RANDOM,
    ).exclude(drawn_letter__state=DrawnLetter.State.SUBSTITUTED)  # fmt: skip
    decided = decided_overalls(rows, before=until)
    first: dict[int, tuple[int, int, Verdict]] = {}
    for pk, marker, duty, overall, edition in rows.order_by("marked_at", "pk").values_list(
        "pk", "marker", "drawn_letter__duty", "overall", "edition__number"
    ):
        is_met = decided.get(pk, overall) == FULLY
        is_as_marked = is_met == (overall == FULLY)
        verdict = Verdict(marker=marker if is_as_marked else None, letter=duty, is_met=is_met)
        first.setdefault(duty, (pk, edition, verdict))
    newest = max((edition for _, edition, _ in first.values()), default=0)
    kept = {pk: verdict for pk, edition, verdict in first.values() if edition == newest}
    return Sampled(kept, newest, len(first) - len(kept))


def _markers_of(letter: RoundLetter) -> set[int]:
    """Return who marked a letter in its round."""
    return {mark.marker.person_id for mark in letter.marks.all()}


def _gold(letter: RoundLetter) -> GoldLetter | None:
    """Return what is kept of a letter of a round since its marks were agreed, if they were."""
    gold: GoldLetter | None = getattr(letter, "gold", None)
    return gold


def _add_round_letter(found: Compared, letter: RoundLetter) -> None:
    at = letter.round.closed_at
    if at is None:
        return
    found.rounds.append(letter)
    review = letter.review
    by_marker: dict[RoundMarker, dict[str, Level]] = {}
    for mark in letter.marks.all():
        if mark.marker.finished_at is not None:
            by_marker.setdefault(mark.marker, {})[mark.criterion.code] = Level(mark.level)
    for marker, levels in by_marker.items():
        given = marker.finished_at or at
        found.add(review, marker.person_id, levels, given, known=at, is_picked=True)
    gold = _gold(letter)
    if gold is not None and (gold.is_by_one or gold.marks_wrong_at is not None):
        found.by_one += gold.is_by_one
        found.wrong += not gold.is_by_one
        return
    if agreed := {each.criterion.code: Level(each.level) for each in letter.agreed.all()}:
        found.add(review, None, agreed, at, is_picked=True)
