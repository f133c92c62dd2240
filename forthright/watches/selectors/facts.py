"""What authors were told of, and the letters of theirs that were looked at since."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from forthright.accounts.models import Area
from forthright.peer_checks.models import PartTold, PeerCheck, PeerLevel
from forthright.reviews.models import Dispute, Feedback, Mark, Review
from forthright.rules.recurrence import LookedAt, Told
from forthright.rules.rubric import Level
from forthright.watches.models import OutcomeSeen

Source = OutcomeSeen.Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOf:
    """One fault that an author was told of: of which letter, by whom, and through what."""

    told: Told
    source: str
    number: int
    title: str
    author_id: int
    author_unit_id: int | None
    unit_id: int
    duty_id: int
    told_by_id: int

    @property
    def key(self) -> tuple[str, int, str]:
        """Return what finds it again."""
        return (self.source, self.number, self.told.criterion)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A letter that was looked at, and when somebody did."""

    looked_at: LookedAt
    duty_id: int
    at: datetime


def told_of(
    area: Area, *, since: datetime, until: datetime, author_id: int | None = None
) -> list[ToldOf]:
    """Return the faults that authors of an Area were told of between two moments, by time.

    A fault whose dispute was accepted was none, and is watched for no longer.
    """
    found = [
        *_told_by_markings(area, since, until, author_id),
        *_told_by_checks(area, since, until, author_id),
    ]
    return sorted(found, key=lambda each: (each.told.told_at, each.key))


def looks_at(area: Area, authors: Iterable[int], *, since: datetime, until: datetime) -> list[Look]:
    """Return the letters of some authors that somebody marked or checked between two moments."""
    people = set(authors)
    return [*_marked(area, people, since, until), *_checked(area, people, since, until)]


def _told_by_markings(
    area: Area, since: datetime, until: datetime, author_id: int | None
) -> list[ToldOf]:
    feedback = Feedback.objects.filter(
        area=area, told_at__gte=since, told_at__lt=until, drafter__isnull=False,
        review__letter_version__isnull=False,
    )  # fmt: skip
    if author_id is not None:
        feedback = feedback.filter(drafter=author_id)
    rows = {
        each.review_id: each
        for each in feedback.select_related("drafter", "review__letter_version",
                                            "review__drawn_letter")
    }  # fmt: skip
    levels = _levels_of_reviews(rows)
    return [
        ToldOf(
            told=_told(each.drafter_id, code, each.review.letter_version.letter_id, each.told_at),
            source=Source.REVIEW, number=each.pk, title=title, author_id=each.drafter_id,
            author_unit_id=each.drafter.unit_id if each.drafter else None, unit_id=each.unit_id,
            duty_id=each.review.drawn_letter.owed_id, told_by_id=each.told_by_id,
        )
        for review, each in rows.items()
        for code, (level, title) in levels[review].items()
        if level is Level.NOT_MET
        and each.review.letter_version is not None
        and each.drafter_id is not None
    ]  # fmt: skip


def _told_by_checks(
    area: Area, since: datetime, until: datetime, author_id: int | None
) -> list[ToldOf]:
    parts = PartTold.objects.filter(
        area=area, told_at__gte=since, told_at__lt=until, about=PartTold.About.WORDS,
        check_of__isnull=False,
    ).exclude(outcome=PartTold.Outcome.ACCEPTED)  # fmt: skip
    if author_id is not None:
        parts = parts.filter(recipient=author_id)
    rows = {each.check_of_id: each for each in parts.select_related("recipient", "version__letter")}
    levels = _levels_of_checks(key for key in rows if key is not None)
    return [
        ToldOf(
            told=_told(each.recipient_id, code, each.version.letter_id, each.told_at),
            source=Source.CHECK, number=each.pk, title=title, author_id=each.recipient_id,
            author_unit_id=each.recipient.unit_id, unit_id=each.unit_id,
            duty_id=each.version.letter.duty_id, told_by_id=each.told_by_id,
        )
        for check, each in rows.items()
        for code, (level, title) in levels[check or 0].items()
        if level is Level.NOT_MET
    ]  # fmt: skip


def _marked(area: Area, people: set[int], since: datetime, until: datetime) -> list[Look]:
    reviews = Review.objects.filter(
        area=area, marked_at__gte=since, marked_at__lt=until, letter_version__isnull=False,
        drawn_letter__duty__drafter__in=people,
    ).select_related("letter_version", "drawn_letter__duty")  # fmt: skip
    rows = {each.pk: each for each in reviews}
    levels = _levels_of_reviews(rows)
    return [
        Look(
            looked_at=LookedAt(
                author=str(each.drawn_letter.author_id),
                letter=str(each.letter_version.letter_id),
                written_at=each.letter_version.added_at,
                levels={code: level for code, (level, _) in levels[pk].items()},
            ),
            duty_id=each.drawn_letter.owed_id,
            at=each.marked_at,
        )
        for pk, each in rows.items()
        if each.letter_version is not None and each.marked_at is not None
    ]


def _checked(area: Area, people: set[int], since: datetime, until: datetime) -> list[Look]:
    checks = PeerCheck.objects.filter(
        area=area, answered_at__gte=since, answered_at__lt=until, drafter__in=people
    ).exclude(answer=PeerCheck.Answer.OVERTAKEN)
    rows = {each.pk: each for each in checks.select_related("version", "letter")}
    levels = _levels_of_checks(rows)
    return [
        Look(
            looked_at=LookedAt(
                author=str(each.drafter_id),
                letter=str(each.letter_id),
                written_at=each.version.added_at,
                levels={code: level for code, (level, _) in levels[pk].items()},
            ),
            duty_id=each.letter.duty_id,
            at=each.answered_at,
        )
        for pk, each in rows.items()
        if each.answered_at is not None
    ]


def _levels_of_reviews(reviews: Iterable[int]) -> dict[int, dict[str, tuple[Level, str]]]:
    """Return by marking each criterion's level, after accepted disputes, with its title."""
    chosen = list(reviews)
    accepted = dict(
        Dispute.objects.filter(
            mark__review__in=chosen, outcome=Dispute.Outcome.ACCEPTED
        ).values_list("mark", "new_level")
    )
    marks = Mark.objects.filter(review__in=chosen).exclude(level="")
    found: dict[int, dict[str, tuple[Level, str]]] = defaultdict(dict)
    for pk, review, code, title, level in marks.values_list(
        "pk", "review", "criterion__code", "criterion__title", "level"
    ):
        found[review][code] = (Level(accepted.get(pk, level)), title)
    return found


def _levels_of_checks(checks: Iterable[int]) -> dict[int, dict[str, tuple[Level, str]]]:
    rows = PeerLevel.objects.filter(check_of__in=list(checks)).exclude(level="")
    found: dict[int, dict[str, tuple[Level, str]]] = defaultdict(dict)
    for check, code, title, level in rows.values_list(
        "check_of", "criterion__code", "criterion__title", "level"
    ):
        found[check][code] = (Level(level), title)
    return found


def _told(author: int | None, criterion: str, letter: int, told_at: datetime) -> Told:
    return Told(author=str(author), criterion=criterion, letter=str(letter), told_at=told_at)
