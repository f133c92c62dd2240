"""Who is judged by a letter: whoever wrote, looked at, approved, sent or marked it."""

from collections.abc import Sequence

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.calibration.models import RoundMark
from forthright.letters.models import Dispatch
from forthright.panels.models import Alarm, AnonymisedLetter, Meeting, PackLetter
from forthright.peer_checks.models import PeerCheck
from forthright.reviews.models import Review, SecondMarking
from forthright.samples.selectors.hands import hands_on


def judged_by(letter: AnonymisedLetter) -> set[int]:
    """Return whose work the panel judges with a letter, and who marked it themselves."""
    return judged_by_each([letter])[letter.pk]


def judged_by_each(letters: Sequence[AnonymisedLetter]) -> dict[int, set[int]]:
    """Return the same of each letter, by its number.

    It is whoever decided, drafted, wrote, approved, looked at, overruled or sent it, or marked it.
    """
    hands = hands_on([each.duty for each in letters])
    found = _marked_or_sent(letters)
    for each in letters:
        duty, through = each.duty, hands[each.duty_id]
        people = {
            duty.decision.made_by_id, each.version.added_by_id, through.drafter,
            *through.writers, *through.approvers, *through.overrulers, *through.passers,
            *through.waivers,
        }  # fmt: skip
        found[each.pk] |= {person for person in people if person is not None}
    return found


def _marked_or_sent(letters: Sequence[AnonymisedLetter]) -> dict[int, set[int]]:
    duties = [each.duty_id for each in letters]
    of_review = {"drawn_letter__duty__in": duties}
    reviews = Review.objects.filter(**of_review).values("pk")
    rows = (
        Dispatch.objects.filter(duty__in=duties).values_list("duty", "asked_by"),
        PeerCheck.objects.filter(letter__duty__in=duties).values_list("letter__duty", "checker"),
        Review.objects.filter(**of_review).values_list("drawn_letter__duty", "marker"),
        SecondMarking.objects.filter(review__in=reviews).values_list(
            "review__drawn_letter__duty", "marker"
        ),
        RoundMark.objects.filter(letter__review__in=reviews).values_list(
            "letter__review__drawn_letter__duty", "marker__person"
        ),
    )
    found: dict[int, set[int]] = {each.pk: set() for each in letters}
    for duty, person in {each for row in rows for each in row if each[1] is not None}:
        for each in letters:
            if each.duty_id == duty:
                found[each.pk].add(person)
    return found


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
