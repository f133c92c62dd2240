"""All that is held about one person's marks, and nothing about anybody else's.

Rooms above this one that keep marks too say which, so that whoever asks gets all.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from forthright.accounts.models import User
from forthright.calibration.models import (
    AgreedMark,
    FigureLook,
    GoldGiven,
    LeniencyFigure,
    RoundMark,
)
from forthright.letters.models import NoteMark
from forthright.peer_checks.models import LevelLeft, LookLeft, PartTold, PeerCheck, PeerLevel
from forthright.reviews.models import Dispute, Mark, Review, SecondLevel, SecondMarking
from forthright.rules.words import day_words
from forthright.standards.models import Level
from forthright.web import clock

LOOK, REASONS = "Look before it went", "Marks of a prosecutor’s reasons"
LEFT = "Look before it went, until it was somebody else’s"


@dataclass(frozen=True, slots=True)
class OwnMark:
    """One level that somebody gave."""

    given_at: datetime
    letter: str
    how: str
    criterion: str
    level: str


@dataclass(frozen=True, slots=True)
class OwnWhole:
    """One marking as a whole: its overall level, after a dispute too, and how long it took.

    Of a look before a letter went it has the answer. No time is kept of second marks.
    """

    finished_at: datetime | None
    letter: str
    how: str
    overall: str
    after_dispute: str
    seconds: int | None


@dataclass(frozen=True, slots=True)
class OwnDispute:
    """One dispute of what somebody gave; the words of whoever disputed are not theirs.

    What was found in a look before a letter went is disputed as a whole, and has no level.
    """

    raised_at: datetime
    letter: str
    criterion: str
    level: str
    outcome: str
    new_level: str
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnMarks:
    """What is held about the marks of one person."""

    marks: list[OwnMark]
    wholes: list[OwnWhole] = field(default_factory=list)
    disputes: list[OwnDispute] = field(default_factory=list)
    figures: list[LeniencyFigure] = field(default_factory=list)
    looks: list[FigureLook] = field(default_factory=list)
    # Letters with agreed marks that no longer go out; until then nobody is told which they are.
    held_against_agreed: list[str] = field(default_factory=list)


AsksOwn = Callable[[User], list[OwnMark]]
_elsewhere: dict[str, AsksOwn] = {}


def answer_own_marks(room: str, asked: AsksOwn) -> None:
    """Let a room above say which marks of a person it keeps."""
    _elsewhere[room] = asked


def own_marks(user: User) -> OwnMarks:
    """Return all that is held about this person's marks."""
    of_review = ("review__drawn_letter__duty__case", "review__drawn_letter__disclosure__case",
                 "criterion")  # fmt: skip
    firsts = Mark.objects.filter(review__marker=user.pk).exclude(level="")
    seconds = SecondLevel.objects.filter(marking__marker=user.pk)
    rounds = RoundMark.objects.filter(marker__person=user.pk)
    found = [
        OwnMark(e.saved_at, e.review.drawn_letter.called, "First marks",
                e.criterion.code, e.get_level_display())
        for e in firsts.select_related(*of_review)
    ]  # fmt: skip
    of_second = (f"marking__{each}" for each in of_review[:2])
    found += [
        OwnMark(e.saved_at, e.marking.called, "Second marks",
                e.criterion.code, e.get_level_display())
        for e in seconds.select_related(*of_second, "criterion")
    ]  # fmt: skip
    found += [
        OwnMark(e.saved_at, e.letter.review.drawn_letter.called, "Calibration round",
                e.criterion.code, e.get_level_display())
        for e in rounds.select_related(*(f"letter__{each}" for each in of_review[:2]), "criterion")
    ]  # fmt: skip
    looked = PeerLevel.objects.filter(check_of__checker=user.pk).exclude(level="")
    found += [
        OwnMark(e.saved_at, str(e.check_of.letter.duty.reference), LOOK,
                e.criterion.code, e.get_level_display())
        for e in looked.select_related("check_of__letter__duty__case", "criterion")
    ]  # fmt: skip
    left = LevelLeft.objects.filter(look__checker=user.pk).exclude(level="")
    found += [
        OwnMark(e.saved_at, str(e.look.check_of.letter.duty.reference), LEFT,
                e.criterion.code, e.get_level_display())
        for e in left.select_related("look__check_of__letter__duty__case", "criterion")
    ]  # fmt: skip
    of_reasons = NoteMark.objects.filter(marked_by=user.pk).select_related("note__decision__case")
    found += [
        OwnMark(e.marked_at, f"Reasons {e.note.number}, {e.note.decision.case.urn}", REASONS, "",
                e.get_level_display())
        for e in of_reasons
    ]  # fmt: skip
    found += [*_agreed(user), *_decided(user)]
    for asked in _elsewhere.values():
        found += asked(user)
    figures = LeniencyFigure.objects.filter(marker=user.pk).select_related("run")
    looks = FigureLook.objects.filter(figure__marker=user.pk).exclude(person=user.pk)
    retired = GoldGiven.objects.filter(
        marking__marker=user.pk, marking__marked_at__isnull=False, gold__retired_at__isnull=False
    ).select_related("marking__review__drawn_letter__duty__case")
    return OwnMarks(
        marks=sorted(found, key=lambda each: (each.given_at, each.letter, each.criterion)),
        wholes=[*_wholes(user), *_looks(user)],
        disputes=[*_disputes(user), *_disputes_of_looks(user)],
        figures=list(figures.order_by("-run__made_at")),
        looks=list(looks.select_related("person", "figure__run").order_by("seen_at", "pk")),
        held_against_agreed=sorted(each.marking.called for each in retired),
    )


def _agreed(user: User) -> list[OwnMark]:
    """Return the levels that this person wrote down as agreed."""
    rows = AgreedMark.objects.filter(agreed_by=user.pk).select_related(
        "letter__review__drawn_letter__duty__case",
        "letter__review__drawn_letter__disclosure__case", "criterion",
    )  # fmt: skip
    return [
        OwnMark(e.agreed_at, e.letter.review.drawn_letter.called, "Agreed for a calibration round",
                e.criterion.code, e.get_level_display())
        for e in rows
    ]  # fmt: skip


def _decided(user: User) -> list[OwnMark]:
    """Return the levels that this person put in the place of disputed ones."""
    rows = Dispute.objects.filter(decided_by=user.pk, decided_at__isnull=False).exclude(
        new_level=""
    )
    related = rows.select_related(
        "mark__criterion", "mark__review__drawn_letter__duty__case",
        "mark__review__drawn_letter__disclosure__case",
    )  # fmt: skip
    return [
        OwnMark(e.decided_at, e.mark.review.drawn_letter.called, "Decided in a dispute",
                e.mark.criterion.code, _level(e.new_level))
        for e in related
        if e.decided_at is not None
    ]  # fmt: skip


def _wholes(user: User) -> list[OwnWhole]:
    """Return every marking that this person began, first and second ones, by time."""
    related = ("drawn_letter__duty__case", "drawn_letter__disclosure__case")
    reviews = Review.objects.filter(marker=user.pk).select_related(*related)
    seconds = SecondMarking.objects.filter(marker=user.pk, opened_at__isnull=False)
    found = [
        OwnWhole(each.marked_at, each.drawn_letter.called, "First marks", _level(each.overall),
                 _level(each.overall_after_dispute), each.seconds_spent)
        for each in reviews.order_by("started_at", "pk")
    ]  # fmt: skip
    found += [
        OwnWhole(each.marked_at, each.called, "Second marks", _level(each.overall), "", None)
        for each in seconds.select_related(*(f"review__{name}" for name in related)).order_by(
            "opened_at", "pk"
        )
    ]
    return found


def _disputes(user: User) -> list[OwnDispute]:
    """Return the disputes of this person's marks, by time, with what each changed."""
    rows = Dispute.objects.filter(mark__review__marker=user.pk).select_related(
        "mark__criterion", "mark__review__drawn_letter__duty__case",
        "mark__review__drawn_letter__disclosure__case",
    )  # fmt: skip
    return [
        OwnDispute(
            raised_at=each.raised_at,
            letter=each.mark.review.drawn_letter.called,
            criterion=each.mark.criterion.code,
            level=_level(each.mark.level),
            outcome=each.get_outcome_display(),
            new_level=_level(each.new_level),
            decided_at=each.decided_at,
        )
        for each in rows.order_by("raised_at", "pk")
    ]


def _looks(user: User) -> list[OwnWhole]:
    """Return every look at a letter before it went that this person began, by time."""
    begun = PeerCheck.objects.filter(checker=user.pk, opened_at__isnull=False)
    left = LookLeft.objects.filter(checker=user.pk).select_related("check_of__letter__duty__case")
    found = [
        OwnWhole(each.left_at, str(each.check_of.letter.duty.reference), LEFT,
                 "None: it went to somebody else", "", each.seconds_spent)
        for each in left.order_by("left_at", "pk")
    ]  # fmt: skip
    return found + [
        OwnWhole(each.answered_at, str(each.letter.duty.reference), LOOK,
                 each.answer_words, "", each.seconds_spent)
        for each in begun.select_related("letter__duty__case").order_by("opened_at", "pk")
    ]  # fmt: skip


def _disputes_of_looks(user: User) -> list[OwnDispute]:
    """Return the disputes of what this person told of a letter or its reasons, by time."""
    told = PartTold.objects.filter(told_by=user.pk, disputed_at__isnull=False)
    return [
        OwnDispute(
            raised_at=each.disputed_at,
            letter=str(each.version.letter.duty.reference),
            criterion="What you told of the reasons"
            if each.about == PartTold.About.REASONS
            else "What you told of the letter",
            level="",
            outcome=_outcome(each),
            new_level="",
            decided_at=each.decided_at,
        )
        for each in told.select_related("version__letter__duty__case").order_by("disputed_at", "pk")
        if each.disputed_at is not None
    ]


def _outcome(part: PartTold) -> str:
    if part.decide_by is not None and part.is_unanswered_on(clock.today()):
        return f"Nobody decided by the end of {day_words(part.decide_by)}: it stands"
    return str(part.get_outcome_display())


def _level(level: str) -> str:
    return str(Level(level).label) if level else ""
