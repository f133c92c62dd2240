"""Letters with agreed marks; who marks letters never sees which they are."""

from django.db.models import Count, Q, QuerySet

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.calibration.models import GoldLetter, HiddenWords
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
        )
        .annotate(number_given=Count("given"), number_done=done)
        .order_by("-made_at", "-pk")
    )


def gold_for(user: User, gold_id: int) -> GoldLetter | None:
    """Return one letter with agreed marks, or None where it is absent or hidden."""
    return gold_visible_to(user).filter(pk=gold_id).first()


def hidden_words_of(review: Review) -> str:
    """Return the words with names hidden that a letter is marked by, or nothing."""
    kept = HiddenWords.objects.filter(review=review.pk).values_list("words", flat=True).first()
    return kept or ""
