"""What people were told of letters by checks and markings: their own parts, and disputes."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.http import Http404

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission, within_reach
from forthright.letters.models import LetterVersion
from forthright.letters.policies import reasons_of_own_part
from forthright.letters.selectors.case_facts import note_for
from forthright.letters.selectors.which import perhaps_of
from forthright.peer_checks.models import PartTold
from forthright.peer_checks.selectors.blind import not_to_know
from forthright.peer_checks.selectors.colleagues import who_decide_disputes
from forthright.rules.separation import DECIDE
from forthright.schemes.selectors.duties import duties_visible_to
from forthright.web import clock

SHOWN = ("version__letter__duty__case", "check_of__edition", "told_by", "recipient", "decided_by",
         "area", "unit")  # fmt: skip

DISPUTED = Q(disputed_at__isnull=False)


def parts_to(user: User) -> QuerySet[PartTold]:
    """Return what this person was told, the newest first."""
    rows = PartTold.objects.filter(recipient=user.pk)
    own = within_reach(user, Permission.FEEDBACK_ANSWER, rows, own=Q(recipient=user.pk))
    return own.select_related(*SHOWN).order_by("-told_at", "-pk")


def parts_to_read(user: User) -> QuerySet[PartTold]:
    """Return what this person was told and has not read yet, the oldest first."""
    return parts_to(user).filter(read_at=None).order_by("told_at", "pk")


def whose_page_opens_for(user: User) -> Q:
    """Return the condition of parts of which whoever told them may still open the page.

    Who told them while they covered for a unit, or before they moved, may not: no line on their
    overview would ever go.
    """
    of_look = Q(review_number=None, version__letter__duty__in=duties_visible_to(user).values("pk"))
    if not has_permission(user, Permission.REVIEW_SEE):
        return of_look
    return of_look | Q(review_number__isnull=False, area=user.area_id)


def replies_to_read(user: User) -> QuerySet[PartTold]:
    """Return what this person told and was answered, and has not opened since, the oldest first."""
    rows = PartTold.objects.filter(
        whose_page_opens_for(user), told_by=user.pk, replied_at__isnull=False, reply_read_at=None
    )
    return rows.select_related(*SHOWN).order_by("replied_at", "pk")


def parts_of_review(number: int) -> QuerySet[PartTold]:
    """Return what a marking told whoever wrote the reasons of its letter."""
    return PartTold.objects.filter(review_number=number).select_related("recipient", "told_by")


def reasons_cleared(reviews: Collection[int]) -> set[int]:
    """Return of some markings those that blamed the reasons, until that dispute was accepted."""
    accepted = PartTold.objects.filter(
        review_number__in=reviews, outcome=PartTold.Outcome.ACCEPTED, about=PartTold.About.REASONS
    )
    return {number for number in accepted.values_list("review_number", flat=True) if number}


def part_for(user: User, part_id: int) -> PartTold:
    """Return a part that this person was told.

    :raises Http404: if there is none, or it was told to somebody else
    """
    part = parts_to(user).filter(pk=part_id).first()
    if part is None:
        raise Http404("No such feedback")
    return part


def disputes_of_parts(user: User) -> QuerySet[PartTold]:
    """Return the disputes of parts that this person may decide or see the outcome of.

    One that a marking told tells how the letter was marked, so a blind marker sees it after.
    """
    reached = within_reach(user, Permission.DISPUTE_DECIDE, PartTold.objects.all())
    if hidden := not_to_know(user):
        reached = reached.exclude(review_number__in=hidden)
    return reached.filter(DISPUTED).select_related(*SHOWN).order_by("decide_by")


def disputes_waiting(user: User) -> QuerySet[PartTold]:
    """Return the disputes that wait for this person: not of what they found or wrote.

    Nor of a letter that they had a part in, while somebody else can decide.
    """
    # Whose each is to decide is long to ask, and mostly none is open.
    if not PartTold.objects.filter(_waits(), DISPUTED, area=user.area_id).exists():
        return PartTold.objects.none()
    rows = (
        disputes_of_parts(user).filter(_waits()).exclude(told_by=user.pk).exclude(recipient=user.pk)
    )
    perhaps = perhaps_of(user, [each.version.letter for each in rows]) if rows else set()
    others = [
        each.pk
        for each in rows
        if each.version.letter_id in perhaps
        and reasons_of_part_in(user, each)
        and others_who_decide(each)
    ]
    return rows.exclude(pk__in=others) if others else rows


def reasons_of_part_in(user: User, part: PartTold) -> tuple[str, ...]:
    """Say of each part that a person had in a letter that others must decide its dispute."""
    return reasons_of_own_part(user, part.version.letter, others=DECIDE)


def others_who_decide(part: PartTold) -> list[User]:
    """Return who can decide a dispute of a part and had no part in its letter."""
    people = who_decide_disputes(part.area_id).exclude(pk__in=[part.told_by_id, part.recipient_id])
    return [
        each
        for each in people
        if not reasons_of_part_in(each, part)
        and disputes_of_parts(each).filter(pk=part.pk).exists()
    ]


def disputes_over(user: User) -> QuerySet[PartTold]:
    """Return the disputes that have an outcome, or whose deadline is over without one."""
    return disputes_of_parts(user).exclude(_waits())


def _waits() -> Q:
    """Say of a dispute that it has no outcome, and its deadline is not over."""
    return Q(outcome=PartTold.Outcome.OPEN, decide_by__gte=clock.today())


def part_disputed_for(user: User, part_id: int) -> PartTold:
    """Return a disputed part that this person may see.

    :raises Http404: if there is none, or it is hidden from them
    """
    part = disputes_of_parts(user).filter(pk=part_id).first()
    if part is None:
        raise Http404("No such dispute")
    return part


def writer_of_reasons(version: LetterVersion) -> User | None:
    """Return who wrote the reasons that words rest on, if they can be told here."""
    note = version.note or note_for(version.letter.duty.decision)
    writer: User | None = note.written_by if note else None
    if writer is None or not has_permission(writer, Permission.FEEDBACK_ANSWER):
        return None
    return writer
