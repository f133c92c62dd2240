"""Which rounds need whoever leads them, and why: nobody else closes a round or gives it up."""

from django.db.models import Count, Q, QuerySet

from forthright.accounts.models import Role, User
from forthright.accounts.permissions import Permission, reach_of
from forthright.accounts.policies import has_permission
from forthright.calibration.models import Round, RoundLetter, RoundMarker
from forthright.calibration.selectors.rounds import (
    FEWEST_MARKERS,
    letters_to_agree,
)
from forthright.peer_checks.selectors.colleagues import who_decide_disputes
from forthright.reviews.models import Dispute, Review
from forthright.reviews.selectors import disputes_waiting
from forthright.reviews.selectors.lists import of_same_letters, reviews_to_mark_blind
from forthright.rules.words import count_words, day_words, list_words
from forthright.samples.selectors.plans import roles_to_mark
from forthright.standards.models import Subject
from forthright.web import clock


def rounds_to_lead(user: User) -> list[Round]:
    """Return the rounds that need this person next, the oldest first.

    Of those they made, or that nobody leads any more, what is closed and not agreed yet, and what
    is open though its last day is over, or though nobody's marks are still to come, or with fewer
    than two who can finish. Of all in the Area, what a dispute waits for.
    """
    if not has_permission(user, Permission.CALIBRATION_LEAD):
        return []
    rounds = Round.objects.filter(area=user.area_id)
    if not rounds.exists():
        return []
    own = rounds.filter(Q(made_by=user.pk) | ~Q(made_by__in=_who_lead(user)))
    to_agree = own.filter(
        closed_at__isnull=False, is_given_up=False, letters__in=letters_to_agree(own)
    )
    unclosed = own.filter(closed_at=None)
    over = unclosed.filter(mark_by__lt=clock.today())
    none_to_come = unclosed.exclude(pk__in=_still_marking().values("round"))
    wanted = Q(pk__in=to_agree) | Q(pk__in=over) | Q(pk__in=none_to_come)
    wanted |= Q(pk__in=_that_cannot_close(unclosed)) | Q(pk__in=_disputes_behind(rounds, user))
    return list(rounds.filter(wanted).order_by("made_at", "pk"))


def why_to_close(held: Round, user: User) -> str:
    """Say why a round is to be closed before all have finished, or given up; blank: all have."""
    if not held.is_open:
        return ""
    said = [_what_is_missing(held)]
    of_this = Round.objects.filter(pk=held.pk)
    if disputes := _disputes_behind(of_this, user).get(held.pk):
        last = min(each.decide_by for each in disputes)
        waiting = count_words(len(disputes), "dispute waits", "disputes wait")
        said.append(
            f"{waiting} for it to close, as only people who mark in it can decide. What nobody "
            f"decided by {day_words(last)} stands as it was marked."
        )
    return " ".join(each for each in said if each)


def _what_is_missing(held: Round) -> str:
    unfinished = held.markers.filter(finished_at=None).select_related("person")
    coming = [each.person for each in unfinished.filter(_can_finish())]
    gone = [each.person for each in unfinished if each.person not in coming]
    finished = held.markers.exclude(finished_at=None).count()
    barred = f"{list_words([str(each) for each in gone])} may no longer mark in it"
    if finished + len(coming) < FEWEST_MARKERS:
        return f"{barred}, so fewer than two can finish. Give it up with a reason."
    if gone and not coming:
        return f"{barred}. Close it with a reason, or give it up."
    today = clock.today()
    if not coming or held.mark_by >= today:
        return ""
    over = f"It is past its last day, {day_words(held.mark_by)}"
    if finished < FEWEST_MARKERS:
        return f"{over}, and fewer than two have finished. Wait for them, or give it up."
    names = list_words([str(each.person) for each in unfinished])
    return f"{over}, without the marks of {names}. Close it with a reason, or give it up."


def _who_lead(user: User) -> QuerySet[User]:
    roles = [role for role in Role.values if reach_of(role, Permission.CALIBRATION_LEAD)]
    return User.objects.filter(area=user.area_id, role__in=roles, is_active=True)


def _can_finish() -> Q:
    """Return the condition of those in a round who may mark, by their role of today."""
    may = Q()
    for subject in Subject.values:
        may |= Q(round__edition__subject=subject, person__role__in=roles_to_mark(subject))
    return may & Q(person__is_active=True)


def _still_marking() -> QuerySet[RoundMarker]:
    return RoundMarker.objects.filter(_can_finish(), finished_at=None)


def _that_cannot_close(unclosed: QuerySet[Round]) -> list[int]:
    """Return the open rounds in which fewer than two have finished or can still finish."""
    can_finish = Q(markers__finished_at__isnull=False) | Q(markers__in=_still_marking())
    counted = unclosed.annotate(able=Count("markers", filter=can_finish, distinct=True))
    return list(counted.filter(able__lt=FEWEST_MARKERS).values_list("pk", flat=True))


def _disputes_behind(rounds: QuerySet[Round], user: User) -> dict[int, list[Dispute]]:
    """Return by open round the disputes that nobody can decide before it is closed.

    One of a letter that this person has yet to mark blind would tell them how it was marked.
    """
    letters = RoundLetter.objects.filter(round__in=rounds, round__closed_at=None)
    reviews = Review.objects.filter(of_same_letters(Q(pk__in=letters.values("review"))))
    disputes = Dispute.objects.filter(
        outcome=Dispute.Outcome.OPEN, feedback__area=user.area_id, feedback__review__in=reviews
    ).exclude(feedback__review__in=reviews_to_mark_blind(user))
    behind = list(disputes.select_related("feedback__review__drawn_letter").order_by("pk"))
    deciders = list(who_decide_disputes(user.area_id)) if behind else []
    can_be = {pk for each in deciders for pk in disputes_waiting(each).values_list("pk", flat=True)}
    found: dict[int, list[Dispute]] = {}
    for dispute in behind:
        drawn = dispute.feedback.review.drawn_letter
        if dispute.pk in can_be:
            continue
        others = {each.pk for each in deciders} - {
            dispute.feedback.review.marker_id, dispute.feedback.drafter_id
        }  # fmt: skip
        of_it = letters.filter(
            review__drawn_letter__duty=drawn.duty_id,
            review__drawn_letter__disclosure=drawn.disclosure_id,
            round__markers__person__in=others,
        )
        for letter in of_it.distinct():
            marks = set(letter.round.markers.values_list("person", flat=True))
            if {str(each) for each in others & marks} - set(letter.left_out):
                found.setdefault(letter.round_id, []).append(dispute)
    return found
