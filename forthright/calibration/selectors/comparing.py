"""Every level that several people gave the same letter, gathered to be compared."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime

from forthright.accounts.models import Area
from forthright.calibration.models import RoundLetter
from forthright.reviews.models import Review, SecondMarking
from forthright.reviews.selectors.second_marks import (
    finished_seconds,
    levels_given,
    marks_given,
)
from forthright.rules import scoring
from forthright.rules.leniency import GivenLevel, markings_of
from forthright.rules.leniency_area import Verdict
from forthright.rules.leniency_model import Marking
from forthright.rules.leniency_watch import Drift, watch
from forthright.rules.rubric import Level, Rubric
from forthright.rules.weeks import week_of
from forthright.samples.models import DrawnLetter
from forthright.standards.models import Edition
from forthright.standards.selectors import rubric_of
from forthright.web import clock


@dataclass
class Compared:
    """What was given, by letter and by whom; agreed marks are given by nobody."""

    # By letter owed, marker (None: agreed) and code.
    levels: dict[int, dict[int | None, dict[str, Level]]] = field(default_factory=dict)
    editions: dict[int, Edition] = field(default_factory=dict)
    reviews: dict[int, Review] = field(default_factory=dict)
    # When a letter was last marked so that it could be compared.
    compared_at: dict[int, datetime] = field(default_factory=dict)
    seconds: list[SecondMarking] = field(default_factory=list)

    def add(
        self, review: Review, marker: int | None, levels: dict[str, Level], at: datetime
    ) -> None:
        """Add what somebody gave a letter; what they gave it first counts."""
        duty = review.drawn_letter.owed_id
        self.reviews.setdefault(duty, review)
        self.editions.setdefault(duty, review.edition)
        # Marks of two editions are never compared, not even of one letter.
        if self.editions[duty].pk == review.edition_id:
            self.levels.setdefault(duty, {}).setdefault(marker, levels)
            self.compared_at[duty] = max(at, self.compared_at.get(duty, at))

    def given(self) -> list[GivenLevel]:
        """Return every level as the rules of leniency read it."""
        return [
            GivenLevel(marker, duty, code, level)
            for duty, of_each in self.levels.items()
            for marker, levels in of_each.items()
            for code, level in levels.items()
        ]

    def verdicts(self) -> list[Verdict]:
        """Return what each marking of these letters says of the letter as a whole."""
        rubrics: dict[int, Rubric] = {}
        found = []
        for duty, of_each in self.levels.items():
            edition = self.editions[duty]
            rubric = rubrics.setdefault(edition.pk, rubric_of(edition))
            for marker, levels in of_each.items():
                try:
                    overall = scoring.overall(levels, rubric)
                except scoring.MarksHaveProblems:
                    continue
                found.append(Verdict(marker=marker, letter=duty, is_met=overall.level == "FULLY"))
        return found

    def drifts(self, until: datetime) -> dict[Hashable, tuple[Drift, list[int]]]:
        """Return by marker the newest signal of a change, and the second markings to look at."""
        if not self.compared_at:
            return {}
        first = week_of(clock.day_of(min(self.compared_at.values()))).monday
        number: dict[Hashable, int] = {
            duty: (clock.day_of(moment) - first).days // 7
            for duty, moment in self.compared_at.items()
        }
        weeks: list[list[Marking]] = [
            [] for _ in range((clock.day_of(until) - first).days // 7 + 1)
        ]
        for marking in markings_of(self.given()):
            if marking.marker is not None:
                weeks[number[marking.letter]].append(marking)
        newest = {signal.marker: signal for signal in watch(weeks)}
        return {
            marker: (signal, self._together(marker, number, signal))
            for marker, signal in newest.items()
        }

    def _together(self, marker: object, number: dict[Hashable, int], signal: Drift) -> list[int]:
        return [
            each.pk
            for each in self.seconds
            if marker in {each.marker_id, each.review.marker_id}
            and signal.since <= number[each.review.drawn_letter.owed_id] <= signal.seen
        ]


def compared_in(area: Area, since: datetime) -> Compared:
    """Return all that several people gave the same letters of an Area since a moment."""
    found = Compared(seconds=finished_seconds(area, since))
    for marking in found.seconds:
        at = marking.marked_at or since
        found.add(marking.review, marking.review.marker_id, marks_given(marking.review), at)
        found.add(marking.review, marking.marker_id, levels_given(marking), at)
    letters = RoundLetter.objects.filter(
        round__area=area, round__closed_at__gte=since
    ).select_related("round", "review__drawn_letter", "review__edition").prefetch_related(
        "marks__criterion", "marks__marker", "agreed__criterion", "review__marks__criterion"
    )  # fmt: skip
    for letter in letters:
        _add_round_letter(found, letter)
    return found


def sampled_verdicts(area: Area, since: datetime) -> list[Verdict]:
    """Return whether each letter of the random samples marked since a moment meets the standard."""
    rows = Review.objects.filter(
        area=area, marked_at__gte=since, letter_version__isnull=False,
        drawn_letter__part=DrawnLetter.Part.RANDOM,
    ).exclude(drawn_letter__state=DrawnLetter.State.SUBSTITUTED)  # fmt: skip
    found: dict[int, Verdict] = {}
    for marker, duty, overall in rows.order_by("marked_at", "pk").values_list(
        "marker", "drawn_letter__duty", "overall"
    ):
        found.setdefault(duty, Verdict(marker=marker, letter=duty, is_met=overall == "FULLY"))
    return list(found.values())


def _add_round_letter(found: Compared, letter: RoundLetter) -> None:
    at = letter.round.closed_at
    if at is None:
        return
    found.add(letter.review, letter.review.marker_id, marks_given(letter.review), at)
    by_person: dict[int, dict[str, Level]] = {}
    for mark in letter.marks.all():
        if mark.marker.finished_at is not None:
            by_person.setdefault(mark.marker.person_id, {})[mark.criterion.code] = Level(mark.level)
    for person, levels in by_person.items():
        found.add(letter.review, person, levels, at)
    if agreed := {each.criterion.code: Level(each.level) for each in letter.agreed.all()}:
        found.add(letter.review, None, agreed, at)
