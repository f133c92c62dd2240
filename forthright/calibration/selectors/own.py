"""All that is held about one person's marks, and nothing about anybody else's."""

from dataclasses import dataclass, field
from datetime import datetime

from forthright.accounts.models import User
from forthright.calibration.models import FigureLook, GoldGiven, LeniencyFigure, RoundMark
from forthright.reviews.models import Mark, SecondLevel


@dataclass(frozen=True, slots=True)
class OwnMark:
    """One level that somebody gave."""

    given_at: datetime
    letter: str
    how: str
    criterion: str
    level: str


@dataclass(frozen=True, slots=True)
class OwnMarks:
    """What is held about the marks of one person."""

    marks: list[OwnMark]
    figures: list[LeniencyFigure] = field(default_factory=list)
    looks: list[FigureLook] = field(default_factory=list)
    # Letters with agreed marks that no longer go out; until then nobody is told which they are.
    held_against_agreed: list[str] = field(default_factory=list)

    @property
    def number_of_letters(self) -> int:
        """Return how many letters these are."""
        return len({each.letter for each in self.marks})


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
    figures = LeniencyFigure.objects.filter(marker=user.pk).select_related("run")
    looks = FigureLook.objects.filter(figure__marker=user.pk).exclude(person=user.pk)
    retired = GoldGiven.objects.filter(
        marking__marker=user.pk, marking__marked_at__isnull=False, gold__retired_at__isnull=False
    ).select_related("marking__review__drawn_letter__duty__case")
    return OwnMarks(
        marks=sorted(found, key=lambda each: (each.given_at, each.letter, each.criterion)),
        figures=list(figures.order_by("-run__made_at")),
        looks=list(looks.select_related("person", "figure__run").order_by("seen_at", "pk")),
        held_against_agreed=sorted(each.marking.called for each in retired),
    )
