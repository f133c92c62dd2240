"""Letters that the panel and a line manager both marked, and what a person may see of them."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from forthright.accounts.models import Area, User
from forthright.calibration.selectors.rounds import FEWEST_MARKERS, reviews_in_rounds
from forthright.panels.models import AnonymisedLetter, Meeting, PackLetter
from forthright.panels.selectors.asked import questions_of
from forthright.panels.selectors.meetings import OVER, readings_that_count
from forthright.reviews.models import Review
from forthright.reviews.selectors.lists import number_to_mark_blind, reviews_visible_to
from forthright.reviews.selectors.second_marks import marks_given
from forthright.rules.panel_against import WEEKS, BothMarks, PanelLine, panel_against
from forthright.rules.panel_criteria import asked_of_panel
from forthright.rules.panel_questions import NOT_SURE
from forthright.rules.rubric import Criterion, Level
from forthright.rules.sampling import Part
from forthright.rules.weekly_report.panel import PanelFacts
from forthright.rules.words import date_words
from forthright.standards.models import Edition
from forthright.standards.selectors import rubric_of
from forthright.web import clock

HELD = "it has agreed marks, or a calibration round has it."
NOT_RELEASED = (
    "its words with names hidden were withdrawn, so no marks can be agreed on it unless they are "
    "released again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelAgainst:
    """How the panel's marks lie from line managers', under one edition, since a day.

    `read` is how many letters the panel marked; `letters` are those of them that a line manager
    had marked too. `other_editions` counts panels that marked by another edition.
    """

    since: date
    edition: int
    meetings: int
    other_editions: int
    read: int
    letters: tuple[BothMarks, ...]
    lines: tuple[PanelLine, ...]

    @property
    def not_compared(self) -> int:
        """Return how many letters of the panel have no marking to be set against."""
        return self.read - len(self.letters)

    @property
    def by_lot(self) -> int:
        """Return how many letters came by lot both to the panel and to the line manager."""
        return sum(each.is_by_lot for each in self.letters)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterAgainst:
    """One letter on one criterion: the manager's level, the members' counted, the difference."""

    review: Review
    manager: Level
    members: tuple[tuple[int, Level], ...]
    difference: float
    is_by_lot: bool


def panel_against_managers(area: Area, *, until: date) -> PanelAgainst:
    """Return how panels of an Area marked against its line managers, to the end of the day before.

    Only panels that marked by the standard count, and of these those of its newest edition.
    """
    since = until - timedelta(weeks=WEEKS)
    closed = Meeting.objects.filter(
        area=area, scoring=Meeting.Scoring.RUBRIC, state__in=OVER, edition__isnull=False,
        closed_at__gte=clock.start_of(since), closed_at__lt=clock.start_of(until),
    ).select_related("edition")  # fmt: skip
    edition = max((each.edition for each in closed if each.edition), key=_number, default=None)
    meetings = [each for each in closed if each.edition == edition]
    said = _said_of(meetings)
    letters = _both(said, edition) if edition else []
    criteria = asked_of_panel(rubric_of(edition).quality_criteria) if edition else ()
    return PanelAgainst(
        since=since, edition=edition.number if edition else 0,
        meetings=len(meetings), other_editions=len(closed) - len(meetings), read=len(said),
        letters=tuple(letters), lines=tuple(panel_against(letters, criteria)),
    )  # fmt: skip


def number_closed_since(area: Area, day: date) -> int:
    """Return how many panels closed marks by the standard on a day or after it, not counted yet."""
    rows = Meeting.objects.filter(
        area=area, scoring=Meeting.Scoring.RUBRIC, state__in=OVER, edition__isnull=False,
        closed_at__gte=clock.start_of(day),
    )  # fmt: skip
    return rows.count()


def line_of(found: PanelAgainst, code: str) -> PanelLine | None:
    """Return the line of one criterion, or None where the edition has no such criterion."""
    return next((each for each in found.lines if each.code == code), None)


def letters_against(user: User, found: PanelAgainst, line: PanelLine) -> list[LetterAgainst]:
    """Return the letters behind a line that a person may see.

    Who has yet to mark one behind any of the figures blind is shown none.
    """
    if number_blind(user, found):
        return []
    visible = {each.pk: each for each in reviews_visible_to(user).filter(pk__in=line.all_reviews)}
    code = line.code
    return [
        LetterAgainst(
            review=visible[each.review], manager=each.manager[code], difference=difference,
            members=_counted([said[code] for said in each.members if code in said]),
            is_by_lot=each.is_by_lot,
        )
        for each in found.letters
        if each.review in visible and (difference := each.difference(code)) is not None
    ]  # fmt: skip


def number_blind(user: User, found: PanelAgainst) -> int:
    """Return how many letters behind any of the figures a person has yet to mark blind.

    While there is one, they see no figure and no letter: of a few letters the figure of any
    criterion tells how each was marked, and a letter that it leaves out was not marked on it.
    """
    return number_to_mark_blind(user, Q(pk__in=[each.review for each in found.letters]))


def marked_before_panel(letter: PackLetter) -> Review | None:
    """Return the line manager's marking that a letter of a closed panel is set against, if any."""
    meeting = letter.meeting
    if meeting.edition is None or meeting.state not in OVER:
        return None
    return _first_reviews([letter], meeting.edition).get(letter.pk)


def asked_on(letter: PackLetter, criteria: Sequence[Criterion]) -> set[str]:
    """Return the codes of the criteria that the panel was asked of a letter and can judge by it."""
    asked = {key for key, _ in questions_of(letter.meeting, letter)}
    return asked & {each.code for each in asked_of_panel(criteria)}


def given_on(letter: PackLetter, review: Review) -> dict[str, list[Level]]:
    """Return by criterion what was given: the line manager's level first, then each member's."""
    members = _said_of([letter.meeting]).get(letter, [])
    first = marks_given(review)
    criteria = rubric_of(review.edition).quality_criteria
    asked = asked_on(letter, criteria)
    return {
        code: [first[code], *(said[code] for said in members if code in said and code in asked)]
        for code in (each.code for each in criteria)
        if code in first
    }


def marked_before(meeting: Meeting) -> list[tuple[PackLetter, Review]]:
    """Return the letters of a closed panel with the line manager's marking each is set against."""
    if meeting.edition is None or meeting.state not in OVER:
        return []
    letters = list(meeting.letters.filter(left_out_because="").select_related("meeting__edition"))
    reviews = _first_reviews(letters, meeting.edition)
    return [(each, reviews[each.pk]) for each in letters if each.pk in reviews]


def letters_to_agree(meeting: Meeting) -> dict[int, str]:
    """Return by position the letters that a manager marked too, and why one cannot be agreed on.

    Nothing stands against one whose words with names hidden are released.
    """
    both = marked_before(meeting)
    held = set(reviews_in_rounds([review.pk for _, review in both]))
    released = set(
        AnonymisedLetter.objects.filter(
            duty__in=[letter.duty_id for letter, _ in both],
            state=AnonymisedLetter.State.RELEASED,
        ).values_list("duty", flat=True)
    )
    return {
        letter.position: HELD if review.pk in held
        else "" if letter.duty_id in released else NOT_RELEASED
        for letter, review in both
    }  # fmt: skip


def agreed_by_one(area: Area) -> list[int]:
    """Return the line managers' markings of letters that no member of a closed panel handed in for.

    Where marks of such a letter were kept as agreed, before that took two people, they are the
    manager's alone.
    """
    closed = Meeting.objects.filter(
        area=area, scoring=Meeting.Scoring.RUBRIC, state__in=OVER, edition__isnull=False
    )
    return [
        review.pk
        for meeting in closed.select_related("edition").order_by("pk")
        for letter, review in marked_before(meeting)
        if max(map(len, given_on(letter, review).values()), default=0) < FEWEST_MARKERS
    ]


def panel_facts(area: Area, *, as_of: date) -> PanelFacts | None:
    """Return what the weekly report tells of the panel, or None where none marked by a standard."""
    found = panel_against_managers(area, until=as_of)
    if not found.meetings:
        return None
    return PanelFacts(
        since=date_words(found.since), edition=found.edition, meetings=found.meetings,
        read=found.read, reviews=tuple(sorted(each.review for each in found.letters)),
        by_lot=found.by_lot, lines=found.lines,
    )  # fmt: skip


def _number(edition: Edition) -> int:
    return edition.number


def _said_of(meetings: Sequence[Meeting]) -> dict[PackLetter, list[dict[str, Level]]]:
    """Return by letter the levels that each member gave who handed in; “I cannot tell” is none.

    Who marked a letter as its line manager is not set against themselves.
    """
    own = Review.objects.filter(
        drawn_letter__duty=OuterRef("letter__duty"), marker=OuterRef("seat__member")
    )
    rows = readings_that_count(meetings).filter(~Exists(own)).select_related("letter__meeting")
    said: dict[PackLetter, list[dict[str, Level]]] = defaultdict(list)
    for each in rows.order_by("letter__meeting", "letter__position", "seat__number"):
        said[each.letter].append(
            {code: Level(level) for code, level in each.answers.items() if level != NOT_SURE}
        )
    return said


def _both(said: dict[PackLetter, list[dict[str, Level]]], edition: Edition) -> list[BothMarks]:
    reviews = _first_reviews(list(said), edition)
    return [
        BothMarks(review=reviews[letter.pk].pk, manager=marks_given(reviews[letter.pk]),
                  members=members, is_by_lot=_is_by_lot(letter, reviews[letter.pk]))
        for letter, members in said.items()
        if letter.pk in reviews
    ]  # fmt: skip


def _is_by_lot(letter: PackLetter, review: Review) -> bool:
    """Say whether neither the panel nor the manager was given a letter for what it is."""
    return letter.part == Part.RANDOM and review.drawn_letter.part == Part.RANDOM


def _first_reviews(letters: Sequence[PackLetter], edition: Edition) -> dict[int, Review]:
    """Return by letter of a pack the marking finished first, before the panel's marks closed.

    It is a marking of the very words that the panel read. Who finished later could have known what
    the panel said, so they are not set against it. Where two plans drew one letter, the first
    marking counts: nobody chooses it by what the other says.
    """
    done = (
        Review.objects.filter(
            drawn_letter__duty__in=[each.duty_id for each in letters], edition=edition.pk,
            kind=Review.Kind.FIRST_LINE, marked_at__isnull=False, letter_version__isnull=False,
        )
        .select_related("drawn_letter")
        .prefetch_related("marks__criterion")
        .order_by("-marked_at", "-pk")
    )  # fmt: skip
    read = _versions_read(letters)
    found: dict[int, Review] = {}
    for letter in letters:
        closed = letter.meeting.closed_at
        for review in done:
            if (
                review.drawn_letter.duty_id == letter.duty_id
                and review.letter_version_id == read.get(letter.pk)
                and closed is not None
                and review.marked_at is not None
                and review.marked_at < closed
            ):
                found[letter.pk] = review
    return found


def _versions_read(letters: Sequence[PackLetter]) -> dict[int, int]:
    """Return by letter of a pack the version of it that its panel read."""
    rows = AnonymisedLetter.objects.filter(
        duty__in=[each.duty_id for each in letters], released_at__isnull=False
    ).values_list("duty", "taken_at", "version")
    found: dict[int, int] = {}
    for duty, taken_at, version in rows.order_by("taken_at", "pk"):
        for letter in letters:
            closed = letter.meeting.closed_at
            if letter.duty_id == duty and closed is not None and taken_at <= closed:
                found[letter.pk] = version
    return found


def _counted(levels: Sequence[Level]) -> tuple[tuple[int, Level], ...]:
    """Return how many members gave each level, the highest first; no member is named."""
    counts = Counter(levels)
    return tuple((counts[each], each) for each in Level if each in counts)
