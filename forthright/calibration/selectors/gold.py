"""Letters with agreed marks; who marks letters never sees which they are."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.audit.models import Event
from forthright.calibration.models import GoldLetter, HiddenWords, RoundMarker
from forthright.calibration.selectors.rounds import finished_by_one_at_most
from forthright.reviews.models import Review


def gold_visible_to(user: User) -> QuerySet[GoldLetter]:
    """Return the letters with agreed marks of a person's Area, the newest first."""
    if not has_permission(user, Permission.CALIBRATION_LEAD):
        return GoldLetter.objects.none()
    done = Count("given", filter=Q(given__marking__marked_at__isnull=False))
    return (
        GoldLetter.objects.filter(area=user.area_id)
        .select_related(
            "letter__round",
            "letter__review__drawn_letter__duty__case",
            "letter__review__edition",
            "retired_by",
            "marks_wrong_by",
        )
        .annotate(number_given=Count("given"), number_done=done)
        .order_by("-made_at", "-pk")
    )


def gold_for(user: User, gold_id: int) -> GoldLetter | None:
    """Return one letter with agreed marks, or None where it is absent or hidden."""
    return gold_visible_to(user).filter(pk=gold_id).first()


def agreed_by_one(area: Area, elsewhere: Collection[int] = ()) -> list[GoldLetter]:
    """Return the letters with agreed marks that one alone had finished, and that do not say so yet.

    :param elsewhere: the markings whose letters another room agreed on by the marks of one
    """
    letters = finished_by_one_at_most().values("pk")
    marked = RoundMarker.objects.values("round")
    other = Q(letter__review__in=elsewhere) & ~Q(letter__round__in=marked)
    alone = Q(letter__in=letters) | other
    found = GoldLetter.objects.filter(alone, area=area, is_by_one=False)
    return list(found.select_related("letter__round", "area").order_by("pk"))


def taken_back(letters: Iterable[GoldLetter]) -> dict[int, tuple[int, datetime]]:
    """Return by letter how often it was taken back from who had not finished it, and when last."""
    numbers = [str(each.pk) for each in letters]
    events = Event.objects.filter(
        name="gold.taken_back", subject_kind=GoldLetter._meta.label, subject_id__in=numbers
    )
    found: dict[int, tuple[int, datetime]] = {}
    for subject, at in events.order_by("sequence").values_list("subject_id", "at"):
        number, _ = found.get(int(subject), (0, at))
        found[int(subject)] = number + 1, at
    return found


def hidden_words_of(review: Review) -> str:
    """Return the words with names hidden that a letter is marked by, or nothing."""
    kept = HiddenWords.objects.filter(review=review.pk).values_list("words", flat=True).first()
    return kept or ""
