"""How far first and second marks agree, by criterion; each figure opens its letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from forthright.accounts.models import Area, User
from forthright.reviews.models import SecondMarking
from forthright.reviews.selectors.lists import number_to_mark_blind, reviews_visible_to
from forthright.reviews.selectors.second_marks import finished_seconds, levels_given, marks_given
from forthright.rules.agreement_on import AgreementOn, agreement_by
from forthright.rules.applicability import was_judged
from forthright.rules.rubric import Criterion, Level
from forthright.rules.second_marks import MARKED_BEFORE, is_by_chance
from forthright.samples.models import DrawnLetter
from forthright.standards.models import Edition
from forthright.standards.selectors import rubric_of
from forthright.standards.selectors.marking_numbers import marking_numbers_of
from forthright.web import clock

SEED = 2026


@dataclass(frozen=True, slots=True)
class CriterionAgreement:
    """How far marks agree on one criterion, and the markings that it is counted from.

    Those are of letters chosen by lot; `others` were chosen otherwise, and are counted apart.
    """

    criterion: Criterion
    said: AgreementOn
    alike: tuple[int, ...]
    reviews: tuple[int, ...]
    others_alike: tuple[int, ...]
    others: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far marks agree in an Area, under one edition, since a day."""

    since: date
    numbers: str
    edition: int
    other_editions: int
    markings: tuple[SecondMarking, ...]
    lines: tuple[CriterionAgreement, ...]

    @property
    def by_lot(self) -> int:
        """Return how many of the markings are of letters that chance alone chose."""
        return sum(is_by_lot(each) for each in self.markings)


@dataclass(frozen=True, slots=True)
class LetterCompared:
    """What several people gave one letter on a criterion."""

    marking: SecondMarking
    first: Level
    second: Level
    # By its case number only for whoever reaches the first marking.
    name: str
    is_by_lot: bool


def agreement_in(area: Area, *, until: date) -> Agreement:
    """Return how far first and second marks of an Area agree, to the end of the day before."""
    numbers = marking_numbers_of(area, until)
    since = until - timedelta(weeks=numbers["leniency_weeks"])
    end = clock.start_of(until)
    done = [
        each
        for each in finished_seconds(area, clock.start_of(since))
        if each.marked_at is not None and each.marked_at < end
    ]
    edition = _newest_edition(done)
    kept = tuple(each for each in done if edition and each.review.edition_id == edition.pk)
    criteria = rubric_of(edition).quality_criteria if edition else ()
    return Agreement(
        since=since,
        numbers=numbers.version,
        edition=edition.number if edition else 0,
        other_editions=len(done) - len(kept),
        markings=kept,
        lines=tuple(_line(each, kept) for each in criteria),
    )


def agreement_to_mark_blind(user: User, found: Agreement) -> int:
    """Return how many letters behind any of the figures this person has yet to mark blind.

    While there is one, they see no figure and no letter: of a few letters the figure of any
    criterion tells how each was marked, and a letter that it leaves out was not marked on it.
    """
    return number_to_mark_blind(user, Q(pk__in={each.review_id for each in found.markings}))


def letters_compared(
    user: User, found: Agreement, code: str
) -> tuple[Criterion | None, list[LetterCompared], int]:
    """Return the letters behind one criterion's figure that a person may see, and how many besides.

    Who has yet to mark one behind any of the figures blind is to be shown none.
    """
    criterion = next((each.criterion for each in found.lines if each.criterion.code == code), None)
    counted = _counted(criterion, found.markings) if criterion else set()
    both = [each for each in found.markings if each.pk in counted]
    ids = [each.review_id for each in both]
    visible = set(reviews_visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))
    shown = [
        LetterCompared(
            each, marks_given(each.review)[code], levels_given(each)[code],
            each.review.drawn_letter.called if each.review_id in visible else each.called,
            is_by_lot(each),
        )
        for each in both
        if each.review_id in visible or each.marker_id == user.pk
    ]  # fmt: skip
    return criterion, shown, len(both) - len(shown)


def _newest_edition(done: Sequence[SecondMarking]) -> Edition | None:
    return max((each.review.edition for each in done), key=lambda e: e.number, default=None)


def is_by_lot(marking: SecondMarking) -> bool:
    """Return whether chance alone chose a letter: for its sample, and then for second marks.

    Not so a critical pass that was in doubt, a letter drawn on purpose, and one marked before
    that is handed out again.
    """
    is_random = marking.review.drawn_letter.part == DrawnLetter.Part.RANDOM
    return is_random and is_by_chance(marking.because) and marking.because != MARKED_BEFORE


def _line(criterion: Criterion, done: Sequence[SecondMarking]) -> CriterionAgreement:
    rows, others = (_rows(criterion, part) for part in _by_lot_and_not(done))
    most = max((len(row) for row in rows.values()), default=2)
    table = [[*row, *[None] * (most - len(row))] for row in rows.values()]
    return CriterionAgreement(
        criterion=criterion,
        said=agreement_by(criterion, table, seed=SEED),
        alike=_alike(rows),
        reviews=tuple(rows),
        others_alike=_alike(others),
        others=tuple(others),
    )


def _by_lot_and_not(done: Sequence[SecondMarking]) -> tuple[list[SecondMarking], ...]:
    # A letter of those that was handed out again stands in both, each time with those marks alone.
    return tuple([each for each in done if is_by_lot(each) is by_lot] for by_lot in (True, False))


def _counted(criterion: Criterion, done: Sequence[SecondMarking]) -> set[int]:
    """Return which second markings are counted on a criterion, by lot or beside it."""
    found: set[int] = set()
    for part in _by_lot_and_not(done):
        rows = _rows(criterion, part)
        given = [each for each in part if criterion.code in levels_given(each)]
        found |= {each.pk for each in given if each.review_id in rows}
    return found


def _rows(criterion: Criterion, done: Sequence[SecondMarking]) -> dict[int, list[Level | None]]:
    """Return by first marking its level on a criterion and each that these second ones gave.

    Those are left out on which nobody judged anything by it. A letter that two plans drew counts
    once, by the marking of which second ones were finished first: nobody can choose it by what the
    other says.
    """
    rows: dict[int, list[Level | None]] = {}
    counted: dict[int, int] = {}
    for each in done:
        first, second = marks_given(each.review), levels_given(each)
        if criterion.code in first and criterion.code in second:
            letter = each.review.drawn_letter.owed_id
            if counted.setdefault(letter, each.review_id) == each.review_id:
                row = rows.setdefault(each.review_id, [first[criterion.code]])
                row.append(second[criterion.code])
    return {review: row for review, row in rows.items() if was_judged(criterion, row)}


def _alike(rows: dict[int, list[Level | None]]) -> tuple[int, ...]:
    return tuple(pk for pk, row in rows.items() if len(set(row)) == 1)
