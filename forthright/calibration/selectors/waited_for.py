"""What a figure of marks waits for that is held back from somebody who marks its letters blind."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from forthright.accounts.models import User
from forthright.calibration.models import Round, RoundMarker
from forthright.reviews.models import Review, SecondMarking
from forthright.reviews.selectors.lists import of_same_letters
from forthright.rules.words import day_words, list_words


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitedFor:
    """What must be done first: by the reader themself, or, of what they finished, by others."""

    second_marks: bool
    to_mark: tuple[Round, ...]
    to_close: tuple[Round, ...]

    def words(self, *, whose: str = "your", who: str = "you") -> str:
        """Say it of the reader, or with other words of somebody else."""
        said = [f"{whose} second marks"] if self.second_marks else []
        said += [f"{whose} marks in the calibration round “{each}”" for each in self.to_mark]
        said += [
            f"the calibration round “{each}” to close, in which {who} have finished (last day "
            f"{day_words(each.mark_by)}, led by {each.made_by})"
            for each in self.to_close
        ]
        return list_words(said)


def waited_for(user: User, blind: QuerySet[Review]) -> WaitedFor:
    """Return what somebody waits for who is to see nothing of the marks of these letters yet."""
    same = Review.objects.filter(of_same_letters(Q(pk__in=blind.values("pk"))))
    second = SecondMarking.objects.filter(marker=user.pk, marked_at=None, review__in=same)
    mine = RoundMarker.objects.filter(
        person=user.pk, round__closed_at=None, round__letters__review__in=same
    )
    rows = mine.select_related("round__made_by").distinct().order_by("round__mark_by", "round")
    return WaitedFor(
        second_marks=second.exists(),
        to_mark=tuple(each.round for each in rows if each.finished_at is None),
        to_close=tuple(each.round for each in rows if each.finished_at is not None),
    )
