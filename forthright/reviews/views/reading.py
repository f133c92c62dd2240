"""Lists of reviews and the reading of one that is finished."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.peer_checks.selectors.parts import parts_of_review
from forthright.reviews import selectors, services
from forthright.reviews.models import Review
from forthright.reviews.selectors.second_marks import finished_second, second_marks_to_give
from forthright.reviews.services.reading import see_marked
from forthright.rules.marking import UrgentAct, spent_words
from forthright.rules.since_drawn import SinceDrawn
from forthright.samples import selectors as samples
from forthright.samples.models import DrawnLetter
from forthright.schemes.selectors.duties import duty_for
from forthright.schemes.services.seeing import see_letter
from forthright.web import clock
from forthright.web.page import SignedInRequest, page
from forthright.web.paging import slice_of


@dataclass(frozen=True, slots=True)
class ToMark:
    """One letter that waits to be marked, and the marking if it was begun."""

    letter: DrawnLetter
    review: Review | None
    since_drawn: SinceDrawn | None
    # Where the same person marked the same letter for another plan.
    marked_before: DrawnLetter | None


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One finished review as a list shows it."""

    review: Review
    result: selectors.Result
    state: str
    colour: str
    twin: str


@page(Permission.REVIEW_SEE)
def reviews(request: SignedInRequest) -> HttpResponse:
    """Show what this person has to mark and to tell, then the marks within their reach."""
    user = request.user
    letters = list(selectors.letters_to_mark(user))
    begun, before = selectors.begun_by(user, letters), samples.marked_before(letters)
    finished = selectors.reviews_visible_to(user).filter(marked_at__isnull=False)
    pages = slice_of(finished, request.GET, order=("-marked_at", "-pk"), size=25)
    twins = selectors.twin_words(user, pages.rows)
    to_tell = list(selectors.reviews_to_finish(user))
    services.see_list(letters, [*to_tell, *pages.rows], by=user, at=clock.now())
    decides = has_permission(user, Permission.DISPUTE_DECIDE)
    context = {
        "to_mark": [
            ToMark(each, begun.get(each.pk), samples.since_drawn_of(each), before.get(each.pk))
            for each in letters
        ],
        "to_tell": to_tell,
        "second_marks": list(second_marks_to_give(user)),
        "may_mark": has_permission(user, Permission.REVIEW_MARK)
        or has_permission(user, Permission.DISCLOSURE_MARK),
        "may_decide": decides,
        "disputes": selectors.disputes_waiting(user).count() if decides else 0,
        "pages": pages,
        "lines": [_line(each, twins.get(each.pk, "")) for each in pages.rows],
    }
    return render(request, "reviews/reviews.html", context)


def _line(review: Review, twin: str) -> ReviewLine:
    state = selectors.state_of(review)
    return ReviewLine(
        review, selectors.result_of(review), selectors.state_words(review),
        selectors.COLOURS[state], twin,
    )  # fmt: skip


@page(Permission.REVIEW_SEE)
def review(request: SignedInRequest, drawn_letter_id: int) -> HttpResponse:
    """Show the marks on one letter, what they came to, and what the drafter said."""
    shown = selectors.review_for(request.user, drawn_letter_id)
    if shown.marked_at is None and shown.marker_id == request.user.pk:
        return redirect("reviews:mark", drawn_letter_id)
    see_marked(shown, by=request.user, at=clock.now())
    is_mine = shown.marker_id == request.user.pk
    context = {
        "second": finished_second(shown),
        "twins": selectors.twins_of(request.user, shown) if shown.marked_at else [],
        "since_drawn": samples.since_drawn_of(shown.drawn_letter),
        "review": shown,
        "letter": shown.drawn_letter,
        "result": selectors.result_of(shown) if shown.marked_at else None,
        "lines": selectors.mark_lines(request.user, shown) if shown.marked_at else [],
        "feedback": selectors.feedback_of(shown),
        "said": selectors.said_to(request.user, shown),
        "told": selectors.told_to(request.user, selectors.feedback_of(shown)),
        "told_of_reasons": [
            each for each in parts_of_review(shown.pk) if each.told_by_id == request.user.pk
        ],
        "state": selectors.state_words(shown),
        "colour": selectors.COLOURS[selectors.state_of(shown)],
        "spent": spent_words(shown.seconds_spent),
        "urgent": [UrgentAct(each).words for each in shown.urgent_acts],
        "may_see_drafter": selectors.may_see_drafter(request.user, shown),
        "may_tell": is_mine and shown.marked_at and selectors.feedback_of(shown) is None,
    }
    return render(request, "reviews/review.html", context)


@page(Permission.REVIEW_SEE)
def letter(request: SignedInRequest, duty_id: int) -> HttpResponse:
    """Lead from a letter owed to its marks, or say that it has none."""
    duty = duty_for(request.user, duty_id)
    marked = list(selectors.reviews_of(request.user, duty))
    if len(marked) == 1:
        return redirect("reviews:review", marked[0].drawn_letter_id)
    see_letter(duty, by=request.user, at=clock.now())
    # What each marking came to is a look at marks: whoever saw it gives none of this letter blind.
    services.see_list([], marked, by=request.user, at=clock.now())
    twins = selectors.twin_words(request.user, marked)
    lines = [_line(each, twins.get(each.pk, "")) for each in marked]
    return render(request, "reviews/letter.html", {"duty": duty, "lines": lines})
