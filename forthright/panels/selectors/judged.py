"""Who is judged by a letter: whoever wrote, looked at, approved, sent or marked it."""

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.letters.models import Dispatch, Letter
from forthright.panels.models import Alarm, AnonymisedLetter, Meeting, PackLetter
from forthright.peer_checks.models import PeerCheck
from forthright.reviews.models import Review, SecondMarking


def judged_by(letter: AnonymisedLetter) -> set[int]:
    """Return whose work the panel judges with a letter, and who marked it themselves."""
    duty = letter.duty
    of_letter = {"letter__duty": letter.duty_id}
    reviews = Review.objects.filter(drawn_letter__duty=letter.duty_id)
    rows = (
        Letter.objects.filter(duty=letter.duty_id).values_list("approved_by", flat=True),
        Dispatch.objects.filter(duty=letter.duty_id).values_list("asked_by", flat=True),
        PeerCheck.objects.filter(**of_letter).values_list("checker", flat=True),
        reviews.values_list("marker", flat=True),
        SecondMarking.objects.filter(review__in=reviews).values_list("marker", flat=True),
    )
    written = {duty.drafter_id, duty.decision.made_by_id, letter.version.added_by_id}
    return {each for each in {*written, *(pk for row in rows for pk in row)} if each is not None}


def open_pack_with(letter: AnonymisedLetter) -> PackLetter | None:
    """Return the letter as it stands in a pack that members are reading, if it is in one."""
    rows = PackLetter.objects.filter(
        duty=letter.duty_id, left_out_because="", meeting__state=Meeting.State.OPEN
    )
    return rows.select_related("meeting__area").first()


def others_who_keep(letter: AnonymisedLetter) -> list[User]:
    """Return who keeps the panel of a letter's Area and is not judged by it."""
    rows = User.objects.filter(area=letter.area_id, is_active=True)
    people = rows.exclude(pk__in=judged_by(letter)).order_by("full_name")
    return [each for each in people if has_permission(each, Permission.PANEL_KEEP)]


def alarms_unanswered(letter: AnonymisedLetter) -> list[Alarm]:
    """Return what was said against a letter that is in an open pack, and not answered yet."""
    return list(letter.alarms.filter(answered_at=None).select_related("raised_by"))
