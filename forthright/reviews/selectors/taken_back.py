"""What was taken back from a second marker, who may have its page open still."""

from forthright.accounts.models import User
from forthright.audit.models import Event
from forthright.reviews.models import Review, SecondMarking


def taken_back_from(user: User, marking_id: int) -> Review | None:
    """Return the first marking of what was taken back from a person, and is not theirs again.

    It may be another's by now, or gone, so the record alone says whose it was.
    """
    if SecondMarking.objects.filter(pk=marking_id, marker=user.pk).exists():
        return None
    taken = Event.objects.filter(
        subject_kind=SecondMarking._meta.label, subject_id=str(marking_id),
        name="second_marking.taken_back", area=user.area_id, detail__marker=user.pk,
    ).order_by("-sequence").first()  # fmt: skip
    if taken is None:
        return None
    rows = Review.objects.select_related("edition", "drawn_letter")
    return rows.filter(pk=taken.detail["review"]).first()
