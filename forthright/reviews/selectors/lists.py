"""The doors to reviews, feedback and disputes, and what of them waits for a person."""

from django.db.models import Q, QuerySet
from django.http import Http404

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission, Reach, reach_of
from forthright.accounts.policies import has_permission, within_reach
from forthright.disclosure.models import DisclosureDuty
from forthright.peer_checks.selectors.colleagues import who_decide_disputes
from forthright.reviews.models import BlindFor, Dispute, Feedback, Mark, Review, SecondMarking
from forthright.rules.words import list_words
from forthright.samples import selectors as samples
from forthright.samples.models import DrawnLetter
from forthright.samples.selectors.hands import hands_of, went_through_hands_of
from forthright.samples.selectors.plans import permission_to_mark
from forthright.schemes.models import Duty
from forthright.standards.models import Subject

LETTER = ("drawn_letter__duty__case", "drawn_letter__draw__plan", "drawn_letter__duty__drafter",
          "drawn_letter__disclosure__case", "drawn_letter__prosecutor")  # fmt: skip
SHOWN = (*LETTER, "unit", "area", "edition", "marker", "root_cause", "letter_version")


def reviews_visible_to(user: User) -> QuerySet[Review]:
    """Return the reviews within a person's reach, and those they marked themselves.

    Whoever is to mark a letter without the marks of others sees these when all are done.
    """
    letters = Review.objects.filter(drawn_letter__disclosure=None)
    disclosed = Review.objects.filter(drawn_letter__duty=None)
    reached = within_reach(user, Permission.REVIEW_SEE, letters)
    reached |= within_reach(user, Permission.REVIEW_SEE, disclosed, liaison_reaches_all=False)
    own = Q(area=user.area_id, marker=user.pk)
    visible = Review.objects.filter(Q(pk__in=reached.values("pk")) | own).exclude(
        is_blind_for(user)
    )
    return visible.select_related(*SHOWN, "feedback__drafter").prefetch_related(
        "feedback__disputes"
    )


def is_blind_for(user: User) -> Q:
    """Return the condition of reviews of letters that this person has yet to mark blind.

    Marks that somebody else gave the same letter for another plan tell of it as the first do.
    Whoever may no longer mark, as after a promotion, gives no more marks in a round.
    """
    may = [each for each in Subject.values if has_permission(user, permission_to_mark(each))]
    second = SecondMarking.objects.filter(marker=user.pk, marked_at__isnull=True)
    other = BlindFor.objects.filter(
        person=user.pk, until__isnull=True, review__edition__subject__in=may
    )
    blind = Q(pk__in=second.values("review")) | Q(pk__in=other.values("review"))
    twins = Review.objects.filter(of_same_letters(blind)).exclude(marker=user.pk)
    return blind | Q(pk__in=twins.values("pk"))


def of_same_letters(marked: Q) -> Q:
    """Return the condition of all markings of the letters, or disclosures, of some of them.

    What two plans drew has two markings.

    :param marked: the condition of those some
    """
    found = Q()
    for owed in ("drawn_letter__duty", "drawn_letter__disclosure"):
        some = Review.objects.filter(marked, **{f"{owed}__isnull": False})
        found |= Q(**{f"{owed}__in": some.values(owed)})
    return found


def reviews_to_mark_blind(user: User) -> QuerySet[Review]:
    """Return the reviews of letters that this person has yet to mark without others' marks."""
    return Review.objects.filter(is_blind_for(user), area=user.area_id)


def numbers_to_mark_blind(user: User) -> list[int]:
    """Return by number the reviews that this person has yet to mark without others' marks."""
    return list(reviews_to_mark_blind(user).values_list("pk", flat=True))


def number_to_mark_blind(user: User, among: Q) -> int:
    """Return how many of the letters behind a figure this person has yet to mark blind.

    While there is one, no list and no file names them letters behind that figure: which letter is
    in it, or is the only one missing from it, tells how it was marked by others.

    :param among: the condition of the reviews that the figure is counted from
    """
    return number_of_letters(reviews_to_mark_blind(user).filter(among))


def number_of_letters(reviews: QuerySet[Review]) -> int:
    """Return of how many letters, or disclosures, these are: what two plans drew counts once."""
    owed = reviews.order_by().values("drawn_letter__duty", "drawn_letter__disclosure")
    return owed.distinct().count()


def reviews_of(user: User, duty: Duty) -> QuerySet[Review]:
    """Return the finished markings of a letter that this person may see, the oldest first."""
    found = reviews_visible_to(user).filter(drawn_letter__duty=duty, marked_at__isnull=False)
    return found.order_by("marked_at", "pk")


def review_for(user: User, drawn_letter_id: int) -> Review:
    """Return the review of a drawn letter that this person may see, their own before others.

    :raises Http404: if there is none, or it is hidden from them
    """
    found = list(reviews_visible_to(user).filter(drawn_letter=drawn_letter_id))
    if not found:
        raise Http404
    return min(found, key=lambda review: (review.marker_id != user.pk, review.pk))


def own_review_for(user: User, drawn_letter_id: int) -> Review:
    """Return this person's own review of a drawn letter.

    :raises Http404: if they have none
    """
    review = reviews_visible_to(user).filter(drawn_letter=drawn_letter_id, marker=user.pk).first()
    if review is None:
        raise Http404
    return review


def drawn_letter_for(user: User, drawn_letter_id: int) -> DrawnLetter:
    """Return a drawn letter this person may see.

    :raises Http404: if there is none, or it is hidden from them
    """
    return samples.drawn_letter_for(user, drawn_letter_id)


def letters_to_mark(user: User) -> QuerySet[DrawnLetter]:
    """Return the letters that wait for this person's marks, the oldest week first."""
    return samples.letters_to_mark(user).select_related(
        "draw__plan", "unit", "duty__case", "disclosure__case"
    )


def begun_by(user: User, letters: list[DrawnLetter]) -> dict[int, Review]:
    """Return the unfinished reviews a person has begun of these letters, by letter."""
    reviews = Review.objects.filter(marker=user.pk, drawn_letter__in=letters, marked_at=None)
    return {review.drawn_letter_id: review for review in reviews}


def reviews_to_finish(user: User) -> QuerySet[Review]:
    """Return what this person marked and has not yet told the drafter of, the oldest first."""
    waiting = Review.objects.filter(
        marker=user.pk, marked_at__isnull=False, feedback__isnull=True
    ).exclude(drawn_letter__state=DrawnLetter.State.SUBSTITUTED)
    return waiting.select_related(*SHOWN).order_by("marked_at", "pk")


def feedback_to(user: User) -> QuerySet[Feedback]:
    """Return the feedback given to this person, the newest first."""
    rows = within_reach(
        user, Permission.FEEDBACK_ANSWER, Feedback.objects.all(), own=Q(drafter=user.pk)
    ).filter(drafter=user.pk)
    related = (f"review__{name}" for name in SHOWN)
    return (
        rows.select_related(*related, "told_by", "drafter")
        .prefetch_related("disputes")
        .order_by("-told_at", "-pk")
    )


def feedback_for(user: User, feedback_id: int) -> Feedback:
    """Return feedback given to this person.

    :raises Http404: if there is none, or it was given to somebody else
    """
    feedback = feedback_to(user).filter(pk=feedback_id).first()
    if feedback is None:
        raise Http404
    return feedback


def feedback_waiting(user: User) -> QuerySet[Feedback]:
    """Return the feedback this person has neither acknowledged nor disputed, the oldest first."""
    return feedback_to(user).filter(acknowledged_at=None, disputes=None).order_by("told_at", "pk")


def feedback_answered(user: User) -> QuerySet[Feedback]:
    """Return the feedback this person has acknowledged or disputed."""
    return feedback_to(user).exclude(pk__in=feedback_waiting(user).order_by().values("pk"))


def replies_to_read(user: User) -> QuerySet[Feedback]:
    """Return what this person told and was answered, and has not opened since, the oldest first."""
    rows = Feedback.objects.filter(told_by=user.pk, replied_at__isnull=False, reply_read_at=None)
    related = (f"review__{name}" for name in SHOWN)
    return rows.select_related(*related, "drafter").order_by("replied_at", "pk")


def may_open_letter(user: User, review: Review) -> bool:
    """Return whether the page of what was marked is within this person's reach."""
    drawn = review.drawn_letter
    if drawn.disclosure_id:
        duties = DisclosureDuty.objects.filter(pk=drawn.disclosure_id)
        return within_reach(
            user, Permission.DISCLOSURE_SEE, duties, liaison_reaches_all=False
        ).exists()
    duty = Duty.objects.filter(pk=drawn.owed_id)
    return within_reach(user, Permission.DUTY_SEE, duty).exists()


def mark_of(feedback: Feedback, mark_id: int) -> Mark:
    """Return one of the marks a person was told of.

    :raises Http404: if it is not among them
    """
    mark = marks_of(feedback.review).filter(pk=mark_id).first()
    if mark is None:
        raise Http404
    return mark


def marks_of(review: Review) -> QuerySet[Mark]:
    """Return the marks of a review in the order of its standard."""
    return (
        review.marks.select_related("criterion")
        .prefetch_related("disputes__decided_by", "criterion__anchors")
        .order_by("criterion__position")
    )


def disputes_visible_to(user: User) -> QuerySet[Dispute]:
    """Return the disputes this person may decide or see the outcome of, the oldest first.

    One of a letter that they have yet to mark blind tells how it was marked, so it comes after.
    """
    reached = within_reach(user, Permission.DISPUTE_DECIDE, Feedback.objects.all())
    reached = reached.exclude(review__in=reviews_to_mark_blind(user))
    related = (f"feedback__review__{name}" for name in SHOWN)
    return (
        Dispute.objects.filter(feedback__in=reached.values("pk"))
        .select_related(*related, "feedback__drafter", "mark__criterion", "decided_by")
        .order_by("decide_by", "pk")
    )


def dispute_for(user: User, dispute_id: int) -> Dispute:
    """Return a dispute this person may see.

    :raises Http404: if there is none, or it is hidden from them
    """
    dispute = disputes_visible_to(user).filter(pk=dispute_id).first()
    if dispute is None:
        raise Http404
    return dispute


def disputes_waiting(user: User) -> QuerySet[Dispute]:
    """Return the disputes that wait for this person: not of their own marks or letters.

    Nor of what went through their hands, while somebody else can decide.
    """
    # Whose each is to decide is long to ask, and mostly none is open.
    is_open = Q(outcome=Dispute.Outcome.OPEN, feedback__area=user.area_id)
    if not Dispute.objects.filter(is_open).exists():
        return Dispute.objects.none()
    rows = (
        disputes_visible_to(user)
        .filter(outcome=Dispute.Outcome.OPEN)
        .exclude(feedback__review__marker=user.pk)
        .exclude(feedback__drafter=user.pk)
    )
    own = DrawnLetter.objects.filter(went_through_hands_of(user.pk))
    theirs = rows.filter(feedback__review__drawn_letter__in=own)
    others = [each.pk for each in theirs if others_who_decide(each)]
    return rows.exclude(pk__in=others) if others else rows


def others_who_decide(dispute: Dispute) -> list[User]:
    """Return who can decide a dispute, and through whose hands nothing of it went."""
    feedback = dispute.feedback
    hands = hands_of(feedback.review.drawn_letter)
    people = who_decide_disputes(feedback.area_id)
    people = people.exclude(pk__in=[feedback.review.marker_id, feedback.drafter_id])
    return [
        each
        for each in people
        if not hands.acts_of(each.pk) and disputes_visible_to(each).filter(pk=dispute.pk).exists()
    ]


def may_see_drafter(user: User, review: Review) -> bool:
    """Return whether marks may be shown to this person with the drafter's name.

    Marks are for learning: they carry the name for the drafter, the marker, and the drafter's
    own managers, and for nobody further off.
    """
    if user.pk in {review.marker_id, review.drawn_letter.author_id}:
        return True
    if reach_of(user.role, Permission.REVIEW_SEE) is not Reach.UNIT:
        return False
    own_unit = Review.objects.filter(pk=review.pk)
    return within_reach(user, Permission.REVIEW_SEE, own_unit).exists()


def who_decides_disputes(feedback: Feedback) -> str:
    """Return by name who decides disputes of this feedback's letter, its marker left out."""
    people = who_decide_disputes(feedback.area_id)
    people = people.exclude(pk__in=[feedback.review.marker_id, feedback.drafter_id])
    return list_words([str(each) for each in people], joined_by="or")
