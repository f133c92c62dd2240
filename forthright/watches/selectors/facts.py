"""What authors were told of, and the letters of theirs that were looked at since."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from forthright.accounts.models import Area
from forthright.letters.models import Letter, LetterVersion
from forthright.peer_checks.models import PartTold, PeerCheck, PeerLevel
from forthright.reviews.models import Dispute, Feedback, Mark
from forthright.rules.applicability import BY_RECORD_ALONE, lateness_before_it_goes
from forthright.rules.marking import FAULTS
from forthright.rules.recurrence import LookedAt, Told, written_by
from forthright.rules.rubric import Level
from forthright.rules.wordings import Wording
from forthright.standards.selectors.wordings import wordings_of
from forthright.watches.models import OutcomeSeen
from forthright.web import clock

Source = OutcomeSeen.Source
LEVELS = {str(each): each for each in Level}
# By the number of a criterion how it is worded, over all editions of the standard.
Asked = Mapping[int, Wording]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOf:
    """One fault that an author was told of: of which letter, by whom, and through what."""

    told: Told
    source: str
    number: int
    asked: Wording
    author_id: int
    author_unit_id: int | None
    unit_id: int
    duty_id: int
    told_by_id: int

    @property
    def key(self) -> tuple[str, int, str]:
        """Return what finds it again."""
        return (self.source, self.number, self.asked.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Which faults are asked for: of an author, of a unit's authors or letters, or that one told.

    Of what is named here, any is enough; where nothing is, all of the Area's.
    """

    author_id: int | None = None
    author_unit_id: int | None = None
    # The unit of the letter, which is often another than that of who writes for it.
    unit_id: int | None = None
    told_by_id: int | None = None
    # What told of the fault, by its kind and number.
    told_in: tuple[str, int] | None = None

    def among(self, source: str, author: str) -> Q:
        """Return what to look for in the rows of a source, where this field is their author."""
        named = {author: self.author_id, f"{author}__unit": self.author_unit_id,
                 "unit": self.unit_id, "told_by": self.told_by_id}  # fmt: skip
        found = [Q(**{field: value}) for field, value in named.items() if value is not None]
        if self.told_in is not None:
            found.append(Q(pk=self.told_in[1] if self.told_in[0] == source else None))
        return reduce(or_, found, Q())


ANYBODY = Whose()


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """Two moments between which something was told, and the one by which disputes are known."""

    since: datetime
    until: datetime
    # Of a report that is made later than the time it tells of, the start of the day it is made on.
    known: datetime

    @property
    def told(self) -> Q:
        """Return what to look for in rows that were told in between."""
        return Q(told_at__gte=self.since, told_at__lt=self.until)

    def accepted(self, outcome: str) -> Q:
        """Return what to look for in disputes that were accepted by then."""
        return Q(outcome=outcome, decided_at__lt=self.known)


def told_of(area: Area, when: Between, *, whose: Whose = ANYBODY) -> list[ToldOf]:
    """Return the faults that authors of an Area were told of between two moments, by time.

    A fault whose dispute was accepted by then was none, and is watched for no longer.
    """
    asked = wordings_of(area)
    found = [
        *_told_by_markings(area, when, whose, asked),
        *_told_by_checks(area, when, whose, asked),
    ]
    return sorted(found, key=lambda each: (each.told.told_at, each.key))


def looks_at(area: Area, told: Collection[ToldOf], when: Between) -> list[LookedAt]:
    """Return what those authors were told in that time of letters of theirs by those criteria.

    What was found by other words of a criterion, in another edition of the standard, is no answer.
    """
    people = {each.author_id for each in told}
    keys = {each.told.criterion for each in told}
    asked = {pk: each for pk, each in wordings_of(area).items() if each.key in keys}
    return [
        *_marked(area, asked, when, Q(drafter__in=people)),
        *_checked(area, asked, when, Q(drafter__in=people)),
    ]


def looks_at_all(area: Area, criteria: Collection[str], when: Between) -> list[LookedAt]:
    """Return what any author of an Area was told in that time of their letters by these criteria.

    It is counted as the letters of a watch are, and their authors need not be watched.
    """
    asked = {pk: each for pk, each in wordings_of(area).items() if each.key in criteria}
    return [
        *_marked(area, asked, when, Q(drafter__isnull=False)),
        *_checked(area, asked, when, Q(drafter__isnull=False)),
    ]


def _told_by_markings(area: Area, when: Between, whose: Whose, asked: Asked) -> list[ToldOf]:
    feedback = Feedback.objects.filter(
        whose.among(Source.REVIEW, "drafter"), when.told, area=area, drafter__isnull=False,
        review__letter_version__isnull=False,
    )  # fmt: skip
    rows = {each["review"]: each for each in _rows_told(
        feedback, "drafter", letter="review__letter_version__letter",
        duty="review__drawn_letter__duty",
    )}  # fmt: skip
    levels = _levels_of_reviews(rows, asked, when)
    return [
        _told(row, Source.REVIEW, asked[criterion])
        for review, row in rows.items()
        for criterion, (_, level) in levels[review].items()
        if level in FAULTS
    ]


def _told_by_checks(area: Area, when: Between, whose: Whose, asked: Asked) -> list[ToldOf]:
    parts = PartTold.objects.filter(
        whose.among(Source.CHECK, "recipient"), when.told, area=area,
        about=PartTold.About.WORDS, check_of__isnull=False,
    ).exclude(when.accepted(PartTold.Outcome.ACCEPTED))  # fmt: skip
    rows = {each["check_of"]: each for each in _rows_told(
        parts, "recipient", letter="version__letter", duty="version__letter__duty"
    )}  # fmt: skip
    given = PeerLevel.objects.filter(check_of__in=rows, criterion__in=asked)
    return [
        _told(rows[check], Source.CHECK, asked[criterion])
        for check, criterion, level in _levels_of_checks(given)
        if level is Level.NOT_MET
    ]


def _rows_told(rows: QuerySet[Any], author: str, *, letter: str, duty: str) -> QuerySet[Any]:
    """Return what of each row a fault that was told of is made from, and no words of it."""
    through = "check_of" if author == "recipient" else "review"
    return rows.values(
        "pk", "told_at", "told_by", "unit_id", through, author=F(author),
        author_unit=F(f"{author}__unit"), letter=F(letter), duty=F(duty),
    )  # fmt: skip


def _marked(area: Area, asked: Asked, when: Between, authors: Q) -> list[LookedAt]:
    """Return the markings that their authors were told of; before that they are nobody's to see."""
    feedback = Feedback.objects.filter(
        when.told, authors, area=area, review__letter_version__isnull=False
    ).order_by("pk")  # fmt: skip
    rows = list(
        feedback.values_list(
            "review", "drafter", "review__letter_version__letter", "review__letter_version",
            "told_at",
        )
    )  # fmt: skip
    written = written_of(feedback.values("review__letter_version"))
    levels = _levels_of_reviews([review for review, *_ in rows], asked, when)
    return [
        LookedAt(
            author=str(author), letter=str(letter), written_at=written[words], known_at=at,
            levels={asked[each].key: given for each, (given, _) in levels[review].items()},
            after={asked[each].key: level for each, (_, level) in levels[review].items()},
        )
        for review, author, letter, words, at in rows
    ]  # fmt: skip


def _checked(area: Area, asked: Asked, when: Between, authors: Q) -> list[LookedAt]:
    checks = PeerCheck.objects.filter(
        authors, area=area, answered_at__gte=when.since, answered_at__lt=when.until
    ).exclude(answer=PeerCheck.Answer.OVERTAKEN)
    levels: dict[int, dict[str, Level]] = defaultdict(dict)
    given = PeerLevel.objects.filter(check_of__in=checks, criterion__in=asked)
    for check, criterion, level in _levels_of_checks(given):
        levels[check][asked[criterion].key] = level
    rows = checks.order_by("pk").values_list("pk", "drafter", "letter", "version", "answered_at")
    written = written_of(checks.values("version"))
    # A check is disputed as a whole: once that is accepted, nothing in the words was a fault.
    taken_back = set(
        PartTold.objects.filter(
            when.accepted(PartTold.Outcome.ACCEPTED),
            check_of__in=checks,
            about=PartTold.About.WORDS,
        ).values_list("check_of", flat=True)
    )
    return [
        LookedAt(author=str(author), letter=str(letter), written_at=written[words], known_at=at,
                 levels=levels[pk],
                 after=dict.fromkeys(levels[pk], Level.FULLY) if pk in taken_back else {})
        for pk, author, letter, words, at in rows
        if at is not None
    ]  # fmt: skip


def _levels_of_checks(given: QuerySet[PeerLevel]) -> Iterator[tuple[int, int, Level]]:
    """Return of each of these levels its check, its criterion, and what it says by the record.

    The record is asked as it is now: of a letter that was not late when it was looked at, or went
    in time, nobody can say that it is sorry for being late, whatever was once answered.
    """
    rows = given.exclude(level="").order_by("pk").values_list(
        "check_of", "criterion", "level", "criterion__code", "criterion__applies_when",
        "check_of__letter__kind", "check_of__letter__duty__due_on",
        "check_of__letter__duty__sent_at", "check_of__answered_at",
    )  # fmt: skip
    for check, criterion, level, code, applies_when, kind, due_on, *moments in rows:
        is_by_record = applies_when and code in BY_RECORD_ALONE and kind == Letter.Kind.DECISION
        day = min((clock.day_of(each) for each in moments if each is not None), default=None)
        if is_by_record and day and not lateness_before_it_goes(due_on, day).applies:
            yield check, criterion, Level.NOT_APPLICABLE
        else:
            yield check, criterion, LEVELS[level]


def written_of(versions: QuerySet[Any]) -> dict[int, datetime]:
    """Return of each of these versions of letters by when its words were written."""
    same = LetterVersion.objects.filter(letter=OuterRef("letter"), sha256=OuterRef("sha256"))
    kept = LetterVersion.objects.filter(pk__in=versions).annotate(
        first_kept=Subquery(same.order_by("added_at").values("added_at")[:1]),
        is_written_here=Q(composed__isnull=False),
    )
    # Of the letter that is owed the duty holds the steps, of any other the letter itself.
    rows = kept.values_list(
        "pk", "first_kept", "is_written_here", "letter__kind", "letter__drafted_at",
        "letter__sent_at", "letter__duty__drafted_at", "letter__duty__sent_at",
    )  # fmt: skip
    found = {}
    for pk, at, is_written_here, kind, *steps in rows:
        drafted_at, sent_at = steps[2:] if kind == Letter.Kind.DECISION else steps[:2]
        found[pk] = written_by(
            at, is_written_here=is_written_here, drafted_at=drafted_at, sent_at=sent_at
        )
    return found


def _levels_of_reviews(
    reviews: Iterable[int], asked: Asked, when: Between
) -> dict[int, dict[int, tuple[Level, Level]]]:
    """Return by marking the level of each of these criteria, as given and after disputes."""
    chosen = list(reviews)
    accepted = dict(
        Dispute.objects.filter(
            when.accepted(Dispute.Outcome.ACCEPTED), mark__review__in=chosen
        ).values_list("mark", "new_level")
    )
    marks = Mark.objects.filter(review__in=chosen, criterion__in=asked).exclude(level="")
    found: dict[int, dict[int, tuple[Level, Level]]] = defaultdict(dict)
    for pk, review, criterion, level in marks.values_list("pk", "review", "criterion", "level"):
        found[review][criterion] = (LEVELS[level], LEVELS[accepted.get(pk, level)])
    return found


def _told(row: Mapping[str, Any], source: str, asked: Wording) -> ToldOf:
    return ToldOf(
        told=Told(author=str(row["author"]), criterion=asked.key, letter=str(row["letter"]),
                  told_at=row["told_at"]),
        source=source, number=row["pk"], asked=asked, author_id=row["author"],
        author_unit_id=row["author_unit"], unit_id=row["unit_id"], duty_id=row["duty"],
        told_by_id=row["told_by"],
    )  # fmt: skip
